#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <casus/result.h>

#include "article/expansion.h"

namespace casus {

/// What the head of a WARC record says, as far as it matters.
struct WarcHeader {
  std::string type{};          ///< "response", "conversion", … in small letters
  std::string target{};        ///< the address that was asked for, without the angle brackets of old writers
  std::string content_type{};  ///< of the block: "application/http; msgtype=response", "text/plain", …
  std::optional<uint64_t> length{};
  std::optional<std::chrono::sys_seconds> fetched{};
  bool truncated = false;  ///< the writer kept a part of the content only
};

/// Adds a line "Name: value" of a head to what is known; other names and broken lines are passed over.
void read_warc_field(std::string_view line, WarcHeader& header);

/// What a server sent: its content as it was before it was packed for the way.
struct WebContent {
  std::string bytes{};
  std::string type{};     ///< "text/html", in small letters, without parameters; "" if not said
  std::string charset{};  ///< as declared, or ""
};

/// The value of a Content-Type as WebContent has it.
void read_content_type(std::string_view value, WebContent& content);

/// Unpacks the block of a response: head, chunks, compression. A reason that begins with "status " means: no page, to be passed over.
struct HttpResponse {
  WebContent content{};
  std::string reason{};  ///< why the response is none to be read, "status 404"; else ""
};

/// Errors: kBadRecord without a head or with broken chunks; kUnreadable, kTooLarge of its compression.
[[nodiscard]] Result<HttpResponse> read_http_response(std::string_view block, uint64_t max_bytes, Expansion& expansion);

}  // namespace casus
