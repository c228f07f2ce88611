#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace casus {

/// A member of an archive that a test makes.
struct TestMember {
  std::string path;
  std::string bytes{};
  mode_t type = AE_IFREG;
  std::string link{};  ///< what a symbolic link points to
};

/// Collects what libarchive writes.
inline la_ssize_t append_piece(archive* /*handle*/, void* out, const void* piece, size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(piece), size);
  return static_cast<la_ssize_t>(size);
}

inline void write_member(archive* handle, const TestMember& member) {
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, member.path.c_str());
  archive_entry_set_filetype(entry, member.type);
  archive_entry_set_perm(entry, 0644);
  if (!member.link.empty()) archive_entry_set_symlink(entry, member.link.c_str());
  archive_entry_set_size(entry, static_cast<la_int64_t>(member.bytes.size()));
  EXPECT_EQ(archive_write_header(handle, entry), ARCHIVE_OK) << archive_error_string(handle);
  archive_write_data(handle, member.bytes.data(), member.bytes.size());
  archive_entry_free(entry);
}

/// An archive in memory. `format` is "zip", "gnutar", "pax", … of libarchive, "raw" for one compressed file; `filter` "gzip", "xz",
/// "zstd", "bzip2" or "" for none.
inline std::string make_archive(const char* format, const char* filter, const std::vector<TestMember>& members) {
  std::string out;
  archive* handle = archive_write_new();
  EXPECT_EQ(archive_write_set_format_by_name(handle, format), ARCHIVE_OK);
  if (*filter != '\0') archive_write_add_filter_by_name(handle, filter);
  archive_write_set_bytes_in_last_block(handle, 1);
  archive_write_open(handle, &out, nullptr, &append_piece, nullptr);
  for (const TestMember& member : members) write_member(handle, member);
  archive_write_close(handle);
  archive_write_free(handle);
  return out;
}

/// The bytes in one of the compressions.
inline std::string compressed(const char* filter, std::string_view bytes) {
  return make_archive("raw", filter, {{.path = "data", .bytes = std::string(bytes)}});
}

}  // namespace casus
