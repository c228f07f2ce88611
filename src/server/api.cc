#include "server/api.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "base/text.h"
#include "server/openapi.h"
#include "server/problem.h"

namespace casus {
namespace {

/// The first view of the page asks for the brief: the browser fetches it while it still reads the script that will.
constexpr std::string_view kBriefAhead = "</api/v1/brief>; rel=preload; as=fetch; crossorigin";
constexpr std::string_view kMethods[] = {"GET", "HEAD", "POST", "DELETE", "OPTIONS"};

HttpAnswer text_response(std::string_view type, std::string body) {
  return {.headers = {{"Content-Type", std::string(type)}, {"Cache-Control", "no-store"}},
          .body = std::make_shared<const std::string>(std::move(body))};
}

std::string allowed_methods(std::span<const Route* const> routes) {
  std::string allowed = "OPTIONS";
  for (const Route* route : routes) allowed += ", " + std::string(route->method) + (route->method == "GET" ? ", HEAD" : "");
  return allowed;
}

HttpAnswer wrong_method(const std::string& allowed) {
  HttpAnswer response = problem_response({.status = 405, .detail = "allowed here: " + allowed});
  response.headers.emplace_back("Allow", allowed);
  return response;
}

HttpAnswer options_response(const std::string& allowed) { return {.status = 204, .headers = {{"Allow", allowed}}}; }

/// The format that an ending names, or null.
const AnswerFormatName* format_named(std::string_view ending) {
  const auto* const found = std::ranges::find(kAnswerFormats, ending, &AnswerFormatName::ending);
  return found == std::end(kAnswerFormats) ? nullptr : found;
}

/// The format that Accept asks for, among those of a route; the first where it asks for none of them.
AnswerFormat accepted_format(const Route& route, std::string_view accept) {
  for (const std::string_view item : split(accept, ',')) {
    const std::string_view type = trim(item.substr(0, item.find(';')));
    for (const AnswerFormat format : route.formats) {
      const std::string_view known = media_type(format);
      if (known.substr(0, known.find(';')) == type) return format;
    }
  }
  return route.formats.front();
}

/// The target of the page that follows.
std::string next_target(const ApiCall& call, const std::string& cursor) {
  const std::string_view target = call.request.target;
  constexpr std::string_view kCursor[] = {"cursor"};
  const std::string query = call.parameters.canonical(kCursor);
  return std::string(target.substr(0, target.find('?'))) + "?" + query + (query.empty() ? "" : "&") + "cursor=" + cursor;
}

bool is_same(std::string_view list, std::string_view etag) {
  return std::ranges::any_of(split(list, ','), [&](std::string_view one) {
    one = trim(one);
    return one == "*" || one == etag || "W/" + std::string(one) == etag;
  });
}

}  // namespace

HttpAnswer Api::handle(const HttpRequest& request) {
  const auto begin = std::chrono::steady_clock::now();
  std::string_view route = "page";
  HttpAnswer response = dispatch(request, route);
  const auto finish = [this, route, begin](HttpAnswer& made) {
    const bool is_report = route == "/brief" && made.status == 200;
    add_safety_headers(is_report, made.headers);
    metrics_.count(route, made.status, std::chrono::steady_clock::now() - begin);
  };
  if (response.waits_for == nullptr) {
    finish(response);
    return response;
  }
  response.then = [finish, then = std::move(response.then)] {
    HttpAnswer made = then();
    finish(made);
    return made;
  };
  return response;
}

HttpAnswer Api::dispatch(const HttpRequest& request, std::string_view& route) {
  if (const std::optional<Problem> problem = gate_.check(request)) return problem_response(*problem);
  if (std::ranges::find(kMethods, request.method) == std::end(kMethods))
    return problem_response({.status = 501, .detail = "no such method is known here: " + request.method.substr(0, 32)});
  Result<Target> target = parse_target(request.target);
  if (!target) return problem_response(problem_of(target.error()));
  if (!target->path.empty() && target->path.front() == "api") return answer_api(request, *target, route);
  if (request.method == "OPTIONS") return options_response("OPTIONS, GET, HEAD");
  if (request.method != "GET" && request.method != "HEAD") return wrong_method("OPTIONS, GET, HEAD");
  if (target->path.size() == 1 && target->path.front() == "healthz") return text_response("text/plain; charset=utf-8", "ok\n");
  if (target->path.size() == 1 && target->path.front() == "metrics") return metrics_text();
  return page(request, *target);
}

HttpAnswer Api::answer_api(const HttpRequest& request, const Target& target, std::string_view& route) {
  std::vector<std::string> path(target.path.begin() + 1, target.path.end());
  if (path.size() < 2 || path.front() != "v1")
    return problem_response({.status = 404, .detail = "the API lies at " + std::string(kApiBase)});
  path.erase(path.begin());
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (path == std::vector<std::string>{"openapi.json"} && reads)
    return text_response("application/json", openapi_json(data_.specs, data_.settings.version));
  if (path == std::vector<std::string>{"stream"} && request.method == "GET") return stream(request);

  RouteMatch match = match_routes(path);
  // "/events.csv" is no other thing than "/events"; an id may have a dot of its own.
  const size_t dot = path.back().rfind('.');
  const AnswerFormatName* const named = dot == std::string::npos ? nullptr : format_named(path.back().substr(dot + 1));
  if (named != nullptr) {
    std::vector<std::string> bare = path;
    bare.back().resize(dot);
    const RouteMatch without = match_routes(bare);
    const bool has_format = std::ranges::any_of(
        without.routes, [&](const Route* one) { return std::ranges::find(one->formats, named->format) != one->formats.end(); });
    if (has_format || match.routes.empty()) match = without;
  }
  if (match.routes.empty())
    return problem_response({.status = 404, .detail = "there is no such path: " + std::string(kApiBase) + "/openapi.json has all"});
  const std::string allowed = allowed_methods(match.routes);
  if (request.method == "OPTIONS") return options_response(allowed);
  const std::string_view method = request.method == "HEAD" ? std::string_view("GET") : std::string_view(request.method);
  const auto found = std::ranges::find(match.routes, method, &Route::method);
  route = match.routes.front()->path;
  if (found == match.routes.end()) return wrong_method(allowed);
  if (named == nullptr || match.id == path.back())
    return answer_route(request, target, **found, match.id, accepted_format(**found, request.header("Accept")));
  if (std::ranges::find((*found)->formats, named->format) == (*found)->formats.end()) {
    Problem problem{.status = 404, .detail = "there is no such format here: ." + std::string(named->ending)};
    for (const AnswerFormat format : (*found)->formats)
      problem.allowed.emplace_back(std::ranges::find(kAnswerFormats, format, &AnswerFormatName::format)->ending);
    return problem_response(problem);
  }
  return answer_route(request, target, **found, match.id, named->format);
}

HttpAnswer Api::answer_route(const HttpRequest& request, const Target& target, const Route& route, std::string id, AnswerFormat format) {
  if (route.access == RouteAccess::kToken) {
    if (const std::optional<Problem> problem = gate_.check_token(request)) return problem_response(*problem);
  }
  if (!route.body.empty()) {
    if (const std::optional<Problem> problem = Gate::check_body(request)) return problem_response(*problem);
  }
  std::variant<Parameters, Problem> parameters = Parameters::read(target, route.parameters, data_.specs);
  if (const auto* problem = std::get_if<Problem>(&parameters)) return problem_response(*problem);
  ApiCall call{.request = request,
               .route = route.path,
               .id = std::move(id),
               .parameters = std::get<Parameters>(std::move(parameters)),
               .format = format};
  if (route.basis == AnswerBasis::kRequest) return answer_call(route, call);
  return needs_crisis(route, call.parameters) ? answer_of_crisis(route, std::move(call)) : answer_kept(route, call);
}

/// Waits for the crisis where it is still to be built. What was answered before needs none.
HttpAnswer Api::answer_of_crisis(const Route& route, ApiCall call) {
  if (const std::shared_ptr<const KeptAnswer> kept = data_.answers.find(question_of(call, data_.crises.version())))
    return send_kept(call, *kept);
  const Result<FoundCrisis> found = data_.crises.find(crisis_question(route, call.parameters));
  if (!found) return problem_response(problem_of(found.error()));
  if (found->moment != nullptr) {
    call.crisis = found->moment;
    return answer_kept(route, call);
  }
  return {.waits_for = found->build, .then = [this, &route, call = std::move(call), build = found->build]() mutable {
            if (!build->moment) return problem_response(problem_of(build->moment.error()));
            call.crisis = *build->moment;
            return answer_kept(route, call);
          }};
}

std::string Api::question_of(const ApiCall& call, uint64_t crisis_version) const {
  return std::to_string(data_.data_version) + ":" + std::to_string(crisis_version) + " " + std::string(call.route) + " " + call.id + " " +
         std::string(media_type(call.format)) + " " + call.parameters.canonical();
}

HttpAnswer Api::answer_kept(const Route& route, const ApiCall& call) {
  if (call.format == AnswerFormat::kAtom) return answer_call(route, call);
  const std::string question = question_of(call, call.crisis == nullptr ? 0 : call.crisis->version);
  if (call.crisis == nullptr) {
    if (const std::shared_ptr<const KeptAnswer> kept = data_.answers.find(question)) return send_kept(call, *kept);
  }
  Result<ApiAnswer> answer = route.answer(data_, call);
  if (!answer) return problem_response(problem_of(answer.error()));
  if (answer->status != 200) return answer_of(*std::move(answer), call);
  const bool is_kept = answer->is_kept;
  const std::shared_ptr<const KeptAnswer> kept = std::make_shared<const KeptAnswer>(std::move(answer->body), std::move(answer->next));
  if (is_kept) data_.answers.put(question, kept);
  return send_kept(call, *kept);
}

HttpAnswer Api::answer_call(const Route& route, const ApiCall& call) {
  Result<ApiAnswer> answer = route.answer(data_, call);
  if (!answer) return problem_response(problem_of(answer.error()));
  return answer_of(*std::move(answer), call);
}

HttpAnswer Api::answer_of(ApiAnswer answer, const ApiCall& call) {
  HttpAnswer response{.status = answer.status,
                      .headers = {{"Content-Type", std::string(media_type(call.format))}, {"Cache-Control", "no-store"}},
                      .body = std::make_shared<const std::string>(std::move(answer.body))};
  if (!answer.location.empty()) response.headers.emplace_back("Location", answer.location);
  return response;
}

HttpAnswer Api::send_kept(const ApiCall& call, const KeptAnswer& kept) const {
  HttpAnswer response{.headers = {{"Content-Type", std::string(media_type(call.format))},
                                  {"ETag", kept.etag()},
                                  {"Cache-Control", "no-cache"},
                                  {"Vary", "Accept, Accept-Encoding"},
                                  {"Casus-Data-Version", std::to_string(data_.data_version)}}};
  if (!kept.next().empty()) response.headers.emplace_back("Link", "<" + next_target(call, kept.next()) + ">; rel=\"next\"");
  if (is_same(call.request.header("If-None-Match"), kept.etag())) {
    response.status = 304;
    return response;
  }
  response.body = kept.body();
  if (!accepts_coding(call.request.header("Accept-Encoding"), "gzip")) return response;
  if (std::shared_ptr<const std::string> gzip = kept.gzip()) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = std::move(gzip);
  }
  return response;
}

HttpAnswer Api::stream(const HttpRequest& request) const {
  return {.headers = {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}},
          .body = std::make_shared<const std::string>(watcher_ == nullptr ? "" : watcher_->greeting(request.header("Last-Event-ID"))),
          .is_stream = true};
}

HttpAnswer Api::page(const HttpRequest& request, const Target& target) const {
  std::string path;
  for (const std::string& part : target.path) path += (path.empty() ? "" : "/") + part;
  if (const WebFile* file = files_.find(path)) {
    HttpAnswer response = WebFiles::response(*file, request);
    if (target.path.empty() && target.parameters.empty()) response.headers.emplace_back("Link", kBriefAhead);
    return response;
  }
  // The page's own addresses are all the same file; what looks like a file and is none is missing.
  const bool wants_page = request.header("Accept").find("text/html") != std::string_view::npos;
  const bool is_file = !target.path.empty() && target.path.back().find('.') != std::string::npos && target.path.front() == "assets";
  const WebFile* const index = files_.find("");
  if (wants_page && !is_file && index != nullptr) return WebFiles::response(*index, request);
  return problem_response({.status = 404, .detail = "there is no such file"});
}

HttpAnswer Api::metrics_text() const {
  return text_response("text/plain; version=0.0.4; charset=utf-8", metrics_.text({.http = gauges_ ? gauges_() : HttpGauges{},
                                                                                  .data_version = data_.data_version,
                                                                                  .crisis_version = data_.crises.version(),
                                                                                  .crisis_builds = data_.crises.builds(),
                                                                                  .answers_kept_hits = data_.answers.hits(),
                                                                                  .answers_kept_misses = data_.answers.misses(),
                                                                                  .answers_kept_bytes = data_.answers.bytes()},
                                                                                 data_.settings.version));
}

}  // namespace casus
