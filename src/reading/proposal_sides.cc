#include "reading/proposal_sides.h"

#include <algorithm>
#include <utility>

namespace casus {
namespace {

using enum SideCost::Step;

constexpr size_t kMaxChildren = 64;  ///< of a word that are looked at
constexpr uint32_t kMaxBelow = 120;  ///< tokens behind a word among which somebody is looked for

bool is_same(const Actor& a, const Actor& b) { return a.country == b.country && (a.name == b.name || a.span == b.span); }

std::vector<Actor> known_ones(std::vector<Actor> actors) {
  std::erase_if(actors, [](const Actor& actor) { return !is_known(actor); });
  return actors;
}

}  // namespace

bool is_known(const Actor& actor) { return (!actor.country.empty() && actor.country != kNoCountry) || !actor.sector.empty(); }

bool is_within(const std::vector<Actor>& side, const std::vector<Actor>& other) {
  return std::all_of(side.begin(), side.end(), [&](const Actor& a) {
    return std::any_of(other.begin(), other.end(), [&](const Actor& b) { return is_same(a, b); });
  });
}

void SideChoices::add(std::vector<Actor> actors, uint32_t head, int cost) {
  if (actors.empty()) return;
  const bool placed = std::any_of(actors.begin(), actors.end(), [](const Actor& actor) { return !actor.country.empty(); });
  if (cost >= kContext && !placed) cost += kStranger;
  for (SideChoice& choice : all_) {
    if (!is_within(actors, choice.actors) || !is_within(choice.actors, actors)) continue;
    choice.cost = std::min(choice.cost, cost);
    return;
  }
  if (all_.size() < kMaxChoices) all_.push_back({std::move(actors), head, cost});
}

bool SideChoices::has_argument() const {
  return std::any_of(all_.begin(), all_.end(), [](const SideChoice& choice) { return choice.cost == kArgument; });
}

std::span<const uint32_t> SideFinder::kids(uint32_t token) const {
  const auto all = syntax_.children(token);
  return all.first(std::min(all.size(), kMaxChildren));
}

uint32_t SideFinder::token_of(const Actor& actor, uint32_t near) const {
  const Sentence& sentence = syntax_.sentence(near);
  uint32_t begin = sentence.begin, end = sentence.end;
  if (!syntax_.bytes(begin, end).contains(actor.span)) return near;
  while (end - begin > 1) {
    const uint32_t middle = begin + (end - begin) / 2;
    (syntax_.token(middle).span.begin < actor.span.end ? begin : end) = middle;
  }
  return begin;
}

void SideFinder::add_owners(std::vector<Actor> owners, uint32_t noun, int cost, SideChoices& side) const {
  owners = known_ones(std::move(owners));
  if (owners.empty()) return;
  const uint32_t head = token_of(owners.front(), noun);
  side.add(std::move(owners), head, cost);
}

/// The actors of a noun phrase, else those whose the thing is.
void SideFinder::add_noun(uint32_t noun, int cost, SideChoices& side) const {
  noun = actors_.repaired_head(noun);
  if (auto actors = known_ones(actors_.all(noun)); !actors.empty()) return side.add(std::move(actors), noun, cost);
  add_owners(actors_.owners(noun), noun, cost + kNear, side);
  auto strangers = actors_.all(noun);
  if (strangers.empty()) strangers = actors_.named(noun);
  side.add(std::move(strangers), noun, cost + kStranger);
}

void SideFinder::add_subject(uint32_t verb, int cost, SideChoices& side) const {
  if (const auto subject = syntax_.logical_subject(verb)) add_noun(*subject, cost, side);
  for (const uint32_t other : syntax_.subjects_who_did_so(verb)) add_noun(other, cost, side);
}

/// "Kenya and Mali agreed": the first may act towards the rest.
void SideFinder::add_fellows(uint32_t verb, ActSides& sides) const {
  if (const auto subject = syntax_.logical_subject(verb)) add_pair(*subject, kNear, sides);
}

/// Those behind the prepositions of a word, in the order of the text.
void SideFinder::add_behind(uint32_t word, int cost, SideChoices& side) const {
  const int place = syntax_.is_verbal(word) && !syntax_.logical_objects(word).empty() ? kIndirect : kNear;
  for (const uint32_t c : kids(word)) {
    const bool preposition = syntax_.dep(c) == Dep::kPrep || syntax_.dep(c) == Dep::kDative || syntax_.dep(c) == Dep::kPrt;
    if (!preposition || c < word || syntax_.lower(c) == "by") continue;
    const std::string* value = lexicon_.words().find(WordClass::kPreposition, syntax_.lower(c));
    const bool locates = value && *value == "place";
    const bool adjunct = lexicon_.words().has(WordClass::kAdjunct, syntax_.lower(c)) && syntax_.lower(c) != "with";
    const int extra = locates ? place : adjunct ? kContext : 0;
    for (const uint32_t object : syntax_.preposition_objects(c)) {
      add_noun(object, cost + extra, side);
      if (extra == 0) add_behind_noun(object, cost + kNear, side);
    }
    if (const auto verb = syntax_.child(c, Dep::kPcomp)) add_objects(*verb, cost + kIndirect, side);
  }
}

/// The same for the noun behind a preposition: "on trade with Kenya".
void SideFinder::add_behind_noun(uint32_t noun, int cost, SideChoices& side) const {
  for (const uint32_t c : kids(noun)) {
    if (syntax_.dep(c) != Dep::kPrep || c < noun) continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) add_noun(object, cost, side);
  }
}

void SideFinder::add_objects(uint32_t verb, int cost, SideChoices& side) const {
  for (const uint32_t object : syntax_.logical_objects(verb)) {
    add_noun(object, cost, side);
    add_behind(object, cost + kNear, side);
  }
}

/// Of clauses that tell what is said, wanted or done: who does it, and to whom.
void SideFinder::add_contents(uint32_t word, int cost, SideChoices& side) const {
  for (const uint32_t c : kids(word)) {
    const Dep dep = syntax_.dep(c);
    const bool content =
        dep == Dep::kCcomp || dep == Dep::kXcomp || (dep == Dep::kAcl && (syntax_.is_infinitive(c) || syntax_.child(c, Dep::kMark)));
    if (!content || c < word) continue;
    if (const auto subject = syntax_.surface_subject(c)) add_noun(*subject, cost, side);
    add_objects(c, cost, side);
    add_behind(c, cost, side);
  }
}

/// Whether a word below another stands in a clause beside it that has a subject of its own: "Kenya welcomed it, and Mali said so".
bool SideFinder::is_beside(uint32_t token, uint32_t word) const {
  for (int step = 0; step < kMaxWalk && token != word && syntax_.head(token) != token; ++step) {
    if (syntax_.dep(token) == Dep::kConj && syntax_.is_verbal(token) && syntax_.child(token, Dep::kNsubj)) return true;
    token = syntax_.head(token);
  }
  return false;
}

/// Anybody named below a word, in its own clause.
void SideFinder::add_below(uint32_t word, SideChoices& side) const {
  const uint32_t end = std::min(syntax_.right_edge(word), word + kMaxBelow);
  for (uint32_t t = word + 1; t < end; ++t) {
    const Dep dep = syntax_.dep(t);
    if (dep == Dep::kAppos) continue;
    const bool modifier = dep == Dep::kCompound || dep == Dep::kAmod;
    if ((modifier && !actors_.one(syntax_.head(t)).empty()) || is_beside(t, word)) continue;
    if (auto actors = known_ones(actors_.one(t)); !actors.empty()) side.add(std::move(actors), t, kContext + (modifier ? kNear : 0));
  }
}

/// Who acts in the clauses above, and towards whom. `nearest`: how far the subject of the first of them is from acting here too.
void SideFinder::add_above(uint32_t token, int nearest, ActSides& sides) const {
  uint32_t at = token;
  bool told = false;
  for (int step = 0; step < kMaxWalk && syntax_.head(at) != at; ++step) {
    told = told || syntax_.dep(at) == Dep::kCcomp;
    at = syntax_.head(at);
    if (!syntax_.is_verbal(at)) continue;
    add_subject(at, std::exchange(nearest, kContext), sides.sources);
    add_subject(at, told ? kEarlier : kContext, sides.targets);  // who tells of an act is seldom whom it is done to
    add_objects(at, kContext, sides.targets);
    add_behind(at, kContext, sides.targets);
  }
}

ActSides SideFinder::of_verb(uint32_t verb) const {
  ActSides sides;
  add_subject(verb, syntax_.is_verbal(verb) ? kArgument : kNear, sides.sources);
  add_fellows(verb, sides);
  const bool plain = syntax_.dep(verb) == Dep::kRelcl && !syntax_.child(verb, Dep::kAuxpass);
  if (plain) {  // "the ban that Kenya imposed by decree", read as a passive
    for (const Dep dep : {Dep::kNsubj, Dep::kNsubjpass}) {
      if (const auto doer = syntax_.child(verb, dep)) add_noun(*doer, kArgument, sides.sources);
    }
  }
  if (syntax_.is_passive(verb) && sides.sources.all().empty()) add_hidden_doers(verb, sides);
  add_objects(verb, kArgument, sides.targets);
  add_behind(verb, kNear, sides.targets);
  add_contents(verb, kIndirect, sides.targets);
  add_below(verb, sides.targets);
  add_above(verb, kContext, sides);
  if (const auto particle = syntax_.particle(verb)) sides.words.push_back(*particle);
  return sides;
}

/// Of a passive that says nobody does it: who announced it, whose the act is that it is done to, who is named below.
void SideFinder::add_hidden_doers(uint32_t verb, ActSides& sides) const {
  uint32_t at = verb;
  for (int step = 0; step < kMaxWalk && syntax_.head(at) != at && syntax_.dep(at) != Dep::kCcomp; ++step) at = syntax_.head(at);
  if (syntax_.dep(at) == Dep::kCcomp) add_subject(syntax_.head(at), kIndirect, sides.sources);
  for (const uint32_t object : syntax_.logical_objects(verb)) add_makers(object, sides);
  add_below(verb, sides.sources);
}

/// The verb whose object a noun is, also in a list of objects; for "talks held in Oslo" the one behind.
std::optional<uint32_t> SideFinder::verb_of(uint32_t noun) const {
  uint32_t first = noun;
  for (int step = 0; step < kMaxWalk && syntax_.dep(first) == Dep::kConj && syntax_.is_nominal(syntax_.head(first)); ++step)
    first = syntax_.head(first);
  const Dep dep = syntax_.dep(first);
  if ((dep == Dep::kDobj || dep == Dep::kNsubjpass) && syntax_.is_verbal(syntax_.head(first))) return syntax_.head(first);
  for (const uint32_t c : kids(noun)) {
    if (syntax_.dep(c) == Dep::kAcl && syntax_.is_passive(c)) return c;
  }
  return std::nullopt;
}

ActSides SideFinder::of_noun(uint32_t noun) const {
  ActSides sides;
  add_owners(actors_.owners_before(noun), noun, kArgument, sides.sources);
  add_makers(noun, sides);
  if (const auto verb = verb_of(noun)) {
    const bool light = lexicon_.words().has(WordClass::kLightVerb, syntax_.lemma(*verb));
    if (light) sides.words.push_back(*verb);
    add_subject(*verb, light ? kArgument : kNear, sides.sources);
    add_fellows(*verb, sides);
    add_behind(noun, kArgument, sides.targets);
    add_objects(*verb, light ? kArgument : kIndirect, sides.targets);
    add_behind(*verb, light ? kNear : kIndirect, sides.targets);
  } else {
    add_behind(noun, kArgument, sides.targets);
  }
  add_owners(actors_.owners_before(noun), noun, kIndirect, sides.targets);
  add_contents(noun, kNear, sides.targets);
  add_below(noun, sides.targets);
  add_above(noun, kIndirect, sides);
  return sides;
}

/// Those behind "by", "from", "of".
void SideFinder::add_makers(uint32_t noun, ActSides& sides) const {
  for (const uint32_t c : kids(noun)) {
    const std::string& word = syntax_.lower(c);
    const bool agent = syntax_.dep(c) == Dep::kAgent || word == "by" || word == "from";
    if ((syntax_.dep(c) != Dep::kPrep && syntax_.dep(c) != Dep::kAgent) || (!agent && word != "of" && word != "between")) continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) {
      if (word == "between")
        add_pair(object, kArgument, sides);
      else
        add_noun(object, agent ? kArgument : kNear, sides.sources);
    }
  }
}

/// "Between Kenya and Mali": the first towards the rest.
void SideFinder::add_pair(uint32_t noun, int cost, ActSides& sides) const {
  auto actors = actors_.all(noun);
  if (actors.size() < 2) return;
  std::vector<Actor> rest(actors.begin() + 1, actors.end());
  actors.resize(1);
  const uint32_t head = token_of(rest.front(), noun);
  sides.sources.add(std::move(actors), noun, cost);
  sides.targets.add(std::move(rest), head, cost);
}

}  // namespace casus
