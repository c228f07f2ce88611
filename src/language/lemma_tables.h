#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/document.h>
#include <casus/result.h>

#include "language/msgpack.h"

namespace casus {

/// A set of words, each with a second string where that is wanted. Open addressing; all strings are views.
class WordMap {
 public:
  /// Room for that many words; forgets what was there.
  void reset(size_t count, bool with_values);

  /// Adds a word, within the room. The first value stays.
  void add(std::string_view word, std::string_view value = {});

  /// Place of a word, for word() and value().
  [[nodiscard]] std::optional<size_t> find(std::string_view word) const;
  [[nodiscard]] std::string_view word(size_t place) const { return {slots_[place].data, slots_[place].size}; }
  [[nodiscard]] std::string_view value(size_t place) const { return values_[place]; }

 private:
  struct Slot {
    const char* data = nullptr;
    uint32_t size = 0;
    uint32_t tag = 0;  ///< other bits of the hash than the place: nearly every other word is told apart without being read
  };
  [[nodiscard]] size_t place_of(std::string_view word, uint64_t hash) const;

  std::vector<Slot> slots_;
  std::vector<std::string_view> values_;
};

struct LemmaRule {
  std::string_view suffix;
  std::string_view replacement;
};

/// What the three tables say of one part of speech.
struct PosTables {
  std::vector<LemmaRule> rules;
  WordMap index;
  const MsgpackValue::Map* exceptions = nullptr;  ///< form → list of lemmas (checked strings); of the decoded file
  bool any = false;                               ///< one of the three has entries
};
using LemmaTables = std::array<PosTables, static_cast<size_t>(Pos::kSpace) + 1>;

/// Sorts the tables of a decoded lookups.bin by part of speech. The result points into `root` and the bytes behind it.
[[nodiscard]] Result<LemmaTables> read_lemma_tables(const MsgpackValue& root, std::string_view file_name);

}  // namespace casus
