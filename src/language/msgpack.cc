#include "language/msgpack.h"

#include <bit>
#include <limits>

#include "base/utf8.h"

namespace casus {
namespace {

Error broken(std::string message, size_t byte) { return Error{.code = ErrorCode::kBadModel, .message = std::move(message), .byte = byte}; }

/// Fills slots one after the other; containers wait on a stack of their own, so that depth never becomes recursion.
class Decoder {
 public:
  Decoder(std::string_view bytes, const MsgpackLimits& limits) : bytes_(bytes), limits_(limits) {}

  Result<MsgpackValue> run() {
    MsgpackValue root;
    if (!decode_into(root)) return std::move(error_);
    while (!open_.empty()) {
      if (open_.back().next == open_.back().count) {
        open_.pop_back();
        continue;
      }
      --owed_;
      if (!decode_into(next_slot(open_.back()))) return std::move(error_);
    }
    if (left() > 0) return broken("MessagePack: " + std::to_string(left()) + " bytes too many after the value", at_);
    return root;
  }

 private:
  /// A container that still lacks elements; exactly one of the two pointers is set. The vectors got their final size when
  /// they were opened, so the pointers stay valid.
  struct Open {
    MsgpackValue::Array* array;
    MsgpackValue::Map* map;
    size_t next;
    size_t count;
  };

  static MsgpackValue& next_slot(Open& open) {
    const size_t index = open.next++;
    if (open.array) return (*open.array)[index];
    auto& pair = (*open.map)[index / 2];
    return index % 2 == 0 ? pair.first : pair.second;
  }

  [[nodiscard]] size_t left() const { return bytes_.size() - at_; }

  bool fail(std::string message, size_t byte) {
    error_ = broken("MessagePack: " + std::move(message), byte);
    return false;
  }

  bool big_endian(size_t width, uint64_t& out) {
    if (width > left()) return fail("the file is cut off", bytes_.size());
    out = 0;
    for (size_t i = 0; i < width; ++i) out = out << 8 | static_cast<unsigned char>(bytes_[at_ + i]);
    at_ += width;
    return true;
  }

  bool take(uint64_t length, std::string_view& out) {
    if (length > left()) return fail("a length of " + std::to_string(length) + " goes beyond the end of the file", at_);
    out = bytes_.substr(at_, static_cast<size_t>(length));
    at_ += static_cast<size_t>(length);
    return true;
  }

  bool string_of(MsgpackValue& slot, uint64_t length) {
    std::string_view text;
    const size_t start = at_;
    if (!take(length, text)) return false;
    if (!is_valid_utf8(text)) return fail("a string is not valid UTF-8", start);
    slot.value = text;
    return true;
  }

  bool binary_of(MsgpackValue& slot, uint64_t length) {
    std::string_view content;
    if (!take(length, content)) return false;
    slot.value = MsgpackValue::Binary{content};
    return true;
  }

  /// Every element takes a byte at least, so what all open containers still lack can never exceed what is left of the
  /// file. That bounds the memory by the size of the file, whatever lengths it claims.
  bool open(MsgpackValue& slot, uint64_t count, bool is_map) {
    const uint64_t values = is_map ? 2 * count : count;
    if (open_.size() >= limits_.max_depth) return fail("nested deeper than " + std::to_string(limits_.max_depth), at_);
    if (values > left() || owed_ > left() - values) {
      return fail("a container of " + std::to_string(count) + " elements goes beyond the end of the file", at_);
    }
    if (values > limits_.max_values - values_) return fail("more than " + std::to_string(limits_.max_values) + " values", at_);
    values_ += values;
    owed_ += values;
    Open entry{.array = nullptr, .map = nullptr, .next = 0, .count = static_cast<size_t>(values)};
    if (is_map) {
      entry.map = &slot.value.emplace<MsgpackValue::Map>(static_cast<size_t>(count));
    } else {
      entry.array = &slot.value.emplace<MsgpackValue::Array>(static_cast<size_t>(count));
    }
    open_.push_back(entry);
    return true;
  }

  bool decode_into(MsgpackValue& slot) {
    if (left() == 0) return fail("the file is cut off", at_);
    const auto head = static_cast<uint8_t>(bytes_[at_++]);
    if (head <= 0x7f) {
      slot.value = static_cast<uint64_t>(head);
      return true;
    }
    if (head <= 0x8f) return open(slot, head & 0x0fU, true);
    if (head <= 0x9f) return open(slot, head & 0x0fU, false);
    if (head <= 0xbf) return string_of(slot, head & 0x1fU);
    if (head >= 0xe0) {
      slot.value = static_cast<int64_t>(static_cast<int8_t>(head));
      return true;
    }
    return decode_tagged(slot, head);
  }

  /// The forms whose first byte is followed by a number of fixed width: 0xc0 to 0xdf.
  bool decode_tagged(MsgpackValue& slot, uint8_t head) {
    uint64_t number = 0;
    switch (head) {
      case 0xc0: slot.value = MsgpackValue::Nil{}; return true;
      case 0xc2: slot.value = false; return true;
      case 0xc3: slot.value = true; return true;
      case 0xc4:
      case 0xc5:
      case 0xc6: return big_endian(size_t{1} << (head - 0xc4), number) && binary_of(slot, number);
      case 0xca:
        if (!big_endian(4, number)) return false;
        slot.value = static_cast<double>(std::bit_cast<float>(static_cast<uint32_t>(number)));
        return true;
      case 0xcb:
        if (!big_endian(8, number)) return false;
        slot.value = std::bit_cast<double>(number);
        return true;
      case 0xcc:
      case 0xcd:
      case 0xce:
      case 0xcf:
        if (!big_endian(size_t{1} << (head - 0xcc), number)) return false;
        slot.value = number;
        return true;
      case 0xd0:
      case 0xd1:
      case 0xd2:
      case 0xd3: return signed_of(slot, size_t{1} << (head - 0xd0));
      case 0xd9:
      case 0xda:
      case 0xdb: return big_endian(size_t{1} << (head - 0xd9), number) && string_of(slot, number);
      case 0xdc:
      case 0xdd: return big_endian(head == 0xdc ? 2 : 4, number) && open(slot, number, false);
      case 0xde:
      case 0xdf: return big_endian(head == 0xde ? 2 : 4, number) && open(slot, number, true);
      default: break;
    }
    return fail("the byte " + std::to_string(head) + " begins an extension or nothing at all", at_ - 1);
  }

  bool signed_of(MsgpackValue& slot, size_t width) {
    uint64_t number = 0;
    if (!big_endian(width, number)) return false;
    const auto shift = static_cast<int>(64 - 8 * width);
    const int64_t value = static_cast<int64_t>(number << shift) >> shift;
    if (value < 0) {
      slot.value = value;
    } else {
      slot.value = static_cast<uint64_t>(value);  // one form for a number, however it was written
    }
    return true;
  }

  std::string_view bytes_;
  MsgpackLimits limits_;
  size_t at_ = 0;
  uint64_t values_ = 1;
  uint64_t owed_ = 0;  ///< elements that the open containers still lack, all together
  std::vector<Open> open_;
  Error error_;
};

}  // namespace

std::string_view MsgpackValue::text() const {
  if (const auto* string = std::get_if<std::string_view>(&value)) return *string;
  if (const auto* binary = std::get_if<Binary>(&value)) return binary->bytes;
  return {};
}

bool MsgpackValue::to_uint64(uint64_t& out) const {
  const auto* number = std::get_if<uint64_t>(&value);
  if (!number) return false;
  out = *number;
  return true;
}

bool MsgpackValue::to_int64(int64_t& out) const {
  if (const auto* number = std::get_if<int64_t>(&value)) {
    out = *number;
    return true;
  }
  const auto* number = std::get_if<uint64_t>(&value);
  if (!number || *number > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) return false;
  out = static_cast<int64_t>(*number);
  return true;
}

const MsgpackValue* MsgpackValue::find(std::string_view key) const {
  const Map* members = map();
  if (!members) return nullptr;
  // From the back: of a key given twice, Python keeps the last.
  for (auto member = members->rbegin(); member != members->rend(); ++member) {
    const std::string_view name = member->first.text();
    if (name.data() && name == key) return &member->second;
  }
  return nullptr;
}

Result<MsgpackValue> decode_msgpack(std::string_view bytes, const MsgpackLimits& limits) { return Decoder(bytes, limits).run(); }

}  // namespace casus
