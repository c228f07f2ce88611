#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "lexicon/ontology.h"
#include "lexicon/table_file.h"

namespace casus {

/// The codes that reading itself gives where words leave them open. They are rows of data/ontology/sectors.tsv, and IGO, NGO and
/// NONE stand in the country column too.
inline constexpr const char* kGovernment = "GOV";
inline constexpr const char* kForces = "MIL";
inline constexpr const char* kCivilians = "CVL";
inline constexpr const char* kFormerOfficials = "ELI";
inline constexpr const char* kInternational = "IGO";
inline constexpr const char* kNonGovernmental = "NGO";
inline constexpr const char* kNoCountry = "NONE";

/// What a name names. In order of precedence where one text is several things.
enum class NameKind : uint8_t { kCountry, kSeat, kCapital, kOrganisation, kPerson, kPlace, kDemonym, kPeople };

/// One spelling of a name and the actor behind it.
struct NameEntry {
  std::string text = {};     ///< as it stands in articles, case and all
  std::string name = {};     ///< canonical
  std::string country = {};  ///< ISO 3166-1 alpha-3, IGO, NGO, NONE
  std::string sector = {};   ///< "" where the name alone gives none
  std::string place = {};    ///< of what kind a place is: country, city, region, site, water, area; "" if none
  NameKind kind = NameKind::kCountry;
  int from = 0;  ///< first and last year in which the entry holds; 0: open
  int to = 0;
  bool ambiguous = false;  ///< may well mean something else
  std::string file = {};
  uint64_t line = 0;

  /// Whether the entry holds in a year; 0: the year is unknown, and every entry may.
  [[nodiscard]] bool holds_in(int year) const { return year == 0 || ((from == 0 || from <= year) && (to == 0 || year <= to)); }
};

/// All known names, by exact text. Immutable once sealed.
class NameTable {
 public:
  /// Errors: those of rows: a country code that is not three letters, a year that is none, an unknown sector, an alias that
  /// stands twice for the same thing.
  [[nodiscard]] Result<void> add_countries(const Table& table);
  [[nodiscard]] Result<void> add_named(const Table& table, NameKind kind, const Ontology& ontology);
  [[nodiscard]] Result<void> add_places(const Table& table);
  /// Sorts; call once after the last addition. Errors: kBadData for a text that stands twice for one thing.
  [[nodiscard]] Result<void> seal();

  /// The entries whose text is `phrase`, by precedence; empty if none.
  [[nodiscard]] std::span<const NameEntry> find(std::string_view phrase) const;
  /// Whether some text begins with `phrase`.
  [[nodiscard]] bool has_prefix(std::string_view phrase) const;
  /// The best of `entries` that holds in `year` (0: unknown), else the first; null if there are none.
  [[nodiscard]] static const NameEntry* pick(std::span<const NameEntry> entries, int year);
  /// The canonical name of a country code; "" if unknown.
  [[nodiscard]] std::string_view country_name(std::string_view code) const;
  [[nodiscard]] const std::vector<NameEntry>& entries() const { return entries_; }

 private:
  void add(NameEntry entry, std::string_view text);

  std::vector<NameEntry> entries_ = {};
  std::vector<std::pair<std::string, std::string>> countries_;  ///< code, name; sorted when sealed
};

}  // namespace casus
