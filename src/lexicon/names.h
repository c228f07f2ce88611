#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "lexicon/gazetteer.h"
#include "lexicon/ontology.h"
#include "lexicon/table_file.h"

namespace casus {

/// The codes that reading itself gives where words leave them open. They are rows of data/ontology/sectors.tsv, and IGO, NGO and
/// NONE stand in the country column too.
inline constexpr const char* kGovernment = "GOV";
inline constexpr const char* kForces = "MIL";
inline constexpr const char* kParliament = "LEG";
inline constexpr const char* kCourts = "JUD";
inline constexpr const char* kPolice = "COP";
inline constexpr const char* kIntelligence = "SPY";
inline constexpr const char* kCivilians = "CVL";
inline constexpr const char* kRebels = "REB";
inline constexpr const char* kFormerOfficials = "ELI";
inline constexpr const char* kInternational = "IGO";
inline constexpr const char* kNonGovernmental = "NGO";
inline constexpr const char* kNoCountry = "NONE";

/// What a name names. In order of precedence where one text is several things.
enum class NameKind : uint8_t { kCountry, kSeat, kCapital, kOrganisation, kPerson, kPlace, kDemonym, kPeople };

/// "country", "seat", …: reaches JSON, never rename.
[[nodiscard]] std::string_view name_kind_name(NameKind kind);

/// A day as a number that sorts: 20220224; 0 is an unknown day.
using DayNumber = int32_t;

[[nodiscard]] constexpr DayNumber day_number(int year, unsigned month = 0, unsigned day = 0) {
  return year * 10'000 + static_cast<int>(month) * 100 + static_cast<int>(day);
}
[[nodiscard]] constexpr DayNumber day_number(const std::optional<std::chrono::year_month_day>& day) {
  if (!day) return 0;
  return day_number(static_cast<int>(day->year()), static_cast<unsigned>(day->month()), static_cast<unsigned>(day->day()));
}

/// One spelling of a name and the actor behind it.
struct NameEntry {
  std::string key = {};      ///< fold_name of the spelling
  std::string name = {};     ///< canonical
  std::string country = {};  ///< ISO 3166-1 alpha-3, IGO, NGO, NONE
  std::string sector = {};   ///< "" where the name alone gives none
  std::string place = {};    ///< of what kind a place is: country, city, region, site, water, area; "" if none
  NameKind kind = NameKind::kCountry;
  bool ambiguous = false;  ///< may well mean something else
  uint16_t layer = 0;      ///< how many folders lie below its own; of a kind, the topmost comes first
  uint16_t file = 0;       ///< NameTable::file_of
  uint32_t line = 0;
  std::string admin1 = {};             ///< of a region: GeoNames' code of the division that it is, or ""
  std::optional<GeoPoint> point = {};  ///< its middle
  uint32_t geonames_id = 0;            ///< 0: unknown
  DayNumber from = 0;                  ///< first and last day on which the entry holds; 0: open
  DayNumber to = 0;

  /// Whether the entry holds on a day; 0: the day is unknown, and every entry may.
  [[nodiscard]] bool holds_on(DayNumber day) const { return day == 0 || ((from == 0 || from <= day) && (to == 0 || day <= to)); }
};

/// All known names, by folded text (fold_name). Immutable once sealed.
class NameTable {
 public:
  /// Errors: those of rows: a country code that is not three letters, a date that is none, an unknown sector, an alias that
  /// stands twice in its row. A row of people also answers to the last word of its name, as an ambiguous name.
  [[nodiscard]] Result<void> add_countries(const Table& table);
  /// The middles of countries; before the countries are added.
  [[nodiscard]] Result<void> add_centres(const Table& table);
  [[nodiscard]] Result<void> add_named(const Table& table, NameKind kind, const Ontology& ontology);
  [[nodiscard]] Result<void> add_places(const Table& table);
  /// Sorts; call once after the last addition. Errors: kBadData for a text that stands twice for one thing. Terms of one person may
  /// share names and days.
  [[nodiscard]] Result<void> seal();

  /// The entries whose text is `phrase`, spelling variants aside, by precedence; empty if none.
  [[nodiscard]] std::span<const NameEntry> find(std::string_view phrase) const;
  /// Whether some text begins with `phrase`.
  [[nodiscard]] bool has_prefix(std::string_view phrase) const;
  /// The first of `entries` that holds on `day`, else the one that is nearest in time; null if there are none. On an unknown day (0)
  /// the first without an end, else the one that ended last. Within a kind the unambiguous comes first.
  [[nodiscard]] static const NameEntry* pick(std::span<const NameEntry> entries, DayNumber day);
  /// Whether `a` is nearer to `day` than `b`, as pick() weighs it.
  [[nodiscard]] static bool is_nearer(const NameEntry& a, const NameEntry& b, DayNumber day);
  /// The canonical name of a country code; "" if unknown.
  [[nodiscard]] std::string_view country_name(std::string_view code) const;
  [[nodiscard]] const std::vector<NameEntry>& entries() const { return entries_; }
  /// The file that an entry stands in.
  [[nodiscard]] const std::string& file_of(const NameEntry& entry) const { return files_[entry.file]; }

 private:
  [[nodiscard]] NameEntry row_entry(const Table& table, size_t row);
  /// Adds a spelling, unless the row has it already in another guise.
  void add(const NameEntry& entry, std::string_view text);
  void add_surname(NameEntry entry);
  [[nodiscard]] std::optional<Error> repeated_text(const Table& table, size_t row, std::initializer_list<std::string_view> columns) const;

  struct Centre {
    GeoPoint point = {};
    uint32_t geonames_id = 0;
  };

  std::map<std::string, Centre, std::less<>> centres_ = {};  ///< by country code
  std::vector<NameEntry> entries_ = {};
  std::vector<std::string> files_ = {};
  size_t row_begin_ = 0;                                        ///< the first entry of the row being added
  std::vector<std::pair<std::string, std::string>> countries_;  ///< code, name; sorted when sealed
};

}  // namespace casus
