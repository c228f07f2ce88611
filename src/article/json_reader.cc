#include "article/json_reader.h"

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace casus {

JsonReader::JsonReader(LineReader input, const ArticleOptions& options, ArticleFields known)
    : RecordReader(input.name(), "json", options, std::move(known)),
      splitter_(std::move(input), columns(), options.max_line_bytes, JsonRecordParser::kPadding) {}

bool JsonReader::read_more() {
  std::optional<Result<JsonSplitter::Piece>> piece = splitter_.next();
  if (!piece) return false;
  ++number_;
  if (piece->ok()) {
    read_record(**piece);
  } else {
    put_error(std::move(*piece).error());
  }
  return true;
}

void JsonReader::read_record(const JsonSplitter::Piece& piece) {
  std::vector<Warning> warnings;
  const std::string wrong = parser_.parse(piece.bytes, piece.line, warnings);
  if (!wrong.empty()) return put_error(bad_record(wrong + (piece.cut_off ? "; the file seems to be cut off" : ""), piece.line));
  RecordValues values;
  parser_.read(0, columns(), values);
  ArticleFields here = known_of(piece.line, std::to_string(number_));
  if (std::string title = feed_title(); !title.empty()) here.outlet = std::move(title);
  put_record(values, std::move(here), std::move(warnings));
}

/// The title of a JSON Feed is the outlet of its items.
std::string JsonReader::feed_title() {
  if (splitter_.feed_title().empty()) return "";
  const std::string document = "{\"title\":" + std::string(splitter_.feed_title()) + "}" + std::string(JsonRecordParser::kPadding, ' ');
  std::vector<Warning> ignored;
  RecordValues values;
  if (!parser_.parse(document, 0, ignored).empty()) return "";
  parser_.read(0, RecordColumns(), values);
  return std::string(values.first(RecordField::kTitle));
}

bool is_json_lines(std::string_view start) {
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start = trim(start);
  const std::string_view line = trim(start.substr(0, start.find('\n')));
  if (!line.starts_with('{')) return false;
  uint64_t depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '\\') ++i;
    if (c == '"') in_string = !in_string;
    if (in_string) continue;
    depth += c == '{' || c == '[';
    if ((c == '}' || c == ']') && --depth == 0) return true;
  }
  return false;
}

}  // namespace casus
