#include "lexicon/ontology.h"

#include <charconv>
#include <optional>
#include <utility>

namespace casus {
namespace {

std::optional<double> to_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Error no_number(const Table& table, size_t row, std::string_view column) {
  return table.error(row, "\"" + std::string(table.cell(row, column)) + "\" in column " + std::string(column) + " is no number",
                     "write it like 2.5 or -3");
}

Result<void> add_names(const Table& table, std::string_view column, std::map<std::string, uint64_t, std::less<>>& names) {
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string name(table.cell(row, column));
    if (name.empty()) return table.error(row, "empty " + std::string(column), "fill the cell or remove the row");
    const auto [entry, added] = names.emplace(name, table.line(row));
    if (!added) return table.error(row, "\"" + name + "\" stands already on line " + std::to_string(entry->second), "remove one");
  }
  return {};
}

}  // namespace

const EventMode* EventType::mode(std::string_view mode_name) const {
  for (const EventMode& mode : modes) {
    if (mode.name == mode_name) return &mode;
  }
  return nullptr;
}

const EventType* Ontology::type(std::string_view name) const {
  const auto found = type_index_.find(name);
  return found == type_index_.end() ? nullptr : &types_[found->second];
}

const CameoCode* Ontology::cameo(std::string_view code) const {
  const auto found = cameo_.find(code);
  return found == cameo_.end() ? nullptr : &found->second;
}

const CameoCode* Ontology::general_cameo(std::string_view type) const {
  const CameoCode* general = nullptr;
  for (const auto& [code, entry] : cameo_) {
    if (entry.type == type && (general == nullptr || code.size() < general->code.size())) general = &entry;
  }
  return general;
}

Result<Ontology> Ontology::build(const Table& types, const Table& modes, const Table& contexts, const Table& sectors, const Table& cameo) {
  Ontology ontology;
  if (auto done = ontology.add_types(types); !done) return std::move(done).error();
  if (auto done = ontology.add_modes(modes); !done) return std::move(done).error();
  if (auto done = add_names(contexts, "name", ontology.contexts_); !done) return std::move(done).error();
  if (auto done = add_names(sectors, "code", ontology.sectors_); !done) return std::move(done).error();
  for (size_t row = 0; row < sectors.size(); ++row) {
    if (const std::string_view branch = sectors.cell(row, "state"); !branch.empty())
      ontology.state_sectors_.emplace(sectors.cell(row, "code"), branch);
    if (sectors.cell(row, "armed") == "yes") ontology.armed_sectors_.emplace(sectors.cell(row, "code"));
    if (sectors.cell(row, "at_home") == "yes") ontology.home_sectors_.emplace(sectors.cell(row, "code"));
  }
  if (auto done = ontology.add_cameo(cameo); !done) return std::move(done).error();
  return ontology;
}

Result<void> Ontology::add_types(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    EventType type{.name = std::string(table.cell(row, "name"))};
    const auto quad = to_number(table.cell(row, "quad"));
    const auto score = to_number(table.cell(row, "score"));
    const std::string_view target = table.cell(row, "target");
    if (type.name.empty()) return table.error(row, "type without a name", "fill the cell or remove the row");
    if (!quad || *quad < 1 || *quad > 99) return no_number(table, row, "quad");
    if (!score) return no_number(table, row, "score");
    if (target != "required" && target != "sought" && target != "optional")
      return table.error(row, "target is neither required, sought nor optional", "write one of the three");
    type.quad = static_cast<int>(*quad);
    type.score = *score;
    type.needs_target = target == "required";
    type.seeks_target = target != "optional";
    if (!type_index_.emplace(type.name, types_.size()).second) return table.error(row, "type " + type.name + " stands twice", "remove one");
    types_.push_back(std::move(type));
  }
  return {};
}

Result<void> Ontology::add_modes(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string type_name(table.cell(row, "type"));
    const auto found = type_index_.find(type_name);
    if (found == type_index_.end()) return table.error(row, "unknown type \"" + type_name + "\"", "use a name of types.tsv");
    EventType& type = types_[found->second];
    EventMode mode{.name = std::string(table.cell(row, "mode")), .score = type.score};
    if (mode.name.empty()) return table.error(row, "mode without a name", "fill the cell or remove the row");
    if (type.mode(mode.name)) return table.error(row, "mode " + type.name + " " + mode.name + " stands twice", "remove one");
    if (const std::string_view score = table.cell(row, "score"); !score.empty()) {
      const auto number = to_number(score);
      if (!number) return no_number(table, row, "score");
      mode.score = *number;
    }
    type.modes.push_back(std::move(mode));
  }
  return {};
}

Result<void> Ontology::add_cameo(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    CameoCode code{.code = std::string(table.cell(row, "code")), .type = std::string(table.cell(row, "type"))};
    if (code.code.empty()) return table.error(row, "empty code", "fill the cell or remove the row");
    const auto goldstein = to_number(table.cell(row, "goldstein"));
    if (!goldstein) return no_number(table, row, "goldstein");
    code.goldstein = *goldstein;
    if (!code.type.empty() && !type(code.type)) return table.error(row, "unknown type \"" + code.type + "\"", "use a name of types.tsv");
    for (const std::string_view context : table.list(row, "contexts")) {
      if (!has_context(context)) return table.error(row, "unknown context \"" + std::string(context) + "\"", "use a name of contexts.tsv");
      code.contexts.emplace_back(context);
    }
    const std::string name = code.code;
    if (!cameo_.emplace(name, std::move(code)).second) return table.error(row, "code " + name + " stands twice", "remove one");
  }
  return {};
}

bool Ontology::is_one_state(std::string_view a, std::string_view b) const {
  const auto one = state_sectors_.find(a), other = state_sectors_.find(b);
  return one != state_sectors_.end() && other != state_sectors_.end() && one->second == other->second;
}

}  // namespace casus
