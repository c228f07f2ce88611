#include "article/seen_articles.h"

#include <algorithm>

#include "article/canonical_url.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

constexpr size_t kMinWordsWithoutTitle = 40;
constexpr std::string_view kCampaignTag = "utm_";

bool is_in_word(char32_t c) {
  if (c < 0x80) return is_ascii_alpha(static_cast<char>(c)) || is_ascii_digit(static_cast<char>(c));
  const bool sign = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x3004) || c >= 0xFFF9;
  return !sign && !is_white_space(c);
}

/// Appends the words of `text`, a space behind each; gives how many.
size_t append_words(std::string_view text, std::string& out) {
  size_t words = 0;
  bool inside = false;
  for (size_t position = 0; position < text.size();) {
    const size_t begin = position;
    if (is_in_word(decode_utf8(text, position))) {
      for (const char c : text.substr(begin, position - begin)) out += ascii_lower(c);
      words += inside ? 0 : 1;
      inside = true;
    } else if (inside) {
      out += ' ';
      inside = false;
    }
  }
  if (inside) out += ' ';
  return words;
}

std::string without_campaigns(std::string_view query) {
  std::string kept;
  for (const std::string_view part : split(query, '&')) {
    if (part.empty() || part.starts_with(kCampaignTag)) continue;
    kept += (kept.empty() ? '?' : '&');
    kept += part;
  }
  return kept;
}

}  // namespace

std::string url_key(std::string_view url) {
  const std::string whole = canonical_url(url);
  std::string_view rest = whole;
  const size_t scheme_end = rest.find("://");
  if (scheme_end != std::string_view::npos) rest.remove_prefix(scheme_end + 3);
  if (rest.starts_with("www.")) rest.remove_prefix(4);
  const size_t query = std::min(rest.find('?'), rest.size());
  std::string_view path = rest.substr(0, query);
  while (path.ends_with('/')) path.remove_suffix(1);
  std::string key(path);
  if (query < rest.size()) key += without_campaigns(rest.substr(query + 1));
  return key.find_first_of("/?") == std::string::npos ? "" : key;
}

uint64_t text_key(const Article& article) {
  std::string words;
  size_t count = 0;
  for (const Block& block : article.blocks()) {
    if (block.kind == BlockKind::kParagraph || block.kind == BlockKind::kHeading) count += append_words(article.view(block.span), words);
  }
  if (count < kMinWordsWithoutTitle) count += append_words(article.fields().title, words);
  return count == 0 ? 0 : hash64(words);
}

bool SeenArticles::came_before(const Article& article) {
  const ArticleFields& fields = article.fields();
  const uint64_t text = text_key(article);
  const bool text_is_new = text == 0 || hashes_.insert(text).second;
  const std::string url = fields.has_flag(kLiveFlag) ? "" : url_key(fields.url);
  if (url.empty()) return !text_is_new;
  // A teaser does not stand in the way of the report that it leads to.
  if (fields.has_flag(kSummaryFlag)) return !text_is_new || hashes_.contains(hash64(url));
  // Also where the text came before, so that it is known under each of its addresses.
  const bool url_is_new = hashes_.insert(hash64(url)).second;
  return !url_is_new || !text_is_new;
}

}  // namespace casus
