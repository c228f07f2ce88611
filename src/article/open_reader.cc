#include "article/open_reader.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "article/archive_reader.h"
#include "article/article_builder.h"
#include "article/csv_reader.h"
#include "article/decompress.h"
#include "article/export/open_export.h"
#include "article/feed_reader.h"
#include "article/folder_reader.h"
#include "article/html/html_reader.h"
#include "article/index_reader.h"
#include "article/json_reader.h"
#include "article/jsonl_reader.h"
#include "article/mail/mail_reader.h"
#include "article/text_reader.h"
#include "article/utf16_input.h"
#include "article/warc_reader.h"
#include "base/text.h"

namespace casus {
namespace {

using Reader = std::unique_ptr<ArticleReader>;
constexpr std::string_view kStandardInput = "-";

Result<Reader> open_json(LineReader file, ArticleFields known, const ArticleOptions& options, bool is_lines) {
  file = as_utf8(std::move(file));
  if (is_lines) return Reader(std::make_unique<JsonlReader>(std::move(file), options, std::move(known)));
  return Reader(std::make_unique<JsonReader>(std::move(file), options, std::move(known)));
}

/// The form of a file; also of a table whose name does not say that it is one, which its first row does.
FileForm form_of(LineReader& file, const ArticleOptions& options) {
  const std::string_view start = peek_start(file);
  const FileForm form = file_form(file.name(), start);
  const std::string extension = lowered_extension(without_compression_ending(file.name()));
  const bool may_be_table = form == FileForm::kText && extension != "txt" && options.columns != nullptr;
  return may_be_table && is_table_of_articles(start, *options.columns) ? FileForm::kCsv : form;
}

/// Files about a folder or archive rather than of it, by their names without ending.
constexpr std::string_view kAboutFolders[] = {"readme", "license", "licence", "copying", "notice", "changelog"};

bool is_about_folder(const std::string& name) {
  const std::string stem = file_stem(name.substr(name.find_last_of("/!") + 1));
  return std::ranges::find(kAboutFolders, ascii_lowered(stem)) != std::end(kAboutFolders);
}

/// Why a file of a folder or archive is not read; "" if it is.
std::string_view reason_to_pass_over(const std::string& name, FileForm form) {
  if (form_role(form) == FormRole::kNoArticle) return form_name(form);
  return form == FileForm::kText && is_about_folder(name) ? "readme" : "";
}

/// A file that is passed over, for its count.
class PassedOverFile : public ArticleReader {
 public:
  PassedOverFile(std::string_view reason, uint64_t bytes) : reason_(reason), bytes_(bytes) {}
  [[nodiscard]] std::optional<Result<ArticlePtr>> next() override { return std::nullopt; }
  [[nodiscard]] uint64_t bytes_read() const override { return bytes_; }
  [[nodiscard]] PassedOver passed_over() const override { return {{std::string(reason_), 1}}; }

 private:
  std::string_view reason_;
  uint64_t bytes_;
};

/// The id of what has none: the name of its file, without ending unless it is an archive.
std::string default_id(const std::string& name, FileForm form) {
  if (name == kStandardInput) return "stdin";
  if (form == FileForm::kZip || form == FileForm::kTar) return name.substr(name.rfind('/') + 1);
  return file_stem(without_compression_ending(name));
}

Compression compression_of(FileForm form) {
  switch (form) {
    case FileForm::kXz: return Compression::kXz;
    case FileForm::kZstd: return Compression::kZstd;
    case FileForm::kBzip2: return Compression::kBzip2;
    default: return Compression::kGzip;
  }
}

bool is_compression(FileForm form) {
  return form == FileForm::kGzip || form == FileForm::kXz || form == FileForm::kZstd || form == FileForm::kBzip2;
}

/// Opens what a compressed file contains. It goes by the same name; the ending of the compression does not count (file_form).
Result<Reader> open_compressed(LineReader file, FileForm form, ArticleFields known, const ArticleOptions& options, Nesting nesting) {
  std::string name = file.name();
  auto input = std::make_unique<DecompressedInput>(std::move(file), compression_of(form), nesting.expansion, nesting.depth == 0);
  ++nesting.depth;
  return open_reader(LineReader(std::move(input), std::move(name)), std::move(known), options, std::move(nesting));
}

Result<Reader> open_container(LineReader file, FileForm form, ArticleFields known, const ArticleOptions& options, Nesting nesting) {
  if (nesting.expansion == nullptr) nesting.expansion = std::make_shared<Expansion>(options);
  if (nesting.depth == options.max_nesting) {
    return Error{.code = ErrorCode::kTooLarge,
                 .message = "lies more than " + std::to_string(options.max_nesting) + " archives and compressions deep; not read",
                 .file = file.name(),
                 .remedy = "unpack it"};
  }
  switch (form) {
    case FileForm::kZip:
    case FileForm::kTar:
      return Reader(std::make_unique<ArchiveReader>(std::move(file), form, std::move(known), options, std::move(nesting)));
    case FileForm::kWarc:
      return Reader(std::make_unique<WarcReader>(std::move(file), std::move(known), options, nesting.expansion, nesting.depth == 0));
    default: return open_compressed(std::move(file), form, std::move(known), options, std::move(nesting));
  }
}

/// Opens a form that has articles of its own.
Result<Reader> open_form(LineReader file, FileForm form, ArticleFields known, const ArticleOptions& options) {
  switch (form) {
    case FileForm::kText:
      if (Reader exported = open_text_export(file, known, options)) return exported;
      return open_text_reader(std::move(file), std::move(known), options);
    case FileForm::kJsonLines: return open_json(std::move(file), std::move(known), options, true);
    case FileForm::kJson: return open_json(std::move(file), std::move(known), options, false);
    case FileForm::kHtml:
      if (Reader exported = open_html_export(file, known, options)) return exported;
      return open_html_reader(std::move(file), std::move(known), options);
    case FileForm::kIndex: return Reader(std::make_unique<IndexReader>(std::move(file), options));
    case FileForm::kMail: return open_mail(std::move(file), std::move(known), options);
    case FileForm::kMailbox: return open_mailbox(std::move(file), std::move(known), options);
    case FileForm::kRtf: return open_rtf(std::move(file), std::move(known), options);
    case FileForm::kCsv:
    case FileForm::kTsv: return Reader(std::make_unique<CsvReader>(as_utf8(std::move(file)), options, std::move(known)));
    case FileForm::kFeed: return Reader(std::make_unique<FeedReader>(std::move(file), options, std::move(known)));
    default: return unread_form(form, file.name());
  }
}

}  // namespace

Result<Reader> open_reader(LineReader file, ArticleFields known, const ArticleOptions& options) {
  return open_reader(std::move(file), std::move(known), options, {});
}

Result<Reader> open_reader(LineReader file, ArticleFields known, const ArticleOptions& options, Nesting nesting) {
  const FileForm form = form_of(file, options);
  if (!nesting.named) {
    // An index names files of a folder, which an archive's members are not.
    const std::string_view reason =
        form == FileForm::kIndex && nesting.depth > 0 ? form_name(form) : reason_to_pass_over(file.name(), form);
    if (!reason.empty()) return Reader(std::make_unique<PassedOverFile>(reason, file.bytes_read()));
  }
  known.form = form_name(form);
  if (known.id.empty() && !is_compression(form)) known.id = default_id(file.name(), form);
  if (known.origin.empty()) known.origin = file.name();
  if (form_role(form) != FormRole::kContainer) return open_form(std::move(file), form, std::move(known), options);
  return open_container(std::move(file), form, std::move(known), options, std::move(nesting));
}

Result<Reader> open_input(const std::string& input, const ArticleOptions& options) {
  if (input == kStandardInput) return open_reader(LineReader::standard_input(), {}, options);
  std::error_code failed;
  if (std::filesystem::is_directory(input, failed)) return Reader(std::make_unique<FolderReader>(input, options));
  Result<LineReader> file = LineReader::open(input);
  if (!file) return std::move(file).error();
  return open_reader(*std::move(file), {}, options, {.named = !options.inputs_are_found});
}

}  // namespace casus
