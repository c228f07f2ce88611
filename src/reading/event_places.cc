#include "reading/event_places.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace casus {
namespace {

constexpr int kMaxSteps = 6;         ///< up or down the parse
constexpr size_t kMaxChildren = 64;  ///< of one word that are looked at
constexpr size_t kMaxActsBack = 60;  ///< that "the attack" looks

std::optional<Place> because(std::optional<Place> place, const char* rule) {
  if (place) place->rule = rule;
  return place;
}

}  // namespace

/// Those below a word, as many as a sentence of people has; so that no list makes a look long.
std::span<const uint32_t> EventPlaces::children(uint32_t word) const {
  const auto all = syntax_.children(word);
  return all.first(std::min(all.size(), kMaxChildren));
}

// ---- what stands at a word

/// What a preposition of a class leads to from a word.
std::optional<Place> EventPlaces::behind(uint32_t anchor, WordClass prepositions) const {
  for (const uint32_t c : children(anchor)) {
    const bool preposition = syntax_.dep(c) == Dep::kPrep || (syntax_.dep(c) == Dep::kDative && syntax_.pos(c) == Pos::kAdp);
    if (!preposition || !lexicon_.words().has(prepositions, syntax_.lower(c))) continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) {
      if (auto place = nouns_.named(actors_.repaired_head(object))) return place;
    }
  }
  return std::nullopt;
}

/// "Fired at Israel" was not fired there, and "on Iran" is no place, while "on its border" is.
bool EventPlaces::is_target_itself(const Place& place, uint32_t preposition, const FrameHit& hit) const {
  const std::string& word = syntax_.lower(preposition);
  if (word == "in") return false;
  return std::any_of(hit.target.begin(), hit.target.end(),
                     [&](const Actor& actor) { return actor.span.contains(place.span) && (word == "at" || place.precision == "country"); });
}

/// What a preposition that locates acts has behind it at a word; of `hit` not the target, if it is given.
std::optional<Place> EventPlaces::located(uint32_t anchor, const FrameHit* hit) const {
  for (const uint32_t c : children(anchor)) {
    if (syntax_.dep(c) != Dep::kPrep) continue;
    const std::string* kind = lexicon_.words().find(WordClass::kPreposition, syntax_.lower(c));
    const bool locates = kind && *kind == "place";
    if (!locates && !lexicon_.words().has(WordClass::kGroundPreposition, syntax_.lower(c))) continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) {
      const uint32_t noun = actors_.repaired_head(object);
      auto place = nouns_.named(noun);
      if (!place) continue;
      if (!locates && place->precision != "area" && place->precision != "water" && place->precision != "site" &&
          !value(WordClass::kPlaceNoun, noun))
        continue;
      if (hit && is_target_itself(*place, c, *hit)) continue;
      return place;
    }
  }
  return std::nullopt;
}

std::optional<Place> EventPlaces::at_act(const FrameHit& hit) const {
  if (auto place = located(hit.trigger, &hit)) return because(place, kPlaceAtAct);
  for (const uint32_t word : hit.words) {
    if (auto place = located(word, &hit)) return because(place, kPlaceAtAct);
  }
  return std::nullopt;
}

/// Force is used where those are whom it hits, and things are sent and seized where they are.
std::optional<Place> EventPlaces::at_objects(const FrameHit& hit) const {
  if (!syntax_.is_verbal(hit.trigger)) return std::nullopt;
  for (const uint32_t object : syntax_.logical_objects(hit.trigger)) {
    if (auto place = located(object, &hit)) return because(place, kPlaceAtObject);
    if (auto place = of_clauses(object)) return because(place, kPlaceAtObject);  // "soldiers who serve in Mali"
  }
  return std::nullopt;
}

/// Where the clauses that explain a word say that it is.
std::optional<Place> EventPlaces::of_clauses(uint32_t word) const {
  for (const uint32_t c : children(word)) {
    const Dep dep = syntax_.dep(c);
    const bool along = dep == Dep::kAdvcl && !syntax_.child(c, Dep::kMark) && !syntax_.is_finite(c);
    if (dep != Dep::kRelcl && dep != Dep::kAcl && !along) continue;
    if (!has(WordClass::kWhereaboutsVerb, c) && !has(WordClass::kGoalWord, c)) continue;
    if (auto place = goal(c)) return place;
    if (auto place = located(c, nullptr)) return place;
  }
  return std::nullopt;
}

/// "Met during their Oslo summit", "absent from the meeting in Oslo".
std::optional<Place> EventPlaces::at_occasion(uint32_t word) const {
  for (const uint32_t c : children(word)) {
    if (syntax_.dep(c) != Dep::kPrep || !lexicon_.words().has(WordClass::kAlongPreposition, syntax_.lower(c))) continue;
    for (const uint32_t noun : syntax_.preposition_objects(c)) {
      if (!value(WordClass::kMeetingNoun, noun)) continue;
      if (auto place = in_name(noun)) return because(place, kPlaceOccasion);
      if (auto place = located(noun, nullptr)) return because(place, kPlaceOccasion);
    }
  }
  return std::nullopt;
}

/// "Sent a letter to Oslo": words travel, and nobody with them.
bool EventPlaces::sends_words(uint32_t word) const {
  if (!syntax_.is_verbal(word)) return false;
  const auto objects = syntax_.logical_objects(word);
  return std::any_of(objects.begin(), objects.end(), [&](uint32_t object) { return has(WordClass::kSpeechNoun, object); });
}

/// Where a word of movement leads to, or from where.
std::optional<Place> EventPlaces::goal(uint32_t word) const {
  if (has(WordClass::kGoalWord, word) && !sends_words(word)) {
    if (auto place = behind(word, WordClass::kGoalPreposition)) return because(place, kPlaceGoal);
    if (syntax_.is_verbal(word)) {
      for (const uint32_t object : syntax_.logical_objects(word)) {  // "a deployment of troops to Mali", "sent troops to Mali"
        if (auto place = behind(object, WordClass::kGoalPreposition)) return because(place, kPlaceGoal);
      }
    }
  }
  if (has(WordClass::kOriginWord, word)) {
    if (auto place = behind(word, WordClass::kOriginPreposition)) return because(place, kPlaceOrigin);
  }
  return std::nullopt;
}

/// What a word that acts on places has as its object: "visited Oslo", "the invasion of Kuwait".
std::optional<Place> EventPlaces::object(uint32_t word) const {
  const std::string* prepositions = value(WordClass::kSiteWord, word);
  if (!prepositions) return std::nullopt;
  const bool of_lands = has(WordClass::kGoalWord, word) || has(WordClass::kLandWord, word);
  if (syntax_.is_verbal(word)) {
    for (const uint32_t noun : syntax_.logical_objects(word)) {
      auto place = nouns_.named(actors_.repaired_head(noun));
      if (place && (of_lands || place->precision != "country"))
        return because(place, kPlaceObject);  // "hit Oman with sanctions" is done elsewhere
    }
  }
  for (const uint32_t c : children(word)) {
    if (syntax_.dep(c) != Dep::kPrep) continue;
    const auto list = split(*prepositions, '|');
    if (std::find(list.begin(), list.end(), syntax_.lower(c)) == list.end()) continue;
    for (const uint32_t noun : syntax_.preposition_objects(c)) {
      if (auto place = nouns_.named(actors_.repaired_head(noun))) return because(place, kPlaceObject);
    }
  }
  return std::nullopt;
}

/// Force on a place happens there, whatever its word; what stands behind the second of two verbs is said of both: "killed 12 and wounded 30
/// in Homs".
std::optional<Place> EventPlaces::of_force(const FrameHit& hit) const {
  if (!lexicon_.rule_of(hit.frame->type).place_is_target || !syntax_.is_verbal(hit.trigger)) return std::nullopt;
  for (const uint32_t noun : syntax_.logical_objects(hit.trigger)) {
    if (auto place = nouns_.named(actors_.repaired_head(noun))) return because(place, kPlaceObject);
  }
  for (const uint32_t c : children(hit.trigger)) {
    if (syntax_.dep(c) != Dep::kConj || !syntax_.is_verbal(c) || syntax_.child(c, Dep::kNsubj)) continue;
    if (auto place = located(c, nullptr)) return because(place, kPlaceAtAct);
  }
  return std::nullopt;
}

/// "The Geneva talks": a town names where; a country does with some words only ("the Iran talks" are about Iran).
std::optional<Place> EventPlaces::in_name(uint32_t noun) const {
  const std::string* which = value(WordClass::kMeetingNoun, noun);
  if (!which || syntax_.is_verbal(noun)) return std::nullopt;
  for (const uint32_t c : children(noun)) {
    if (c > noun || (syntax_.dep(c) != Dep::kCompound && syntax_.dep(c) != Dep::kNmod)) continue;
    if (c + 1 < noun && syntax_.dep(c + 1) == Dep::kCompound && !actors_.one(c + 1).empty()) continue;  // "the US troop deployment"
    auto place = nouns_.named(c);
    if (place && (place->precision != "country" || *which == "country")) return because(place, kPlaceNamed);
  }
  return std::nullopt;
}

// ---- the clause around

/// "Mali, where Paris says it sent troops".
std::optional<Place> EventPlaces::by_relative(uint32_t word) const {
  uint32_t at = word;
  for (int step = 0; step < kMaxSteps; ++step) {
    for (const uint32_t c : children(at)) {
      const bool where = syntax_.lower(c) == "where" && (syntax_.dep(c) == Dep::kAdvmod || syntax_.tag(c) == "WRB");
      const auto which = syntax_.dep(c) == Dep::kPrep ? syntax_.child(c, Dep::kPobj) : std::nullopt;
      if (!where && !(which && syntax_.tag(*which) == "WDT")) continue;
      for (uint32_t clause = at, up = 0; up < kMaxSteps; ++up, clause = syntax_.head(clause)) {
        if (syntax_.dep(clause) == Dep::kRelcl) return because(nouns_.named(syntax_.head(clause)), kPlaceRelative);
        if (syntax_.head(clause) == clause) break;
      }
    }
    const Dep dep = syntax_.dep(at);
    if (dep != Dep::kXcomp && dep != Dep::kCcomp && dep != Dep::kConj) break;
    at = syntax_.head(at);
  }
  return std::nullopt;
}

/// The place of whatever a verb tells, without a frame.
std::optional<Place> EventPlaces::of_verb(uint32_t verb) const {
  if (auto place = goal(verb)) return place;
  if (auto place = object(verb)) return place;
  return located(verb, nullptr);
}

/// "Visited Oslo, meeting the king", "in a show of support": what goes along with an act is done where that is.
std::optional<Place> EventPlaces::of_governor(uint32_t word) const {
  uint32_t at = word;
  for (int step = 0; step < kMaxSteps; ++step) {
    const Dep dep = syntax_.dep(at);
    const uint32_t head = syntax_.head(at);
    const bool along = dep == Dep::kXcomp || (dep == Dep::kConj && syntax_.is_verbal(at) && !syntax_.child(at, Dep::kNsubj)) ||
                       (dep == Dep::kAdvcl && !syntax_.child(at, Dep::kMark) && !syntax_.is_finite(at)) ||
                       ((dep == Dep::kPobj || dep == Dep::kPcomp) && syntax_.dep(head) == Dep::kPrep &&
                        lexicon_.words().has(WordClass::kAlongPreposition, syntax_.lower(head))) ||
                       (dep == Dep::kPrep && at != word) || (dep == Dep::kDobj && has(WordClass::kLightVerb, head));
    if (!along || head == at) return std::nullopt;
    at = head;
    if (syntax_.is_verbal(at)) {
      if (auto place = of_verb(at)) return because(place, kPlaceGoverning);
    }
  }
  return std::nullopt;
}

/// "Sent to fight in Mali", "went to Oslo to sign".
std::optional<Place> EventPlaces::of_purpose(uint32_t word) const {
  if (!has(WordClass::kGoalWord, word)) return std::nullopt;
  for (const uint32_t c : children(word)) {
    const bool purpose = syntax_.is_infinitive(c) && (syntax_.dep(c) == Dep::kXcomp || syntax_.dep(c) == Dep::kAdvcl);
    if (!purpose) continue;
    if (auto place = of_verb(c)) return because(place, kPlacePurpose);
  }
  return std::nullopt;
}

std::optional<Place> EventPlaces::there(uint32_t word) const {
  for (const uint32_t c : children(word)) {
    if (syntax_.dep(c) != Dep::kAdvmod || !lexicon_.words().has(WordClass::kThatPlace, syntax_.lower(c))) continue;
    if (const PlaceMention* mention = nouns_.last_before(word)) {
      return because(mention->of_act(), kPlaceThere);
    }
  }
  return std::nullopt;
}

/// "Roe, speaking in Oslo, urged", "Roe, who had flown to Oslo, rejected", "sent to Oslo as envoy, Roe had briefed".
std::optional<Place> EventPlaces::whereabouts(uint32_t verb) const {
  if (!syntax_.is_verbal(verb)) return std::nullopt;
  std::vector<uint32_t> holders{verb};
  if (const auto subject = syntax_.logical_subject(verb)) holders.push_back(*subject);
  for (const uint32_t holder : holders) {
    if (auto place = of_clauses(holder)) return because(place, kPlaceWhereabouts);
  }
  return std::nullopt;
}

// ---- the passage

/// "Would invade": the land of a target that is told of elsewhere.
std::optional<Place> EventPlaces::of_target(const FrameHit& hit, const std::vector<Actor>& target) const {
  const bool land = has(WordClass::kLandWord, hit.trigger);
  const bool force = lexicon_.rule_of(hit.frame->type).place_is_target;
  if ((!land && !force) || target.size() != 1 || !is_state_code(target[0].country)) return std::nullopt;
  const auto& mentions = actors_.places().mentions();
  const auto mention = std::lower_bound(mentions.begin(), mentions.end(), target[0].span.begin,
                                        [](const PlaceMention& one, uint32_t begin) { return one.place.span.begin < begin; });
  if (mention != mentions.end() && target[0].span.contains(mention->place.span)) {
    const bool country = mention->place.precision == "country";
    const bool fired_at = !country && mention->place.span.contains(target[0].span);  // "opened fire on Homs"
    if (land || fired_at) return because(mention->of_act(), land ? kPlaceTarget : kPlaceObject);
  }
  if (!land) return std::nullopt;
  return Place{.text = target[0].text,
               .name = target[0].name,
               .country = target[0].country,
               .precision = "country",
               .span = target[0].span,
               .rule = kPlaceTarget};
}

/// "The attack": one that was told of with its place.
std::optional<Place> EventPlaces::told_before(const FrameHit& hit, std::span<const Candidate> before) const {
  if (hit.pattern->kind != PatternKind::kNoun) return std::nullopt;
  const auto determiner = syntax_.child(hit.trigger, Dep::kDet);
  if (!determiner || !lexicon_.words().has(WordClass::kDefinite, syntax_.lower(*determiner))) return std::nullopt;
  for (size_t i = before.size(), steps = 0; i-- > 0 && steps < kMaxActsBack; ++steps) {
    const Event& event = before[i].event;
    if (event.type != hit.frame->type) continue;
    return event.place ? because(event.place, kPlaceToldBefore) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Place> EventPlaces::of(const FrameHit& hit, const std::vector<Actor>& target, std::span<const Candidate> before) const {
  const bool speech = lexicon_.rule_of(hit.frame->type).is_speech;
  std::vector<uint32_t> words{hit.trigger};
  words.insert(words.end(), hit.words.begin(), hit.words.end());
  for (const uint32_t word : words) {
    if (auto place = in_name(word)) return place;
    if (speech) continue;
    if (auto place = object(word)) return place;
    if (auto place = goal(word)) return place;
  }
  if (auto place = speech ? because(located(hit.trigger, &hit), kPlaceAtAct) : at_act(hit)) return place;
  if (auto place = at_occasion(hit.trigger)) return place;
  if (!syntax_.is_verbal(hit.trigger)) {  // "a conference held in Oslo"
    if (auto place = of_clauses(hit.trigger)) return because(place, kPlaceAtAct);
  }
  if (auto place = by_relative(hit.trigger)) return place;
  if (auto place = there(hit.trigger)) return place;
  if (!speech) {
    if (auto place = of_force(hit)) return place;
    if (auto place = at_objects(hit)) return place;
    if (auto place = of_purpose(hit.trigger)) return place;
  }
  if (auto place = of_governor(hit.trigger)) return place;
  if (auto place = whereabouts(hit.trigger)) return place;
  if (auto place = of_target(hit, target)) return place;
  return told_before(hit, before);
}

}  // namespace casus
