#include "article/decompress.h"

#include <algorithm>
#include <string>
#include <utility>

namespace casus {
namespace {

using namespace std::string_view_literals;

/// What each member begins with.
std::string_view magic_of(Compression compression) {
  switch (compression) {
    case Compression::kGzip: return "\x1F\x8B\x08";
    case Compression::kXz: return "\xFD\x37zXZ\0"sv;
    case Compression::kZstd: return "\x28\xB5\x2F\xFD";
    case Compression::kBzip2: return "BZh";
    case Compression::kDeflate:
    case Compression::kBrotli: return "";
  }
  return "";
}

bool begins_member(std::string_view bytes, Compression compression) {
  if (bytes.starts_with(magic_of(compression))) return true;
  // Frames that zstd's own tools pass over: 0x184D2A50 to 0x184D2A5F.
  return compression == Compression::kZstd && bytes.size() >= 4 && (bytes[0] & 0xF0) == 0x50 && bytes.substr(1, 3) == "\x2A\x4D\x18";
}

}  // namespace

DecompressedInput::DecompressedInput(LineReader compressed, Compression compression, std::shared_ptr<Expansion> expansion, bool outermost)
    : compressed_(std::move(compressed)), compression_(compression), expansion_(std::move(expansion)), outermost_(outermost) {}

void DecompressedInput::skip(size_t bytes) {
  compressed_.skip(bytes);
  if (outermost_) expansion_->take(bytes);
}

Result<size_t> DecompressedInput::end_with(Error error) {
  ended_ = true;
  decoder_.reset();
  return error;
}

/// Begins the next member; false at the end. Zeros between and behind members are padding.
Result<bool> DecompressedInput::begin_member() {
  constexpr size_t kMagicBytes = 6;
  std::string_view next = compressed_.peek_at_least(kMagicBytes);
  while (!next.empty() && next[0] == '\0' && members_ > 0) {
    skip(std::min(next.find_first_not_of('\0'), next.size()));
    next = compressed_.peek_at_least(kMagicBytes);
  }
  if (next.empty()) {
    if (std::optional<Error> failure = compressed_.take_failure()) return *std::move(failure);
    return false;
  }
  if (!begins_member(next, compression_)) {
    return Error{.code = ErrorCode::kUnreadable,
                 .message = "has something else behind its " + std::string(compression_name(compression_)) + " data, which is not read"};
  }
  ++members_;
  decoder_ = make_decoder(compression_);
  return true;
}

/// Goes to where the next member of gzip seems to begin; other compressions end with an error.
Result<size_t> DecompressedInput::give_up_member(Error error) {
  if (compression_ != Compression::kGzip) return end_with(std::move(error));
  decoder_.reset();
  const std::string_view magic = magic_of(compression_);
  skip(std::min<size_t>(compressed_.peek().size(), 1));
  while (true) {
    const std::string_view next = compressed_.peek_at_least(magic.size());
    const size_t found = next.find(magic);
    if (found != std::string_view::npos || next.size() < magic.size()) {
      skip(std::min(found, next.size()));
      return error;
    }
    skip(next.size() - magic.size() + 1);
  }
}

Result<size_t> DecompressedInput::read(std::span<char> out) {
  while (!ended_ && !expansion_->exhausted()) {
    if (decoder_ == nullptr) {
      Result<bool> begun = begin_member();
      if (!begun) return end_with(std::move(begun).error());
      ended_ = !*begun;
      if (ended_) break;
    }
    const std::string_view in = compressed_.peek();
    Result<DecodeStep> step = decoder_->decode(in, out);
    if (!step) return give_up_member(std::move(step).error());
    skip(step->taken);
    if (step->ended) decoder_.reset();
    if (step->made > 0) {
      if (std::optional<Error> over = expansion_->give(step->made)) return end_with(*std::move(over));
      return step->made;
    }
    if (step->ended || step->taken > 0) continue;
    if (in.empty()) {
      if (std::optional<Error> failure = compressed_.take_failure()) return end_with(*std::move(failure));
      return end_with({.code = ErrorCode::kUnreadable, .message = "seems to be cut off: its compressed data has no end"});
    }
    return end_with({.code = ErrorCode::kUnreadable, .message = "its compressed data cannot be undone"});
  }
  return size_t{0};
}

Result<std::string> decompress(std::string_view bytes, Compression compression, uint64_t max_bytes, Expansion& expansion) {
  constexpr size_t kPieceBytes = 65'536;
  const std::unique_ptr<Decoder> decoder = make_decoder(compression);
  std::string out;
  while (!expansion.exhausted()) {
    const size_t size = out.size();
    out.resize(size + kPieceBytes);
    const Result<DecodeStep> step = decoder->decode(bytes, std::span(out).subspan(size));
    if (!step) return step.error();
    out.resize(size + step->made);
    bytes.remove_prefix(step->taken);
    if (std::optional<Error> over = expansion.give(step->made)) return *std::move(over);
    if (out.size() > max_bytes) {
      return Error{.code = ErrorCode::kTooLarge, .message = "expands to more than the limit of " + std::to_string(max_bytes) + " bytes"};
    }
    if (step->ended) break;
    if (step->taken == 0 && step->made == 0) return Error{.code = ErrorCode::kUnreadable, .message = "its compressed data is cut off"};
  }
  return out;
}

}  // namespace casus
