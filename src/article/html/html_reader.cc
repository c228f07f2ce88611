#include "article/html/html_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "article/html/body.h"
#include "article/html/fallback_body.h"
#include "article/html/html_tree.h"
#include "article/html/metadata.h"
#include "article/html/page_dates.h"
#include "article/marked_text.h"
#include "article/noise_rules.h"
#include "article/whole_file_reader.h"

namespace casus {
namespace {

Error at(Error error, const ArticleFields& fields) {
  if (error.file.empty()) error.file = fields.origin;
  if (error.line == 0) error.line = fields.origin_line;
  return error;
}

void fill(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

/// What is known from elsewhere stays.
void fill(ArticleFields& fields, const PageMetadata& page) {
  fill(fields.url, page.url);
  fill(fields.outlet, page.outlet);
  fill(fields.title, page.title);
  if (fields.authors.empty()) fields.authors = page.authors;
  if (!fields.published && page.published) {
    fields.published = page.published;
    fields.published_from = page.published_from;
  }
  if (!fields.updated) fields.updated = page.updated;
  for (const std::string& flag : page.flags) fields.add_flag(flag);
}

/// The article of one entry of a live blog: the page's fields, but for its own heading, time and place in the page.
Result<ArticlePtr> build_entry(const ArticleFields& page, HtmlStory entry, size_t number, const ArticleOptions& options) {
  ArticleFields fields = page;
  fields.id += "#" + (entry.anchor.empty() ? std::to_string(number) : entry.anchor);
  if (!fields.url.empty() && !entry.anchor.empty()) fields.url += "#" + entry.anchor;
  if (!entry.headline.empty()) fields.title = std::move(entry.headline);
  const PageWords* words = options.noise_rules == nullptr ? nullptr : &options.noise_rules->words();
  if (const auto stamp = words == nullptr ? std::nullopt : read_stamp(entry.time, *words)) {
    fields.published = stamp->day;
    fields.published_from = "time";
    fields.updated.reset();
  }
  return build_marked_article(std::move(fields), std::move(entry.pieces), {}, options);
}

/// The articles of a page whose fields are known.
std::vector<Result<ArticlePtr>> build_articles(ArticleFields fields, HtmlBody body, std::vector<Warning> warnings,
                                               const ArticleOptions& options) {
  std::vector<Result<ArticlePtr>> articles;
  if (body.paywalled) fields.add_flag("paywalled");
  if (!body.entries.empty()) fields.add_flag(kLiveFlag);
  fill(fields.title, std::move(body.story.headline));
  Result<ArticlePtr> story = build_marked_article(fields, std::move(body.story.pieces), std::move(warnings), options);
  // A live blog needs nothing above its entries, nor something in each of them; but something somewhere.
  const bool is_needed = story.ok() || story.error().code != ErrorCode::kEmpty;
  if (is_needed) articles.push_back(story);
  for (size_t i = 0; i < body.entries.size(); ++i) {
    Result<ArticlePtr> entry = build_entry(fields, std::move(body.entries[i]), i + 1, options);
    if (entry.ok() || entry.error().code != ErrorCode::kEmpty) articles.push_back(std::move(entry));
  }
  if (articles.empty()) articles.push_back(std::move(story));
  return articles;
}

std::vector<Result<ArticlePtr>> only(Error error) {
  std::vector<Result<ArticlePtr>> items;
  items.emplace_back(std::move(error));
  return items;
}

}  // namespace

std::vector<Result<ArticlePtr>> read_html_articles(ArticleFields fields, std::string_view bytes, std::string_view charset,
                                                   const ArticleOptions& options) {
  const Result<HtmlTree> tree = parse_html(bytes, charset, options);
  if (!tree) return only(at(tree.error(), fields));
  if (fields.form.empty()) fields.form = "html";
  PageMetadata page = read_metadata(*tree, fields.url, options);
  fill(fields, page);
  page.title = fields.title;
  HtmlBody body = find_body(*tree, hints_of(page), options);
  if (shows_no_body(body)) fill_from_fallbacks(*tree, bytes, charset, page, options, body);
  return build_articles(std::move(fields), std::move(body), tree->warnings(), options);
}

std::unique_ptr<ArticleReader> open_html_reader(LineReader file, ArticleFields known, const ArticleOptions& options) {
  return std::make_unique<WholeFileReader>(
      std::move(file), std::move(known), options.max_html_bytes,
      [options](ArticleFields fields, const std::string& bytes) { return read_html_articles(std::move(fields), bytes, "", options); });
}

}  // namespace casus
