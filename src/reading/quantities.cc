#include "reading/quantities.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace casus {
namespace {

constexpr uint32_t kMaxNounDistance = 12;  ///< tokens from a number to the noun that it counts
constexpr uint32_t kMaxHedgeTokens = 6;    ///< before a number
constexpr int kMaxClimb = 8;               ///< steps from a counted noun up to the act
constexpr size_t kMaxSides = 16;           ///< nouns that an act has to do with
constexpr double kFirstBareYear = 1500;
constexpr double kLastBareYear = 2100;

bool is_people(std::string_view kind) {
  return kind == "people" || kind == "troops" || kind == "dead" || kind == "wounded" || kind == "arrested" || kind == "missing" ||
         kind == "displaced";
}

/// What becomes of people; the words name them too: "30 wounded".
bool is_harm(std::string_view kind) { return kind == "dead" || kind == "wounded" || kind == "arrested" || kind == "missing"; }

/// Relations by which what is counted hangs at what counts it.
bool leads_up(Dep dep) {
  static constexpr Dep kUp[] = {Dep::kPobj, Dep::kAgent, Dep::kAdvcl,  Dep::kNsubj,    Dep::kNsubjpass, Dep::kCompound,
                                Dep::kAmod, Dep::kNmod,  Dep::kNummod, Dep::kNpadvmod, Dep::kAppos,     Dep::kConj,
                                Dep::kDobj, Dep::kAttr,  Dep::kOprd,   Dep::kAcomp,    Dep::kDative};
  return std::find(std::begin(kUp), std::end(kUp), dep) != std::end(kUp);
}

bool is_among(const std::vector<uint32_t>& list, uint32_t token) { return std::find(list.begin(), list.end(), token) != list.end(); }

}  // namespace

Quantities::Quantities(const Syntax& syntax, const Lexicon& lexicon, const Markup& markup)
    : syntax_(syntax), lexicon_(lexicon), markup_(markup) {
  const NumeralReader reader(syntax, lexicon);
  for (uint32_t token = 0; token < syntax.size();) {
    const auto numeral = reader.read(token);
    if (!numeral) {
      ++token;
      continue;
    }
    if (auto found = amount(*numeral)) amounts_.push_back(*std::move(found));
    token = numeral->end;
  }
}

/// The number's own head: of its tokens the one that hangs outside.
uint32_t Quantities::top(const Numeral& numeral) const {
  for (uint32_t t = numeral.begin; t < numeral.end; ++t) {
    const uint32_t head = syntax_.head(t);
    if ((head < numeral.begin || head >= numeral.end || head == t) && syntax_.dep(t) != Dep::kPunct && syntax_.dep(t) != Dep::kCc) return t;
  }
  return numeral.end - 1;
}

/// The noun that a number counts, as the parse has it, or as it stands right behind.
std::optional<uint32_t> Quantities::counted(const Numeral& numeral) const {
  const Sentence& sentence = syntax_.sentence(numeral.begin);
  for (uint32_t t = numeral.begin; t < numeral.end; ++t) {
    const uint32_t head = syntax_.head(t);
    const bool noun = syntax_.pos(head) == Pos::kNoun || syntax_.pos(head) == Pos::kPropn || unit_at(head) != nullptr;
    if (head >= numeral.end && head < std::min(sentence.end, numeral.end + kMaxNounDistance) && noun && !syntax_.is_verbal(head))
      return head;
  }
  uint32_t behind = numeral.end;
  if (behind + 1 < sentence.end && syntax_.text(behind) == "-") ++behind;
  if (behind < sentence.end && unit_at(behind)) return behind;
  for (const uint32_t c : syntax_.children(top(numeral))) {  // "10 of its peacekeepers", "thousands of people"
    if (syntax_.dep(c) != Dep::kPrep || syntax_.lower(c) != "of" || c < numeral.end) continue;
    const auto object = syntax_.child(c, Dep::kPobj);
    if (object && (syntax_.pos(*object) == Pos::kNoun || syntax_.pos(*object) == Pos::kPropn)) return object;
  }
  return std::nullopt;
}

/// The longest unit whose last word is a noun.
const UnitEntry* Quantities::unit_at(uint32_t noun) const {
  const uint32_t first = syntax_.sentence(noun).begin;
  const auto most = static_cast<uint32_t>(lexicon_.units().max_words());
  std::string country;
  if (noun > first) {
    const NameHit* name = markup_.name_at(noun - 1);
    if (name && name->entry->country.size() == 3) country = name->entry->country;
  }
  for (uint32_t words = std::min(most, noun - first + 1); words > 0; --words) {
    const uint32_t begin = noun + 1 - words;
    if (const UnitEntry* unit = lexicon_.units().find(spelled(syntax_, begin, noun + 1), country)) return unit;
  }
  return nullptr;
}

/// Parts of names, dates and times of day.
bool Quantities::is_name_or_date(const Numeral& numeral) const {
  static constexpr std::string_view kNames[] = {"ORG", "LAW", "PRODUCT", "EVENT", "WORK_OF_ART", "FAC", "PERSON", "GPE", "LOC", "ORDINAL"};
  const std::string_view type = syntax_.doc().ent_type(syntax_.token(numeral.end - 1));
  return !numeral.is_money && std::find(std::begin(kNames), std::end(kNames), type) != std::end(kNames);
}

std::optional<Amount> Quantities::amount(const Numeral& numeral) const {
  if (is_name_or_date(numeral)) return std::nullopt;
  Amount amount{.begin = numeral.begin, .end = numeral.end, .anchor = top(numeral)};
  Quantity& quantity = amount.quantity;
  quantity.value = numeral.value;
  quantity.min = numeral.min;
  quantity.max = numeral.max;
  quantity.about = numeral.is_size || is_hedged(numeral);
  quantity.span = syntax_.bytes(numeral.begin, numeral.end);
  quantity.text = std::string(syntax_.doc().article().view(quantity.span));
  if (!name_unit(numeral, amount)) return std::nullopt;
  return amount;
}

/// Finds what is counted; false where the number counts nothing.
bool Quantities::name_unit(const Numeral& numeral, Amount& amount) const {
  Quantity& quantity = amount.quantity;
  const auto noun = counted(numeral);
  const UnitEntry* unit = numeral.is_money ? money_sign(syntax_, lexicon_, numeral.money_sign) : noun ? unit_at(*noun) : nullptr;
  if (numeral.is_money) {
    if (noun && syntax_.head(numeral.end - 1) == *noun) amount.anchor = *noun;  // "a $5 million contract"
  } else if (noun) {
    const bool part = *noun > numeral.end && syntax_.lower(numeral.end) == "of" && syntax_.head(numeral.end) == amount.anchor;
    if (!part) amount.anchor = *noun;  // "thousands of rebels": the thousands act
    const std::string_view type = syntax_.doc().ent_type(syntax_.token(numeral.end - 1));
    const bool duration = unit && unit->kind == "duration";
    if (!duration && quantity.value && (type == "DATE" || type == "TIME")) return false;
    if (duration && tells_when(numeral, *noun)) return false;
    const bool year = numeral.is_bare && quantity.value && *quantity.value >= kFirstBareYear && *quantity.value <= kLastBareYear &&
                      quantity.text.find(',') == std::string::npos;
    if (!unit && year) return false;
    if (is_pair(numeral, *noun)) return false;
    if (numeral.is_bare && *noun >= numeral.end && is_of_name(numeral.begin, *noun)) return false;
    if (quantity.value == 1.0 && *noun > numeral.end && syntax_.lower(numeral.end) == "of") return false;  // "one of the leaders"
    if (!unit) quantity.unit = std::string(syntax_.text(*noun));
  } else {
    return borrow_unit(amount);
  }
  if (unit) {
    quantity.unit = unit->name;
    quantity.kind = unit->kind;
    quantity.currency = unit->currency;
  }
  return true;
}

/// What became of people, by the verb that says so.
const UnitEntry* Quantities::harm_of(uint32_t verb) const {
  const UnitEntry* unit = lexicon_.units().find(syntax_.lower(verb));
  if (!unit || !is_harm(unit->kind)) return nullptr;
  return unit;
}

/// "Killed 12 people and wounded 30": what is counted stands with the number before, or goes without saying.
bool Quantities::borrow_unit(Amount& amount) const {
  Quantity& quantity = amount.quantity;
  const Dep dep = syntax_.dep(amount.anchor);
  if (dep != Dep::kDobj && dep != Dep::kNsubj && dep != Dep::kNsubjpass && dep != Dep::kConj) return false;
  if (quantity.value == 1.0) return false;
  const UnitEntry* harm = harm_of(syntax_.head(amount.anchor));
  const Amount* before = nullptr;
  if (!amounts_.empty() && syntax_.token(amounts_.back().begin).sentence == syntax_.token(amount.begin).sentence) before = &amounts_.back();
  const bool lends = before && (harm ? is_people(before->quantity.kind) || before->quantity.kind.empty()
                                     : before->quantity.kind != "duration" && before->quantity.kind != "share");
  if (lends) {
    quantity.unit = before->quantity.unit;
    quantity.kind = before->quantity.kind;
    quantity.currency = before->quantity.currency;
  } else if (harm) {
    quantity.unit = "people";
    quantity.kind = "people";
  }
  if (harm && is_people(quantity.kind)) quantity.kind = harm->kind;
  return lends || harm;
}

/// "About", "more than", "at least" before a number, "or so" behind it.
bool Quantities::is_hedged(const Numeral& numeral) const {
  const Sentence& sentence = syntax_.sentence(numeral.begin);
  const uint32_t first = std::max(sentence.begin, numeral.begin - std::min(numeral.begin, kMaxHedgeTokens));
  for (uint32_t t = numeral.begin; t-- > first;) {
    const bool preposition =
        syntax_.dep(t) == Dep::kPrep && syntax_.child(t, Dep::kPobj) && syntax_.tag(t) == "IN";  // "talks about 12 islands"
    const std::string* next = lexicon_.words().find(WordClass::kHedge, syntax_.lower(t));
    if (next && !preposition && (next->empty() || syntax_.lower(t + 1) == *next)) return true;
    if (!has(WordClass::kHedgeLink, t)) break;
  }
  const uint32_t behind = numeral.end;
  if (behind + 1 >= sentence.end) return false;
  return (syntax_.lower(behind) == "or" || syntax_.text(behind) == "-") && has(WordClass::kHedge, behind + 1);
}

/// "Two days ago", "in the last three weeks", "an 18-year-old".
bool Quantities::tells_when(const Numeral& numeral, uint32_t noun) const {
  const Sentence& sentence = syntax_.sentence(noun);
  for (const uint32_t t : {noun + 1, noun + 2}) {
    if (t >= sentence.end) break;
    if (has(WordClass::kDurationFrame, t) && syntax_.tag(t) != "TO" && syntax_.dep(t) != Dep::kMark) return true;
    if (syntax_.text(t) != "-") break;
  }
  const Dep dep = syntax_.dep(noun);
  const bool of_noun = dep == Dep::kCompound || dep == Dep::kAmod || dep == Dep::kNmod;
  if (of_noun && syntax_.text(numeral.end) == "-") return false;  // "after a two-hour battle"
  for (uint32_t t = numeral.begin, steps = 0; t-- > sentence.begin && steps < kMaxHedgeTokens; ++steps) {
    if (has(WordClass::kDurationFrame, t)) return true;
    if (!has(WordClass::kHedge, t) && !has(WordClass::kHedgeLink, t)) return false;
  }
  return false;
}

/// "14 Leopard 2 tanks": the second number is of the name before it.
bool Quantities::is_of_name(uint32_t number, uint32_t noun) const {
  if (number == syntax_.sentence(number).begin || syntax_.pos(number - 1) != Pos::kPropn) return false;
  return syntax_.head(number - 1) == noun || syntax_.head(number - 1) == number;
}

/// "The two sides" count nothing, and states that act are no amount of states.
bool Quantities::is_pair(const Numeral& numeral, uint32_t noun) const {
  if (lexicon_.words().has(WordClass::kStateNoun, syntax_.lemma(noun)) && syntax_.dep(noun) == Dep::kNsubj) return true;
  const bool pair = has(WordClass::kPairWord, numeral.begin) && lexicon_.words().has(WordClass::kPairNoun, syntax_.lemma(noun));
  return pair && (syntax_.child(noun, Dep::kDet) || syntax_.dep(noun) == Dep::kNsubj);
}

/// What an act has to do with, as far as amounts hang there.
struct Quantities::Act {
  uint32_t trigger = 0;
  bool is_speech = false;
  std::vector<uint32_t> words = {};  ///< trigger and further words
  std::vector<uint32_t> sides = {};  ///< objects and subject
};

Quantities::Act Quantities::act_of(uint32_t trigger, const std::vector<uint32_t>& words, bool is_speech) const {
  Act act{.trigger = trigger, .is_speech = is_speech, .words = words};
  act.words.push_back(trigger);
  if (!syntax_.is_verbal(trigger)) return act;
  act.sides = syntax_.logical_objects(trigger);
  if (const auto subject = syntax_.surface_subject(trigger); subject && (!is_speech || syntax_.is_passive(trigger)))
    act.sides.push_back(*subject);
  if (syntax_.dep(trigger) == Dep::kAcl) act.sides.push_back(syntax_.head(trigger));  // "100,000 troops poised on the border"
  if (act.sides.size() > kMaxSides) act.sides.resize(kMaxSides);
  return act;
}

/// Whether an amount hangs at an act through a preposition: one step for what is counted, two for how long ("in a call of 50 minutes").
bool Quantities::may_pass(uint32_t preposition, int passed, const Amount& amount, const Act& act) const {
  const bool duration = amount.quantity.kind == "duration";
  if (passed > (duration && !act.is_speech ? 2 : 1)) return false;
  return has(WordClass::kAmountPreposition, preposition) || (passed == 2 && duration);
}

/// Whether an amount below another verb than the act's is the act's all the same: "the attack left 12 dead", "were killed and 30 wounded".
bool Quantities::is_of_harm(uint32_t verb, const Amount& amount, const Act& act) const {
  if (syntax_.dep(act.trigger) == Dep::kNsubj && syntax_.head(act.trigger) == verb && is_harm(amount.quantity.kind)) return true;
  return harm_of(verb) && (syntax_.dep(verb) == Dep::kConj || syntax_.dep(verb) == Dep::kAdvcl);
}

/// Whether one climbs from what is counted up to the act, past nothing that has numbers of its own.
bool Quantities::is_tied(const Amount& amount, const Act& act) const {
  const bool duration = amount.quantity.kind == "duration";
  const uint32_t above = syntax_.head(act.trigger);
  if (duration && syntax_.lower(above) == "of" && syntax_.head(above) == amount.anchor) return true;  // "three hours of fighting"
  uint32_t at = amount.anchor;
  int passed = 0;
  for (int step = 0; step < kMaxClimb; ++step) {
    if (is_among(act.words, at)) return true;
    if (is_among(act.sides, at)) return passed == 0 || duration;
    const Dep dep = syntax_.dep(at);
    const uint32_t head = syntax_.head(at);
    const bool own = at >= amount.begin && at < amount.end;  // the "between" of "between 20 and 30 tanks"
    if (head == at || (dep != Dep::kPrep && !leads_up(dep))) return false;
    if (dep == Dep::kPrep && !own && !may_pass(at, ++passed, amount, act)) return false;
    if (dep == Dep::kNsubj && head == act.trigger && act.is_speech) return false;
    if (syntax_.is_verbal(head) && head != act.trigger && !is_of_harm(head, amount, act)) return false;
    at = head;
  }
  return false;
}

std::vector<Quantity> Quantities::of(uint32_t trigger, const std::vector<uint32_t>& words, bool is_speech) const {
  std::vector<Quantity> quantities;
  const uint32_t first = std::max(syntax_.sentence(trigger).begin, trigger - std::min(trigger, kMaxReach));
  const uint32_t last = std::min(syntax_.sentence(trigger).end, trigger + kMaxReach);
  auto amount =
      std::lower_bound(amounts_.begin(), amounts_.end(), first, [](const Amount& one, uint32_t token) { return one.begin < token; });
  if (amount == amounts_.end() || amount->begin >= last) return quantities;
  const Act act = act_of(trigger, words, is_speech);
  for (; amount != amounts_.end() && amount->begin < last && quantities.size() < kMaxOfAct; ++amount) {
    if (is_tied(*amount, act)) quantities.push_back(amount->quantity);
  }
  return quantities;
}

}  // namespace casus
