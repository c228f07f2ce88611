#include "server/gate.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text.h"

namespace casus {
namespace {

constexpr std::string_view kBearer = "Bearer ";

/// Takes the same time wherever they differ.
bool is_same_secret(std::string_view a, std::string_view b) {
  unsigned difference = a.size() == b.size() ? 0 : 1;
  for (size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i % std::max<size_t>(b.size(), 1)]);
  return difference == 0;
}

constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
// A brief as one page has its style within it, and runs nothing.
constexpr std::string_view kReportPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

}  // namespace

std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) {
    const size_t end = authority.find(']');
    return end == std::string_view::npos ? "" : authority.substr(1, end - 1);
  }
  return authority.substr(0, authority.find(':'));
}

bool is_numeric_address(std::string_view host) {
  const std::string text(host);
  in6_addr address = {};
  return inet_pton(AF_INET, text.c_str(), &address) == 1 || inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

std::optional<Problem> Gate::check(const HttpRequest& request) const {
  const std::string_view host = host_of(request.header("Host"));
  const bool is_known = equals_ignoring_ascii_case(host, "localhost") || is_numeric_address(host) ||
                        std::ranges::any_of(names_, [&](const std::string& name) { return equals_ignoring_ascii_case(host, name); });
  if (!is_known)
    return Problem{
        .status = 421, .detail = "this server is not called " + std::string(host) + ": --allow-host lets it be", .field = "Host"};
  const std::string_view origin = request.header("Origin");
  const std::string_view site = request.header("Sec-Fetch-Site");
  const size_t scheme = origin.find("://");
  const bool is_foreign = !origin.empty() && (scheme == std::string_view::npos || origin.substr(scheme + 3) != request.header("Host"));
  if (is_foreign || (site == "cross-site" && request.method != "GET"))
    return Problem{.status = 403, .detail = "pages of others ask nothing here", .field = "Origin"};
  return std::nullopt;
}

std::optional<Problem> Gate::check_token(const HttpRequest& request) const {
  if (token_.empty()) return Problem{.status = 403, .detail = "this server only reads: casus serve --allow-ingest lets it write"};
  const std::string_view given = request.header("Authorization");
  if (given.size() > kBearer.size() && equals_ignoring_ascii_case(given.substr(0, kBearer.size()), kBearer) &&
      is_same_secret(trim(given.substr(kBearer.size())), token_))
    return std::nullopt;
  return Problem{.status = 401,
                 .detail = "writing needs the token that casus serve printed, as Authorization: Bearer TOKEN",
                 .field = "Authorization"};
}

std::optional<Problem> Gate::check_body(const HttpRequest& request) {
  const std::string_view type = request.header("Content-Type");
  if (equals_ignoring_ascii_case(trim(type.substr(0, type.find(';'))), "application/json")) return std::nullopt;
  return Problem{.status = 415, .detail = "a body is JSON", .field = "Content-Type", .allowed = {"application/json"}};
}

void add_safety_headers(bool is_page_of_reports, HttpHeaders& headers) {
  headers.emplace_back("Content-Security-Policy", is_page_of_reports ? kReportPolicy : kPagePolicy);
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("Referrer-Policy", "no-referrer");
  headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

}  // namespace casus
