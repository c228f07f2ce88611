#include "article/html/metadata.h"

#include <algorithm>
#include <chrono>

#include "article/html/html_text.h"
#include "article/html/page_authors.h"
#include "article/html/page_claims.h"
#include "article/html/page_dates.h"
#include "article/html/page_scope.h"
#include "article/html/page_title.h"
#include "article/html/publication_day.h"
#include "article/noise_rules.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

using Field = PageFields::Field;
using Kind = PageFields::LinkedKind;

constexpr size_t kMaxOutletBytes = 80;
constexpr size_t kMaxUrlBytes = 2000;

std::string_view first_value(const std::vector<PageClaim>& claims, Field field) {
  const auto found = std::ranges::find(claims, field, &PageClaim::field);
  return found == claims.end() ? std::string_view() : std::string_view(found->value);
}

std::string_view first_linked(const PageClaims& claims, std::string LinkedArticle::* field) {
  for (const LinkedArticle& article : claims.linked.articles) {
    if (!(article.*field).empty()) return article.*field;
  }
  return "";
}

bool is_address(std::string_view text) {
  return (text.starts_with("http://") || text.starts_with("https://")) && text.size() <= kMaxUrlBytes && is_valid_utf8(text) &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

/// Of a host: "dailypost" of "www.dailypost.co.uk".
std::string name_of_host(std::string_view url) {
  const size_t begin = url.find("://");
  if (begin == std::string_view::npos) return "";
  std::string_view host = url.substr(begin + 3, url.find_first_of("/:?#", begin + 3) - begin - 3);
  if (host.starts_with("www.")) host.remove_prefix(4);
  return std::string(host.substr(0, host.find('.')));
}

std::string choose_url(const PageClaims& claims, std::string_view known) {
  for (const std::string_view url :
       {std::string_view(claims.canonical), first_value(claims.meta, Field::kUrl), first_linked(claims, &LinkedArticle::url), known}) {
    if (is_address(url)) return std::string(url);
  }
  return "";
}

/// What the page calls its site, unless that is its section or its own title.
std::string choose_outlet(const PageClaims& claims, std::string_view section) {
  for (const std::string_view outlet : {first_value(claims.meta, Field::kOutlet), first_linked(claims, &LinkedArticle::outlet)}) {
    const bool is_other = outlet == section || outlet == claims.page_title || outlet == first_value(claims.meta, Field::kTitle);
    if (!outlet.empty() && !is_other && outlet.size() <= kMaxOutletBytes && !is_address(outlet) && !outlet.starts_with('@'))
      return std::string(outlet);
  }
  return "";
}

/// Of the articles of JSON-LD with a text: that with the page's title, else the only one.
std::string choose_text(const PageClaims& claims, std::string_view title) {
  const std::vector<uint64_t> words = title_words(title);
  const LinkedArticle* only = nullptr;
  size_t texts = 0;
  for (const LinkedArticle& article : claims.linked.articles) {
    if (article.text.empty()) continue;
    if (says_title(article.title, words)) return article.text;
    only = &article;
    ++texts;
  }
  return texts == 1 ? only->text : "";
}

}  // namespace

PageHints hints_of(const PageMetadata& page) {
  return {.title = page.title, .may_be_live = page.has_live_blog, .is_for_subscribers = page.is_for_subscribers};
}

PageMetadata read_metadata(const HtmlTree& tree, std::string_view url, const ArticleOptions& options) {
  static const PageFields kNoFields{};
  static const PageWords kNoWords{};
  const PageFields& fields = options.noise_rules == nullptr ? kNoFields : options.noise_rules->fields();
  const PageWords& words = options.noise_rules == nullptr ? kNoWords : options.noise_rules->words();
  const PageClaims claims = read_claims(tree, fields);

  PageMetadata page;
  page.url = choose_url(claims, url);
  page.language = claims.language.empty() ? std::string(first_value(claims.meta, Field::kLanguage)) : claims.language;
  page.section = first_value(claims.meta, Field::kSection);
  if (page.section.empty()) page.section = first_linked(claims, &LinkedArticle::section);
  page.outlet = choose_outlet(claims, page.section);
  PageTitle title = choose_title(claims, {page.outlet, name_of_host(page.url), name_of_host(url)});
  page.title = std::move(title.text);
  page.headline = title.headline;
  page.authors = choose_authors(tree, claims, fields, page.headline, page.outlet);
  if (std::ranges::any_of(claims.linked.articles, [](const LinkedArticle& article) { return article.kind == Kind::kLive; }))
    page.flags.emplace_back(kLiveFlag);

  page.has_live_blog = claims.linked.has_live_blog;
  page.is_for_subscribers = claims.linked.is_for_subscribers;
  page.linked_text = choose_text(claims, page.title);
  const DaySetting setting{.headline = page.headline,
                           .title = page.title,
                           .url = page.url.empty() ? url : page.url,
                           .retrieved = options.retrieved,
                           .rules = options.noise_rules == nullptr ? nullptr : &options.noise_rules->page()};
  const PublicationDays days = choose_days(tree, claims, setting, fields, words);
  page.published = days.published;
  page.published_from = days.from;
  page.updated = days.updated;
  if (days.is_doubtful) page.flags.emplace_back("date-doubtful");
  return page;
}

}  // namespace casus
