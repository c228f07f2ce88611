#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "crisis/content_words.h"
#include "lexicon/ontology.h"

namespace casus {

/// How events of one type become incidents, and what they mean in the views (data/crisis/types.tsv).
struct IncidentRule {
  int32_t window = 7;     ///< days before its report in which an undated act lies
  int32_t lasting = 0;    ///< days for which it goes on being told as current
  int32_t ahead = 30;     ///< days after its report in which an undated plan, condition or denial lies
  bool persons = false;   ///< what others of the same side do is another act
  bool content = false;   ///< the words decide what act it is
  bool place = false;     ///< the same in another place is another act
  bool demand = false;    ///< asks something of somebody
  std::string answer{};   ///< what it says to a demand: "accepted", "rejected", ""
  std::string posture{};  ///< "arrival", "withdrawal", ""
  std::string family{};   ///< types that reports use for one act share it; the type where the table has none
};

/// How an act is told.
struct Phrase {
  std::string past{};
  std::string plain{};
  std::string past_alone{};
  std::string plain_alone{};
  bool words = false;  ///< the report's words follow
};

/// How a status is told.
struct StatusPhrase {
  bool past = true;  ///< the form of the verb
  std::string one{};
  std::string more{};
  std::string nobody{};
};

/// The tables of data/crisis. Immutable once loaded; shared by all threads.
class CrisisRules {
 public:
  /// Reads DATA/crisis. Errors: as of tables; kBadData for a type, mode, status or sector that the ontology has not, a number that is
  /// none, an entry that stands twice; all with file, line and remedy.
  [[nodiscard]] static Result<std::shared_ptr<const CrisisRules>> load(const std::filesystem::path& data_folder, const Ontology& ontology);

  /// Of a type without a row the default.
  [[nodiscard]] const IncidentRule& rule_of(std::string_view type) const;
  /// The most days that any type has: window, lasting, ahead.
  [[nodiscard]] IncidentRule widest() const;
  /// The group of a mode; "" for one without a row.
  [[nodiscard]] std::string_view mode_group(std::string_view type, std::string_view mode) const;
  /// Of the mode, else of the type; null for a type without a row.
  [[nodiscard]] const Phrase* phrase_of(std::string_view type, std::string_view mode) const;
  /// Null for an unknown status.
  [[nodiscard]] const StatusPhrase* status_phrase(std::string_view status) const;
  /// What a country or sector is called in sentences; "" without a row.
  [[nodiscard]] std::string_view name_of(std::string_view code) const;
  /// Whether numbers of this kind are forces.
  [[nodiscard]] bool is_force(std::string_view kind) const { return force_kinds_.contains(kind); }
  /// Changes when any of the tables does.
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
  /// How much words say.
  [[nodiscard]] const ContentWords& words() const { return words_; }

 private:
  CrisisRules() = default;
  [[nodiscard]] Result<void> load_types(const std::filesystem::path& folder, const Ontology& ontology);
  [[nodiscard]] Result<void> load_modes(const std::filesystem::path& folder, const Ontology& ontology);
  [[nodiscard]] Result<void> load_phrases(const std::filesystem::path& folder, const Ontology& ontology);
  [[nodiscard]] Result<void> load_statuses(const std::filesystem::path& folder, const Ontology& ontology);
  [[nodiscard]] Result<void> load_names(const std::filesystem::path& folder, const Ontology& ontology);

  [[nodiscard]] Result<void> load_kinds(const std::filesystem::path& folder, const Ontology& ontology);
  [[nodiscard]] Result<void> load_stems(const std::filesystem::path& folder, const Ontology& ontology);

  [[nodiscard]] Result<void> take_fingerprint(const std::filesystem::path& folder, const Ontology& ontology);

  using Pair = std::pair<std::string, std::string>;
  std::map<std::string, IncidentRule, std::less<>> types_{};
  std::map<Pair, std::string> mode_groups_{};
  std::map<Pair, Phrase> phrases_{};
  std::map<std::string, StatusPhrase, std::less<>> statuses_{};
  std::map<std::string, std::string, std::less<>> names_{};
  std::set<std::string, std::less<>> force_kinds_{};
  ContentWords words_{};
  std::string fingerprint_{};
};

}  // namespace casus
