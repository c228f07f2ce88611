#include "store/versions.h"

#include <optional>
#include <string>

#include "base/calendar.h"
#include "store/article_row.h"

namespace casus {
namespace {

bool is_teaser(const Article& article) { return article.fields().has_flag(kSummaryFlag); }

std::string last_day(const Article& article) {
  const ArticleFields& fields = article.fields();
  const std::optional<Day> day = fields.updated ? fields.updated : fields.published;
  return day ? format_day(*day) : "";
}

int known_fields(const Article& article) {
  const ArticleFields& fields = article.fields();
  int known = fields.published ? 1 : 0;
  known += fields.updated ? 1 : 0;
  known += fields.authors.empty() ? 0 : 1;
  for (const std::string* field : {&fields.url, &fields.outlet, &fields.title, &fields.dateline_place}) known += field->empty() ? 0 : 1;
  return known;
}

/// Orders descriptions of the same text in a way that depends on them alone.
std::string order_key(const Article& article) {
  const ArticleFields& fields = article.fields();
  return fields.url + '\x1F' + fields.id + '\x1F' + fields.outlet + '\x1F' + fields.title + '\x1F' + content_hash(article);
}

}  // namespace

Standing compare_versions(const Article& stored, const Article& incoming) {
  if (content_hash(stored) == content_hash(incoming)) return Standing::kKnown;
  const bool same_text = stored.text() == incoming.text();
  const Standing loses = same_text ? Standing::kKnown : Standing::kOlder;
  if (is_teaser(stored) != is_teaser(incoming)) return is_teaser(stored) ? Standing::kCorrection : loses;
  const std::string stored_day = last_day(stored), incoming_day = last_day(incoming);
  if (stored_day != incoming_day) return stored_day < incoming_day ? Standing::kCorrection : loses;
  if (!same_text) return Standing::kCorrection;
  const int stored_fields = known_fields(stored), incoming_fields = known_fields(incoming);
  if (stored_fields != incoming_fields) return stored_fields < incoming_fields ? Standing::kCorrection : loses;
  return order_key(incoming) < order_key(stored) ? Standing::kCorrection : loses;
}

}  // namespace casus
