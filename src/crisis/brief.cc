#include "crisis/brief.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "base/text.h"
#include "crisis/day_span.h"
#include "crisis/incident_edits.h"
#include "crisis/incidents.h"
#include "crisis/parties.h"
#include "crisis/views.h"

namespace casus {
namespace {

constexpr int32_t kStateDays = 30;  // of the acts that the state of a dyad sums up
constexpr size_t kMostDyads = 6, kMostQuotations = 6;
constexpr size_t kLeastQuotation = 40, kMostQuotation = 260;  // bytes
constexpr int32_t kQuotedDays = 14;                           // older words are no news
constexpr double kTurnOfMean = 1.5;                           // on the Goldstein scale: from which on relations are said to have changed

std::string counted(size_t count, const std::string& one, const std::string& more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

bool happened(const Incident& incident) { return incident.status == "actual"; }

/// Composes the sections in turn.
class Composer {
 public:
  Composer(const Crisis& crisis, const CrisisFilter& filter, const CrisisRules& rules, const Lexicon& lexicon, const BriefOptions& options)
      : crisis_(crisis),
        rules_(rules),
        lexicon_(lexicon),
        options_(options),
        filter_(filter),
        wording_(crisis, rules, lexicon),
        as_of_(crisis.as_of.value_or(0)) {
    filter_.since = filter_.until = std::nullopt;
    filter_.known = nullptr;
    filter_.known = std::make_shared<const std::vector<uint32_t>>(kept_incidents(crisis_, filter_));
    since_ = options.since.value_or(as_of_ - kNewDays + 1);
  }

  [[nodiscard]] Brief compose() {
    Brief brief;
    brief.title = crisis_.as_of ? "Situation on " + Wording::dated_words(as_of_) : "Situation";
    brief.basis = basis();
    calendar_ = calendar_of(crisis_, filter_, rules_, lexicon_);
    demands_ = demands_of(crisis_, filter_, rules_, lexicon_);
    for (BriefSection section : {relations(), news(), ahead(), open_plans(), demands(), forces(), disputed(), quotations()}) {
      if (section.lines.size() > options_.most_lines) {
        section.more = section.lines.size() - options_.most_lines;
        section.lines.resize(options_.most_lines);
      }
      quote_once(section);
      if (!section.lines.empty()) brief.sections.push_back(std::move(section));
    }
    return brief;
  }

 private:
  [[nodiscard]] std::string basis() const {
    std::set<std::string_view> outlets;
    std::vector<uint32_t> all;
    std::optional<int32_t> first, last;
    for (uint32_t i = 0; i < crisis_.articles.size(); ++i) {
      const CrisisArticle& article = crisis_.articles[i];
      all.push_back(i);
      if (!article.outlet.empty()) outlets.insert(article.outlet);
      if (!article.published) continue;
      first = std::min(first.value_or(*article.published), *article.published);
      last = std::max(last, article.published);
    }
    if (all.empty()) return "No article is there.";
    std::string text = "From " + counted(all.size(), "article", "articles");
    if (!outlets.empty()) text += " of " + counted(outlets.size(), "outlet", "outlets");
    if (first && last) text += ", " + Wording::dated_words(*first) + (first == last ? "" : " to " + Wording::dated_words(*last));
    if (crisis_.older > 0) text += "; " + counted(crisis_.older, "older article is", "older articles are") + " left aside";
    return text + ". " + counted(count_sources(crisis_.articles, all), "independent source", "independent sources") + ", " +
           counted(kept_incidents(crisis_, filter_).size(), "incident", "incidents") + "; new since " + Wording::dated_words(since_) + ".";
  }

  /// What one sentence tells as three acts is quoted with the first.
  void quote_once(BriefSection& section) {
    for (BriefLine& line : section.lines) {
      if (!line.words.empty() && !quoted_.insert(line.words).second) line.words.clear();
    }
  }

  /// A government that does something to itself was misread: nothing for a note.
  [[nodiscard]] static bool is_own_affair(const Incident& incident) {
    return !incident.target.empty() && std::ranges::all_of(incident.target, [&](const Party& party) {
      return party.key == party.country && find_party(incident.source, party.key) != nullptr;
    });
  }

  [[nodiscard]] BriefLine line_of(const Incident& incident, std::string text, std::string words = "") const {
    BriefLine line{
        .text = std::move(text), .words = std::move(words), .articles = articles_of(incident, crisis_), .incidents = {incident.id}};
    line.one_outlet = incident.sources == 1;
    const std::string corrections = corrections_text(incident, crisis_);
    if (!corrections.empty()) line.text += " " + capitalised(corrections) + ".";
    return line;
  }

  [[nodiscard]] std::string sentence(const Incident& incident) const { return wording_.incident_text(incident) + "."; }

  /// How two sides stand: what they did to one another lately, whether that is warmer or colder than before, and the last of it.
  struct Relation {
    std::array<uint32_t, 4> quads{};
    double sum = 0, sum_before = 0;
    size_t count = 0, count_before = 0;
    std::vector<uint32_t> incidents{};
    double weight = 0;
  };

  [[nodiscard]] BriefSection relations() const {
    std::map<std::pair<std::string, std::string>, Relation> pairs;
    for (const DyadDay& day : dyads_of(crisis_, filter_)) {
      if (day.day > as_of_ || !is_state(day.a) || !is_state(day.b)) continue;
      Relation& relation = pairs[{day.a, day.b}];
      const bool late = day.day > as_of_ - kStateDays;
      (late ? relation.sum : relation.sum_before) += day.goldstein;
      (late ? relation.count : relation.count_before) += day.incidents.size();
      if (!late) continue;
      for (size_t quad = 0; quad < day.quads.size(); ++quad) relation.quads[quad] += day.quads[quad];
      for (const uint32_t incident : day.incidents) {
        relation.incidents.push_back(incident);
        relation.weight += crisis_.incidents[incident].weight;
      }
    }
    std::vector<std::pair<std::pair<std::string, std::string>, Relation>> ranked;
    for (auto& pair : pairs) {
      if (pair.second.count > 0) ranked.push_back(pair);
    }
    std::ranges::stable_sort(ranked, std::ranges::greater(), [](const auto& pair) { return pair.second.weight; });
    if (ranked.size() > kMostDyads) ranked.resize(kMostDyads);
    BriefSection section{.title = "Where the sides stand"};
    for (const auto& [pair, relation] : ranked) section.lines.push_back(relation_line(pair.first, pair.second, relation));
    return section;
  }

  [[nodiscard]] bool is_state(const std::string& key) const { return !lexicon_.names().country_name(key).empty(); }

  [[nodiscard]] BriefLine relation_line(const std::string& a, const std::string& b, const Relation& relation) const {
    std::string text = capitalised(wording_.country_text(a)) + " and " + wording_.country_text(b) + ": " +
                       std::string(tone_of(relation.quads)) + " (" + quads_text(relation.quads) + " in the last " +
                       std::to_string(kStateDays) + " days)";
    if (relation.count_before > 0) {
      const double change =
          relation.sum / static_cast<double>(relation.count) - relation.sum_before / static_cast<double>(relation.count_before);
      if (std::abs(change) >= kTurnOfMean) text += change > 0 ? ", warmer than before" : ", colder than before";
    }
    const uint32_t last = *std::ranges::max_element(relation.incidents, {}, [&](uint32_t index) {
      const Incident& incident = crisis_.incidents[index];
      return std::tuple(incident.dated ? incident.window.begin : std::numeric_limits<int32_t>::min(), incident.last_report, incident.weight,
                        index);
    });
    const Incident& incident = crisis_.incidents[last];
    BriefLine line = line_of(incident, text + ". Last: " + wording_.incident_text(incident) + ".");
    return line;
  }

  /// What prevails: from two thirds on.
  static std::string_view tone_of(const std::array<uint32_t, 4>& quads) {
    const uint32_t friendly = quads[0] + quads[1], hostile = quads[2] + quads[3];
    if (hostile >= 2 * friendly) return quads[3] > 0 ? "hostile in deed" : "hostile in words";
    if (friendly >= 2 * hostile) return quads[1] > 0 ? "friendly in deed" : "friendly in words";
    return "mixed";
  }

  static std::string quads_text(const std::array<uint32_t, 4>& quads) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kNames = {{{"friendly word", "friendly words"},
                                                                                             {"friendly deed", "friendly deeds"},
                                                                                             {"hostile word", "hostile words"},
                                                                                             {"hostile deed", "hostile deeds"}}};
    std::string text;
    for (size_t quad = 0; quad < quads.size(); ++quad) {
      if (quads[quad] == 0) continue;
      text += (text.empty() ? "" : ", ") + counted(quads[quad], std::string(kNames[quad].first), std::string(kNames[quad].second));
    }
    return text;
  }

  [[nodiscard]] BriefSection news() const {
    std::vector<uint32_t> fresh;
    for (const uint32_t index : kept_incidents(crisis_, filter_)) {
      const Incident& incident = crisis_.incidents[index];
      const std::optional<int32_t> told = first_told_as_done(incident);
      if (!happened(incident) || !told || *told < since_) continue;
      if (incident.dated && incident.window.end <= since_ - kNewDays) continue;  // background, told now
      if (rules_.rule_of(incident.type).demand || is_own_affair(incident)) continue;
      fresh.push_back(index);
    }
    std::ranges::stable_sort(fresh, std::ranges::greater(), [&](uint32_t index) { return crisis_.incidents[index].weight; });
    BriefSection section{.title = "New since " + wording_.day_words(since_)};
    for (const uint32_t index : fresh) {
      const Incident& incident = crisis_.incidents[index];
      section.lines.push_back(line_of(incident, sentence(incident), wording_.words_of(incident)));
    }
    return section;
  }

  [[nodiscard]] static std::optional<int32_t> first_told_as_done(const Incident& incident) {
    const auto found = std::ranges::find(incident.history, "actual", &StatusChange::status);
    return found == incident.history.end() ? std::nullopt : found->day;
  }

  [[nodiscard]] BriefSection ahead() const {
    BriefSection section{.title = "Coming up"};
    std::vector<CalendarEntry> entries = calendar_;  // undated ones stand at the end, and there the heaviest first
    const auto undated = std::ranges::find(entries, false, &CalendarEntry::dated);
    std::stable_sort(undated, entries.end(), [&](const CalendarEntry& a, const CalendarEntry& b) {
      return crisis_.incidents[a.incident].weight > crisis_.incidents[b.incident].weight;
    });
    for (const CalendarEntry& entry : entries) {
      const Incident& incident = crisis_.incidents[entry.incident];
      if (entry.outcome != PlanOutcome::kAhead || is_own_affair(incident)) continue;
      std::string text = sentence(incident);
      if (!entry.dated) text += " No date is given.";
      section.lines.push_back(line_of(incident, std::move(text), wording_.words_of(incident)));
    }
    return section;
  }

  [[nodiscard]] BriefSection open_plans() const {
    BriefSection section{.title = "What became of plans"};
    for (const CalendarEntry& entry : calendar_) {
      const Incident& incident = crisis_.incidents[entry.incident];
      if (entry.outcome == PlanOutcome::kAhead || incident.last_report.value_or(as_of_) < since_ - kStateDays) continue;
      section.lines.push_back(line_of(incident, sentence(incident) + " " + fate_of(entry)));
    }
    return section;
  }

  [[nodiscard]] std::string fate_of(const CalendarEntry& entry) const {
    switch (entry.outcome) {
      case PlanOutcome::kTookPlace:
        return "It had been announced" + (entry.announced ? " by " + wording_.day_words(*entry.announced) : std::string()) + ".";
      case PlanOutcome::kMoved:
        return entry.moved_to ? "It was moved: now " + wording_.range_words(crisis_.incidents[*entry.moved_to].window) + "."
                              : "It was moved.";
      case PlanOutcome::kCalledOff: return "It was called off or denied.";
      case PlanOutcome::kNoWord: return "No report since says whether it took place.";
      case PlanOutcome::kAhead: break;
    }
    return "";
  }

  [[nodiscard]] BriefSection demands() {
    BriefSection section{.title = "Demands"};
    for (const Demand& demand : demands_) {
      const Incident& incident = crisis_.incidents[demand.incident];
      if (is_own_affair(incident)) continue;
      const bool is_told_before = !demand.words.empty() && !quoted_.insert(demand.words).second;
      std::string text = wording_.incident_text(incident);
      const bool has_stop = demand.words.ends_with('.') || demand.words.ends_with("…");
      text += demand.words.empty() || is_told_before ? "." : ": “" + demand.words + (has_stop ? "”" : "”.");
      if (!demand.answered_by) {
        section.lines.push_back(line_of(incident, text + " No answer is reported."));
        continue;
      }
      const Incident& answer = crisis_.incidents[*demand.answered_by];
      BriefLine line = line_of(incident, text + " " + capitalised(demand.answer) + ": " + wording_.incident_text(answer) + ".");
      line.incidents.push_back(answer.id);
      for (const uint32_t article : articles_of(answer, crisis_)) line.articles.push_back(article);
      std::ranges::sort(line.articles);
      line.articles.erase(std::unique(line.articles.begin(), line.articles.end()), line.articles.end());
      line.one_outlet = count_sources(crisis_.articles, line.articles) == 1;
      section.lines.push_back(std::move(line));
    }
    return section;
  }

  [[nodiscard]] BriefSection forces() const {
    BriefSection section{.title = "Forces"};
    for (const PostureLine& posture : posture_of(crisis_, filter_, rules_)) {
      std::string where = posture.place;
      if (where.empty() && !posture.country.empty())
        where = "towards " + wording_.country_text(posture.country);
      else if (!where.empty())
        where = "at " + on_one_line(where);
      std::string text = capitalised(wording_.party_text(posture.owner)) + ": " + amount(posture) + (where.empty() ? "" : " " + where);
      if (posture.movement == "withdrawal") text += ", withdrawn";
      if (posture.status == "planned") text += ", announced";
      text += ".";
      BriefLine line{.text = std::move(text), .articles = posture.articles};
      line.one_outlet = posture.sources == 1;
      section.lines.push_back(std::move(line));
    }
    std::ranges::stable_sort(section.lines, std::ranges::greater(), [](const BriefLine& line) { return line.articles.size(); });
    return section;
  }

  static std::string with_commas(double value) {
    std::string digits = std::to_string(static_cast<int64_t>(std::llround(value)));
    for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
    return digits;
  }

  static std::string amount(const PostureLine& posture) {
    if (!posture.low || !posture.high || posture.texts.size() == 1) {
      std::string text;
      for (const std::string& told : posture.texts) text += (text.empty() ? "" : " / ") + told;
      return (posture.about && posture.low ? "about " : "") + text;
    }
    const std::string unit =
        posture.texts.front().find(' ') == std::string::npos ? "" : posture.texts.front().substr(posture.texts.front().find(' '));
    const std::string low = with_commas(*posture.low), high = with_commas(*posture.high);
    return (posture.about ? "about " : "") + (low == high ? low : low + " to " + high) + unit;
  }

  [[nodiscard]] BriefSection disputed() const {
    BriefSection section{.title = "Disputed or denied"};
    for (const uint32_t index : kept_incidents(crisis_, filter_)) {
      const Incident& incident = crisis_.incidents[index];
      const std::string values = conflicts_of(incident);
      const bool denied = std::ranges::find(incident.history, "denied", &StatusChange::status) != incident.history.end();
      if ((values.empty() && !denied) || is_own_affair(incident)) continue;
      if (incident.last_report.value_or(as_of_) < since_ - kStateDays) continue;
      std::string text = sentence(incident);
      if (!values.empty()) text += " " + values;
      if (denied && happened(incident)) text += " This is denied" + by_whom(incident) + ".";
      section.lines.push_back(line_of(incident, std::move(text), denied && values.empty() ? words_of_denial(incident) : ""));
    }
    return section;
  }

  [[nodiscard]] const Mention* denial_of(const Incident& incident) const {
    const auto found = std::ranges::find(incident.history, "denied", &StatusChange::status);
    return found == incident.history.end() ? nullptr : &crisis_.mentions[found->mention];
  }

  [[nodiscard]] std::string denier_of(const Incident& incident) const {
    const Mention* const mention = denial_of(incident);
    return mention == nullptr ? "" : on_one_line(mention->event.attributed_to);
  }

  [[nodiscard]] std::string by_whom(const Incident& incident) const {
    const std::string who = denier_of(incident);
    return who.empty() ? "" : " by " + who;
  }

  [[nodiscard]] std::string words_of_denial(const Incident& incident) const {
    const Mention* const mention = denial_of(incident);
    return mention == nullptr ? "" : shortened(on_one_line(mention->words), kMostQuotation);
  }

  /// "Reports differ: 12 dead (Meridian Wire) against 15 dead (Harbour Courier)."
  [[nodiscard]] std::string conflicts_of(const Incident& incident) const {
    std::string text;
    for (const ReportedValue& value : incident.values) {
      if (!value.conflicting) continue;
      std::vector<uint32_t> articles;
      articles.reserve(value.mentions.size());
      for (const uint32_t mention : value.mentions) articles.push_back(crisis_.mentions[mention].article);
      articles.erase(std::unique(articles.begin(), articles.end()), articles.end());
      const bool is_date = value.field == "date";
      const std::string told = is_date ? wording_.range_words(crisis_.mentions[value.mentions.front()].window) : value.value;
      text += (text.empty() ? "Reports differ: " : " against ") + told + " (" + wording_.sources_text(articles) + ")";
    }
    return text.empty() ? "" : text + ".";
  }

  /// What the quotation leaves to its sentence: “…,” she said.
  static std::string without_comma(std::string words) {
    if (words.ends_with(',')) words.pop_back();
    return words;
  }

  [[nodiscard]] BriefSection quotations() const {
    struct Quoted {
      const Saying* saying = nullptr;
      int32_t day = 0;
    };
    std::vector<Quoted> quoted;
    for (const Saying& saying : crisis_.sayings) {
      const Statement& statement = saying.statement;
      const std::optional<int32_t> day = crisis_.articles[saying.article].published;
      const bool is_long_enough = statement.text.size() >= kLeastQuotation && statement.text.size() <= kMostQuotation;
      if (statement.kind != "direct" || !is_long_enough || statement.speaker.name.empty() || !day || *day <= as_of_ - kQuotedDays) continue;
      const std::vector<Party> speaker = parties_of({statement.speaker}, lexicon_);
      const bool is_asked_for = filter_.keeps_speaker(speaker) && filter_.keeps_article(crisis_.articles[saying.article]);
      if (!is_asked_for || speaker.front().persons.empty()) continue;
      quoted.push_back({&saying, *day});
    }
    std::ranges::stable_sort(quoted, std::ranges::greater(), &Quoted::day);
    BriefSection section{.title = "In their words"};
    std::set<std::string> speakers;
    for (const Quoted& one : quoted) {
      const std::vector<Party> speaker = parties_of({one.saying->statement.speaker}, lexicon_);
      if (section.lines.size() >= kMostQuotations || !speakers.insert(speaker.front().persons.front()).second) continue;
      BriefLine line{.text = capitalised(wording_.side_text(speaker)) + ":",
                     .words = without_comma(on_one_line(one.saying->statement.text)),
                     .articles = {one.saying->article}};
      section.lines.push_back(std::move(line));
    }
    return section;
  }

  const Crisis& crisis_;
  const CrisisRules& rules_;
  const Lexicon& lexicon_;
  const BriefOptions& options_;
  CrisisFilter filter_;
  const Wording wording_;
  const int32_t as_of_;
  int32_t since_ = 0;
  std::vector<CalendarEntry> calendar_;
  std::vector<Demand> demands_;
  std::set<std::string> quoted_;
};

}  // namespace

Brief brief_of(const Crisis& crisis, const CrisisFilter& filter, const CrisisRules& rules, const Lexicon& lexicon,
               const BriefOptions& options) {
  return Composer(crisis, filter, rules, lexicon, options).compose();
}

}  // namespace casus
