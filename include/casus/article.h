#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/span.h>

namespace casus {

/// What a block of an article's text is. The names (block_kind_name) reach JSON: never rename.
enum class BlockKind : uint8_t {
  kTitle = 0,      ///< the headline, where it stands in the text
  kHeading = 1,    ///< a sub-head; never joins a paragraph
  kParagraph = 2,  ///< running text
  kDateline = 3,   ///< "MOSCOW, Feb 2 (Reuters) -": split off the paragraph that follows it
  kNoise = 4,      ///< not the article: byline, "READ MORE", agency tail, …; kept, marked, never coded
};
[[nodiscard]] std::string_view block_kind_name(BlockKind kind);

/// One piece of the text that is analysed by itself. Blocks are in order and do not overlap.
struct Block {
  ByteSpan span;  ///< without surrounding whitespace
  BlockKind kind = BlockKind::kParagraph;
  std::string reason{};  ///< of kNoise: why, e.g. "read-more" (data/article/noise.tsv); else ""
};

/// Something that was repaired or is lacking in an article that was read all the same.
struct Warning {
  std::string message{};
  uint64_t line = 0;  ///< 1-based line in the input, 0 if unknown
};

/// A piece of the page or record that is not part of the text: a menu, a share bar, a caption list, a comment.
struct LeftOut {
  std::string text{};
  std::string reason{};  ///< as Block::reason
};

/// ArticleFields::flags that decide something; the others only inform.
inline constexpr std::string_view kLiveFlag = "live";        ///< of a live page, whose entries are articles under one address
inline constexpr std::string_view kSummaryFlag = "summary";  ///< the text is a teaser of another

/// What is known about an article besides its text. Empty strings and nullopt mean: not said.
struct ArticleFields {
  std::string id{};  ///< `doc` of its records: the input's own id, else the file's stem
  std::string url{};
  std::string outlet{};
  std::string title{};
  std::optional<std::chrono::year_month_day> published{};  ///< day of publication
  std::string published_from{};  ///< what gave that day: "json-ld", "meta", "time", "url", "text", "field", "option", …; "" without one
  std::optional<std::chrono::year_month_day> updated{};  ///< day of the last change, where the input tells it from the first publication
  std::vector<std::string> authors{};                    ///< names, without "By" and office
  std::string language{};                                ///< ISO 639-1 of the kept text as recognised, or ""
  std::string form{};                                    ///< what the input was taken for: "html", "jsonl", "rss", … (FileForm names)
  std::vector<std::string> flags{};  ///< "paywalled", "corrected", "live", "mixed-language", "date-doubtful", … (docs/inputs.md)
  std::string dateline_place{};      ///< as named in the dateline, or ""
  std::string origin{};              ///< the input it came from, as the user named it
  uint64_t origin_line = 0;          ///< 1-based line where its record begins in `origin`, 0 for whole files
  std::vector<LeftOut> left_out{};   ///< only with ArticleOptions::keep_left_out, in the order of the page

  [[nodiscard]] bool has_flag(std::string_view flag) const;
  void add_flag(std::string_view flag);  ///< once
};

/// One news report: decoded text and what is known about it.
/// Ownership: owns its bytes and never moves, so views and spans into text() live as long as the article.
/// Threads:   immutable after construction.
class Article {
 public:
  /// `text` must be valid UTF-8 below 4 GiB; `blocks` in order, not overlapping, inside `text`.
  Article(ArticleFields fields, std::string text, std::vector<Block> blocks, std::vector<Warning> warnings = {});
  Article(const Article&) = delete;
  Article& operator=(const Article&) = delete;

  [[nodiscard]] const ArticleFields& fields() const { return fields_; }
  [[nodiscard]] const std::string& article_id() const {
    return article_id_;
  }  ///< 16 hex digits: hash of the canonical URL if any, of live pages with the text, else of the text
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }
  [[nodiscard]] const std::vector<Warning>& warnings() const { return warnings_; }
  [[nodiscard]] std::string_view view(ByteSpan span) const { return span.in(text_); }

 private:
  ArticleFields fields_;
  std::string text_;
  std::vector<Block> blocks_;
  std::vector<Warning> warnings_;
  std::string article_id_;
};

using ArticlePtr = std::shared_ptr<const Article>;

}  // namespace casus
