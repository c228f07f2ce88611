#include "article/file_form.h"

#include <algorithm>
#include <array>
#include <optional>

#include "article/folder_walk.h"
#include "article/text_form.h"
#include "base/text.h"

namespace casus {
namespace {

using enum FormRole;

struct FormInfo {
  std::string_view name;
  std::string_view what;  ///< for "is …, a form that is not read"
  FormRole role;
};

/// In the order of FileForm.
constexpr std::array kForms = {
    FormInfo{"text", "plain text", kOneArticle},
    FormInfo{"jsonl", "JSON Lines", kManyArticles},
    FormInfo{"json", "JSON", kManyArticles},
    FormInfo{"csv", "CSV", kManyArticles},
    FormInfo{"tsv", "a table", kManyArticles},
    FormInfo{"index", "an index", kManyArticles},
    FormInfo{"html", "a web page", kOneArticle},
    FormInfo{"feed", "a feed", kManyArticles},
    FormInfo{"mail", "a mail", kOneArticle},
    FormInfo{"mailbox", "a mailbox", kManyArticles},
    FormInfo{"rtf", "a rich text document", kOneArticle},
    FormInfo{"factiva", "an export of Factiva", kManyArticles},
    FormInfo{"lexis", "an export of Lexis", kManyArticles},
    FormInfo{"proquest", "an export of ProQuest", kManyArticles},
    FormInfo{"warc", "a web archive", kContainer},
    FormInfo{"zip", "a zip archive", kContainer},
    FormInfo{"tar", "a tar archive", kContainer},
    FormInfo{"gzip", "compressed (gzip)", kContainer},
    FormInfo{"xz", "compressed (xz)", kContainer},
    FormInfo{"zstd", "compressed (zstd)", kContainer},
    FormInfo{"bzip2", "compressed (bzip2)", kContainer},
    FormInfo{"pdf", "a PDF", kNoArticle},
    FormInfo{"image", "an image", kNoArticle},
    FormInfo{"media", "sound or video", kNoArticle},
    FormInfo{"font", "a font", kNoArticle},
    FormInfo{"office", "an office document", kNoArticle},
    FormInfo{"database", "a database", kNoArticle},
    FormInfo{"style", "a style sheet", kNoArticle},
    FormInfo{"script", "a script", kNoArticle},
    FormInfo{"program", "a program", kNoArticle},
    FormInfo{"sitemap", "a list of pages", kNoArticle},
    FormInfo{"xml", "XML", kNoArticle},
    FormInfo{"archive", "an archive", kNoArticle},
    FormInfo{"binary", "not text", kNoArticle},
};
static_assert(kForms.size() == static_cast<size_t>(FileForm::kBinary) + 1);

const FormInfo& info(FileForm form) { return kForms[static_cast<size_t>(form)]; }

/// Bytes at a place of a file that tell its form.
struct Magic {
  size_t offset;
  std::string_view bytes;
  FileForm form;
};

using namespace std::string_view_literals;
constexpr Magic kMagic[] = {{0, "%PDF-", FileForm::kPdf},
                            {0, "%!PS", FileForm::kPdf},
                            {0, "\x1F\x8B", FileForm::kGzip},
                            {0, "\x28\xB5\x2F\xFD", FileForm::kZstd},
                            {0, "\xFD\x37zXZ\0"sv, FileForm::kXz},
                            {0, "BZh", FileForm::kBzip2},
                            {0, "WARC/", FileForm::kWarc},
                            {0, "7z\xBC\xAF\x27\x1C", FileForm::kArchive},
                            {0, "Rar!\x1A\x07", FileForm::kArchive},
                            {0, "\x1F\x9D", FileForm::kArchive},
                            {0, "\x04\x22\x4D\x18", FileForm::kArchive},
                            {0, "MSCF\0\0\0\0"sv, FileForm::kArchive},
                            {0, "\xD0\xCF\x11\xE0", FileForm::kOffice},
                            {0, "SQLite format 3", FileForm::kDatabase},
                            {0, "PAR1", FileForm::kDatabase},
                            {0, "\x89PNG", FileForm::kImage},
                            {0, "\xFF\xD8\xFF", FileForm::kImage},
                            {0, "GIF8", FileForm::kImage},
                            {8, "WEBP", FileForm::kImage},
                            {0, "II*\0"sv, FileForm::kImage},
                            {0, "MM\0*"sv, FileForm::kImage},
                            {0, "\0\0\1\0"sv, FileForm::kImage},
                            {4, "ftypavif", FileForm::kImage},
                            {4, "ftyphei", FileForm::kImage},
                            {4, "ftyp", FileForm::kMedia},
                            {0, "ID3", FileForm::kMedia},
                            {0, "OggS", FileForm::kMedia},
                            {0, "fLaC", FileForm::kMedia},
                            {0, "RIFF", FileForm::kMedia},
                            {0, "FLV\1", FileForm::kMedia},
                            {0, "\x1A\x45\xDF\xA3", FileForm::kMedia},
                            {0, "wOFF", FileForm::kFont},
                            {0, "wOF2", FileForm::kFont},
                            {0, "OTTO\0"sv, FileForm::kFont},
                            {0, "\0\1\0\0\0"sv, FileForm::kFont},
                            {0,
                             "\x7F"
                             "ELF",
                             FileForm::kProgram},
                            {0, "\xCA\xFE\xBA\xBE", FileForm::kProgram},
                            {0, "\0asm"sv, FileForm::kProgram}};

/// Endings that say what a text is which does not say so itself.
struct Ending {
  std::string_view ending;
  FileForm form;
};
constexpr Ending kEndings[] = {{"jsonl", FileForm::kJsonLines}, {"ndjson", FileForm::kJsonLines}, {"csv", FileForm::kCsv},
                               {"tsv", FileForm::kTsv},         {"html", FileForm::kHtml},        {"htm", FileForm::kHtml},
                               {"xhtml", FileForm::kHtml},      {"css", FileForm::kStyle},        {"js", FileForm::kScript},
                               {"mjs", FileForm::kScript},      {"map", FileForm::kScript},       {"py", FileForm::kScript},
                               {"sh", FileForm::kScript},       {"eml", FileForm::kMail},         {"mbox", FileForm::kMailbox}};

constexpr std::string_view kZipMember = "PK\x03\x04", kEmptyZip = "PK\x05\x06";

std::optional<FileForm> form_of_magic(std::string_view start) {
  for (const Magic& magic : kMagic) {
    if (start.size() >= magic.offset && start.substr(magic.offset).starts_with(magic.bytes)) return magic.form;
  }
  return std::nullopt;
}

/// Office documents and e-books are zip archives that say so by the name of their first member.
FileForm form_of_zip(std::string_view start) {
  constexpr size_t kNameOffset = 30;
  const std::string_view name = start.size() > kNameOffset ? start.substr(kNameOffset) : "";
  for (const std::string_view first : {"[Content_Types].xml", "mimetype", "_rels/", "META-INF/"}) {
    if (name.starts_with(first)) return FileForm::kOffice;
  }
  return FileForm::kZip;
}

/// A header of tar: its checksum counts all of its bytes, those of the checksum itself as spaces.
bool is_tar(std::string_view start) {
  constexpr size_t kHeaderBytes = 512, kSumOffset = 148, kSumBytes = 8;
  if (start.size() < kHeaderBytes || start[0] == '\0') return false;
  uint64_t sum = 0, stated = 0;
  for (size_t i = 0; i < kHeaderBytes; ++i) {
    sum += i >= kSumOffset && i < kSumOffset + kSumBytes ? ' ' : static_cast<unsigned char>(start[i]);
  }
  for (const char c : trim(start.substr(kSumOffset, kSumBytes))) {
    if (c < '0' || c > '7') break;
    stated = stated * 8 + static_cast<uint64_t>(c - '0');
  }
  return stated > 0 && sum == stated;
}

/// Whether bytes are no text of any encoding: many control characters that no text has. UTF-16 has its NULs on one side.
bool is_binary(std::string_view start) {
  constexpr size_t kLookedAtBytes = 4096, kStray = 8, kShare = 20;
  start = start.substr(0, kLookedAtBytes);
  size_t nuls[2] = {0, 0}, controls = 0;
  for (size_t i = 0; i < start.size(); ++i) {
    const auto byte = static_cast<unsigned char>(start[i]);
    if (byte == 0) ++nuls[i % 2];
    controls += byte < 0x20 && byte != 0 && (byte < '\t' || byte > '\r') && byte != 0x1B;
  }
  const size_t enough = std::max(kStray, start.size() / kShare);
  if (controls > enough) return true;
  const bool one_sided = nuls[0] * 10 < nuls[1] || nuls[1] * 10 < nuls[0];
  return nuls[0] + nuls[1] > enough && !one_sided;
}

/// The beginning of a text as far as ASCII tells forms: without its mark, UTF-16 by the lower half of its units.
std::string ascii_view(std::string_view start) {
  constexpr size_t kMostBytes = 65'536;
  start = start.substr(0, kMostBytes);
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  const bool little = start.starts_with("\xFF\xFE"), big = start.starts_with("\xFE\xFF");
  if (!little && !big) return std::string(start);
  std::string units;
  for (size_t i = 2; i + 1 < start.size(); i += 2) units += start[i + (little ? 1 : 0)] == '\0' ? start[i + (little ? 0 : 1)] : '?';
  return units;
}

std::optional<FileForm> form_of_ending(std::string_view extension) {
  const auto* found = std::ranges::find(kEndings, extension, &Ending::ending);
  if (found == std::end(kEndings)) return std::nullopt;
  return found->form;
}

}  // namespace

std::string_view form_name(FileForm form) { return info(form).name; }
FormRole form_role(FileForm form) { return info(form).role; }

std::string_view peek_start(LineReader& file) {
  constexpr size_t kMagicBytes = 64, kFormBytes = 4096, kMaxBlankBytes = 65'536;
  std::string_view start = file.peek_at_least(kMagicBytes);
  // A file may begin with blank lines; no sensible one begins with this many.
  for (size_t size = 2 * kMagicBytes; size <= kMaxBlankBytes && trim(start).size() < kMagicBytes; size *= 2) {
    const size_t before = start.size();
    start = file.peek_at_least(size);  // may have moved the bytes even where no more came
    if (start.size() == before) break;
  }
  return trim(start).starts_with('{') ? start : file.peek_at_least(kFormBytes);
}

std::string lowered_extension(std::string_view name) {
  name = name.substr(name.rfind('/') + 1);
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? "" : ascii_lowered(name.substr(dot + 1));
}

std::string_view without_compression_ending(std::string_view name) {
  const std::string extension = lowered_extension(name);
  for (const std::string_view ending : {"gz", "xz", "zst", "bz2"}) {
    if (extension == ending) return name.substr(0, name.size() - ending.size() - 1);
  }
  return name;
}

FileForm file_form(std::string_view name, std::string_view start) {
  if (const std::optional<FileForm> form = form_of_magic(start)) return *form;
  if (start.starts_with(kZipMember)) return form_of_zip(start);
  if (start.starts_with(kEmptyZip)) return FileForm::kZip;
  if (is_tar(start)) return FileForm::kTar;
  name = without_compression_ending(name);
  const std::string extension = lowered_extension(name);
  if (extension != "txt" && is_binary(start)) return FileForm::kBinary;
  const std::string view = ascii_view(start);
  const std::string_view text = trim(view);
  const bool plain = extension == "txt";
  const std::optional<FileForm> by_ending = form_of_ending(extension);
  if (const std::optional<FileForm> form = form_of_markup(text)) return *form;
  if (by_ending && form_role(*by_ending) == kNoArticle) return *by_ending;
  if (name.substr(name.rfind('/') + 1) == kIndexName || (extension == "tsv" && is_index(view))) return FileForm::kIndex;
  if (const std::optional<FileForm> form = form_of_json(text, plain)) {
    // Lines of which the first is broken; a bracket alone begins a text over several lines.
    const bool is_broken_line = by_ending == FileForm::kJsonLines && trim(text.substr(0, text.find('\n'))).size() > 1;
    return is_broken_line && text.starts_with('{') ? FileForm::kJsonLines : *form;
  }
  if (const std::optional<FileForm> form = form_of_lines(text)) return *form;
  if (by_ending) return *by_ending;
  return FileForm::kText;
}

Error unread_form(FileForm form, std::string name) {
  const std::string_view end = form == FileForm::kBinary ? "" : ", a form that is not read";
  return Error{.code = ErrorCode::kUnreadable,
               .message = "is " + std::string(info(form).what) + std::string(end),
               .file = std::move(name),
               .remedy = "give text, JSON, a table, web pages, feeds, mails, exports, web archives, zip or tar, or a folder of them"};
}

}  // namespace casus
