#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <casus/result.h>

#include "article/html/page_fields.h"
#include "article/html/page_rules.h"
#include "article/page_words.h"
#include "article/word_template.h"
#include "base/folded.h"

namespace casus {

/// What marks a line of a report as not the article (data/article/noise.tsv), the words behind it (words.tsv there), and what marks
/// the parts of a web page (page.tsv there).
/// Threads: immutable after loading; shared by all.
class NoiseRules {
 public:
  /// Where a line stands: before the running text, behind it, or wherever.
  enum class Zone : uint8_t { kAny, kHead, kTail };

  /// Reads the folder data/article. Errors: kNotFound, kUnreadable, kTooLarge; kBadData with file and line.
  [[nodiscard]] static Result<std::shared_ptr<const NoiseRules>> load(const std::filesystem::path& folder);

  /// The reason of the first rule of that zone that fits, e.g. "read-more"; "" if none does. Lives as long as the rules.
  /// `outlet` is the article's, or "".
  [[nodiscard]] std::string_view reason(std::string_view line, Zone zone, std::string_view outlet) const;

  [[nodiscard]] const PageWords& words() const { return words_; }

  /// What tells the article from the rest of a web page (data/article/page.tsv).
  [[nodiscard]] const PageRules& page() const { return page_; }
  /// The names that web pages use for title, date and the like (data/article/fields.tsv).
  [[nodiscard]] const PageFields& fields() const { return fields_; }

 private:
  struct Rule {
    std::string reason;
    Zone zone;
    size_t max_chars;  ///< a longer line is text, whatever it says
    WordTemplate wording;
  };

  /// The rules of a zone by a word that a line needs to fit them; each rule is in one of the tables, by its index.
  struct Index {
    using ByWord = std::unordered_map<std::string, std::vector<uint32_t>, FoldedHash, FoldedEqual>;
    ByWord by_first{};            ///< the first word of the line
    ByWord by_any{};              ///< any word; under "" those that need none
    size_t max_chars = 0;         ///< the largest of the rules
    size_t max_chars_by_any = 0;  ///< the same of by_any
  };

  explicit NoiseRules(PageWords words) : words_(std::move(words)) {}
  void index_rules();
  [[nodiscard]] std::vector<uint32_t> candidates(std::span<const std::string_view> words, const Index& index, size_t chars) const;
  [[nodiscard]] std::optional<std::string> add(std::span<const std::string_view> columns);

  PageWords words_;
  PageRules page_;
  PageFields fields_;
  std::vector<Rule> rules_;
  std::array<Index, 3> indices_;  ///< of the zones
};

}  // namespace casus
