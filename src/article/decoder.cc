#include "article/decoder.h"

#include <brotli/decode.h>
#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <string>

namespace casus {
namespace {

Error broken(Compression compression) {
  return Error{.code = ErrorCode::kUnreadable, .message = "its " + std::string(compression_name(compression)) + " data is broken"};
}

unsigned bounded(size_t size) { return static_cast<unsigned>(std::min<size_t>(size, std::numeric_limits<unsigned>::max())); }

/// gzip, and deflate of HTTP. Bare deflate is what does not begin like zlib's.
class ZlibDecoder : public Decoder {
 public:
  explicit ZlibDecoder(Compression compression) : compression_(compression) {}
  ~ZlibDecoder() override {
    if (ready_) inflateEnd(&stream_);
  }

  Result<DecodeStep> decode(std::string_view in, std::span<char> out) override {
    if (!ready_ && in.empty()) return DecodeStep{};
    if (!ready_ && !start(in[0])) return broken(compression_);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = bounded(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = bounded(out.size());
    const unsigned in_before = stream_.avail_in, out_before = stream_.avail_out;
    const int state = inflate(&stream_, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR) return broken(compression_);
    return DecodeStep{.taken = in_before - stream_.avail_in, .made = out_before - stream_.avail_out, .ended = state == Z_STREAM_END};
  }

 private:
  bool start(char first) {
    constexpr int kWindowBits = 15, kGzipToo = 16;
    constexpr char kZlibMethod = 0x08, kMethodBits = 0x0F;
    int bits = compression_ == Compression::kGzip ? kWindowBits + kGzipToo : kWindowBits;
    if (compression_ == Compression::kDeflate && (first & kMethodBits) != kZlibMethod) bits = -kWindowBits;
    ready_ = inflateInit2(&stream_, bits) == Z_OK;
    return ready_;
  }

  Compression compression_;
  z_stream stream_{};
  bool ready_ = false;
};

class XzDecoder : public Decoder {
 public:
  XzDecoder() : ready_(lzma_stream_decoder(&stream_, kMaxDecoderBytes, 0) == LZMA_OK) {}
  ~XzDecoder() override { lzma_end(&stream_); }

  Result<DecodeStep> decode(std::string_view in, std::span<char> out) override {
    if (!ready_) return broken(Compression::kXz);
    stream_.next_in = reinterpret_cast<const uint8_t*>(in.data());
    stream_.avail_in = in.size();
    stream_.next_out = reinterpret_cast<uint8_t*>(out.data());
    stream_.avail_out = out.size();
    const lzma_ret state = lzma_code(&stream_, LZMA_RUN);
    if (state == LZMA_MEMLIMIT_ERROR) {
      return Error{.code = ErrorCode::kTooLarge,
                   .message = "its xz data needs more than " + std::to_string(kMaxDecoderBytes) + " bytes of memory to be read"};
    }
    if (state != LZMA_OK && state != LZMA_STREAM_END && state != LZMA_BUF_ERROR) return broken(Compression::kXz);
    return DecodeStep{.taken = in.size() - stream_.avail_in, .made = out.size() - stream_.avail_out, .ended = state == LZMA_STREAM_END};
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ready_;
};

/// zstd's own default bounds its window to 128 MB.
class ZstdDecoder : public Decoder {
 public:
  ZstdDecoder() : stream_(ZSTD_createDStream()) {}
  ~ZstdDecoder() override { ZSTD_freeDStream(stream_); }

  Result<DecodeStep> decode(std::string_view in, std::span<char> out) override {
    if (stream_ == nullptr) return broken(Compression::kZstd);
    ZSTD_inBuffer from{.src = in.data(), .size = in.size(), .pos = 0};
    ZSTD_outBuffer to{.dst = out.data(), .size = out.size(), .pos = 0};
    const size_t state = ZSTD_decompressStream(stream_, &to, &from);
    if (ZSTD_isError(state) != 0) return broken(Compression::kZstd);
    return DecodeStep{.taken = from.pos, .made = to.pos, .ended = state == 0};
  }

 private:
  ZSTD_DStream* stream_;
};

class Bzip2Decoder : public Decoder {
 public:
  Bzip2Decoder() : ready_(BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK) {}
  ~Bzip2Decoder() override {
    if (ready_) BZ2_bzDecompressEnd(&stream_);
  }

  Result<DecodeStep> decode(std::string_view in, std::span<char> out) override {
    if (!ready_) return broken(Compression::kBzip2);
    stream_.next_in = const_cast<char*>(in.data());
    stream_.avail_in = bounded(in.size());
    stream_.next_out = out.data();
    stream_.avail_out = bounded(out.size());
    const unsigned in_before = stream_.avail_in, out_before = stream_.avail_out;
    const int state = BZ2_bzDecompress(&stream_);
    if (state != BZ_OK && state != BZ_STREAM_END) return broken(Compression::kBzip2);
    return DecodeStep{.taken = in_before - stream_.avail_in, .made = out_before - stream_.avail_out, .ended = state == BZ_STREAM_END};
  }

 private:
  bz_stream stream_{};
  bool ready_;
};

class BrotliDecoder : public Decoder {
 public:
  BrotliDecoder() : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {}
  ~BrotliDecoder() override { BrotliDecoderDestroyInstance(state_); }

  Result<DecodeStep> decode(std::string_view in, std::span<char> out) override {
    if (state_ == nullptr) return broken(Compression::kBrotli);
    size_t in_left = in.size(), out_left = out.size();
    const auto* next_in = reinterpret_cast<const uint8_t*>(in.data());
    auto* next_out = reinterpret_cast<uint8_t*>(out.data());
    const BrotliDecoderResult result = BrotliDecoderDecompressStream(state_, &in_left, &next_in, &out_left, &next_out, nullptr);
    if (result == BROTLI_DECODER_RESULT_ERROR) return broken(Compression::kBrotli);
    return DecodeStep{.taken = in.size() - in_left, .made = out.size() - out_left, .ended = result == BROTLI_DECODER_RESULT_SUCCESS};
  }

 private:
  BrotliDecoderState* state_;
};

}  // namespace

std::string_view compression_name(Compression compression) {
  switch (compression) {
    case Compression::kGzip: return "gzip";
    case Compression::kXz: return "xz";
    case Compression::kZstd: return "zstd";
    case Compression::kBzip2: return "bzip2";
    case Compression::kDeflate: return "deflate";
    case Compression::kBrotli: return "brotli";
  }
  return "";
}

std::unique_ptr<Decoder> make_decoder(Compression compression) {
  switch (compression) {
    case Compression::kXz: return std::make_unique<XzDecoder>();
    case Compression::kZstd: return std::make_unique<ZstdDecoder>();
    case Compression::kBzip2: return std::make_unique<Bzip2Decoder>();
    case Compression::kBrotli: return std::make_unique<BrotliDecoder>();
    case Compression::kGzip:
    case Compression::kDeflate: break;
  }
  return std::make_unique<ZlibDecoder>(compression);
}

}  // namespace casus
