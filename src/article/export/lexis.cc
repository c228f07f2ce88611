// Lexis/Nexis: the older layout, of paragraphs between blank lines, and the newer, of single lines with "Body" above the text.
#include <algorithm>

#include "article/export/export_document.h"
#include "base/text.h"

namespace casus {
namespace {

using Lines = std::span<const ExportLine>;

/// Below the text stand labels and short lines; a longer line without a label belongs to the text.
constexpr size_t kMaxUnlabelledBytes = 150;
/// Lines of the older layout that are so far indented are centred: outlet, date and edition, but no headline.
constexpr size_t kCentredIndent = 4;
constexpr size_t kMaxUnitsAboveLength = 4;
/// Its lines are at most so wide.
constexpr size_t kMinWidth = 50;
constexpr size_t kMaxWidth = 100;

/// A paragraph of the older layout, a line of the newer.
struct Unit {
  size_t begin = 0;
  size_t end = 0;
};

class LexisArticle {
 public:
  LexisArticle(Lines lines, const ExportLayouts& layouts)
      : lines_(lines), layouts_(layouts), layout_(layouts.layout(ExportDatabase::kLexis)) {}

  std::optional<ExportedArticle> read() {
    drop_cover();
    const auto body = std::ranges::find_if(lines_, [](const ExportLine& line) { return line.is(ExportLayout::kText); });
    newer_ = body != lines_.end();
    find_units();
    const std::optional<size_t> text = newer_ ? read_newer_head(static_cast<size_t>(body - lines_.begin())) : read_older_head();
    if (!text) return std::nullopt;
    read_rest(*text);
    take_place();
    return std::move(article_);
  }

 private:
  [[nodiscard]] const ExportLine& first(const Unit& unit) const { return lines_[unit.begin]; }

  /// What the unit says, in one line.
  [[nodiscard]] std::string joined(const Unit& unit) const {
    std::string text;
    for (size_t i = unit.begin; i < unit.end; ++i) text += (text.empty() ? "" : " ") + std::string(trim(lines_[i].text));
    return text;
  }

  [[nodiscard]] bool is_date(const Unit& unit) const { return leading_day(first(unit).text, layouts_.words()).has_value(); }

  /// Lines of the cover page stand before the first article without anything between them.
  void drop_cover() {
    const auto says_length = [&](const ExportLine& line) {
      const std::optional<LabelledLine> label = layout_.head_label(line.text);
      return line.is(ExportLayout::kText) || (label && label->field == ExportField::kLength);
    };
    const auto end = std::ranges::find_if(lines_, says_length);
    for (auto line = end; line != lines_.begin(); --line) {
      if ((line - 1)->is(ExportLayout::kCover)) {
        lines_ = lines_.subspan(static_cast<size_t>(line - lines_.begin()));
        had_cover_ = true;
        return;
      }
    }
  }

  void find_units() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].is_blank()) continue;
      const bool goes_on = !newer_ && !units_.empty() && units_.back().end == i && !has_label(lines_[i]);
      if (goes_on) {
        ++units_.back().end;
      } else {
        units_.push_back({.begin = i, .end = i + 1});
      }
    }
  }

  [[nodiscard]] bool has_label(const ExportLine& line) const { return layout_.head_label(line.text) || layout_.tail_label(line.text); }

  void take_label(const LabelledLine& label, const Unit& unit) {
    std::string value(label.value);
    for (size_t i = unit.begin + 1; i < unit.end; ++i) value += (value.empty() ? "" : " ") + std::string(trim(lines_[i].text));
    if (label.field == ExportField::kAuthor) article_.authors = split_authors(value, layouts_.words());
    article_.take(label.field, label.label, value, first(unit).number);
  }

  /// Headline, outlet and date, then rights and labels; gives the first unit of the text.
  std::optional<size_t> read_newer_head(size_t body_line) {
    const auto body = static_cast<size_t>(std::ranges::find(units_, body_line, &Unit::begin) - units_.begin());
    size_t head = 0;
    while (head < body && !has_label(first(units_[head])) && first(units_[head]).kinds == 0) ++head;
    size_t date = 0;
    while (date < head && !is_date(units_[date])) ++date;
    // Without a date the second line is the outlet all the same.
    const size_t outlet = date < head ? date - 1 : std::min<size_t>(head, 2) - 1;
    if (head == 0 || date == 0) return std::nullopt;
    for (size_t i = 0; i < head; ++i) take_head_line(units_[i], i, outlet, date);
    for (size_t i = head; i < body; ++i) take_head_unit(units_[i]);
    return body + 1;
  }

  void take_head_line(const Unit& unit, size_t index, size_t outlet, size_t date) {
    const std::string text = joined(unit);
    // What is left of a cover page may stand above the headline.
    const bool is_above_headline = had_cover_ && index + 1 < outlet;
    if (!is_above_headline && (index < outlet || (outlet == 0 && index == 0))) {
      article_.title += (article_.title.empty() ? "" : " ") + text;
    } else if (!is_above_headline && index == outlet) {
      article_.outlet = text;
    } else if (!is_above_headline && index == date) {
      article_.take(ExportField::kDate, "", text, first(unit).number);
    } else {
      article_.leave_out(text);
    }
  }

  void take_head_unit(const Unit& unit) {
    if (const std::optional<LabelledLine> label = layout_.head_label(first(unit).text)) return take_label(*label, unit);
    article_.leave_out(joined(unit));
  }

  [[nodiscard]] bool is_centred(const Unit& unit) const { return first(unit).text.find_first_not_of(' ') >= kCentredIndent; }

  /// Outlet, date and headline, then labels, of which the length is always there.
  std::optional<size_t> read_older_head() {
    size_t at = 0;
    while (at < units_.size() && !is_date(units_[at]) && !layout_.head_label(first(units_[at]).text)) ++at;
    if (at == units_.size()) return std::nullopt;
    if (is_date(units_[at])) {
      if (at > 0) article_.outlet = joined({units_[at - 1].begin, units_[at - 1].begin + 1});
      article_.take(ExportField::kDate, "", trim(first(units_[at]).text), first(units_[at]).number);
      ++at;
    } else if (at > 0) {
      article_.outlet = joined(units_[0]);
    }
    const bool has_label_of_title = std::ranges::any_of(units_, [&](const Unit& unit) {
      const std::optional<LabelledLine> label = layout_.head_label(first(unit).text);
      return label && label->field == ExportField::kTitle;
    });
    for (; at < units_.size() && !layout_.head_label(first(units_[at]).text); ++at) {
      if (article_.title.empty() && !has_label_of_title && !is_centred(units_[at])) {
        article_.title = joined(units_[at]);
      } else {
        article_.leave_out(joined(units_[at]));
      }
    }
    return read_older_labels(at);
  }

  std::optional<size_t> read_older_labels(size_t at) {
    bool seen_length = false;
    for (; at < units_.size(); ++at) {
      const std::optional<LabelledLine> label = layout_.head_label(first(units_[at]).text);
      if (label && label->field == ExportField::kText) {
        return at;
      }
      if (!label && (seen_length || !length_follows(at))) break;
      if (label) seen_length = seen_length || label->field == ExportField::kLength;
      take_head_unit(units_[at]);
    }
    return seen_length ? std::optional(at) : std::nullopt;
  }

  [[nodiscard]] bool length_follows(size_t at) const {
    for (size_t i = at; i < std::min(units_.size(), at + kMaxUnitsAboveLength); ++i) {
      const std::optional<LabelledLine> label = layout_.head_label(first(units_[i]).text);
      if (label && label->field == ExportField::kLength) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_furniture(const Unit& unit) const {
    const ExportLine& line = first(unit);
    return line.is(ExportLayout::kCopyright) || line.is(ExportLayout::kEnd) || line.is(ExportLayout::kAfter) ||
           layout_.tail_label(line.text).has_value();
  }

  /// The first unit below the text.
  [[nodiscard]] size_t find_tail(size_t text) const {
    size_t tail = units_.size();
    for (size_t i = units_.size(); i-- > text;) {
      if (is_furniture(units_[i])) {
        tail = i;
      } else if (joined(units_[i]).size() > kMaxUnlabelledBytes) {
        break;
      }
    }
    // Captions are long, and stand below a line of their own.
    for (size_t i = text; i < tail; ++i) {
      if (first(units_[i]).is(ExportLayout::kAfter) && i > text) return i;
    }
    return tail;
  }

  void read_rest(size_t text) {
    const size_t tail = find_tail(text);
    if (text < tail) {
      const std::optional<LabelledLine> label = layout_.head_label(first(units_[text]).text);
      const bool labelled = label && label->field == ExportField::kText;
      if (labelled) article_.add_text(label->value);
      const size_t end = tail < units_.size() ? units_[tail].begin : lines_.size();
      add_text(units_[text].begin + labelled, end);
    }
    for (size_t i = tail; i < units_.size(); ++i) {
      if (const std::optional<LabelledLine> label = layout_.tail_label(first(units_[i]).text)) {
        take_label(*label, units_[i]);
      } else if (!first(units_[i]).is(ExportLayout::kEnd)) {
        article_.leave_out(joined(units_[i]));
      }
    }
  }

  /// Adds lines to the text; in the older layout those that were broken to fit a width are joined again.
  void add_text(size_t begin, size_t end) {
    size_t width = 0;
    for (size_t i = begin; i < end; ++i) width = std::max(width, lines_[i].text.size());
    const bool wrapped = !newer_ && width >= kMinWidth && width <= kMaxWidth;
    std::string text;
    for (size_t i = begin; i < end; ++i) {
      text += lines_[i].text;
      const std::string_view next = i + 1 < end ? std::string_view(lines_[i + 1].text) : "";
      const size_t first_word = std::min(next.find(' '), next.size());
      if (wrapped && first_word > 0 && !lines_[i].is_blank() && lines_[i].text.size() + 1 + first_word > width) {
        text += ' ';
        continue;
      }
      article_.add_text(text);
      text.clear();
    }
  }

  /// "NEW YORK, Aug. 2" without the date.
  void take_place() {
    const std::string_view place = article_.place;
    const size_t comma = place.rfind(',');
    if (comma == std::string_view::npos) return;
    const std::vector<std::string_view> words = split_words(place.substr(comma + 1));
    if (read_date(words, layouts_.words())) article_.place = trim(place.substr(0, comma));
  }

  Lines lines_;
  const ExportLayouts& layouts_;
  const ExportLayout& layout_;
  std::vector<Unit> units_{};
  ExportedArticle article_{};
  bool newer_ = false;
  bool had_cover_ = false;
};

}  // namespace

std::optional<ExportedArticle> read_lexis(Lines lines, const ExportLayouts& layouts) { return LexisArticle(lines, layouts).read(); }

}  // namespace casus
