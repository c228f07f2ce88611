#include "cli/layouts.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>

#include "base/calendar.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "cli/build_info.h"
#include "cli/locate.h"

namespace casus {
namespace {

constexpr std::string_view kListSeparator = "; ";
constexpr std::string_view kActual = "actual";

Result<Table> read_table(const std::string& path, const std::vector<std::string_view>& columns) {
  Result<std::string> content = read_file(path, kMaxDataFileBytes);
  if (!content) return std::move(content).error();
  return Table::parse(*std::move(content), path, columns);
}

std::string ascii_raised(std::string text) {
  for (char& c : text) c = is_ascii_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

std::string number_text(double number) {
  std::string text;
  JsonWriter(text).number(number);
  return text;
}

/// A number of 63 bits, as SQL, pandas and R have whole numbers; the same for the same event and pair.
std::string number_of(const std::string& id, size_t pair) { return std::to_string(hash64(id + ' ' + std::to_string(pair)) >> 1); }

/// The day of the act where it is one, else that of publication.
std::optional<Day> day_of(const Article& article, const Event& event, const ProjectedEvent& projected) {
  const std::optional<DayRange> days = days_of_date(event.date);
  if (!projected.is_announced && days && days->first == days->last) return days->first;
  return article.fields().published;
}

std::string day_digits(const std::optional<Day>& day, size_t digits) {
  if (!day) return "";
  std::string text = format_day(*day);
  std::erase(text, '-');
  return text.substr(0, digits);
}

/// As the GDELT codebook says: the share of a year of 365 days with months of 30.
std::string year_fraction(const std::optional<Day>& day) {
  if (!day) return "";
  const unsigned days = static_cast<unsigned>(day->month()) * 30 + static_cast<unsigned>(day->day());
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", static_cast<double>(static_cast<int>(day->year())) + days / 365.0);
  return text;
}

bool is_in_first_paragraph(const Article& article, const Event& event) {
  const auto first = std::ranges::find(article.blocks(), BlockKind::kParagraph, &Block::kind);
  return first != article.blocks().end() && event.sentence.begin >= first->span.begin && event.sentence.begin < first->span.end;
}

/// Which of the sentences that hold records this one is, from 1.
size_t sentence_number(const Report& report, const Event& event) {
  std::set<uint32_t> begins;
  for (const Event& one : report.events) begins.insert(one.sentence.begin);
  for (const Statement& one : report.statements) begins.insert(one.sentence.begin);
  return static_cast<size_t>(std::distance(begins.begin(), begins.find(event.sentence.begin))) + 1;
}

bool names_one_of(const std::vector<Actor>& actors, std::string_view name) {
  return !name.empty() && std::ranges::any_of(actors, [&](const Actor& actor) { return actor.name == name || actor.text == name; });
}

}  // namespace

/// What the cells of a row are made from.
struct LayoutWriter::RowContext {
  const Report& report;
  const Event& event;
  const ProjectedEvent& projected;
  std::vector<const Actor*> source{};
  std::vector<const Actor*> target{};
  size_t pair = 0;
  bool no_text = false;
  std::optional<Day> day{};
  const Cameo* cameo = nullptr;
};

Result<LayoutWriter> LayoutWriter::load(const std::string& name, const std::string& data_option, std::shared_ptr<const Lexicon> lexicon) {
  LayoutWriter writer;
  writer.lexicon_ = std::move(lexicon);
  writer.layout_ = {.name = name,
                    .has_pairs = name != "polecat",
                    .has_header = name != "gdelt",
                    .file = name == "gdelt"   ? "events.export.CSV"
                            : name == "icews" ? "events.tab"
                                              : "events.txt"};
  const std::string folder = locate_data(data_option).path.string();
  for (const auto step : {&LayoutWriter::read_layout, &LayoutWriter::read_rules, &LayoutWriter::read_names}) {
    if (const Result<void> done = (writer.*step)(folder); !done.ok()) return done.error();
  }
  Result<StateCodes> states = StateCodes::load(locate_data(data_option).path);
  if (!states) return std::move(states).error();
  writer.states_ = *std::move(states);
  return writer;
}

Result<void> LayoutWriter::read_layout(const std::string& folder) {
  const Result<Table> table = read_table(folder + "/layouts/" + layout_.name + ".tsv", {"column", "field", "note"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row)
    layout_.columns.push_back({.column = std::string(table->cell(row, "column")),
                               .field = std::string(table->cell(row, "field")),
                               .note = std::string(table->cell(row, "note"))});
  return {};
}

Result<void> LayoutWriter::read_rules(const std::string& folder) {
  const Result<Table> projection = read_table(folder + "/ontology/plover_projection.tsv", {"type", "status", "speaker", "plover_type"});
  if (!projection) return projection.error();
  const auto text = [](const Table& table, size_t row, std::string_view column) { return std::string(table.cell(row, column)); };
  for (size_t row = 0; row < projection->size(); ++row)
    projection_[{text(*projection, row, "type"), text(*projection, row, "status"), text(*projection, row, "speaker")}] =
        text(*projection, row, "plover_type");
  const Result<Table> modes = read_table(folder + "/layouts/projected_modes.tsv", {"type", "mode", "projected_type", "projected_mode"});
  if (!modes) return modes.error();
  for (size_t row = 0; row < modes->size(); ++row)
    projected_modes_[{text(*modes, row, "type"), text(*modes, row, "mode"), text(*modes, row, "projected_type")}] =
        text(*modes, row, "projected_mode");
  const Result<Table> asks = read_table(folder + "/layouts/asks.tsv", {"type"});
  if (!asks) return asks.error();
  for (size_t row = 0; row < asks->size(); ++row) asks_.insert(text(*asks, row, "type"));
  const Result<Table> symmetric = read_table(folder + "/layouts/symmetric.tsv", {"type", "mode"});
  if (!symmetric) return symmetric.error();
  for (size_t row = 0; row < symmetric->size(); ++row) symmetric_.emplace(text(*symmetric, row, "type"), text(*symmetric, row, "mode"));
  return {};
}

Result<void> LayoutWriter::read_names(const std::string& folder) {
  const auto each = [&](const std::string& file, const std::vector<std::string_view>& columns,
                        const std::function<void(const Table&, size_t)>& take) -> Result<void> {
    const Result<Table> table = read_table(folder + file, columns);
    if (!table) return table.error();
    for (size_t row = 0; row < table->size(); ++row) take(*table, row);
    return {};
  };
  const auto text = [](const Table& table, size_t row, std::string_view column) { return std::string(table.cell(row, column)); };
  Result<void> done =
      each("/ontology/cameo.tsv", {"code", "label", "goldstein", "quad", "type", "mode"}, [&](const Table& table, size_t row) {
        const std::string code = text(table, row, "code");
        cameo_[code] = {code,
                        text(table, row, "label"),
                        text(table, row, "goldstein"),
                        text(table, row, "quad"),
                        text(table, row, "type"),
                        text(table, row, "mode")};
      });
  if (!done.ok()) return done;
  // The role that has the sector's own name, where it means it, goes before others that are read as it.
  done = each("/ontology/cameo_roles.tsv", {"role", "sector"}, [&](const Table& table, size_t row) {
    const std::string role = text(table, row, "role"), sector = text(table, row, "sector");
    if (role == sector || !roles_.contains(sector)) roles_[sector] = role;
  });
  if (!done.ok()) return done;
  done = each("/ontology/sectors.tsv", {"code", "gloss"},
              [&](const Table& table, size_t row) { sector_names_[text(table, row, "code")] = text(table, row, "gloss"); });
  if (!done.ok()) return done;
  done = each("/ontology/quads.tsv", {"quad", "name"},
              [&](const Table& table, size_t row) { quad_names_[text(table, row, "quad")] = text(table, row, "name"); });
  if (!done.ok()) return done;
  return each("/world/countries.tsv", {"iso3", "name"},
              [&](const Table& table, size_t row) { countries_.emplace(text(table, row, "iso3"), text(table, row, "name")); });
}

bool LayoutWriter::is_state(const std::string& country) const { return countries_.contains(country); }

/// Whether somebody is one of these actors, or of the state of one.
bool LayoutWriter::is_one_of(const std::vector<Actor>& actors, const Actor& somebody) const {
  return names_one_of(actors, somebody.name) ||
         (is_state(somebody.country) && std::ranges::find(actors, somebody.country, &Actor::country) != actors.end());
}

/// Whether somebody asked the source for something earlier in the text.
bool LayoutWriter::was_asked(const Report& report, const Event& event) const {
  return std::ranges::any_of(report.events, [&](const Event& other) {
    return asks_.contains(other.type) && other.trigger_span.begin < event.trigger_span.begin &&
           std::ranges::any_of(other.target, [&](const Actor& asked) { return is_one_of(event.source, asked); });
  });
}

/// Who announces or denies it, as the projection names them: "source", "source_after_request", "other".
std::string LayoutWriter::speaker_of(const Report& report, const Event& event) const {
  bool is_source = names_one_of(event.source, event.attributed_to);
  for (const Statement& statement : report.statements) {
    if (is_source) break;
    if (std::ranges::find(statement.events, event.id) == statement.events.end()) continue;
    is_source = is_one_of(event.source, statement.speaker);
  }
  if (!is_source) return "other";
  return event.status == "denied" && was_asked(report, event) ? "source_after_request" : "source";
}

std::optional<ProjectedEvent> LayoutWriter::project(const Report& report, const Event& event) const {
  std::string type = event.type;
  if (event.status != kActual) {
    auto found = projection_.find({event.type, event.status, "any"});
    if (found == projection_.end()) found = projection_.find({event.type, event.status, speaker_of(report, event)});
    if (found == projection_.end() || found->second.empty()) return std::nullopt;
    type = found->second;
  }
  ProjectedEvent projected{.type = type, .mode = type == event.type ? event.mode : "", .is_announced = event.status != kActual};
  if (type == event.type) return projected;
  for (const std::string& mode : {event.mode, std::string()}) {
    const auto found = projected_modes_.find({event.type, mode, type});
    if (found == projected_modes_.end()) continue;
    projected.mode = found->second;
    break;
  }
  return projected;
}

/// The event's own code where it is still of that type; else the most general one of type and mode.
const LayoutWriter::Cameo* LayoutWriter::cameo_of(const Event& event, const ProjectedEvent& projected) const {
  const auto own = cameo_.find(event.cameo);
  if (own != cameo_.end() && projected.type == event.type) return &own->second;
  const Cameo* of_type = nullptr;
  const Cameo* of_mode = nullptr;
  for (const auto& [code, entry] : cameo_) {
    if (entry.type != projected.type) continue;
    if (of_type == nullptr || code.size() < of_type->code.size()) of_type = &entry;
    if (projected.mode.empty() || entry.mode != projected.mode) continue;
    if (of_mode == nullptr || code.size() < of_mode->code.size()) of_mode = &entry;
  }
  return of_mode != nullptr ? of_mode : of_type;
}

std::vector<std::vector<std::string>> LayoutWriter::rows(const Report& report, const Event& event, const ProjectedEvent& projected,
                                                         bool no_text) const {
  RowContext context{.report = report, .event = event, .projected = projected, .no_text = no_text};
  context.day = day_of(*report.article, event, projected);
  context.cameo = cameo_of(event, projected);
  const auto pointers = [](const std::vector<Actor>& actors) {
    std::vector<const Actor*> all;
    all.reserve(actors.size());
    for (const Actor& actor : actors) all.push_back(&actor);
    return all;
  };
  const std::vector<const Actor*> sources = pointers(event.source), targets = pointers(event.target);
  std::vector<std::vector<std::string>> rows;
  const auto add = [&] {
    std::vector<std::string> cells;
    cells.reserve(layout_.columns.size());
    for (const LayoutColumn& column : layout_.columns) cells.push_back(column.field.empty() ? "" : cell(column.field, context));
    rows.push_back(std::move(cells));
    ++context.pair;
  };
  if (!layout_.has_pairs) {
    context.source = sources;
    context.target = targets;
    if (symmetric_.contains({projected.type, projected.mode})) {
      context.source.insert(context.source.end(), targets.begin(), targets.end());
      context.target.clear();
    }
    add();
    return rows;
  }
  for (size_t i = 0; i < std::max<size_t>(1, sources.size()); ++i) {
    for (size_t j = 0; j < std::max<size_t>(1, targets.size()); ++j) {
      context.source = sources.empty() ? sources : std::vector{sources[i]};
      context.target = targets.empty() ? targets : std::vector{targets[j]};
      add();
    }
  }
  return rows;
}

std::string LayoutWriter::cell(const std::string& field, const RowContext& row) const {
  for (const auto of : {&LayoutWriter::cell_of_actor, &LayoutWriter::cell_of_code, &LayoutWriter::cell_of_place, &LayoutWriter::cell_of_day,
                        &LayoutWriter::cell_of_event}) {
    if (std::optional<std::string> text = (this->*of)(field, row)) return *std::move(text);
  }
  return "";
}

std::string LayoutWriter::country_name(const std::string& code) const {
  const auto found = countries_.find(code);
  return found == countries_.end() ? "" : found->second;
}

std::optional<std::string> LayoutWriter::cell_of_actor(std::string_view field, const RowContext& row) const {
  const bool is_source = field.starts_with("source_");
  if (!is_source && !field.starts_with("target_")) return std::nullopt;
  field.remove_prefix(std::string_view("source_").size());
  const std::vector<const Actor*>& actors = is_source ? row.source : row.target;
  const auto joined = [&](const std::function<std::string(const Actor&)>& get) {
    std::string text;
    for (const Actor* actor : actors) (text += text.empty() ? "" : kListSeparator) += get(*actor);
    return text;
  };
  const auto found = [](const std::map<std::string, std::string>& names, const std::string& key) {
    const auto at = names.find(key);
    return at == names.end() ? std::string() : at->second;
  };
  const auto cow = [&](const Actor& actor) {
    const std::string_view code =
        row.day && is_state(actor.country) ? states_.code("cow", actor.country, static_cast<int>(row.day->year())) : "";
    return code.empty() ? actor.country : std::string(code);
  };
  if (field == "name" || field == "names") return joined([](const Actor& actor) { return actor.name; });
  if (field == "name_upper") return joined([](const Actor& actor) { return ascii_raised(actor.name); });
  if (field == "texts") return row.no_text ? "" : joined([](const Actor& actor) { return actor.text; });
  if (field == "country_name" || field == "country_names") return joined([&](const Actor& actor) { return country_name(actor.country); });
  if (field == "country") return joined([&](const Actor& actor) { return is_state(actor.country) ? actor.country : ""; });
  if (field == "cows") return joined(cow);
  if (field == "sector_names") return joined([&](const Actor& actor) { return found(sector_names_, actor.sector); });
  if (field == "sectors") return joined([](const Actor& actor) { return actor.sector; });
  if (field == "sector") return actors.empty() ? "" : actors.front()->sector;
  if (field == "role") return joined([&](const Actor& actor) { return found(roles_, actor.sector); });
  if (field == "code")
    return joined([&](const Actor& actor) { return (is_state(actor.country) ? actor.country : "") + found(roles_, actor.sector); });
  return std::nullopt;
}

std::optional<std::string> LayoutWriter::cell_of_code(std::string_view field, const RowContext& row) const {
  constexpr size_t kRootDigits = 2, kBaseDigits = 3;
  if (field != "goldstein" && !field.starts_with("cameo")) return std::nullopt;
  if (row.cameo == nullptr) return "";
  if (field == "cameo") return row.cameo->code;
  if (field == "cameo_label") return row.cameo->label;
  if (field == "cameo_base") return row.cameo->code.substr(0, kBaseDigits);
  if (field == "cameo_root") return row.cameo->code.substr(0, kRootDigits);
  if (field == "cameo_quad") return row.cameo->quad;
  return row.cameo->goldstein;
}

std::optional<std::string> LayoutWriter::cell_of_place(std::string_view field, const RowContext& row) const {
  if (!field.starts_with("place_")) return std::nullopt;
  if (!row.event.place) return "";
  const Place& place = *row.event.place;
  const bool is_city = place.precision == "city" || place.precision == "site", is_region = place.precision == "region";
  const bool is_usa = place.country == "USA";
  if (field == "place_name") return place.name;
  if (field == "place_text") return row.no_text ? "" : place.text;
  if (field == "place_city") return is_city ? place.name : "";
  if (field == "place_region") return is_region ? place.name : "";
  if (field == "place_country_name") return country_name(place.country);
  if (field == "place_lat") return place.lat ? number_text(*place.lat) : "";
  if (field == "place_lon") return place.lon ? number_text(*place.lon) : "";
  if (field == "place_geonames_id") return place.geonames_id ? std::to_string(*place.geonames_id) : "";
  if (field == "place_precision") return place.precision;
  if (field == "place_type")
    return place.precision == "country" ? "1" : is_region ? (is_usa ? "2" : "5") : is_city ? (is_usa ? "3" : "4") : "";
  const std::string country = country_name(place.country);
  return place.name + (country.empty() || country == place.name ? "" : ", " + country);
}

std::optional<std::string> LayoutWriter::cell_of_day(std::string_view field, const RowContext& row) const {
  constexpr size_t kYear = 4, kMonth = 6, kDay = 8;
  const std::optional<Day>& published = row.report.article->fields().published;
  if (field == "day") return row.day ? format_day(*row.day) : "";
  if (field == "day_number") return day_digits(row.day, kDay);
  if (field == "month_number") return day_digits(row.day, kMonth);
  if (field == "year") return day_digits(row.day, kYear);
  if (field == "year_fraction") return year_fraction(row.day);
  if (field == "published") return published ? format_day(*published) : "";
  if (field == "published_instant") return published ? day_digits(published, kDay) + "000000" : "";
  return std::nullopt;
}

std::optional<std::string> LayoutWriter::cell_of_event(std::string_view field, const RowContext& row) const {
  const Event& event = row.event;
  const ProjectedEvent& projected = row.projected;
  const ArticleFields& fields = row.report.article->fields();
  const EventType* type = lexicon_->ontology().type(projected.type);
  const EventMode* mode = type == nullptr ? nullptr : type->mode(projected.mode);
  if (field == "id") return event.id;
  if (field == "number") return number_of(event.id, row.pair);
  if (field == "type") return projected.type;
  if (field == "mode") return projected.mode;
  if (field == "score") return mode != nullptr ? number_text(mode->score) : type != nullptr ? number_text(type->score) : "";
  if (field == "quad_name") {
    const auto name = type == nullptr ? quad_names_.end() : quad_names_.find(std::to_string(type->quad));
    return name == quad_names_.end() ? "" : ascii_raised(name->second);
  }
  if (field == "contexts") {
    std::string text;
    for (const std::string& context : event.contexts) (text += text.empty() ? "" : kListSeparator) += context;
    return text;
  }
  if (field == "in_lead") return is_in_first_paragraph(*row.report.article, event) ? "1" : "0";
  if (field == "mentions") return std::to_string(1 + event.also.size());
  if (field == "one") return "1";
  if (field == "sentence_number") return std::to_string(sentence_number(row.report, event));
  if (field == "article_id") return row.report.article->article_id();
  if (field == "outlet") return fields.outlet;
  if (field == "url") return fields.url;
  if (field == "language") return fields.language;
  if (field == "version") return std::string("casus ") + build_info::kVersion;
  return std::nullopt;
}

}  // namespace casus
