#include "reading/reading.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "reading/actors.h"
#include "reading/attribution.h"
#include "reading/confidence.h"
#include "reading/decision.h"
#include "reading/event_places.h"
#include "reading/frame_match.h"
#include "reading/merge.h"
#include "reading/proposals.h"
#include "reading/quantities.h"
#include "reading/statements.h"
#include "reading/status.h"
#include "reading/syntax.h"
#include "reading/times.h"

namespace casus {
namespace {

constexpr size_t kMaxBefore = 200;          ///< acts that the land of a thing is looked for in
constexpr uint32_t kMaxTriggerTokens = 12;  ///< a longer trigger is cut to its first word

using Hits = std::unordered_map<uint32_t, FrameHit>;

/// The status that an effect gives; what was dropped and is told after all is taken as said.
std::string status_name(WrapperEffect effect) {
  return std::string(wrapper_effect_name(effect == WrapperEffect::kDropped ? WrapperEffect::kActual : effect));
}

std::string record_id(const std::string& article_id, std::string_view kind, std::string_view type, std::string_view status, ByteSpan span) {
  std::string key = article_id;
  for (const std::string_view part : {kind, type, status}) key.append("\n").append(part);
  key += "\n" + std::to_string(span.begin) + "\n" + std::to_string(span.end);
  return hash_hex(key);
}

/// Reads one document; one object a document.
class Reader {
 public:
  Reader(const ArticlePtr& article, const Document& doc, const Lexicon& lexicon, const Judge* judge, ReadingTrace* trace)
      : article_(article),
        lexicon_(lexicon),
        trace_(trace),
        syntax_(doc),
        actors_(syntax_, lexicon, trace),
        times_(syntax_, lexicon),
        quantities_(syntax_, lexicon, actors_.markup()),
        event_places_(syntax_, actors_, lexicon) {
    if (judge) decision_ = std::make_unique<Decision>(syntax_, actors_, lexicon, judge);
  }

  /// What a judge would be asked of the document.
  std::vector<AskedSentence> questions() {
    find_hits();
    decision_ = std::make_unique<Decision>(syntax_, actors_, lexicon_, nullptr);
    const StatusReader status_reader(syntax_, actors_, times_, lexicon_, hits_);
    std::vector<Asked> asked;
    const std::vector<Candidate> found = candidates_of_frames(status_reader, asked);
    for (const Proposal& proposal : find_proposals(syntax_, actors_, lexicon_, taken_)) ask(proposal);
    return decision_->asked();
  }

  Report read() {
    Report report;
    report.article = article_;
    find_hits();
    statements_ = find_statements(syntax_, actors_, times_, lexicon_);
    attributions_.emplace(syntax_, lexicon_, actors_.people(), statements_);
    std::vector<Merged> merged;
    report.events = merge_mentions(candidates(), lexicon_, trace_ ? &merged : nullptr);
    for (Event& event : report.events) {
      event.id = event_id(event);
      event.confidence = with_term(event.confidence, told_term(event, lexicon_));
    }
    note_merged(merged);
    note_told(report.events);
    std::sort(report.events.begin(), report.events.end(), [](const Event& a, const Event& b) {
      return std::tie(a.sentence, a.trigger_span, a.type, a.status, a.id) < std::tie(b.sentence, b.trigger_span, b.type, b.status, b.id);
    });
    add_statements(report);
    report.times = times_.expressions();
    for (const PlaceMention& mention : actors_.places().mentions()) report.places.push_back(mention.place);
    if (trace_) report.mentions = mentions();
    return report;
  }

 private:
  void find_hits() {
    for (FrameHit& hit : match_all(syntax_, actors_, lexicon_, trace_)) hits_.emplace(hit.trigger, std::move(hit));
    std::vector<uint32_t> silent;  // words that belong to another trigger, and triggers that report no event
    for (const auto& [token, hit] : hits_) {
      for (const uint32_t word : hit.words) {
        if (hit.pattern->kind == PatternKind::kNoun) continue;
        silent.push_back(word);
        if (word != token) note_fate(word, ActFate::kPartOf, token);
      }
      if (hit.frame->type == kNoEvent) silent.push_back(token);
      if (hit.frame->type == kNoEvent) note_fate(token, ActFate::kKnown);
    }
    for (const auto& [token, hit] : hits_) {
      const bool is_known = hit.frame->type == kNoEvent;
      if (!is_known && (hit.source.empty() || hit.target.empty())) continue;  // somebody may be proposed for the side that is open
      taken_.insert(token);
      taken_.insert(hit.words.begin(), hit.words.end());
    }
    for (const uint32_t token : silent) hits_.erase(token);
    for (const auto& [token, hit] : hits_) {
      owners_.emplace(token, token);
      for (const uint32_t word : hit.words) owners_.emplace(word, token);
    }
  }

  /// What rules and, if there is one, the judge find, in the order of the text.
  [[nodiscard]] std::vector<Candidate> candidates() {
    const StatusReader status_reader(syntax_, actors_, times_, lexicon_, hits_);
    std::vector<Asked> asked;
    std::vector<Candidate> found = candidates_of_frames(status_reader, asked);
    if (!decision_) return found;
    const std::vector<Proposal> proposals = find_proposals(syntax_, actors_, lexicon_, taken_);
    std::vector<size_t> questions;
    questions.reserve(proposals.size());
    for (const Proposal& proposal : proposals) questions.push_back(ask(proposal));
    decision_->answer();
    for (const Asked& one : asked) settle(one, found[one.candidate]);
    std::erase_if(found, [](const Candidate& candidate) { return candidate.event.type.empty(); });
    add_proposals(proposals, questions, status_reader, found);
    std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.trigger < b.trigger; });
    return found;
  }

  size_t ask(const Proposal& proposal) {
    return decision_->ask(proposal.trigger, trigger_span(proposal.trigger, proposal.words, false), proposal.source, proposal.target, false);
  }

  /// A frame's act of which the judge is asked.
  struct Asked {
    size_t candidate = 0;
    size_t question = 0;
    const FrameHit* hit = nullptr;
    bool is_scheduled = false;  ///< its day or schedule, as the text gives it, makes it planned, whatever the judge holds
  };

  /// What the judge changes of a frame's act; one that is none in the end loses its type.
  void settle(const Asked& asked, Candidate& candidate) const {
    Event& event = candidate.event;
    Decided decided = decision_->decide(asked.question, RuleOpinion{event.type, event.mode, event.status});
    if (asked.is_scheduled || is_planned_too_late(event, decided.status)) decided.status = event.status;
    const Frame& frame = *asked.hit->frame;
    if (event.type != frame.type && decided.status == status_name(WrapperEffect::kDenied)) {  // not a refusal after all, but the act denied
      decided.type = frame.type;
      decided.mode = frame.mode;
    }
    if (!decided.event) {
      event.type.clear();
      note_fate(candidate.trigger, ActFate::kJudgedNone);
      if (trace_) trace_->acts.at(candidate.trigger).event_id.clear();
      return;
    }
    const bool turned = decided.turned && !event.source.empty() && !event.target.empty();
    if (turned || decided.status != event.status || decided.type != event.type) event.rule += " judge";
    if (turned) std::swap(event.source, event.target);
    if (decided.status != event.status) {
      event.status = decided.status;
      set_date(event, asked.hit->trigger, decided.type);
    }
    if (decided.type != event.type) {
      event.type = decided.type;
      event.mode = decided.mode;
      set_values(event, {}, {});
    }
    ConfidenceTerms terms = confidence_terms(event, *asked.hit, candidate.in_heading, lexicon_);
    terms.push_back(judge_term(decided, true, lexicon_));
    event.confidence = confidence_of(terms);
    if (trace_) note_judged(event, decided, std::move(terms), trace_->acts.at(candidate.trigger));
  }

  /// Whether a status would make an act one still ahead whose time, as the text gives it, began in an earlier month or day than the
  /// report's: "have spoken since December".
  [[nodiscard]] bool is_planned_too_late(const Event& event, const std::string& status) const {
    const auto& published = article_->fields().published;
    if (status != status_name(WrapperEffect::kPlanned) || event.date.empty() || !published) return false;
    const std::string begin = event.date.substr(0, event.date.find('/')), report = format_day(*published);
    return !begin.empty() && begin < report.substr(0, begin.size());
  }

  /// Acts that no frame knows, as the judge takes them. Of several sides for one trigger the likeliest.
  void add_proposals(const std::vector<Proposal>& proposals, const std::vector<size_t>& questions, const StatusReader& status_reader,
                     std::vector<Candidate>& found) {
    const auto frames = static_cast<std::ptrdiff_t>(found.size());  // in the order of the text; what comes behind is none of a frame
    for (size_t first = 0, next = 0; first < proposals.size(); first = next) {
      std::optional<Decided> best;
      std::pair<bool, double> best_rank;
      size_t chosen = first;
      for (next = first; next < proposals.size() && proposals[next].trigger == proposals[first].trigger; ++next) {
        Decided decided = decision_->decide(questions[next], std::nullopt);
        const bool both = !proposals[next].source.empty() && !proposals[next].target.empty();
        const auto rank = std::pair(both, decided.event_odds);  // with one side alone the judge takes too much for an act
        if (!decided.event || (best && best_rank >= rank)) continue;
        best_rank = rank;
        best = std::move(decided);
        chosen = next;
      }
      if (!best) continue;
      const std::optional<uint32_t> frame = frame_at(proposals[first]);
      if (!frame) {
        add_proposal(proposals[chosen], questions[chosen], *std::move(best), status_reader, found);
        continue;
      }
      const auto same = std::lower_bound(found.begin(), found.begin() + frames, *frame,
                                         [](const Candidate& candidate, uint32_t trigger) { return candidate.trigger < trigger; });
      const bool is_there = same != found.begin() + frames && same->trigger == *frame;
      if (is_there && !best->turned) fill_side(proposals[chosen], same->event);
    }
  }

  /// The trigger of the frame's act that has a word of this trigger.
  [[nodiscard]] std::optional<uint32_t> frame_at(const Proposal& proposal) const {
    auto owner = owners_.find(proposal.trigger);
    for (size_t i = 0; owner == owners_.end() && i < proposal.words.size(); ++i) owner = owners_.find(proposal.words[i]);
    return owner == owners_.end() ? std::nullopt : std::optional(owner->second);
  }

  /// A frame's act gets the side that is open, if the judge takes it with the side that is known: words are said to somebody, and some
  /// types want a target; others, like marches, often have none.
  void fill_side(const Proposal& proposal, Event& event) const {
    const EventType* type = lexicon_.ontology().type(event.type);
    if (type == nullptr || !(type->seeks_target || lexicon_.rule_of(event.type).is_speech)) return;
    const auto same = [](const std::vector<Actor>& a, const std::vector<Actor>& b) {
      return !a.empty() && !b.empty() && a[0].span == b[0].span;
    };
    if (event.target.empty() && same(event.source, proposal.source)) event.target = proposal.target;
    if (event.source.empty() && same(event.target, proposal.target)) event.source = proposal.source;
  }

  void add_proposal(const Proposal& proposal, size_t question, Decided decided, const StatusReader& status_reader,
                    std::vector<Candidate>& found) {
    if (syntax_.token(proposal.trigger).pos == Pos::kAdj) return;  // most that is said of somebody so is no act
    Pattern& pattern = judged_patterns_.emplace_back();
    pattern.kind = syntax_.token(proposal.trigger).pos == Pos::kVerb ? PatternKind::kVerb : PatternKind::kNoun;
    Frame& frame = judged_frames_.emplace_back(Frame{.name = "judge", .type = decided.type, .mode = decided.mode});
    FrameHit hit{.trigger = proposal.trigger,
                 .pattern = &pattern,
                 .frame = &frame,
                 .source = proposal.source,
                 .target = proposal.target,
                 .words = proposal.words};
    if (decided.turned) std::swap(hit.source, hit.target);
    if (lack_of_sides(hit)) return;
    StatusReading status = status_reader.read(hit);
    if (status.effect == WrapperEffect::kDropped) return;
    attribute(hit, status);
    const std::string rules = status_name(status.effect);
    std::vector<Actor> target = hit.target;
    place_target(hit, found, target);
    Event event = make_event(hit, std::move(target), std::move(status), found);
    event.rule = "judge";
    const Decided with_rules = decision_->decide(question, RuleOpinion{.status = rules});
    if (!is_planned_too_late(event, with_rules.status)) event.status = with_rules.status;
    decided.status = event.status;
    decided.judge_status = with_rules.judge_status;
    if (event.status != rules) set_date(event, hit.trigger, event.type);
    const bool heading = is_heading(hit.trigger);
    ConfidenceTerms terms = confidence_terms(event, hit, heading, lexicon_);
    terms.push_back(judge_term(decided, false, lexicon_));
    event.confidence = confidence_of(terms);
    if (trace_) note_proposal(event, decided, terms, proposal.trigger);
    found.push_back({std::move(event), false, heading, hit.weight, proposal.trigger, Candidate::kNotJoined});
  }

  [[nodiscard]] bool is_heading(uint32_t token) const {
    const BlockKind kind = article_->blocks()[syntax_.sentence(token).block].kind;
    return kind == BlockKind::kTitle || kind == BlockKind::kHeading;
  }

  [[nodiscard]] std::vector<Candidate> candidates_of_frames(const StatusReader& status_reader, std::vector<Asked>& asked) {
    std::vector<Candidate> found;
    for (uint32_t token = 0; token < syntax_.size(); ++token) {
      const auto hit = hits_.find(token);
      if (hit == hits_.end()) continue;
      const FrameHit* told = &hit->second;
      std::vector<Actor> target = told->target;
      TargetOrigin origin = TargetOrigin::kPart;
      if (place_target(*told, found, target)) origin = TargetOrigin::kLand;
      if (target.empty()) target = people_at(*told);
      if (told->target.empty() && !target.empty()) origin = TargetOrigin::kPlace;
      if (told->thing && target[0].country.empty()) {
        told = told->otherwise.get();
        if (told != nullptr && lexicon_.ontology().type(told->frame->type) == nullptr) told = nullptr;  // a frame that says: no act
        if (told != nullptr) target = told->target;
        origin = TargetOrigin::kPart;
        note_otherwise(token, told);
      }
      if (told == nullptr || lacks_sides(token, *told)) continue;
      ActTrace* const act = trace_ ? &trace_->acts[token] : nullptr;
      StatusReading status = status_reader.read(*told, act ? &act->steps : nullptr);
      attribute(*told, status);
      if (act) note_status(status, *act);
      const bool dropped = status.effect == WrapperEffect::kDropped;
      const bool is_scheduled = status.is_scheduled;
      const bool heading = is_heading(token);
      Event event = make_event(*told, std::move(target), std::move(status), found);
      ConfidenceTerms terms = confidence_terms(event, *told, heading, lexicon_);
      event.confidence = confidence_of(terms);
      if (act) act->confidence = std::move(terms);
      found.push_back({std::move(event), dropped, heading, told->weight, token, joined_to(*told)});
      if (act && !dropped) note_event(found.back().event, origin, *act);
      if (decision_ && !dropped) {
        const Event& coded = found.back().event;
        asked.push_back(
            {found.size() - 1, decision_->ask(token, coded.trigger_span, coded.source, coded.target, true), told, is_scheduled});
      }
    }
    return found;
  }

  /// The verb of force that this one is joined to, both with objects of their own.
  [[nodiscard]] uint32_t joined_to(const FrameHit& hit) const {
    const uint32_t first = syntax_.head(hit.trigger);
    const EventType* type = lexicon_.ontology().type(hit.frame->type);
    const bool joined = hit.pattern->kind == PatternKind::kVerb && syntax_.dep(hit.trigger) == Dep::kConj && type && type->is_force();
    const bool objects = syntax_.child(hit.trigger, Dep::kDobj) && syntax_.child(first, Dep::kDobj);
    return joined && objects ? first : Candidate::kNotJoined;
  }

  /// Force is used on those who live where it is used: by organs that work at home and by bands on their own land, by others on whom they
  /// used it before. Whether that gave a target its country.
  bool place_target(const FrameHit& hit, const std::vector<Candidate>& before, std::vector<Actor>& target) const {
    const EventType* type = lexicon_.ontology().type(hit.frame->type);
    const bool open = std::any_of(target.begin(), target.end(), [](const Actor& actor) { return actor.country.empty(); });
    if (!open || type == nullptr || !type->is_force()) return false;
    const std::optional<Place> place = event_places_.at_act(hit);
    std::string country = place ? place->country : "";
    const Actor* source = hit.source.empty() || hit.source[0].country.size() != 3 ? nullptr : &hit.source[0];
    if (country.empty() && source && lexicon_.ontology().acts_at_home(source->sector)) country = source->country;
    for (size_t i = before.size(), steps = 0; country.empty() && source && i-- > 0 && steps < kMaxBefore; ++steps) {
      const Event& event = before[i].event;
      const bool same = !event.source.empty() && event.source[0].country == source->country && !event.target.empty();
      if (same && lexicon_.ontology().type(event.type)->is_force()) country = event.target[0].country;
    }
    for (Actor& actor : target) {
      if (actor.country.empty()) actor.country = country;
    }
    return !country.empty();
  }

  /// "Imposed a curfew in Khartoum": those who live there, for types that say so.
  [[nodiscard]] std::vector<Actor> people_at(const FrameHit& hit) const {
    const std::optional<Place> place = lexicon_.rule_of(hit.frame->type).place_is_target ? event_places_.at_act(hit) : std::nullopt;
    if (!place || place->country.empty()) return {};
    return {Actor{.text = place->text, .name = place->name, .country = place->country, .sector = kCivilians, .span = place->span}};
  }

  /// Every mention of an actor with its own words, in the order of the text.
  [[nodiscard]] std::vector<ActorMention> mentions() const {
    std::vector<ActorMention> all;
    for (const auto& [token, mention] : trace_->mentions) {
      const ByteSpan head = syntax_.bytes(token, token + 1);
      for (const Actor& actor : mention.actors) {
        ActorMention& one = all.emplace_back(ActorMention{.actor = actor, .rule = std::string(mention_rule_name(mention.rule))});
        if (!actor.span.contains(head)) one.actor.span = head;  // a pronoun is named by the words that it stands for
        one.actor.text = std::string(article_->view(one.actor.span));
      }
    }
    const auto place = [](const ActorMention& one) { return std::pair(one.actor.span.begin, one.actor.span.end); };
    std::stable_sort(all.begin(), all.end(), [&](const ActorMention& a, const ActorMention& b) { return place(a) < place(b); });
    return all;
  }

  [[nodiscard]] std::string event_id(const Event& event) const {
    return record_id(article_->article_id(), "event", event.type, event.status, event.trigger_span);
  }

  // ---- for those who ask why

  void note_fate(uint32_t token, ActFate fate, std::optional<uint32_t> other = std::nullopt) const {
    const auto act = trace_ ? trace_->acts.find(token) : std::map<uint32_t, ActTrace>::iterator();
    if (!trace_ || act == trace_->acts.end()) return;
    act->second.fate = fate;
    act->second.other = other;
  }

  /// What was done to a thing that nobody is said to own is told by the next best pattern, if any.
  void note_otherwise(uint32_t token, const FrameHit* told) const {
    if (!trace_) return;
    ActTrace& act = trace_->acts[token];
    if (!told) act.fate = ActFate::kOwnerless;
    for (size_t i = 0; told && i < act.trials.size(); ++i) {
      if (act.trials[i].pattern == told->pattern && act.trials[i].outcome == TrialOutcome::kFired) act.best = i;
    }
  }

  static void note_status(const StatusReading& status, ActTrace& act) {
    act.effect = status.effect;
    act.fate = ActFate::kNoAct;
    if (status.attribution) act.cue = status.cue;
  }

  void note_event(const Event& event, TargetOrigin origin, ActTrace& act) const {
    act.fate = ActFate::kEvent;
    act.target_origin = origin;
    act.place = event.place;
    act.attributed_to = event.attributed_to;
    act.event_id = event_id(event);
  }

  void note_judged(const Event& event, const Decided& decided, ConfidenceTerms terms, ActTrace& act) const {
    act.judged = decided;
    act.confidence = std::move(terms);
    act.event_id = event_id(event);
  }

  void note_proposal(const Event& event, const Decided& decided, const ConfidenceTerms& terms, uint32_t trigger) const {
    ActTrace& act = trace_->acts[trigger];
    act.trigger = trigger;
    act.other = std::nullopt;
    act.best = std::nullopt;
    act.judged = decided;
    act.confidence = terms;
    note_event(event, TargetOrigin::kPart, act);
  }

  /// `merged`: in the order in which it was done, so the last one says where a chain ends.
  void note_merged(const std::vector<Merged>& merged) const {
    for (size_t i = merged.size(); i-- > 0;) {
      const ActTrace& into = trace_->acts.at(merged[i].into);
      note_fate(merged[i].from, ActFate::kMerged, into.other.value_or(merged[i].into));
      trace_->acts.at(merged[i].from).event_id = into.event_id;
    }
  }

  void note_told(const std::vector<Event>& events) const {
    if (!trace_) return;
    std::unordered_map<std::string_view, const Event*> by_id;
    for (const Event& event : events) by_id.emplace(event.id, &event);
    for (auto& [token, act] : trace_->acts) {
      const auto event = by_id.find(act.event_id);
      if (event != by_id.end()) act.confidence.push_back(told_term(*event->second, lexicon_));
    }
  }

  /// Whether a hit has not the sides for a record; says so to whom asks.
  [[nodiscard]] bool lacks_sides(uint32_t token, const FrameHit& hit) const {
    const std::optional<ActFate> lack = lack_of_sides(hit);
    if (lack) note_fate(token, *lack);
    return lack.has_value();
  }

  /// What the sides lack for a record, which wants somebody whose country, or the act's, is known, or an organ of a state; else two sides,
  /// or force, which is news whoever suffers it. Some types are none with some people: what is told to a reporter is no consultation.
  [[nodiscard]] std::optional<ActFate> lack_of_sides(const FrameHit& hit) const {
    const TypeRule& rule = lexicon_.rule_of(hit.frame->type);
    const EventType* type = lexicon_.ontology().type(hit.frame->type);
    bool placed = false, organ = false, described = false;
    for (const std::vector<Actor>* side : {&hit.source, &hit.target}) {
      for (const Actor& actor : *side) {
        if (!actor.sector.empty() && actor.sector == rule.not_with) return ActFate::kExcluded;
        placed = placed || !actor.country.empty();
        organ = organ || lexicon_.ontology().is_state(actor.sector);
        described = described || !actor.sector.empty();
      }
    }
    const bool both = !hit.source.empty() && !hit.target.empty();
    if (!placed && described) {  // "teachers walked out in Chile"
      const std::optional<Place> place = event_places_.at_act(hit);
      placed = place && !place->country.empty();
    }
    if (both && type != nullptr && !type->is_force() && are_neighbours(hit)) return ActFate::kPrivate;
    const bool force = type != nullptr && type->is_force() && !hit.source.empty();
    const bool enough = placed || organ || (described && (both || force));
    return enough ? std::nullopt : std::optional(ActFate::kNoSide);
  }

  /// What citizens of one country say and do to one another is no politics: "his sister helped their parents".
  [[nodiscard]] static bool are_neighbours(const FrameHit& hit) {
    const auto is_citizen = [&](const Actor& actor) { return actor.sector == kCivilians && actor.country == hit.source[0].country; };
    return std::ranges::all_of(hit.source, is_citizen) && std::ranges::all_of(hit.target, is_citizen);
  }

  [[nodiscard]] Event make_event(const FrameHit& hit, std::vector<Actor> target, StatusReading status,
                                 const std::vector<Candidate>& before) const {
    Event event;
    event.type = hit.frame->type;
    event.mode = hit.frame->mode;
    event.status = status_name(status.effect);
    event.source = hit.source;
    event.target = std::move(target);
    event.rule = hit.frame->name + "/" + std::to_string(hit.pattern->number);
    event.trigger_span = trigger_span(hit.trigger, hit.words, hit.pattern->kind == PatternKind::kNoun);
    event.trigger = std::string(article_->view(event.trigger_span));
    event.sentence = syntax_.doc().span(syntax_.sentence(hit.trigger));
    if (const std::string& unwilling = lexicon_.rule_of(event.type).unwilling; status.is_unwilling && !unwilling.empty()) {
      event.type = unwilling;
      event.mode.clear();
      event.status = status_name(WrapperEffect::kActual);
    }
    set_date(event, hit.trigger, event.type);
    event.quantity = quantities_.of(hit.trigger, hit.words, lexicon_.rule_of(event.type).is_speech);
    event.place = event_places_.of(hit, event.target, before);
    if (event.place) place_organs(event.place->country, event);
    set_attribution(event, std::move(status.attribution));
    const bool as_framed = event.type == hit.frame->type;
    set_values(event, as_framed ? hit.frame->cameo : "", as_framed ? hit.frame->contexts : std::vector<std::string>());
    return event;
  }

  /// The day of an act of that status.
  void set_date(Event& event, uint32_t trigger, const std::string& type) const {
    const bool ahead = event.status == status_name(WrapperEffect::kPlanned) || event.status == status_name(WrapperEffect::kConditional);
    const bool done = event.status == status_name(WrapperEffect::kActual);
    std::optional<EventDate> date = done ? times_.of_deed(trigger, lexicon_.rule_of(type).is_speech) : times_.of(trigger, ahead);
    event.date = date ? std::move(date->value) : "";
    event.date_precision = date ? std::move(date->precision) : "";
    event.date_span = date ? std::optional(date->span) : std::nullopt;
  }

  [[nodiscard]] ByteSpan trigger_span(uint32_t trigger, const std::vector<uint32_t>& words, bool is_noun) const {
    uint32_t begin = trigger, end = trigger + 1;
    const bool hyphened = begin >= syntax_.sentence(begin).begin + 2 && syntax_.text(begin - 1) == "-";
    if (hyphened && is_noun) begin -= 2;  // "build-up"
    for (const uint32_t word : words) {
      begin = std::min(begin, word);
      end = std::max(end, word + 1);
    }
    if (end - begin > kMaxTriggerTokens) return syntax_.bytes(trigger, trigger + 1);
    return syntax_.bytes(begin, end);
  }

  /// "Police were deployed in Nairobi": organs of a state that nobody says whose they are belong to the place.
  void place_organs(const std::string& country, Event& event) const {
    for (std::vector<Actor>* side : {&event.source, &event.target}) {
      for (Actor& actor : *side) {
        if (actor.country.empty() && lexicon_.ontology().is_state(actor.sector)) actor.country = country;
      }
    }
  }

  /// On whose word an act rests: whoever the verbs above it name, else who is quoted with it; nobody where it is his own speech.
  void attribute(const FrameHit& hit, StatusReading& status) const {
    if (!attributions_) return;
    const bool is_speech = lexicon_.rule_of(hit.frame->type).is_speech;
    if (status.attribution) {
      const auto& speakers = status.attribution->speakers;
      const bool own = is_speech && std::any_of(speakers.begin(), speakers.end(),
                                                [&](const Actor& speaker) { return attributions_->is_own_speech(speaker, hit.source); });
      if (!own) return;
      status.attribution = std::nullopt;
    }
    uint32_t cue = hit.trigger;
    status.attribution = attributions_->of(hit.trigger, hit.source, is_speech, cue);
    if (status.attribution) status.cue = cue;
  }

  static void set_attribution(Event& event, std::optional<Attribution> attribution) {
    if (!attribution || attribution->span == event.trigger_span) return;
    event.attributed_to = std::move(attribution->name);
    event.attributed_to_span = attribution->span;
  }

  /// What the ontology's tables say of the type, mode and code; and the finer modes of meetings.
  void set_values(Event& event, const std::string& cameo, const std::vector<std::string>& contexts) const {
    const TypeRule& rule = lexicon_.rule_of(event.type);
    if (!rule.face_mode.empty() && event.mode == rule.face_mode) {
      std::set<std::string> sides;
      for (const Actor& actor : event.source) sides.insert(actor.country);
      for (const Actor& actor : event.target) sides.insert(actor.country);
      if (sides.size() >= 3)
        event.mode = rule.many_sides_mode;
      else if (event.place && !event.place->country.empty() && sides.size() == 2 && !sides.contains(event.place->country))
        event.mode = rule.third_place_mode;
    }
    const EventType* type = lexicon_.ontology().type(event.type);
    const CameoCode* code = lexicon_.ontology().cameo(cameo);
    const EventMode* mode = type->mode(event.mode);
    event.quad = type->quad;
    event.score = mode ? mode->score : type->score;
    event.cameo = cameo;
    event.goldstein = code ? code->goldstein : 0;
    event.contexts = contexts.empty() && code ? code->contexts : contexts;
  }

  void add_statements(Report& report) {
    for (FoundStatement& found : statements_) {
      Statement& statement = found.statement;
      for (const ByteSpan span : statement.text_spans) {
        const auto first = std::partition_point(report.events.begin(), report.events.end(),
                                                [&](const Event& event) { return event.sentence.end <= span.begin; });
        for (auto event = first; event != report.events.end() && event->sentence.begin < span.end; ++event) {
          if (span.contains(event->trigger_span)) statement.events.push_back(event->id);
        }
      }
      statement.id = record_id(article_->article_id(), "statement", statement.kind, "", statement.cue_span);
      report.statements.push_back(std::move(statement));
    }
    std::sort(report.statements.begin(), report.statements.end(), [](const Statement& a, const Statement& b) {
      return std::tie(a.sentence, a.cue_span, a.id) < std::tie(b.sentence, b.cue_span, b.id);
    });
  }

  const ArticlePtr& article_;
  const Lexicon& lexicon_;
  ReadingTrace* const trace_;
  Syntax syntax_;
  Actors actors_;
  Times times_;
  Quantities quantities_;
  EventPlaces event_places_;
  Hits hits_{};
  std::unordered_set<uint32_t> taken_{};             ///< tokens that frames use, also for what is no event
  std::unordered_map<uint32_t, uint32_t> owners_{};  ///< words of frames' acts, to their triggers
  std::unique_ptr<Decision> decision_{};
  std::deque<Frame> judged_frames_{};  ///< of acts that the judge alone finds
  std::deque<Pattern> judged_patterns_{};
  std::vector<FoundStatement> statements_{};
  std::optional<Attributions> attributions_{};
};

}  // namespace

Report read_document(const ArticlePtr& article, const Document& doc, const Lexicon& lexicon, ReadingTrace* trace, const Judge* judge) {
  return Reader(article, doc, lexicon, judge, trace).read();
}

std::vector<AskedSentence> judge_questions(const ArticlePtr& article, const Document& doc, const Lexicon& lexicon) {
  return Reader(article, doc, lexicon, nullptr, nullptr).questions();
}

}  // namespace casus
