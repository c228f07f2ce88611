#include "article/jsonl_reader.h"

#include <utility>

#include "base/text.h"

namespace casus {

JsonlReader::JsonlReader(LineReader lines, const ArticleOptions& options, ArticleFields known)
    : RecordReader(lines.name(), "jsonl", options, std::move(known)), lines_(std::move(lines)) {}

bool JsonlReader::read_more() {
  std::optional<Result<std::string_view>> line = lines_.next_line(options().max_line_bytes, JsonRecordParser::kPadding);
  if (!line) return false;
  if (!line->ok()) {
    put_error(std::move(*line).error());
    return true;
  }
  std::string_view bytes = **line;
  if (lines_.line() == 1 && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (!trim(bytes).empty()) read_record(bytes);
  return true;
}

void JsonlReader::read_record(std::string_view line) {
  std::vector<Warning> warnings;
  const std::string wrong = parser_.parse(line, lines_.line(), warnings);
  if (!wrong.empty()) {
    const bool cut_off = lines_.last_line_was_open() && wrong.starts_with("is not JSON:");
    return put_error(bad_record(wrong + (cut_off ? "; the file seems to be cut off" : ""), lines_.line()));
  }
  RecordValues values;
  parser_.read(0, columns(), values);
  const bool says_nothing = !values.was_named(RecordField::kText) && !values.was_named(RecordField::kSummary);
  if (!says_nothing || !parser_.unwrap(columns()))
    return put_record(values, known_of(lines_.line(), std::to_string(lines_.line())), warnings);
  for (size_t i = 0; i < parser_.records(); ++i) {
    parser_.read(i, columns(), values);
    put_record(values, known_of(lines_.line(), std::to_string(lines_.line()) + "." + std::to_string(i + 1)), warnings);
  }
}

}  // namespace casus
