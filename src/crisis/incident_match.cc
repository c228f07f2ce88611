#include "crisis/incident_match.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "crisis/parties.h"
#include "lexicon/name_fold.h"

namespace casus {
namespace {

// Points (docs/crisis.md). Judged by reading what reports say of one act and of two like ones.
constexpr double kSidesEqual = 3, kSidesPart = 2, kOneSide = 1;
constexpr double kSameDays = 3, kNearDays = 2, kWideDays = 1, kNextDay = -0.5, kNearReports = 1, kFarReports = 0.5;
constexpr double kSamePerson = 2, kMostPersons = 4;
constexpr double kSameMode = 1, kOtherMode = -1, kOtherType = -1.5;
constexpr double kSamePlace = 1, kOtherPlace = -1, kOtherDenier = -1.5;
constexpr double kSameQuantity = 1.5, kAllWords = 2, kMostWords = 4, kChanceWords = 3.5, kWordsOfPoint = 1.5;
constexpr double kSameArticle = -1.5, kSameArticleSpeech = -3;
constexpr double kSpeechWords = 0.35;  // the share of words that undated speech must have in common
constexpr int32_t kDayLike = 2, kFortnight = 14, kNearReportDays = 7, kMonth = 31;

using Hashes = std::vector<uint64_t>;

void tidy(Hashes& hashes) {
  std::ranges::sort(hashes);
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

SideKeys keys_of(const std::vector<Party>& parties, const Lexicon& lexicon) {
  SideKeys side;
  for (const Party& party : parties) {
    side.keys.push_back(hash64(party.key));
    side.close.push_back(hash64(close_key(party, lexicon)));
  }
  tidy(side.keys);
  tidy(side.close);
  return side;
}

bool is_part(const Hashes& part, const Hashes& whole) { return std::ranges::includes(whole, part); }

bool are_parts(const Hashes& a, const Hashes& b) { return is_part(a, b) || is_part(b, a); }

/// Points for sets of parties that may be one side; nullopt where each has what the other has not.
std::optional<double> side_points(const SideKeys& a, const SideKeys& b) {
  if (a.keys == b.keys) return a.empty() ? 0.5 : 1.5;
  if (a.empty() || b.empty()) return 0.0;
  if (are_parts(a.keys, b.keys)) return 1.0;
  return are_parts(a.close, b.close) ? std::optional(0.5) : std::nullopt;
}

std::optional<double> points_together(const SideKeys& a, const SideKeys& b) {
  if (a.empty() || b.empty()) return std::nullopt;
  if (a.keys == b.keys) return a.keys.size() > 1 ? kSidesEqual : kOneSide;
  if (are_parts(a.keys, b.keys)) return std::min(a.keys.size(), b.keys.size()) > 1 ? kSidesPart : kOneSide;
  return are_parts(a.close, b.close) ? std::optional(kOneSide) : std::nullopt;
}

/// Points for who does it to whom.
std::optional<double> sides(const Facts& facts, const Draft& draft) {
  if (facts.symmetric) return points_together(facts.both, draft.both_keys);
  const auto from = side_points(facts.source, draft.source_keys), to = side_points(facts.target, draft.target_keys);
  if (!from || !to) return std::nullopt;
  const bool one_is_equal = (!facts.source.empty() && facts.source.keys == draft.source_keys.keys) ||
                            (!facts.target.empty() && facts.target.keys == draft.target_keys.keys);
  if (!one_is_equal) return std::nullopt;
  return std::min(*from + *to, kSidesEqual);
}

bool shares_person(const Party& a, const Party& b) {
  return std::ranges::any_of(a.persons, [&](const std::string& person) {
    return std::ranges::any_of(b.persons, [&](const std::string& other) { return is_same_person(person, other); });
  });
}

/// Points for the people that both name of the same party, on whichever side; nullopt where they name others and must agree.
std::optional<double> person_points(const Facts& facts, const Draft& draft) {
  double points = 0;
  for (const std::vector<Party>* side : {&facts.mention->source, &facts.mention->target}) {
    for (const Party& party : *side) {
      if (party.persons.empty()) continue;
      bool is_named = false, is_shared = false;
      for (const std::vector<Party>* of_draft : {&draft.source, &draft.target}) {
        const Party* const same = find_party(*of_draft, party.key);
        is_named = is_named || (same != nullptr && !same->persons.empty());
        is_shared = is_shared || (same != nullptr && shares_person(party, *same));
      }
      if (is_shared) points += kSamePerson;
      if (is_named && !is_shared && facts.rule->persons) return std::nullopt;
    }
  }
  return std::min(points, kMostPersons);
}

/// Whether the day is off by one: reporters in other time zones. Only where both people are named and agree.
bool is_next_day(const Facts& facts, const Draft& draft, double person) {
  const DaySpan a = facts.mention->window, b = draft.first->mention->window;
  const bool days = facts.mention->dated && draft.first->mention->dated && a.days() == 1 && b.days() == 1;
  return days && facts.rule->persons && person >= kMostPersons && !draft.articles.contains(facts.mention->article) &&
         (a.begin == b.end || b.begin == a.end);
}

std::optional<double> day_points(const Facts& facts, const Draft& draft, double person) {
  if (!facts.reach.overlaps(draft.reach)) return is_next_day(facts, draft, person) ? std::optional(kNextDay) : std::nullopt;
  const Mention& mention = *facts.mention;
  const Mention& first = *draft.first->mention;
  if (mention.dated && first.dated && mention.window.overlaps(first.window)) {
    const int32_t longer = std::max(mention.window.days(), first.window.days());
    return longer <= kDayLike ? kSameDays : longer <= kFortnight ? kNearDays : kWideDays;
  }
  const int32_t apart = std::abs(facts.published.value_or(0) - draft.first->published.value_or(0));
  return apart <= kNearReportDays ? kNearReports : kFarReports;
}

bool overlap_by_date(const Facts& facts, const Draft& draft) {
  const Mention& mention = *facts.mention;
  const Mention& first = *draft.first->mention;
  return mention.dated && first.dated && mention.window.overlaps(first.window) && mention.window.days() <= kMonth &&
         first.window.days() <= kMonth;
}

/// Whether an article that plans an act for the day of its publication speaks of that act again, as people do of what is settled: "before
/// the call between the two". Only of the same two people, and where no date says otherwise.
bool is_own_plan(const Facts& facts, const Draft& draft) {
  const Mention& mention = *facts.mention;
  const Mention& first = *draft.first->mention;
  if (mention.article != first.article || mention.dated || !first.dated || first.event.status != "planned" || !facts.published)
    return false;
  const bool is_today = first.window.days() == 1 && first.window.begin == *facts.published;
  return is_today && facts.rule->persons && person_points(facts, draft).value_or(0) >= kMostPersons;
}

/// A plan and its happening: never told by one article, and the happening not before the plan unless dates say so.
bool statuses_agree(const Facts& facts, const Draft& draft) {
  const std::string& status = facts.mention->event.status;
  const uint32_t article = facts.mention->article;
  const bool by_date = overlap_by_date(facts, draft);
  const int32_t day = facts.published.value_or(0);
  if (status == "actual") {
    if (is_own_plan(facts, draft)) return true;
    if (draft.articles_planned.contains(article)) return false;
    if (draft.has_planned && !by_date && draft.last_planned >= day) return false;
    return draft.has_actual || draft.has_planned || by_date;
  }
  if (status == "planned") {
    if (draft.articles_actual.contains(article)) return false;
    return !draft.has_actual || by_date || day < draft.first_actual;
  }
  return !draft.has_actual || by_date;
}

/// What is denied by two is denied twice.
bool other_denier(const Facts& facts, const Draft& draft) {
  const Event& event = facts.mention->event;
  const Event& first = draft.first->mention->event;
  if (event.status != "denied" || first.status != "denied" || event.attributed_to.empty() || first.attributed_to.empty()) return false;
  return fold_name(event.attributed_to) != fold_name(first.attributed_to);
}

/// What one article tells with two dates or in two ways, it means as two acts.
bool is_kept_apart(const Facts& facts, const Draft& draft) {
  const Mention& mention = *facts.mention;
  const Mention& first = *draft.first->mention;
  if (mention.article != first.article) return false;
  const bool other_dates = mention.dated && first.dated && mention.window != first.window;
  return other_dates || mention.event.type != first.event.type || mention.event.mode.empty() != first.event.mode.empty();
}

std::optional<double> mode_points(const Facts& facts, const Draft& draft) {
  const Event& event = facts.mention->event;
  const Event& first = draft.first->mention->event;
  if (event.type != first.type) return kOtherType;
  if (!facts.mode_group.empty() && !draft.mode_group.empty() && facts.mode_group != draft.mode_group) return std::nullopt;
  if (event.mode.empty() || first.mode.empty()) return 0.0;
  if (event.mode == first.mode) return kSameMode;
  return facts.mode_group.empty() ? kOtherMode : 0.0;
}

bool is_exact(const Place& place) { return place.precision == "city" || place.precision == "site"; }

std::optional<double> place_points(const Facts& facts, const Draft& draft) {
  const std::optional<Place>& a = facts.mention->event.place;
  const std::optional<Place>& b = draft.first->mention->event.place;
  if (!a || !b) return 0.0;
  if (fold_name(a->name) == fold_name(b->name)) return kSamePlace;
  const bool other_country = !a->country.empty() && !b->country.empty() && a->country != b->country;
  if (!other_country && !(is_exact(*a) && is_exact(*b))) return a->country == b->country && !a->country.empty() ? kSamePlace : 0.0;
  return facts.rule->place ? std::nullopt : std::optional(kOtherPlace);
}

double quantity_points(const Facts& facts, const Draft& draft) {
  for (const Quantity& one : facts.mention->event.quantity) {
    for (const Quantity& other : draft.first->mention->event.quantity) {
      if (one.kind == other.kind && one.value && other.value && *one.value == *other.value) return kSameQuantity;
    }
  }
  return 0;
}

/// Whether a mention says nothing but that there was such an act, of one of the people who took part: "at the start of the call". In the
/// article that tells the act it means that one.
bool is_retelling(const Facts& facts, const Draft& draft, double person) {
  const Event& event = facts.mention->event;
  return facts.symmetric && !facts.mention->dated && facts.both.keys.size() == 1 && draft.both_keys.keys.size() > 1 && person > 0 &&
         !event.mode.empty() && event.mode == draft.first->mention->event.mode && event.status == draft.first->mention->event.status;
}

/// What the words have in common with those of the draft's text that is most like them.
struct CommonWords {
  double share = 0;
  double weight = 0;
};

CommonWords common_words(const Facts& facts, const Draft& draft) {
  CommonWords most;
  for (const Facts* text : draft.texts) {
    const double weight = common_weight(facts.stems, text->stems);
    const double lighter = std::min(facts.stems.weight, text->stems.weight);
    most.weight = std::max(most.weight, weight);
    const double share = lighter > 0 ? weight / lighter : facts.stems.weight == text->stems.weight ? 1 : 0;
    most.share = std::max(most.share, share);
  }
  return most;
}

std::vector<std::string_view> names_of(const Event& event) {
  std::vector<std::string_view> names;
  for (const std::vector<Actor>* side : {&event.source, &event.target}) {
    for (const Actor& actor : *side) names.insert(names.end(), {actor.name, actor.text});
  }
  return names;
}

int detail_of(const Mention& mention) {
  const bool two_sided = !mention.source.empty() && !mention.target.empty();
  const auto named = [](const std::vector<Party>& parties) {
    return std::ranges::any_of(parties, [](const Party& party) { return !party.persons.empty(); });
  };
  int points = 0;
  if (mention.dated) points += mention.window.days() == 1 ? 8 : mention.window.days() <= kFortnight ? 6 : 2;
  points += two_sided ? 4 : 0;
  points += (named(mention.source) ? 1 : 0) + (named(mention.target) ? 1 : 0);
  points += (mention.event.mode.empty() ? 0 : 1) + (mention.event.place ? 1 : 0) + (mention.event.quantity.empty() ? 0 : 1);
  return points;
}

}  // namespace

void SideKeys::add(const SideKeys& other) {
  keys.insert(keys.end(), other.keys.begin(), other.keys.end());
  close.insert(close.end(), other.close.begin(), other.close.end());
  tidy(keys);
  tidy(close);
}

DaySpan reach_of(DaySpan window, std::string_view status, const IncidentRule& rule) {
  return {window.begin, status == "actual" ? window.end + rule.lasting : window.end};
}

Facts facts_of(const Mention& mention, std::optional<int32_t> published, const CrisisRules& rules, const Lexicon& lexicon) {
  const Event& event = mention.event;
  Facts facts{.mention = &mention, .rule = &rules.rule_of(event.type), .symmetric = lexicon.rule_of(event.type).symmetric};
  facts.mode_group = rules.mode_group(event.type, event.mode);
  facts.source = keys_of(mention.source, lexicon);
  facts.target = keys_of(mention.target, lexicon);
  facts.both = facts.source;
  facts.both.add(facts.target);
  facts.reach = reach_of(mention.window, event.status, *facts.rule);
  facts.published = published;
  facts.stems = rules.words().stems_of(mention.words, names_of(event));
  facts.detail = detail_of(mention);
  return facts;
}

Draft begin_draft(const Facts& facts, uint32_t mention) {
  Draft draft{.first = &facts, .source = facts.mention->source, .target = facts.mention->target};
  draft.source_keys = facts.source;
  draft.target_keys = facts.target;
  draft.both_keys = facts.both;
  draft.reach = facts.reach;
  draft.dated = facts.mention->dated;
  join(facts, mention, draft);
  return draft;
}

void join(const Facts& facts, uint32_t mention, Draft& draft) {
  const uint32_t article = facts.mention->article;
  draft.mentions.push_back(mention);
  if (draft.texts.size() < Draft::kMaxTexts && !draft.articles.contains(article)) draft.texts.push_back(&facts);
  draft.articles.insert(article);
  if (draft.mode_group.empty() && facts.mention->event.type == draft.first->mention->event.type) draft.mode_group = facts.mode_group;
  if (draft.source.empty()) {
    draft.source = facts.mention->source;
    draft.source_keys = facts.source;
    draft.both_keys.add(facts.source);
  }
  if (draft.target.empty()) {
    draft.target = facts.mention->target;
    draft.target_keys = facts.target;
    draft.both_keys.add(facts.target);
  }
  const std::string& status = facts.mention->event.status;
  const int32_t day = facts.published.value_or(0);
  if (status == "actual") {
    draft.has_actual = true;
    draft.first_actual = std::min(draft.first_actual, day);
    draft.articles_actual.insert(article);
  }
  if (status == "planned") {
    draft.has_planned = true;
    draft.last_planned = std::max(draft.last_planned, day);
    draft.articles_planned.insert(article);
  }
}

std::optional<double> match(const Facts& facts, const Draft& draft) {
  if (!statuses_agree(facts, draft) || is_kept_apart(facts, draft)) return std::nullopt;
  const auto side = sides(facts, draft);
  const auto mode = mode_points(facts, draft);
  if (!side || !mode) return std::nullopt;
  const auto person = person_points(facts, draft);
  if (!person) return std::nullopt;
  const auto day = day_points(facts, draft, *person);
  const auto place = place_points(facts, draft);
  if (!day || !place) return std::nullopt;
  const CommonWords common = common_words(facts, draft);
  const bool same_article = draft.articles.contains(facts.mention->article);
  if (facts.rule->content && common.share < kSpeechWords && (same_article || *day < kSameDays)) return std::nullopt;
  double points = *side + *mode + *person + *day + *place + quantity_points(facts, draft) +
                  std::max(kAllWords * common.share, std::min((common.weight - kChanceWords) / kWordsOfPoint, kMostWords));
  if (other_denier(facts, draft)) points += kOtherDenier;
  if (same_article && !is_retelling(facts, draft, *person)) points += facts.rule->content ? kSameArticleSpeech : kSameArticle;
  return points;
}

}  // namespace casus
