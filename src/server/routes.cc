#include "server/routes.h"

#include <algorithm>

#include "base/text.h"
#include "server/article_answers.h"
#include "server/count_answers.h"
#include "server/crisis_answers.h"
#include "server/fix_answers.h"
#include "server/list_answers.h"

namespace casus {
namespace {

using Names = std::vector<std::string_view>;
using Formats = std::vector<AnswerFormat>;

constexpr auto kJson = AnswerFormat::kJson;
constexpr auto kLines = AnswerFormat::kJsonLines;
constexpr auto kCsv = AnswerFormat::kCsv;

const Names& filter_names() {
  static const Names kNames = {"actor",           "dyad",  "type",   "status",          "since",          "until",
                               "published-since", "as-of", "outlet", "published-until", "min-confidence", "place"};
  return kNames;
}

Names filters_and(const Names& more) {
  Names names = filter_names();
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

Names list_names(const Names& more = {}) {
  Names names = filters_and({"limit", "cursor"});
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

std::vector<Route> make_routes() {
  using enum RouteAccess;
  using enum AnswerBasis;
  const Formats rows = {kJson, kLines, kCsv};
  const Formats feed = {kJson, kLines, kCsv, AnswerFormat::kAtom};
  const Formats placed = {kJson, kLines, kCsv, AnswerFormat::kGeoJson};
  const Formats placed_feed = {kJson, kLines, kCsv, AnswerFormat::kGeoJson, AnswerFormat::kAtom};
  const Formats lines = {kJson, kLines};
  const Formats json = {kJson};
  const Formats text = {kJson, AnswerFormat::kMarkdown, AnswerFormat::kHtml, AnswerFormat::kText};
  const Names view = list_names({"columns", "undated"});
  const auto get = [](std::string_view path, std::string_view about, const Formats& formats, const Names& parameters, AnswerBasis basis,
                      std::string_view schema, auto answer) {
    return Route{.method = "GET",
                 .path = path,
                 .about = about,
                 .formats = formats,
                 .parameters = parameters,
                 .basis = basis,
                 .schema = schema,
                 .answer = answer};
  };
  std::vector<Route> all = {
      get("/info", "What the database holds, and what this server allows", json, {}, kDatabase, "object", answer_info),
      get("/articles", "Articles", feed, list_names({"article", "sort", "columns"}), kDatabase, "list", answer_articles),
      get("/articles/{id}", "An article with its text and records; the id is an article_id or a doc", json, {}, kCrisis, "object",
          answer_article),
      get("/events", "Events", placed_feed, list_names({"article", "sort", "columns", "draw", "seed"}), kDatabase, "list", answer_events),
      get("/events/{id}", "One event", json, {}, kDatabase, "object", answer_event),
      get("/statements", "Statements: who said what to whom", feed, list_names({"article", "sort", "columns"}), kDatabase, "list",
          answer_statements),
      get("/search", "Articles by their words, the best first, with the words around them", feed, list_names({"q", "columns"}), kDatabase,
          "list", answer_search),
      get("/suggest", "What the beginning of a word may mean: actors, places, outlets, types", json, {"q"}, kDatabase, "list",
          answer_suggestions),
      get("/incidents", "Acts, each once, with all their reports", placed_feed, list_names({"columns", "sort", "undated"}), kCrisis, "list",
          answer_incidents),
      get("/incidents/{id}", "One incident, with the records of all its reports", json, {"as-of", "min-confidence"}, kCrisis, "object",
          answer_incident),
      get("/timeline", "Days with what happened on them", rows, list_names({"top", "columns"}), kCrisis, "list", answer_timeline),
      get("/calendar", "Announced acts and what became of them", {kJson, kLines, kCsv, AnswerFormat::kIcs}, view, kCrisis, "list",
          answer_calendar),
      get("/demands", "Who wants what of whom, and the answers", rows, view, kCrisis, "list", answer_demands),
      get("/posture", "Forces by owner and place", placed, view, kCrisis, "list", answer_posture),
      get("/actors", "Who takes part, and with whom", rows, view, kCrisis, "list", answer_actors),
      get("/dyads", "What two parties did to one another, by day", rows, view, kCrisis, "list", answer_dyads),
      get("/network", "Who deals with whom, and how", rows, filter_names(), kCrisis, "object", answer_network),
      get("/brief", "The situation report of a day", text, filter_names(), kRecent, "object", answer_brief),
      get("/series", "Events counted by dyad or country and period", rows,
          {"unit", "by", "bucket", "fill", "normalise", "codes", "actor", "dyad", "status", "since", "until", "limit"}, kDatabase, "list",
          answer_series),
      get("/facets", "How many events, or incidents, each value of a field has, under the filters", json,
          filters_and({"of", "unit", "article", "undated"}), kUnit, "object", answer_facets),
      get("/map", "Events by place, and by country where no place is known", {kJson, AnswerFormat::kGeoJson}, filter_names(), kDatabase,
          "object", answer_map),
      get("/explain/{id}", "Why an event was coded as it was", lines, {}, kDatabase, "list", answer_explanation),
      get("/fixes", "Corrections that people made", lines, {}, kDatabase, "list", answer_fixes),
      {.method = "POST",
       .path = "/code",
       .about = "Codes a text; nothing is stored",
       .formats = json,
       .parameters = {},
       .basis = kRequest,
       .body = "article",
       .answer = answer_code},
      {.method = "POST",
       .path = "/articles",
       .about = "Codes an article and stores it",
       .formats = json,
       .parameters = {},
       .access = kToken,
       .basis = kRequest,
       .body = "article",
       .answer = answer_new_article},
      {.method = "POST",
       .path = "/fixes",
       .about = "Corrects a record",
       .formats = json,
       .parameters = {},
       .access = kToken,
       .basis = kRequest,
       .body = "fix",
       .answer = answer_new_fix},
      {.method = "DELETE",
       .path = "/fixes/{id}",
       .about = "Undoes a correction",
       .formats = json,
       .parameters = {},
       .access = kToken,
       .basis = kRequest,
       .answer = answer_undone_fix},
  };
  return all;
}

bool fits(std::string_view pattern, std::span<const std::string> path, std::string& id) {
  const std::vector<std::string_view> parts = split(pattern.substr(1), '/');
  if (parts.size() != path.size()) return false;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == "{id}")
      id = path[i];
    else if (parts[i] != path[i])
      return false;
  }
  return true;
}

}  // namespace

std::span<const Route> routes() {
  static const std::vector<Route> kRoutes = make_routes();
  return kRoutes;
}

bool needs_crisis(const Route& route, const Parameters& parameters) {
  if (route.basis == AnswerBasis::kUnit) return parameters.text("unit") == "incidents";
  return route.basis == AnswerBasis::kCrisis || route.basis == AnswerBasis::kRecent;
}

CrisisQuestion crisis_question(const Route& route, const Parameters& parameters) {
  return {.as_of = parameters.day("as-of"),
          .min_confidence = parameters.share("min-confidence"),
          .recent = route.basis == AnswerBasis::kRecent};
}

RouteMatch match_routes(std::span<const std::string> path) {
  RouteMatch match;
  for (const Route& route : routes()) {
    if (fits(route.path, path, match.id)) match.routes.push_back(&route);
  }
  return match;
}

}  // namespace casus
