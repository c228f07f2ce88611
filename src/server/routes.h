#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "server/answer.h"
#include "server/server_data.h"

namespace casus {

/// Who may use a route.
enum class RouteAccess : uint8_t {
  kEverybody,
  kToken,  ///< whoever has the token, where the server has one
};

/// What an answer depends on, and so how long it may be kept.
enum class AnswerBasis : uint8_t {
  kDatabase,
  kCrisis,   ///< what is built of the database, a moment later
  kRecent,   ///< the same, of its last days only
  kUnit,     ///< the crisis where incidents are counted, else the database
  kRequest,  ///< never kept
};

/// A path of the API: what may be asked there, and who answers. The table of routes is all that the description of the API
/// (openapi.h) and the checking of requests know.
struct Route {
  std::string_view method;
  std::string_view path;  ///< below kApiBase; "{id}" stands for one part
  std::string_view about;
  std::vector<AnswerFormat> formats;         ///< the first where nothing else is asked for
  std::vector<std::string_view> parameters;  ///< names in ServerData::specs
  RouteAccess access = RouteAccess::kEverybody;
  AnswerBasis basis = AnswerBasis::kDatabase;
  std::string_view schema = "object";  ///< of the answer in the description: "list", "object", "text"
  std::string_view body{};             ///< of a request that has one: "article", "fix"
  Result<ApiAnswer> (*answer)(ServerData& data, const ApiCall& call) = nullptr;
};

inline constexpr std::string_view kApiBase = "/api/v1";

[[nodiscard]] std::span<const Route> routes();

/// Whether a call of the route needs a crisis, and which one.
[[nodiscard]] bool needs_crisis(const Route& route, const Parameters& parameters);
[[nodiscard]] CrisisQuestion crisis_question(const Route& route, const Parameters& parameters);

/// Routes whose path fits; with what stands for {id}.
struct RouteMatch {
  std::vector<const Route*> routes{};  ///< one a method
  std::string id{};
};
/// `path`: the parts below the base, the last without its ending.
[[nodiscard]] RouteMatch match_routes(std::span<const std::string> path);

}  // namespace casus
