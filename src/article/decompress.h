#pragma once

#include <memory>
#include <optional>

#include "article/decoder.h"
#include "article/expansion.h"
#include "base/line_reader.h"

namespace casus {

/// What compressed data contains, of one member or of many one after another, as gzip, xz, zstd and bzip2 may have them.
/// Errors: kUnreadable for broken and cut off data and for what follows behind it; kTooLarge beyond the limits of `expansion`. Behind a
/// broken member of gzip the next one is read.
class DecompressedInput : public ByteInput {
 public:
  /// `outermost`: the compressed bytes are those of the input itself and count as taken.
  DecompressedInput(LineReader compressed, Compression compression, std::shared_ptr<Expansion> expansion, bool outermost);

  [[nodiscard]] Result<size_t> read(std::span<char> out) override;
  [[nodiscard]] uint64_t bytes_taken() const override { return compressed_.bytes_read(); }

 private:
  [[nodiscard]] Result<size_t> end_with(Error error);
  [[nodiscard]] Result<bool> begin_member();
  [[nodiscard]] Result<size_t> give_up_member(Error error);
  void skip(size_t bytes);

  LineReader compressed_;
  Compression compression_;
  std::shared_ptr<Expansion> expansion_;
  bool outermost_;
  std::unique_ptr<Decoder> decoder_{};  ///< of the member that is being read
  uint64_t members_ = 0;
  bool ended_ = false;
};

/// Undoes a compression of bytes in memory. Errors: kUnreadable for broken data; kTooLarge over `max_bytes` or a limit of `expansion`.
[[nodiscard]] Result<std::string> decompress(std::string_view bytes, Compression compression, uint64_t max_bytes, Expansion& expansion);

}  // namespace casus
