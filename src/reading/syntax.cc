#include "reading/syntax.h"

#include <algorithm>

#include "base/text.h"

namespace casus {

Syntax::Syntax(const Document& doc) : doc_(doc) {
  lemmas_.reserve(doc.tokens().size());
  lowers_.reserve(doc.tokens().size());
  for (const Token& token : doc.tokens()) {
    lemmas_.push_back(ascii_lowered(token.lemma));
    lowers_.push_back(ascii_lowered(doc.text(token)));
    heads_.push_back(token.head);
    deps_.push_back(token.dep);
  }
  link_children();
  find_edges();
  repair();
}

/// Repairs are made one by one on the parse as it was given, so that the children that they ask for are the parser's.
void Syntax::repair() {
  for (uint32_t i = 0; i < size(); ++i) {
    if (dep(i) == Dep::kConj) repair_coordination(i);
    if (dep(i) == Dep::kRelcl || dep(i) == Dep::kAcl) repair_abbreviation(i);
    if (dep(i) == Dep::kNpadvmod) repair_subject(i);
    if (dep(i) == Dep::kCcomp) repair_juxtaposed(i);
    if (dep(i) == Dep::kAcl) repair_headless(i);
    if (dep(i) == Dep::kRoot) repair_fronted(i);
    if (dep(i) == Dep::kAmod) repair_swallowed(i);
  }
  link_children();
  find_edges();
}

/// "Urged them to settle the matter and offered help", "has said that it will stay and has sent troops": a finite verb joined to an
/// infinitive, or a perfect to a future, belongs to the like one above.
void Syntax::repair_coordination(uint32_t verb) {
  const auto perfect = [&](uint32_t index) {
    const auto auxiliary = child(index, Dep::kAux);
    return auxiliary && lemma(*auxiliary) == "have" && tag(index) == "VBN" && tag(*auxiliary) != "VB";
  };
  if (perfect(verb) && is_verbal(head(verb)) && !perfect(head(verb)) && !child(verb, Dep::kNsubj)) {
    uint32_t above = head(verb);
    for (int step = 0; step < kMaxWalk && head(above) != above && !perfect(above); ++step) above = head(above);
    if (perfect(above)) heads_[verb] = above;
    return;
  }
  const auto is_past_or_present = [&](uint32_t index) { return tag(index) == "VBD" || tag(index) == "VBZ"; };
  const auto is_bare = [&](uint32_t index) { return is_verbal(index) && (tag(index) == "VB" || tag(index) == "VBG"); };
  if (!is_past_or_present(verb) || !is_bare(head(verb)) || child(verb, Dep::kNsubj) || is_finite(head(verb))) return;
  uint32_t above = head(verb);
  for (int step = 0; step < kMaxWalk && head(above) != above; ++step) {
    above = head(above);
    if (!is_verbal(above) || tag(above) != tag(verb)) continue;
    heads_[verb] = above;
    return;
  }
}

/// "The World Health Organization (WHO) is sending aid": the abbreviation is taken for a relative pronoun or for the subject of its own.
void Syntax::repair_abbreviation(uint32_t verb) {
  const uint32_t noun = head(verb);
  const auto subject = child(verb, Dep::kNsubj);
  if (!subject || *subject <= noun || *subject + 1 >= size() || text(*subject - 1) != "(" || text(*subject + 1) != ")") return;
  if (!is_nominal(noun) || !is_finite(verb) || *subject < noun + 2) return;
  heads_[verb] = head(noun) == noun ? verb : head(noun);
  deps_[verb] = deps_[noun];
  heads_[noun] = verb;
  deps_[noun] = Dep::kNsubj;
  heads_[*subject] = noun;
  deps_[*subject] = Dep::kAppos;
}

/// "Sweden suspended aid": a name before a verb without a subject is no circumstance.
void Syntax::repair_subject(uint32_t noun) {
  const uint32_t verb = head(noun);
  const std::string_view type = doc_.ent_type(token(noun));
  const bool name = type == "GPE" || type == "ORG" || type == "PERSON";
  if (!name || noun >= verb || !is_verbal(verb) || child(verb, Dep::kNsubj) || child(verb, Dep::kNsubjpass)) return;
  if (tag(verb) != "VBD" && tag(verb) != "VBZ" && tag(verb) != "VBN") return;
  deps_[noun] = Dep::kNsubj;
}

bool Syntax::is_behind_comma(uint32_t index) const { return index > sentence(index).begin && text(index - 1) == ","; }

/// The highest word above one, as far as walks go.
uint32_t Syntax::top_of(uint32_t index) const {
  for (int step = 0; step < kMaxWalk && head(index) != index; ++step) index = head(index);
  return index;
}

/// "The commandant, General Doe, protested to the headquarters.", "Peru, which lost the war, called for talks.": a whole sentence whose
/// verb is taken for a participle of its subject, since something between commas stands before it.
void Syntax::repair_headless(uint32_t verb) {
  const bool past = tag(verb) == "VBD" || tag(verb) == "VBN";
  if (!past || !is_behind_comma(verb) || child(verb, Dep::kAux) || child(verb, Dep::kAuxpass) || child(verb, Dep::kAgent)) return;
  uint32_t noun = head(verb);
  if (dep(noun) == Dep::kAppos && is_nominal(head(noun)) && head(noun) < noun) noun = head(noun);
  const uint32_t root = top_of(noun);
  if (!is_nominal(noun) || is_verbal(root) || head(root) != root || text(sentence(verb).end - 1) != ".") return;
  heads_[verb] = verb;
  deps_[verb] = Dep::kRoot;
  heads_[noun] = verb;
  deps_[noun] = Dep::kNsubj;
  if (root == noun) return;
  heads_[root] = verb;
  deps_[root] = Dep::kAdvmod;
}

/// "Doe, who had met the allies, briefed leaders from Chile.": the same where the verb is taken for an adjective of its object.
void Syntax::repair_swallowed(uint32_t verb) {
  const uint32_t object = head(verb);
  const uint32_t root = top_of(object);
  const bool past = tag(verb) == "VBD" || tag(verb) == "VBN";
  const bool whole = head(root) == root && is_nominal(root) && root < verb && text(sentence(verb).end - 1) == ".";
  if (!past || object < verb || !is_behind_comma(verb) || !whole || !(child(root, Dep::kRelcl) || child(root, Dep::kAppos))) return;
  heads_[verb] = verb;
  deps_[verb] = Dep::kRoot;
  heads_[object] = verb;
  deps_[object] = Dep::kDobj;
  const uint32_t next = object + 1;  // "leaders from Chile", not "the call from Chile"
  if (next < sentence(verb).end && dep(next) == Dep::kPrep && head(next) < verb) heads_[next] = object;
  heads_[root] = verb;
  deps_[root] = Dep::kNsubj;
}

/// "At the request of the King of Spain, Peru and Chile have agreed": the names behind the comma are taken for more of those before it.
void Syntax::repair_fronted(uint32_t verb) {
  if (!is_finite(verb) || child(verb, Dep::kNsubj) || child(verb, Dep::kNsubjpass) || child(verb, Dep::kExpl)) return;
  uint32_t first = verb;  // of the verb group: "have agreed"
  for (const uint32_t c : children(verb)) {
    if (c < first && (dep(c) == Dep::kAux || dep(c) == Dep::kAuxpass) && c + 3 > verb) first = c;
  }
  const uint32_t begin = sentence(verb).begin;
  uint32_t comma = first;
  while (comma > begin && text(comma) != ",") --comma;
  if (comma == begin || comma + 1 >= first) return;
  for (uint32_t t = comma + 1; t < first; ++t) {
    const bool above = head(t) <= comma && dep(t) == Dep::kConj && is_nominal(t);
    if (head(t) <= comma && !above && pos(t) != Pos::kPunct) return;  // only the list's first name hangs before the comma
  }
  for (uint32_t t = comma + 1; t < first; ++t) {
    if (head(t) > comma || dep(t) != Dep::kConj) continue;
    heads_[t] = verb;
    deps_[t] = Dep::kNsubj;
    return;
  }
}

/// "Groups accused the army; the ministry rejected the charge": what stands before a semicolon is not the content of the verb behind it.
void Syntax::repair_juxtaposed(uint32_t verb) {
  const uint32_t governor = head(verb);
  if (governor <= verb || !is_finite(verb)) return;
  for (uint32_t t = verb + 1; t < governor; ++t) {
    if (text(t) != ";" || head(t) != governor) continue;
    heads_[verb] = verb;
    deps_[verb] = Dep::kRoot;
    return;
  }
}

/// Whether verbs are joined so closely that they share what is done: "arrested and later deported", not "marched in Oslo and threw stones".
bool Syntax::are_joined_closely(uint32_t verb, uint32_t other) const {
  for (uint32_t t = verb + 1; t < other; ++t) {
    const Pos p = pos(t);
    const bool bare_preposition = p == Pos::kAdp && children(t).empty();
    if (p != Pos::kCconj && p != Pos::kAdv && p != Pos::kPunct && p != Pos::kPart && !is_verbal(t) && !bare_preposition) return false;
  }
  return true;
}

void Syntax::link_children() {
  const uint32_t count = size();
  child_begin_.assign(count + 1, 0);
  for (uint32_t i = 0; i < count; ++i) {
    if (head(i) != i) ++child_begin_[head(i) + 1];
  }
  for (uint32_t i = 0; i < count; ++i) child_begin_[i + 1] += child_begin_[i];
  child_list_.resize(child_begin_[count]);
  std::vector<uint32_t> next(child_begin_.begin(), child_begin_.end() - 1);
  for (uint32_t i = 0; i < count; ++i) {
    if (head(i) != i) child_list_[next[head(i)]++] = i;
  }
}

void Syntax::find_edges() {
  const uint32_t count = size();
  left_.resize(count);
  right_.resize(count);
  std::vector<uint32_t> order;  // heads before their children
  order.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    left_[i] = i;
    right_[i] = i + 1;
    if (head(i) == i) order.push_back(i);
  }
  for (size_t at = 0; at < order.size(); ++at) {
    for (const uint32_t child_index : children(order[at])) order.push_back(child_index);
  }
  for (size_t at = order.size(); at-- > 0;) {
    const uint32_t i = order[at];
    left_[head(i)] = std::min(left_[head(i)], left_[i]);
    right_[head(i)] = std::max(right_[head(i)], right_[i]);
  }
}

std::optional<uint32_t> Syntax::child(uint32_t index, Dep wanted) const {
  for (const uint32_t child_index : children(index)) {
    if (dep(child_index) == wanted) return child_index;
  }
  return std::nullopt;
}

bool Syntax::is_below(uint32_t index, uint32_t ancestor) const {
  for (int step = 0; step < kMaxWalk * 4; ++step) {
    if (index == ancestor) return true;
    if (head(index) == index) return false;
    index = head(index);
  }
  return false;
}

bool Syntax::is_nominal(uint32_t index) const {
  const Pos p = pos(index);
  return p == Pos::kNoun || p == Pos::kPropn || p == Pos::kPron || p == Pos::kNum;
}

bool Syntax::is_passive(uint32_t verb) const {
  if (child(verb, Dep::kNsubjpass) || child(verb, Dep::kAuxpass)) return true;
  if (tag(verb) != "VBN" || child(verb, Dep::kAux)) return false;
  if (dep(verb) == Dep::kConj && is_verbal(head(verb)) && !child(verb, Dep::kNsubj))
    return tag(head(verb)) == "VBN" && is_passive(head(verb));
  if (dep(verb) == Dep::kAcl) return !child(verb, Dep::kDobj);  // "the coalition bombed Sanaa", taken for a noun phrase
  return (dep(verb) == Dep::kAdvcl && !child(verb, Dep::kDobj)) || child(verb, Dep::kAgent);
}

bool Syntax::is_infinitive(uint32_t verb) const {
  for (const uint32_t c : children(verb)) {
    if (dep(c) == Dep::kAux && tag(c) == "TO") return true;
  }
  return dep(verb) == Dep::kConj && is_verbal(head(verb)) && tag(verb) == "VB" && !child(verb, Dep::kNsubj) && !child(verb, Dep::kAux) &&
         head(verb) != verb && is_infinitive(head(verb));
}

bool Syntax::is_finite(uint32_t verb) const {
  const std::string_view t = tag(verb);
  if (t == "VBD" || t == "VBZ" || t == "VBP") return true;
  for (const uint32_t c : children(verb)) {
    if ((dep(c) == Dep::kAux || dep(c) == Dep::kAuxpass) && (tag(c) == "MD" || tag(c) == "VBD" || tag(c) == "VBZ" || tag(c) == "VBP"))
      return true;
  }
  return false;
}

std::vector<uint32_t> Syntax::coordinated(uint32_t index) const {
  std::vector<uint32_t> all{index};
  for (size_t at = 0; at < all.size() && all.size() < 64; ++at) {
    for (const uint32_t c : children(all[at])) {
      if (dep(c) == Dep::kConj && is_nominal(c)) all.push_back(c);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::optional<uint32_t> Syntax::own_subject(uint32_t verb) const {
  for (const uint32_t c : children(verb)) {
    if (dep(c) != Dep::kNsubj && dep(c) != Dep::kNsubjpass) continue;
    const bool relative = tag(c) == "WDT" || tag(c) == "WP" || (tag(c) == "IN" && lower(c) == "that");
    if (relative && (dep(verb) == Dep::kRelcl || dep(verb) == Dep::kAcl)) return head(verb);
    if (relative && dep(verb) == Dep::kConj && dep(head(verb)) == Dep::kRelcl) return head(head(verb));
    return c;
  }
  return std::nullopt;
}

/// One step of the search for an unnamed subject: the verb whose subject it shares, or (is_answer) the subject itself.
std::optional<uint32_t> Syntax::inherited_from(uint32_t verb, bool& is_answer) const {
  const uint32_t governor = head(verb);
  is_answer = false;
  if (governor == verb) return std::nullopt;
  switch (dep(verb)) {
    case Dep::kConj: return is_verbal(governor) || pos(governor) == Pos::kAdj ? std::optional(governor) : std::nullopt;
    case Dep::kXcomp:
    case Dep::kCcomp: {
      if (dep(verb) == Dep::kCcomp && is_finite(verb)) return std::nullopt;
      const auto object = child(governor, Dep::kDobj);
      if (object && is_verbal(governor) && object < verb) {
        is_answer = true;
        return object;
      }
      return governor;
    }
    case Dep::kAcomp:
    case Dep::kAttr:
    case Dep::kOprd:
    case Dep::kAdvcl: return governor;
    case Dep::kPcomp: {  // "accused X of seeking": X; "after meeting": whoever acts above
      const uint32_t above = head(governor);
      const std::string& word = lower(governor);
      if (is_verbal(above) && (word == "of" || word == "for" || word == "from")) {
        if (const auto object = child(above, Dep::kDobj); object && *object < verb) {
          is_answer = true;
          return object;
        }
      }
      return above;
    }
    case Dep::kAcl:
    case Dep::kRelcl: {
      if (is_infinitive(verb)) {  // "a decision to attack", "the latest leader to visit"
        if (dep(governor) == Dep::kAttr) return head(governor);
        if (const auto owner = child(governor, Dep::kPoss)) {
          is_answer = true;
          return owner;
        }
        if (dep(governor) == Dep::kDobj || dep(governor) == Dep::kPobj) return head(governor);
      }
      is_answer = true;
      return governor;
    }
    case Dep::kPrep:
    case Dep::kDobj:
    case Dep::kPobj: return governor;
    default: return std::nullopt;
  }
}

std::optional<uint32_t> Syntax::surface_subject(uint32_t verb) const {
  uint32_t at = verb;
  for (int step = 0; step < kMaxWalk; ++step) {
    if (const auto subject = own_subject(at)) return subject;
    bool is_answer = false;
    const auto next = inherited_from(at, is_answer);
    if (!next || is_answer) return next;
    at = *next;
  }
  return std::nullopt;
}

std::optional<uint32_t> Syntax::logical_subject(uint32_t verb) const {
  if (!is_passive(verb)) return surface_subject(verb);
  for (const uint32_t c : children(verb)) {
    if (dep(c) == Dep::kAgent || (dep(c) == Dep::kPrep && lower(c) == "by")) {
      if (const auto agent = child(c, Dep::kPobj)) return agent;
    }
  }
  return std::nullopt;
}

std::vector<uint32_t> Syntax::subjects_who_did_so(uint32_t verb) const {
  std::vector<uint32_t> subjects;
  for (const uint32_t c : children(verb)) {
    if (dep(c) != Dep::kAdvcl || lemma(c) != "do" || c < verb || child(c, Dep::kDobj)) continue;
    for (const uint32_t inner : children(c)) {
      if (dep(inner) == Dep::kNsubj) subjects.push_back(inner);
    }
  }
  return subjects;
}

std::vector<uint32_t> Syntax::logical_objects(uint32_t verb) const {
  std::vector<uint32_t> objects;
  if (is_passive(verb)) {
    if (const auto subject = surface_subject(verb)) objects.push_back(*subject);
    if (const auto second = child(verb, Dep::kDobj)) objects.push_back(*second);  // "were given 48 hours"
    return objects;
  }
  bool relative = false;
  for (const uint32_t c : children(verb)) {
    if (dep(c) == Dep::kDobj && (tag(c) == "WDT" || tag(c) == "WP") && dep(verb) == Dep::kRelcl) {
      objects.push_back(head(verb));
      relative = true;
    } else if (dep(c) == Dep::kDobj || dep(c) == Dep::kDative) {
      if (pos(c) != Pos::kAdp) objects.push_back(c);
    } else if (dep(c) == Dep::kCcomp && !is_finite(c)) {  // "urged Russia to withdraw", "hold Iran responsible"
      if (const auto subject = child(c, Dep::kNsubj); subject && *subject > verb) objects.push_back(*subject);
    }
  }
  if (objects.empty()) {
    if (const auto named = child(verb, Dep::kOprd); named && is_nominal(*named)) objects.push_back(*named);  // "called the move illegal"
  }
  if (objects.empty() && !relative && dep(verb) == Dep::kRelcl && own_subject(verb) && own_subject(verb) != head(verb)) {
    objects.push_back(head(verb));  // "the envoy Doe met"
  }
  if (objects.empty()) {
    for (const uint32_t c : children(verb)) {
      if (dep(c) == Dep::kConj && is_verbal(c) && !child(c, Dep::kNsubj) && !is_passive(c) && are_joined_closely(verb, c)) {
        if (const auto shared = child(c, Dep::kDobj)) objects.push_back(*shared);
      }
    }
  }
  return objects;
}

std::vector<uint32_t> Syntax::preposition_objects(uint32_t preposition) const {
  std::vector<uint32_t> objects;
  for (const uint32_t c : children(preposition)) {
    if (dep(c) == Dep::kPobj) objects.push_back(c);
    if (dep(c) == Dep::kPrep) {  // "from inside Syria", "out of Iraq"
      for (const uint32_t inner : children(c)) {
        if (dep(inner) == Dep::kPobj) objects.push_back(inner);
      }
    }
  }
  return objects;
}

std::optional<uint32_t> Syntax::particle(uint32_t verb) const { return child(verb, Dep::kPrt); }

}  // namespace casus
