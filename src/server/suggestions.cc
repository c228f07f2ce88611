#include "server/suggestions.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/files.h"
#include "base/text.h"
#include "lexicon/name_fold.h"
#include "lexicon/table_file.h"
#include "server/target.h"

namespace casus {
namespace {

constexpr int kMostNames = 20'000;  // of a kind: those told of most

std::string folded(std::string_view name) { return ascii_lowered(fold_name(name)); }

struct Named {
  std::string text{};
  uint64_t count = 0;
};

Result<std::vector<Named>> counted(Database& database, const std::string& sql) {
  Result<Query> query = database.prepare(sql + " ORDER BY 2 DESC, 1 LIMIT " + std::to_string(kMostNames));
  if (!query) return std::move(query).error();
  std::vector<Named> all;
  for (;;) {
    const Result<bool> row = query->step();
    if (!row) return row.error();
    if (!*row) return all;
    all.push_back({.text = query->string(0), .count = static_cast<uint64_t>(query->integer(1))});
  }
}

/// What is found in a column, as suggestions of a kind.
Result<void> add_counted(Database& database, const char* kind, const std::string& sql, std::vector<Suggestion>& all) {
  const Result<std::vector<Named>> names = counted(database, sql);
  if (!names) return names.error();
  for (const Named& name : *names) {
    all.push_back({.text = name.text,
                   .kind = kind,
                   .filter = std::string(kind) + "=" + encode_escapes(name.text),
                   .key = "\n" + folded(name.text),
                   .count = name.count});
  }
  return {};
}

/// All countries, by any of their names.
Result<void> add_countries(Database& database, const std::filesystem::path& data_folder, std::vector<Suggestion>& all) {
  const std::string path = (data_folder / "world" / "countries.tsv").string();
  Result<std::string> content = read_file(path, kMaxDataFileBytes);
  if (!content) return std::move(content).error();
  const Result<Table> table = Table::parse(*std::move(content), path, {"iso3", "name"});
  if (!table) return table.error();
  const Result<std::vector<Named>> told =
      counted(database, "SELECT country, count(*) FROM event_actors WHERE country IS NOT NULL GROUP BY 1");
  if (!told) return told.error();
  std::map<std::string, uint64_t, std::less<>> counts;
  for (const Named& country : *told) counts[country.text] = country.count;
  for (size_t row = 0; row < table->size(); ++row) {
    const std::string_view code = table->cell(row, "iso3");
    const auto count = counts.find(code);
    Suggestion suggestion{.text = std::string(table->cell(row, "name")),
                          .kind = "actor",
                          .filter = "actor=" + std::string(code),
                          .count = count == counts.end() ? 0 : count->second};
    for (const char* column : {"iso3", "name", "aliases", "demonyms", "people"}) {
      for (const std::string_view name : table->list(row, column)) suggestion.key += "\n" + folded(name);
    }
    all.push_back(std::move(suggestion));
  }
  return {};
}

Result<void> add_all(Database& database, const std::filesystem::path& data_folder, const Ontology& ontology, std::vector<Suggestion>& all) {
  if (Result<void> added = add_countries(database, data_folder, all); !added.ok()) return added;
  const std::pair<const char*, const char*> kinds[] = {
      {"actor", "SELECT name, count(*) FROM event_actors WHERE name IS NOT NULL GROUP BY 1"},
      {"place", "SELECT place_name, count(*) FROM events WHERE place_name IS NOT NULL GROUP BY 1"},
      {"outlet", "SELECT outlet, count(*) FROM articles WHERE outlet IS NOT NULL GROUP BY 1"}};
  for (const auto& [kind, sql] : kinds) {
    if (Result<void> added = add_counted(database, kind, sql, all); !added.ok()) return added;
  }
  for (const EventType& type : ontology.types())
    all.push_back({.text = type.name, .kind = "type", .filter = "type=" + type.name, .key = "\n" + folded(type.name), .count = 1});
  return {};
}

/// 2: a name begins so; 1: a word within a name does; 0: neither.
int fit(const Suggestion& suggestion, const std::string& words) {
  if (suggestion.key.find("\n" + words) != std::string::npos) return 2;
  return suggestion.key.find(" " + words) != std::string::npos ? 1 : 0;
}

}  // namespace

Result<std::vector<Suggestion>> SuggestionCache::find(std::string_view words, StorePool& stores, const Ontology& ontology,
                                                      uint64_t version) {
  const std::string wanted = folded(trim(words));
  if (wanted.empty()) return std::vector<Suggestion>();
  const Result<std::shared_ptr<const All>> known = all(stores, ontology, version);
  if (!known) return known.error();
  struct Found {
    const Suggestion* suggestion;
    int fit;
  };
  std::vector<Found> found;
  for (const Suggestion& suggestion : **known) {
    if (const int fits = fit(suggestion, wanted); fits > 0) found.push_back({&suggestion, fits});
  }
  std::ranges::stable_sort(
      found, [](const Found& a, const Found& b) { return std::pair(b.fit, b.suggestion->count) < std::pair(a.fit, a.suggestion->count); });
  std::vector<Suggestion> best;
  for (size_t i = 0; i < found.size() && i < kMost; ++i) best.push_back(*found[i].suggestion);
  return best;
}

Result<std::shared_ptr<const SuggestionCache::All>> SuggestionCache::all(StorePool& stores, const Ontology& ontology, uint64_t version) {
  const std::lock_guard lock(mutex_);
  if (all_ != nullptr && version_ == version) return all_;
  const Result<StorePool::Lease> lease = stores.take();
  if (!lease) return lease.error();
  All gathered;
  if (Result<void> added = add_all(lease->database(), data_folder_, ontology, gathered); !added.ok()) return std::move(added).error();
  all_ = std::make_shared<const All>(std::move(gathered));
  version_ = version;
  return all_;
}

}  // namespace casus
