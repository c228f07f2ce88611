#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "lexicon/table_file.h"

namespace casus {

/// A finer kind of a type.
struct EventMode {
  std::string name = {};
  double score = 0;  ///< of the type where the mode has none of its own
};

/// One of the ontology's event types.
struct EventType {
  std::string name = {};
  int quad = 0;
  double score = 0;
  bool needs_target = false;  ///< without one there is no such act
  bool seeks_target = false;  ///< one is looked for beyond the words of the pattern; so needed ones are, too
  std::vector<EventMode> modes = {};

  [[nodiscard]] const EventMode* mode(std::string_view mode_name) const;
  /// Verbal cooperation or conflict, in data/ontology/quads.tsv.
  [[nodiscard]] bool is_verbal() const { return quad == 1 || quad == 3; }
  /// Material conflict, in data/ontology/quads.tsv.
  [[nodiscard]] bool is_force() const { return quad == 4; }
};

/// A code of the second coding scheme that records carry.
struct CameoCode {
  std::string code = {};
  double goldstein = 0;
  std::string type = {};
  std::vector<std::string> contexts = {};
};

/// Types, modes, contexts, sectors and codes: the tables of data/ontology. Nothing of them is named in code.
class Ontology {
 public:
  /// Errors: of the tables; an unknown type, context or parent, a number that is none, an entry that stands twice.
  [[nodiscard]] static Result<Ontology> build(const Table& types, const Table& modes, const Table& contexts, const Table& sectors,
                                              const Table& cameo);

  [[nodiscard]] const EventType* type(std::string_view name) const;
  [[nodiscard]] const CameoCode* cameo(std::string_view code) const;
  /// The most general code that means a type: the shortest, then the first; null if none does.
  [[nodiscard]] const CameoCode* general_cameo(std::string_view type) const;
  [[nodiscard]] bool has_context(std::string_view name) const { return contexts_.contains(name); }
  [[nodiscard]] bool has_sector(std::string_view code) const { return sectors_.contains(code); }
  /// Whether actors of a sector are organs of their state.
  [[nodiscard]] bool is_state(std::string_view sector) const { return state_sectors_.contains(sector); }
  /// Whether two sectors are organs of one branch of a state, and so one side; a parliament may stand against its government.
  [[nodiscard]] bool is_one_state(std::string_view a, std::string_view b) const;
  /// Whether actors of a sector act on the people of their own country unless another one is named: police, rebels.
  [[nodiscard]] bool acts_at_home(std::string_view sector) const { return home_sectors_.contains(sector); }
  /// Whether actors of a sector have arms, or command those who have.
  [[nodiscard]] bool is_armed(std::string_view sector) const { return armed_sectors_.contains(sector); }
  [[nodiscard]] const std::vector<EventType>& types() const { return types_; }

 private:
  [[nodiscard]] Result<void> add_types(const Table& table);
  [[nodiscard]] Result<void> add_modes(const Table& table);
  [[nodiscard]] Result<void> add_cameo(const Table& table);

  std::vector<EventType> types_ = {};
  std::map<std::string, size_t, std::less<>> type_index_;
  std::map<std::string, CameoCode, std::less<>> cameo_;
  std::map<std::string, uint64_t, std::less<>> contexts_;  ///< name to line
  std::map<std::string, uint64_t, std::less<>> sectors_;
  std::set<std::string, std::less<>> home_sectors_;
  std::set<std::string, std::less<>> armed_sectors_;
  std::map<std::string, std::string, std::less<>> state_sectors_;  ///< code to branch of the state
};

}  // namespace casus
