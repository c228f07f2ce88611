#include "store/panel_columns.h"

#include <utility>

#include "base/files.h"
#include "base/text.h"
#include "lexicon/table_file.h"

namespace casus {
namespace {

constexpr std::string_view kIso = "iso3";

/// The names of a column of an ontology table, in its order.
Result<std::vector<std::string>> names_of(const std::filesystem::path& data_folder, const char* file, std::string_view column) {
  const std::string path = (data_folder / "ontology" / file).string();
  Result<std::string> content = read_file(path, kMaxDataFileBytes);
  if (!content) return std::move(content).error();
  const Result<Table> table = Table::parse(*std::move(content), path, {column});
  if (!table) return table.error();
  std::vector<std::string> names;
  names.reserve(table->size());
  for (size_t row = 0; row < table->size(); ++row) names.emplace_back(table->cell(row, column));
  return names;
}

}  // namespace

PanelColumns::PanelColumns(PanelUnit unit, std::vector<std::string> systems, StateCodes codes, std::vector<std::string> types,
                           std::vector<std::string> quads)
    : unit_(unit), systems_(std::move(systems)), codes_(std::move(codes)), types_(std::move(types)), quads_(std::move(quads)) {}

Result<PanelColumns> PanelColumns::load(const std::filesystem::path& data_folder, PanelUnit unit, std::vector<std::string> codes) {
  Result<StateCodes> known = StateCodes::load(data_folder);
  if (!known) return std::move(known).error();
  for (const std::string& system : codes) {
    if (system != kIso && !known->has_system(system))
      return Error{.code = ErrorCode::kBadOption, .message = "--codes: no such codes: " + system + " (there are: iso3 cow gw)"};
  }
  Result<std::vector<std::string>> types = names_of(data_folder, "types.tsv", "name");
  if (!types) return std::move(types).error();
  Result<std::vector<std::string>> quads = names_of(data_folder, "quads.tsv", "quad");
  if (!quads) return std::move(quads).error();
  return PanelColumns(unit, std::move(codes), *std::move(known), *std::move(types), *std::move(quads));
}

std::vector<std::string> PanelColumns::names() const {
  std::vector<std::string> names = {"period"};
  for (const std::string& system : systems_) {
    if (unit_ == PanelUnit::kDyad) {
      names.push_back("source_" + system);
      names.push_back("target_" + system);
    } else {
      names.push_back(system);
    }
  }
  names.insert(names.end(), {"articles", "events"});
  if (unit_ == PanelUnit::kCountry) names.emplace_back("events_received");
  for (const std::string& type : types_) names.push_back(ascii_lowered(type));
  for (const std::string& quad : quads_) names.push_back("quad_" + quad);
  return names;
}

std::vector<std::string> PanelColumns::cells(const PanelRow& row) const {
  std::vector<std::string> cells = {std::string(row.period)};
  for (const std::string& system : systems_) {
    cells.push_back(code(system, row.source, row.period));
    if (unit_ == PanelUnit::kDyad) cells.push_back(code(system, row.target, row.period));
  }
  cells.push_back(std::to_string(row.articles));
  cells.push_back(std::to_string(row.counts->events));
  if (unit_ == PanelUnit::kCountry) cells.push_back(std::to_string(row.received->events));
  for (const std::string& type : types_) {
    const auto found = row.counts->by_type.find(type);
    cells.push_back(found == row.counts->by_type.end() ? "0" : std::to_string(found->second));
  }
  for (const std::string& quad : quads_) {
    const auto found = row.counts->by_quad.find(std::stoi(quad));
    cells.push_back(found == row.counts->by_quad.end() ? "0" : std::to_string(found->second));
  }
  return cells;
}

std::string PanelColumns::code(const std::string& system, std::string_view iso3, std::string_view period) const {
  if (system == kIso) return std::string(iso3);
  return std::string(codes_.code(system, iso3, std::stoi(std::string(period.substr(0, 4)))));
}

}  // namespace casus
