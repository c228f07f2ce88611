#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "server/http.h"

namespace casus {

/// Why a request is not answered, as application/problem+json (RFC 9457).
struct Problem {
  int status = 400;
  std::string title{};                 ///< of the status, unless something says it better
  std::string detail{};                ///< one sentence
  std::string field{};                 ///< the parameter, header or field of the body that is wrong; "" for none
  std::vector<std::string> allowed{};  ///< values that it may have
};

/// What a status is called: "Not Found".
[[nodiscard]] std::string_view status_title(int status);

/// What an error of the inside means to whoever asked. Errors that name an option ("--since: …") name the parameter of the same name.
[[nodiscard]] Problem problem_of(const Error& error);

[[nodiscard]] std::string problem_json(const Problem& problem);
[[nodiscard]] HttpAnswer problem_response(const Problem& problem);

}  // namespace casus
