#include "crisis/crisis_rules.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/files.h"
#include "base/hash.h"
#include "lexicon/table_file.h"
#include "lexicon/words.h"

namespace casus {
namespace {

constexpr int32_t kMostDays = 366;  // of a window; longer ones join what has nothing to do with each other

Result<Table> read_table(const std::filesystem::path& file, const std::vector<std::string_view>& columns) {
  Result<std::string> content = read_file(file, kMaxDataFileBytes);
  if (!content) return std::move(content).error();
  return Table::parse(*std::move(content), file.string(), columns);
}

Error stands_twice(const Table& table, size_t row, std::string_view what) {
  return table.error(row, "\"" + std::string(what) + "\" stands twice", "remove one");
}

std::optional<int32_t> days_in(std::string_view cell) {
  int32_t value = 0;
  const auto result = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (result.ec != std::errc() || result.ptr != cell.data() + cell.size() || value < 0 || value > kMostDays) return std::nullopt;
  return value;
}

/// What is wrong with the type and mode of a row, or nothing.
std::optional<Error> unknown_mode(const Table& table, size_t row, const Ontology& ontology) {
  const std::string name(table.cell(row, "type")), mode(table.cell(row, "mode"));
  const EventType* const type = ontology.type(name);
  if (type == nullptr) return table.error(row, "unknown type \"" + name + "\"", "take one of ontology/types.tsv");
  if (mode.empty() || type->mode(mode) != nullptr) return std::nullopt;
  return table.error(row, name + " has no mode \"" + mode + "\"", "take one of ontology/modes.tsv");
}

}  // namespace

Result<std::shared_ptr<const CrisisRules>> CrisisRules::load(const std::filesystem::path& data_folder, const Ontology& ontology) {
  const std::shared_ptr<CrisisRules> rules(new CrisisRules());
  for (const auto step : {&CrisisRules::load_types, &CrisisRules::load_modes, &CrisisRules::load_phrases, &CrisisRules::load_statuses,
                          &CrisisRules::load_names, &CrisisRules::load_kinds, &CrisisRules::load_stems, &CrisisRules::take_fingerprint}) {
    if (Result<void> done = ((*rules).*step)(data_folder / "crisis", ontology); !done) return done.error();
  }
  return std::shared_ptr<const CrisisRules>(rules);
}

Result<void> CrisisRules::load_types(const std::filesystem::path& folder, const Ontology& ontology) {
  const Result<Table> table = read_table(
      folder / "types.tsv", {"type", "window", "lasting", "ahead", "persons", "content", "place", "answer", "posture", "demand", "family"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row) {
    if (const auto fault = unknown_mode(*table, row, ontology)) return *fault;
    const auto is = [&](const char* column) { return table->cell(row, column) == "yes"; };
    const auto window = days_in(table->cell(row, "window")), lasting = days_in(table->cell(row, "lasting"));
    const auto ahead = days_in(table->cell(row, "ahead"));
    if (!window || !lasting || !ahead)
      return table->error(row, "window, lasting and ahead are not all days", "give numbers from 0 to " + std::to_string(kMostDays));
    IncidentRule rule{.window = *window,
                      .lasting = *lasting,
                      .ahead = *ahead,
                      .persons = is("persons"),
                      .content = is("content"),
                      .place = is("place"),
                      .demand = is("demand")};
    const std::string type(table->cell(row, "type"));
    rule.answer = table->cell(row, "answer");
    rule.posture = table->cell(row, "posture");
    rule.family = table->cell(row, "family");
    if (rule.family.empty()) rule.family = type;
    if (!types_.emplace(type, std::move(rule)).second) return stands_twice(*table, row, type);
  }
  return {};
}

Result<void> CrisisRules::load_modes(const std::filesystem::path& folder, const Ontology& ontology) {
  const Result<Table> table = read_table(folder / "modes.tsv", {"type", "mode", "group"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row) {
    if (const auto fault = unknown_mode(*table, row, ontology)) return *fault;
    const Pair key(table->cell(row, "type"), table->cell(row, "mode"));
    if (!mode_groups_.emplace(key, table->cell(row, "group")).second) return stands_twice(*table, row, key.first + " " + key.second);
  }
  return {};
}

Result<void> CrisisRules::load_phrases(const std::filesystem::path& folder, const Ontology& ontology) {
  const Result<Table> table = read_table(folder / "phrases.tsv", {"type", "mode", "past", "plain", "past_alone", "plain_alone", "words"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row) {
    if (const auto fault = unknown_mode(*table, row, ontology)) return *fault;
    const auto cell = [&](const char* column) { return std::string(table->cell(row, column)); };
    Phrase phrase{.past = cell("past"),
                  .plain = cell("plain"),
                  .past_alone = cell("past_alone"),
                  .plain_alone = cell("plain_alone"),
                  .words = cell("words") == "yes"};
    if (phrase.past.empty() || phrase.plain.empty() || phrase.past_alone.empty() || phrase.plain_alone.empty())
      return table->error(row, "a form of the verb is missing", "give all four");
    const Pair key(cell("type"), cell("mode"));
    if (!phrases_.emplace(key, std::move(phrase)).second) return stands_twice(*table, row, key.first + " " + key.second);
  }
  return {};
}

Result<void> CrisisRules::load_statuses(const std::filesystem::path& folder, const Ontology& /*ontology*/) {
  const Result<Table> table = read_table(folder / "statuses.tsv", {"status", "form", "one", "more", "nobody"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row) {
    const std::string status(table->cell(row, "status"));
    if (!is_status(status)) return table->error(row, "unknown status \"" + status + "\"", "take one of ontology/statuses.tsv");
    StatusPhrase phrase{.past = table->cell(row, "form") == "past"};
    phrase.one = table->cell(row, "one");
    phrase.more = table->cell(row, "more");
    phrase.nobody = table->cell(row, "nobody");
    for (const std::string& text : {phrase.one, phrase.more}) {
      if (text.find("SOURCE") == std::string::npos || text.find("VERB") == std::string::npos)
        return table->error(row, "a sentence without SOURCE or VERB", "say where they stand");
    }
    if (!statuses_.emplace(status, std::move(phrase)).second) return stands_twice(*table, row, status);
  }
  return {};
}

Result<void> CrisisRules::load_names(const std::filesystem::path& folder, const Ontology& ontology) {
  const Result<Table> table = read_table(folder / "names.tsv", {"code", "name"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row) {
    const std::string code(table->cell(row, "code")), name(table->cell(row, "name"));
    if (ontology.has_sector(code) && name.find("COUNTRY") == std::string::npos)
      return table->error(row, "the name of a sector without COUNTRY", "say where the country stands");
    if (!names_.emplace(code, name).second) return stands_twice(*table, row, code);
  }
  return {};
}

Result<void> CrisisRules::load_kinds(const std::filesystem::path& folder, const Ontology& /*ontology*/) {
  const Result<Table> table = read_table(folder / "kinds.tsv", {"kind", "posture"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row) {
    if (table->cell(row, "posture") == "yes") force_kinds_.emplace(table->cell(row, "kind"));
  }
  return {};
}

Result<void> CrisisRules::load_stems(const std::filesystem::path& folder, const Ontology& /*ontology*/) {
  Result<ContentWords> words = ContentWords::load(folder / "stems.tsv");
  if (!words) return std::move(words).error();
  words_ = *std::move(words);
  return {};
}

Result<void> CrisisRules::take_fingerprint(const std::filesystem::path& folder, const Ontology& /*ontology*/) {
  std::string all;
  for (const char* name : {"types.tsv", "modes.tsv", "stems.tsv"}) {  // the others are words
    const Result<std::string> content = read_file(folder / name, kMaxDataFileBytes);
    if (!content) return content.error();
    all += hash_hex(*content);
  }
  fingerprint_ = hash_hex(all);
  return {};
}

const IncidentRule& CrisisRules::rule_of(std::string_view type) const {
  static const IncidentRule kDefault;
  const auto found = types_.find(type);
  return found == types_.end() ? kDefault : found->second;
}

IncidentRule CrisisRules::widest() const {
  IncidentRule most;
  for (const auto& [type, rule] : types_) {
    most.window = std::max(most.window, rule.window);
    most.lasting = std::max(most.lasting, rule.lasting);
    most.ahead = std::max(most.ahead, rule.ahead);
  }
  return most;
}

std::string_view CrisisRules::mode_group(std::string_view type, std::string_view mode) const {
  const auto found = mode_groups_.find(Pair(type, mode));
  return found == mode_groups_.end() ? std::string_view() : found->second;
}

const Phrase* CrisisRules::phrase_of(std::string_view type, std::string_view mode) const {
  auto found = phrases_.find(Pair(type, mode));
  if (found == phrases_.end()) found = phrases_.find(Pair(type, ""));
  return found == phrases_.end() ? nullptr : &found->second;
}

const StatusPhrase* CrisisRules::status_phrase(std::string_view status) const {
  const auto found = statuses_.find(status);
  return found == statuses_.end() ? nullptr : &found->second;
}

std::string_view CrisisRules::name_of(std::string_view code) const {
  const auto found = names_.find(code);
  return found == names_.end() ? std::string_view() : found->second;
}

}  // namespace casus
