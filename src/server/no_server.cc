// Stands in for beast_server.cc where casus is built without Boost.
#include "server/http.h"

namespace casus {

bool can_serve() { return false; }

Result<std::unique_ptr<HttpServer>> HttpServer::listen(
    const HttpOptions& /*options*/, HttpHandler /*handler*/) {  // NOLINT(performance-unnecessary-value-param): as beast_server.cc takes it
  return Error{.code = ErrorCode::kNotFound,
               .message = "this casus was built without Boost, so it cannot serve",
               .remedy = "install libboost1.81-dev (Debian 12) and build casus again"};
}

}  // namespace casus
