#include "article/csv_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "article/html/html_decode.h"
#include "article/noise_rules.h"
#include "article/record_day.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

constexpr size_t kMaxNames = 10'000;
constexpr std::string_view kSeparators = ",\t;|";

/// The names in the first row of a table, as far as one line has them.
std::vector<std::string> names_of(std::string_view start, char separator) {
  CsvSplitter splitter(LineReader::of_bytes(std::string(start.substr(0, start.find('\n'))), ""), start.size() + 1);
  splitter.set_separator(separator);
  class Any : public CsvSplitter::Judge {
    [[nodiscard]] bool looks_right(const CsvSplitter::Row& /*row*/) const override { return true; }
  };
  std::optional<Result<CsvSplitter::Row>> row = splitter.next(Any());
  return row && row->ok() ? std::move((*row)->fields) : std::vector<std::string>();
}

/// "sep=;", which a spreadsheet program writes above the names.
std::optional<char> told_separator(std::string_view start) {
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  const bool tells = equals_ignoring_ascii_case(start.substr(0, 4), "sep=") && start.size() > 5 && (start[5] == '\r' || start[5] == '\n');
  return tells ? std::optional(start[4]) : std::nullopt;
}

std::string_view without_told_separator(std::string_view start) {
  return told_separator(start) ? start.substr(std::min(start.find('\n'), start.size() - 1) + 1) : start;
}

std::string decoded(std::string&& field) {
  if (is_valid_utf8(field)) return std::move(field);
  DecodedHtml out;
  decode_html(field, "windows-1252", out);
  return std::string(out.text);
}

}  // namespace

/// A row of as many fields as there are names, with a day and an address where those belong.
class CsvReader::LikeOthers : public CsvSplitter::Judge {
 public:
  explicit LikeOthers(const CsvReader& reader) : reader_(reader) {}
  [[nodiscard]] bool looks_right(const CsvSplitter::Row& row) const override { return reader_.looks_right(row); }

 private:
  const CsvReader& reader_;
};

CsvReader::CsvReader(LineReader input, const ArticleOptions& options, ArticleFields known)
    : RecordReader(input.name(), "csv", options, std::move(known)), rows_(std::move(input), options.max_line_bytes) {}

bool CsvReader::read_more() {
  if (ended_) return false;
  if (!has_names_) rows_.set_separator(find_separator(rows_.head(), columns()));
  std::optional<Result<CsvSplitter::Row>> row = rows_.next(LikeOthers(*this));
  if (!row) {
    ended_ = true;
    return false;
  }
  if (!row->ok()) {
    if (has_names_) ++number_;
    ended_ = !has_names_;
    put_error(std::move(*row).error());
  } else if (!has_names_) {
    read_names(*std::move(*row));
  } else {
    read_row(**row);
  }
  return true;
}

void CsvReader::read_names(CsvSplitter::Row names) {
  if (names.line == 1 && told_separator(names.fields[0] + "\n\n")) return;
  has_names_ = true;
  bool has_text = false;
  RecordValues known;
  names.fields.resize(std::min(names.fields.size(), kMaxNames));
  for (const std::string& name : names.fields) {
    known.add_name(trim(name).empty() ? "(no name)" : trim(name));
    meanings_.push_back(columns().meaning(flat_column_name(name)));
    const std::optional<RecordColumns::Meaning>& meaning = meanings_.back();
    has_text = has_text || (meaning && (meaning->field == RecordField::kText || meaning->field == RecordField::kSummary));
  }
  if (has_text) return;
  ended_ = true;
  Error error = bad_record("no column is known as the text; the first row has: " + known.names(), names.line);
  error.remedy = "name it: --columns text=NAME,title=NAME,published=NAME";
  put_error(std::move(error));
}

bool CsvReader::looks_right(const CsvSplitter::Row& row) const {
  if (row.fields.size() != meanings_.size()) return false;
  const PageWords* words = options().noise_rules == nullptr ? nullptr : &options().noise_rules->words();
  for (size_t i = 0; i < meanings_.size(); ++i) {
    const std::optional<RecordColumns::Meaning>& meaning = meanings_[i];
    if (!meaning || trim(row.fields[i]).empty()) continue;
    if (meaning->field == RecordField::kPublished && !read_record_day(row.fields[i], words)) return false;
    if (meaning->field == RecordField::kUrl && row.fields[i].find('/') == std::string::npos) return false;
  }
  return true;
}

bool CsvReader::has_too_many(const CsvSplitter::Row& row) const {
  for (size_t i = meanings_.size(); i < row.fields.size(); ++i) {
    if (!trim(row.fields[i]).empty()) return true;
  }
  return false;
}

void CsvReader::read_row(const CsvSplitter::Row& row) {
  ++number_;
  const std::string counts = std::to_string(row.fields.size()) + " fields where the first row names " + std::to_string(meanings_.size());
  if (has_too_many(row) || (row.has_odd_quotes && row.fields.size() != meanings_.size())) {
    if (row.has_odd_quotes) rows_.reject_last();
    return put_error(bad_record("the row has " + counts, row.line));
  }
  std::vector<Warning> warnings;
  if (row.fields.size() < meanings_.size()) warnings.push_back({.message = "the row has only " + counts, .line = row.line});
  if (row.has_odd_quotes) warnings.push_back({.message = "quotation marks inside a field are not doubled", .line = row.line});
  RecordValues values;
  bool is_utf8 = true;
  for (size_t i = 0; i < std::min(row.fields.size(), meanings_.size()); ++i) {
    const std::optional<RecordColumns::Meaning>& meaning = meanings_[i];
    if (!meaning) continue;
    is_utf8 = is_utf8 && is_valid_utf8(row.fields[i]);
    values.offer(*meaning, decoded(std::string(row.fields[i])));
  }
  if (!is_utf8) warnings.push_back({.message = "is no UTF-8 and was read as windows-1252", .line = row.line});
  put_record(values, known_of(row.line, std::to_string(number_)), std::move(warnings));
}

char find_separator(std::string_view start, const RecordColumns& columns) {
  if (const std::optional<char> told = told_separator(start)) return *told;
  while (!start.empty() && (start.front() == '\n' || start.front() == '\r')) start.remove_prefix(1);
  char best = kSeparators[0];
  size_t best_score = 0;
  for (const char separator : kSeparators) {
    const std::vector<std::string> names = names_of(start, separator);
    const auto known = static_cast<size_t>(
        std::ranges::count_if(names, [&](const std::string& name) { return columns.meaning(flat_column_name(name)).has_value(); }));
    const size_t score = known * kMaxNames + std::min(names.size(), kMaxNames - 1);
    if (score > best_score) best = separator;
    best_score = std::max(score, best_score);
  }
  return best;
}

bool is_table_of_articles(std::string_view start, const RecordColumns& columns) {
  const char separator = find_separator(start, columns);
  size_t texts = 0, others = 0;
  for (const std::string& name : names_of(without_told_separator(start), separator)) {
    const std::optional<RecordColumns::Meaning> meaning = columns.meaning(flat_column_name(name));
    if (!meaning) continue;
    const bool is_text = meaning->field == RecordField::kText || meaning->field == RecordField::kSummary;
    ++(is_text ? texts : others);
  }
  return texts > 0 && texts + others > 1;
}

}  // namespace casus
