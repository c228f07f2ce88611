#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "server/http.h"

namespace casus {

/// A file of the page, as it is and compressed.
struct WebFile {
  std::string_view media_type{};
  std::shared_ptr<const std::string> body{};
  std::shared_ptr<const std::string> gzip{};    ///< null where it is no shorter
  std::shared_ptr<const std::string> brotli{};  ///< the same
  std::string etag{};
  bool is_forever = false;  ///< its name tells its content
};

/// The page: files that the build put into the program (tools/pack_web.cc). Threads: immutable.
class WebFiles {
 public:
  /// Those in the program; where it was built without them, a page that says so.
  WebFiles();

  /// Null for what is no file. `path`: below the root, "" for the page itself.
  [[nodiscard]] const WebFile* find(std::string_view path) const;

  /// The file as it is sent to whoever asks so.
  [[nodiscard]] static HttpAnswer response(const WebFile& file, const HttpRequest& request);

 private:
  void add(std::string path, std::string body, std::string gzip, std::string brotli);
  std::map<std::string, WebFile, std::less<>> files_{};
};

/// Whether a list of codings, as Accept-Encoding has it, takes one.
[[nodiscard]] bool accepts_coding(std::string_view list, std::string_view coding);

}  // namespace casus
