#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <casus/result.h>

#include "lexicon/table_file.h"

namespace casus {

/// Word lists that patterns name: "@relief" stands for "food|medicine|…". By name, the words joined by "|".
using WordLists = std::unordered_map<std::string, std::string>;

/// Bounds on word lists: how deep a list may name lists, and the bytes of all once these are put in.
inline constexpr size_t kMaxListDepth = 16;
inline constexpr size_t kMaxListBytes = 4'000'000;

/// A line in which the lists it names are put in, or why that cannot be.
struct ExpandedLine {
  std::string text{};
  std::string fault{};  ///< "" if none
  std::string remedy{};
};

/// Puts the words of the lists in the place of their names: "send @arms to TARGET". "TARGET@place" names no list.
[[nodiscard]] ExpandedLine expand_lists(std::string_view line, const WordLists& lists);

/// Word lists of a folder and of those over it, which may name each other in any order.
class WordListBuilder {
 public:
  /// Adds a table (columns list, words) over those before. A list of a name that an earlier table has stands in its place, and means
  /// that one where it names itself; "-NAME" takes it away.
  /// Errors: kBadData for a bad name, a list without words, one that stands twice, and for taking away what is not there.
  [[nodiscard]] Result<void> add(Table table);

  /// Puts the lists in that lists name. Errors: kBadData for an unknown list, a cycle, or lists nested deeper than kMaxListDepth; kTooLarge
  /// over kMaxListBytes.
  [[nodiscard]] Result<WordLists> build() const;

 private:
  struct Definition {
    size_t table = 0;
    size_t row = 0;
  };
  struct Expansion;
  [[nodiscard]] Result<void> add_row(size_t table, size_t row);
  [[nodiscard]] std::optional<Error> expand(const std::string& name, size_t version, size_t depth, Expansion& expansion) const;

  std::vector<Table> tables_;
  std::unordered_map<std::string, std::vector<Definition>> lists_;  ///< the one that counts last; none: taken away
};

}  // namespace casus
