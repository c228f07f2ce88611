#include "crisis/crisis_builder.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "crisis/day_span.h"
#include "crisis/incident_edits.h"
#include "crisis/incidents.h"
#include "crisis/parties.h"
#include "crisis/text_groups.h"

namespace casus {
namespace {

constexpr int32_t kNever = std::numeric_limits<int32_t>::max();

std::optional<int32_t> published(const Report& report) { return day_count(report.article->fields().published); }

/// The reports that count, each article once, in an order that the reports alone decide.
std::vector<const Report*> in_order(std::span<const Report> reports, const CrisisOptions& options, uint64_t& left_out) {
  std::vector<const Report*> order;
  for (const Report& report : reports) {
    if (options.as_of && published(report).value_or(kNever) > *options.as_of) {
      ++left_out;
      continue;
    }
    order.push_back(&report);
  }
  const auto key = [](const Report* report) {
    const Article& article = *report->article;
    return std::tuple(published(*report).value_or(kNever), std::string_view(article.article_id()),
                      std::string_view(article.fields().outlet), std::string_view(article.fields().id), std::string_view(article.text()));
  };
  std::ranges::sort(order, [&](const Report* a, const Report* b) { return key(a) < key(b); });
  std::unordered_set<std::string_view> seen;
  std::erase_if(order, [&](const Report* report) { return !seen.insert(report->article->article_id()).second; });
  return order;
}

void add_report(const Report& report, uint32_t index, const CrisisRules& rules, const Lexicon& lexicon, Crisis& crisis) {
  const std::optional<int32_t> day = crisis.articles[index].published;
  for (const Event& event : report.events) {
    crisis.mentions.push_back(mention_of(event, *report.article, day, rules, lexicon));
    crisis.mentions.back().article = index;
  }
  for (const Statement& statement : report.statements) crisis.sayings.push_back({index, statement});
}

/// The day of a time expression, where it names just one.
std::optional<int32_t> day_of(const TimeExpression& time) {
  constexpr size_t kDayBytes = sizeof "YYYY-MM-DD" - 1;
  const std::optional<DaySpan> range = parse_day_range(std::string_view(time.value).substr(0, kDayBytes));
  return range && range->days() == 1 ? std::optional(range->begin) : std::nullopt;
}

std::vector<int32_t> days_named_in(const Report& report) {
  std::set<int32_t> days;
  for (const TimeExpression& time : report.times) {
    if (const std::optional<int32_t> day = day_of(time)) days.insert(*day);
  }
  return {days.begin(), days.end()};
}

CrisisArticle article_of(const Report& report, uint32_t text_group) {
  const ArticleFields& fields = report.article->fields();
  return {.article_id = report.article->article_id(),
          .doc = fields.id,
          .outlet = fields.outlet,
          .url = fields.url,
          .title = fields.title,
          .published = published(report),
          .text_group = text_group,
          .named_days = days_named_in(report)};
}

/// How many independent texts name each day, and how many of them when it is past.
std::vector<NamedDay> named_days(const std::vector<CrisisArticle>& articles) {
  constexpr int32_t kPast = 2;  // days: the day before is what a morning paper tells
  std::map<std::pair<int32_t, uint32_t>, bool> naming;
  for (const CrisisArticle& article : articles) {
    for (const int32_t day : article.named_days) {
      bool& looks_back = naming[{day, article.text_group}];
      looks_back = looks_back || (article.published && *article.published >= day + kPast);
    }
  }
  std::vector<NamedDay> days;
  for (const auto& [name, looks_back] : naming) {
    if (days.empty() || days.back().day != name.first) days.push_back({.day = name.first});
    ++days.back().texts;
    if (looks_back) ++days.back().later;
  }
  return days;
}

std::vector<uint32_t> found_groups(const std::vector<const Report*>& reports) {
  std::vector<ComparedText> texts;
  texts.reserve(reports.size());
  for (const Report* report : reports) texts.push_back({.day = published(*report), .shingles = shingles_of(*report->article)});
  return group_texts(texts);
}

std::vector<uint32_t> known_groups(const std::vector<const Report*>& reports, const TextGroups& known) {
  std::vector<uint32_t> groups;
  groups.reserve(reports.size());
  for (const Report* report : reports) groups.push_back(known.at(report->article->article_id()));
  return groups;
}

constexpr uint32_t kGone = std::numeric_limits<uint32_t>::max();

/// The fixes of a crisis that act in a part of it. `mentions`: of each of the whole its number in the part, or kGone.
std::vector<IncidentFix> kept_fixes(const Crisis& whole, const std::vector<uint32_t>& mentions) {
  std::vector<IncidentFix> kept;
  for (IncidentFix fix : whole.fixes) {
    fix.mention = mentions[fix.mention];
    if (fix.other) fix.other = mentions[*fix.other];
    if (fix.mention != kGone && fix.other != kGone) kept.push_back(std::move(fix));
  }
  return kept;
}

}  // namespace

DaySpan window_of(std::string_view status, std::optional<int32_t> day, const IncidentRule& rule) {
  if (!day) return {};
  if (status == "denied") return {*day - rule.window, *day + rule.ahead + 1};
  if (status != "actual") return {*day, *day + rule.ahead + 1};
  return {*day - rule.window, *day + 1};
}

Mention mention_of(const Event& event, const Article& article, std::optional<int32_t> day, const CrisisRules& rules,
                   const Lexicon& lexicon) {
  Mention mention{.event = event, .words = std::string(article.view(event.sentence))};
  const std::optional<DaySpan> range = parse_day_range(event.date);
  mention.dated = range.has_value();
  mention.window = range ? *range : window_of(event.status, day, rules.rule_of(event.type));
  mention.source = parties_of(event.source, lexicon);
  mention.target = parties_of(event.target, lexicon);
  return mention;
}

Crisis assemble_crisis(std::span<const Report> reports, const CrisisRules& rules, const Lexicon& lexicon, const CrisisOptions& options,
                       const TextGroups* text_groups) {
  Crisis crisis;
  const std::vector<const Report*> order = in_order(reports, options, crisis.left_out);
  const std::vector<uint32_t> groups = text_groups != nullptr ? known_groups(order, *text_groups) : found_groups(order);
  crisis.as_of = options.as_of;
  for (uint32_t i = 0; i < order.size(); ++i) {
    crisis.articles.push_back(article_of(*order[i], groups[i]));
    if (!options.as_of && crisis.articles[i].published) crisis.as_of = std::max(crisis.as_of, crisis.articles[i].published);
    add_report(*order[i], i, rules, lexicon, crisis);
  }
  crisis.named_days = named_days(crisis.articles);
  return crisis;
}

Crisis build_crisis(std::span<const Report> reports, const CrisisRules& rules, const Lexicon& lexicon, const CrisisOptions& options) {
  Crisis crisis = assemble_crisis(reports, rules, lexicon, options);
  crisis.incidents = build_incidents(crisis, rules, lexicon);
  return crisis;
}

Crisis crisis_as_of(const Crisis& whole, const CrisisOptions& options, double min_confidence, const CrisisRules& rules,
                    const Lexicon& lexicon) {
  // Articles are in the order of their days, and everything else in theirs: what was known then comes first.
  const auto is_later = [&](const CrisisArticle& article) { return options.as_of && article.published.value_or(kNever) > *options.as_of; };
  const auto known = std::ranges::find_if(whole.articles, is_later);
  const auto count = static_cast<uint32_t>(known - whole.articles.begin());
  Crisis part;
  part.as_of = options.as_of ? options.as_of : whole.as_of;
  part.articles.assign(whole.articles.begin(), known);
  part.left_out = whole.left_out + whole.articles.size() - count;
  part.named_days = named_days(part.articles);
  std::set<std::pair<uint32_t, std::string_view>> doubtful;
  std::vector<uint32_t> mentions(whole.mentions.size(), kGone);
  for (uint32_t i = 0; i < whole.mentions.size() && whole.mentions[i].article < count; ++i) {
    const Mention& mention = whole.mentions[i];
    if (mention.event.confidence < min_confidence) {
      doubtful.emplace(mention.article, mention.event.id);
      continue;
    }
    mentions[i] = static_cast<uint32_t>(part.mentions.size());
    part.mentions.push_back(mention);
  }
  for (const Saying& saying : whole.sayings) {
    if (saying.article >= count) break;
    part.sayings.push_back(saying);
    std::erase_if(part.sayings.back().statement.events, [&](const std::string& id) { return doubtful.contains({saying.article, id}); });
  }
  for (const IncidentFix& fix : kept_fixes(whole, mentions)) {
    const bool is_of_outcome = fix.kind == kHappenedFix || fix.kind == kNotHappenedFix;
    // What is to happen later is not yet known to have happened or not.
    if (!is_of_outcome || !options.as_of || part.mentions[fix.mention].window.begin <= *options.as_of) part.fixes.push_back(fix);
  }
  part.incidents = build_incidents(part, rules, lexicon);
  return part;
}

Crisis recent_part(const Crisis& whole, int32_t days, const CrisisRules& rules, const Lexicon& lexicon) {
  Crisis part;
  part.as_of = whole.as_of;
  part.left_out = whole.left_out;
  part.older = whole.older;
  std::vector<uint32_t> articles(whole.articles.size(), kGone), mentions(whole.mentions.size(), kGone);
  for (uint32_t i = 0; i < whole.articles.size(); ++i) {
    const std::optional<int32_t> published = whole.articles[i].published;
    if (whole.as_of && published && *published < *whole.as_of - days) {
      ++part.older;
      continue;
    }
    articles[i] = static_cast<uint32_t>(part.articles.size());
    part.articles.push_back(whole.articles[i]);
  }
  for (uint32_t i = 0; i < whole.mentions.size(); ++i) {
    if (articles[whole.mentions[i].article] == kGone) continue;
    mentions[i] = static_cast<uint32_t>(part.mentions.size());
    part.mentions.push_back(whole.mentions[i]);
    part.mentions.back().article = articles[whole.mentions[i].article];
  }
  for (const Saying& saying : whole.sayings) {
    if (articles[saying.article] != kGone) part.sayings.push_back({articles[saying.article], saying.statement});
  }
  std::vector<std::vector<uint32_t>> groups;
  for (const Incident& incident : whole.incidents) {
    std::vector<uint32_t> group;
    for (const uint32_t mention : incident.mentions) {
      if (mentions[mention] != kGone) group.push_back(mentions[mention]);
    }
    if (!group.empty()) groups.push_back(std::move(group));
  }
  part.fixes = kept_fixes(whole, mentions);
  part.incidents = incidents_of_groups(groups, part, rules, lexicon);
  return part;
}

}  // namespace casus
