#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/crisis_moment.h"
#include "server/http.h"
#include "server/parameters.h"

namespace casus {

/// How an answer is written: the ending of the address.
enum class AnswerFormat : uint8_t { kJson, kJsonLines, kCsv, kGeoJson, kAtom, kIcs, kMarkdown, kHtml, kText };

struct AnswerFormatName {
  AnswerFormat format;
  std::string_view ending;
  std::string_view media_type;
};
inline constexpr AnswerFormatName kAnswerFormats[] = {{AnswerFormat::kJson, "json", "application/json"},
                                                      {AnswerFormat::kJsonLines, "jsonl", "application/x-ndjson"},
                                                      {AnswerFormat::kCsv, "csv", "text/csv; charset=utf-8"},
                                                      {AnswerFormat::kGeoJson, "geojson", "application/geo+json"},
                                                      {AnswerFormat::kAtom, "atom", "application/atom+xml; charset=utf-8"},
                                                      {AnswerFormat::kIcs, "ics", "text/calendar; charset=utf-8"},
                                                      {AnswerFormat::kMarkdown, "md", "text/markdown; charset=utf-8"},
                                                      {AnswerFormat::kHtml, "html", "text/html; charset=utf-8"},
                                                      {AnswerFormat::kText, "txt", "text/plain; charset=utf-8"}};
[[nodiscard]] std::string_view media_type(AnswerFormat format);

/// A request of the API, understood and checked.
struct ApiCall {
  const HttpRequest& request;
  std::string_view route{};  ///< its path as the table of routes has it: "/events/{id}"
  std::string id{};          ///< what stands for {id}
  Parameters parameters{};
  AnswerFormat format = AnswerFormat::kJson;
  CrisisMomentPtr crisis{};  ///< the one that is asked for, where needs_crisis
};

/// What is answered to it.
struct ApiAnswer {
  std::string body{};
  int status = 200;
  std::string next{};      ///< cursor of the page that follows; "" for none
  std::string location{};  ///< where else it is: 201, 308
  bool is_kept = true;     ///< may be kept until the database changes
};

}  // namespace casus
