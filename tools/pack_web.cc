// Packs the files of a folder for src/server/web_files.cc: of each its path, its bytes, and these compressed by gzip and brotli where that
// is shorter, each text behind its length as 32 bits.
// Usage: pack_web FOLDER FILE
#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string gzip(const std::string& bytes) {
  z_stream stream = {};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) return "";
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // NOLINT: zlib only reads it
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return done ? out : "";
}

std::string brotli(const std::string& bytes) {
  size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  const bool done = BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_GENERIC, bytes.size(),
                                          reinterpret_cast<const uint8_t*>(bytes.data()), &size,         // NOLINT
                                          reinterpret_cast<uint8_t*>(out.data())) == BROTLI_TRUE;  // NOLINT
  out.resize(done ? size : 0);
  return out;
}

void add(const std::string& text, std::string& out) {
  const auto length = static_cast<uint32_t>(text.size());
  out.append(reinterpret_cast<const char*>(&length), sizeof length);  // NOLINT
  out += text;
}

bool add_file(const fs::path& folder, const fs::path& path, std::string& out) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in && !in.eof()) return false;
  add(fs::relative(path, folder).generic_string(), out);
  add(bytes, out);
  for (const std::string& packed : {gzip(bytes), brotli(bytes)}) add(packed.size() < bytes.size() ? packed : "", out);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: pack_web FOLDER FILE\n");
    return 2;
  }
  const fs::path folder = argv[1];
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::string out;
  for (const fs::path& path : files) {
    if (!add_file(folder, path, out)) {
      std::fprintf(stderr, "pack_web: cannot read %s\n", path.c_str());
      return 3;
    }
  }
  std::ofstream packed(argv[2], std::ios::binary);
  packed << out;
  packed.close();
  if (packed) return 0;
  std::fprintf(stderr, "pack_web: cannot write %s\n", argv[2]);
  return 3;
}
