#include "reading/actors.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

namespace casus {
namespace {

constexpr uint32_t kMaxPhraseTokens = 12;  ///< before the head of a noun phrase
constexpr size_t kFewestOfStory = 3;       ///< mentions of countries that make a story one of a country
constexpr uint32_t kSettingSentences = 3;  ///< at the beginning, headline and all: they tell where a story plays
constexpr size_t kSettingWeight = 3;       ///< of a mention there
constexpr double kShareOfStory = 0.25;     ///< of the mentions of countries, for the country of the story
constexpr uint32_t kMaxFronted = 8;        ///< tokens at the beginning of a sentence that tell where it plays
constexpr size_t kMaxMemory = 400;         ///< mentions that a reference looks back over
constexpr uint32_t kMaxSentencesBack = 3;

bool is_modifier(Dep dep) { return dep == Dep::kAmod || dep == Dep::kCompound || dep == Dep::kNmod || dep == Dep::kPoss; }

void append(std::vector<Actor>& to, const std::vector<Actor>& from) {
  for (const Actor& actor : from) {
    const auto same = [&](const Actor& other) { return other.span == actor.span && other.country == actor.country; };
    if (std::none_of(to.begin(), to.end(), same)) to.push_back(actor);
  }
}

}  // namespace

Actors::Actors(const Syntax& syntax, const Lexicon& lexicon, ReadingTrace* trace)
    : syntax_(syntax),
      lexicon_(lexicon),
      markup_(syntax, lexicon),
      places_(syntax, lexicon, markup_),
      people_(syntax, lexicon, with_places()),
      found_(),
      salient_(),
      trace_(trace) {
  story_ = story();
  name_everybody();
  name_partitives();
  resolve_references();
  place_strangers();
  if (trace_) fill_trace();
}

/// The markup with the places that the gazetteer knows and the article makes sure: "people in Digha" are India's. A name that means another
/// country's place here than elsewhere ("Georgia" among US states) is that one.
const Markup& Actors::with_places() {
  for (const PlaceMention& mention : places_.mentions()) {
    const NameHit* hit = markup_.name_at(mention.begin);
    const bool other = hit && hit->begin == mention.begin && hit->end == mention.end && hit->entry->country != mention.place.country;
    if (!mention.is_sure || mention.place.country.empty() || (hit && !other)) continue;
    markup_.add_place(
        mention.begin, mention.end,
        {.name = mention.place.name, .country = mention.place.country, .place = mention.place.precision, .kind = NameKind::kPlace});
  }
  return markup_;
}

Actor Actors::make(uint32_t begin, uint32_t end, std::string country, std::string sector) const {
  Actor actor;
  actor.span = syntax_.bytes(begin, end);
  actor.text = std::string(syntax_.doc().article().view(actor.span));
  actor.name = actor.text;
  actor.country = std::move(country);
  actor.sector = std::move(sector);
  if (actor.country == kInternational) actor.sector = kInternational;
  return actor;
}

uint32_t Actors::phrase_begin(uint32_t head, uint32_t limit) const {
  uint32_t begin = std::max(syntax_.left_edge(head), syntax_.sentence(head).begin);
  const auto is_beside = [&](uint32_t token) {  // "the new US troop deployment": US troops
    return markup_.name_at(token) && is_modifier(syntax_.dep(token)) && syntax_.head(token) == syntax_.head(head);
  };
  if (syntax_.dep(head) == Dep::kCompound && begin > syntax_.sentence(head).begin && is_beside(begin - 1)) --begin;
  if (limit > kMaxPhraseTokens) begin = std::max(begin, limit - kMaxPhraseTokens);
  for (uint32_t t = limit; t-- > begin;) {  // a clause, a comma or a quotation mark ends the phrase
    if (syntax_.pos(t) == Pos::kPunct && syntax_.text(t) != "-") return t + 1;
    if (syntax_.pos(t) == Pos::kSconj || syntax_.pos(t) == Pos::kAdp || syntax_.pos(t) == Pos::kAux) return t + 1;
  }
  return begin;
}

uint32_t Actors::repaired_head(uint32_t head) const {
  if (const PersonMention* mention = people_.mention_at(head)) {  // "his counterpart Juan Roe": the name is taken for an apposition
    const uint32_t name = mention->end - 1;
    return head < mention->name_begin && syntax_.is_below(name, head) ? name : head;
  }
  const bool is_day =
      lexicon_.words().has(WordClass::kWeekday, syntax_.lower(head)) || lexicon_.words().has(WordClass::kMonth, syntax_.lower(head));
  if (!is_day) return head;
  for (const uint32_t c : syntax_.children(head)) {
    if (syntax_.dep(c) == Dep::kCompound && (markup_.name_at(c) || people_.mention_at(c))) return c;
  }
  return head;
}

// ---- noun phrases with names and terms

void Actors::name_everybody() {
  for (uint32_t t = 0; t < syntax_.size(); ++t) {
    if (!syntax_.is_nominal(t) && !markup_.name_at(t)) continue;
    if (auto actors = describe(t); !actors.empty()) found_.emplace(phrase_head(t), std::move(actors));
  }
}

/// The word on which a known name or term hangs that ends at a token: "leader" of "leader of the opposition".
uint32_t Actors::phrase_head(uint32_t end_token) const {
  const TermHit* term = markup_.term_at(end_token);
  const NameHit* name = markup_.name_at(end_token);
  const uint32_t begin = name && name->end == end_token + 1 ? name->begin : term && term->end == end_token + 1 ? term->begin : end_token;
  uint32_t head = end_token;
  for (int step = 0; step < kMaxWalk && syntax_.head(head) != head && syntax_.head(head) >= begin && syntax_.head(head) < end_token; ++step)
    head = syntax_.head(head);
  return syntax_.is_nominal(head) ? head : end_token;
}

bool Actors::is_partitive(uint32_t token) const {
  return syntax_.pos(token) == Pos::kNum || syntax_.pos(token) == Pos::kDet || syntax_.pos(token) == Pos::kPron ||
         lexicon_.words().has(WordClass::kPartitive, syntax_.lemma(token));
}

uint32_t Actors::part_of(uint32_t noun) const {
  if (!is_partitive(noun)) return noun;
  for (const uint32_t c : syntax_.children(noun)) {
    if (c < noun || syntax_.dep(c) != Dep::kPrep || syntax_.lower(c) != "of") continue;
    if (const auto whole = syntax_.child(c, Dep::kPobj)) return *whole;
  }
  return noun;
}

/// "Dozens of protesters", "ten of its soldiers", "a group of senators" stand for those behind "of".
void Actors::name_partitives() {
  for (uint32_t t = 0; t < syntax_.size(); ++t) {
    if (!is_partitive(t) || (found_.contains(t) && syntax_.pos(t) == Pos::kNoun && !found_.at(t).front().country.empty())) continue;
    for (const uint32_t c : syntax_.children(t)) {
      if (syntax_.dep(c) != Dep::kPrep || syntax_.lower(c) != "of" || c < t) continue;
      for (const uint32_t object : syntax_.preposition_objects(c)) {
        auto actors = all(object);
        if (actors.empty()) continue;
        actors[0].span = syntax_.bytes(phrase_begin(t, t), object + 1);
        actors[0].text = std::string(syntax_.doc().article().view(actors[0].span));
        note(t, {.rule = MentionRule::kPart, .from = object});
        found_.insert_or_assign(t, std::move(actors));
      }
    }
  }
}

std::vector<Actor> Actors::describe(uint32_t head) const {
  if (const PersonMention* mention = people_.mention_at(head)) {
    if (head + 1 == mention->end) return noted({of_person(*mention)}, head, {.rule = MentionRule::kPerson, .person = mention->person});
    if (head >= mention->name_begin) return {};
    if (syntax_.dep(head) != Dep::kPoss && !markup_.name_at(head)) return {};
  }
  if (const NameHit* hit = markup_.name_at(head)) {
    if (head + 1 != hit->end || hit->entry->country.empty()) return {};  // a sea is nobody
    return noted({of_name(*hit, head)}, head, {.rule = MentionRule::kName, .name = hit->entry});
  }
  if (const TermHit* hit = markup_.term_at(head); hit && head + 1 == hit->end) return of_term(*hit, head);
  const bool pair =
      lexicon_.words().has(WordClass::kCounterpart, syntax_.lemma(head)) || lexicon_.words().has(WordClass::kOwnSide, syntax_.lemma(head));
  if (pair && syntax_.pos(head) != Pos::kVerb) return of_term({head, head + 1, nullptr}, head);
  if (lexicon_.words().has(WordClass::kMateriel, syntax_.lemma(head)) && !names_before(head, head).empty()) {
    static const Term kMateriel{.words = {}, .sector = kForces, .kind = TermKind::kGroup};
    return of_term({head, head + 1, &kMateriel}, head);
  }
  if (syntax_.tag(head) == "NN") {
    if (auto actors = of_apposition(head, phrase_begin(head, head), {head, head + 1, nullptr}); !actors.empty()) return actors;
  }
  const Token& token = syntax_.token(head);
  if (syntax_.doc().ent_type(token) == "ORG" && !(head + 1 < syntax_.sentence(head).end && syntax_.token(head + 1).ent_iob == 1)) {
    uint32_t begin = head;
    while (begin > syntax_.sentence(head).begin && syntax_.token(begin).ent_iob == 1) --begin;
    Actor actor = make(begin, head + 1, "", "");
    if (const auto names = names_before(head, begin); !names.empty()) actor.country = names.back()->entry->country;
    return noted({actor}, head, {.rule = MentionRule::kEntity});
  }
  return {};
}

Actor Actors::of_person(const PersonMention& mention) const {
  const Person& person = people_.persons()[mention.person];
  std::string sector = person.sector;
  if (sector.empty() && !person.country.empty() && !person.titles.empty()) sector = kGovernment;
  Actor actor = make(mention.begin, mention.end, person.country, std::move(sector));
  actor.name = person.full_name();
  actor.is_person = true;
  return actor;
}

Actor Actors::of_name(const NameHit& hit, uint32_t head) const {
  uint32_t begin = hit.begin;
  const uint32_t edge = phrase_begin(head, hit.begin);
  if (hit.begin - edge <= 4 && hit.entry->kind != NameKind::kDemonym) begin = edge;
  if (begin < hit.begin && (syntax_.tag(begin) == "POS" || syntax_.pos(begin) == Pos::kVerb)) begin = hit.begin;
  Actor actor = make(begin, hit.end, hit.entry->country, hit.entry->sector);
  const bool is_place = hit.entry->kind == NameKind::kCapital || hit.entry->kind == NameKind::kPlace;
  actor.name = is_place ? std::string(syntax_.doc().article().view(syntax_.bytes(hit.begin, hit.end))) : hit.entry->name;
  if (hit.entry->kind == NameKind::kDemonym && syntax_.is_nominal(head) && !is_modifier(syntax_.dep(head))) actor.sector = kCivilians;
  if (hit.entry->kind == NameKind::kDemonym && is_modifier(syntax_.dep(head))) actor.sector = kGovernment;
  return actor;
}

/// "The former Soviet state", "the ex-Yugoslav republic", "the former French colony": of what is no more.
bool Actors::was_once(const NameHit& name, uint32_t head) const {
  const bool land =
      lexicon_.words().has(WordClass::kStateNoun, syntax_.lemma(head)) || lexicon_.words().has(WordClass::kHolding, syntax_.lemma(head));
  if (!land) return false;
  uint32_t before = name.begin;
  const uint32_t begin = syntax_.sentence(head).begin;
  if (before > begin && syntax_.text(before - 1) == "-") --before;
  return before > begin && lexicon_.words().has(WordClass::kPastOffice, syntax_.lower(before - 1));
}

/// The names that stand before a noun in its phrase, left to right: those joined by "and", else only the nearest.
std::vector<const NameHit*> Actors::names_before(uint32_t head, uint32_t begin) const {
  std::vector<const NameHit*> names;
  const uint32_t edge = phrase_begin(head, begin);
  bool joined = true;
  for (uint32_t t = begin; t-- > edge;) {
    const NameHit* hit = markup_.name_at(t);
    if (hit && !hit->fused && hit->entry->kind != NameKind::kPerson && !was_once(*hit, head)) {
      if (joined || names.empty()) names.insert(names.begin(), hit);
      joined = false;
      t = std::max(hit->begin, edge);
    } else {
      joined = joined || syntax_.pos(t) == Pos::kCconj || syntax_.text(t) == "-" || syntax_.text(t) == ",";
    }
  }
  return names;
}

/// The actors behind "of", "from", "in" after a noun; `end` is moved behind the first.
std::vector<Actor> Actors::places_behind(uint32_t head, uint32_t& end) const {
  std::vector<Actor> actors;
  std::vector<uint32_t> prepositions;
  for (const uint32_t c : syntax_.children(head)) {
    if (syntax_.dep(c) == Dep::kPrep && c > head) prepositions.push_back(c);
  }
  const bool next_is_free = head + 1 < syntax_.sentence(head).end && syntax_.dep(head + 1) == Dep::kPrep && syntax_.head(head + 1) != head;
  if (next_is_free && (syntax_.lower(head + 1) == "of" || syntax_.lower(head + 1) == "from")) prepositions.push_back(head + 1);
  for (const uint32_t c : prepositions) {
    const std::string& word = syntax_.lower(c);
    if (word != "of" && word != "from" && word != "in" && word != "for") continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) {
      for (const uint32_t noun : syntax_.coordinated(object)) {
        const NameHit* hit = markup_.name_at(noun);
        if (const PlaceMention* place = places_.at(noun); !hit && place && noun + 1 == place->end && !place->place.country.empty()) {
          actors.push_back(make(place->begin, place->end, place->place.country, ""));
          end = std::max(end, place->end);
          break;
        }
        if (!hit || hit->entry->kind == NameKind::kPerson || !syntax_.is_nominal(noun)) continue;
        if (noun + 1 == hit->end && !markup_.term_at(noun)) actors.push_back(of_name(*hit, noun));
        if (actors.size() == 1) end = std::max(end, hit->end);
      }
    }
    if (!actors.empty()) break;
  }
  return actors;
}

/// "The Chilean president, Juan Roe": the person named behind an office or, where its word is no known term, behind any noun.
std::vector<Actor> Actors::of_apposition(uint32_t noun, uint32_t begin, const TermHit& office) const {
  for (const uint32_t c : syntax_.children(noun)) {
    const PersonMention* mention = syntax_.dep(c) == Dep::kAppos && c > noun ? people_.mention_at(c) : nullptr;
    if (!mention) continue;
    Actor actor = of_person(*mention);
    const Actor here = make(begin, office.end, "", "");
    actor.text = here.text;
    actor.span = here.span;
    return noted({actor}, noun, {.rule = MentionRule::kTitleOf, .term = office.term, .person = mention->person, .from = c});
  }
  return {};
}

std::vector<Actor> Actors::of_term(const TermHit& hit, uint32_t head) const {
  const std::string_view sector = hit.term ? std::string_view(hit.term->sector) : std::string_view(kGovernment);
  const auto sector_for = [&](std::string_view country, std::string_view of_name) {
    if (!sector.empty()) return std::string(sector);
    if (!of_name.empty()) return std::string(of_name);
    return std::string(country.empty() ? "" : kGovernment);
  };
  const uint32_t top = phrase_head(head);
  const uint32_t begin = phrase_begin(top, hit.begin);
  if (auto actors = of_apposition(top, begin, hit); !actors.empty()) return actors;
  const bool own_side = lexicon_.words().has(WordClass::kOwnSide, syntax_.lemma(head));
  std::vector<Actor> actors;
  const auto names = names_before(top, hit.end - 1);  // also the names in the term itself: "NATO allies"
  for (size_t i = 0; i < names.size(); ++i) {
    const NameEntry& entry = *names[i]->entry;
    const bool keeps = !own_side || entry.country == kInternational;
    Actor actor = i + 1 == names.size() ? make(names.size() == 1 ? begin : std::min(names[i]->begin, hit.begin), hit.end, entry.country,
                                               sector_for(entry.country, ""))
                                        : make(names[i]->begin, names[i]->end, entry.country, sector_for(entry.country, ""));
    if (!keeps) actor.country = kNoCountry;
    actors.push_back(std::move(actor));
  }
  if (!actors.empty())
    return noted(std::move(actors), head, {.rule = MentionRule::kNamedTerm, .name = names.back()->entry, .term = hit.term});
  uint32_t end = hit.end;
  const bool owned = syntax_.child(top, Dep::kPoss).has_value();  // "its troops from Georgia" are not Georgia's
  std::vector<Actor> behind = own_side || owned ? std::vector<Actor>() : places_behind(top, end);
  for (size_t i = 0; i < behind.size(); ++i) {
    Actor actor = std::move(behind[i]);
    const std::string own_sector = sector_for(actor.country, actor.sector);
    actors.push_back(i == 0 ? make(begin, end, actor.country, own_sector) : std::move(actor));
    if (actors.back().country != kInternational) actors.back().sector = own_sector;
  }
  note(head, {.rule = actors.empty() ? MentionRule::kTerm : MentionRule::kPlacedTerm, .term = hit.term});
  if (actors.empty())
    actors.push_back(make(begin, hit.end, own_side ? kNoCountry : sector == kInternational ? kInternational : "", std::string(sector)));
  return actors;
}

// ---- references

void Actors::resolve_references() {
  for (uint32_t t = 0; t < syntax_.size(); ++t) {
    refer(t);
    if (is_salient(t)) remember(t);
  }
  name_partitives();  // "ten of its soldiers", now that it is known whose
}

bool Actors::is_salient(uint32_t token) const {
  const auto found = found_.find(token);
  if (found == found_.end() || found->second.empty()) return false;
  const Dep dep = syntax_.dep(token);
  return !is_modifier(dep) || dep == Dep::kPoss;
}

void Actors::remember(uint32_t token) {
  const std::vector<Actor>& actors = found_.at(token);
  const bool subject = syntax_.dep(token) == Dep::kNsubj || syntax_.dep(token) == Dep::kNsubjpass;
  const TermHit* term = markup_.term_at(token);
  const bool plural =
      actors.size() > 1 || syntax_.tag(token) == "NNS" || syntax_.tag(token) == "NNPS" || syntax_.coordinated(token).size() > 1;
  const NameHit* name = markup_.name_at(token);
  const bool country =
      name && !people_.mention_at(token) &&
      (name->entry->kind == NameKind::kCountry || name->entry->kind == NameKind::kSeat || name->entry->kind == NameKind::kCapital);
  const std::string* pronoun = lexicon_.words().find(WordClass::kPronoun, syntax_.lower(token));
  Kind kind = Kind::kThing;
  if (people_.mention_at(token) || (pronoun && *pronoun == "person") || (term && term->term->kind == TermKind::kTitle))
    kind = Kind::kPerson;
  if ((plural && !country && !people_.mention_at(token)) || (pronoun && *pronoun == "plural")) kind = Kind::kPlural;
  const uint32_t verb = syntax_.head(token);
  const bool main = subject && (syntax_.head(verb) == verb ||
                                (syntax_.dep(verb) == Dep::kConj && syntax_.head(syntax_.head(verb)) == syntax_.head(verb)));
  salient_.push_back({token, kind, subject, main});
}

void Actors::refer(uint32_t token) {
  if (syntax_.tag(token) == "WP$") return refer_to_relative(token);
  if (const std::string* person = lexicon_.words().find(WordClass::kPronoun, syntax_.lower(token));
      person && (syntax_.pos(token) == Pos::kPron || syntax_.tag(token) == "PRP$")) {
    if (auto actors = of_pronoun(token, *person); !actors.empty()) {
      const Actor mention = make(token, token + 1, "", "");
      const ByteSpan sentence = syntax_.doc().span(syntax_.sentence(token));
      for (Actor& actor : actors) {
        if (sentence.contains(actor.span)) continue;  // the words that it stands for say more than "it"
        actor.span = mention.span;
        actor.text = mention.text;
      }
      found_.insert_or_assign(token, std::move(actors));
    }
    return;
  }
  if (const NameHit* name = markup_.name_at(token); name && name->entry->kind == NameKind::kDemonym)
    return refer_to_countryman(token, *name);
  if (!syntax_.is_nominal(token) || people_.mention_at(token) || markup_.name_at(token)) return;
  bool two = false;
  bool definite = syntax_.pos(token) == Pos::kPropn;
  std::optional<uint32_t> owner;
  for (const uint32_t c : syntax_.children(token)) {
    two = two || lexicon_.words().has(WordClass::kPairWord, syntax_.lower(c));
    definite = definite || lexicon_.words().has(WordClass::kDefinite, syntax_.lower(c));
    if (syntax_.dep(c) == Dep::kPoss) owner = c;
  }
  const auto known = found_.find(token);
  const bool own_side = lexicon_.words().has(WordClass::kOwnSide, syntax_.lemma(token));  // "our allies" are not we
  const bool without_country = known != found_.end() && known->second.size() == 1 && !own_side &&
                               (known->second[0].country.empty() || (owner && known->second[0].country == kInternational));
  std::vector<Actor> actors;
  if (two && lexicon_.words().has(WordClass::kPairNoun, syntax_.lemma(token)) && (known == found_.end() || without_country)) {
    actors = of_both_sides(token);
  } else if (without_country && owner) {
    if (const auto whose = found_.find(*owner); whose != found_.end() && !whose->second.empty()) {
      actors = {known->second[0]};
      const bool other = lexicon_.words().has(WordClass::kOtherSide, syntax_.lemma(token));
      actors[0].country = other ? other_side(token, whose->second[0].country) : whose->second[0].country;
      if (actors[0].sector.empty() || actors[0].country == kInternational || actors[0].sector == kInternational)
        actors[0].sector = whose->second[0].sector;
      note(token, {.rule = MentionRule::kOwned, .from = owner});
    }
  } else if (definite &&
             (without_country || (known == found_.end() && lexicon_.words().has(WordClass::kStateNoun, syntax_.lemma(token))))) {
    actors = as_before(token);
  }
  if (actors.empty() && without_country && lexicon_.ontology().is_state(known->second[0].sector)) {
    if (std::string country = story_.country.empty() ? only_country_before(token) : ""; !country.empty()) {
      actors = known->second;
      actors[0].country = std::move(country);
    }
  }
  if (actors.empty()) return;
  const Actor mention = known == found_.end() ? make(phrase_begin(token, token), token + 1, "", "") : known->second[0];
  for (Actor& actor : actors) {
    actor.span = mention.span;
    actor.text = mention.text;
    if (actor.name.empty()) actor.name = mention.text;
  }
  found_.insert_or_assign(token, std::move(actors));
}

/// "Its neighbour", "his hosts": the country of the last state actor of another than the owner's, in this sentence or the one before; else
/// that of nobody.
std::string Actors::other_side(uint32_t token, const std::string& own) const {
  if (own.empty()) return "";
  for (size_t i = salient_.size(), steps = 0; i-- > 0 && steps < kMaxMemory; ++steps) {
    if (syntax_.token(token).sentence - syntax_.token(salient_[i].token).sentence > kMaxSentencesBack) break;
    for (const Actor& actor : one(salient_[i].token)) {
      if (actor.country.size() == 3 && actor.country != own && lexicon_.ontology().is_state(actor.sector)) return actor.country;
    }
  }
  return kNoCountry;
}

/// "Kenya, whose troops had left": the noun that the clause is about.
void Actors::refer_to_relative(uint32_t token) {
  uint32_t at = token;
  for (int step = 0; step < kMaxWalk && syntax_.dep(at) != Dep::kRelcl && syntax_.head(at) != at; ++step) at = syntax_.head(at);
  const uint32_t noun = syntax_.head(at);
  if (syntax_.dep(at) != Dep::kRelcl || noun >= token || one(noun).empty()) return;
  found_.insert_or_assign(token, noted(one(noun), token, {.rule = MentionRule::kPronoun, .from = noun}));
}

/// "The Russian": the last person of that country.
void Actors::refer_to_countryman(uint32_t token, const NameHit& name) {
  const auto kids = syntax_.children(token);
  const bool definite = std::any_of(kids.begin(), kids.end(), [&](uint32_t c) {
    return syntax_.dep(c) == Dep::kDet && lexicon_.words().has(WordClass::kDefinite, syntax_.lower(c));
  });
  const bool one_of_them =
      token + 1 == name.end && (syntax_.tag(token) == "NN" || syntax_.tag(token) == "NNP") && !is_modifier(syntax_.dep(token));
  if (!definite || !one_of_them || !found_.contains(token)) return;
  for (size_t i = salient_.size(), steps = 0; i-- > 0 && steps < kMaxMemory; ++steps) {
    const std::vector<Actor>& actors = one(salient_[i].token);
    if (!people_.mention_at(salient_[i].token) || actors.empty() || actors[0].country != name.entry->country) continue;
    Actor& actor = found_.at(token)[0];
    actor.name = actors[0].name;
    actor.sector = actors[0].sector;
    return;
  }
}

std::vector<Actor> Actors::of_pronoun(uint32_t token, const std::string& person) const {
  if (person == "first") return of_speaker(token);
  const Kind kind = person == "person" ? Kind::kPerson : person == "plural" ? Kind::kPlural : Kind::kThing;
  if (auto speaker = governing_speaker(token, kind); !speaker.empty()) return speaker;
  auto found = antecedent(token, kind, kind == Kind::kThing ? 1 : kMaxSentencesBack);
  if (!found && kind == Kind::kPlural &&
      syntax_.dep(token) == Dep::kDobj) {  // "Russia has a choice. We urge them to wait": a state is many
    found = antecedent(token, Kind::kThing, 1);
  }
  if (!found) return {};
  return noted(kind == Kind::kPlural ? all(*found) : one(*found), token, {.rule = MentionRule::kPronoun, .from = found});
}

/// The nearest mention of a kind: subjects before others, this sentence before earlier ones, never a fellow argument.
std::optional<uint32_t> Actors::antecedent(uint32_t token, Kind kind, uint32_t sentences_back) const {
  const uint32_t here = syntax_.token(token).sentence;
  const bool possessive = syntax_.dep(token) == Dep::kPoss;
  std::optional<uint32_t> second_best;
  bool second_is_subject = false;
  uint32_t second_sentence = 0;
  size_t steps = 0;
  for (size_t i = salient_.size(); i-- > 0 && steps < kMaxMemory; ++steps) {
    const Salient& mention = salient_[i];
    const uint32_t there = syntax_.token(mention.token).sentence;
    if (here - there > sentences_back) break;
    if (second_best && there != second_sentence) break;
    if (mention.kind != kind || one(mention.token).empty()) continue;
    if (there == here && !possessive && is_fellow(mention.token, token)) continue;
    if (syntax_.head(token) == mention.token || syntax_.is_below(token, mention.token)) continue;
    if (mention.main || (mention.subject && there == here)) return mention.token;
    if (!second_best || (mention.subject && !second_is_subject)) {
      second_best = mention.token;
      second_is_subject = mention.subject;
      second_sentence = there;
    }
  }
  return second_best;
}

/// Whether a mention and a pronoun are two arguments of one verb, and so two people: "Doe met him", "in a call with Roe,
/// he …", "Reagan phoned Galtieri and urged him".
bool Actors::is_fellow(uint32_t mention, uint32_t token) const {
  const auto verb_above = [&](uint32_t at) {
    for (int step = 0; step < kMaxWalk && syntax_.head(at) != at; ++step) {
      at = syntax_.head(at);
      if (syntax_.is_verbal(at)) break;
    }
    return at;
  };
  const uint32_t verb = verb_above(token);
  if (verb_above(mention) == verb) return true;
  return syntax_.is_verbal(verb) && syntax_.surface_subject(verb) == mention && syntax_.surface_subject(verb) != token;
}

/// Whether a noun that speaks may be meant by a pronoun of this kind.
bool Actors::is_kind(uint32_t noun, Kind kind) const {
  const TermHit* term = markup_.term_at(noun);
  const std::string* pronoun = lexicon_.words().find(WordClass::kPronoun, syntax_.lower(noun));
  const bool many = syntax_.tag(noun) == "NNS" || syntax_.coordinated(noun).size() > 1 || (pronoun && *pronoun == "plural");
  if (kind == Kind::kPlural) return many;
  const bool person = people_.mention_at(noun) ||
                      (term && term->term && term->term->kind == TermKind::kTitle && syntax_.tag(noun) != "NNS") ||
                      (pronoun && *pronoun == "person");
  return !many && (kind == Kind::kPerson) == person;
}

/// In "the Chilean leader's aides said he would …", the leader; in "Doe said he would …", Doe; in "Chile denied that it …", Chile.
std::vector<Actor> Actors::governing_speaker(uint32_t token, Kind kind) const {
  uint32_t at = syntax_.head(token);
  for (int step = 0; step < kMaxWalk && syntax_.head(at) != at; ++step) {
    const uint32_t verb = syntax_.head(at);
    if (syntax_.dep(at) == Dep::kCcomp && verb < token && lexicon_.words().has(WordClass::kSpeechVerb, syntax_.lemma(verb))) {
      for (const uint32_t c : syntax_.children(verb)) {
        if (syntax_.dep(c) != Dep::kNsubj) continue;
        const auto owner = kind == Kind::kPerson ? syntax_.child(c, Dep::kPoss) : std::nullopt;
        for (const uint32_t noun : {c, owner.value_or(c)}) {
          if (is_kind(noun, kind) && !one(noun).empty()) return noted(one(noun), token, {.rule = MentionRule::kPronoun, .from = noun});
        }
      }
      return {};
    }
    at = verb;
  }
  return {};
}

/// Who says "I" and "we": the subject of the verb of speech above, else the last speaker of the same block.
std::vector<Actor> Actors::of_speaker(uint32_t token) const {
  uint32_t at = token;
  for (int step = 0; step < kMaxWalk && syntax_.head(at) != at; ++step) {
    at = syntax_.head(at);
    if (!syntax_.is_verbal(at) || !lexicon_.words().has(WordClass::kSpeechVerb, syntax_.lemma(at))) continue;
    for (const uint32_t c : syntax_.children(at)) {
      const bool subject = syntax_.dep(c) == Dep::kNsubj;
      const std::string* pronoun = lexicon_.words().find(WordClass::kPronoun, syntax_.lower(c));
      if (!subject || (pronoun && *pronoun == "first") || syntax_.is_below(token, c)) continue;
      if (pronoun && !found_.contains(c)) {  // "…," he said: not read yet
        if (const auto before = antecedent(c, *pronoun == "plural" ? Kind::kPlural : Kind::kPerson, kMaxSentencesBack))
          return noted(one(*before), token, {.rule = MentionRule::kSpeaker, .from = before});
      }
      return noted(one(c), token, {.rule = MentionRule::kSpeaker, .from = c});
    }
  }
  for (size_t i = salient_.size(), steps = 0; i-- > 0 && steps < kMaxMemory; ++steps) {
    const uint32_t mention = salient_[i].token;
    if (syntax_.sentence(mention).block != syntax_.sentence(token).block) break;
    const uint32_t verb = syntax_.head(mention);
    if (salient_[i].subject && syntax_.token(mention).sentence != syntax_.token(token).sentence && syntax_.head(verb) == verb &&
        lexicon_.words().has(WordClass::kSpeechVerb, syntax_.lemma(verb))) {
      return noted(one(mention), token, {.rule = MentionRule::kSpeaker, .from = mention});
    }
  }
  return {};
}

/// Whether somebody may be one of "the two sides": governments and armies.
bool Actors::may_be_side(const Actor& actor) {
  return !actor.country.empty() && actor.country != kNoCountry &&
         (actor.sector.empty() || actor.sector == kGovernment || actor.sector == kForces);
}

/// The last two of different countries, in their order; `among`: only of these countries, if there are any.
std::vector<Actor> Actors::of_pair(uint32_t token, bool persons_only, const std::vector<std::string>& among) const {
  std::vector<Actor> pair;
  uint32_t first = 0;
  for (size_t i = salient_.size(), steps = 0; i-- > 0 && steps < kMaxMemory && pair.size() < 2; ++steps) {
    if (persons_only && salient_[i].kind != Kind::kPerson) continue;
    std::vector<Actor> actors = one(salient_[i].token);
    for (size_t k = actors.size(); k-- > 0 && pair.size() < 2;) {
      const Actor& actor = actors[k];
      if (!may_be_side(actor) || (!among.empty() && std::ranges::find(among, actor.country) == among.end())) continue;
      if (!pair.empty() && pair[0].country == actor.country) continue;
      pair.push_back(actor);
      first = salient_[i].token;
    }
  }
  if (pair.size() < 2) return {};
  std::reverse(pair.begin(), pair.end());
  return noted(std::move(pair), token, {.rule = MentionRule::kPair, .from = first});
}

/// The countries of those who may be sides and whom the sentence has named so far.
std::vector<std::string> Actors::countries_so_far(uint32_t token) const {
  std::vector<std::string> countries;
  for (size_t i = salient_.size(); i-- > 0;) {
    if (syntax_.token(salient_[i].token).sentence != syntax_.token(token).sentence) break;
    for (const Actor& actor : one(salient_[i].token)) {
      if (may_be_side(actor) && std::ranges::find(countries, actor.country) == countries.end()) countries.push_back(actor.country);
    }
  }
  return countries;
}

/// "The two sides": of the two countries that the sentence has named so far, else of the two of the story, else the last two. People before
/// countries: people meet, call and agree; countries are named for much else.
std::vector<Actor> Actors::of_both_sides(uint32_t token) const {
  for (const std::vector<std::string>& among : {countries_so_far(token), story_.sides}) {
    if (among.size() != 2) continue;
    for (const bool persons_only : {true, false}) {
      if (auto pair = of_pair(token, persons_only, among); !pair.empty()) return pair;
    }
  }
  auto pair = of_pair(token, true, {});
  return pair.empty() ? of_pair(token, false, {}) : pair;
}

/// The country of all state actors named in this sentence and the one before, if it is one: organs of a state that nobody says
/// whose they are ("two ministers stepped down with him") are that country's.
std::string Actors::only_country_before(uint32_t token) const {
  std::string country;
  std::optional<uint32_t> from;
  for (size_t i = salient_.size(), steps = 0; i-- > 0 && steps < kMaxMemory; ++steps) {
    if (syntax_.token(token).sentence - syntax_.token(salient_[i].token).sentence > 1) break;
    for (const Actor& actor : one(salient_[i].token)) {
      if (actor.country.empty() || actor.country == kNoCountry) continue;
      if (!country.empty() && country != actor.country) return "";
      // "Kenya denied attacking the troops": a state acts on its own people's organs more rarely than on another's.
      if (lexicon_.ontology().is_state(actor.sector) && is_fellow(salient_[i].token, token)) return "";
      country = actor.country;
      from = salient_[i].token;
    }
  }
  if (country.empty()) {  // nobody yet: who writes from a capital speaks of its country
    const auto& fields = syntax_.doc().article().fields();
    const int year = fields.published ? static_cast<int>(fields.published->year()) : 0;
    const NameEntry* place = NameTable::pick(lexicon_.names().find(fields.dateline_place), year);
    if (place && place->kind == NameKind::kCapital) country = place->country;
  }
  if (country.empty() || country == kInternational || country == kNonGovernmental) return "";
  note(token, {.rule = from ? MentionRule::kOnlyCountry : MentionRule::kDateline, .from = from});
  return country;
}

/// Where the story plays: in the country of more of its places and people than any other is of, if these are enough; and the two countries
/// that are named more than any third.
Actors::Story Actors::story() const {
  std::map<std::string, size_t> mentions;
  size_t all = 0, number = 0;
  const auto count = [&](const std::string& country, uint32_t token) {
    if (country.size() != 3 || country == kInternational || country == kNonGovernmental) return;
    const size_t weight = syntax_.token(token).sentence < kSettingSentences ? kSettingWeight : 1;
    mentions[country] += weight;
    all += weight;
    ++number;
  };
  for (uint32_t t = 0; t < syntax_.size(); ++t) {
    const PersonMention* person = people_.mention_at(t);
    const NameHit* name = markup_.name_at(t);
    const PlaceMention* place = places_.at(t);
    if (name && name->begin == t)
      count(name->entry->country, t);
    else if (person && person->begin == t)
      count(people_.persons()[person->person].country, t);
    else if (!name && place && place->begin == t)
      count(place->place.country, t);
  }
  if (number < kFewestOfStory) return {};
  std::vector<std::pair<size_t, std::string>> order;
  order.reserve(mentions.size());
  for (const auto& [country, weight] : mentions) order.emplace_back(weight, country);
  std::ranges::stable_sort(order, std::greater<>(), &std::pair<size_t, std::string>::first);
  const auto leads = [&](size_t at) { return at < order.size() && (at + 1 == order.size() || order[at].first > order[at + 1].first); };
  Story found;
  if (leads(0) && static_cast<double>(order[0].first) >= kShareOfStory * static_cast<double>(all)) found.country = order[0].second;
  if (leads(1)) found.sides = {order[0].second, order[1].second};
  return found;
}

/// "In Guatemala City the ministry denied …": the country of the place with which the sentence begins; else "".
std::string Actors::fronted_country(uint32_t token) const {
  const uint32_t begin = syntax_.sentence(token).begin;
  for (uint32_t t = begin; t < std::min(token, begin + kMaxFronted); ++t) {
    if (syntax_.dep(t) != Dep::kPrep || syntax_.lower(t) != "in" || !syntax_.is_verbal(syntax_.head(t))) continue;
    for (const uint32_t object : syntax_.preposition_objects(t)) {
      const NameHit* name = markup_.name_at(object);
      if (object < token && name && !name->entry->place.empty() && name->entry->country.size() == 3) return name->entry->country;
    }
  }
  return "";
}

/// Whether a name is also that of somebody who then holds office elsewhere: "President Bush" in a story of Georgia is not Georgia's.
bool Actors::may_be_of_another(const std::string& name, const std::string& country) const {
  const DayNumber day = day_number(syntax_.doc().article().fields().published);
  return std::ranges::any_of(lexicon_.names().find(name), [&](const NameEntry& entry) {
    return entry.kind == NameKind::kPerson && entry.country != country && entry.holds_on(day);
  });
}

/// Organs and people that nobody says whose they are belong to the place with which their sentence begins, else to the country of the
/// story. A person belongs to one country throughout.
void Actors::place_strangers() {
  std::map<std::string, std::string> persons;
  for (uint32_t token = 0; token < syntax_.size(); ++token) {
    const auto found = found_.find(token);
    if (found == found_.end()) continue;
    for (Actor& actor : found->second) {
      const bool told_of = actor.is_person || !actor.sector.empty();
      if (!actor.country.empty() || !told_of) continue;
      std::string* known = actor.is_person ? &persons[actor.name] : nullptr;
      std::string country = known && !known->empty() ? *known : fronted_country(token);
      if (country.empty()) country = story_.country;
      if (known && may_be_of_another(actor.name, country)) continue;
      actor.country = std::move(country);
      if (known) *known = actor.country;
      if (!actor.country.empty()) note(token, {.rule = MentionRule::kStory});
    }
  }
}

/// "The ministry", "the official", "the alliance": the last mention of such a one; "the country": the last state named.
std::vector<Actor> Actors::as_before(uint32_t token) const {
  const bool state = lexicon_.words().has(WordClass::kStateNoun, syntax_.lemma(token));
  const std::vector<Actor>& self = one(token);
  const bool body = !self.empty() && self[0].sector == kInternational;
  for (size_t i = salient_.size(), steps = 0; i-- > 0 && steps < kMaxMemory; ++steps) {
    const uint32_t mention = salient_[i].token;
    const std::vector<Actor>& actors = one(mention);
    if (actors.empty() || actors[0].country.empty()) continue;
    bool fits = false;
    if (is_fellow(mention, token)) continue;
    if (state) {
      const NameHit* hit = markup_.name_at(mention);
      fits = hit && (hit->entry->kind == NameKind::kCountry || hit->entry->kind == NameKind::kCapital) && actors[0].country.size() == 3 &&
             actors[0].country != kInternational;
    } else if (body) {
      fits = actors[0].country == kInternational;
    } else if (const PersonMention* person = people_.mention_at(mention)) {
      const auto& titles = people_.persons()[person->person].titles;
      fits = syntax_.tag(token) != "NNS" && std::any_of(titles.begin(), titles.end(), [&](const std::string& title) {
               const std::string& word = syntax_.lemma(token);  // also "the secretary" of a secretary of state
               return title == word || title.ends_with(" " + word) || title.starts_with(word + " of ");
             });
    } else {
      const bool same_number = (syntax_.tag(mention) == "NNS") == (syntax_.tag(token) == "NNS");
      fits = same_number && syntax_.lemma(mention) == syntax_.lemma(token) && markup_.term_at(mention);
    }
    if (!fits) continue;
    return noted(syntax_.tag(token) == "NNS" ? all(mention) : std::vector<Actor>{actors[0]}, token,
                 {.rule = MentionRule::kSame, .from = mention});
  }
  return {};
}

// ---- what others may ask about it

/// Notes why a token is a mention, if somebody asks; what an earlier note says of the words themselves stays.
void Actors::note(uint32_t token, MentionTrace why) const {
  if (!trace_) return;
  why.token = token;
  const auto [at, is_new] = trace_->mentions.try_emplace(token, why);
  if (is_new) return;
  if (!why.name) why.name = at->second.name;
  if (!why.term) why.term = at->second.term;
  at->second = std::move(why);
}

/// The same for these actors, if there are any.
std::vector<Actor> Actors::noted(std::vector<Actor> actors, uint32_t token, const MentionTrace& why) const {
  if (!actors.empty()) note(token, why);
  return actors;
}

void Actors::fill_trace() const {
  trace_->places = markup_.places();
  for (const Person& person : people_.persons()) {
    trace_->persons.push_back({.name = person.full_name(),
                               .country = person.country,
                               .sector = person.sector,
                               .titles = person.titles,
                               .told_at = person.told_at,
                               .entry = person.entry});
  }
  std::erase_if(trace_->mentions, [&](const auto& mention) { return !found_.contains(mention.first); });
  for (auto& [token, mention] : trace_->mentions) mention.actors = found_.at(token);
}

// ---- queries

const std::vector<Actor>& Actors::one(uint32_t head) const {
  static const std::vector<Actor> kNobody;
  const auto found = found_.find(repaired_head(head));
  return found == found_.end() ? kNobody : found->second;
}

/// The nouns of a list; also where the parser takes "A, B and C" for A with an apposition.
std::vector<uint32_t> Actors::listed(uint32_t head) const {
  std::vector<uint32_t> nouns = syntax_.coordinated(head);
  for (size_t at = 0; at < nouns.size() && nouns.size() < 64; ++at) {
    const NameHit* name = markup_.name_at(nouns[at]);
    for (const uint32_t c : syntax_.children(nouns[at])) {
      const NameHit* other = markup_.name_at(c);
      const bool item = syntax_.dep(c) == Dep::kAppos && name && other && name->entry->kind != NameKind::kPerson &&
                        other->entry->kind != NameKind::kPerson && name->entry->country != other->entry->country;
      if (!item) continue;
      for (const uint32_t noun : syntax_.coordinated(c)) {
        if (std::find(nouns.begin(), nouns.end(), noun) == nouns.end()) nouns.push_back(noun);
      }
    }
  }
  std::sort(nouns.begin(), nouns.end());
  return nouns;
}

std::vector<Actor> Actors::all(uint32_t head) const {
  std::vector<Actor> actors;
  for (const uint32_t noun : listed(repaired_head(head))) append(actors, one(noun));
  return actors;
}

std::vector<Actor> Actors::owners_before(uint32_t head) const {
  std::vector<Actor> actors;
  if (const auto owner = syntax_.child(head, Dep::kPoss); owner && *owner < head) {  // "their Switzerland summit" is theirs
    if (actors = all(*owner); !actors.empty()) return actors;
  }
  for (const uint32_t c : syntax_.children(head)) {
    if (!is_modifier(syntax_.dep(c)) || c > head) continue;
    for (const uint32_t noun : syntax_.coordinated(c)) {
      const NameHit* hit = markup_.name_at(noun);
      if (hit && (hit->fused || was_once(*hit, head))) continue;
      const bool label = syntax_.dep(c) == Dep::kCompound && syntax_.pos(head) == Pos::kNoun;  // "the Smith base" is not Smith's
      const auto is_unknown = [](const Actor& actor) { return actor.country.empty() && actor.sector.empty(); };
      if (const auto& named = one(hit ? hit->end - 1 : noun); label && std::all_of(named.begin(), named.end(), is_unknown)) continue;
      append(actors, one(hit ? hit->end - 1 : noun));
    }
    for (const uint32_t inner : syntax_.children(c)) {  // "American and British demands", "Kenya's relief offers"
      if (syntax_.dep(inner) == Dep::kConj || syntax_.dep(inner) == Dep::kPoss) append(actors, one(inner));
    }
  }
  std::erase_if(actors, [&](const Actor& actor) {  // "US" of "US troop"
    return std::ranges::any_of(actors, [&](const Actor& whole) { return whole.span != actor.span && whole.span.contains(actor.span); });
  });
  return actors;
}

Actor Actors::thing(uint32_t head) const {
  const auto names = names_before(head, head);
  return make(phrase_begin(head, head), head + 1, names.empty() ? "" : names.back()->entry->country, "");
}

std::vector<Actor> Actors::named(uint32_t head) const {
  const unsigned char first = static_cast<unsigned char>(syntax_.text(head).front());
  const bool name = (first >= 'A' && first <= 'Z') || first >= 0x80;
  if (!name || syntax_.pos(head) != Pos::kPropn || markup_.name_at(head) || markup_.term_at(head)) return {};
  const std::string_view type = syntax_.doc().ent_type(syntax_.token(head));
  if (!type.empty() && type != "PERSON" && type != "ORG" && type != "NORP" && type != "GPE" && type != "FAC") return {};
  if (lexicon_.words().has(WordClass::kWeekday, syntax_.lower(head)) || lexicon_.words().has(WordClass::kMonth, syntax_.lower(head)))
    return {};
  uint32_t begin = head;
  while (begin > syntax_.sentence(head).begin && syntax_.pos(begin - 1) == Pos::kPropn && syntax_.is_below(begin - 1, head)) --begin;
  return {make(begin, head + 1, "", "")};
}

std::vector<Actor> Actors::doers(uint32_t noun) const {
  if (auto actors = owners_before(noun); !actors.empty()) return actors;
  std::vector<Actor> actors;
  for (const uint32_t c : syntax_.children(noun)) {
    const std::string& word = syntax_.lower(c);
    if ((syntax_.dep(c) != Dep::kPrep && syntax_.dep(c) != Dep::kAgent) || (word != "by" && word != "of" && word != "from")) continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) append(actors, all(object));
    if (!actors.empty()) break;
  }
  return actors;
}

std::vector<Actor> Actors::owners(uint32_t head) const {
  std::vector<uint32_t> nouns{head};
  std::vector<Actor> actors;
  for (size_t at = 0; at < nouns.size() && at < 4; ++at) {  // "the launch of a new type of Russian missile"
    const uint32_t noun = nouns[at];
    if (actors = owners_before(noun); !actors.empty()) return actors;
    for (const uint32_t c : syntax_.children(noun)) {
      const std::string& word = syntax_.lower(c);
      const bool border = word == "with" && lexicon_.words().has(WordClass::kTiedNoun, syntax_.lemma(noun));
      if ((syntax_.dep(c) != Dep::kPrep && syntax_.dep(c) != Dep::kAgent) || (word != "of" && word != "by" && word != "from" && !border))
        continue;
      for (const uint32_t object : syntax_.preposition_objects(c)) {
        append(actors, all(object));
        nouns.push_back(object);
      }
    }
    if (!actors.empty()) return actors;
  }
  for (const uint32_t c : syntax_.children(head)) {  // "targets inside Georgia"
    const std::string* value = lexicon_.words().find(WordClass::kPreposition, syntax_.lower(c));
    if (syntax_.dep(c) != Dep::kPrep || !value || *value != "place") continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) {
      if (const NameHit* name = markup_.name_at(object); name && !name->entry->place.empty()) append(actors, all(object));
    }
  }
  return actors;
}

}  // namespace casus
