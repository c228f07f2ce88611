#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <casus/result.h>

namespace casus {

/// Compressions that are undone.
enum class Compression : uint8_t {
  kGzip,
  kXz,
  kZstd,
  kBzip2,
  kDeflate,  ///< of HTTP: zlib's, or bare as some servers send it
  kBrotli    ///< of HTTP
};

/// What a decoder did with its input.
struct DecodeStep {
  size_t taken = 0;    ///< bytes of the input
  size_t made = 0;     ///< bytes of the output
  bool ended = false;  ///< the compressed data is complete; what follows in the input is not part of it
};

/// Undoes one compression, piece by piece. Takes no more memory than kMaxDecoderBytes, whatever the data asks for.
class Decoder {
 public:
  Decoder() = default;
  virtual ~Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// Decodes some of `in` into `out`, which must not be empty. Nothing taken and made means that it needs more input.
  /// Errors: kUnreadable for broken data, without file. The decoder is of no more use then.
  [[nodiscard]] virtual Result<DecodeStep> decode(std::string_view in, std::span<char> out) = 0;
};

inline constexpr uint64_t kMaxDecoderBytes = uint64_t{1} << 28;

/// A decoder for data from its beginning; one that there is no memory for finds the data broken.
[[nodiscard]] std::unique_ptr<Decoder> make_decoder(Compression compression);

/// "gzip", "xz", …
[[nodiscard]] std::string_view compression_name(Compression compression);

}  // namespace casus
