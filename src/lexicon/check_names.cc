// Checks of data/world: references, dates, shared names, terms of office, states without a head.
#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "lexicon/check.h"
#include "lexicon/name_fold.h"

namespace casus {
namespace {

using Days = std::chrono::sys_days;

constexpr int kMaxOverlapDays = 100;  ///< deputies who act for somebody ill or suspended
constexpr int kMaxTermYears = 75;
constexpr std::string_view kOneHolder = "one";  ///< in column holders of titles.tsv
constexpr std::string_view kHeadRank = "1";     ///< in column rank

constexpr std::string_view kNamedTables[] = {"world/seats.tsv", "world/organisations.tsv", "world/people.tsv", "world/places.tsv"};

/// A term in office; open ends are far away.
struct Term {
  Days begin{};
  Days end{};
  size_t row = 0;
};

/// The first or last day of a written date; nothing if no calendar has it.
std::optional<Days> day_of(std::string_view text, bool last) {
  const auto number = [&](size_t begin, size_t size) {
    int value = 0;
    for (const char c : text.substr(begin, size)) value = value * 10 + (c - '0');
    return value;
  };
  if (text.empty()) return Days(std::chrono::year(last ? 9999 : 1) / 1 / 1);
  const std::chrono::year year(number(0, 4));
  if (text.size() < 7) return last ? Days(year / 12 / 31) : Days(year / 1 / 1);
  const auto month = year / number(5, 2);
  if (text.size() < 10) return last ? Days(month / std::chrono::last) : Days(month / 1);
  const auto day = month / number(8, 2);
  return day.ok() ? std::optional(Days(day)) : std::nullopt;
}

class NameChecker {
 public:
  NameChecker(DataFolders& folders, const Lexicon& lexicon, std::vector<DictionaryFinding>& findings)
      : folders_(folders), lexicon_(lexicon), findings_(findings) {}

  void run() {
    read_known();
    for (const std::string_view path : kNamedTables) {
      const auto table = folders_.table(path);
      if (!table) continue;  // it has just been loaded
      check_rows(*table, path == "world/people.tsv", path == "world/places.tsv");
      if (path == "world/people.tsv") check_terms(*table);
    }
    check_shared_names();
  }

 private:
  void add(DictionaryFinding::Level level, std::string check, Error place) {
    findings_.push_back({level, std::move(check), std::move(place)});
  }

  void read_known() {
    if (const auto countries = folders_.table("world/countries.tsv")) {
      for (size_t row = 0; row < countries->size(); ++row) {
        const std::string code(countries->cell(row, "iso3"));
        countries_.insert(code);
        const bool sovereign = countries->cell(row, "of").empty() && countries->cell(row, "valid_to").empty();
        if (sovereign)
          states_.emplace(
              code,
              countries->error(row, "no head of state or government of " + std::string(countries->cell(row, "name")) + " in people.tsv",
                               "add a row with an office of rank 1"));
      }
    }
    countries_.insert({kInternational, kNonGovernmental, kNoCountry});
    if (const auto titles = folders_.table("world/titles.tsv")) {
      for (size_t row = 0; row < titles->size(); ++row) {
        const std::string word(titles->cell(row, "word"));
        if (titles->cell(row, "holders") == kOneHolder) single_.insert(word);
        if (titles->cell(row, "rank") == kHeadRank) heads_.insert(word);
        if (word.starts_with(kOffMark)) report_off(*titles, row, word);
      }
    }
  }

  void report_off(const Table& table, size_t row, std::string_view name) {
    add(DictionaryFinding::Level::kError, "off",
        table.error(row, "\"" + std::string(name) + "\" switches nothing off in the lowest folder", "remove the row"));
  }

  void check_rows(const Table& table, bool people, bool places) {
    for (size_t row = 0; row < table.size(); ++row) {
      const std::string name(table.cell(row, "name")), country(table.cell(row, "country"));
      if (name.starts_with(kOffMark)) report_off(table, row, name);
      if (!(places && country.empty()) && !countries_.contains(country))
        add(DictionaryFinding::Level::kError, "country",
            table.error(row, "unknown country \"" + country + "\"", "use a code of countries.tsv, IGO, NGO or NONE"));
      if (people && table.layer(row) == 0 && table.cell(row, "office").empty())
        add(DictionaryFinding::Level::kWarning, "office", table.error(row, "no office", "name one of titles.tsv"));
      const std::string office(table.cell(row, "office"));
      if (people && !office.empty() && lexicon_.find_term(office) == nullptr)
        add(DictionaryFinding::Level::kError, "office", table.error(row, "unknown office \"" + office + "\"", "use a word of titles.tsv"));
      check_spellings(table, row);
    }
  }

  void check_spellings(const Table& table, size_t row) {
    std::map<std::string, std::string> seen;
    std::vector<std::string_view> names = table.list(row, "aliases");
    names.insert(names.begin(), table.cell(row, "name"));
    for (const std::string_view name : names) {
      const auto [first, added] = seen.emplace(fold_name(name), name);
      if (!added && first->second != name) {
        add(DictionaryFinding::Level::kWarning, "alias",
            table.error(row, "\"" + std::string(name) + "\" is the same name as \"" + first->second + "\"",
                        "remove it: marks, hyphens and initials need no alias"));
      }
    }
    for (const std::string_view doubtful : table.list(row, "ambiguous")) {
      const auto adjectives = table.list(row, "adjectives");
      const bool known = std::find(names.begin(), names.end(), doubtful) != names.end() ||
                         std::find(adjectives.begin(), adjectives.end(), doubtful) != adjectives.end();
      if (!known)
        add(DictionaryFinding::Level::kError, "ambiguous",
            table.error(row, "ambiguous \"" + std::string(doubtful) + "\" is no name of the row", "write it as among the aliases"));
    }
  }

  void check_terms(const Table& people) {
    std::map<std::pair<std::string, std::string>, std::vector<Term>> offices, persons;
    for (size_t row = 0; row < people.size(); ++row) {
      const auto begin = day_of(people.cell(row, "valid_from"), false);
      const auto end = day_of(people.cell(row, "valid_to"), true);
      const std::string country(people.cell(row, "country")), office(people.cell(row, "office"));
      if (!begin || !end) {
        add(DictionaryFinding::Level::kError, "date",
            people.error(row, "no calendar has a day of the term", "correct valid_from or valid_to"));
        continue;
      }
      const bool closed = !people.cell(row, "valid_from").empty() && !people.cell(row, "valid_to").empty();
      if (closed && (*end - *begin) > std::chrono::days(366) * kMaxTermYears)
        add(DictionaryFinding::Level::kWarning, "term",
            people.error(row, "a term of more than " + std::to_string(kMaxTermYears) + " years", "correct a year"));
      const bool state = lexicon_.ontology().is_state(people.cell(row, "sector"));
      if (single_.contains(office) && state) offices[{country, office}].push_back({*begin, *end, row});
      persons[{std::string(people.cell(row, "name")), office}].push_back({*begin, *end, row});
      if (heads_.contains(office)) states_.erase(country);
    }
    for (auto& [office, terms] : offices) check_holders(people, office.second, terms);
    for (auto& [person, terms] : persons) check_person(people, terms);
    for (const auto& [code, place] : states_) add(DictionaryFinding::Level::kWarning, "head", place);
  }

  static void by_begin(std::vector<Term>& terms) {
    std::sort(terms.begin(), terms.end(),
              [](const Term& a, const Term& b) { return std::pair(a.begin, a.row) < std::pair(b.begin, b.row); });
  }

  void check_holders(const Table& people, const std::string& office, std::vector<Term>& terms) {
    by_begin(terms);
    for (size_t i = 1; i < terms.size(); ++i) {
      const Term &before = terms[i - 1], &term = terms[i];
      const bool other = people.cell(before.row, "name") != people.cell(term.row, "name");
      if (!other || (std::min(before.end, term.end) - term.begin).count() <= kMaxOverlapDays) continue;
      add(DictionaryFinding::Level::kWarning, "holders",
          people.error(term.row,
                       office + " at the same time as " + std::string(people.cell(before.row, "name")) + " (line " +
                           std::to_string(people.line(before.row)) + ")",
                       "correct the dates, or leave it if there were two"));
    }
  }

  /// One name with one office in two countries, or two sectors, at one time: two rows that contradict each other.
  void check_person(const Table& people, std::vector<Term>& terms) {
    by_begin(terms);
    for (size_t i = 1; i < terms.size(); ++i) {
      const Term &before = terms[i - 1], &term = terms[i];
      if (std::min(before.end, term.end) <= term.begin) continue;
      for (const std::string_view column : {"country", "sector"}) {
        if (people.cell(before.row, column) == people.cell(term.row, column)) continue;
        add(DictionaryFinding::Level::kError, "contradiction",
            people.error(term.row,
                         "another " + std::string(column) + " than on line " + std::to_string(people.line(before.row)) +
                             " for the same name, office and time",
                         "correct one of the two"));
      }
    }
  }

  /// Years tell two things apart: one may begin in the year in which the other ends.
  static bool ends_before(const NameEntry& a, const NameEntry& b) { return a.to != 0 && b.from != 0 && a.to / 10'000 <= b.from / 10'000; }

  /// One spelling for two things is a fault, unless days or the ambiguous column tell them apart.
  void check_shared_names() {
    const NameEntry* first = nullptr;
    for (const NameEntry& entry : lexicon_.names().entries()) {
      if (!first || first->key != entry.key) {
        first = &entry;
        continue;
      }
      const bool doubtful = first->ambiguous || entry.ambiguous || entry.layer != first->layer;
      const bool one = first->kind == entry.kind && fold_name(first->name) == fold_name(entry.name);
      const bool apart = ends_before(*first, entry) || ends_before(entry, *first);
      const bool word = entry.kind == NameKind::kDemonym || entry.kind == NameKind::kPeople;  // "French": people and adjective
      if (doubtful || one || apart || word || entry.country == first->country) continue;
      add(DictionaryFinding::Level::kError, "shared-name",
          {.code = ErrorCode::kBadData,
           .message = "\"" + entry.key + "\" stands already for " + first->name + " (" + lexicon_.names().file_of(*first) + ", line " +
                      std::to_string(first->line) + ")",
           .file = lexicon_.names().file_of(entry),
           .line = entry.line,
           .remedy = "put it into the column ambiguous of one of the two"});
    }
  }

  DataFolders& folders_;
  const Lexicon& lexicon_;
  std::vector<DictionaryFinding>& findings_;
  std::unordered_set<std::string> countries_{};
  std::unordered_set<std::string> single_{}, heads_{};
  std::map<std::string, Error> states_{};  ///< those without a head so far, and what to say of it
};

}  // namespace

void check_names(DataFolders& folders, const Lexicon& lexicon, std::vector<DictionaryFinding>& findings) {
  NameChecker(folders, lexicon, findings).run();
}

}  // namespace casus
