#include "crisis/incident_summary.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "crisis/day_span.h"
#include "crisis/incidents.h"
#include "crisis/parties.h"
#include "lexicon/name_fold.h"

namespace casus {
namespace {

constexpr double kSourceWeight = 2, kIntensityShare = 2.5, kNamedWeight = 1, kDatedWeight = 1;
constexpr double kMostConfidence = 0.99;
constexpr double kAlike = 0.1;  // numbers that differ by less, one of them hedged, agree

constexpr int32_t kNever = std::numeric_limits<int32_t>::max();

const Mention& mention_at(const Crisis& crisis, uint32_t index) { return crisis.mentions[index]; }

std::optional<int32_t> published(const Crisis& crisis, uint32_t mention) {
  return crisis.articles[crisis.mentions[mention].article].published;
}

/// By day of publication; articles are in that order, and mentions in theirs.
void sort_mentions(std::vector<uint32_t>& mentions) { std::ranges::sort(mentions); }

std::vector<uint32_t> articles_of(const std::vector<uint32_t>& mentions, const Crisis& crisis) {
  std::vector<uint32_t> articles;
  articles.reserve(mentions.size());
  for (const uint32_t mention : mentions) articles.push_back(mention_at(crisis, mention).article);
  articles.erase(std::unique(articles.begin(), articles.end()), articles.end());
  return articles;
}

uint32_t count_outlets(const std::vector<uint32_t>& articles, const Crisis& crisis) {
  std::set<std::string_view> outlets;
  uint32_t nameless = 0;
  for (const uint32_t article : articles) {
    const std::string& outlet = crisis.articles[article].outlet;
    if (outlet.empty())
      ++nameless;
    else
      outlets.insert(outlet);
  }
  return static_cast<uint32_t>(outlets.size()) + nameless;
}

/// What the mentions of an incident say of it: an article that plans it for a day that is not over when it is published cannot tell it as
/// done.
class ToldStatuses {
 public:
  ToldStatuses(const std::vector<uint32_t>& mentions, const Crisis& crisis) : crisis_(crisis) {
    for (const uint32_t index : mentions) {
      const Mention& mention = mention_at(crisis, index);
      const std::optional<int32_t> day = published(crisis, index);
      if (mention.event.status == "planned" && mention.dated && day && mention.window.end > *day) planning_.insert(mention.article);
    }
  }

  [[nodiscard]] std::string_view of(uint32_t index) const {
    const Mention& mention = mention_at(crisis_, index);
    const bool is_planned = mention.event.status == "actual" && !mention.dated && planning_.contains(mention.article);
    return is_planned ? std::string_view("planned") : mention.event.status;
  }

 private:
  const Crisis& crisis_;
  std::set<uint32_t> planning_{};
};

/// That it happened, once a report says so; else what the last reports say.
std::string status_of(const std::vector<uint32_t>& mentions, const ToldStatuses& told) {
  for (const uint32_t mention : mentions) {
    if (told.of(mention) == "actual") return "actual";
  }
  return std::string(told.of(mentions.back()));
}

void add_history(const ToldStatuses& told, Incident& incident, const Crisis& crisis) {
  std::set<std::string_view> known;
  for (const uint32_t mention : incident.mentions) {
    const std::string_view status = told.of(mention);
    if (known.insert(status).second) incident.history.push_back({std::string(status), published(crisis, mention), mention});
  }
}

/// The mention that stands for the incident: of its status, the one whose words say most, of those the surest.
uint32_t lead_of(const Incident& incident, uint32_t first, const Crisis& crisis) {
  if (mention_at(crisis, first).event.status == incident.status) return first;
  uint32_t best = incident.mentions.front();
  const auto key = [&](uint32_t index) {
    const Mention& mention = mention_at(crisis, index);
    return std::tuple(mention.event.status == incident.status, mention.dated, mention.event.confidence);
  };
  for (const uint32_t mention : incident.mentions) {
    if (key(mention) > key(best)) best = mention;
  }
  return best;
}

class Values {
 public:
  explicit Values(Incident& incident) : incident_(incident) {}

  void add(const std::string& field, const std::string& value, const std::string& compared, uint32_t mention) {
    if (value.empty()) return;
    const auto [found, is_new] = index_.emplace(std::pair(field, compared), incident_.values.size());
    if (is_new) incident_.values.push_back({.field = field, .value = value});
    incident_.values[found->second].mentions.push_back(mention);
  }

 private:
  Incident& incident_;
  std::map<std::pair<std::string, std::string>, size_t> index_;
};

std::string quantity_text(const Quantity& quantity) {
  const bool has_unit = quantity.unit.empty() || quantity.text.ends_with(quantity.unit);
  return has_unit ? quantity.text : quantity.text + " " + quantity.unit;
}

struct Span {
  double low = 0;
  double high = 0;
};

std::optional<Span> numbers_of(const Quantity& quantity) {
  if (!quantity.value && !quantity.min && !quantity.max) return std::nullopt;
  const double slack = quantity.about ? kAlike : 0;
  const double low = quantity.value ? *quantity.value : quantity.min.value_or(0);
  const double high = quantity.value ? *quantity.value : quantity.max.value_or(std::numeric_limits<double>::max());
  return Span{low * (1 - slack), high * (1 + slack)};
}

std::optional<Span> numbers_of(const ReportedValue& value, const Crisis& crisis) {
  for (const Quantity& quantity : mention_at(crisis, value.mentions.front()).event.quantity) {
    if (quantity.kind == value.field && quantity_text(quantity) == value.value) return numbers_of(quantity);
  }
  return std::nullopt;
}

/// Whether an act cannot have been in both places. Who goes to two capitals is in each, and a border is in two countries.
bool places_conflict(const Mention& a, const Mention& b) {
  const auto is_elsewhere = [](const Mention& mention, const std::string& country) {
    return find_party(mention.source, country) == nullptr && find_party(mention.target, country) == nullptr;
  };
  if (!a.event.place || !b.event.place) return false;
  const std::string& one = a.event.place->country;
  const std::string& other = b.event.place->country;
  return !one.empty() && !other.empty() && one != other && is_elsewhere(b, one) && is_elsewhere(a, other);
}

/// Whether two values of one field cannot both be true. A country and a town, a month and a day of it can.
bool conflict(const ReportedValue& a, const ReportedValue& b, const Crisis& crisis) {
  const Mention& one = mention_at(crisis, a.mentions.front());
  const Mention& other = mention_at(crisis, b.mentions.front());
  if (a.field == "date") return !one.window.overlaps(other.window);
  if (a.field == "place") return places_conflict(one, other);
  const auto first = numbers_of(a, crisis), second = numbers_of(b, crisis);
  return first && second && (first->high < second->low || second->high < first->low);
}

void mark_conflicts(Incident& incident, const Crisis& crisis) {
  constexpr size_t kMostCompared = 64;
  const size_t count = std::min(incident.values.size(), kMostCompared);
  for (size_t i = 0; i < count; ++i) {
    for (size_t j = i + 1; j < count; ++j) {
      ReportedValue& a = incident.values[i];
      ReportedValue& b = incident.values[j];
      if (a.field == b.field && conflict(a, b, crisis)) a.conflicting = b.conflicting = true;
    }
  }
}

void add_values(Incident& incident, const Crisis& crisis) {
  Values values(incident);
  for (const uint32_t index : incident.mentions) {
    const Mention& mention = mention_at(crisis, index);
    if (mention.dated) values.add("date", range_text(mention.window), range_text(mention.window), index);
    if (mention.event.place) values.add("place", mention.event.place->name, fold_name(mention.event.place->name), index);
    for (const Quantity& quantity : mention.event.quantity) {
      if (!quantity.kind.empty()) values.add(quantity.kind, quantity_text(quantity), ascii_lowered(quantity_text(quantity)), index);
    }
  }
  std::ranges::stable_sort(incident.values, {}, &ReportedValue::field);
  mark_conflicts(incident, crisis);
}

/// That some independent source is right, each as sure as its surest mention. They are multiplied in the order of their first mentions,
/// so that what numbers the groups have does not touch the last digit.
double confidence_of(const Incident& incident, const Crisis& crisis) {
  std::vector<double> best;
  std::unordered_map<uint32_t, size_t> places;  // in `best`, by text group
  for (const uint32_t index : incident.mentions) {
    const Mention& mention = mention_at(crisis, index);
    const auto [place, is_new] = places.emplace(crisis.articles[mention.article].text_group, best.size());
    if (is_new) best.push_back(0);
    best[place->second] = std::max(best[place->second], mention.event.confidence);
  }
  double wrong = 1;
  for (const double confidence : best) wrong *= 1 - confidence;
  return std::round(std::min(1 - wrong, kMostConfidence) * 1000) / 1000;
}

double status_share(std::string_view status) { return status == "actual" ? 1 : status == "planned" ? 0.8 : 0.6; }

bool names_person(const std::vector<Party>& parties) {
  return std::ranges::any_of(parties, [](const Party& party) { return !party.persons.empty(); });
}

/// In an act that all sides do together, who stands on both sides stands with the second: of two pairs of ministers each is beside the
/// other.
void part_sides(Incident& incident) {
  std::vector<Party> first;
  for (const Party& party : incident.source) {
    if (find_party(incident.target, party.key) == nullptr) first.push_back(party);
  }
  if (first.empty()) return;
  for (const Party& party : incident.source) {
    if (find_party(incident.target, party.key) != nullptr) unite_parties({party}, incident.target);
  }
  incident.source = std::move(first);
}

/// The days that its best dated mention gives; without one the days that all undated ones span.
void set_window(Incident& incident, const Draft& draft, const Crisis& crisis) {
  incident.window = draft.first->mention->window;
  incident.dated = draft.first->mention->dated;
  const Mention& lead = mention_at(crisis, incident.lead);
  if (lead.dated && incident.dated && lead.window.days() <= incident.window.days()) incident.window = lead.window;
}

}  // namespace

double weight_of(const Incident& incident, const Crisis& crisis) {
  const Event& event = mention_at(crisis, incident.lead).event;
  double weight = kSourceWeight * std::log2(1.0 + incident.sources) + std::abs(event.score) / kIntensityShare;
  weight += (names_person(incident.source) && names_person(incident.target) ? kNamedWeight : 0) + (incident.dated ? kDatedWeight : 0);
  weight *= status_share(incident.status) * incident.confidence;
  return std::round(weight * 1000) / 1000;
}

Incident summarise(const Draft& draft, const Crisis& crisis) {
  Incident incident;
  incident.mentions = draft.mentions;
  sort_mentions(incident.mentions);
  const Mention& first = mention_at(crisis, incident.mentions.front());
  incident.id = incident_id(first.event);
  const ToldStatuses told(incident.mentions, crisis);
  incident.status = status_of(incident.mentions, told);
  const uint32_t draft_first = draft.mentions.front();
  incident.lead = lead_of(incident, draft_first, crisis);
  incident.type = mention_at(crisis, draft_first).event.type;
  incident.mode = mention_at(crisis, draft_first).event.mode;
  incident.source = draft.source;
  incident.target = draft.target;
  for (const uint32_t index : incident.mentions) {
    const Mention& mention = mention_at(crisis, index);
    if (incident.mode.empty() && mention.event.type == incident.type) incident.mode = mention.event.mode;
    const auto add_persons = [](const std::vector<Party>& from, std::vector<Party>& into) {
      for (const Party& party : from) {
        if (find_party(into, party.key) != nullptr) unite_parties({party}, into);
      }
    };
    add_persons(mention.source, incident.source);
    add_persons(mention.target, incident.target);
    if (const auto day = published(crisis, index)) {
      incident.first_report = std::min(incident.first_report.value_or(kNever), *day);
      incident.last_report = std::max(incident.last_report, day);
    }
  }
  if (draft.first->symmetric) part_sides(incident);
  set_window(incident, draft, crisis);
  const std::vector<uint32_t> articles = articles_of(incident.mentions, crisis);
  incident.articles = static_cast<uint32_t>(articles.size());
  incident.outlets = count_outlets(articles, crisis);
  incident.sources = count_sources(crisis.articles, articles);
  add_history(told, incident, crisis);
  add_values(incident, crisis);
  incident.confidence = confidence_of(incident, crisis);
  incident.weight = weight_of(incident, crisis);
  return incident;
}

}  // namespace casus
