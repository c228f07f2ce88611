#include "lexicon/names.h"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

namespace casus {
namespace {

bool is_actor_code(std::string_view code) {
  return (code.size() == 3 || code == kNoCountry) && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<int> to_year(std::string_view text) {
  if (text.empty()) return 0;
  int year = 0;
  const std::string_view digits = text.substr(0, std::min<size_t>(4, text.size()));  // "2021-01-20" counts by its year
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), year);
  if (error != std::errc() || end != digits.data() + digits.size() || year < 1000) return std::nullopt;
  return year;
}

std::optional<Error> read_years(const Table& table, size_t row, std::string_view from, std::string_view to, NameEntry& entry) {
  const auto first = to_year(table.cell(row, from));
  const auto last = to_year(table.cell(row, to));
  if (!first || !last) return table.error(row, "a year of validity is no year", "write YYYY or YYYY-MM-DD, or leave it empty");
  if (*first != 0 && *last != 0 && *first > *last) return table.error(row, "ends before it begins", "swap the years");
  entry.from = *first;
  entry.to = *last;
  return std::nullopt;
}

bool same_thing(const NameEntry& a, const NameEntry& b) {
  return a.text == b.text && a.kind == b.kind && a.country == b.country && a.name == b.name && a.from == b.from;
}

}  // namespace

void NameTable::add(NameEntry entry, std::string_view text) {
  entry.text = std::string(text);
  entries_.push_back(std::move(entry));
}

Result<void> NameTable::add_countries(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string code(table.cell(row, "iso3"));
    if (!is_actor_code(code)) return table.error(row, "\"" + code + "\" is no country code", "write three capital letters");
    NameEntry entry{.name = std::string(table.cell(row, "name")), .country = code, .file = table.file(), .line = table.line(row)};
    if (entry.name.empty()) return table.error(row, "country without a name", "fill the cell");
    if (auto fault = read_years(table, row, "valid_from", "valid_to", entry)) return *std::move(fault);
    if (const std::string_view owner = table.cell(row, "of"); !owner.empty()) entry.country = std::string(owner);
    countries_.emplace_back(code, entry.name);
    const std::vector<std::string_view> doubtful = table.list(row, "ambiguous");
    const auto add_all = [&](std::string_view column, NameKind kind, std::string_view sector, std::string_view place = "") {
      entry.kind = kind;
      entry.place = std::string(place);
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
    NameEntry entry{.name = std::string(table.cell(row, "name")),
                    .country = std::string(table.cell(row, "country")),
                    .sector = std::string(table.cell(row, "sector")),
                    .kind = kind,
                    .file = table.file(),
                    .line = table.line(row)};
    if (entry.name.empty()) return table.error(row, "entry without a name", "fill the cell or remove the row");
    if (!is_actor_code(entry.country)) {
      return table.error(row, "\"" + entry.country + "\" is no country code", "write three capital letters, or IGO, NGO, NONE");
    }
    if (!entry.sector.empty() && !ontology.has_sector(entry.sector)) {
      return table.error(row, "unknown sector \"" + entry.sector + "\"", "use a code of sectors.tsv");
    }
    if (auto fault = read_years(table, row, "valid_from", "valid_to", entry)) return *std::move(fault);
    const std::vector<std::string_view> doubtful = table.list(row, "ambiguous");
    const auto add_text = [&](std::string_view text) {
      entry.ambiguous = std::find(doubtful.begin(), doubtful.end(), text) != doubtful.end();
      add(entry, text);
    };
    add_text(entry.name);
    for (const std::string_view alias : table.list(row, "aliases")) add_text(alias);
  }
  return {};
}

Result<void> NameTable::add_places(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    NameEntry entry{.name = std::string(table.cell(row, "name")),
                    .country = std::string(table.cell(row, "country")),
                    .place = std::string(table.cell(row, "kind")),
                    .kind = NameKind::kPlace,
                    .file = table.file(),
                    .line = table.line(row)};
    if (entry.name.empty()) return table.error(row, "place without a name", "fill the cell or remove the row");
    if (!entry.country.empty() && !is_actor_code(entry.country)) {
      return table.error(row, "\"" + entry.country + "\" is no country code", "write three capital letters, or nothing");
    }
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
  std::sort(entries_.begin(), entries_.end(), [](const NameEntry& a, const NameEntry& b) {
    return std::tie(a.text, a.kind, a.file, a.line, a.name) < std::tie(b.text, b.kind, b.file, b.line, b.name);
  });
  for (size_t i = 1; i < entries_.size(); ++i) {
    const NameEntry& entry = entries_[i];
    if (!same_thing(entries_[i - 1], entry)) continue;
    return Error{.code = ErrorCode::kBadData,
                 .message = "\"" + entry.text + "\" stands already on line " + std::to_string(entries_[i - 1].line),
                 .file = entry.file,
                 .line = entry.line,
                 .remedy = "remove one of the two"};
  }
  std::sort(countries_.begin(), countries_.end());
  return {};
}

std::span<const NameEntry> NameTable::find(std::string_view phrase) const {
  const auto [first, last] = std::equal_range(entries_.begin(), entries_.end(), phrase, [](const auto& a, const auto& b) {
    if constexpr (std::is_same_v<std::decay_t<decltype(a)>, NameEntry>)
      return a.text < b;
    else
      return a < b.text;
  });
  return {first, last};
}

bool NameTable::has_prefix(std::string_view phrase) const {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), phrase,
                                      [](const NameEntry& entry, std::string_view text) { return entry.text < text; });
  return found != entries_.end() && std::string_view(found->text).starts_with(phrase);
}

const NameEntry* NameTable::pick(std::span<const NameEntry> entries, int year) {
  for (const NameEntry& entry : entries) {
    if (entry.holds_in(year)) return &entry;
  }
  return entries.empty() ? nullptr : entries.data();
}

std::string_view NameTable::country_name(std::string_view code) const {
  const auto found = std::lower_bound(countries_.begin(), countries_.end(), code,
                                      [](const auto& entry, std::string_view text) { return entry.first < text; });
  return found != countries_.end() && found->first == code ? std::string_view(found->second) : std::string_view();
}

}  // namespace casus
