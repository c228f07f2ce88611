#include "article/jsonl_reader.h"

#include <simdjson.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "article/article_builder.h"
#include "article/decode.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

namespace json = simdjson::dom;

/// What a record may say, each under the names that it may have; the first that is there counts.
struct Names {
  std::string_view first;
  std::string_view second;
};
constexpr Names kText{"text", "body"}, kId{"id", "doc"}, kTitle{"title", ""}, kPublished{"published", "date"}, kOutlet{"outlet", "source"},
    kUrl{"url", ""};

std::string_view explain(simdjson::error_code code) {
  switch (code) {
    case simdjson::UTF8_ERROR: return "it is not UTF-8";
    case simdjson::STRING_ERROR: return "a string has a broken escape";
    case simdjson::UNESCAPED_CHARS: return "a string has an unescaped control character";
    case simdjson::UNCLOSED_STRING: return "a string has no end";
    case simdjson::NUMBER_ERROR: return "a number is broken";
    case simdjson::DEPTH_ERROR: return "it is nested too deep";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR: return "a word is none of true, false, null";
    default: return "a comma, colon, bracket or quotation mark is missing or one too many";
  }
}

bool is_hex(char c) { return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f'); }

/// The UTF-16 unit of an escape at `at` ("\uD83D"), 0 if there is none.
unsigned escaped_unit(std::string_view line, size_t at) {
  if (line.size() - at < 6 || line[at] != '\\' || line[at + 1] != 'u') return 0;
  unsigned unit = 0;
  for (const char c : line.substr(at + 2, 4)) {
    if (!is_hex(c)) return 0;
    unit = unit * 16 + static_cast<unsigned>(is_ascii_digit(c) ? c - '0' : ascii_lower(c) - 'a' + 10);
  }
  return unit;
}

/// Writes \uFFFD over escaped surrogates without a partner, which programs that cut texts by UTF-16 units leave behind.
uint64_t repair_surrogates(std::string& line) {
  uint64_t repaired = 0;
  for (size_t at = 0; (at = line.find('\\', at)) != std::string::npos;) {
    const unsigned unit = escaped_unit(line, at);
    if (unit < 0xD800 || unit > 0xDFFF) {
      at += 2;
      continue;
    }
    const unsigned low = unit <= 0xDBFF && line.size() - at >= 12 ? escaped_unit(line, at + 6) : 0;
    const bool paired = low >= 0xDC00 && low <= 0xDFFF;
    if (!paired) {
      line.replace(at + 2, 4, "FFFD");
      ++repaired;
    }
    at += paired ? 12 : 6;
  }
  return repaired;
}

}  // namespace

struct JsonlReader::Impl {
  Impl(LineReader reader, const ArticleOptions& article_options, ArticleFields fields_known)
      : lines(std::move(reader)), options(article_options), known(std::move(fields_known)) {
    if (known.origin.empty()) known.origin = lines.name();
    if (known.id.empty()) known.id = file_stem(lines.name());
    if (known.form.empty()) known.form = "jsonl";
  }

  std::optional<Result<ArticlePtr>> next() {
    if (ended) return std::nullopt;
    while (std::optional<Result<std::string_view>> line = lines.next_line(options.max_line_bytes, simdjson::SIMDJSON_PADDING)) {
      if (!line->ok()) return Result<ArticlePtr>(std::move(*line).error());
      std::string_view bytes = **line;
      if (lines.line() == 1 && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
      if (trim(bytes) == "{" && lines.line() == 1)
        return end_with(bad_record("is one JSON text over several lines; JSON Lines has one record a line"));
      if (!trim(bytes).empty()) return read_record(bytes);
    }
    return std::nullopt;
  }

 private:
  /// The place of the record that is being read, for everything that is wrong with it.
  [[nodiscard]] Error bad_record(std::string message) const {
    return Error{.code = ErrorCode::kBadRecord, .message = std::move(message), .file = lines.name(), .line = lines.line()};
  }

  Result<ArticlePtr> end_with(Error error) {
    ended = true;
    return error;
  }

  void warn(std::string message) { warnings.push_back({.message = std::move(message), .line = lines.line()}); }

  Result<ArticlePtr> read_record(std::string_view line) {
    warnings.clear();
    simdjson::error_code code = parse(line);
    if (code == simdjson::UTF8_ERROR || code == simdjson::STRING_ERROR) code = parse_repaired(line);
    if (code == simdjson::MEMALLOC || code == simdjson::CAPACITY) return bad_record("there is no memory for a record of this size");
    if (code != simdjson::SUCCESS) {
      const std::string_view cut_off = lines.last_line_was_open() ? "; the file seems to be cut off" : "";
      return bad_record("is not JSON: " + std::string(explain(code)) + std::string(cut_off));
    }
    if (!record.is_object()) return bad_record("is not a JSON object");
    return read_fields();
  }

  simdjson::error_code parse(std::string_view line) { return parser.parse(line.data(), line.size(), false).get(record); }

  simdjson::error_code parse_repaired(std::string_view line) {
    uint64_t replaced = 0;
    repaired_line = repair_utf8(line, replaced);
    replaced += repair_surrogates(repaired_line);
    const size_t size = repaired_line.size();
    repaired_line.append(simdjson::SIMDJSON_PADDING, '\0');
    const simdjson::error_code code = parse(std::string_view(repaired_line).substr(0, size));
    if (code == simdjson::SUCCESS && replaced > 0) {
      warn(std::to_string(replaced) + (replaced == 1 ? " broken character was" : " broken characters were") + " replaced by U+FFFD");
    }
    return code;
  }

  Result<ArticlePtr> read_fields() {
    json::element value;
    if (!find(kText, value)) return bad_record("has neither \"text\" nor \"body\"");
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) return bad_record("its text is not a string");
    if (text.size() > options.max_article_bytes) {
      Error error = bad_record("the text is over the limit of " + std::to_string(options.max_article_bytes) + " bytes");
      error.code = ErrorCode::kTooLarge;
      return error;
    }
    ArticleFields fields = known;
    fields.id = read_string(kId, true);
    if (std::string url = read_string(kUrl); !url.empty()) fields.url = std::move(url);
    if (std::string outlet = read_string(kOutlet); !outlet.empty()) fields.outlet = std::move(outlet);
    if (std::string title = read_string(kTitle); !title.empty()) fields.title = std::move(title);
    set_published(read_string(kPublished), kPublished.first, lines.line(), options, fields, warnings);
    if (fields.id.empty()) fields.id = known.id + ":" + std::to_string(lines.line());
    fields.origin_line = lines.line();
    DecodedText repaired = repair_text(std::string(text), lines.line());
    for (Warning& warning : repaired.warnings) warn(std::move(warning.message));
    return build_article(std::move(fields), std::move(repaired.text), std::move(warnings), options);
  }

  /// The first field of these names that is there and not null.
  bool find(const Names& names, json::element& value) {
    for (const std::string_view name : {names.first, names.second}) {
      if (!name.empty() && record.at_key(name).get(value) == simdjson::SUCCESS && !value.is_null()) return true;
    }
    return false;
  }

  /// A field that may be missing, trimmed and repaired; one of another kind is passed over with a warning.
  std::string read_string(const Names& names, bool number_too = false) {
    json::element value;
    if (!find(names, value)) return "";
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS) return repair_text(std::string(trim(text)), 0).text;
    if (number_too && (value.is_int64() || value.is_uint64())) return simdjson::minify(value);
    warn("\"" + std::string(names.first) + "\" is not a string; passed over");
    return "";
  }

  LineReader lines;
  ArticleOptions options;
  ArticleFields known;
  json::parser parser{};
  json::element record{};
  std::string repaired_line{};
  std::vector<Warning> warnings{};
  bool ended = false;

  friend class JsonlReader;
};

JsonlReader::JsonlReader(LineReader lines, const ArticleOptions& options, ArticleFields known)
    : impl_(std::make_unique<Impl>(std::move(lines), options, std::move(known))) {}
JsonlReader::~JsonlReader() = default;

std::optional<Result<ArticlePtr>> JsonlReader::next() { return impl_->next(); }
uint64_t JsonlReader::bytes_read() const { return impl_->lines.bytes_read(); }

}  // namespace casus
