// Factiva's two layouts: with tags ("HD", "LP", …) and without.
#include <algorithm>

#include "article/export/export_document.h"
#include "base/text.h"

namespace casus {
namespace {

using Lines = std::span<const ExportLine>;

/// Above the line that counts the words: section, headline, byline. More lines are no head.
constexpr size_t kMaxLinesAboveLength = 12;
/// Between that line and the text: date, time, source, edition, page, code, language, rights.
constexpr size_t kMaxLinesBelowLength = 14;

/// "Document LBA0000020220210ei2a003x5": its last word.
std::string code_of(std::string_view line) {
  const std::vector<std::string_view> words = split_words(line);
  return words.empty() ? "" : std::string(words.back());
}

class TaggedArticle {
 public:
  TaggedArticle(Lines lines, const ExportLayouts& layouts) : lines_(lines), layouts_(layouts) {}

  std::optional<ExportedArticle> read() {
    const ExportLayout& layout = layouts_.layout(ExportDatabase::kFactiva);
    for (const ExportLine& line : lines_) {
      if (const std::optional<LabelledLine> tag = layout.tag(line.text)) {
        finish();
        tag_ = tag->label;
        field_ = tag->field;
        line_ = line.number;
        ++tags_;
        add(tag->value);
      } else if (!tag_.empty()) {
        add(line.text);
      } else if (!line.is(ExportLayout::kCover)) {
        article_.leave_out(line.text);
      }
    }
    finish();
    constexpr size_t kMinTags = 3;
    if (tags_ < kMinTags || article_.text.empty()) return std::nullopt;
    return std::move(article_);
  }

 private:
  void add(std::string_view line) {
    if (field_ == ExportField::kText) return article_.add_text(line);
    line = trim(line);
    if (line.empty()) return;
    if (!value_.empty()) value_ += ' ';
    value_ += line;
  }

  /// Puts the value of the tag that ends into its field.
  void finish() {
    if (field_ == ExportField::kText) article_.add_text("");
    const std::string value = std::exchange(value_, {});
    if (value.empty() || field_ == ExportField::kText) return;
    if (field_ == ExportField::kAuthor) article_.authors = split_authors(value, layouts_.words());
    article_.take(field_, tag_, field_ == ExportField::kId ? code_of(value) : value, line_);
  }

  Lines lines_;
  const ExportLayouts& layouts_;
  ExportedArticle article_{};
  std::string_view tag_{};
  ExportField field_ = ExportField::kNone;
  std::string value_{};
  uint64_t line_ = 0;
  size_t tags_ = 0;
};

class UntaggedArticle {
 public:
  UntaggedArticle(Lines lines, const ExportLayouts& layouts) : lines_(lines), layouts_(layouts) {}

  std::optional<ExportedArticle> read() {
    const auto length = std::ranges::find_if(lines_, [](const ExportLine& line) { return line.is(ExportLayout::kLength); });
    if (length == lines_.end()) return std::nullopt;
    const auto at = static_cast<size_t>(length - lines_.begin());
    if (!read_head(lines_.first(at))) return std::nullopt;
    article_.leave_out(length->text);
    const std::optional<size_t> text = read_source(at + 1);
    if (!text) return std::nullopt;
    read_text(lines_.subspan(*text));
    return std::move(article_);
  }

 private:
  [[nodiscard]] static std::vector<std::string_view> filled_lines(Lines lines) {
    std::vector<std::string_view> filled;
    for (const ExportLine& line : lines) {
      if (!line.is_blank() && !line.is(ExportLayout::kCover)) filled.push_back(trim(line.text));
    }
    return filled;
  }

  void take_byline(std::string_view line) { article_.authors = split_authors(line, layouts_.words()); }

  /// A section may stand above the headline, and a byline below it.
  bool read_head(Lines above) {
    std::vector<std::string_view> head = filled_lines(above);
    if (head.empty() || head.size() > kMaxLinesAboveLength) return false;
    if (head.size() > 1 && equals_ignoring_ascii_case(head.back().substr(0, 3), "by ")) {
      take_byline(head.back());
      head.pop_back();
      for (size_t i = 0; i + 1 < head.size(); ++i) article_.leave_out(head[i]);
      article_.title = head.back();
      return true;
    }
    const auto title = std::ranges::max_element(head, {}, &std::string_view::size);
    article_.title = *title;
    for (auto line = head.begin(); line != title; ++line) article_.leave_out(*line);
    for (auto line = title + 1; line != head.end(); ++line) {
      line == title + 1 ? take_byline(*line) : article_.leave_out(*line);
    }
    return true;
  }

  /// Reads the lines from the date to the language or rights; gives the line where the text begins.
  std::optional<size_t> read_source(size_t begin) {
    std::optional<size_t> end;
    size_t filled = 0;
    for (size_t i = begin; i < lines_.size() && filled < kMaxLinesBelowLength; ++i) {
      if (lines_[i].is_blank()) continue;
      ++filled;
      const bool closes = lines_[i].is(ExportLayout::kCopyright) || (!end && lines_[i].is(ExportLayout::kLanguage));
      if (closes) end = i;
    }
    if (!end) return std::nullopt;
    for (size_t i = begin; i <= *end; ++i) take_source_line(lines_[i]);
    if (article_.date.empty() || article_.outlet.empty()) return std::nullopt;
    return *end + 1;
  }

  void take_source_line(const ExportLine& line) {
    const std::string_view text = trim(line.text);
    if (text.empty()) return;
    const bool is_time = text.find(':') != std::string_view::npos && is_ascii_digit(text.front());
    if (article_.date.empty() && leading_day(text, layouts_.words())) {
      article_.take(ExportField::kDate, "", text, line.number);
    } else if (!article_.date.empty() && article_.outlet.empty() && !is_time) {
      article_.outlet = text;
    } else {
      article_.leave_out(text);
    }
  }

  void read_text(Lines lines) {
    for (const ExportLine& line : lines) {
      if (line.is(ExportLayout::kEnd)) {
        article_.id = code_of(line.text);
      } else {
        article_.add_text(line.text);
      }
    }
  }

  Lines lines_;
  const ExportLayouts& layouts_;
  ExportedArticle article_{};
};

}  // namespace

std::optional<ExportedArticle> read_factiva(Lines lines, const ExportLayouts& layouts) {
  if (std::optional<ExportedArticle> article = TaggedArticle(lines, layouts).read()) return article;
  return UntaggedArticle(lines, layouts).read();
}

}  // namespace casus
