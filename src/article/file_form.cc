#include "article/file_form.h"

#include "base/text.h"

namespace casus {
namespace {

struct Magic {
  std::string_view bytes;  ///< in small letters
  std::string_view what;
};
constexpr Magic kForeign[] = {{"%pdf-", "a PDF"},
                              {"pk\x03\x04", "an archive or an office document"},
                              {"\x1F\x8B", "compressed (gzip)"},
                              {"\x28\xB5\x2F\xFD", "compressed (zstd)"},
                              {"bzh", "compressed (bzip2)"},
                              {"\xFD\x37zxz", "compressed (xz)"},
                              {"\xD0\xCF\x11\xE0", "an office document"},
                              {"sqlite format 3", "a database"},
                              {"{\\rtf", "a rich text document"},
                              {"<!doctype", "a web page"},
                              {"<html", "a web page"},
                              {"<?xml", "XML"},
                              {"warc/", "a web archive"}};

bool is_utf16(std::string_view start) { return start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF"); }

Error foreign(std::string_view what, const std::string& name) {
  return Error{.code = ErrorCode::kUnreadable,
               .message = "is " + std::string(what) + ", a form that is not read",
               .file = name,
               .remedy = "give plain text (.txt), JSON Lines (.jsonl) or a folder of them"};
}

}  // namespace

std::string_view peek_start(LineReader& file) {
  constexpr size_t kMagicBytes = 64, kMaxBlankBytes = 65'536;
  std::string_view start = file.peek_at_least(kMagicBytes);
  // A file may begin with blank lines; no sensible one begins with this many.
  for (size_t size = 2 * kMagicBytes; size <= kMaxBlankBytes && trim(start).size() < kMagicBytes; size *= 2) {
    const std::string_view more = file.peek_at_least(size);
    if (more.size() == start.size()) break;
    start = more;
  }
  return start;
}

std::string lowered_extension(std::string_view name) {
  name = name.substr(name.rfind('/') + 1);
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? "" : ascii_lowered(name.substr(dot + 1));
}

Result<FileForm> file_form(const std::string& name, std::string_view start) {
  const std::string extension = lowered_extension(name);
  if (extension == "tsv") return FileForm::kIndex;
  if (extension == "csv") return foreign("CSV", name);
  if (extension == "jsonl" && is_utf16(start)) {
    return Error{.code = ErrorCode::kBadEncoding, .message = "is UTF-16", .file = name, .remedy = "JSON Lines is UTF-8: convert it"};
  }
  if (extension == "jsonl") return FileForm::kJsonLines;
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  const std::string_view content = trim(start);
  for (const Magic& magic : kForeign) {
    if (equals_ignoring_ascii_case(content.substr(0, magic.bytes.size()), magic.bytes)) return foreign(magic.what, name);
  }
  if (extension == "txt") return FileForm::kText;
  if (content.starts_with('[') && trim(content.substr(1)).starts_with('{')) return foreign("a JSON array", name);
  return content.starts_with('{') ? FileForm::kJsonLines : FileForm::kText;
}

}  // namespace casus
