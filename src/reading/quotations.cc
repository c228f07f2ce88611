#include "reading/quotations.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace casus {
namespace {

/// Marks that pair with each other. The single ones are also apostrophes.
enum class Family : uint8_t { kStraight, kTwin, kCurly, kGuillemets, kSingle };
enum class Side : uint8_t { kEither, kOpening, kClosing };

struct MarkForm {
  std::string_view bytes;
  Family family;
  Side side;
};

constexpr MarkForm kForms[] = {
    {"\"", Family::kStraight, Side::kEither},       {"\u201C", Family::kCurly, Side::kOpening},
    {"\u201D", Family::kCurly, Side::kClosing},     {"\u201E", Family::kCurly, Side::kOpening},
    {"\u00AB", Family::kGuillemets, Side::kEither}, {"\u00BB", Family::kGuillemets, Side::kEither},
    {"''", Family::kTwin, Side::kEither},           {"``", Family::kTwin, Side::kOpening},
    {"\u2018", Family::kSingle, Side::kOpening},    {"\u2019", Family::kSingle, Side::kClosing},
    {"'", Family::kSingle, Side::kEither},
};

/// A mark in the text and what its neighbours allow it to be.
struct Mark {
  ByteSpan span;
  Family family = Family::kStraight;
  Side side = Side::kEither;
  bool may_open = false;   ///< nothing but a space, bracket, dash or mark before it, a word behind it
  bool may_close = false;  ///< something before it
};

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0xC3; }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

const MarkForm* form_at(std::string_view text, uint32_t at) {
  const char c = text[at];
  if (c != '"' && c != '\'' && c != '`' && c != '\xE2' && c != '\xC2') return nullptr;
  for (const MarkForm& form : kForms) {
    if (text.substr(at).starts_with(form.bytes)) return &form;
  }
  return nullptr;
}

/// Whether what ends before this byte leaves room for an opening mark: a space, a bracket, a dash, another mark.
bool is_open_before(std::string_view text, uint32_t at, uint32_t floor) {
  if (at == floor) return true;
  const char c = text[at - 1];
  if (is_blank(c) || c == '(' || c == '[' || c == '-' || c == '/' || c == '"' || c == '\'' || c == '`') return true;
  const std::string_view before = text.substr(floor, at - floor);
  for (const std::string_view end : {"\u00A0", "\u2013", "\u2014", "\u201C", "\u2018", "\u2026", "\u00AB"}) {
    if (before.ends_with(end)) return true;
  }
  return false;
}

Mark mark_at(std::string_view text, uint32_t at, const MarkForm& form, ByteSpan paragraph) {
  const uint32_t end = at + static_cast<uint32_t>(form.bytes.size());
  const bool space_behind = end >= paragraph.end || is_blank(text[end]) || text.substr(end).starts_with("\u00A0");
  const bool first = at == paragraph.begin || is_blank(text[at - 1]);
  const bool loose = first && space_behind && form.family != Family::kSingle;  // tokens written with a space between them
  return {.span = {at, end},
          .family = form.family,
          .side = form.side,
          .may_open = loose || (!space_behind && is_open_before(text, at, paragraph.begin)),
          .may_close = loose || !first};
}

std::vector<Mark> marks_in(std::string_view text, ByteSpan paragraph) {
  std::vector<Mark> marks;
  for (uint32_t at = paragraph.begin; at < paragraph.end;) {
    const MarkForm* form = form_at(text, at);
    if (!form || at + form->bytes.size() > paragraph.end) {
      ++at;
      continue;
    }
    marks.push_back(mark_at(text, at, *form, paragraph));
    at = marks.back().span.end;
  }
  return marks;
}

/// Pairs double marks over paragraphs.
class DoubleMarks {
 public:
  void read(std::span<const Mark> marks, ByteSpan paragraph) {
    begin(marks, paragraph);
    for (const Mark& mark : marks) {
      if (mark.family == Family::kSingle || (mark.span.begin == skipped_)) continue;
      if (!open_)
        open(mark);
      else if (mark.family == family_ || closes_from_without(mark))
        meet(mark);
    }
    if (open_) pieces_.push_back({from_, paragraph.end});
  }
  [[nodiscard]] std::vector<Quotation> take() { return std::move(found_); }

 private:
  /// A quotation left open goes on if this paragraph opens with its mark, or if the first mark here can only close it.
  void begin(std::span<const Mark> marks, ByteSpan paragraph) {
    skipped_ = paragraph.end;
    if (!open_) return;
    const auto own = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.family == family_; });
    const bool opens = own != marks.end() && own->span.begin == paragraph.begin && own->side != Side::kClosing;
    const bool closes = own != marks.end() && own->may_close && !own->may_open && own->side != Side::kOpening;
    open_ = opens || closes;
    from_ = paragraph.begin;
    depth_ = 1;
    inner_ = 0;
    if (opens) skipped_ = own->span.begin;
    if (!open_) pieces_.clear();
  }

  void open(const Mark& mark) {
    if (!mark.may_open || mark.side == Side::kClosing) return;
    open_ = true;
    family_ = mark.family;
    from_ = mark.span.begin;
    depth_ = 1;
    inner_ = 0;
    pieces_.clear();
  }

  /// Whether a curly quotation is closed by a straight mark or the other way round, as texts that were typed twice have it. Pairs of the
  /// other kind within the quotation are counted out.
  bool closes_from_without(const Mark& mark) {
    const bool either =
        (family_ == Family::kCurly && mark.family == Family::kStraight) || (family_ == Family::kStraight && mark.family == Family::kCurly);
    if (!either) return false;
    if (mark.may_open) {
      ++inner_;
      return false;
    }
    if (inner_ == 0) return mark.may_close && mark.side != Side::kOpening;
    --inner_;
    return false;
  }

  void meet(const Mark& mark) {
    const bool may_only_open = mark.may_open && !mark.may_close;
    if (mark.side == Side::kOpening && !(mark.may_close && !mark.may_open)) {
      ++depth_;
      return;
    }
    if (mark.side == Side::kEither && may_only_open) {  // the one before was never closed
      open(mark);
      return;
    }
    if (--depth_ > 0) return;
    pieces_.push_back({from_, mark.span.end});
    found_.push_back({std::move(pieces_)});
    pieces_ = {};
    open_ = false;
  }

  std::vector<Quotation> found_{};
  std::vector<ByteSpan> pieces_{};
  Family family_ = Family::kStraight;
  uint32_t from_ = 0;
  uint32_t depth_ = 0;
  uint32_t inner_ = 0;  ///< pairs of another kind that are open within
  uint32_t skipped_ = 0;
  bool open_ = false;
};

/// Pairs single marks within a paragraph. Behind an "s" a mark may be an apostrophe: it closes only if nothing surer does.
class SingleMarks {
 public:
  explicit SingleMarks(std::string_view text) : text_(text) {}

  void read(std::span<const Mark> marks, ByteSpan paragraph) {
    open_ = std::nullopt;
    tentative_ = std::nullopt;
    for (const Mark& mark : marks) {
      if (mark.family != Family::kSingle) continue;
      if (opens(mark))
        open(mark);
      else if (open_ && closes(mark, paragraph))
        close(mark);
    }
    settle();
  }
  [[nodiscard]] std::vector<Quotation> take() { return std::move(found_); }

 private:
  [[nodiscard]] bool opens(const Mark& mark) const {
    return mark.may_open && !(mark.may_close && open_) && mark.side != Side::kClosing &&
           (is_letter(text_[mark.span.end]) || mark.side == Side::kOpening);
  }
  [[nodiscard]] bool closes(const Mark& mark, ByteSpan paragraph) const {
    const bool word_behind = mark.span.end < paragraph.end && is_word(text_[mark.span.end]);
    return mark.may_close && !word_behind && mark.side != Side::kOpening;
  }
  void open(const Mark& mark) {
    settle();
    open_ = mark.span.begin;
  }
  void close(const Mark& mark) {
    if (!open_) return;
    if (text_[mark.span.begin - 1] == 's' && mark.span.end < text_.size() && text_[mark.span.end] == ' ') {
      if (!tentative_) tentative_ = mark.span.end;
      return;
    }
    found_.push_back({{{*open_, mark.span.end}}});
    open_ = tentative_ = std::nullopt;
  }
  void settle() {
    if (open_ && tentative_) found_.push_back({{{*open_, *tentative_}}});
    open_ = tentative_ = std::nullopt;
  }

  std::string_view text_;
  std::vector<Quotation> found_{};
  std::optional<uint32_t> open_{};
  std::optional<uint32_t> tentative_{};
};

/// Both in order; of two that overlap the longer one if it holds the other, else the double marks.
std::vector<Quotation> outermost(std::vector<Quotation> doubles, std::vector<Quotation> singles) {
  std::vector<Quotation> all;
  size_t at = 0;
  for (Quotation& single : singles) {
    while (at < doubles.size() && doubles[at].end() <= single.begin()) all.push_back(std::move(doubles[at++]));
    size_t inside = at;
    while (inside < doubles.size() && single.begin() <= doubles[inside].begin() && doubles[inside].end() <= single.end()) ++inside;
    if (inside < doubles.size() && doubles[inside].begin() < single.end()) continue;
    at = inside;
    all.push_back(std::move(single));
  }
  while (at < doubles.size()) all.push_back(std::move(doubles[at++]));
  return all;
}

/// Whether a line that ends here ends a paragraph: a blank line follows, or the line ends a sentence.
bool ends_paragraph(std::string_view text, uint32_t newline, ByteSpan block) {
  uint32_t next = newline + 1;
  while (next < block.end && (text[next] == ' ' || text[next] == '\t' || text[next] == '\r')) ++next;
  if (next >= block.end || text[next] == '\n') return true;
  uint32_t last = newline;
  while (last > block.begin && is_blank(text[last - 1])) --last;
  if (last == block.begin) return true;
  const char c = text[last - 1];
  return c == '.' || c == '!' || c == '?' || c == '"' || c == ':' || text.substr(block.begin, last - block.begin).ends_with("\u201D");
}

void add_paragraphs(std::string_view text, ByteSpan block, std::vector<ByteSpan>& paragraphs) {
  uint32_t begin = block.begin;
  const auto add = [&](uint32_t end) {
    while (begin < end && is_blank(text[begin])) ++begin;
    if (begin < end) paragraphs.push_back({begin, end});
  };
  for (uint32_t at = block.begin; at < block.end; ++at) {
    if (text[at] != '\n' || !ends_paragraph(text, at, block)) continue;
    add(at);
    begin = at + 1;
  }
  add(block.end);
}

}  // namespace

bool Quotation::contains(uint32_t byte) const {
  return std::any_of(pieces.begin(), pieces.end(), [&](ByteSpan piece) { return piece.begin <= byte && byte < piece.end; });
}

uint32_t mark_length(std::string_view text, uint32_t at) {
  const MarkForm* form = at < text.size() ? form_at(text, at) : nullptr;
  return form ? static_cast<uint32_t>(form->bytes.size()) : 0;
}

std::vector<ByteSpan> paragraphs_of(const Document& doc) {
  std::vector<ByteSpan> paragraphs;
  std::optional<uint32_t> last;
  for (const Sentence& sentence : doc.sentences()) {
    if (last == sentence.block) continue;
    last = sentence.block;
    add_paragraphs(doc.article().text(), doc.article().blocks()[sentence.block].span, paragraphs);
  }
  return paragraphs;
}

std::vector<Quotation> find_quotations(std::string_view text, std::span<const ByteSpan> paragraphs) {
  DoubleMarks doubles;
  SingleMarks singles(text);
  for (const ByteSpan paragraph : paragraphs) {
    const std::vector<Mark> marks = marks_in(text, paragraph);
    doubles.read(marks, paragraph);
    singles.read(marks, paragraph);
  }
  return outermost(doubles.take(), singles.take());
}

}  // namespace casus
