#include "article/json_record.h"

#include <cmath>
#include <utility>

#include "article/json_reason.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

namespace json = simdjson::dom;

static_assert(JsonRecordParser::kPadding >= simdjson::SIMDJSON_PADDING);

constexpr size_t kMaxNameBytes = 100;      ///< of a field and those that it lies in; longer ones mean nothing
constexpr unsigned kMaxLevels = 4;         ///< of objects in objects that are looked through
constexpr uint32_t kInsideRank = 1 << 16;  ///< what the record says itself goes before what an object inside says
constexpr double kMaxExact = 9e15;

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

/// Whether several values of a field belong together.
bool is_list_field(RecordField field) { return field == RecordField::kText || field == RecordField::kAuthors; }

bool is_day_field(RecordField field) { return field == RecordField::kPublished || field == RecordField::kUpdated; }

/// Walks through the fields of one object, and through the objects in it that are known to say something.
class FieldWalk {
 public:
  FieldWalk(const RecordColumns& columns, RecordValues& values) : columns_(columns), values_(values) {}

  void walk(json::object record) {
    for (const json::key_value_pair field : record) values_.add_name(field.key);
    open_.push_back({.object = record, .prefix = {}, .rank = 0, .level = 1});
    for (size_t i = 0; i < open_.size(); ++i) {
      const Open here = open_[i];
      for (const json::key_value_pair field : here.object) read_field(here, field.key, field.value);
    }
  }

 private:
  struct Open {
    json::object object;
    std::string prefix;
    uint32_t rank;
    unsigned level;
  };

  void read_field(const Open& here, std::string_view key, json::element value) {
    if (key.size() + here.prefix.size() > kMaxNameBytes) return;
    std::string flat = here.prefix;
    append_flat_column_name(key, flat);
    std::optional<RecordColumns::Meaning> meaning = columns_.meaning(flat);
    if (meaning) meaning->rank += here.rank;
    if (value.is_object()) {
      open_object(here, key, std::move(flat), value.get_object());
    } else if (value.is_array()) {
      read_array(flat, meaning, here.rank, value.get_array());
    } else if (meaning) {
      read_value(*meaning, key, value, false);
    }
  }

  void open_object(const Open& here, std::string_view key, std::string flat, json::object object) {
    if (here.level == kMaxLevels) return;
    const bool leads_on = columns_.leads_on(flat);
    if (columns_.holds_record(ascii_lowered(key)))
      open_.push_back({.object = object, .prefix = {}, .rank = here.rank + kInsideRank, .level = here.level + 1});
    if (leads_on) open_.push_back({.object = object, .prefix = std::move(flat), .rank = here.rank, .level = here.level + 1});
  }

  void read_array(const std::string& flat, std::optional<RecordColumns::Meaning> meaning, uint32_t rank, json::array array) {
    const bool leads_on = columns_.leads_on(flat);
    if (!meaning && !leads_on) return;
    for (const json::element value : array) {
      if (meaning && !value.is_object() && !value.is_array()) read_value(*meaning, flat, value, is_list_field(meaning->field));
      if (leads_on && value.is_object()) read_listed(flat, rank, value.get_object());
    }
  }

  void read_listed(const std::string& flat, uint32_t rank, json::object object) {
    for (const json::key_value_pair field : object) {
      if (field.key.size() > kMaxNameBytes) continue;
      std::string name = flat;
      append_flat_column_name(field.key, name);
      std::optional<RecordColumns::Meaning> meaning = columns_.meaning(name);
      if (!meaning) continue;
      meaning->rank += rank;
      read_value(*meaning, field.key, field.value, is_list_field(meaning->field));
    }
  }

  void read_value(RecordColumns::Meaning meaning, std::string_view key, json::element value, bool more) {
    std::string_view text;
    double number = 0;
    const bool numbers_tell = meaning.field == RecordField::kId || is_day_field(meaning.field);
    if (value.get_string().get(text) == simdjson::SUCCESS) {
      values_.offer(meaning, text, more);
    } else if (numbers_tell && (value.is_int64() || value.is_uint64())) {
      values_.offer(meaning, simdjson::minify(value), more);
    } else if (is_day_field(meaning.field) && value.get_double().get(number) == simdjson::SUCCESS && std::abs(number) < kMaxExact) {
      values_.offer(meaning, std::to_string(static_cast<int64_t>(number)), more);
    } else if (!value.is_null()) {
      values_.offer_unusable(meaning, key);
    }
  }

  const RecordColumns& columns_;
  RecordValues& values_;
  std::vector<Open> open_{};
};

/// The list of objects that a document wraps; empty if there is none.
std::vector<json::element> find_list(json::object document, const RecordColumns& columns) {
  std::vector<json::object> open = {document};
  for (size_t i = 0; i < open.size() && i < kMaxLevels; ++i) {
    for (const json::key_value_pair field : open[i]) {
      if (!columns.holds_records(ascii_lowered(field.key.substr(0, kMaxNameBytes)))) continue;
      if (field.value.is_object()) open.push_back(field.value.get_object());
      if (!field.value.is_array()) continue;
      const json::array list = field.value.get_array();
      if (list.size() > 0 && list.at(0).is_object()) return {list.begin(), list.end()};
    }
  }
  return {};
}

}  // namespace

struct JsonRecordParser::Impl {
  simdjson::error_code parse(std::string_view bytes) { return parser.parse(bytes.data(), bytes.size(), false).get(root); }

  simdjson::error_code parse_repaired(std::string_view bytes, uint64_t line, std::vector<Warning>& warnings) {
    uint64_t replaced = 0;
    repaired = repair_utf8(bytes, replaced);
    replaced += repair_surrogates(repaired);
    const size_t size = repaired.size();
    repaired.append(simdjson::SIMDJSON_PADDING, '\0');
    const simdjson::error_code code = parse(std::string_view(repaired).substr(0, size));
    if (code == simdjson::SUCCESS && replaced > 0) {
      const std::string_view were = replaced == 1 ? " broken character was" : " broken characters were";
      warnings.push_back({.message = std::to_string(replaced) + std::string(were) + " replaced by U+FFFD", .line = line});
    }
    return code;
  }

  json::parser parser{};
  json::element root{};
  std::string repaired{};
  std::vector<json::element> records{};
};

JsonRecordParser::JsonRecordParser() : impl_(std::make_unique<Impl>()) {}
JsonRecordParser::~JsonRecordParser() = default;

std::string JsonRecordParser::parse(std::string_view bytes, uint64_t line, std::vector<Warning>& warnings) {
  impl_->records.clear();
  simdjson::error_code code = impl_->parse(bytes);
  if (code == simdjson::UTF8_ERROR || code == simdjson::STRING_ERROR) code = impl_->parse_repaired(bytes, line, warnings);
  if (code == simdjson::MEMALLOC || code == simdjson::CAPACITY) return "there is no memory for a record of this size";
  if (code != simdjson::SUCCESS) return "is not JSON: " + std::string(json_reason(code));
  if (!impl_->root.is_object()) return "is not a JSON object";
  impl_->records.push_back(impl_->root);
  return "";
}

size_t JsonRecordParser::records() const { return impl_->records.size(); }

void JsonRecordParser::read(size_t record, const RecordColumns& columns, RecordValues& values) const {
  values.clear();
  const json::element& element = impl_->records[record];
  if (element.is_object()) FieldWalk(columns, values).walk(element.get_object());
}

bool JsonRecordParser::unwrap(const RecordColumns& columns) {
  std::vector<json::element> list = find_list(impl_->root.get_object(), columns);
  if (list.empty()) return false;
  impl_->records = std::move(list);
  return true;
}

}  // namespace casus
