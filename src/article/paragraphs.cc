#include "article/paragraphs.h"

#include <algorithm>
#include <optional>

#include "article/sentence_end.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

/// Widths that people and programs break lines to lie between these (72, 76, 78, 80; never near a paragraph's length).
constexpr uint32_t kMinWidth = 40;
constexpr uint32_t kMaxWidth = 100;
/// A text counts as broken to a width if at least this many of its line breaks look so, and most of its breaks do.
constexpr size_t kMinBreaks = 2;
/// Lines end before the width by the length of the next word, and by some more if they were made to look even.
constexpr uint32_t kRaggedChars = 4;

struct Line {
  ByteSpan span;  ///< trimmed; empty for a blank line
  uint32_t chars = 0;
  uint32_t first_word_chars = 0;
  bool indented = false;
};

bool ends_line(char32_t c) { return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029; }

Line make_line(std::string_view text, size_t begin, size_t end) {
  const std::string_view raw = text.substr(begin, end - begin), line = trim(raw);
  if (line.empty()) return {};
  const auto first = static_cast<uint32_t>(line.data() - text.data());
  Line result{.span = {first, first + static_cast<uint32_t>(line.size())}};
  result.chars = static_cast<uint32_t>(utf8_length(line));
  result.first_word_chars = static_cast<uint32_t>(utf8_length(line.substr(0, line.find(' '))));
  result.indented = first > begin;
  return result;
}

/// The lines, and an empty one for each run of blank lines; "\r\n" is one line end.
std::vector<Line> find_lines(std::string_view text) {
  std::vector<Line> lines;
  const auto add = [&](const Line& line) {
    if (!line.span.empty() || (!lines.empty() && !lines.back().span.empty())) lines.push_back(line);
  };
  size_t begin = 0;
  for (size_t position = 0; position < text.size();) {
    const size_t here = position;
    if (!ends_line(decode_utf8(text, position))) continue;
    if (text[here] == '\r' && position < text.size() && text[position] == '\n') ++position;
    add(make_line(text, begin, here));
    begin = position;
  }
  add(make_line(text, begin, text.size()));
  return lines;
}

/// Whether the break between two lines is one that a width forced: the next word would not have fitted.
bool is_forced(const Line& line, const Line& next, uint32_t width) {
  return line.chars + 1 + next.first_word_chars + kRaggedChars > width && !(next.indented && !line.indented);
}

/// The width that the lines were broken to; nullopt if they were not.
std::optional<uint32_t> find_width(std::string_view text, const std::vector<Line>& lines) {
  uint32_t width = 0;
  for (const Line& line : lines) {
    if (line.chars > line.first_word_chars) width = std::max(width, line.chars);
  }
  if (width < kMinWidth || width > kMaxWidth) return std::nullopt;
  size_t breaks = 0, forced = 0, inside_sentence = 0;
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].span.empty() || lines[i + 1].span.empty()) continue;
    ++breaks;
    if (!is_forced(lines[i], lines[i + 1], width)) continue;
    ++forced;
    inside_sentence += !ends_sentence(lines[i].span.in(text));
  }
  const bool wrapped = forced >= kMinBreaks && forced * 2 >= breaks && inside_sentence * 2 > forced;
  return wrapped ? std::optional(width) : std::nullopt;
}

}  // namespace

std::vector<ByteSpan> find_paragraphs(std::string_view text, uint64_t max_pieces) {
  const std::vector<Line> lines = find_lines(text);
  const std::optional<uint32_t> width = find_width(text, lines);
  std::vector<ByteSpan> pieces;
  const Line* previous = nullptr;
  for (const Line& line : lines) {
    const bool joins = width && previous != nullptr && !line.span.empty() && is_forced(*previous, line, *width);
    previous = line.span.empty() ? nullptr : &line;
    if (line.span.empty()) continue;
    if (!pieces.empty() && (joins || pieces.size() >= max_pieces)) {
      pieces.back().end = line.span.end;
    } else {
      pieces.push_back(line.span);
    }
  }
  return pieces;
}

}  // namespace casus
