#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include <casus/article.h>

namespace casus {

/// Remembers articles, to tell which one came before: under the same address or with the same text. About 80 bytes an article.
/// Threads: one at a time.
class SeenArticles {
 public:
  /// Whether the article came before; remembers it.
  [[nodiscard]] bool came_before(const Article& article);

 private:
  std::unordered_set<uint64_t> hashes_{};
};

/// What addresses of one page have in common: without scheme, "www.", fragment, tags of campaigns ("utm_…") and a slash at the end. "" if
/// it names a whole site, as wrong canonical addresses do.
[[nodiscard]] std::string url_key(std::string_view url);

/// A hash of the words that are read, letter case and signs aside. The title, which outlets change, belongs to them only where the
/// text is short, since short texts are alike by chance; datelines and noise never do. 0 if there is no word.
[[nodiscard]] uint64_t text_key(const Article& article);

}  // namespace casus
