// ProQuest: a title, labels, "Full text:", and behind the text more labels.
#include <algorithm>

#include "article/export/export_document.h"
#include "base/text.h"

namespace casus {
namespace {

using Lines = std::span<const ExportLine>;

/// How far apart two labels below the text may be, since values may be broken into lines.
constexpr size_t kMaxLinesOfValue = 3;

class ProquestArticle {
 public:
  ProquestArticle(Lines lines, const ExportLayouts& layouts)
      : lines_(lines), layouts_(layouts), layout_(layouts.layout(ExportDatabase::kProquest)) {}

  std::optional<ExportedArticle> read() {
    const size_t text = find_text();
    const size_t tail = find_tail(text);
    if (tail == lines_.size() && text == lines_.size()) return std::nullopt;
    read_labels(lines_.subspan(tail), false);
    read_labels(lines_.first(std::min(text, tail)), true);
    if (text < tail) {
      const std::optional<LabelledLine> label = layout_.head_label(lines_[text].text);
      article_.add_text(label ? label->value : "");
      for (size_t i = text + 1; i < tail; ++i) article_.add_text(lines_[i].text);
    }
    const size_t semicolon = article_.outlet.find(';');
    if (semicolon != std::string::npos) article_.outlet = trim(std::string_view(article_.outlet).substr(0, semicolon));
    return std::move(article_);
  }

 private:
  /// The line with "Full text:"; the number of lines if there is none.
  [[nodiscard]] size_t find_text() const {
    for (size_t i = 0; i < lines_.size(); ++i) {
      const std::optional<LabelledLine> label = layout_.head_label(lines_[i].text);
      if (label && label->field == ExportField::kText) return i;
    }
    return lines_.size();
  }

  [[nodiscard]] bool is_tail_label(size_t line) const { return layout_.tail_label(lines_[line].text).has_value(); }

  /// Where the labels below the text begin. The title stands among them, and the text may have lines that look like the others.
  [[nodiscard]] size_t find_tail(size_t text) const {
    const size_t begin = text < lines_.size() ? text + 1 : 0;
    size_t tail = lines_.size();
    for (size_t i = lines_.size(); i-- > begin;) {
      const std::optional<LabelledLine> label = layout_.tail_label(lines_[i].text);
      if (label && label->field == ExportField::kTitle) return widen_tail(i, begin);
      if (label) tail = i;
    }
    return tail;
  }

  /// Labels stand above each other with blank lines between them, and their values go on below them without one.
  [[nodiscard]] size_t widen_tail(size_t tail, size_t begin) const {
    while (true) {
      size_t end = tail;
      while (end > begin && lines_[end - 1].is_blank()) --end;
      size_t paragraph = end;
      while (paragraph > begin && !lines_[paragraph - 1].is_blank()) --paragraph;
      if (paragraph == end) return tail;
      if (!is_tail_label(paragraph)) return widen_tail_by_lines(tail, end, paragraph);
      tail = paragraph;
    }
  }

  /// The same where there are no blank lines: labels are then at most a few lines apart.
  [[nodiscard]] size_t widen_tail_by_lines(size_t tail, size_t end, size_t begin) const {
    size_t unlabelled = 0;
    for (size_t i = end; i-- > begin && unlabelled < kMaxLinesOfValue;) {
      ++unlabelled;
      if (!is_tail_label(i)) continue;
      tail = i;
      unlabelled = 0;
    }
    return tail;
  }

  /// Labels and their values, which go on until the next label. The first line above them is the title.
  void read_labels(Lines lines, bool above_text) {
    for (size_t i = 0; i < lines.size();) {
      const ExportLine& first = lines[i++];
      const std::optional<LabelledLine> label = above_text ? layout_.head_label(first.text) : layout_.tail_label(first.text);
      if (!label) {
        take_unlabelled(first, above_text);
        continue;
      }
      std::string value(label->value);
      for (; i < lines.size() && !lines[i].is_blank() && !is_label(lines[i].text, above_text); ++i) {
        if (lines[i].kinds != 0) break;
        value += (value.empty() ? "" : " ") + std::string(trim(lines[i].text));
      }
      if (label->field == ExportField::kAuthor) article_.authors = split_authors(value, layouts_.words());
      if (label->field != ExportField::kText) article_.take(label->field, label->label, value, first.number);
    }
  }

  [[nodiscard]] bool is_label(std::string_view line, bool above_text) const {
    return (above_text ? layout_.head_label(line) : layout_.tail_label(line)).has_value();
  }

  void take_unlabelled(const ExportLine& line, bool above_text) {
    if (line.kinds != 0) return;
    if (above_text && article_.title.empty()) {
      article_.title = trim(line.text);
    } else if (trim(line.text) != article_.title) {
      article_.leave_out(line.text);
    }
  }

  Lines lines_;
  const ExportLayouts& layouts_;
  const ExportLayout& layout_;
  ExportedArticle article_{};
};

}  // namespace

std::optional<ExportedArticle> read_proquest(Lines lines, const ExportLayouts& layouts) { return ProquestArticle(lines, layouts).read(); }

}  // namespace casus
