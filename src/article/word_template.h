#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "article/page_words.h"

namespace casus {

/// What a line is compared with besides the pattern itself.
struct LineContext {
  const PageWords& words;
  std::string_view outlet{};  ///< of the article, or "" if it is not known
};

/// A wording with gaps, such as `Follow {name} online {handle}`, compared word by word. The language of data/article/noise.tsv,
/// which explains it; there is no more to it than sequence, gap and "may be missing", so matching takes words × items steps.
class WordTemplate {
 public:
  /// Errors: kBadData without a place; the caller adds it.
  [[nodiscard]] static Result<WordTemplate> parse(std::string_view pattern);

  /// Whether all of `words` fit. Words have straight apostrophes, and is_separator_word() is true for none of them.
  [[nodiscard]] bool matches(std::span<const std::string_view> words, const LineContext& context) const;

  /// Words that a line needs in order to fit, to look rules up by; a line may have a full stop, comma or exclamation mark behind them.
  /// first_word: what it has to begin with; key: the longest of those written out in full that may not be missing. "" if there is none.
  [[nodiscard]] std::string_view first_word() const { return is_needed(items_.front()) ? std::string_view(items_.front().word) : ""; }
  [[nodiscard]] std::string_view key() const;

  /// Whether a word is a dash, bar or dot that only sets others apart; no pattern has such.
  [[nodiscard]] static bool is_separator_word(std::string_view word);

 private:
  enum class Gap : uint8_t { kNone, kAny, kNumber, kName, kNames, kAgencies, kOutlet, kInitials, kDesk, kHandle, kDate, kTime, kCode };
  struct Item {
    Gap gap = Gap::kNone;
    bool optional = false;
    bool prefix = false;  ///< of a word: "Copyright*"
    std::string word{};   ///< in small letters, if there is no gap
  };

  [[nodiscard]] static bool is_needed(const Item& item) { return item.gap == Gap::kNone && !item.optional && !item.prefix; }
  [[nodiscard]] static std::optional<Gap> gap_of(std::string_view name);
  [[nodiscard]] static bool fits_word(const Item& item, std::string_view word);
  [[nodiscard]] bool lacks_a_word(std::span<const std::string_view> words) const;
  static void reach(const Item& item, std::span<const std::string_view> words, size_t begin, const LineContext& context,
                    std::vector<bool>& reached);

  std::vector<Item> items_;
};

}  // namespace casus
