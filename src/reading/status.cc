#include "reading/status.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "reading/attribution.h"

namespace casus {

StatusReading StatusReader::read(const FrameHit& hit, StatusSteps* steps) const {
  const EventType* type = lexicon_.ontology().type(hit.frame->type);
  Climb climb{.origin = hit.trigger, .at = hit.trigger, .is_verbal = type != nullptr && type->is_verbal(), .steps = steps};
  const bool noun = hit.pattern->kind == PatternKind::kNoun;
  if (noun) {
    read_noun(hit.trigger, climb);
  } else {
    read_verb(hit.trigger, climb);
    for (const uint32_t word : hit.words) {
      if (syntax_.is_nominal(word) && has_no(word)) apply(climb, WrapperEffect::kDenied, StatusCause::kNegator, word);
    }
  }
  for (int height = 0; height < kMaxWalk && !climb.done; ++height) {
    if (syntax_.is_verbal(climb.at)) attribute_to_source(climb, "according");
    if (syntax_.head(climb.at) == climb.at) break;
    step(climb);
  }
  const WrapperEffect before = climb.effect;
  if (climb.would) {
    const bool announced = climb.attribution && !climb.condition;
    climb.effect = std::max(climb.effect, announced ? WrapperEffect::kPlanned : WrapperEffect::kConditional);
  } else if (climb.condition && climb.effect == WrapperEffect::kPlanned) {
    climb.effect = WrapperEffect::kConditional;
  }
  if (steps) settle(climb, before);
  return {.effect = climb.effect,
          .attribution = std::move(climb.attribution),
          .cue = climb.cue,
          .is_unwilling = climb.is_unwilling && climb.effect == WrapperEffect::kDenied,
          .is_scheduled = climb.is_scheduled};
}

/// What "would" and conditions came to, for those who ask; `before`: the effect of all else.
void StatusReader::settle(const Climb& climb, WrapperEffect before) const {
  for (StatusStep& step : *climb.steps) {
    if (step.cause == StatusCause::kWould) {
      step.counts = climb.would;
      step.effect = climb.attribution && !climb.condition ? WrapperEffect::kPlanned : WrapperEffect::kConditional;
    } else if (step.cause == StatusCause::kCondition) {
      step.counts = step.counts && (climb.would || climb.effect != before || climb.detached);
    } else if (step.cause == StatusCause::kNegator) {
      step.word = no_before(step.word).value_or(step.word);
    }
  }
}

/// The stronger of two effects stays: dropped over denied over conditional over planned over actual.
void StatusReader::apply(Climb& climb, WrapperEffect effect, StatusCause cause, uint32_t word) const {
  if (!climb.detached) climb.effect = std::max(climb.effect, effect);
  note(climb, effect, cause, word);
}

void StatusReader::note(const Climb& climb, WrapperEffect effect, StatusCause cause, uint32_t word) const {
  if (climb.steps) climb.steps->push_back({.word = word, .cause = cause, .effect = effect, .counts = !climb.detached});
}

std::optional<uint32_t> StatusReader::negator_of(uint32_t token) const {
  for (const uint32_t c : syntax_.children(token)) {
    const bool place =
        syntax_.dep(c) == Dep::kNeg || syntax_.dep(c) == Dep::kAdvmod || syntax_.dep(c) == Dep::kPreconj || syntax_.dep(c) == Dep::kDet;
    if (!place) continue;
    const bool only = c + 1 < syntax_.size() && syntax_.lower(c + 1) == "only";
    if (lexicon_.words().has(WordClass::kNegator, syntax_.lower(c)) && !only) return c;
    if (syntax_.lower(c) == "longer" && c > 0 && syntax_.lower(c - 1) == "no") return c;
  }
  return std::nullopt;
}

/// The "no" that stands before a noun.
std::optional<uint32_t> StatusReader::no_before(uint32_t noun) const {
  for (const uint32_t c : syntax_.children(noun)) {
    if (syntax_.dep(c) == Dep::kDet && lexicon_.words().has(WordClass::kNegator, syntax_.lower(c))) return c;
  }
  return std::nullopt;
}

/// "if Russia invades", "unless …", "should it invade", "were it to invade".
bool StatusReader::is_conditional_clause(uint32_t verb) const {
  for (const uint32_t c : syntax_.children(verb)) {
    if (syntax_.dep(c) == Dep::kMark && lexicon_.words().has(WordClass::kCondition, syntax_.lower(c))) return true;
    const bool inverted =
        syntax_.dep(c) == Dep::kAux && c == syntax_.left_edge(verb) && lexicon_.words().has(WordClass::kCondition, syntax_.lower(c));
    if (inverted) return true;
  }
  return false;
}

std::optional<uint32_t> StatusReader::condition_of(uint32_t verb) const {
  for (const uint32_t c : syntax_.children(verb)) {
    if (syntax_.dep(c) == Dep::kAdvcl && is_conditional_clause(c)) return c;
    if (syntax_.dep(c) == Dep::kPrep) {  // "in the event of an attack"
      for (const uint32_t object : syntax_.preposition_objects(c)) {
        if (syntax_.lemma(object) == "event" || syntax_.lemma(object) == "case")
          return syntax_.lower(c) == "in" ? std::optional(object) : std::nullopt;
      }
    }
  }
  return std::nullopt;
}

std::string StatusReader::with_particle(uint32_t verb) const {
  const auto particle = syntax_.particle(verb);
  return particle ? syntax_.lemma(verb) + " " + syntax_.lower(*particle) : syntax_.lemma(verb);
}

/// What auxiliaries, negation, adverbs and dates do to a verb.
void StatusReader::read_verb(uint32_t verb, Climb& climb) const {
  bool modal = false, will = false;
  for (const uint32_t c : syntax_.children(verb)) {
    const Dep dep = syntax_.dep(c);
    if (dep == Dep::kAux || dep == Dep::kAuxpass) {
      const std::string* value = lexicon_.words().find(WordClass::kModal, syntax_.lower(c));
      if (!value || syntax_.tag(c) != "MD" || (syntax_.dep(verb) == Dep::kAdvcl && is_conditional_clause(verb))) continue;
      modal = true;
      will = *value == "planned" || *value == "would";
      if (*value == "planned") apply(climb, WrapperEffect::kPlanned, StatusCause::kModal, c);
      if (*value == "possible") apply(climb, WrapperEffect::kConditional, StatusCause::kModal, c);
      if (*value == "duty") apply(climb, WrapperEffect::kDropped, StatusCause::kModal, c);
      if (*value == "would") {
        climb.would = true;
        note(climb, WrapperEffect::kConditional, StatusCause::kWould, c);
      }
    } else if (dep == Dep::kAdvmod) {
      const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kAdverb, syntax_.lower(c));
      if (effect) apply(climb, *effect, StatusCause::kAdverb, c);
    } else {
      const bool subject = dep == Dep::kNsubj || dep == Dep::kNsubjpass;
      const bool nobody = subject && lexicon_.words().has(WordClass::kNegator, syntax_.lower(c));
      if (nobody || ((subject || dep == Dep::kDobj) && has_no(c))) apply(climb, WrapperEffect::kDenied, StatusCause::kNegator, c);
    }
  }
  if (const auto negator = negator_of(verb)) {
    apply(climb, WrapperEffect::kDenied, StatusCause::kNegator, *negator);
    climb.is_unwilling = climb.is_unwilling || (will && verb == climb.origin && !syntax_.is_passive(verb));
  }
  if (const auto condition = condition_of(verb)) {
    climb.condition = true;
    note(climb, WrapperEffect::kConditional, StatusCause::kCondition, *condition);
  }
  const std::string_view tag = syntax_.tag(verb);
  bool present = tag == "VBZ" || tag == "VBP";
  for (const uint32_t c : syntax_.children(verb)) {
    if ((syntax_.dep(c) == Dep::kAux || syntax_.dep(c) == Dep::kAuxpass) && (syntax_.tag(c) == "VBZ" || syntax_.tag(c) == "VBP")) {
      present = syntax_.lemma(c) == "be";
    }
  }
  const bool futurate = tag == "VBG" && present && lexicon_.words().has(WordClass::kFuturate, syntax_.lemma(verb));
  climb.is_scheduled = climb.is_scheduled || (!modal && present && times_.is_ahead(verb));
  if (!modal && ((present && times_.is_ahead(verb)) || futurate))
    apply(climb, WrapperEffect::kPlanned, futurate ? StatusCause::kFuturate : StatusCause::kSchedule, verb);
}

/// What articles and adjectives do to a noun.
void StatusReader::read_noun(uint32_t noun, Climb& climb) const {
  if (has_no(noun)) apply(climb, WrapperEffect::kDenied, StatusCause::kNegator, noun);
  for (const uint32_t c : syntax_.children(noun)) {
    if (syntax_.dep(c) != Dep::kAmod && syntax_.dep(c) != Dep::kCompound && syntax_.dep(c) != Dep::kDet) continue;
    const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kAdjective, syntax_.lower(c));
    if (!effect) effect = lexicon_.wrappers().find(WrapperKind::kAdjective, syntax_.lemma(c));
    if (effect) apply(climb, *effect, StatusCause::kAdjective, c);
  }
  read_schedule(noun, climb);
}

/// "Talks scheduled for Monday", "a summit due in May", also where the parser hangs the participle at the verb, "confirmed the talks, set
/// for May", or at a person, who cannot be scheduled: "the talks with Doe, set for May".
void StatusReader::read_schedule(uint32_t noun, Climb& climb) const {
  const auto apply_if_planned = [&](uint32_t word) {
    const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kVerb, with_particle(word));
    const bool participle = syntax_.tag(word) == "VBN" || syntax_.pos(word) == Pos::kAdj;
    if (word < noun || !participle || !effect || *effect != WrapperEffect::kPlanned) return;
    apply(climb, *effect, StatusCause::kVerb, word);
    climb.is_scheduled = true;
  };
  for (const uint32_t c : syntax_.children(noun)) {
    const Dep dep = syntax_.dep(c);
    if (dep == Dep::kAcl || dep == Dep::kAmod || dep == Dep::kRelcl) apply_if_planned(c);
    if (dep != Dep::kPrep || c < noun) continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) {
      const std::vector<Actor>& whom = actors_.one(object);
      if (whom.empty() || !whom[0].is_person) continue;
      for (const uint32_t inner : syntax_.children(object)) {
        if (syntax_.dep(inner) == Dep::kAcl) apply_if_planned(inner);
      }
    }
  }
  if (syntax_.dep(noun) != Dep::kDobj) return;
  for (const uint32_t c : syntax_.children(syntax_.head(noun))) {
    if (syntax_.dep(c) == Dep::kAdvcl) apply_if_planned(c);
  }
}

void StatusReader::step(Climb& climb) const {
  const uint32_t at = climb.at;
  const uint32_t head = syntax_.head(at);
  switch (syntax_.dep(at)) {
    case Dep::kXcomp: step_complement(climb, head); break;
    case Dep::kCcomp: syntax_.is_infinitive(at) ? step_complement(climb, head) : step_clause(climb, head); break;
    case Dep::kParataxis: step_clause(climb, head); break;
    case Dep::kAcomp:
    case Dep::kOprd:
    case Dep::kAttr:
      if (syntax_.is_verbal(head)) read_verb(head, climb);
      break;
    case Dep::kPcomp: step_gerund(climb, head); break;
    case Dep::kAdvcl: step_adverbial(climb); break;
    case Dep::kAcl: step_noun_clause(climb, head); break;
    case Dep::kRelcl: syntax_.is_infinitive(at) ? step_noun_clause(climb, head) : static_cast<void>(climb.done = true); break;
    case Dep::kDobj:
    case Dep::kNsubj:
    case Dep::kNsubjpass: step_noun(climb, head); break;
    case Dep::kPobj: step_preposition(climb, head); break;
    case Dep::kConj: {
      const bool bare =
          syntax_.is_verbal(at) && !syntax_.child(at, Dep::kAux) && !syntax_.child(at, Dep::kNsubj) && syntax_.tag(at) == syntax_.tag(head);
      if (bare && syntax_.is_verbal(head)) read_verb(head, climb);
      break;
    }
    default: break;
  }
  climb.at = head;
}

/// The governor is an act of words whose content is no act of its own.
bool StatusReader::content_is_dropped(uint32_t governor) const {
  const auto hit = hits_.find(governor);
  return hit != hits_.end() && !lexicon_.rule_of(hit->second.frame->type).content_is_event;
}

/// Whether a noun is an act of somebody else than the act that governs it: "rejected Kenya's demands".
bool StatusReader::is_foreign(uint32_t noun, uint32_t governor) const {
  const auto owners = actors_.owners_before(noun);
  const auto& source = hits_.at(governor).source;
  return !owners.empty() && (source.empty() || owners[0].country != source[0].country);
}

/// The effect of a governing verb, itself negated or under a modal or not.
void StatusReader::govern(Climb& climb, uint32_t verb, WrapperEffect effect, StatusCause cause) const {
  const bool denies = effect == WrapperEffect::kDenied;
  const size_t first_own = climb.steps ? climb.steps->size() : 0;
  Climb own{.origin = verb, .at = verb, .detached = climb.detached, .steps = climb.steps};
  read_verb(verb, own);
  if (denies && own.effect == WrapperEffect::kDenied) {
    for (size_t i = first_own; climb.steps && i < climb.steps->size(); ++i) (*climb.steps)[i].counts = false;
    apply(climb, WrapperEffect::kConditional, cause, verb);  // "did not rule out"
    return;
  }
  apply(climb, effect, cause, verb);
  if (climb.detached) return;
  climb.effect = std::max(climb.effect, own.effect);
  climb.would = climb.would || own.would;
  climb.condition = climb.condition || own.condition;
}

/// "plans to …", "began to …", "refused to …", "is ready to …".
void StatusReader::step_complement(Climb& climb, uint32_t governor) const {
  if (content_is_dropped(governor)) return apply(climb, WrapperEffect::kDropped, StatusCause::kContent, governor);
  if (!syntax_.is_verbal(governor)) {
    const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kAdjective, syntax_.lower(governor));
    const StatusCause cause = effect ? StatusCause::kAdjective : StatusCause::kNoun;
    if (!effect) effect = lexicon_.wrappers().find(WrapperKind::kNoun, syntax_.lemma(governor));
    if (!effect) return apply(climb, WrapperEffect::kDropped, StatusCause::kInfinitive, governor);
    return apply(climb, *effect, cause, governor);
  }
  const bool infinitive = syntax_.is_infinitive(climb.at);
  if (const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kVerb, with_particle(governor))) {
    if (lexicon_.words().has(WordClass::kSpeechVerb, syntax_.lemma(governor))) attribute(climb, governor);
    return govern(climb, governor, *effect, StatusCause::kVerb);
  }
  const bool going = syntax_.lemma(governor) == "go" && syntax_.tag(governor) == "VBG";
  if (infinitive && (going || syntax_.lemma(governor) == "be"))
    return govern(climb, governor, WrapperEffect::kPlanned, StatusCause::kFuturate);
  if (lexicon_.words().has(WordClass::kPhase, syntax_.lemma(governor)))
    return govern(climb, governor, WrapperEffect::kActual, StatusCause::kPhase);
  if (lexicon_.words().has(WordClass::kSpeechVerb, syntax_.lemma(governor))) attribute(climb, governor);
  if (infinitive) apply(climb, WrapperEffect::kDropped, StatusCause::kInfinitive, governor);
}

/// "said that …", "fears that …", "denied that …", a quotation and its verb.
void StatusReader::step_clause(Climb& climb, uint32_t governor) const {
  if (content_is_dropped(governor)) return apply(climb, WrapperEffect::kDropped, StatusCause::kContent, governor);
  if (!syntax_.is_verbal(governor)) return;
  if (lexicon_.words().has(WordClass::kSpeechVerb, syntax_.lemma(governor))) attribute(climb, governor);
  const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kVerb, with_particle(governor));
  if (effect && *effect != WrapperEffect::kDropped) govern(climb, governor, *effect, StatusCause::kVerb);
}

/// "accused of seeking", "by placing", "without denying", "from deploying".
void StatusReader::step_gerund(Climb& climb, uint32_t preposition) const {
  const std::string& word = syntax_.lower(preposition);
  const uint32_t governor = syntax_.head(preposition);
  if (lexicon_.words().has(WordClass::kNegator, word)) return apply(climb, WrapperEffect::kDenied, StatusCause::kNegator, preposition);
  if (lexicon_.words().has(WordClass::kAdjunct, word) || word == "by") {
    climb.detached = true;
    return;
  }
  if (content_is_dropped(governor)) return apply(climb, WrapperEffect::kDropped, StatusCause::kContent, governor);
  if (word == "from") return apply(climb, WrapperEffect::kDropped, StatusCause::kPreposition, preposition);
  if (const auto hit = hits_.find(governor); hit != hits_.end() && !hit->second.source.empty() && !climb.attribution) {
    attribute(climb, governor);
    return;
  }
  const bool verb = syntax_.is_verbal(governor);
  if (const WrapperEffect* effect = lexicon_.wrappers().find(verb ? WrapperKind::kVerb : WrapperKind::kNoun, syntax_.lemma(governor)))
    return apply(climb, *effect, verb ? StatusCause::kVerb : StatusCause::kNoun, governor);
  if (word != "for") apply(climb, WrapperEffect::kDropped, StatusCause::kPreposition, preposition);  // "a way of …", "interested in …"
}

/// "Telephoned the president to urge restraint", "will fly to Cairo to meet him": words for which somebody calls or goes are said.
bool StatusReader::is_errand(const Climb& climb) const {
  return climb.is_verbal && climb.at == climb.origin && climb.effect == WrapperEffect::kActual &&
         lexicon_.words().has(WordClass::kErrand, syntax_.lemma(syntax_.head(climb.at)));
}

void StatusReader::step_adverbial(Climb& climb) const {
  if (is_conditional_clause(climb.at)) {
    climb.would = false;
    apply(climb, WrapperEffect::kConditional, StatusCause::kCondition, climb.at);
    climb.detached = true;
    return;
  }
  const uint32_t governor = syntax_.head(climb.at);
  if (syntax_.is_infinitive(climb.at)) {  // a purpose
    if (is_errand(climb)) return govern(climb, governor, WrapperEffect::kActual, StatusCause::kErrand);
    apply(climb, WrapperEffect::kDropped, StatusCause::kInfinitive, climb.at);
  }
  climb.detached = true;
}

/// "plans to …", "the decision to …"; and "troops moving to …", which stands for itself.
void StatusReader::step_noun_clause(Climb& climb, uint32_t noun) const {
  const bool that_clause = syntax_.child(climb.at, Dep::kMark).has_value();
  if (!syntax_.is_infinitive(climb.at)) {
    if (has_no(noun)) apply(climb, WrapperEffect::kDropped, StatusCause::kNegator, noun);
    if (that_clause && content_is_dropped(noun)) return apply(climb, WrapperEffect::kDropped, StatusCause::kContent, noun);
    if (that_clause) {
      if (const auto hit = hits_.find(noun); hit != hits_.end()) attribute(climb, noun);
      if (const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kNoun, syntax_.lemma(noun)))
        apply(climb, *effect, StatusCause::kNoun, noun);
    }
    climb.done = !that_clause;
    return;
  }
  if (content_is_dropped(noun)) return apply(climb, WrapperEffect::kDropped, StatusCause::kContent, noun);
  const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kNoun, syntax_.lemma(noun));
  const bool relative = syntax_.dep(climb.at) == Dep::kRelcl;
  if (!effect) return apply(climb, relative ? WrapperEffect::kActual : WrapperEffect::kDropped, StatusCause::kInfinitive, noun);
  if (has_no(noun))
    apply(climb, WrapperEffect::kDenied, StatusCause::kNegator, noun);
  else
    apply(climb, *effect, StatusCause::kNoun, noun);
  const uint32_t verb = syntax_.head(noun);
  const auto negator = syntax_.dep(noun) == Dep::kDobj && syntax_.is_verbal(verb) ? negator_of(verb) : std::nullopt;
  if (negator) apply(climb, WrapperEffect::kDenied, StatusCause::kNegator, *negator);
}

/// A noun as subject or object of a verb: "fears an invasion", "talks will begin", "denied the attack".
void StatusReader::step_noun(Climb& climb, uint32_t governor) const {
  if (!syntax_.is_verbal(governor)) return;
  const bool object = syntax_.dep(climb.at) == Dep::kDobj || syntax_.dep(climb.at) == Dep::kNsubjpass;
  if (content_is_dropped(governor)) {
    if (object && !is_foreign(climb.origin, governor)) apply(climb, WrapperEffect::kDropped, StatusCause::kContent, governor);
    climb.detached = true;
    return;
  }
  const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kVerb, with_particle(governor));
  if (object && effect) {
    if (lexicon_.words().has(WordClass::kSpeechVerb, syntax_.lemma(governor))) attribute(climb, governor);
    if (*effect != WrapperEffect::kDropped)
      govern(climb, governor, *effect, StatusCause::kVerb);
    else
      apply(climb, WrapperEffect::kConditional, StatusCause::kVerb, governor);
    return;
  }
  const bool light = object && lexicon_.words().has(WordClass::kLightVerb, syntax_.lemma(governor));
  if (light || lexicon_.words().has(WordClass::kPhase, syntax_.lemma(governor)))
    return govern(climb, governor, WrapperEffect::kActual, light ? StatusCause::kLightVerb : StatusCause::kPhase);
  climb.detached = true;
}

/// "threat of invasion", "plans for talks", "called for talks", "in talks".
void StatusReader::step_preposition(Climb& climb, uint32_t preposition) const {
  const uint32_t governor = syntax_.head(preposition);
  const std::string& word = syntax_.lower(preposition);
  if (lexicon_.words().has(WordClass::kNegator, word)) return apply(climb, WrapperEffect::kDenied, StatusCause::kNegator, preposition);
  if (lexicon_.words().has(WordClass::kAdjunct, word)) {
    climb.done = !syntax_.is_verbal(climb.at);
    return;
  }
  if (content_is_dropped(governor)) {
    if (!is_foreign(climb.origin, governor)) apply(climb, WrapperEffect::kDropped, StatusCause::kContent, governor);
    return;
  }
  if (syntax_.pos(governor) == Pos::kAdj) {  // "makes it harder for a deal"
    if (const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kAdjective, syntax_.lemma(governor)))
      apply(climb, *effect, StatusCause::kAdjective, governor);
  } else if (syntax_.is_nominal(governor)) {
    if (const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kNoun, syntax_.lemma(governor))) {
      apply(climb, *effect, StatusCause::kNoun, governor);
      if (has_no(governor)) apply(climb, WrapperEffect::kDenied, StatusCause::kNegator, governor);
    }
  } else if (const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kVerb, with_particle(governor));
             effect && (word == "for" || word == "on" || word == "of" || word == "to")) {
    govern(climb, governor, *effect, StatusCause::kVerb);
  }
}

// ---- on whose word

std::optional<Attribution> StatusReader::attribution_of(uint32_t noun) const {
  Attribution attribution;
  attribution.speakers = actors_.all(noun);
  if (!attribution.speakers.empty()) {
    attribution.name = attribution.speakers[0].name;
    attribution.span = attribution.speakers[0].span;
  } else {
    const uint32_t begin = std::max(syntax_.left_edge(noun), noun > 6 ? noun - 6 : 0);
    attribution.span = syntax_.bytes(std::max(begin, syntax_.sentence(noun).begin), noun + 1);
    attribution.name = std::string(syntax_.doc().article().view(attribution.span));
    attribution.speakers = actors_.owners(noun);
  }
  attribution.name = without_article(std::move(attribution.name));
  if (lexicon_.words().has(WordClass::kPronoun, attribution.name)) return std::nullopt;
  return attribution;
}

void StatusReader::attribute(Climb& climb, uint32_t verb) const {
  if (climb.attribution) return;
  climb.cue = verb;
  if (const auto hit = hits_.find(verb); hit != hits_.end() && !hit->second.source.empty()) {
    const Actor& speaker = hit->second.source[0];
    climb.attribution = Attribution{.name = speaker.name, .speakers = hit->second.source, .span = speaker.span};
    return;
  }
  if (!syntax_.is_verbal(verb)) return;
  if (const auto subject = syntax_.logical_subject(verb)) climb.attribution = attribution_of(*subject);
}

/// "according to the ministry", said of the clause of this verb.
void StatusReader::attribute_to_source(Climb& climb, const std::string& word) const {
  if (climb.attribution) return;
  for (const uint32_t c : syntax_.children(climb.at)) {
    if (syntax_.lower(c) != word) continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) {
      climb.attribution = attribution_of(object);
      climb.cue = c;
      if (climb.attribution) return;
    }
  }
}

}  // namespace casus
