#include "reading/frame_match.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace casus {
namespace {

// How much each matched part says for a pattern.
constexpr int kWordsWeight = 3;
constexpr int kModifierWeight = 3;
constexpr int kSmallWeight = 1;
constexpr int kRoleWeight = 2;
constexpr int kClauseWeight = 2;
constexpr int kParticleWeight = 3;

constexpr uint32_t kMaxActSentencesBack = 2;  ///< to an act on top of which another is said to come
constexpr size_t kMaxEarlier = 40;            ///< acts that "the invasion" looks back over
constexpr uint32_t kMaxBelow = 120;           ///< tokens behind a word among which somebody is looked for whom it may concern
constexpr uint32_t kMaxGap = 20;              ///< tokens between an object and the preposition that a parser hung at the wrong word

/// Two mentions of one actor: the words differ, the name behind them does not.
bool is_same_actor(const Actor& a, const Actor& b) { return a.name == b.name && a.country == b.country && a.text != a.country; }

/// Those of another country than the source.
std::vector<Actor> abroad(std::vector<Actor> actors, const std::vector<Actor>& source) {
  std::erase_if(actors, [&](const Actor& actor) { return actor.country == source[0].country; });
  return actors;
}

bool is_one_of(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::optional<PatternKind> trigger_kind(const Syntax& syntax, const Actors& actors, uint32_t token) {
  const Dep dep = syntax.dep(token);
  const std::string_view tag = syntax.tag(token);
  if (dep == Dep::kAmod || dep == Dep::kCompound || dep == Dep::kAux || dep == Dep::kAuxpass) return std::nullopt;
  if (actors.people().mention_at(token) || (actors.markup().name_at(token) && syntax.pos(token) == Pos::kPropn)) return std::nullopt;
  const bool noun_place = dep == Dep::kPobj || dep == Dep::kDobj || dep == Dep::kNsubj || dep == Dep::kNsubjpass;
  if (noun_place && tag.starts_with("VB") && !syntax.child(token, Dep::kDobj) && !syntax.child(token, Dep::kNsubj))
    return PatternKind::kNoun;
  if (dep == Dep::kAcomp || dep == Dep::kOprd || (dep == Dep::kConj && tag == "JJ")) return PatternKind::kAdjective;
  if (tag.starts_with("VB")) return PatternKind::kVerb;
  if (tag == "NN" || tag == "NNS" || tag == "NNP" || tag == "NNPS") return PatternKind::kNoun;
  return std::nullopt;
}

std::optional<FrameHit> FrameMatcher::match(uint32_t token) const {
  const auto kind = trigger_kind(syntax_, actors_, token);
  if (!kind) return std::nullopt;
  std::optional<FrameHit> best;
  try_patterns(token, *kind, syntax_.lemma(token), best);
  if (*kind == PatternKind::kAdjective && syntax_.lower(token) != syntax_.lemma(token))
    try_patterns(token, *kind, syntax_.lower(token), best);
  if (*kind == PatternKind::kNoun && token >= syntax_.sentence(token).begin + 2 && syntax_.text(token - 1) == "-") {  // "build-up"
    try_patterns(token, *kind, syntax_.lower(token - 2) + "-" + syntax_.lower(token), best);
  }
  if (*kind == PatternKind::kNoun && syntax_.lower(token) != syntax_.lemma(token)) try_patterns(token, *kind, syntax_.lower(token), best);
  if (*kind == PatternKind::kAdjective && syntax_.tag(token).starts_with("VB"))
    try_patterns(token, PatternKind::kVerb, syntax_.lemma(token), best);
  return best;
}

void FrameMatcher::try_patterns(uint32_t token, PatternKind kind, std::string_view lemma, std::optional<FrameHit>& best) const {
  for (const uint32_t index : lexicon_.patterns_of(kind, lemma)) {
    const Pattern& pattern = lexicon_.patterns()[index];
    Attempt attempt;
    attempt.hit.trigger = token;
    attempt.hit.pattern = &pattern;
    attempt.hit.frame = &lexicon_.frames()[pattern.frame];
    attempt.anchors.push_back(token);
    attempt.governor = token;
    const TrialOutcome outcome = try_pattern(attempt);
    if (trace_) note(attempt, outcome);
    if (outcome == TrialOutcome::kFired) keep_better(std::move(attempt.hit), best);
  }
}

void FrameMatcher::keep_better(FrameHit hit, std::optional<FrameHit>& best) {
  if (!best || hit.weight > best->weight) std::swap(hit, best ? *best : best.emplace());
  if (!best->thing || hit.pattern == nullptr) return;
  std::shared_ptr<const FrameHit>& otherwise = best->otherwise;
  if (hit.otherwise && (!otherwise || hit.otherwise->weight > otherwise->weight)) otherwise = hit.otherwise;
  if (!hit.thing && (!otherwise || hit.weight > otherwise->weight)) otherwise = std::make_shared<const FrameHit>(std::move(hit));
}

TrialOutcome FrameMatcher::try_pattern(Attempt& attempt) const {
  const Pattern& pattern = *attempt.hit.pattern;
  if (pattern.has_phrases) {
    const int weight = weight_of(pattern.triggers, attempt.hit.trigger);
    if (weight == 0) return TrialOutcome::kOtherTrigger;
    attempt.hit.weight += weight - kWordsWeight;
  }
  if (!pattern.modifiers.empty()) {
    FramePart self;
    self.modifiers = pattern.modifiers;
    if (fit(self, attempt.hit.trigger) == 0) return TrialOutcome::kOtherTrigger;
    attempt.hit.weight += kModifierWeight;
  }
  for (const bool owners : {false, true}) {  // owners last: what a preposition took is not the owner
    for (const FramePart& part : pattern.parts) {
      if ((part.place == FramePlace::kOwner) != owners || match_part(part, attempt) || part.optional) continue;
      attempt.missing = &part;
      return TrialOutcome::kPartMissing;
    }
  }
  return finish(attempt);
}

bool FrameMatcher::match_part(const FramePart& part, Attempt& attempt) const {
  switch (part.place) {
    case FramePlace::kSubject: return match_subject(part, attempt);
    case FramePlace::kThing: return has_object(attempt);
    case FramePlace::kNothing: return !has_object(attempt);
    case FramePlace::kObject: return part.words.empty() ? match_object(part, attempt) : match_object_words(part, attempt);
    case FramePlace::kPreposition: return match_preposition(part, attempt);
    case FramePlace::kParticle: return match_particle(part, attempt);
    case FramePlace::kInfinitive: return match_infinitive(part, attempt);
    case FramePlace::kClause:
    case FramePlace::kWish: return match_clause(part, attempt);
    case FramePlace::kGerund: return match_gerund(part, attempt);
    case FramePlace::kOwner: return match_owner(part, attempt);
  }
  return false;
}

/// What a token says for these sorted words: that it is one of them, or, more, the head of a "military_aid" among them; 0: neither.
int FrameMatcher::weight_of(const std::vector<std::string>& words, uint32_t token) const {
  const std::string& lemma = syntax_.lemma(token);
  const std::string& lower = syntax_.lower(token);
  const auto has = [&](const std::string& word) { return std::binary_search(words.begin(), words.end(), word); };
  const uint32_t begin = syntax_.sentence(token).begin;
  if (token > begin) {
    const std::string before = syntax_.lower(token - 1) + kPhraseMark;
    if (has(before + lemma) || has(before + lower)) return kWordsWeight + kModifierWeight;
  }
  if (has(lemma) || has(lower)) return kWordsWeight;
  const bool hyphened = token >= begin + 2 && syntax_.text(token - 1) == "-";
  return hyphened && has(syntax_.lower(token - 2) + "-" + lower) ? kWordsWeight : 0;  // "build-up"
}

/// What a token says for a part whose words and modifiers it has; 0: it has them not.
int FrameMatcher::fit(const FramePart& part, uint32_t token) const {
  const int weight = part.words.empty() ? 0 : weight_of(part.words, token);
  if (weight == 0 && !part.words.empty()) return 0;
  if (part.modifiers.empty()) return weight;
  for (const uint32_t c : syntax_.children(token)) {
    if (c > token) break;
    if (is_one_of(part.modifiers, syntax_.lemma(c)) || is_one_of(part.modifiers, syntax_.lower(c))) return weight + kModifierWeight;
    if (syntax_.text(c) == "-" && c > 0 && is_one_of(part.modifiers, syntax_.lower(c - 1))) return weight + kModifierWeight;
  }
  return 0;
}

/// The same for the best of several tokens.
int FrameMatcher::fit(const FramePart& part, const std::vector<uint32_t>& tokens) const {
  int best = 0;
  for (const uint32_t token : tokens) best = std::max(best, fit(part, token));
  return best;
}

bool FrameMatcher::is_symmetric(const Frame& frame) const { return frame.symmetric || lexicon_.rule_of(frame.type).symmetric; }

bool FrameMatcher::is_of_kind(SlotKind kind, uint32_t noun) const {
  const NameHit* name = actors_.markup().name_at(noun);
  const TermHit* term = actors_.markup().term_at(noun);
  switch (kind) {
    case SlotKind::kAny: return true;
    case SlotKind::kPlace: return name && !name->entry->place.empty();
    case SlotKind::kPerson: return actors_.people().mention_at(noun) || (term && term->term && term->term->kind == TermKind::kTitle);
  }
  return false;
}

/// Who did what a noun speaks of: in "condemned the invasion", the doer of the last act of that kind.
std::vector<Actor> FrameMatcher::doers_of(uint32_t noun) const {
  bool definite = false;
  for (const uint32_t c : syntax_.children(noun)) {
    definite = definite || lexicon_.words().has(WordClass::kDefinite, syntax_.lower(c));
  }
  const auto patterns = lexicon_.patterns_of(PatternKind::kNoun, syntax_.lemma(noun));
  if (!definite || patterns.empty()) return {};
  for (size_t i = earlier_.size(), steps = 0; i-- > 0 && steps < kMaxEarlier; ++steps) {
    const FrameHit& hit = earlier_[i];
    const EventType* told = lexicon_.ontology().type(hit.frame->type);
    const bool same_kind = std::any_of(patterns.begin(), patterns.end(), [&](uint32_t index) {
      const std::string& spoken_of = lexicon_.frames()[lexicon_.patterns()[index].frame].type;
      const EventType* type = lexicon_.ontology().type(spoken_of);
      return spoken_of == hit.frame->type || (type && type->is_force() && told->is_force());  // a landing is an invasion too
    });
    if (same_kind && !hit.source.empty() && !hit.source[0].country.empty()) return hit.source;
  }
  return {};
}

/// "Wrote to the Kenyan president, threatening to leave", "urged Kenya to wait and offered help": words that come along with another
/// act are to whom that act was.
void FrameMatcher::take_target_of_company(FrameHit& hit) const {
  const bool along = syntax_.tag(hit.trigger) == "VBG" || syntax_.dep(hit.trigger) == Dep::kConj;
  if (hit.source.empty() || !along || !lexicon_.rule_of(hit.frame->type).is_speech) return;
  uint32_t at = syntax_.head(hit.trigger);
  for (int step = 0; step < kMaxWalk && !syntax_.is_verbal(at) && syntax_.head(at) != at; ++step) at = syntax_.head(at);
  for (size_t i = earlier_.size(), steps = 0; i-- > 0 && steps < kMaxEarlier; ++steps) {
    const FrameHit& other = earlier_[i];
    if (syntax_.token(hit.trigger).sentence != syntax_.token(other.trigger).sentence) return;
    if (other.trigger != at || other.source.empty() || other.source[0].country != hit.source[0].country) continue;
    hit.target = foreign_only(other.target, hit.source);
    return;
  }
}

/// "Expressed opposition to eastward expansion of NATO": last, somebody abroad behind any preposition below, wherever it hangs.
void FrameMatcher::take_target_below(FrameHit& hit) const {
  if (hit.source.empty() || hit.source[0].country.empty() || hit.pattern->kind != PatternKind::kVerb) return;
  const auto is_locative = [&](uint32_t preposition) {
    const std::string* value = lexicon_.words().find(WordClass::kPreposition, syntax_.lower(preposition));
    return value && *value == "place";
  };
  for (uint32_t t = hit.trigger + 1; t < std::min(syntax_.right_edge(hit.trigger), hit.trigger + kMaxBelow); ++t) {
    const uint32_t preposition = syntax_.head(t);
    if (syntax_.dep(t) != Dep::kPobj || is_locative(preposition) || is_circumstance(syntax_.lower(preposition))) continue;
    uint32_t above = preposition;
    bool circumstance = false;
    for (int step = 0; step < kMaxWalk && above != hit.trigger && !syntax_.is_verbal(above) && syntax_.head(above) != above; ++step) {
      circumstance = circumstance || (syntax_.dep(above) == Dep::kPrep && (is_circumstance(syntax_.lower(above)) || is_locative(above)));
      above = syntax_.head(above);
    }
    if (above != hit.trigger || circumstance) continue;
    hit.target = abroad(foreigners_at(t, hit.source), hit.source);
    if (!hit.target.empty()) return;
  }
}

/// "Broke off relations with Qatar and cut all links": a verb joined to another of the same kind shares its target. So does one
/// that is said to come on top of another: "Yemen severed relations as well".
void FrameMatcher::share_target(FrameHit& hit) const {
  const bool joined = syntax_.dep(hit.trigger) == Dep::kConj;
  const auto kids = syntax_.children(hit.trigger);
  const bool added = std::any_of(kids.begin(), kids.end(), [&](uint32_t c) {
    return syntax_.dep(c) == Dep::kAdvmod && lexicon_.words().has(WordClass::kAdditive, syntax_.lower(c));
  });
  for (size_t i = earlier_.size(), steps = 0; i-- > 0 && steps < kMaxEarlier; ++steps) {
    const FrameHit& other = earlier_[i];
    const uint32_t sentences_back = syntax_.token(hit.trigger).sentence - syntax_.token(other.trigger).sentence;
    const bool fits = (joined && other.trigger == syntax_.head(hit.trigger)) || (added && sentences_back <= kMaxActSentencesBack);
    if (!fits || other.frame->type != hit.frame->type || other.target.empty()) continue;
    hit.target = other.target;
    return;
  }
}

/// "Galtieri refused", "Oslo gave in": an answer is to whoever last asked, offered or threatened, this sentence or shortly before.
void FrameMatcher::take_target_of_question(FrameHit& hit) const {
  const std::vector<std::string>& answers = lexicon_.rule_of(hit.frame->type).answers;
  if (hit.source.empty() || hit.source[0].country.empty() || answers.empty()) return;
  for (size_t i = earlier_.size(), steps = 0; i-- > 0 && steps < kMaxEarlier; ++steps) {
    const FrameHit& other = earlier_[i];
    if (syntax_.token(hit.trigger).sentence - syntax_.token(other.trigger).sentence > kMaxActSentencesBack) return;
    const bool asked =
        std::any_of(other.target.begin(), other.target.end(), [&](const Actor& actor) { return actor.country == hit.source[0].country; });
    if (!asked || !is_one_of(answers, other.frame->type)) continue;
    hit.target = foreign_only(other.source, hit.source);
    return;
  }
}

/// The actors of a noun or its owners if they are of another country than the source, else nobody.
std::vector<Actor> FrameMatcher::foreigners_at(uint32_t noun, const std::vector<Actor>& source) const {
  std::vector<Actor> actors = actors_.all(noun);
  const bool nobody = std::none_of(actors.begin(), actors.end(), [](const Actor& a) { return !a.country.empty() || !a.sector.empty(); });
  if (nobody) actors = actors_.owners(noun);
  return foreign_only(std::move(actors), source);
}

/// These actors if all are of other countries than the source and one of them has a known one, else nobody.
std::vector<Actor> FrameMatcher::foreign_only(std::vector<Actor> actors, const std::vector<Actor>& source) const {
  const auto is_home = [&](const Actor& actor) {
    return std::any_of(source.begin(), source.end(), [&](const Actor& s) {
      const bool one_side = s.sector == actor.sector || actor.sector.empty() || lexicon_.ontology().is_one_state(s.sector, actor.sector);
      return (s.country == actor.country && one_side) || s.span == actor.span;
    });
  };
  const auto is_known = [](const Actor& actor) { return !actor.country.empty() && actor.country != kNoCountry; };
  if (std::any_of(actors.begin(), actors.end(), is_home) || std::none_of(actors.begin(), actors.end(), is_known)) return {};
  return actors;
}

/// Whether a preposition only tells when or why: "after", "amid".
bool FrameMatcher::is_circumstance(std::string_view preposition) const {
  const std::string* value = lexicon_.words().find(WordClass::kPreposition, preposition);
  return lexicon_.words().has(WordClass::kAdjunct, preposition) && (!value || *value != "place") && preposition != "with";
}

/// The clause that tells what an act of words is about: its own, or that of its object: "demanded guarantees that …".
std::optional<uint32_t> FrameMatcher::content_of(const FrameHit& hit) const {
  if (!hit.contents.empty()) return hit.contents.front();
  for (const uint32_t object : syntax_.logical_objects(hit.trigger)) {
    if (const auto clause = syntax_.child(object, Dep::kAcl); clause && syntax_.child(*clause, Dep::kMark)) return clause;
  }
  return std::nullopt;
}

/// "Agreed to lend money to Kenya", "refused to lift the ban on Chilean ships": the words are addressed to whom the act in them
/// is done, if somebody abroad is named there: its objects first, then what stands behind its prepositions.
void FrameMatcher::take_target_of_content(FrameHit& hit) const {
  if (hit.source.empty() || lexicon_.rule_of(hit.frame->type).content_is_event) return;
  const std::optional<uint32_t> content = content_of(hit);
  if (!content) return;
  for (const uint32_t c : syntax_.children(hit.trigger)) {  // "agreed with Kenya to lift …"
    const bool addressed =
        c > hit.trigger && c < *content && syntax_.dep(c) == Dep::kPrep && lexicon_.words().has(WordClass::kAddress, syntax_.lower(c));
    for (const uint32_t object : addressed ? syntax_.preposition_objects(c) : std::vector<uint32_t>()) {
      if (hit.target = foreign_only(actors_.all(object), hit.source); !hit.target.empty()) return;
    }
  }
  take_target_in_clause(*content, hit);
}

/// "Gave ten million to rebuild schools in Mali": whom the purpose of a deed names, where the deed must be towards somebody.
void FrameMatcher::take_target_of_purpose(FrameHit& hit) const {
  std::vector<uint32_t> anchors = hit.words;
  anchors.push_back(hit.trigger);
  for (const uint32_t anchor : anchors) {
    for (const uint32_t c : syntax_.children(anchor)) {
      const Dep dep = syntax_.dep(c);
      const bool clause = dep == Dep::kAdvcl || dep == Dep::kXcomp || dep == Dep::kAcl || dep == Dep::kRelcl;
      if (!hit.target.empty() || hit.source.empty()) return;
      const std::string* value = lexicon_.words().find(WordClass::kPreposition, syntax_.lower(c));
      const bool toward = dep == Dep::kPrep && value && *value == "toward";
      if (c > anchor && ((clause && syntax_.is_infinitive(c)) || toward)) take_target_in_clause(c, hit);
    }
  }
}

void FrameMatcher::take_target_in_clause(uint32_t content, FrameHit& hit) const {
  for (const uint32_t object : syntax_.logical_objects(content)) {
    if (hit.target = foreigners_at(object, hit.source); !hit.target.empty()) return;
  }
  for (uint32_t t = content + 1; t < std::min(syntax_.right_edge(content), content + kMaxBelow); ++t) {
    if (syntax_.dep(t) != Dep::kPobj) continue;
    uint32_t above = syntax_.head(t);
    const auto is_own_clause = [&](uint32_t verb) {  // "weapons placed by Kenya" is a noun phrase yet
      return syntax_.is_verbal(verb) && !(syntax_.dep(verb) == Dep::kAcl && syntax_.dep(syntax_.head(t)) == Dep::kAgent);
    };
    for (int step = 0; step < kMaxWalk && above != content && !is_own_clause(above) && syntax_.head(above) != above; ++step)
      above = syntax_.head(above);
    if (above != content || is_circumstance(syntax_.lower(syntax_.head(t)))) continue;
    if (lexicon_.words().has(WordClass::kTiedNoun, syntax_.lemma(t))) continue;  // "troops poised on Kenya's borders": where they are
    if (hit.target = foreigners_at(t, hit.source); !hit.target.empty()) return;
  }
}

/// "Imposed sanctions on Kenyan officials", "released ten Chilean sailors", "left Peru for good", "sent troops to Mali": whose the
/// things are that the act is about, or the land abroad that it leads to.
void FrameMatcher::take_target_of_words(FrameHit& hit) const {
  if (hit.source.empty() || hit.source[0].country.empty()) return;
  if (hit.pattern->kind == PatternKind::kVerb) {
    for (const uint32_t object : syntax_.logical_objects(hit.trigger)) {
      if (std::find(hit.words.begin(), hit.words.end(), object) != hit.words.end()) continue;  // what is used is not whom it is used on
      if (hit.target = foreigners_at(object, hit.source); !hit.target.empty()) return;
    }
  }
  std::vector<uint32_t> anchors = hit.words;
  const bool is_speech = lexicon_.rule_of(hit.frame->type).is_speech;
  for (const uint32_t noun : anchors) {  // words also have those behind "by", "of", "from": "rejected a request from Kenya"
    if (syntax_.is_nominal(noun)) hit.target = foreign_only(is_speech ? actors_.owners(noun) : actors_.owners_before(noun), hit.source);
    if (!hit.target.empty()) return;
  }
  anchors.push_back(hit.trigger);
  for (const uint32_t anchor : anchors) {
    for (const uint32_t c : syntax_.children(anchor)) {
      const std::string* value = lexicon_.words().find(WordClass::kPreposition, syntax_.lower(c));
      const bool leads = value && (*value == "place" || *value == "toward");
      if (c < anchor || syntax_.dep(c) != Dep::kPrep || !leads) continue;
      for (const uint32_t object : syntax_.preposition_objects(c)) {
        hit.target = abroad(foreigners_at(actors_.repaired_head(object), hit.source), hit.source);  // at home it is where, not towards whom
        if (!hit.target.empty()) return;
      }
    }
  }
}

/// The actors of a noun phrase; for a target also those who own what is no actor itself.
std::vector<Actor> FrameMatcher::actors_for(const FramePart& part, uint32_t head) const {
  std::vector<Actor> actors = actors_.all(head);
  const bool nameless =
      !actors.empty() && std::all_of(actors.begin(), actors.end(), [](const Actor& a) { return a.country.empty() && a.sector.empty(); });
  const bool placeless = !actors.empty() && std::all_of(actors.begin(), actors.end(), [](const Actor& a) { return a.country.empty(); });
  if (placeless && !nameless && part.role == FrameRole::kTarget) {  // "attacked the base near Tbilisi"
    const auto owners = actors_.owners(head);
    if (!owners.empty()) {
      for (Actor& actor : actors) actor.country = owners[0].country;
    }
  }
  if (actors.empty() || nameless) {
    if (part.role == FrameRole::kTarget || !part.words.empty()) {
      if (auto owners = actors_.owners(actors_.repaired_head(head)); !owners.empty()) return owners;
      if (part.role == FrameRole::kTarget && actors.empty()) actors = doers_of(head);
      if (part.role == FrameRole::kTarget && actors.empty() && part.words.empty()) actors = actors_.named(head);
      if (part.role == FrameRole::kTarget) return actors;
    }
  }
  if (part.role == FrameRole::kSource && actors.empty() && !lexicon_.patterns_of(PatternKind::kNoun, syntax_.lemma(head)).empty())
    return actors_.doers(head);                                                           // "a raid by rebels killed ten"
  if (part.role == FrameRole::kSource && !actors.empty() && actors[0].country.empty()) {  // "Kenya moved tanks parked at the river"
    const uint32_t verb = syntax_.head(head);
    const auto subject = syntax_.is_verbal(verb) && syntax_.dep(head) == Dep::kDobj ? syntax_.logical_subject(verb) : std::nullopt;
    if (subject && *subject != head) {
      if (auto owners = actors_.all(*subject); !owners.empty()) actors[0].country = owners[0].country;
    }
  }
  return actors;
}

bool FrameMatcher::fill(const FramePart& part, std::vector<Actor> actors, Attempt& attempt) const {
  if (actors.empty()) return false;
  std::vector<Actor>& side = part.role == FrameRole::kSource ? attempt.hit.source : attempt.hit.target;
  if (side.empty()) side = std::move(actors);
  attempt.hit.weight += kRoleWeight + (part.kind != SlotKind::kAny ? kSmallWeight : 0);
  return true;
}

bool FrameMatcher::match_subject(const FramePart& part, Attempt& attempt) const {
  const auto subject = syntax_.logical_subject(attempt.hit.trigger);
  if (part.role == FrameRole::kNone) {
    if (part.words.empty()) return true;
    const int weight = subject ? fit(part, syntax_.coordinated(*subject)) : 0;
    attempt.hit.weight += weight;
    return weight > 0;
  }
  if (!subject) {
    attempt.unnamed = part.words.empty() && names_no_doer(attempt.hit.trigger);
    return match_announcer(part, attempt) || attempt.unnamed;
  }
  if (part.words.empty() && lexicon_.words().has(WordClass::kSpeechNoun, syntax_.lemma(*subject))) {  // "a Kremlin statement accused …"
    auto speakers = actors_.all(*subject);
    if (speakers.empty()) speakers = actors_.owners_before(*subject);
    const uint32_t verb = syntax_.head(*subject);
    if (speakers.empty() && syntax_.dep(*subject) == Dep::kDobj && verb != attempt.hit.trigger) {  // "passed a resolution criticizing …"
      if (const auto speaker = syntax_.logical_subject(verb)) speakers = actors_.all(*speaker);
    }
    if (speakers.empty()) speakers = actors_.owners(*subject);
    return fill(part, std::move(speakers), attempt);
  }
  if (!part.words.empty()) {
    const int weight = fit(part, syntax_.coordinated(*subject));
    if (weight == 0) return false;
    attempt.hit.weight += weight;
  }
  std::vector<Actor> actors = actors_for(part, *subject);
  if (actors.empty() && part.words.empty()) actors = actors_.named(*subject);
  if (actors.empty() && part.words.empty()) actors = speakers_along(attempt.hit.trigger);
  std::vector<Actor> others;
  for (const uint32_t other : syntax_.subjects_who_did_so(attempt.hit.trigger)) {
    const auto more = actors_for(part, other);
    others.insert(others.end(), more.begin(), more.end());
  }
  // "Doe phoned Roe, as did the Kenyan and the Chilean minister": these among themselves, which is another act.
  const bool among_themselves = is_symmetric(*attempt.hit.frame) && !others.empty() && !abroad(others, others).empty();
  if (!among_themselves) actors.insert(actors.end(), others.begin(), others.end());
  return fill(part, std::move(actors), attempt);
}

/// "Was convicted", "has been asked for troops": a passive that tells what happened to somebody, not what is expected of him.
bool FrameMatcher::names_no_doer(uint32_t verb) const {
  return syntax_.child(verb, Dep::kAuxpass) && lexicon_.wrappers().find(WrapperKind::kVerb, syntax_.lemma(verb)) == nullptr;
}

/// "Said the move would help nobody, calling it rash": what things cannot do their speaker does.
std::vector<Actor> FrameMatcher::speakers_along(uint32_t verb) const {
  if (syntax_.dep(verb) != Dep::kAdvcl || syntax_.tag(verb) != "VBG") return {};
  const uint32_t clause = syntax_.head(verb);
  const uint32_t above = syntax_.head(clause);
  if (syntax_.dep(clause) != Dep::kCcomp || !lexicon_.words().has(WordClass::kSpeechVerb, syntax_.lemma(above))) return {};
  const auto speaker = syntax_.logical_subject(above);
  return speaker ? actors_.all(*speaker) : std::vector<Actor>();
}

/// "The airline announced that flights would be suspended": by itself.
bool FrameMatcher::match_announcer(const FramePart& part, Attempt& attempt) const {
  const uint32_t verb = attempt.hit.trigger;
  const uint32_t announcer = syntax_.head(verb);
  if (!part.words.empty() || syntax_.dep(verb) != Dep::kCcomp || !syntax_.is_passive(verb)) return false;
  const std::string* value = lexicon_.words().find(WordClass::kSpeechVerb, syntax_.lemma(announcer));
  const auto kids = syntax_.children(verb);
  const bool ahead = std::any_of(kids.begin(), kids.end(), [&](uint32_t c) {
    const std::string* modal = syntax_.dep(c) == Dep::kAux ? lexicon_.words().find(WordClass::kModal, syntax_.lower(c)) : nullptr;
    return modal && (*modal == "planned" || *modal == "would");
  });
  const auto subject = syntax_.logical_subject(announcer);
  if (!ahead || !value || value->find("own") == std::string::npos || !subject) return false;
  return fill(part, actors_.all(*subject), attempt);
}

bool FrameMatcher::match_object(const FramePart& part, Attempt& attempt) const {
  if (part.role == FrameRole::kNone) return true;
  const auto is_the_thing = [&](uint32_t object) {  // "sent tanks and troops": nobody is sent tanks
    const auto nouns = syntax_.coordinated(object);
    return std::any_of(attempt.hit.pattern->parts.begin(), attempt.hit.pattern->parts.end(), [&](const FramePart& other) {
      return &other != &part && other.place == FramePlace::kObject && !other.words.empty() && fit(other, nouns) > 0;
    });
  };
  for (const uint32_t object : syntax_.logical_objects(attempt.governor)) {
    if (is_the_thing(object) || !is_of_kind(part.kind, object)) continue;
    if (auto actors = actors_for(part, object); !actors.empty()) return fill(part, std::move(actors), attempt);
  }
  if (!part.prepositions.empty()) return match_preposition(part, attempt);
  return match_thing(part, attempt);
}

/// "Attacked a base": whose it is may follow from where it stands.
bool FrameMatcher::match_thing(const FramePart& part, Attempt& attempt) const {
  const EventType* type = lexicon_.ontology().type(attempt.hit.frame->type);
  if (part.role != FrameRole::kTarget || part.kind != SlotKind::kAny || type == nullptr || !type->is_force()) return false;
  const std::vector<Actor>& source = attempt.hit.source;  // who has no arms attacks a culture, a plan, a record
  if (!source.empty() && !source[0].sector.empty() && !lexicon_.ontology().is_armed(source[0].sector)) return false;
  for (const uint32_t object : syntax_.logical_objects(attempt.governor)) {
    if (syntax_.pos(object) != Pos::kNoun) continue;
    attempt.hit.thing = true;
    return fill(part, {actors_.thing(object)}, attempt);
  }
  return false;
}

bool FrameMatcher::has_object(const Attempt& attempt) const {
  const auto objects = syntax_.logical_objects(attempt.governor);
  return std::any_of(objects.begin(), objects.end(), [&](uint32_t object) { return syntax_.is_nominal(object); });
}

bool FrameMatcher::match_object_words(const FramePart& part, Attempt& attempt) const {
  const uint32_t trigger = attempt.governor;
  std::vector<uint32_t> heads = syntax_.logical_objects(trigger);
  for (const uint32_t c : syntax_.children(trigger)) {
    const Dep dep = syntax_.dep(c);
    const bool predicate = dep == Dep::kAttr || dep == Dep::kAcomp || dep == Dep::kOprd ||
                           (dep == Dep::kCcomp && syntax_.pos(c) == Pos::kAdj) || (dep == Dep::kAdvmod && c > trigger) ||
                           (dep == Dep::kXcomp && syntax_.pos(c) == Pos::kAdj);
    if (predicate) heads.push_back(c);
  }
  for (const uint32_t head : heads) {
    for (const uint32_t listed : syntax_.coordinated(head)) {
      const uint32_t noun = actors_.part_of(listed);
      const int weight = fit(part, noun);
      if (weight == 0) continue;
      if (part.role != FrameRole::kNone && !fill(part, actors_for(part, noun), attempt)) continue;
      attempt.hit.weight += weight;
      for (const uint32_t other : syntax_.coordinated(noun)) {  // "solidarity with and support for Kenya"
        if (other != noun) attempt.anchors.push_back(other);
      }
      attempt.anchors.push_back(noun);
      attempt.hit.words.push_back(noun);
      return true;
    }
  }
  return false;
}

/// The prepositions of a part below the trigger: at the trigger or a noun it took first, then anywhere in its clause, since
/// parsers hang them at the wrong noun.
std::vector<uint32_t> FrameMatcher::prepositions(const FramePart& part, const Attempt& attempt) const {
  std::vector<uint32_t> found;
  const auto is_wanted = [&](uint32_t c) {
    const bool preposition = syntax_.pos(c) == Pos::kAdp || syntax_.pos(c) == Pos::kSconj || syntax_.dep(c) == Dep::kPrep;
    const uint32_t above = syntax_.head(c);  // "according to", "owing to": one word with the participle before
    const bool compound = above + 1 == c && syntax_.dep(above) == Dep::kPrep && syntax_.tag(above) == "VBG";
    return preposition && !compound && is_one_of(part.prepositions, syntax_.lower(c));
  };
  for (size_t i = attempt.anchors.size(); i-- > 0;) {
    const uint32_t next = attempt.anchors[i] + 1;  // right behind the word it belongs to that, wherever the parser hangs it
    if (next < syntax_.sentence(attempt.anchors[i]).end && is_wanted(next)) found.push_back(next);
    for (const uint32_t c : syntax_.children(attempt.anchors[i])) {
      if (is_wanted(c)) found.push_back(c);
      const bool reduced = syntax_.dep(c) == Dep::kAcl && syntax_.tag(c) == "VBN";
      if (syntax_.dep(c) != Dep::kPrep && syntax_.dep(c) != Dep::kPrt && syntax_.dep(c) != Dep::kAdvmod && !reduced) continue;
      for (const uint32_t inner : syntax_.children(c)) {  // "out of Iraq", "up with Iran", "the sanctions imposed on Iran"
        if (is_wanted(inner)) found.push_back(inner);
      }
    }
  }
  const uint32_t trigger = attempt.hit.trigger;
  const uint32_t after = attempt.anchors.back();
  for (uint32_t t = after + 1; t < std::min(syntax_.right_edge(trigger), after + kMaxGap); ++t) {
    if (!is_wanted(t) || std::find(found.begin(), found.end(), t) != found.end()) continue;
    uint32_t at = syntax_.head(t);
    const bool own_object = syntax_.head(at) == trigger && syntax_.dep(at) == Dep::kDobj;
    if (!own_object && lexicon_.words().has(WordClass::kTiedNoun, syntax_.lemma(at))) continue;
    for (int step = 0; step < kMaxWalk && at != trigger && !syntax_.is_verbal(at) && syntax_.head(at) != at; ++step) at = syntax_.head(at);
    if (at == trigger) found.push_back(t);
  }
  const auto rank = [&](uint32_t c) {
    return std::find(part.prepositions.begin(), part.prepositions.end(), syntax_.lower(c)) - part.prepositions.begin();
  };
  std::vector<std::tuple<ptrdiff_t, size_t, uint32_t>> ranked;  // in the pattern's order, then as found
  ranked.reserve(found.size());
  for (size_t i = 0; i < found.size(); ++i) ranked.emplace_back(rank(found[i]), i, found[i]);
  std::sort(ranked.begin(), ranked.end());
  for (size_t i = 0; i < found.size(); ++i) found[i] = std::get<2>(ranked[i]);
  return found;
}

/// "The army imposed a curfew in Khartoum": what lies in the source's own country is where, not towards whom.
bool FrameMatcher::is_home_place(const std::vector<Actor>& actors, uint32_t preposition, const Attempt& attempt) const {
  const std::string* value = lexicon_.words().find(WordClass::kPreposition, syntax_.lower(preposition));
  if (!value || *value != "place" || attempt.hit.source.empty()) return false;
  const std::string& home = attempt.hit.source[0].country;
  return !home.empty() && std::all_of(actors.begin(), actors.end(), [&](const Actor& actor) { return actor.country == home; });
}

bool FrameMatcher::match_preposition(const FramePart& part, Attempt& attempt) const {
  if (part.role != FrameRole::kNone && part.words.empty() && is_one_of(part.prepositions, "for")) {
    for (const uint32_t anchor : attempt.anchors) {  // "a request for Kenya to help": "for" marks the clause
      for (const uint32_t c : syntax_.children(anchor)) {
        const auto mark = syntax_.child(c, Dep::kMark);
        const auto subject = syntax_.child(c, Dep::kNsubj);
        if (mark && subject && syntax_.lower(*mark) == "for" && fill(part, actors_for(part, *subject), attempt)) return true;
      }
    }
  }
  for (const uint32_t preposition : prepositions(part, attempt)) {
    for (const uint32_t object : syntax_.preposition_objects(preposition)) {
      if (part.role == FrameRole::kNone && part.words.empty() && part.modifiers.empty()) {
        if (!part.optional) attempt.hit.weight += kSmallWeight;
        return true;
      }
      const bool worded = !part.words.empty() || !part.modifiers.empty();
      const int weight = worded ? fit(part, syntax_.coordinated(object)) : 0;
      if (!is_of_kind(part.kind, object)) continue;
      if (worded && weight == 0) continue;
      if (part.role != FrameRole::kNone) {
        auto actors = actors_for(part, object);
        if (part.role == FrameRole::kTarget && is_home_place(actors, preposition, attempt)) continue;
        attempt.between = attempt.between || (syntax_.lower(preposition) == "between" && actors.size() > 1);
        if (!fill(part, std::move(actors), attempt)) continue;
      }
      if (worded) {
        attempt.hit.weight += weight;
        attempt.hit.words.push_back(object);
      }
      attempt.anchors.push_back(object);
      return true;
    }
    if (part.role == FrameRole::kNone && part.words.empty() && syntax_.child(preposition, Dep::kPcomp)) return true;
  }
  return false;
}

bool FrameMatcher::match_particle(const FramePart& part, Attempt& attempt) const {
  for (const uint32_t c : syntax_.children(attempt.hit.trigger)) {
    const Dep dep = syntax_.dep(c);
    const bool place = dep == Dep::kPrt || dep == Dep::kAdvmod || dep == Dep::kPrep || dep == Dep::kAcomp || dep == Dep::kOprd;
    if (!place || c < attempt.hit.trigger || (dep == Dep::kPrep && c > attempt.hit.trigger + 1 && syntax_.child(c, Dep::kPobj)) ||
        !is_one_of(part.words, syntax_.lower(c)))
      continue;
    attempt.hit.weight += kParticleWeight;
    attempt.hit.words.push_back(c);
    if (dep == Dep::kPrep) {  // "call off talks" read as a preposition with its object
      const auto objects = syntax_.preposition_objects(c);
      attempt.anchors.insert(attempt.anchors.end(), objects.begin(), objects.end());
    }
    return true;
  }
  return false;
}

bool FrameMatcher::match_infinitive(const FramePart& part, Attempt& attempt) const {
  for (size_t i = attempt.anchors.size(); i-- > 0;) {
    for (const uint32_t c : syntax_.children(attempt.anchors[i])) {
      const Dep dep = syntax_.dep(c);
      const bool place = dep == Dep::kXcomp || dep == Dep::kCcomp || dep == Dep::kAcl || (dep == Dep::kAdvcl && i > 0) ||
                         (dep == Dep::kRelcl && attempt.hit.pattern->kind == PatternKind::kNoun);
      if (!place || !syntax_.is_infinitive(c)) continue;
      if (!part.words.empty()) {
        bool worded = is_one_of(part.words, syntax_.lemma(c));
        for (const uint32_t other : syntax_.children(c))
          worded = worded || (syntax_.dep(other) == Dep::kConj && is_one_of(part.words, syntax_.lemma(other)));
        if (!worded) continue;
        attempt.hit.weight += kWordsWeight;
      }
      attempt.hit.weight += kClauseWeight;
      attempt.hit.contents.push_back(c);
      attempt.anchors.push_back(c);
      attempt.governor = c;
      return true;
    }
  }
  return false;
}

bool FrameMatcher::match_clause(const FramePart& part, Attempt& attempt) const {
  for (size_t i = attempt.anchors.size(); i-- > 0;) {
    for (const uint32_t c : syntax_.children(attempt.anchors[i])) {
      const Dep dep = syntax_.dep(c);
      const bool noun = attempt.hit.pattern->kind == PatternKind::kNoun || i > 0;
      const bool place = dep == Dep::kCcomp || (dep == Dep::kAcl && noun) || (dep == Dep::kXcomp && syntax_.is_finite(c));
      const bool clausal = syntax_.is_verbal(c) || (syntax_.child(c, Dep::kNsubj) && syntax_.child(c, Dep::kMark));
      if (!place || c < attempt.hit.trigger || syntax_.is_infinitive(c) || !clausal) continue;
      if (part.place == FramePlace::kWish && !(part.modifiers.empty() ? is_wish(c) : has_auxiliary(part, c))) continue;
      if (part.place == FramePlace::kClause && !part.modifiers.empty()) {
        if (!tells_of(c, part.modifiers)) continue;
        attempt.hit.weight += kWordsWeight;
      }
      if (dep == Dep::kAcl && !syntax_.child(c, Dep::kMark) && syntax_.lower(syntax_.left_edge(c)) != "that") continue;
      if (part.role != FrameRole::kNone) {
        const auto subject = syntax_.surface_subject(c);
        std::vector<Actor> actors = subject ? actors_.all(*subject) : std::vector<Actor>();
        if (subject && actors.empty()) actors = actors_.owners(*subject);
        if (part.role == FrameRole::kSource) {  // "warned that it would …": the clause speaks of the warner itself
          const bool own = !attempt.hit.source.empty() && !actors.empty() && actors[0].country == attempt.hit.source[0].country;
          if (!own) continue;
          attempt.hit.weight += kRoleWeight + 1;
        } else if (!fill(part, std::move(actors), attempt)) {
          continue;
        }
      }
      attempt.hit.weight += kClauseWeight;
      attempt.hit.contents.push_back(c);
      return true;
    }
  }
  return false;
}

/// "That it would bring consequences", "that it will be met with force": one of these words is the verb, its subject or object, or behind
/// its prepositions.
bool FrameMatcher::tells_of(uint32_t verb, const std::vector<std::string>& words) const {
  const auto is_worded = [&](uint32_t word) { return is_one_of(words, syntax_.lemma(word)); };
  if (is_worded(verb) || std::ranges::any_of(syntax_.logical_objects(verb), is_worded)) return true;
  return std::ranges::any_of(syntax_.children(verb), [&](uint32_t c) {
    return (syntax_.is_nominal(c) && is_worded(c)) ||
           (syntax_.dep(c) == Dep::kPrep && std::ranges::any_of(syntax_.preposition_objects(c), is_worded));
  });
}

bool FrameMatcher::has_auxiliary(const FramePart& part, uint32_t verb) const {
  const auto children = syntax_.children(verb);
  return std::any_of(children.begin(), children.end(),
                     [&](uint32_t c) { return syntax_.dep(c) == Dep::kAux && is_one_of(part.modifiers, syntax_.lower(c)); });
}

/// "that there be no weapons", "that Russia withdraw", "that it must stop".
bool FrameMatcher::is_wish(uint32_t verb) const {
  for (const uint32_t c : syntax_.children(verb)) {
    if (syntax_.dep(c) != Dep::kAux && syntax_.dep(c) != Dep::kAuxpass) continue;
    const std::string* modal = lexicon_.words().find(WordClass::kModal, syntax_.lower(c));
    if (modal && *modal == "duty") return true;
    if (syntax_.lower(c) == "be" && syntax_.tag(c) == "VB") return true;  // "that it be withdrawn"
    return false;
  }
  const bool mistagged = !syntax_.is_verbal(verb) && syntax_.lower(verb) == syntax_.lemma(verb);  // "that he halt": a noun to the tagger
  return syntax_.tag(verb) == "VB" || syntax_.tag(verb) == "VBP" || mistagged;
}

bool FrameMatcher::match_gerund(const FramePart& part, Attempt& attempt) const {
  const auto accept = [&](uint32_t verb) {
    if (!part.words.empty() && !is_one_of(part.words, syntax_.lemma(verb))) return false;
    attempt.hit.weight += kClauseWeight + (part.words.empty() ? 0 : kWordsWeight);
    attempt.hit.contents.push_back(verb);
    attempt.anchors.push_back(verb);
    attempt.governor = verb;
    return true;
  };
  if (part.prepositions.empty()) {
    for (const uint32_t c : syntax_.children(attempt.hit.trigger)) {
      if ((syntax_.dep(c) == Dep::kXcomp || syntax_.dep(c) == Dep::kCcomp) && syntax_.tag(c) == "VBG" && accept(c)) return true;
    }
    return false;
  }
  for (const uint32_t preposition : prepositions(part, attempt)) {
    if (const auto verb = syntax_.child(preposition, Dep::kPcomp); verb && accept(*verb)) return true;
  }
  return false;
}

bool FrameMatcher::match_owner(const FramePart& part, Attempt& attempt) const {
  const uint32_t noun = attempt.hit.trigger;
  const bool symmetric = is_symmetric(*attempt.hit.frame);
  if (auto actors = actors_.owners_before(noun); !actors.empty()) return fill(part, std::move(actors), attempt);
  const auto taken = [&](uint32_t preposition) {
    for (const FramePart& other : attempt.hit.pattern->parts) {
      if (other.place == FramePlace::kPreposition && is_one_of(other.prepositions, syntax_.lower(preposition))) return true;
    }
    return false;
  };
  for (const uint32_t c : syntax_.children(noun)) {
    const std::string& word = syntax_.lower(c);
    if ((syntax_.dep(c) != Dep::kPrep && syntax_.dep(c) != Dep::kAgent) || (word != "by" && word != "of" && word != "from") || taken(c))
      continue;
    if (symmetric && word == "from") continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) {
      if (auto actors = actors_.all(object); !actors.empty()) return fill(part, std::move(actors), attempt);
    }
  }
  if (syntax_.dep(noun) == Dep::kDobj || syntax_.dep(noun) == Dep::kNsubjpass ||
      syntax_.dep(noun) == Dep::kConj) {  // "issued a warning to"
    uint32_t first = noun;
    for (int step = 0; step < kMaxWalk && syntax_.dep(first) == Dep::kConj && syntax_.head(first) != first; ++step)
      first = syntax_.head(first);
    const uint32_t verb = syntax_.is_verbal(first) && first != noun ? first : syntax_.head(first);
    if (syntax_.is_verbal(verb) && lexicon_.words().has(WordClass::kLightVerb, syntax_.lemma(verb))) {
      if (const auto subject = syntax_.logical_subject(verb)) {
        if (auto actors = actors_.all(*subject); !actors.empty()) return fill(part, std::move(actors), attempt);
      }
    }
  }
  for (const uint32_t c : syntax_.children(noun)) {  // "talks held by the two ministers"
    if (syntax_.dep(c) != Dep::kAcl || !syntax_.is_passive(c)) continue;
    if (const auto agent = syntax_.logical_subject(c)) {
      if (auto actors = actors_.all(*agent); !actors.empty()) return fill(part, std::move(actors), attempt);
    }
  }
  if (symmetric && attempt.between) return true;
  // "In a phone call with X, he said …", "they agreed in talks", "went there in a show of support": the subject of the clause takes part.
  const std::string& preposition = syntax_.lower(syntax_.head(noun));
  if (syntax_.dep(noun) != Dep::kPobj || preposition == "of" || !(symmetric || preposition == "in")) return false;
  uint32_t verb = syntax_.head(syntax_.head(noun));
  for (int step = 0; step < kMaxWalk && symmetric && !syntax_.is_verbal(verb) && syntax_.head(verb) != verb; ++step)
    verb = syntax_.head(verb);
  const auto subject = syntax_.is_verbal(verb) ? syntax_.logical_subject(verb) : std::nullopt;
  if (!subject) return false;
  auto actors = actors_.all(*subject);
  const bool alone = std::none_of(attempt.hit.pattern->parts.begin(), attempt.hit.pattern->parts.end(),
                                  [](const FramePart& other) { return other.role == FrameRole::kTarget; });
  return (alone || !attempt.hit.target.empty() || actors.size() > 1) && fill(part, std::move(actors), attempt);
}

/// What one office does for another of the same state: no help, no cooperation.
bool FrameMatcher::is_own_business(const FrameHit& hit) const {
  return !hit.source.empty() && std::all_of(hit.target.begin(), hit.target.end(), [&](const Actor& actor) {
    return actor.country == hit.source[0].country && lexicon_.ontology().is_one_state(actor.sector, hit.source[0].sector);
  });
}

/// Puts the sides in order and says whether they are enough for the type.
TrialOutcome FrameMatcher::finish(Attempt& attempt) const {
  FrameHit& hit = attempt.hit;
  const EventType* type = lexicon_.ontology().type(hit.frame->type);
  if (!type) return TrialOutcome::kFired;  // NONE
  const auto split = [](std::vector<Actor>& from, std::vector<Actor>& to) {
    to.insert(to.end(), from.begin() + 1, from.end());
    from.resize(1);
  };
  const bool symmetric = is_symmetric(*hit.frame);
  if (symmetric) {  // one list of sides: the first is the source
    if (hit.source.empty() && hit.target.size() > 1) {
      hit.source.assign(1, hit.target.front());
      hit.target.erase(hit.target.begin());
    } else if (hit.target.empty() && hit.source.size() > 1) {
      split(hit.source, hit.target);
    }
  }
  const auto is_source = [&](const Actor& actor) {
    return std::any_of(hit.source.begin(), hit.source.end(),
                       [&](const Actor& s) { return s.span == actor.span && s.country == actor.country; });
  };
  std::erase_if(hit.target, is_source);
  std::erase_if(hit.target, [&](const Actor& actor) {
    return std::any_of(hit.source.begin(), hit.source.end(), [&](const Actor& s) { return is_same_actor(s, actor); });
  });
  const bool wants_target = std::any_of(hit.pattern->parts.begin(), hit.pattern->parts.end(),
                                        [](const FramePart& part) { return part.role == FrameRole::kTarget && !part.optional; });
  find_target(hit, type->seeks_target, symmetric);
  if (hit.target.empty() && (type->needs_target || wants_target)) return TrialOutcome::kNoTarget;
  if (type->seeks_target && !type->is_force() && !hit.target.empty() && is_own_business(hit)) return TrialOutcome::kOwnBusiness;
  const bool names_target = std::any_of(hit.pattern->parts.begin(), hit.pattern->parts.end(),
                                        [](const FramePart& part) { return part.role == FrameRole::kTarget; });
  if (hit.target.empty() && symmetric && names_target && hit.pattern->kind == PatternKind::kNoun)
    return TrialOutcome::kOneSide;  // "Iran talks"
  if (attempt.unnamed && hit.source.empty() && (hit.target.empty() || hit.target_origin != TargetOrigin::kPart))
    return TrialOutcome::kNobody;
  const bool bare = std::all_of(hit.pattern->parts.begin(), hit.pattern->parts.end(),
                                [](const FramePart& part) { return part.place == FramePlace::kSubject && part.words.empty(); });
  if (hit.target.empty() && bare && symmetric) return TrialOutcome::kOneSide;  // "the two met", not "Doe spoke"
  return hit.source.empty() && hit.target.empty() ? TrialOutcome::kNobody : TrialOutcome::kFired;
}

/// A target that no part of the pattern names, from what else the sentence says.
void FrameMatcher::find_target(FrameHit& hit, bool seeks_target, bool symmetric) const {
  const bool own = !hit.target.empty() && !hit.source.empty() && abroad(hit.target, hit.source).empty();
  if (seeks_target && own) {  // "broke off relations with Chile and expelled its ambassador"
    FrameHit joined = hit;
    joined.target.clear();
    share_target(joined);
    if (!abroad(joined.target, hit.source).empty()) hit.target = std::move(joined.target);
  }
  const auto take = [&](bool may, void (FrameMatcher::*rule)(FrameHit&) const, TargetOrigin origin) {
    if (!may || !hit.target.empty()) return;
    (this->*rule)(hit);
    if (!hit.target.empty()) hit.target_origin = origin;
  };
  take(seeks_target, &FrameMatcher::share_target, TargetOrigin::kJoinedAct);
  take(true, &FrameMatcher::take_target_of_content, TargetOrigin::kContent);
  take(!symmetric, &FrameMatcher::take_target_of_words, TargetOrigin::kWords);
  take(seeks_target, &FrameMatcher::take_target_of_purpose, TargetOrigin::kPurpose);
  take(true, &FrameMatcher::take_target_of_company, TargetOrigin::kCompany);
  take(!symmetric, &FrameMatcher::take_target_below, TargetOrigin::kBelow);
  take(true, &FrameMatcher::take_target_of_question, TargetOrigin::kQuestion);
}

std::vector<FrameHit> match_all(const Syntax& syntax, const Actors& actors, const Lexicon& lexicon, ReadingTrace* trace) {
  std::vector<FrameHit> hits, earlier;
  const FrameMatcher matcher(syntax, actors, lexicon, earlier, trace);
  for (uint32_t token = 0; token < syntax.size(); ++token) {
    auto hit = matcher.match(token);
    if (!hit) continue;
    if (hit->frame->type != kNoEvent) earlier.push_back(*hit);
    hits.push_back(*std::move(hit));
  }
  return hits;
}

}  // namespace casus
