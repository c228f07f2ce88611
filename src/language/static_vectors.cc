#include "language/static_vectors.h"

#include <charconv>
#include <cstring>

#include "base/files.h"
#include "language/msgpack.h"

namespace casus {
namespace {

constexpr uint64_t kMaxVectorBytes = 2'000'000'000;  // en_core_web_lg has 411 MB

Error bad_vectors(const std::string& file, std::string message) {
  return Error{.code = ErrorCode::kBadModel, .message = std::move(message), .file = file, .remedy = "fetch the model again"};
}

/// "'shape': (20000, 300)" of a .npy header; false if it is anything else.
bool parse_shape(std::string_view header, size_t& rows, size_t& width) {
  const size_t at = header.find("'shape': (");
  if (at == std::string_view::npos) return false;
  const char* first = header.data() + at + std::strlen("'shape': (");
  const char* last = header.data() + header.size();
  const auto rows_end = std::from_chars(first, last, rows);
  if (rows_end.ec != std::errc() || last - rows_end.ptr < 2 || rows_end.ptr[0] != ',' || rows_end.ptr[1] != ' ') return false;
  const auto width_end = std::from_chars(rows_end.ptr + 2, last, width);
  return width_end.ec == std::errc() && width_end.ptr < last && *width_end.ptr == ')';
}

Result<void> parse_npy(std::string_view bytes, const std::string& file, StaticVectors& vectors) {
  constexpr std::string_view kMagic("\x93NUMPY\x01\x00", 8);
  if (bytes.substr(0, kMagic.size()) != kMagic || bytes.size() < 10) return bad_vectors(file, "is not a .npy file of version 1.0");
  const size_t header_size = static_cast<unsigned char>(bytes[8]) | size_t{static_cast<unsigned char>(bytes[9])} << 8;
  if (header_size > bytes.size() - 10) return bad_vectors(file, "ends inside its header");
  const std::string_view header = bytes.substr(10, header_size), data = bytes.substr(10 + header_size);
  if (header.find("'descr': '<f4'") == std::string_view::npos || header.find("'fortran_order': False") == std::string_view::npos ||
      !parse_shape(header, vectors.rows, vectors.width)) {
    return bad_vectors(file, "its header does not announce rows of little-endian float32");
  }
  const size_t floats = data.size() / sizeof(float);
  const bool fits = vectors.width == 0 ? floats == 0 : vectors.rows <= floats / vectors.width && vectors.rows * vectors.width == floats;
  if (!fits || data.size() % sizeof(float) != 0) return bad_vectors(file, "its size does not fit the shape in its header");
  vectors.data.resize(floats);
  if (floats > 0) std::memcpy(vectors.data.data(), data.data(), data.size());
  return {};
}

Result<void> parse_key2row(std::string_view bytes, const std::string& file, StaticVectors& vectors) {
  auto decoded = decode_msgpack(bytes);
  if (!decoded) {
    Error error = decoded.error();
    error.file = file;
    return error;
  }
  const MsgpackValue::Map* map = decoded->map();
  if (map == nullptr) return bad_vectors(file, "is not a map");
  vectors.row_of.reserve(map->size());
  for (const auto& [key, value] : *map) {
    uint64_t id = 0, row = 0;
    if (!key.to_uint64(id) || !value.to_uint64(row) || row >= vectors.rows) return bad_vectors(file, "names a row that does not exist");
    vectors.row_of.emplace(id, static_cast<uint32_t>(row));
  }
  return {};
}

}  // namespace

Result<StaticVectors> read_static_vectors(const std::filesystem::path& vocab_folder) {
  StaticVectors vectors;
  for (const bool is_table : {false, true}) {
    const std::filesystem::path path = vocab_folder / (is_table ? "key2row" : "vectors");
    auto bytes = read_file(path, kMaxVectorBytes);
    if (!bytes) return bytes.error();
    auto parsed = is_table ? parse_key2row(*bytes, path.string(), vectors) : parse_npy(*bytes, path.string(), vectors);
    if (!parsed) return parsed.error();
  }
  return vectors;
}

}  // namespace casus
