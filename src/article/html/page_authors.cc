#include "article/html/page_authors.h"

#include <algorithm>

#include "article/html/html_text.h"
#include "base/text.h"

namespace casus {
namespace {

using Field = PageFields::Field;
using Kind = PageFields::LinkedKind;

constexpr size_t kMaxAuthorBytes = 60;
constexpr size_t kMaxNameWords = 6;
constexpr size_t kMaxListBytes = 300;
constexpr size_t kMaxNames = 16;

/// Whether a piece between commas can be a name: few words, no figures, no address.
bool is_name(std::string_view text, const PageFields& fields, std::string_view outlet) {
  const size_t words = split_words(text).size();
  if (words == 0 || words > kMaxNameWords || text.size() > kMaxAuthorBytes) return false;
  if (text.find_first_of("0123456789@/:|<>{}[]_") != std::string_view::npos) return false;
  if (is_ascii_lower(text.front())) return false;
  return !fields.is_no_author(text) && !(!outlet.empty() && equals_ignoring_ascii_case(text, outlet));
}

std::string_view without_signs(std::string_view text) {
  while (!text.empty() && std::string_view("-*|:,;.").find(text.back()) != std::string_view::npos &&
         !(text.back() == '.' && text.size() > 2 && is_ascii_upper(text[text.size() - 2])))  // "John Smith J."
    text = trim(text.substr(0, text.size() - 1));
  return text;
}

/// Names elsewhere on the page are those of other articles, of comments or of sources.
constexpr uint32_t kNodesAround = 500;
bool is_near(const HtmlTree& tree, uint32_t node, uint32_t headline) {
  return headline == 0 || (node + kNodesAround > headline && node < tree[headline].end + kNodesAround);
}

std::string_view without_byline_words(std::string_view text, const PageFields& fields) {
  for (;;) {
    text = trim(text);
    const size_t end = text.find_first_of(" :");
    if (end == std::string_view::npos) return fields.is_byline_word(text) ? std::string_view() : text;
    if (!fields.is_byline_word(text.substr(0, end))) return text;
    text.remove_prefix(end + 1);
  }
}

/// Where the next name begins: behind a comma, a semicolon, a bar, " and ", " & ".
size_t name_end(std::string_view text, size_t& separator) {
  size_t end = text.size();
  separator = 0;
  for (const std::string_view sign : {",", ";", "|", "•", " and ", " & ", " And ", " AND ", "\n"}) {
    const size_t found = text.find(sign);
    if (found < end) {
      end = found;
      separator = sign.size();
    }
  }
  return end;
}

}  // namespace

std::vector<std::string> names_of(std::string_view list, const PageFields& fields, std::string_view outlet) {
  std::vector<std::string> names;
  if (list.size() > kMaxListBytes) return names;
  list = without_byline_words(list, fields);
  while (!list.empty() && names.size() < kMaxNames) {
    size_t separator = 0;
    const size_t end = name_end(list, separator);
    const std::string_view name = without_signs(without_byline_words(list.substr(0, end), fields));
    if (is_name(name, fields, outlet) && std::ranges::find(names, name) == names.end()) names.emplace_back(name);
    list.remove_prefix(std::min(list.size(), end + separator));
  }
  return names;
}

std::vector<std::string> choose_authors(const HtmlTree& tree, const PageClaims& claims, const PageFields& fields, uint32_t headline,
                                        std::string_view outlet) {
  std::vector<std::string> names;
  const auto add = [&](std::string_view list) {
    for (std::string& name : names_of(list, fields, outlet)) {
      if (names.size() < kMaxNames && std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
  };
  for (const LinkedArticle& article : claims.linked.articles) {
    if (article.kind == Kind::kNone || !names.empty()) continue;
    for (const std::string& author : article.authors) add(author);
  }
  if (!names.empty()) return names;
  for (const auto* list : {&claims.meta, &claims.microdata}) {
    uint32_t rank = 0;
    for (const PageClaim& claim : *list) {
      if (claim.field != Field::kAuthors || (!names.empty() && claim.rank != rank)) continue;
      if (list == &claims.microdata && !is_near(tree, claim.node, headline)) continue;
      rank = claim.rank;
      add(claim.value);
    }
    if (!names.empty()) return names;
  }
  for (const uint32_t node : claims.bylines) {
    if (names.empty() && is_near(tree, node, headline)) add(visible_text(tree, node, true));
  }
  return names;
}

}  // namespace casus
