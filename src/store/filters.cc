#include "store/filters.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace casus {
namespace {

/// Joins conditions with AND and gathers their values in order.
class Conditions {
 public:
  Conditions& add(std::string_view sql, std::vector<std::string> values = {}) {
    if (!all_.sql.empty()) all_.sql += " AND ";
    all_.sql += sql;
    for (std::string& value : values) all_.values.push_back(std::move(value));
    return *this;
  }
  Conditions& add(const Condition& condition) { return add(condition.sql, condition.values); }
  Conditions& add_known(std::string_view sql, const std::string& value) { return value.empty() ? *this : add(sql, {value}); }
  /// One of the values: "column IN (?, ?)".
  Conditions& add_list(std::string_view column, const std::vector<std::string>& values, std::string_view collation = "") {
    if (values.empty()) return *this;
    std::string sql(column);
    sql += collation;
    sql += " IN (";
    for (size_t i = 0; i < values.size(); ++i) sql += i == 0 ? "?" : ", ?";
    return add(sql + ")", values);
  }
  [[nodiscard]] bool empty() const { return all_.sql.empty(); }
  [[nodiscard]] Condition take() {
    if (all_.sql.empty()) all_.sql = "1";
    return std::move(all_);
  }

 private:
  Condition all_{};
};

/// The words as a pattern of LIKE ... ESCAPE '\'.
std::string like_pattern(std::string_view words) {
  std::string pattern = "%";
  for (const char c : words) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

/// An actor whose columns begin with `prefix`: "x." or "s.speaker_".
Condition actor_condition(const ActorFilter& actor, const std::string& prefix) {
  Conditions all;
  all.add_known(prefix + "country = ?", actor.country).add_known(prefix + "sector = ?", actor.sector);
  if (!actor.name.empty()) all.add(prefix + "name LIKE ? ESCAPE '\\'", {like_pattern(actor.name)});
  return all.take();
}

Condition any_of(const std::vector<Condition>& conditions) {
  Condition any{.sql = "("};
  for (const Condition& condition : conditions) {
    any.sql += (any.sql == "(" ? "(" : " OR (") + condition.sql + ")";
    any.values.insert(any.values.end(), condition.values.begin(), condition.values.end());
  }
  any.sql += ")";
  return any;
}

Condition all_of(const Condition& a, const Condition& b) { return Conditions().add(a).add(b).take(); }

/// The event e has such an actor; `side`: "source", "target" or "" for either. Asked as a list of events, so that what is rare is found by
/// the index of countries.
Condition has_actor(const ActorFilter& actor, const std::string& side) {
  Condition condition = actor_condition(actor, "x.");
  const std::string on_side = side.empty() ? "" : "x.side = '" + side + "' AND ";
  condition.sql = "EXISTS (SELECT 1 FROM event_actors x WHERE x.event = e.event AND " + on_side + condition.sql + ")";
  return condition;
}

Condition dyad_of_event(const DyadFilter& dyad) {
  Condition forth = all_of(has_actor(dyad.source, "source"), has_actor(dyad.target, "target"));
  if (!dyad.both_ways) return forth;
  return any_of({forth, all_of(has_actor(dyad.target, "source"), has_actor(dyad.source, "target"))});
}

Condition dyad_of_statement(const DyadFilter& dyad) {
  const auto one_way = [](const ActorFilter& from, const ActorFilter& to) {
    return all_of(actor_condition(from, "s.speaker_"), actor_condition(to, "s.addressee_"));
  };
  if (!dyad.both_ways) return one_way(dyad.source, dyad.target);
  return any_of({one_way(dyad.source, dyad.target), one_way(dyad.target, dyad.source)});
}

Condition place_condition(const std::string& place) {
  return any_of(
      {{.sql = "e.place_country = ?", .values = {place}}, {.sql = "e.place_name LIKE ? ESCAPE '\\'", .values = {like_pattern(place)}}});
}

void add_of_article(const Filters& filters, Conditions& all) {
  if (!filters.duplicates) all.add("a.duplicate_of IS NULL");
  // By the key that listings are sorted by, whose index then gives both; "~" comes behind the blank and the id that follow a day there.
  if (!filters.published_since.empty()) all.add("a.sort_key >= ? AND a.published IS NOT NULL", {filters.published_since});
  for (const std::string& last : {filters.published_until, filters.as_of}) {
    if (!last.empty()) all.add("a.sort_key < ?", {last + "~"});
  }
  all.add_list("a.outlet", filters.outlets, " COLLATE NOCASE");
  if (!filters.article.empty()) all.add("(a.article_id = ? OR a.doc = ?)", {filters.article, filters.article});
}

/// What the event is, but for who and when.
void add_kind_of_event(const Filters& filters, Conditions& all) {
  all.add_list("e.type", filters.types).add_list("e.status", filters.statuses);
  if (!filters.place.empty()) all.add(place_condition(filters.place));
  if (filters.min_confidence > 0) all.add("e.confidence >= CAST(? AS REAL)", {std::to_string(filters.min_confidence)});
}

void add_of_event(const Filters& filters, Conditions& all) {
  add_kind_of_event(filters, all);
  all.add_known("e.last_day >= ?", filters.since).add_known("e.first_day <= ?", filters.until);
  if (!filters.actors.empty()) {
    std::vector<Condition> any;
    any.reserve(filters.actors.size());
    for (const ActorFilter& actor : filters.actors) any.push_back(has_actor(actor, ""));
    all.add(any_of(any));
  }
  if (filters.dyad) all.add(dyad_of_event(*filters.dyad));
}

struct SortName {
  std::string_view name;
  std::string_view sql;
};
constexpr SortName kOfArticles[] = {{"published", "a.published"},   {"outlet", "a.outlet"},   {"title", "a.title"}, {"doc", "a.doc"},
                                    {"article_id", "a.article_id"}, {"updated", "a.updated"}, {"url", "a.url"}};
constexpr SortName kOfEvents[] = {{"date", "e.first_day"},
                                  {"type", "e.type"},
                                  {"mode", "e.mode"},
                                  {"status", "e.status"},
                                  {"confidence", "e.confidence"},
                                  {"goldstein", "e.goldstein"},
                                  {"score", "e.score"},
                                  {"quad", "e.quad"},
                                  {"place_name", "e.place_name"},
                                  {"place_country", "e.place_country"},
                                  {"rule", "e.rule"},
                                  {"id", "e.id"}};
constexpr SortName kOfStatements[] = {{"date", "s.first_day"},
                                      {"kind", "s.kind"},
                                      {"cue", "s.cue"},
                                      {"speaker_name", "s.speaker_name"},
                                      {"speaker_country", "s.speaker_country"},
                                      {"id", "s.id"}};

std::vector<SortName> sort_names(Listed listed) {
  std::vector<SortName> names(std::begin(kOfArticles), std::end(kOfArticles));
  if (listed == Listed::kEvents) names.insert(names.end(), std::begin(kOfEvents), std::end(kOfEvents));
  if (listed == Listed::kStatements) names.insert(names.end(), std::begin(kOfStatements), std::end(kOfStatements));
  return names;
}

}  // namespace

Condition event_condition(const Filters& filters) {
  Conditions all;
  add_of_article(filters, all);
  add_of_event(filters, all);
  return all.take();
}

Condition statement_condition(const Filters& filters) {
  Conditions all;
  add_of_article(filters, all);
  all.add_known("s.last_day >= ?", filters.since).add_known("s.first_day <= ?", filters.until);
  if (!filters.actors.empty()) {
    std::vector<Condition> any;
    for (const ActorFilter& actor : filters.actors) {
      any.push_back(actor_condition(actor, "s.speaker_"));
      any.push_back(actor_condition(actor, "s.addressee_"));
    }
    all.add(any_of(any));
  }
  if (filters.dyad) all.add(dyad_of_statement(*filters.dyad));
  Conditions carried;
  add_kind_of_event(filters, carried);
  if (!carried.empty()) {
    Condition condition = carried.take();
    condition.sql = "EXISTS (SELECT 1 FROM events e WHERE e.article = s.article AND instr(s.events, e.id) > 0 AND " + condition.sql + ")";
    all.add(condition);
  }
  return all.take();
}

Condition article_condition(const Filters& filters) {
  Conditions all;
  add_of_article(filters, all);
  Conditions events;
  add_of_event(filters, events);
  if (!events.empty()) {
    Condition condition = events.take();
    condition.sql = "EXISTS (SELECT 1 FROM events e WHERE e.article = a.article AND " + condition.sql + ")";
    all.add(condition);
  }
  return all.take();
}

Result<std::string> order_of(Listed listed, std::string_view sort) {
  const std::vector<SortName> names = sort_names(listed);
  std::string order;
  for (std::string_view name : split(sort, ',')) {
    if (sort.empty()) break;
    const bool down = name.starts_with('-');
    if (down) name.remove_prefix(1);
    const auto found = std::ranges::find(names, name, &SortName::name);
    if (found == names.end()) {
      std::string there_are;
      for (const SortName& known : names) there_are += " " + std::string(known.name);
      return Error{.code = ErrorCode::kBadOption,
                   .message = "no such column to sort by: " + std::string(name) + " (there are:" + there_are + ")"};
    }
    const std::string column(found->sql);
    // From the greatest on what is unknown comes last by itself, and an index of the column can give the order.
    if (!down) (order += column) += " IS NULL, ";
    (order += column) += down ? " DESC, " : ", ";
  }
  order += "a.sort_key";
  if (listed == Listed::kEvents) order += ", e.position";
  if (listed == Listed::kStatements) order += ", s.position";
  return order;
}

}  // namespace casus
