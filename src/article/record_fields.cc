#include "article/record_fields.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/tsv.h"

namespace casus {
namespace {

constexpr std::array<std::string_view, kRecordFields> kFieldNames = {"text",   "summary", "title", "published", "updated",
                                                                     "outlet", "url",     "id",    "authors",   "language"};

Error bad_choice(std::string message) { return Error{.code = ErrorCode::kBadOption, .message = std::move(message)}; }

std::string known_field_names() {
  std::string names;
  for (const std::string_view name : kFieldNames) names += (names.empty() ? "" : ", ") + std::string(name);
  return names;
}

}  // namespace

std::string_view record_field_name(RecordField field) { return kFieldNames[static_cast<size_t>(field)]; }

std::optional<RecordField> record_field(std::string_view name) {
  const auto* found = std::ranges::find_if(kFieldNames, [&](std::string_view known) { return equals_ignoring_ascii_case(known, name); });
  if (found == kFieldNames.end()) return std::nullopt;
  return static_cast<RecordField>(found - kFieldNames.begin());
}

Result<std::vector<ColumnChoice>> parse_column_choices(std::string_view text) {
  std::vector<ColumnChoice> choices;
  for (const std::string_view piece : split(text, ',')) {
    const size_t sign = piece.find('=');
    if (sign == std::string_view::npos) return bad_choice("\"" + std::string(trim(piece)) + "\" is not FIELD=COLUMN");
    const std::string_view name = trim(piece.substr(0, sign)), column = trim(piece.substr(sign + 1));
    const std::optional<RecordField> field = record_field(name);
    if (!field) return bad_choice("unknown field: " + std::string(name) + " (there are: " + known_field_names() + ")");
    if (flat_column_name(column).empty()) return bad_choice("no column is named for \"" + std::string(name) + "\"");
    const bool taken = std::ranges::any_of(choices, [&](const ColumnChoice& other) {
      return other.field != *field && flat_column_name(other.name) == flat_column_name(column);
    });
    if (taken) return bad_choice("the column \"" + std::string(column) + "\" is given two meanings");
    choices.push_back({.field = *field, .name = std::string(column)});
  }
  return choices;
}

void append_flat_column_name(std::string_view name, std::string& out) {
  for (const char c : name) {
    if (is_ascii_alpha(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80) out += ascii_lower(c);
  }
}

std::string flat_column_name(std::string_view name) {
  std::string flat;
  append_flat_column_name(name, flat);
  return flat;
}

RecordColumns::RecordColumns() {
  for (size_t i = 0; i < kRecordFields; ++i) add_name(static_cast<RecordField>(i), kFieldNames[i]);
}

void RecordColumns::add_name(RecordField field, std::string_view name) {
  std::string flat;
  const std::vector<std::string_view> parts = split(name, '.');
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) leading_.insert(flat);
    append_flat_column_name(parts[i], flat);
  }
  meanings_.try_emplace(flat, Meaning{.field = field, .rank = counts_[static_cast<size_t>(field)]++});
}

std::optional<std::string> RecordColumns::add(std::string_view kind, std::string_view name, std::string_view value) {
  if (name.empty()) return "a row has a kind and a name";
  if ((kind == "code") == value.empty()) return "a code, and only a code, has a third column";
  if (kind == "teaser") {
    teaser_ends_.push_back(ascii_lowered(name));
    return std::nullopt;
  }
  if (kind == "inside" || kind == "list" || kind == "markup") {
    (kind == "inside" ? inside_ : kind == "list" ? lists_ : markup_).insert(ascii_lowered(name));
    return std::nullopt;
  }
  std::string flat = flat_column_name(name);
  if (flat.empty()) return "a name has a letter or figure";
  if (kind == "code") {
    codes_.emplace(std::move(flat), value);
  } else if (const std::optional<RecordField> field = record_field(kind)) {
    const auto known = meanings_.find(flat);
    if (known != meanings_.end() && known->second.field != *field) return "the name " + std::string(name) + " has two meanings";
    add_name(*field, name);
  } else {
    return "unknown kind of name: " + std::string(kind);
  }
  return std::nullopt;
}

Result<std::shared_ptr<const RecordColumns>> RecordColumns::load(const std::string& path) {
  auto columns = std::make_shared<RecordColumns>();
  const Result<void> read = read_tsv(path, [&](std::span<const std::string_view> row) -> std::optional<std::string> {
    if (row.size() < 2 || row.size() > 3) return "a row has a kind, a name and, for languages, a code";
    return columns->add(row[0], row[1], row.size() == 3 ? row[2] : "");
  });
  if (!read) return read.error();
  return std::shared_ptr<const RecordColumns>(std::move(columns));
}

RecordColumns RecordColumns::with(const std::vector<ColumnChoice>& choices) const {
  RecordColumns chosen = *this;
  std::erase_if(chosen.meanings_, [&](const auto& entry) {
    return std::ranges::any_of(choices, [&](const ColumnChoice& choice) {
      return choice.field == entry.second.field || flat_column_name(choice.name) == entry.first;
    });
  });
  for (const ColumnChoice& choice : choices) chosen.add_name(choice.field, choice.name);
  return chosen;
}

std::optional<RecordColumns::Meaning> RecordColumns::meaning(std::string_view key) const {
  const auto found = meanings_.find(key);
  return found == meanings_.end() ? std::nullopt : std::optional(found->second);
}

std::string_view RecordColumns::language_code(std::string_view name) const {
  const auto found = codes_.find(flat_column_name(name));
  return found == codes_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace casus
