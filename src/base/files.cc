#include "base/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace casus {
namespace {

Result<std::string> read_all(std::FILE* stream, const std::string& name, uint64_t max_bytes) {
  std::string content;
  char buffer[1 << 16];
  while (std::feof(stream) == 0 && std::ferror(stream) == 0) {
    const size_t count = std::fread(buffer, 1, sizeof buffer, stream);
    if (count > max_bytes - content.size()) {
      return Error{.code = ErrorCode::kTooLarge, .message = "is over the limit of " + std::to_string(max_bytes) + " bytes", .file = name};
    }
    content.append(buffer, count);
  }
  if (std::ferror(stream)) {
    return Error{.code = ErrorCode::kUnreadable, .message = std::string("cannot be read: ") + std::strerror(errno), .file = name};
  }
  return content;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, uint64_t max_bytes) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(path.c_str(), "rbe"), std::fclose);
  if (!stream) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return Error{.code = missing ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                 .message = missing ? "no such file or folder" : std::string("cannot be opened: ") + std::strerror(errno),
                 .file = path.string()};
  }
  return read_all(stream.get(), path.string(), max_bytes);
}

Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes) {
  const std::string beside = path.string() + ".new";
  const auto failed = [&](const std::string& what) { return Error{.code = ErrorCode::kUnwritable, .message = what, .file = beside}; };
  std::FILE* const file = std::fopen(beside.c_str(), "wbe");
  if (file == nullptr) return failed(std::string("cannot be opened: ") + std::strerror(errno));
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if (std::fclose(file) != 0 || !written) return failed(std::string("cannot be written: ") + std::strerror(errno));
  std::error_code error;
  std::filesystem::rename(beside, path, error);
  return error ? failed("cannot be moved into place: " + error.message()) : Result<void>();
}

Result<void> make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (!failed) return {};
  return Error{.code = ErrorCode::kUnwritable,
               .message = "cannot be made: " + failed.message(),
               .file = folder.string(),
               .remedy = "name a folder that may be written to"};
}

}  // namespace casus
