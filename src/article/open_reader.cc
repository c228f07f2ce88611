#include "article/open_reader.h"

#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "article/article_builder.h"
#include "article/export/open_export.h"
#include "article/folder_reader.h"
#include "article/html/html_reader.h"
#include "article/index_reader.h"
#include "article/jsonl_reader.h"
#include "article/text_reader.h"

namespace casus {
namespace {

using Reader = std::unique_ptr<ArticleReader>;
constexpr std::string_view kStandardInput = "-";

bool is_utf16(std::string_view start) { return start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF"); }

Result<Reader> open_json_lines(LineReader file, ArticleFields known, const ArticleOptions& options) {
  if (!is_utf16(file.peek())) return Reader(std::make_unique<JsonlReader>(std::move(file), options, std::move(known)));
  return Error{.code = ErrorCode::kBadEncoding, .message = "is UTF-16", .file = file.name(), .remedy = "JSON Lines is UTF-8: convert it"};
}

/// The id of what has none: the name of its file without ending.
std::string default_id(const std::string& name) { return name == kStandardInput ? "stdin" : file_stem(without_compression_ending(name)); }

}  // namespace

Result<Reader> open_reader(LineReader file, ArticleFields known, const ArticleOptions& options) {
  const FileForm form = file_form(file.name(), peek_start(file));
  known.form = form_name(form);
  if (known.id.empty()) known.id = default_id(file.name());
  if (known.origin.empty()) known.origin = file.name();
  switch (form) {
    case FileForm::kText:
      if (Reader exported = open_text_export(file, known, options)) return exported;
      return open_text_reader(std::move(file), std::move(known), options);
    case FileForm::kJsonLines: return open_json_lines(std::move(file), std::move(known), options);
    case FileForm::kHtml: return open_html_reader(std::move(file), std::move(known), options);
    case FileForm::kIndex: return Reader(std::make_unique<IndexReader>(std::move(file), options));
    case FileForm::kRtf: return open_rtf(std::move(file), std::move(known), options);
    // Records of a table or a document.
    case FileForm::kJson:
    case FileForm::kCsv:
    case FileForm::kTsv:
    case FileForm::kFeed:
    // Mails and exports.
    case FileForm::kMail:
    case FileForm::kMailbox:
    case FileForm::kFactiva:
    case FileForm::kLexis:
    case FileForm::kProquest:
    // Containers.
    case FileForm::kWarc:
    case FileForm::kZip:
    case FileForm::kTar:
    case FileForm::kGzip:
    case FileForm::kXz:
    case FileForm::kZstd:
    case FileForm::kBzip2:
    default: return unread_form(form, file.name());
  }
}

Result<Reader> open_input(const std::string& input, const ArticleOptions& options) {
  if (input == kStandardInput) return open_reader(LineReader::standard_input(), {}, options);
  std::error_code failed;
  if (std::filesystem::is_directory(input, failed)) return Reader(std::make_unique<FolderReader>(input, options));
  Result<LineReader> file = LineReader::open(input);
  if (!file) return std::move(file).error();
  return open_reader(*std::move(file), {}, options);
}

}  // namespace casus
