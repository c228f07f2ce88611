#include "lexicon/names.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

#include "lexicon/name_fold.h"

namespace casus {
namespace {

bool is_actor_code(std::string_view code) {
  return (code.size() == 3 || code == kNoCountry) && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The first or the last day of a written date: a year, a month or a day. 0 for an empty cell, nothing if it is no date.
std::optional<DayNumber> to_day(std::string_view text, bool last) {
  if (text.empty()) return 0;
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  unsigned parts[3] = {0, last ? 12u : 1u, last ? 31u : 1u};  // the 31st of a short month is as good as its last day for comparing
  const size_t begins[3] = {0, 5, 8};
  for (size_t i = 0; i < 3 && begins[i] < text.size(); ++i) {
    const std::string_view digits = text.substr(begins[i], i == 0 ? 4 : 2);
    if (i > 0 && text[begins[i] - 1] != '-') return std::nullopt;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parts[i]);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  }
  if (parts[0] < 1000 || parts[1] < 1 || parts[1] > 12 || parts[2] < 1 || parts[2] > 31) return std::nullopt;
  return day_number(static_cast<int>(parts[0]), parts[1], parts[2]);
}

std::optional<Error> read_days(const Table& table, size_t row, NameEntry& entry) {
  const auto first = to_day(table.cell(row, "valid_from"), false);
  const auto last = to_day(table.cell(row, "valid_to"), true);
  if (!first || !last) return table.error(row, "a date of validity is no date", "write YYYY, YYYY-MM or YYYY-MM-DD, or leave it empty");
  if (*first != 0 && *last != 0 && *first > *last) return table.error(row, "ends before it begins", "swap the dates");
  entry.from = *first;
  entry.to = *last;
  return std::nullopt;
}

/// A number of degrees between -most and most; nothing if it is none.
std::optional<double> to_degrees(std::string_view text, double most) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(std::abs(value) <= most)) return std::nullopt;
  return value;
}

std::optional<Error> read_point(const Table& table, size_t row, NameEntry& entry) {
  const std::string_view lat = table.cell(row, "lat"), lon = table.cell(row, "lon");
  if (lat.empty() && lon.empty()) return std::nullopt;
  const auto north = to_degrees(lat, 90), east = to_degrees(lon, 180);
  if (!north || !east)
    return table.error(row, "no point on the earth", "write degrees in lat (-90 to 90) and lon (-180 to 180), or neither");
  entry.point = GeoPoint{*north, *east};
  return std::nullopt;
}

bool same_thing(const NameEntry& a, const NameEntry& b) {
  return a.key == b.key && a.kind == b.kind && a.kind != NameKind::kPerson && a.country == b.country && a.name == b.name &&
         a.from == b.from;
}

/// How far a day is from the span in which an entry holds; years weigh as their number does.
DayNumber distance(const NameEntry& entry, DayNumber day) {
  if (entry.from != 0 && day < entry.from) return entry.from - day;
  if (entry.to != 0 && day > entry.to) return day - entry.to;
  return 0;
}

}  // namespace

std::string_view name_kind_name(NameKind kind) {
  switch (kind) {
    case NameKind::kCountry: return "country";
    case NameKind::kSeat: return "seat";
    case NameKind::kCapital: return "capital";
    case NameKind::kOrganisation: return "organisation";
    case NameKind::kPerson: return "person";
    case NameKind::kPlace: return "place";
    case NameKind::kDemonym: return "demonym";
    case NameKind::kPeople: return "people";
  }
  return "";
}

NameEntry NameTable::row_entry(const Table& table, size_t row) {
  auto file = std::find(files_.begin(), files_.end(), table.file(row));  // some for each folder at most
  if (file == files_.end()) file = files_.insert(files_.end(), table.file(row));
  row_begin_ = entries_.size();
  return {.name = std::string(table.cell(row, "name")),
          .country = std::string(table.cell(row, "country")),
          .layer = static_cast<uint16_t>(table.layer(row)),
          .file = static_cast<uint16_t>(file - files_.begin()),
          .line = static_cast<uint32_t>(table.line(row))};
}

void NameTable::add(const NameEntry& entry, std::string_view text) {
  std::string key = fold_name(text);
  for (size_t i = row_begin_; i < entries_.size(); ++i) {
    if (entries_[i].kind == entry.kind && entries_[i].key == key) return;
  }
  entries_.push_back(entry);
  entries_.back().key = std::move(key);
}

/// Everybody answers to the last word of the name too, "al-Sharaa" also to "Sharaa"; but only where nothing else is meant.
void NameTable::add_surname(NameEntry entry) {
  const std::string name = fold_name(entry.name);
  const size_t blank = name.rfind(' ');
  if (blank == name.npos) return;
  entry.ambiguous = true;
  add(entry, std::string_view(name).substr(blank + 1));
  if (std::string_view(name).substr(0, blank).ends_with(" al")) add(entry, std::string_view(name).substr(blank - 2));
}

/// The first spelling that stands twice, letter by letter, in these columns of a row.
std::optional<Error> NameTable::repeated_text(const Table& table, size_t row, std::initializer_list<std::string_view> columns) const {
  std::vector<std::string_view> texts;
  for (const std::string_view column : columns) {
    const auto more = table.list(row, column);
    texts.insert(texts.end(), more.begin(), more.end());
  }
  std::sort(texts.begin(), texts.end());
  const auto twice = std::adjacent_find(texts.begin(), texts.end());
  if (twice == texts.end()) return std::nullopt;
  return table.error(row, "\"" + std::string(*twice) + "\" stands already in this row", "remove one of the two");
}

Result<void> NameTable::add_centres(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    NameEntry entry;
    if (auto fault = read_point(table, row, entry)) return *std::move(fault);
    if (!entry.point) return table.error(row, "centre without a point", "fill lat and lon or remove the row");
    Centre centre{.point = *entry.point};
    const std::string_view id = table.cell(row, "geonames_id");
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), centre.geonames_id);
    if (!id.empty() && (error != std::errc() || end != id.data() + id.size()))
      return table.error(row, "\"" + std::string(id) + "\" is no number of GeoNames", "write digits, or leave it empty");
    centres_.insert_or_assign(std::string(table.cell(row, "iso3")), centre);
  }
  return {};
}

Result<void> NameTable::add_countries(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string code(table.cell(row, "iso3"));
    if (!is_actor_code(code)) return table.error(row, "\"" + code + "\" is no country code", "write three capital letters");
    NameEntry entry = row_entry(table, row);
    entry.country = code;
    if (entry.name.empty()) return table.error(row, "country without a name", "fill the cell");
    if (auto fault = read_days(table, row, entry)) return *std::move(fault);
    if (auto fault = repeated_text(table, row, {"name", "aliases"})) return *std::move(fault);
    if (const std::string_view owner = table.cell(row, "of"); !owner.empty()) entry.country = std::string(owner);
    countries_.emplace_back(code, entry.name);
    const std::vector<std::string_view> doubtful = table.list(row, "ambiguous");
    const auto add_all = [&](std::string_view column, NameKind kind, std::string_view sector, std::string_view place = "") {
      entry.kind = kind;
      entry.place = std::string(place);
      const auto centre = kind == NameKind::kCountry ? centres_.find(code) : centres_.end();
      entry.point = centre == centres_.end() ? std::nullopt : std::optional(centre->second.point);
      entry.geonames_id = centre == centres_.end() ? 0 : centre->second.geonames_id;
      entry.sector = std::string(sector);
      for (const std::string_view text : table.list(row, column)) {
        entry.ambiguous = std::find(doubtful.begin(), doubtful.end(), text) != doubtful.end();
        add(entry, text);
      }
    };
    add_all("name", NameKind::kCountry, kGovernment, "country");
    add_all("aliases", NameKind::kCountry, kGovernment, "country");
    add_all("capital", NameKind::kCapital, kGovernment, "city");
    add_all("capital_aliases", NameKind::kCapital, kGovernment, "city");
    add_all("demonyms", NameKind::kDemonym, "");
    add_all("people", NameKind::kPeople, kCivilians);
  }
  return {};
}

Result<void> NameTable::add_named(const Table& table, NameKind kind, const Ontology& ontology) {
  for (size_t row = 0; row < table.size(); ++row) {
    NameEntry entry = row_entry(table, row);
    entry.sector = std::string(table.cell(row, "sector"));
    entry.kind = kind;
    if (entry.name.empty()) return table.error(row, "entry without a name", "fill the cell or remove the row");
    if (!is_actor_code(entry.country)) {
      return table.error(row, "\"" + entry.country + "\" is no country code", "write three capital letters, or IGO, NGO, NONE");
    }
    if (!entry.sector.empty() && !ontology.has_sector(entry.sector)) {
      return table.error(row, "unknown sector \"" + entry.sector + "\"", "use a code of sectors.tsv");
    }
    if (auto fault = read_days(table, row, entry)) return *std::move(fault);
    if (auto fault = repeated_text(table, row, {"name", "aliases"})) return *std::move(fault);
    const std::vector<std::string_view> doubtful = table.list(row, "ambiguous");
    const auto add_text = [&](std::string_view text) {
      entry.ambiguous = std::find(doubtful.begin(), doubtful.end(), text) != doubtful.end();
      add(entry, text);
    };
    add_text(entry.name);
    for (const std::string_view alias : table.list(row, "aliases")) add_text(alias);
    if (kind == NameKind::kPerson) add_surname(entry);
  }
  return {};
}

Result<void> NameTable::add_places(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    NameEntry entry = row_entry(table, row);
    entry.place = std::string(table.cell(row, "kind"));
    entry.kind = NameKind::kPlace;
    if (entry.name.empty()) return table.error(row, "place without a name", "fill the cell or remove the row");
    if (!entry.country.empty() && !is_actor_code(entry.country)) {
      return table.error(row, "\"" + entry.country + "\" is no country code", "write three capital letters, or nothing");
    }
    entry.admin1 = std::string(table.cell(row, "admin1"));
    if (auto fault = read_point(table, row, entry)) return *std::move(fault);
    if (auto fault = repeated_text(table, row, {"name", "aliases"})) return *std::move(fault);
    const std::vector<std::string_view> doubtful = table.list(row, "ambiguous");
    const auto add_text = [&](std::string_view text) {
      entry.ambiguous = std::find(doubtful.begin(), doubtful.end(), text) != doubtful.end();
      add(entry, text);
    };
    add_text(entry.name);
    for (const std::string_view alias : table.list(row, "aliases")) add_text(alias);
    entry.kind = NameKind::kDemonym;
    entry.place.clear();
    for (const std::string_view adjective : table.list(row, "adjectives")) add_text(adjective);
  }
  return {};
}

Result<void> NameTable::seal() {
  std::vector<uint32_t> order(entries_.size());  // entries are large: sort their numbers and move each once
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t left, uint32_t right) {
    const NameEntry& a = entries_[left];
    const NameEntry& b = entries_[right];
    if (const int compared = a.key.compare(b.key); compared != 0) return compared < 0;
    return std::tie(a.kind, b.layer, a.file, a.line) < std::tie(b.kind, a.layer, b.file, b.line);
  });
  std::vector<NameEntry> sorted;
  sorted.reserve(entries_.size());
  for (const uint32_t index : order) sorted.push_back(std::move(entries_[index]));
  entries_ = std::move(sorted);
  for (size_t i = 1; i < entries_.size(); ++i) {
    const NameEntry& entry = entries_[i];
    const NameEntry& before = entries_[i - 1];
    if (!same_thing(before, entry)) continue;
    const bool swapped = before.layer > entry.layer;  // the file that lies over the other is the one to mend
    const NameEntry& late = swapped ? before : entry;
    const NameEntry& early = swapped ? entry : before;
    const std::string elsewhere = late.file == early.file ? "" : " of " + file_of(early);
    return Error{.code = ErrorCode::kBadData,
                 .message = "\"" + entry.key + "\" stands already on line " + std::to_string(early.line) + elsewhere,
                 .file = file_of(late),
                 .line = late.line,
                 .remedy = "remove one of the two"};
  }
  std::sort(countries_.begin(), countries_.end());
  return {};
}

std::span<const NameEntry> NameTable::find(std::string_view phrase) const {
  const std::string key = fold_name(phrase);
  const auto [first, last] = std::equal_range(entries_.begin(), entries_.end(), std::string_view(key), [](const auto& a, const auto& b) {
    if constexpr (std::is_same_v<std::decay_t<decltype(a)>, NameEntry>)
      return a.key < b;
    else
      return a < b.key;
  });
  return {first, last};
}

bool NameTable::has_prefix(std::string_view phrase) const {
  const std::string key = folded_prefix(phrase);
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), std::string_view(key),
                                      [](const NameEntry& entry, std::string_view text) { return entry.key < text; });
  return found != entries_.end() && found->key.starts_with(key);
}

bool NameTable::is_nearer(const NameEntry& a, const NameEntry& b, DayNumber day) {
  if (day != 0 && distance(a, day) != distance(b, day)) return distance(a, day) < distance(b, day);
  if (day == 0 && a.to != b.to) return b.to != 0 && (a.to == 0 || a.to > b.to);
  return a.kind == b.kind && b.ambiguous && !a.ambiguous;
}

const NameEntry* NameTable::pick(std::span<const NameEntry> entries, DayNumber day) {
  const NameEntry* best = nullptr;
  for (const NameEntry& entry : entries) {
    if (!best || is_nearer(entry, *best, day)) best = &entry;
  }
  return best;
}

std::string_view NameTable::country_name(std::string_view code) const {
  const auto found = std::lower_bound(countries_.begin(), countries_.end(), code,
                                      [](const auto& entry, std::string_view text) { return entry.first < text; });
  return found != countries_.end() && found->first == code ? std::string_view(found->second) : std::string_view();
}

}  // namespace casus
