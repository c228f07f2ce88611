#include "store/actor_names.h"

#include <initializer_list>

#include "base/files.h"
#include "base/text.h"
#include "lexicon/name_fold.h"
#include "lexicon/table_file.h"

namespace casus {
namespace {

/// Values of the country column that are no countries.
constexpr std::string_view kOtherCodes[] = {"IGO", "NGO", "NONE"};

std::string key_of(std::string_view name) { return ascii_lowered(fold_name(name)); }

}  // namespace

Result<ActorNames> ActorNames::load(const std::filesystem::path& data_folder) {
  const std::string path = (data_folder / "world" / "countries.tsv").string();
  Result<std::string> content = read_file(path, kMaxDataFileBytes);
  if (!content) return std::move(content).error();
  const Result<Table> table = Table::parse(*std::move(content), path, {"iso3", "name"});
  if (!table) return table.error();
  ActorNames names;
  for (const std::string_view code : kOtherCodes) names.codes_.emplace(ascii_lowered(code), code);
  // What names most countries exactly goes before what only may: codes and names before adjectives.
  for (const auto columns : {std::initializer_list<std::string_view>{"iso3", "name"}, {"aliases"}, {"demonyms", "people"}}) {
    for (size_t row = 0; row < table->size(); ++row) {
      for (const std::string_view column : columns) {
        for (const std::string_view name : table->list(row, column)) names.codes_.emplace(key_of(name), table->cell(row, "iso3"));
      }
    }
  }
  return names;
}

ActorFilter ActorNames::filter(std::string_view text) const {
  text = trim(text);
  const size_t slash = text.rfind('/');
  const std::string_view who = text.substr(0, slash);
  const std::string sector(slash == std::string_view::npos ? "" : text.substr(slash + 1));
  const auto found = codes_.find(key_of(who));
  if (found != codes_.end()) return {.country = found->second, .sector = sector};
  return {.sector = sector, .name = std::string(who)};
}

DyadFilter ActorNames::dyad(std::string_view text) const {
  const size_t arrow = text.find('>');
  const size_t split_at = arrow == std::string_view::npos ? text.find(',') : arrow;
  return {.source = filter(text.substr(0, split_at)),
          .target = filter(text.substr(split_at + 1)),
          .both_ways = arrow == std::string_view::npos};
}

}  // namespace casus
