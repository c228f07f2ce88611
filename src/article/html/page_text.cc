#include "article/html/page_text.h"

#include <algorithm>
#include <span>
#include <utility>

#include "article/sentence_end.h"
#include "base/text.h"

namespace casus {
namespace {

/// What pages write for a blank, and what they write that cannot be seen: places where a word may be broken.
constexpr std::string_view kWideSpaces[] = {"\u00A0", "\u2009", "\u202F", "\u2028", "\u2029"};
constexpr std::string_view kUnseen[] = {"\u200B", "\uFEFF", "\u00AD", "\u2060", "\u200C", "\u200D", "\u200E", "\u200F", "\u202A",
                                        "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};

size_t size_of_first(std::span<const std::string_view> pieces, std::string_view text) {
  for (const std::string_view piece : pieces) {
    if (text.starts_with(piece)) return piece.size();
  }
  return 0;
}

bool is_plain(char c) { return static_cast<unsigned char>(c) > ' ' && static_cast<unsigned char>(c) < 0x80; }

/// Collects text with its white space made single blanks.
class TextJoiner {
 public:
  void add(std::string_view text) {
    for (size_t i = 0; i < text.size();) {
      const char c = text[i];
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        space_ = true;
        ++i;
      } else if (const size_t wide = is_plain(c) ? 0 : size_of_first(kWideSpaces, text.substr(i)); wide > 0) {
        space_ = true;
        i += wide;
      } else if (const size_t unseen = is_plain(c) ? 0 : size_of_first(kUnseen, text.substr(i)); unseen > 0) {
        i += unseen;
      } else {
        i = add_word(text, i);
      }
    }
  }

  void add_lines(std::string_view text) {
    if (!out_.empty() || !trim(text).empty()) out_ += text;
  }

  void line_end() {
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
    space_ = false;
  }

  std::string take() {
    while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ' || out_.back() == '\t' || out_.back() == '\r')) out_.pop_back();
    return std::move(out_);
  }

 private:
  /// Up to the next white space or character that may be wide.
  size_t add_word(std::string_view text, size_t begin) {
    size_t end = begin + 1;
    while (end < text.size() && is_plain(text[end])) ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    if (space_ && !out_.empty() && out_.back() != '\n') out_ += ' ';
    space_ = false;
    out_ += text.substr(begin, end - begin);
    return end;
  }

  std::string out_;
  bool space_ = false;
};

}  // namespace

std::string block_text(const HtmlTree& tree, const PageBlocks& blocks, const PageBlock& block) {
  TextJoiner joiner;
  auto skipped = std::ranges::lower_bound(blocks.skipped, block.begin);
  for (uint32_t i = block.begin; i < block.end;) {
    const HtmlNode& node = tree[i];
    const bool skip = skipped != blocks.skipped.end() && *skipped == i;
    if (skip || is_passed_over(node.tag)) {
      if (skip) ++skipped;
      i = node.end;
      while (skipped != blocks.skipped.end() && *skipped < i) ++skipped;
      continue;
    }
    if (node.tag == HtmlTag::kText) block.preformatted ? joiner.add_lines(tree.text(i)) : joiner.add(tree.text(i));
    if (node.tag == HtmlTag::kBr) joiner.line_end();
    ++i;
  }
  return joiner.take();
}

std::vector<std::string_view> lines_apart(std::string_view text, bool preformatted) {
  std::vector<std::string_view> lines;
  size_t begin = 0;
  for (size_t at = preformatted ? std::string_view::npos : text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    const std::string_view line = trim(text.substr(begin, at - begin));
    if (!ends_sentence(line) && !line.ends_with(':')) continue;
    if (!line.empty()) lines.push_back(line);
    begin = at + 1;
  }
  if (const std::string_view rest = trim(text.substr(begin)); !rest.empty()) lines.push_back(rest);
  return lines;
}

}  // namespace casus
