#include "article/utf16_input.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "base/byte_input.h"
#include "base/utf8.h"

namespace casus {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

class Utf16Input : public ByteInput {
 public:
  Utf16Input(LineReader input, bool big_endian) : input_(std::move(input)), big_endian_(big_endian) {}

  Result<size_t> read(std::span<char> out) override {
    while (given_ == text_.size()) {
      text_.clear();
      given_ = 0;
      if (!decode_more()) break;
    }
    // The reader tells by its next line whether its input has failed.
    if (text_.empty()) {
      if (std::optional<Result<std::string_view>> rest = input_.next_line(0); rest && !rest->ok()) return rest->error();
    }
    const size_t count = std::min(out.size(), text_.size() - given_);
    std::copy_n(text_.begin() + static_cast<ptrdiff_t>(given_), count, out.begin());
    given_ += count;
    return count;
  }

  [[nodiscard]] uint64_t bytes_taken() const override { return input_.bytes_read(); }

 private:
  /// Decodes what one read gives; false at the end.
  bool decode_more() {
    const std::string_view bytes = input_.peek_at_least(2);
    for (size_t at = 0; at + 1 < bytes.size(); at += 2) take_unit(bytes[at], bytes[at + 1]);
    if (bytes.size() == 1) append(kReplacement);
    if (bytes.empty() && high_ != 0) append_broken();
    input_.skip(bytes.size() == 1 ? 1 : bytes.size() / 2 * 2);
    return !bytes.empty() || !text_.empty();
  }

  void take_unit(char first, char second) {
    const auto a = static_cast<unsigned char>(first), b = static_cast<unsigned char>(second);
    const auto unit = static_cast<char32_t>(big_endian_ ? a << 8 | b : b << 8 | a);
    if (unit >= 0xDC00 && unit <= 0xDFFF && high_ != 0) {
      append_utf8(0x10000 + ((std::exchange(high_, 0) - 0xD800) << 10) + (unit - 0xDC00), text_);
    } else if (unit >= 0xD800 && unit <= 0xDBFF) {
      append_broken();
      high_ = unit;
    } else {
      append(unit);
    }
  }

  void append(char32_t code_point) {
    append_broken();
    append_utf8(code_point, text_);
  }

  /// Puts a sign in place of a first half that had no second.
  void append_broken() {
    if (std::exchange(high_, 0) != 0) append_utf8(kReplacement, text_);
  }

  LineReader input_;
  bool big_endian_;
  char32_t high_ = 0;  ///< the first half of a pair, else 0
  std::string text_{};
  size_t given_ = 0;
};

}  // namespace

LineReader as_utf8(LineReader input) {
  const std::string_view start = input.peek_at_least(2);
  const bool big_endian = start.starts_with("\xFE\xFF");
  if (!big_endian && !start.starts_with("\xFF\xFE")) return input;
  input.skip(2);
  std::string name = input.name();
  return LineReader(std::make_unique<Utf16Input>(std::move(input), big_endian), std::move(name));
}

}  // namespace casus
