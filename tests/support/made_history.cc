#include "made_history.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

#include "base/calendar.h"
#include "crisis/day_span.h"

namespace casus {
namespace {

constexpr size_t kCountries = 60, kDyads = 600, kPeople = 6, kVocabulary = 6000;
constexpr double kActsADay = 60;        // of the whole world
constexpr double kTellingsOfAct = 3.2;  // about
constexpr size_t kEventsOfArticle = 5;
constexpr int32_t kFirstDay = 12'000;

constexpr std::array<const char*, kCountries> kCodes = {"RUS", "UKR", "USA", "DEU", "FRA", "GBR", "CHN", "POL", "TUR", "IRN", "ISR", "SYR",
                                                        "IND", "PAK", "JPN", "KOR", "PRK", "BLR", "ROU", "HUN", "ITA", "ESP", "EGY", "SAU",
                                                        "IRQ", "NGA", "ETH", "SDN", "BRA", "VEN", "COL", "MEX", "CAN", "AUS", "NZL", "IDN",
                                                        "MYS", "THA", "VNM", "PHL", "MMR", "AFG", "KAZ", "UZB", "GEO", "ARM", "AZE", "MDA",
                                                        "SRB", "HRV", "GRC", "CYP", "LBN", "JOR", "YEM", "LBY", "TUN", "DZA", "MAR", "KEN"};

constexpr HistoryKind kKinds[] = {
    {"CONSULT", "visit", 0.10, true, true, false, "", ""},         {"CONSULT", "phone", 0.08, true, false, false, "", ""},
    {"CONSULT", "meet", 0.09, true, true, false, "", ""},          {"AGREE", "", 0.03, true, false, false, "", "CONCEDE"},
    {"SUPPORT", "", 0.05, true, false, false, "", "AID"},          {"COOPERATE", "", 0.04, false, true, false, "", ""},
    {"AID", "", 0.05, false, true, false, "money", "SUPPORT"},     {"RETREAT", "withdraw", 0.03, false, true, true, "troops", ""},
    {"REQUEST", "yield", 0.06, true, false, false, "", ""},        {"ACCUSE", "disapprove", 0.10, true, false, false, "", "THREATEN"},
    {"REJECT", "yield", 0.04, true, false, false, "", ""},         {"THREATEN", "violence", 0.06, true, false, false, "", "ACCUSE"},
    {"PROTEST", "demo", 0.03, false, false, false, "people", ""},  {"SANCTION", "expel", 0.04, false, true, false, "people", ""},
    {"MOBILIZE", "troops", 0.06, false, true, true, "troops", ""}, {"COERCE", "arrest", 0.04, false, false, true, "people", ""},
    {"ASSAULT", "aerial", 0.05, false, false, true, "dead", ""},   {"ASSAULT", "firearms", 0.05, false, false, true, "dead", ""}};

// What any sentence of news may have.
constexpr std::array<const char*, 48> kCommon = {
    "that",      "with",      "have",   "this",    "from",     "they",      "were",      "state",    "there",      "would",
    "about",     "president", "which",  "said",    "other",    "people",    "also",      "their",    "when",       "been",
    "some",      "report",    "time",   "because", "more",     "will",      "after",     "first",    "government", "country",
    "officials", "week",      "month",  "million", "security", "police",    "city",      "minister", "military",   "border",
    "during",    "according", "public", "forces",  "talks",    "agreement", "statement", "capital"};
constexpr int kCommonOfSentence = 8;

constexpr std::array<const char*, 8> kPlaces = {"Northtown", "Oldbridge", "Harwick",    "Saltmarsh",
                                                "Westering", "Lowfield",  "Castlegate", "Millford"};

/// A word of its own for each number, by its first letters.
std::string word_of(size_t number) {
  static constexpr std::string_view kConsonants = "bdfgklmnprstvwzj", kVowels = "aeiou";
  std::string word;
  for (int i = 0; i < 3; ++i) {
    word += kConsonants[number % kConsonants.size()];
    word += kVowels[number / kConsonants.size() % kVowels.size()];
    number /= kConsonants.size() * kVowels.size();
  }
  return word + "n";
}

std::string person_of(size_t country, size_t number) {
  std::string first = word_of(number * 7 + 3), last = word_of(country * kPeople + number + 20'000);
  first[0] = static_cast<char>(first[0] - 'a' + 'A');
  last[0] = static_cast<char>(last[0] - 'a' + 'A');
  return first + " " + last;
}

std::string day_of(int32_t day) { return format_day(Day(std::chrono::sys_days(std::chrono::days(day)))); }

std::string hex_of(uint64_t number) {
  std::string text(16, '0');
  for (size_t at = text.size(); at-- > 0; number /= 16) text[at] = "0123456789abcdef"[number % 16];
  return text;
}

}  // namespace

MadeHistory::MadeHistory(size_t events, const Lexicon& lexicon, const HistoryRates& rates, uint32_t seed)
    : lexicon_(lexicon), rates_(rates), random_(seed) {
  for (size_t i = 0; i < kDyads; ++i) {
    const size_t a = often_low(kCountries), b = (a + 1 + below(kCountries - 1)) % kCountries;
    dyads_.emplace_back(a, b);
  }
  const auto wanted = static_cast<size_t>(static_cast<double>(events) * (1 - rates_.wire_copies));
  last_day_ = std::max(30, static_cast<int32_t>(static_cast<double>(events) / kTellingsOfAct / kActsADay));
  while (told_ < wanted) {
    acts_.push_back(make_act());
    tell(static_cast<uint32_t>(acts_.size() - 1));
  }
  for (auto& [day, tellings] : days_) write_articles(day, tellings);
  incidents_ = acts_.size();
}

size_t MadeHistory::often_low(size_t count) {
  return std::min(count - 1, static_cast<size_t>(std::pow(static_cast<double>(count), share())) - 1);
}

MadeHistory::Act MadeHistory::make_act() {
  Act act;
  double at = share();
  act.kind = std::begin(kKinds);
  while (act.kind + 1 != std::end(kKinds) && at >= act.kind->share) at -= (act.kind++)->share;
  const auto& [source, target] = dyads_[often_low(kDyads)];
  const bool turned = chance(0.5);
  const char* const sector = act.kind->force ? "MIL" : "GOV";
  act.source = {.country = turned ? target : source, .sector = sector, .person = often_low(kPeople)};
  act.target = {.country = turned ? source : target, .person = often_low(kPeople)};
  act.day = kFirstDay + static_cast<int32_t>(below(static_cast<size_t>(last_day_)));
  act.place = below(kPlaces.size());
  act.number = std::floor(std::pow(10, 1 + 4 * share()));
  for (size_t& word : act.words) word = below(kVocabulary);
  return act;
}

void MadeHistory::tell(uint32_t number) {
  const Act& act = acts_[number];
  const auto add = [&](int32_t day, const char* status) {
    ++told_;
    days_[day].push_back({.act = number, .truth = number, .status = status});
  };
  const bool is_planned = act.kind->announced && chance(rates_.announced);
  const auto times = std::min<size_t>(60, static_cast<size_t>(std::pow(share(), -0.7)));  // many once, few often
  for (size_t i = 0; i < times; ++i) {
    if (is_planned && chance(0.4)) {
      add(act.day - 1 - static_cast<int32_t>(below(10)), "planned");
      continue;
    }
    const int32_t delay = chance(rates_.late) ? 15 + static_cast<int32_t>(below(186)) : static_cast<int32_t>(4 * share() * share());
    add(act.day + delay, "actual");
  }
  if (act.kind->force && chance(rates_.denied)) add(act.day + static_cast<int32_t>(below(4)), "denied");
}

/// An article tells of about kEventsOfArticle acts of few dyads, as articles do.
void MadeHistory::write_articles(int32_t day, std::vector<Telling>& tellings) {
  std::ranges::shuffle(tellings, random_);
  std::ranges::stable_sort(tellings, {}, [&](const Telling& telling) {
    const Act& act = acts_[telling.act];
    return std::minmax(act.source.country, act.target.country);
  });
  // Each article tells of an act once; what is left over waits for the next one.
  std::vector<Telling> article, waiting;
  while (!tellings.empty()) {
    for (const Telling& telling : tellings) {
      const bool fits = article.size() < kEventsOfArticle && std::ranges::find(article, telling.act, &Telling::act) == article.end();
      (fits ? article : waiting).push_back(telling);
    }
    write_article(day, article);
    article.clear();
    tellings = std::exchange(waiting, {});
  }
}

void MadeHistory::write_article(int32_t day, const std::vector<Telling>& tellings) {
  std::string text = "Report " + word_of(reports_.size() * 5) + " of the day. ";
  std::vector<Event> events;
  std::vector<uint32_t> truths;
  for (const Telling& telling : tellings) {
    const auto begin = static_cast<uint32_t>(text.size());
    const bool invented = chance(rates_.invented);
    if (invented) acts_.push_back(make_act());
    Act act = invented ? acts_.back() : acts_[telling.act];
    if (invented) act.day = day;
    events.push_back(make_event(act, telling.status, text));
    events.back().sentence = {begin, static_cast<uint32_t>(text.size())};
    truths.push_back(invented ? static_cast<uint32_t>(acts_.size() - 1) : telling.truth);
    text += ' ';
    if (!chance(rates_.twice)) continue;
    const auto again = static_cast<uint32_t>(text.size());
    Event twin = make_event(act, telling.status, text);
    twin.type = events.back().type;
    twin.mode = events.back().mode;
    if (!twin.date.empty()) twin.date = events.back().date;
    twin.sentence = {again, static_cast<uint32_t>(text.size())};
    events.push_back(std::move(twin));
    truths.push_back(truths.back());
    text += ' ';
  }
  keep(day, text, events, truths);
  if (chance(rates_.wire_copies)) keep(day, "Wire: " + text, events, truths, sizeof "Wire: " - 1);
}

void MadeHistory::keep(int32_t day, const std::string& text, std::vector<Event> events, const std::vector<uint32_t>& truths,
                       uint32_t shift) {
  const size_t number = reports_.size();
  ArticleFields fields;
  fields.id = "made-" + std::to_string(number);
  fields.url = "https://news.example/" + std::to_string(number);
  fields.outlet = "Outlet " + std::to_string(often_low(200));
  fields.published = parse_day(day_of(day));
  Report report;
  report.article =
      std::make_shared<const Article>(std::move(fields), text, std::vector<Block>{{.span = {0, static_cast<uint32_t>(text.size())}}});
  for (size_t i = 0; i < events.size(); ++i) {
    events[i].id = hex_of(number * 64 + i + 1);
    events[i].sentence.begin += shift;
    events[i].sentence.end += shift;
    events[i].trigger_span = {events[i].sentence.begin, events[i].sentence.begin};
    truths_.emplace(events[i].id, truths[i]);
  }
  report.events = std::move(events);
  reports_.push_back(std::move(report));
}

Event MadeHistory::make_event(const Act& act, const char* status, std::string& text) {
  const HistoryKind& kind = *act.kind;
  Event event{};
  const bool is_sibling = kind.sibling[0] != '\0' && chance(rates_.other_type);
  event.type = is_sibling ? kind.sibling : kind.type;
  if (!is_sibling && !chance(rates_.no_mode)) event.mode = kind.mode;
  event.status = status;
  const EventType* const known = lexicon_.ontology().type(event.type);
  event.quad = known == nullptr ? 0 : known->quad;
  event.score = event.goldstein = known == nullptr ? 0 : known->score;
  event.confidence = 0.5 + std::floor(share() * 50) / 100;
  event.rule = "made";
  name_sides(act, event);
  give_date(act, event);
  give_details(act, event);
  for (const std::vector<Actor>* side : {&event.source, &event.target}) {
    for (const Actor& actor : *side) text += actor.name + " ";
  }
  text += kCommon[below(kCommon.size())];
  for (const size_t word : act.words) {
    if (chance(rates_.words)) text += " " + word_of(word);
  }
  for (int i = 0; i < kCommonOfSentence; ++i) text += std::string(" ") + kCommon[often_low(kCommon.size())];
  text += ".";
  return event;
}

void MadeHistory::name_sides(const Act& act, Event& event) {
  const bool with_persons = act.kind->persons && !chance(rates_.no_persons);
  const auto actor_of = [&](const Side& side) {
    Actor actor{};
    actor.country = kCodes[side.country];
    actor.sector = chance(rates_.other_side) ? "LEG" : chance(rates_.other_organ) ? (side.sector[0] == 'G' ? "MIL" : "GOV") : side.sector;
    actor.name = with_persons ? person_of(side.country, side.person) : std::string(lexicon_.names().country_name(actor.country));
    return actor;
  };
  if (!chance(rates_.no_source)) event.source.push_back(actor_of(act.source));
  if (!event.source.empty() && chance(rates_.no_target)) return;
  event.target.push_back(actor_of(act.target));
  if (chance(rates_.third_party)) event.target.push_back(actor_of({.country = below(kCountries)}));
}

void MadeHistory::give_date(const Act& act, Event& event) {
  double at = share();
  const auto is = [&](double rate) {
    const bool chosen = at < rate;
    at -= rate;
    return chosen;
  };
  if (is(rates_.undated)) return;
  if (is(rates_.coarse)) {
    event.date = chance(0.5) ? day_of(act.day).substr(0, sizeof "YYYY-MM" - 1) : day_of(act.day - 3) + "/" + day_of(act.day + 3);
    return;
  }
  event.date = day_of(act.day + (is(rates_.next_day) ? (chance(0.5) ? 1 : -1) : 0));
}

void MadeHistory::give_details(const Act& act, Event& event) {
  if (chance(rates_.placed)) {
    const std::string name = kPlaces[act.place];
    event.place = Place{.text = name,
                        .name = name,
                        .country = kCodes[act.target.country],
                        .lat = 10.0 + static_cast<double>(act.place),
                        .lon = static_cast<double>(act.target.country),
                        .precision = "city"};
  }
  if (act.kind->number[0] == '\0') return;
  Quantity quantity{};
  quantity.value = chance(rates_.other_quantity) ? act.number * 2 : act.number;
  quantity.kind = quantity.unit = act.kind->number;
  quantity.text = std::to_string(static_cast<int64_t>(*quantity.value));
  event.quantity.push_back(quantity);
}

Agreement b_cubed(const std::vector<uint32_t>& truth, const std::vector<uint32_t>& found) {
  std::unordered_map<uint64_t, double> both;
  std::unordered_map<uint32_t, double> true_size, found_size;
  const auto pair_of = [&](size_t i) { return uint64_t{truth[i]} << 32 | found[i]; };
  for (size_t i = 0; i < truth.size(); ++i) {
    ++both[pair_of(i)];
    ++true_size[truth[i]];
    ++found_size[found[i]];
  }
  Agreement agreement;
  for (size_t i = 0; i < truth.size(); ++i) {
    agreement.precision += both[pair_of(i)] / found_size[found[i]];
    agreement.recall += both[pair_of(i)] / true_size[truth[i]];
  }
  const auto count = static_cast<double>(std::max<size_t>(1, truth.size()));
  return {.precision = agreement.precision / count, .recall = agreement.recall / count};
}

Agreement agreement_of(const MadeHistory& history, const Crisis& crisis) {
  std::vector<uint32_t> truth(crisis.mentions.size()), found(crisis.mentions.size());
  for (uint32_t i = 0; i < crisis.mentions.size(); ++i) truth[i] = history.truth(crisis.mentions[i].event.id);
  for (uint32_t i = 0; i < crisis.incidents.size(); ++i) {
    for (const uint32_t mention : crisis.incidents[i].mentions) found[mention] = i;
  }
  return b_cubed(truth, found);
}

Agreement agreement_of_dyad_type_day(const MadeHistory& history) {
  std::map<std::string, uint32_t> groups;
  std::vector<uint32_t> truth, found;
  const auto country = [](const std::vector<Actor>& side) { return side.empty() ? std::string() : side.front().country; };
  for (const Report& report : history.reports()) {
    for (const Event& event : report.events) {
      const std::string day = event.date.size() == sizeof "YYYY-MM-DD" - 1 ? event.date : format_day(*report.article->fields().published);
      const std::string key = country(event.source) + ">" + country(event.target) + " " + event.type + " " + day;
      truth.push_back(history.truth(event.id));
      found.push_back(groups.emplace(key, static_cast<uint32_t>(groups.size())).first->second);
    }
  }
  return b_cubed(truth, found);
}

}  // namespace casus
