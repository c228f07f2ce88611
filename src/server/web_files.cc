#include "server/web_files.h"

#include <cstdint>
#include <cstring>
#include <utility>

#include "base/hash.h"
#include "base/text.h"

// What tools/pack_web.cc wrote, put between these marks by the assembler (web_data.cc.in).
extern "C" {
extern const char casus_web_begin[];  // NOLINT: its name is the assembler's
extern const char casus_web_end[];    // NOLINT
}

namespace casus {
namespace {

constexpr std::string_view kPage = "index.html";

std::string_view media_type_of(std::string_view path) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {{".html", "text/html; charset=utf-8"},
                                                                      {".js", "text/javascript; charset=utf-8"},
                                                                      {".css", "text/css; charset=utf-8"},
                                                                      {".json", "application/json"},
                                                                      {".svg", "image/svg+xml"},
                                                                      {".png", "image/png"},
                                                                      {".ico", "image/x-icon"},
                                                                      {".woff2", "font/woff2"},
                                                                      {".txt", "text/plain; charset=utf-8"},
                                                                      {".webmanifest", "application/manifest+json"}};
  for (const auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

/// Takes texts with their lengths off a buffer.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool has_more() const { return !bytes_.empty(); }
  std::string next() {
    uint32_t length = 0;
    if (bytes_.size() < sizeof length) return take(bytes_.size());
    std::memcpy(&length, bytes_.data(), sizeof length);
    bytes_.remove_prefix(sizeof length);
    return take(length);
  }

 private:
  std::string take(size_t length) {
    const std::string text(bytes_.substr(0, length));
    bytes_.remove_prefix(text.size());
    return text;
  }
  std::string_view bytes_;
};

std::shared_ptr<const std::string> shared_unless_empty(std::string text) {
  return text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text));
}

}  // namespace

bool accepts_coding(std::string_view list, std::string_view coding) {
  for (const std::string_view item : split(list, ',')) {
    const std::string_view name = trim(item.substr(0, item.find(';')));
    if (!equals_ignoring_ascii_case(name, coding)) continue;
    const size_t weight = item.find("q=");
    return weight == std::string_view::npos || item.substr(weight + 2).find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

WebFiles::WebFiles() {
  Unpacker packed({casus_web_begin, static_cast<size_t>(casus_web_end - casus_web_begin)});
  while (packed.has_more()) {
    std::string path = packed.next(), body = packed.next(), gzip = packed.next(), brotli = packed.next();
    add(std::move(path), std::move(body), std::move(gzip), std::move(brotli));
  }
}

void WebFiles::add(std::string path, std::string body, std::string gzip, std::string brotli) {
  WebFile file{.media_type = media_type_of(path), .etag = "\"" + hash_hex(body) + "\"", .is_forever = path.starts_with("assets/")};
  file.body = std::make_shared<const std::string>(std::move(body));
  file.gzip = shared_unless_empty(std::move(gzip));
  file.brotli = shared_unless_empty(std::move(brotli));
  files_.emplace(std::move(path), std::move(file));
}

const WebFile* WebFiles::find(std::string_view path) const {
  const auto found = files_.find(path.empty() ? kPage : path);
  return found == files_.end() ? nullptr : &found->second;
}

HttpAnswer WebFiles::response(const WebFile& file, const HttpRequest& request) {
  HttpAnswer response{.headers = {{"Content-Type", std::string(file.media_type)},
                                  {"ETag", file.etag},
                                  {"Vary", "Accept-Encoding"},
                                  {"Cache-Control", file.is_forever ? "public, max-age=31536000, immutable" : "no-cache"}}};
  if (request.header("If-None-Match").find(file.etag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  const std::string_view codings = request.header("Accept-Encoding");
  response.body = file.body;
  if (file.brotli != nullptr && accepts_coding(codings, "br")) {
    response.headers.emplace_back("Content-Encoding", "br");
    response.body = file.brotli;
  } else if (file.gzip != nullptr && accepts_coding(codings, "gzip")) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = file.gzip;
  }
  return response;
}

}  // namespace casus
