#include "reading/time_pieces.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace casus {
namespace {

/// Dashes and apostrophes that stand for the ones of ASCII.
struct Sign {
  std::string_view bytes;
  std::string_view plain;
};
constexpr Sign kSigns[] = {{"\u2010", "-"}, {"\u2011", "-"}, {"\u2012", "-"}, {"\u2013", "-"},
                           {"\u2014", "-"}, {"\u2212", "-"}, {"\u2018", "'"}, {"\u2019", "'"}};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Splits the tokens of one block.
class PieceSplitter {
 public:
  explicit PieceSplitter(const Syntax& syntax) : syntax_(syntax), pieces_() {}

  void split(uint32_t token) {
    token_ = token;
    text_ = syntax_.text(token);
    at_ = 0;
    if (is_dotted(text_)) return add(text_.size(), undotted());
    while (at_ < text_.size()) {
      if (const Sign* sign = sign_here()) {
        add(sign->bytes.size(), std::string(sign->plain));
      } else if (is_ascii_digit(text_[at_])) {
        add_number();
      } else if (is_word(text_[at_])) {
        add_word();
      } else {
        add(1, std::string(1, text_[at_]));
      }
    }
  }

  std::vector<TimePiece> take() { return std::move(pieces_); }

 private:
  static bool is_word(char c) { return is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80; }

  /// "a.m.", "B.C": single letters with dots between them.
  static bool is_dotted(std::string_view text) {
    if (text.size() < 3 || text.size() > 6) return false;
    for (size_t i = 0; i < text.size(); ++i) {
      if (i % 2 == 0 ? !is_ascii_alpha(text[i]) : text[i] != '.') return false;
    }
    return true;
  }

  [[nodiscard]] std::string undotted() const {
    std::string letters = ascii_lowered(text_);
    std::erase(letters, '.');
    return letters;
  }

  [[nodiscard]] const Sign* sign_here() const {
    const auto* const found =
        std::find_if(std::begin(kSigns), std::end(kSigns), [&](const Sign& sign) { return text_.substr(at_).starts_with(sign.bytes); });
    return found == std::end(kSigns) ? nullptr : found;
  }

  void add(size_t bytes, std::string text) {
    const uint32_t first = syntax_.token(token_).span.begin + static_cast<uint32_t>(at_);
    TimePiece piece;
    piece.span = {first, first + static_cast<uint32_t>(bytes)};
    piece.token = token_;
    piece.text = std::move(text);
    piece.glued = !pieces_.empty() && pieces_.back().span.end == first;
    piece.capital = is_ascii_upper(text_[at_]);
    pieces_.push_back(std::move(piece));
    at_ += bytes;
  }

  void add_number() {
    size_t end = at_;
    while (end < text_.size() && is_ascii_digit(text_[end])) ++end;
    const std::string_view digits = text_.substr(at_, end - at_);
    add(digits.size(), std::string(digits.substr(0, kMaxTimeWord)));
    if (digits.size() > kMaxTimeDigits) return;
    TimePiece& piece = pieces_.back();
    piece.digits = static_cast<int>(digits.size());
    piece.number = 0;
    for (const char digit : digits) piece.number = piece.number * 10 + (digit - '0');
  }

  void add_word() {
    size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) {
      const size_t here = std::exchange(at_, end);
      const bool sign = sign_here() != nullptr;
      at_ = here;
      if (sign) break;
      ++end;
    }
    while (end < text_.size() && is_continuation(text_[end])) ++end;
    const std::string_view letters = text_.substr(at_, end - at_);
    const bool dotted = end + 1 == text_.size() && text_[end] == '.';  // "Sept."
    add(letters.size() + (dotted ? 1 : 0), ascii_lowered(letters.substr(0, kMaxTimeWord)));
  }

  const Syntax& syntax_;
  std::vector<TimePiece> pieces_;
  uint32_t token_ = 0;
  std::string_view text_ = {};
  size_t at_ = 0;
};

}  // namespace

std::vector<TimePiece> time_pieces(const Syntax& syntax, uint32_t begin, uint32_t end) {
  PieceSplitter splitter(syntax);
  for (uint32_t token = begin; token < end; ++token) {
    if (syntax.pos(token) != Pos::kSpace) splitter.split(token);
  }
  return splitter.take();
}

}  // namespace casus
