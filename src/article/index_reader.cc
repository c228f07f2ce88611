#include "article/index_reader.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "article/article_builder.h"
#include "article/decode.h"
#include "article/file_form.h"
#include "article/text_reader.h"
#include "base/text.h"

namespace casus {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kColumnNames[] = {"file", "id", "published", "outlet", "title", "url"};
/// UTF-16 takes up to twice the bytes of UTF-8; header lines and a mark come on top.
constexpr uint64_t kMaxHeaderBytes = 65'536;

bool leads_out(const fs::path& file) {
  return file.is_absolute() || std::ranges::any_of(file, [](const fs::path& part) { return part == ".."; });
}

/// Whether `file` lies in `folder` once all links are followed.
bool lies_inside(const fs::path& file, const fs::path& folder) {
  std::error_code failed;
  const fs::path real_file = fs::canonical(file, failed);
  const fs::path real_folder = failed ? fs::path() : fs::canonical(folder, failed);
  if (failed) return false;
  return std::mismatch(real_folder.begin(), real_folder.end(), real_file.begin(), real_file.end()).first == real_folder.end();
}

}  // namespace

Result<ArticlePtr> read_text_file(ArticleFields fields, LineReader file, std::vector<Warning> warnings, const ArticleOptions& options,
                                  uint64_t& file_bytes) {
  Result<std::string> bytes = file.read_rest(2 * options.max_article_bytes + kMaxHeaderBytes);
  file_bytes += file.bytes_read();
  if (!bytes) return bytes.error();
  return read_text_article(std::move(fields), *bytes, options, std::move(warnings));
}

IndexReader::IndexReader(LineReader lines, const ArticleOptions& options)
    : lines_(std::move(lines)), options_(options), folder_(fs::path(lines_.name()).parent_path()) {}

Error IndexReader::bad_row(std::string message, ErrorCode code) const {
  return Error{.code = code, .message = std::move(message), .file = lines_.name(), .line = lines_.line()};
}

Result<void> IndexReader::read_header(std::string_view line) {
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  columns_.assign(kColumns, std::string_view::npos);
  const std::vector<std::string_view> names = split(line, '\t');
  for (size_t i = 0; i < names.size(); ++i) {
    const auto* found =
        std::ranges::find_if(kColumnNames, [&](std::string_view name) { return equals_ignoring_ascii_case(name, trim(names[i])); });
    if (found == std::end(kColumnNames)) continue;
    size_t& column = columns_[static_cast<size_t>(found - kColumnNames)];
    if (column != std::string_view::npos) return bad_row("names the column \"" + std::string(*found) + "\" twice");
    column = i;
  }
  if (columns_[kFile] != std::string_view::npos) return {};
  return bad_row("an index names its columns in the first line, one of them \"file\"; this does not");
}

IndexReader::Row IndexReader::take_columns(std::string_view line) const {
  const std::vector<std::string_view> cells = split(line, '\t');
  Row row(kColumns);
  for (size_t i = 0; i < kColumns; ++i) {
    if (columns_[i] < cells.size()) row[i] = repair_text(std::string(trim(cells[columns_[i]])), 0).text;
  }
  return row;
}

std::optional<Result<IndexReader::Row>> IndexReader::next_row() {
  while (!ended_) {
    std::optional<Result<std::string_view>> line = lines_.next_line(options_.max_line_bytes);
    ended_ = !line;
    if (!line) return std::nullopt;
    ended_ = columns_.empty() && !line->ok();
    if (!line->ok()) return Result<Row>(std::move(*line).error());
    if (columns_.empty()) {
      Result<void> header = read_header(**line);
      ended_ = !header;
      if (!header) return Result<Row>(header.error());
    } else if (!trim(**line).empty()) {
      return Result<Row>(take_columns(**line));
    }
  }
  return std::nullopt;
}

Result<fs::path> IndexReader::find_file(const std::string& file) const {
  if (file.empty()) return bad_row("the row names no file");
  if (leads_out(file)) return bad_row("names " + file + ", which leads out of the index's folder");
  const fs::path path = folder_ / file;
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (!fs::exists(status)) return bad_row("names " + file + ", which does not exist", ErrorCode::kNotFound);
  if (fs::is_directory(status)) return bad_row("names " + file + ", which is a folder");
  if (!lies_inside(path, folder_.empty() ? fs::path(".") : folder_))
    return bad_row("names " + file + ", a link that leads out of the index's folder");
  return path;
}

Result<ArticlePtr> IndexReader::read_article(const Row& row) {
  Result<fs::path> path = find_file(row[kFile]);
  if (!path) return path.error();
  Result<LineReader> file = LineReader::open(path->string());
  if (!file) return file.error();
  Result<FileForm> form = file_form(path->string(), peek_start(*file));
  if (!form) return form.error();
  if (*form != FileForm::kText) return bad_row("names " + row[kFile] + ", which is not one text");
  ArticleFields fields{
      .id = row[kId].empty() ? file_stem(row[kFile]) : row[kId], .url = row[kUrl], .outlet = row[kOutlet], .title = row[kTitle]};
  fields.origin = path->string();
  std::vector<Warning> warnings;
  set_published(row[kPublished], kColumnNames[kPublished], 0, options_, fields, warnings);
  return read_text_file(std::move(fields), *std::move(file), std::move(warnings), options_, file_bytes_);
}

std::optional<Result<ArticlePtr>> IndexReader::next() {
  const std::optional<Result<Row>> row = next_row();
  if (!row) return std::nullopt;
  if (!row->ok()) return Result<ArticlePtr>(row->error());
  return read_article(**row);
}

uint64_t IndexReader::total_bytes(const std::string& index_path, const ArticleOptions& options) {
  Result<LineReader> lines = LineReader::open(index_path);
  if (!lines) return 0;
  IndexReader reader(*std::move(lines), options);
  uint64_t total = 0;
  while (const std::optional<Result<Row>> row = reader.next_row()) {
    if (!row->ok()) continue;
    const Result<fs::path> path = reader.find_file((**row)[kFile]);
    std::error_code failed;
    const uint64_t size = path ? fs::file_size(*path, failed) : 0;
    total += failed ? 0 : size;
  }
  return total + reader.lines_.bytes_read();
}

}  // namespace casus
