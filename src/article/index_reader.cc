#include "article/index_reader.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "article/article_builder.h"
#include "article/decode.h"
#include "article/file_form.h"
#include "article/folder_walk.h"
#include "article/open_reader.h"
#include "base/text.h"

namespace casus {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kColumnNames[] = {"file", "id", "published", "outlet", "title", "url"};

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

/// Opens the file of a row, which has to be of a form that is one article.
std::optional<Error> IndexReader::open_article(const Row& row) {
  Result<fs::path> path = find_file(row[kFile]);
  if (!path) return std::move(path).error();
  Result<LineReader> file = LineReader::open(path->string());
  if (!file) return std::move(file).error();
  const FormRole role = form_role(file_form(path->string(), peek_start(*file)));
  if (role == FormRole::kManyArticles || role == FormRole::kContainer) return bad_row("names " + row[kFile] + ", which is not one text");
  ArticleFields fields{
      .id = row[kId].empty() ? file_stem(row[kFile]) : row[kId], .url = row[kUrl], .outlet = row[kOutlet], .title = row[kTitle]};
  row_warnings_.clear();
  set_published(row[kPublished], kColumnNames[kPublished], 0, options_, fields, row_warnings_);
  Result<std::unique_ptr<ArticleReader>> reader = open_reader(*std::move(file), std::move(fields), options_);
  if (!reader) return std::move(reader).error();
  file_ = *std::move(reader);
  return std::nullopt;
}

/// The article with what is wrong with its row in front of its own warnings.
Result<ArticlePtr> IndexReader::with_warnings(Result<ArticlePtr> article) const {
  if (!article || row_warnings_.empty()) return article;
  std::vector<Warning> warnings = row_warnings_;
  const Article& old = **article;
  warnings.insert(warnings.end(), old.warnings().begin(), old.warnings().end());
  return ArticlePtr(std::make_shared<const Article>(old.fields(), old.text(), old.blocks(), std::move(warnings)));
}

std::optional<Result<ArticlePtr>> IndexReader::next() {
  while (true) {
    if (file_ != nullptr) {
      if (std::optional<Result<ArticlePtr>> item = file_->next()) return with_warnings(*std::move(item));
      file_bytes_ += file_->bytes_read();
      file_.reset();
    }
    const std::optional<Result<Row>> row = next_row();
    if (!row) return std::nullopt;
    if (!row->ok()) return Result<ArticlePtr>(row->error());
    if (std::optional<Error> failure = open_article(**row)) return Result<ArticlePtr>(*std::move(failure));
  }
}

uint64_t IndexReader::bytes_read() const { return lines_.bytes_read() + file_bytes_ + (file_ == nullptr ? 0 : file_->bytes_read()); }

bool IndexReader::is_named_so(std::string_view path) { return path.substr(path.rfind('/') + 1) == kIndexName; }

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
