#include "article/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "article/expansion.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {

/// libarchive's reader over a file. Its members read from it, so it outlives them.
struct OpenArchive {
  OpenArchive(LineReader reader, std::shared_ptr<Expansion> shared_expansion, bool is_outermost)
      : file(std::move(reader)), expansion(std::move(shared_expansion)), outermost(is_outermost) {}
  ~OpenArchive() {
    if (handle != nullptr) archive_read_free(handle);
  }
  OpenArchive(const OpenArchive&) = delete;
  OpenArchive& operator=(const OpenArchive&) = delete;

  /// Takes what was handed out before and hands out the next piece. Called by libarchive.
  static la_ssize_t read_piece(archive* /*handle*/, void* self, const void** piece) {
    auto& open = *static_cast<OpenArchive*>(self);
    open.file.skip(open.handed_out);
    const std::string_view bytes = open.file.peek();
    open.handed_out = bytes.size();
    if (open.outermost) open.expansion->take(bytes.size());
    *piece = bytes.data();
    return static_cast<la_ssize_t>(bytes.size());
  }

  /// A zip file on disk is read by its directory, which alone tells links from files; any other archive as it comes.
  void start(FileForm form) {
    handle = archive_read_new();
    if (handle == nullptr) return;
    if (form == FileForm::kTar) archive_read_support_format_tar(handle);
    if (form == FileForm::kZip) archive_read_support_format_zip(handle);
    std::error_code unknown;
    by_name = form == FileForm::kZip && outermost && std::filesystem::is_regular_file(file.name(), unknown);
    if (!by_name) {
      archive_read_open(handle, this, nullptr, &read_piece, nullptr);
      return;
    }
    constexpr size_t kPieceBytes = 65'536;
    expansion->take(std::filesystem::file_size(file.name(), unknown));
    archive_read_open_filename(handle, file.name().c_str(), kPieceBytes);
  }

  [[nodiscard]] uint64_t bytes_read() const {
    if (!by_name || handle == nullptr) return file.bytes_read();
    return std::max(file.bytes_read(), static_cast<uint64_t>(std::max<la_int64_t>(archive_filter_bytes(handle, -1), 0)));
  }

  /// What is wrong: with the file below, else as libarchive says it.
  Error failure() {
    if (std::optional<Error> below = file.take_failure()) return *std::move(below);
    const char* reason = handle == nullptr ? nullptr : archive_error_string(handle);
    return Error{.code = ErrorCode::kUnreadable,
                 .message = "is a broken archive" + (reason == nullptr ? "" : ": " + ascii_lowered(reason)),
                 .file = file.name()};
  }

  LineReader file;
  std::shared_ptr<Expansion> expansion;
  bool outermost;
  archive* handle = nullptr;
  size_t handed_out = 0;
  bool by_name = false;  ///< libarchive opened the file itself
};

namespace {

/// The bytes of the member that libarchive stands at.
class MemberInput : public ByteInput {
 public:
  explicit MemberInput(std::shared_ptr<OpenArchive> archive) : archive_(std::move(archive)) {}

  Result<size_t> read(std::span<char> out) override {
    if (ended_ || archive_->expansion->exhausted()) return size_t{0};
    const la_ssize_t count = archive_read_data(archive_->handle, out.data(), out.size());
    ended_ = count <= 0;
    if (count < 0) {
      Error error = archive_->failure();
      error.file.clear();
      return error;
    }
    if (std::optional<Error> over = archive_->expansion->give(static_cast<uint64_t>(count))) return *std::move(over);
    return static_cast<size_t>(count);
  }

  [[nodiscard]] uint64_t bytes_taken() const override { return 0; }

 private:
  std::shared_ptr<OpenArchive> archive_;
  bool ended_ = false;
};

/// The path of a member as messages can show it.
std::string shown_path(archive_entry* entry) {
  const char* path = archive_entry_pathname_utf8(entry);
  if (path == nullptr) path = archive_entry_pathname(entry);
  if (path == nullptr || *path == '\0') return "(a member without a name)";
  uint64_t replaced = 0;
  std::string shown = repair_utf8(path, replaced);
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return shown;
}

/// Whether a part of a path begins with a dot, as hidden files do; "." and ".." do not count.
bool is_hidden(std::string_view path) {
  for (const std::string_view part : split(path, '/')) {
    if (part.starts_with('.') && part != "." && part != "..") return true;
    if (part == "__MACOSX") return true;
  }
  return false;
}

/// Why a member is not opened; "" if it is, and for folders, which contain nothing themselves.
std::string_view reason_to_pass_over(archive_entry* entry, std::string_view path) {
  if (archive_entry_hardlink(entry) != nullptr || archive_entry_filetype(entry) == AE_IFLNK) return "link";
  if (archive_entry_filetype(entry) != AE_IFREG) return "device";
  return is_hidden(path) ? "hidden" : "";
}

}  // namespace

ArchiveReader::ArchiveReader(LineReader file, FileForm form, ArticleFields known, const ArticleOptions& options, Nesting nesting)
    : known_(std::move(known)),
      options_(options),
      nesting_(std::move(nesting)),
      archive_(std::make_shared<OpenArchive>(std::move(file), nesting_.expansion, nesting_.depth == 0)) {
  ++nesting_.depth;
  nesting_.named = false;
  archive_->start(form);
}

ArchiveReader::~ArchiveReader() = default;

/// Ends the archive with an error.
Error ArchiveReader::fail(Error error) {
  ended_ = true;
  if (error.file.empty()) error.file = archive_->file.name();
  return error;
}

std::optional<Error> ArchiveReader::open_member(archive_entry* entry) {
  if (archive_entry_filetype(entry) == AE_IFDIR) return std::nullopt;
  if (std::optional<Error> over = nesting_.expansion->give_member()) return fail(*std::move(over));
  const std::string path = shown_path(entry);
  if (const std::string_view reason = reason_to_pass_over(entry, path); !reason.empty()) {
    ++passed_over_[std::string(reason)];
    return std::nullopt;
  }
  std::string name = archive_->file.name() + "!" + path;
  if (archive_entry_is_data_encrypted(entry) != 0) {
    return Error{.code = ErrorCode::kUnreadable, .message = "is encrypted; not read", .file = std::move(name)};
  }
  ArticleFields known = known_;
  known.id += "!" + path;
  known.origin = name;
  LineReader file(std::make_unique<MemberInput>(archive_), std::move(name));
  Result<std::unique_ptr<ArticleReader>> reader = open_reader(std::move(file), std::move(known), options_, nesting_);
  if (!reader) return std::move(reader).error();
  member_ = *std::move(reader);
  return std::nullopt;
}

/// Opens the next member, if it is one to open.
std::optional<Error> ArchiveReader::open_next() {
  archive_entry* entry = nullptr;
  const int state = archive_->handle == nullptr ? ARCHIVE_FATAL : archive_read_next_header(archive_->handle, &entry);
  ended_ = state == ARCHIVE_EOF || archive_->expansion->exhausted();
  if (state == ARCHIVE_EOF) {
    // The file may have ended where the archive did not expect it, because it could not be read on.
    if (std::optional<Error> failure = archive_->file.take_failure()) return fail(*std::move(failure));
    return std::nullopt;
  }
  if (ended_) return std::nullopt;
  if (state != ARCHIVE_OK && state != ARCHIVE_WARN) return fail(archive_->failure());
  return open_member(entry);
}

void ArchiveReader::close() {
  add(member_->passed_over(), passed_over_);
  member_.reset();
}

std::optional<Result<ArticlePtr>> ArchiveReader::next() {
  while (true) {
    if (member_ != nullptr) {
      if (std::optional<Result<ArticlePtr>> item = member_->next()) return item;
      close();
    }
    if (ended_) return std::nullopt;
    if (std::optional<Error> failure = open_next()) return Result<ArticlePtr>(*std::move(failure));
  }
}

uint64_t ArchiveReader::bytes_read() const { return archive_->bytes_read(); }

PassedOver ArchiveReader::passed_over() const {
  PassedOver all = passed_over_;
  if (member_ != nullptr) add(member_->passed_over(), all);
  return all;
}

}  // namespace casus
