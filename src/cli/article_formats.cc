#include "cli/article_formats.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "cli/text_width.h"

namespace casus {
namespace {

constexpr size_t kBlockIndent = 2;
constexpr size_t kKindWidth = 11;  // "paragraph" and two spaces
constexpr std::string_view kDot = " · ";

std::string bold(const ArticleStyle& style, const std::string& text) { return style.bold ? "\x1b[1m" + text + "\x1b[0m" : text; }

std::string day_text(const std::optional<Day>& day) { return day ? format_day(*day) : ""; }

/// Parts that are not empty, with a dot between them.
class Parts {
 public:
  void add(std::string_view part) {
    if (part.empty()) return;
    if (!text_.empty()) text_ += kDot;
    text_ += one_line(part);
  }
  void add(std::string_view label, std::string_view part) {
    if (!part.empty()) add(std::string(label) + std::string(part));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_{};
};

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ", ") + value;
  return text;
}

void append_line(const Parts& parts, const ArticleStyle& style, std::string& out) {
  if (parts.text().empty()) return;
  out += fit(parts.text(), style.columns);
  out += '\n';
}

/// Title; outlet and day; authors and place; address; where it came from.
void append_heading(const Article& article, const ArticleStyle& style, std::string& out) {
  const ArticleFields& fields = article.fields();
  const std::string title = fit(one_line(fields.title.empty() ? "(no title)" : fields.title), style.columns);
  out += bold(style, title) + "\n";

  Parts published;
  published.add(fields.outlet);
  const std::string from = fields.published_from.empty() ? "" : " (from " + fields.published_from + ")";
  published.add(fields.published ? day_text(fields.published) + from : "no date");
  published.add("updated ", day_text(fields.updated));
  append_line(published, style, out);

  Parts written;
  written.add("by ", joined(fields.authors));
  written.add("from ", fields.dateline_place);
  append_line(written, style, out);

  Parts address;
  address.add(fields.url);
  append_line(address, style, out);

  Parts origin;
  origin.add(fields.origin + (fields.origin_line > 0 ? ":" + std::to_string(fields.origin_line) : ""));
  origin.add(fields.form);
  origin.add("id ", fields.id);
  origin.add("language ", fields.language);
  origin.add(joined(fields.flags));
  append_line(origin, style, out);
}

void append_piece(std::string_view label, std::string_view text, const ArticleStyle& style, std::string& out) {
  out.append(kBlockIndent, ' ');
  append_padded(label, kKindWidth, out);
  append_filled(text, kBlockIndent + kKindWidth, style.columns, out);
}

std::string with_reason(std::string_view reason, std::string_view text) {
  return reason.empty() ? std::string(text) : "[" + std::string(reason) + "] " + std::string(text);
}

constexpr size_t kColumns = 5;
using Widths = std::array<size_t, kColumns>;
constexpr Widths kWidths = {12, 10, 10, 24, 9};  // DATE, FROM, FORM, OUTLET, BYTES; the title has the rest

void append_cells(const std::array<std::string, kColumns>& cells, std::string& line) {
  for (size_t i = 0; i < kColumns; ++i) append_padded(fit(cells[i], kWidths[i] - 2), kWidths[i], line);
}

}  // namespace

void append_article_text(const Article& article, const ArticleStyle& style, std::string& out) {
  append_heading(article, style, out);
  out += '\n';
  size_t hidden = 0;
  for (const Block& block : article.blocks()) {
    const bool is_noise = block.kind == BlockKind::kNoise;
    hidden += is_noise && !style.noise ? 1 : 0;
    if (is_noise && !style.noise) continue;
    append_piece(block_kind_name(block.kind), with_reason(block.reason, article.view(block.span)), style, out);
  }
  if (style.noise) {
    for (const LeftOut& left_out : article.fields().left_out)
      append_piece("left out", with_reason(left_out.reason, left_out.text), style, out);
  }
  if (hidden > 0) append_piece("", "(" + std::to_string(hidden) + " marked as noise: --noise)", style, out);
  out += '\n';
}

std::string article_table_header(const ArticleStyle& style) {
  std::string line;
  append_cells({"DATE", "FROM", "FORM", "OUTLET", "BYTES"}, line);
  return bold(style, fit(line + "TITLE", style.columns)) + "\n";
}

void append_article_row(const Article& article, const ArticleStyle& style, std::string& out) {
  const ArticleFields& fields = article.fields();
  std::string line;
  const auto cell = [](const std::string& text) { return text.empty() ? std::string("–") : one_line(text); };
  append_cells({cell(day_text(fields.published)), cell(fields.published_from), cell(fields.form), cell(fields.outlet),
                with_separators(article.text().size())},
               line);
  line += one_line(fields.title.empty() ? fields.id : fields.title);
  out += fit(line, style.columns);
  out += '\n';
}

}  // namespace casus
