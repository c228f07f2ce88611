#include "article/blocks.h"

#include <algorithm>
#include <optional>
#include <span>

#include "article/dateline.h"
#include "article/noise_rules.h"
#include "article/paragraphs.h"
#include "article/sentence_end.h"
#include "base/calendar.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

/// Sub-heads and headlines of the press are shorter; a longer line is a sentence that lost its full stop.
constexpr size_t kMaxHeadingChars = 110;
constexpr size_t kMaxTitleChars = 200;
/// A line with this many characters is running text even without a sentence end.
constexpr size_t kMinParagraphChars = 120;
/// The headline stands among the first lines that are not noise (behind a kicker, at most).
constexpr size_t kMaxLinesBeforeTitle = 4;
constexpr size_t kMaxSentencesInHead = 1;
constexpr size_t kMaxParagraphsToDateline = 5;
/// The reason of date lines in data/article/noise.tsv.
constexpr std::string_view kDateReason = "date";
/// And of lines that tell of a later change, or of a correction.
constexpr std::string_view kUpdatedReason = "updated", kCorrectionReason = "correction";
constexpr std::string_view kPaywallReason = "paywall";
constexpr std::string_view kCorrectedFlag = "corrected", kPaywalledFlag = "paywalled";

bool ends_open(std::string_view line) { return line.ends_with(':') || line.ends_with(';') || line.ends_with(','); }

/// Whether the line begins with a letter, a figure or an opening quotation mark, and not with a bullet, dash or bracket.
bool begins_with_word(std::string_view line) {
  size_t position = 0;
  const char32_t c = decode_utf8(line, position);
  if (c < 0x80) return is_ascii_alpha(line.front()) || is_ascii_digit(line.front()) || c == '"' || c == '\'' || c == '$';
  const bool quotes = (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0x2039;
  return quotes || (c >= 0xBF && (c < 0x2000 || c > 0x2BFF));
}

/// "- Diplomatic efforts -", the sub-heads of some agencies.
bool is_between_dashes(std::string_view line) {
  for (const std::string_view dash : {"-", "\u2013", "\u2014"}) {
    const size_t size = dash.size();
    if (line.size() > 2 * size + 2 && line.starts_with(dash) && line.ends_with(dash) && line[size] == ' ' &&
        line[line.size() - size - 1] == ' ')
      return true;
  }
  return false;
}

/// A short line that is no sentence, or a single short question.
bool looks_like_heading(std::string_view line) {
  if (utf8_length(line) > kMaxHeadingChars) return false;
  if (is_between_dashes(line)) return true;
  if (ends_open(line) || !begins_sentence(line) || !begins_with_word(line)) return false;
  if (!without_closing_marks(line).ends_with('?')) return !ends_sentence(line);
  const bool spoken = line.starts_with('"') || line.starts_with("\u201C") || begins_with_label(line);
  return !spoken && !has_inner_sentence_end(line);
}

bool looks_like_title(std::string_view line) {
  if (utf8_length(line) > kMaxTitleChars || ends_open(line) || !begins_sentence(line) || !begins_with_word(line)) return false;
  return !ends_sentence(line) || looks_like_heading(line);
}

bool looks_like_running_text(std::string_view line) { return ends_sentence(line) || utf8_length(line) >= kMinParagraphChars; }

/// For comparing a headline with the title that an index gives: words without case, forms of quotation marks, last full stop.
std::string title_key(std::string_view title) {
  std::string key;
  for (const std::string_view word : split_words(title)) {
    if (!key.empty()) key += ' ';
    for (size_t position = 0; position < word.size();) {
      const char32_t c = decode_utf8(word, position);
      if (c == 0x2018 || c == 0x2019) {
        key += '\'';
      } else if (c == 0x201C || c == 0x201D) {
        key += '"';
      } else if (c < 0x80) {
        key += ascii_lower(static_cast<char>(c));
      } else {
        append_utf8(c, key);
      }
    }
  }
  if (key.ends_with('.')) key.pop_back();
  return key;
}

/// One pass over the blocks of one text; each step looks only at what the steps before it decided.
class BlockFinder {
 public:
  BlockFinder(std::string_view text, const ArticleOptions& options, ArticleFields& fields)
      : text_(text),
        rules_(options.noise_rules.get()),
        words_(rules_ == nullptr ? nullptr : &rules_->words()),
        options_(options),
        fields_(fields) {}

  /// For blocks that are known.
  BlockFinder(std::string_view text, const ArticleOptions& options, ArticleFields& fields, std::vector<Block> blocks)
      : BlockFinder(text, options, fields) {
    blocks_ = std::move(blocks);
  }

  std::vector<Block> with_noise() {
    mark_noise();
    take_changes();
    return std::move(blocks_);
  }

  std::vector<Block> with_datelines() {
    split_datelines();
    return std::move(blocks_);
  }

  std::vector<Block> find() {
    for (const ByteSpan span : find_paragraphs(text_, options_.max_blocks)) blocks_.push_back({.span = span});
    mark_noise();
    take_changes();
    mark_headings();
    mark_title();
    split_datelines();
    return std::move(blocks_);
  }

 private:
  using Zone = NoiseRules::Zone;

  [[nodiscard]] std::string_view view(const Block& block) const { return block.span.in(text_); }

  bool mark_if_noise(Block& block, Zone zone) {
    const std::string_view reason = rules_->reason(view(block), zone, fields_.outlet);
    if (reason.empty()) return block.kind == BlockKind::kNoise;
    block.kind = BlockKind::kNoise;
    block.reason = reason;
    return true;
  }

  void mark_noise() {
    if (rules_ == nullptr) return;
    for (Block& block : blocks_) mark_if_noise(block, Zone::kAny);
    // A headline may be a question, and a standfirst a sentence: both may stand before byline and date.
    size_t sentences = 0;
    for (Block& block : blocks_) {
      if (mark_if_noise(block, Zone::kHead)) {
        take_date(block);
      } else {
        sentences += looks_like_running_text(view(block));
      }
      if (sentences > kMaxSentencesInHead) break;
    }
    // What the article begins with is no tail, however short it is.
    const auto is_text = [](const Block& block) { return block.kind != BlockKind::kNoise; };
    const auto first = static_cast<size_t>(std::ranges::find_if(blocks_, is_text) - blocks_.begin());
    for (size_t i = blocks_.size(); i-- > first + 1;) {
      if (!mark_if_noise(blocks_[i], Zone::kTail)) break;
    }
  }

  /// The first whole date of a line.
  [[nodiscard]] std::optional<Day> day_in(const Block& block) const {
    const std::vector<std::string_view> words = split_words(view(block));
    for (size_t i = 0; i < words.size(); ++i) {
      const std::optional<WrittenDate> date = read_date(std::span(words).subspan(i), *words_);
      if (date && date->day) return date->day;
    }
    return std::nullopt;
  }

  /// A date line above the text says when the article appeared, if nothing better does.
  void take_date(const Block& block) {
    if (fields_.published || block.reason != kDateReason) return;
    fields_.published = day_in(block);
    if (fields_.published) fields_.published_from = "text";
  }

  /// What the page says of later changes.
  void take_changes() {
    for (const Block& block : blocks_) {
      if (block.kind != BlockKind::kNoise) continue;
      if (block.reason == kCorrectionReason) fields_.add_flag(kCorrectedFlag);
      if (block.reason == kPaywallReason) fields_.add_flag(kPaywalledFlag);
      if (block.reason == kUpdatedReason && !fields_.updated) fields_.updated = day_in(block);
    }
  }

  void mark_headings() {
    // A text without one sentence is not a row of headings: a headline, a message, a list.
    const auto running = [&](const Block& block) { return block.kind != BlockKind::kNoise && looks_like_running_text(view(block)); };
    if (std::ranges::none_of(blocks_, running)) return;
    for (Block& block : blocks_) {
      if (block.kind != BlockKind::kParagraph || !looks_like_heading(view(block))) continue;
      const bool has_dateline = find_dateline(view(block), {.outlet = fields_.outlet}, words_).has_value();
      if (!has_dateline) block.kind = BlockKind::kHeading;
    }
  }

  [[nodiscard]] std::vector<Block*> lines_before_title() {
    std::vector<Block*> lines;
    for (Block& block : blocks_) {
      if (block.kind != BlockKind::kNoise) lines.push_back(&block);
      if (lines.size() == kMaxLinesBeforeTitle) break;
    }
    return lines;
  }

  void mark_title() {
    const std::vector<Block*> lines = lines_before_title();
    if (lines.empty()) return;
    if (!fields_.title.empty()) {
      const std::string key = title_key(fields_.title);
      const auto found = std::ranges::find_if(lines, [&](const Block* block) { return title_key(view(*block)) == key; });
      if (found != lines.end()) {
        (*found)->kind = BlockKind::kTitle;
        return;
      }
    }
    const std::string_view first = view(*lines.front());
    const DatelineSetting setting{.outlet = fields_.outlet, .first = true, .colon = false};
    if (lines.size() < 2 || !looks_like_title(first) || find_dateline(first, setting, words_) || !has_running_text_behind(*lines.front()))
      return;
    lines.front()->kind = BlockKind::kTitle;
    if (fields_.title.empty()) fields_.title = first;
  }

  [[nodiscard]] bool has_running_text_behind(const Block& block) const {
    return std::any_of(blocks_.begin() + (&block - blocks_.data()) + 1, blocks_.end(),
                       [&](const Block& other) { return other.kind == BlockKind::kParagraph && looks_like_running_text(view(other)); });
  }

  void split_datelines() {
    std::vector<Block> result;
    result.reserve(blocks_.size() + 1);
    const auto labels = std::ranges::count_if(blocks_, [&](const Block& block) { return begins_with_label(view(block)); });
    size_t paragraphs = 0;
    for (Block& block : blocks_) {
      if (block.kind == BlockKind::kParagraph) {
        // A headline with a full stop and a standfirst may stand before the paragraph that has the dateline.
        const bool early = paragraphs < kMaxParagraphsToDateline && fields_.dateline_place.empty();
        split_dateline(block, {.outlet = fields_.outlet, .first = early, .colon = paragraphs == 0 && labels < 2}, result);
        ++paragraphs;
      }
      result.push_back(std::move(block));
    }
    blocks_ = std::move(result);
  }

  void split_dateline(Block& block, DatelineSetting setting, std::vector<Block>& result) {
    const std::optional<Dateline> dateline = find_dateline(view(block), setting, words_);
    if (!dateline) return;
    const auto end = static_cast<uint32_t>(block.span.begin + dateline->end);
    result.push_back({.span = {block.span.begin, end}, .kind = BlockKind::kDateline, .reason = {}});
    block.span.begin = static_cast<uint32_t>(block.span.begin + dateline->body);
    if (fields_.dateline_place.empty()) fields_.dateline_place = dateline->place;
    if (fields_.outlet.empty()) fields_.outlet = dateline->agency;
  }

  std::string_view text_;
  const NoiseRules* rules_;
  const PageWords* words_;
  const ArticleOptions& options_;
  ArticleFields& fields_;
  std::vector<Block> blocks_{};
};

void fill_from_options(const ArticleOptions& options, ArticleFields& fields) {
  if (fields.outlet.empty()) fields.outlet = options.outlet;
  if (!fields.published && options.published) {
    fields.published = options.published;
    fields.published_from = "option";
  }
}

std::vector<Block> one_block(std::string_view text) {
  const std::string_view trimmed = trim(text);
  if (trimmed.empty()) return {};
  const auto begin = static_cast<uint32_t>(trimmed.data() - text.data());
  return {{.span = {begin, begin + static_cast<uint32_t>(trimmed.size())}}};
}

}  // namespace

std::vector<Block> find_blocks(std::string_view text, const ArticleOptions& options, ArticleFields& fields,
                               std::vector<Warning>& warnings) {
  fill_from_options(options, fields);
  if (options.as_is) return one_block(text);
  std::vector<Block> blocks = BlockFinder(text, options, fields).find();
  if (blocks.size() >= options.max_blocks) {
    warnings.push_back(
        {.message = "has " + std::to_string(options.max_blocks) + " paragraphs or more; what follows them is read as one", .line = 0});
  }
  return blocks;
}

void mark_noise(std::string_view text, const ArticleOptions& options, ArticleFields& fields, std::vector<Block>& blocks) {
  fill_from_options(options, fields);
  if (!options.as_is) blocks = BlockFinder(text, options, fields, std::move(blocks)).with_noise();
}

std::vector<Block> split_datelines(std::string_view text, const ArticleOptions& options, ArticleFields& fields, std::vector<Block> blocks) {
  fill_from_options(options, fields);
  if (options.as_is) return blocks;
  return BlockFinder(text, options, fields, std::move(blocks)).with_datelines();
}

}  // namespace casus
