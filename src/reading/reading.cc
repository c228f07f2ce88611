#include "reading/reading.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "reading/actors.h"
#include "reading/attribution.h"
#include "reading/confidence.h"
#include "reading/event_places.h"
#include "reading/frame_match.h"
#include "reading/merge.h"
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

std::string status_name(WrapperEffect effect) {
  switch (effect) {
    case WrapperEffect::kPlanned: return "planned";
    case WrapperEffect::kConditional: return "conditional";
    case WrapperEffect::kDenied: return "denied";
    case WrapperEffect::kActual:
    case WrapperEffect::kDropped: break;
  }
  return "actual";
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
  Reader(const ArticlePtr& article, const Document& doc, const Lexicon& lexicon, ReadingTrace* trace)
      : article_(article),
        lexicon_(lexicon),
        trace_(trace),
        syntax_(doc),
        actors_(syntax_, lexicon, trace),
        times_(syntax_, lexicon),
        quantities_(syntax_, lexicon, actors_.markup()),
        event_places_(syntax_, actors_, lexicon) {}

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
    std::vector<FrameHit> earlier;
    const FrameMatcher matcher(syntax_, actors_, lexicon_, earlier, trace_);
    for (uint32_t token = 0; token < syntax_.size(); ++token) {
      auto hit = matcher.match(token);
      if (!hit) continue;
      if (hit->frame->type != kNoEvent) earlier.push_back(*hit);
      hits_.emplace(token, *std::move(hit));
    }
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
    for (const uint32_t token : silent) hits_.erase(token);
  }

  [[nodiscard]] std::vector<Candidate> candidates() const {
    const StatusReader status_reader(syntax_, actors_, times_, lexicon_, hits_);
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
      const BlockKind kind = article_->blocks()[syntax_.sentence(token).block].kind;
      const bool heading = kind == BlockKind::kTitle || kind == BlockKind::kHeading;
      Event event = make_event(*told, std::move(target), std::move(status), found);
      ConfidenceTerms terms = confidence_terms(event, *told, heading, lexicon_);
      event.confidence = confidence_of(terms);
      if (act) act->confidence = std::move(terms);
      found.push_back({std::move(event), dropped, heading, told->weight, token, joined_to(*told)});
      if (act && !dropped) note_event(found.back().event, origin, *act);
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
    const bool force = type != nullptr && type->is_force() && !hit.source.empty();
    const bool enough = placed || organ || (described && (both || force));
    return enough ? std::nullopt : std::optional(ActFate::kNoSide);
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
    event.trigger_span = trigger_span(hit);
    event.trigger = std::string(article_->view(event.trigger_span));
    event.sentence = syntax_.doc().span(syntax_.sentence(hit.trigger));
    if (auto date = date_of(hit, status.effect)) {
      event.date = std::move(date->value);
      event.date_precision = std::move(date->precision);
      event.date_span = date->span;
    }
    event.quantity = quantities_.of(hit.trigger, hit.words, lexicon_.rule_of(event.type).is_speech);
    event.place = event_places_.of(hit, event.target, before);
    if (event.place) place_organs(event.place->country, event);
    set_attribution(event, std::move(status.attribution));
    set_values(event, hit);
    return event;
  }

  [[nodiscard]] std::optional<EventDate> date_of(const FrameHit& hit, WrapperEffect effect) const {
    if (effect == WrapperEffect::kActual) return times_.of_deed(hit.trigger, lexicon_.rule_of(hit.frame->type).is_speech);
    return times_.of(hit.trigger, effect == WrapperEffect::kPlanned || effect == WrapperEffect::kConditional);
  }

  [[nodiscard]] ByteSpan trigger_span(const FrameHit& hit) const {
    uint32_t begin = hit.trigger, end = hit.trigger + 1;
    const bool hyphened = begin >= syntax_.sentence(begin).begin + 2 && syntax_.text(begin - 1) == "-";
    if (hyphened && hit.pattern->kind == PatternKind::kNoun) begin -= 2;  // "build-up"
    for (const uint32_t word : hit.words) {
      begin = std::min(begin, word);
      end = std::max(end, word + 1);
    }
    if (end - begin > kMaxTriggerTokens) return syntax_.bytes(hit.trigger, hit.trigger + 1);
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
  void set_values(Event& event, const FrameHit& hit) const {
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
    const CameoCode* code = lexicon_.ontology().cameo(hit.frame->cameo);
    const EventMode* mode = type->mode(event.mode);
    event.quad = type->quad;
    event.score = mode ? mode->score : type->score;
    event.cameo = hit.frame->cameo;
    event.goldstein = code ? code->goldstein : 0;
    event.contexts = hit.frame->contexts.empty() && code ? code->contexts : hit.frame->contexts;
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
  std::vector<FoundStatement> statements_{};
  std::optional<Attributions> attributions_{};
};

}  // namespace

Report read_document(const ArticlePtr& article, const Document& doc, const Lexicon& lexicon, ReadingTrace* trace) {
  return Reader(article, doc, lexicon, trace).read();
}

}  // namespace casus
