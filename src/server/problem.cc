#include "server/problem.h"

#include <memory>
#include <utility>

#include "base/json_writer.h"
#include "base/text.h"

namespace casus {
namespace {

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kBadOption:
    case ErrorCode::kBadEncoding:
    case ErrorCode::kBadRecord:
    case ErrorCode::kEmpty: return 400;
    case ErrorCode::kNotFound: return 404;
    case ErrorCode::kTooLarge: return 413;
    case ErrorCode::kOtherLanguage: return 422;
    case ErrorCode::kBusy:
    case ErrorCode::kInterrupted: return 503;
    default: return 500;
  }
}

constexpr std::string_view kOption = "--";
constexpr std::string_view kThereAre = " (there are:";

/// "--since: no such day" names its parameter before the colon.
void take_field(Problem& problem) {
  if (!problem.detail.starts_with(kOption)) return;
  const size_t colon = problem.detail.find(": ");
  if (colon == std::string::npos) return;
  problem.field = problem.detail.substr(kOption.size(), colon - kOption.size());
  problem.detail.erase(0, colon + 2);
}

/// "no such type: X (there are: A B)" names what is allowed.
void take_allowed(Problem& problem) {
  const size_t begin = problem.detail.find(kThereAre);
  if (begin == std::string::npos || !problem.detail.ends_with(')')) return;
  const std::string names = problem.detail.substr(begin + kThereAre.size());
  for (const std::string_view name : split_words(std::string_view(names).substr(0, names.size() - 1))) problem.allowed.emplace_back(name);
  problem.detail.erase(begin);
}

}  // namespace

std::string_view status_title(int status) {
  switch (status) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Error";
  }
}

Problem problem_of(const Error& error) {
  Problem problem{.status = status_of(error.code), .detail = error.message};
  take_field(problem);
  take_allowed(problem);
  if (!error.remedy.empty()) problem.detail += " (" + error.remedy + ")";
  return problem;
}

std::string problem_json(const Problem& problem) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("type", "about:blank");
  json.field("title", problem.title.empty() ? status_title(problem.status) : std::string_view(problem.title));
  json.key("status").number(problem.status).field("detail", problem.detail);
  if (!problem.field.empty()) json.field("field", problem.field);
  if (!problem.allowed.empty()) {
    json.key("allowed").begin_array();
    for (const std::string& value : problem.allowed) json.string(value);
    json.end_array();
  }
  json.end_object();
  out += '\n';
  return out;
}

HttpAnswer problem_response(const Problem& problem) {
  HttpAnswer response{.status = problem.status,
                      .headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}},
                      .body = std::make_shared<const std::string>(problem_json(problem))};
  if (problem.status == 503) response.headers.emplace_back("Retry-After", "1");
  if (problem.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace casus
