#include "reading/cues.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace casus {
namespace {

constexpr uint32_t kMaxSpeakerTokens = 40;  ///< a longer subject is cut to the words at its head
constexpr uint32_t kMaxPhraseWords = 6;     ///< of a phrase that names a source: "in the words of"
constexpr uint32_t kMaxCueGap = 25;         ///< tokens between a verb and the quotation that it introduces

/// Whether the value of a word has this part.
bool takes_part(std::string_view takes, std::string_view part) {
  for (const std::string_view word : split(takes, ' ')) {
    if (word == part) return true;
  }
  return false;
}

bool is_relative(std::string_view tag) { return tag == "WDT" || tag == "WP"; }

}  // namespace

std::optional<Cue> CueFinder::at(uint32_t token) const {
  if (auto cue = source_phrase(token)) return cue;
  if (syntax_.is_verbal(token)) return verb(token);
  if (syntax_.is_nominal(token)) {
    auto cue = noun(token);
    return cue ? cue : view_noun(token);
  }
  if (syntax_.pos(token) == Pos::kAdj) return adjective(token);
  if (syntax_.text(token) == ":") return colon(token);
  return std::nullopt;
}

// ---- pieces of text

bool CueFinder::is_edge(uint32_t token) const {
  const Pos pos = syntax_.pos(token);
  if (pos == Pos::kSpace) return true;
  const std::string_view text = syntax_.text(token);
  return pos == Pos::kPunct && !quoted_.is_mark(token) && text != "." && text != "?" && text != "!" && text != ")" && text != "(";
}

TokenRange CueFinder::trimmed(TokenRange range) const {
  while (!range.empty() && (is_edge(range.begin) || (syntax_.lower(range.begin) == "that" && syntax_.dep(range.begin) == Dep::kMark) ||
                            syntax_.text(range.begin) == "."))
    ++range.begin;
  while (!range.empty() && is_edge(range.end - 1)) --range.end;
  return range;
}

bool CueFinder::add(Cue& cue, TokenRange piece) const {
  piece = trimmed(piece);
  if (piece.empty()) return false;
  for (uint32_t t = piece.begin; t < piece.end; ++t) {
    if (syntax_.pos(t) == Pos::kPunct || syntax_.pos(t) == Pos::kSpace) continue;
    cue.content.push_back(piece);
    return true;
  }
  return false;
}

/// What of the content does not lie in the hole that the cue tears into it.
void CueFinder::add_outside(Cue& cue, TokenRange content, TokenRange hole) const {
  if (content.end <= hole.begin || content.begin >= hole.end) {
    static_cast<void>(add(cue, content));
    return;
  }
  static_cast<void>(add(cue, {content.begin, hole.begin}));
  static_cast<void>(add(cue, {hole.end, content.end}));
}

/// The cue with its speaker and what else stands between two parts of a quotation: "…," he told the paper on Monday, "…".
TokenRange CueFinder::region(const Cue& cue, TokenRange content) const {
  TokenRange hole = cue.words;
  if (content.end <= hole.begin || content.begin >= hole.end) return hole;
  if (!cue.speaker_words.empty()) {
    if (cue.speaker_words.begin > content.begin) hole.begin = std::min(hole.begin, cue.speaker_words.begin);
    if (cue.speaker_words.end < content.end) hole.end = std::max(hole.end, cue.speaker_words.end);
  }
  for (const uint32_t c : syntax_.children(cue.token)) {
    const TokenRange part = subtree(c);
    const bool outside = part.begin >= hole.end && syntax_.pos(c) != Pos::kPunct && part.end <= content.end;
    if (outside && part.begin - hole.end <= 1 && !quoted_.at(part.begin)) hole.end = part.end;
  }
  return hole;
}

/// Leaves out what is told of somebody at more length than he is named: "…, who led the party for years, ".
void CueFinder::shorten(TokenRange& range, uint32_t head) const {
  for (const uint32_t c : syntax_.children(head)) {
    const Dep dep = syntax_.dep(c);
    const uint32_t begin = syntax_.left_edge(c);
    if (begin <= head || begin >= range.end) continue;
    const bool beside = dep == Dep::kRelcl || dep == Dep::kAcl || (dep == Dep::kPrep && syntax_.text(begin - 1) == ",");
    if (beside && range.end - begin > begin - range.begin) range.end = begin;
  }
}

TokenRange CueFinder::phrase(uint32_t head, TokenRange cue) const {
  TokenRange range = subtree(head);
  if (head < cue.begin) range.end = std::min(range.end, cue.begin);
  if (head >= cue.end) range.begin = std::max(range.begin, cue.end);
  if (range.size() > kMaxSpeakerTokens) range = {std::max(range.begin, head - std::min(head, 10u)), head + 1};
  const auto own = quoted_.at(head);
  const auto other = [&](uint32_t token) {  // a word of another quotation, but for a name in marks within the phrase
    const auto quotation = quoted_.at(token);
    return quotation != own &&
           (!quotation || !range.contains(quoted_.all()[*quotation].begin()) || quoted_.all()[*quotation].end() > range.end);
  };
  for (uint32_t t = head; t-- > range.begin;) {
    if (other(t)) range.begin = t + 1;
  }
  for (uint32_t t = head + 1; t < range.end; ++t) {
    if (other(t)) range.end = t;
  }
  shorten(range, head);
  while (range.begin < head && is_edge(range.begin)) ++range.begin;
  while (range.end > head + 1 && (is_edge(range.end - 1) || syntax_.text(range.end - 1) == ".")) --range.end;
  return range;
}

// ---- verbs

/// The entry of a verb, the longer one first: with its particle or with its adjective or noun ("make clear").
const std::string* CueFinder::entry_of(uint32_t verb, TokenRange& words) const {
  words = {verb, verb + 1};
  for (const uint32_t c : syntax_.children(verb)) {
    const Dep dep = syntax_.dep(c);
    if (dep != Dep::kPrt && dep != Dep::kAcomp && dep != Dep::kOprd && dep != Dep::kDobj && dep != Dep::kCcomp && dep != Dep::kPrep &&
        dep != Dep::kAdvmod && dep != Dep::kAdvcl)
      continue;
    if (c < verb || c > verb + kMaxPhraseWords) continue;
    const std::string* entry = words_.find(WordClass::kSpeechVerb, syntax_.lemma(verb) + " " + syntax_.lower(c));
    if (!entry) continue;
    words.end = c + 1;
    return entry;
  }
  return words_.find(WordClass::kSpeechVerb, syntax_.lemma(verb));
}

/// "I think" in a quotation, "you know": the words of whoever is quoted, and no report of his.
bool CueFinder::is_part_of_talk(const Cue& cue) const {
  if (!cue.speaker || syntax_.tag(*cue.speaker) != "PRP") return false;
  const std::string* person = words_.find(WordClass::kPronoun, syntax_.lower(*cue.speaker));
  return person ? *person == "first" && quoted_.at(cue.token) : true;  // "you" is not among those that point back
}

void CueFinder::set_phrase(Cue& cue, uint32_t head) const {
  cue.speaker = head;
  cue.speaker_words = phrase(head, cue.words);
}

void CueFinder::set_speaker(Cue& cue) const {
  const auto outer = outer_speech(cue.token);
  const auto head = syntax_.logical_subject(outer.value_or(cue.token));
  if (!head || !syntax_.is_nominal(*head)) return;
  set_phrase(cue, *head);
  for (const uint32_t c : syntax_.children(cue.token)) {
    if (syntax_.dep(c) == Dep::kNsubj && is_relative(syntax_.tag(c)) && *head != c) cue.speaker_words = {c, c + 1};
  }
}

std::optional<Cue> CueFinder::verb(uint32_t token) const {
  if (syntax_.dep(token) == Dep::kAmod || syntax_.dep(token) == Dep::kAux || syntax_.dep(token) == Dep::kAuxpass) return std::nullopt;
  Cue cue{.token = token};
  const std::string* takes = entry_of(token, cue.words);
  if (!takes) return std::nullopt;
  const uint32_t above = syntax_.head(token);
  const bool names_source = takes_part(*takes, "source") && above != token && syntax_.dep(token) == Dep::kAdvcl &&
                            words_.has(WordClass::kSpeechVerb, syntax_.lemma(above));
  if (names_source) return std::nullopt;
  const bool named_so = syntax_.dep(token) == Dep::kAcl && syntax_.tag(token) == "VBN" && !syntax_.child(token, Dep::kAgent);
  if (named_so) return std::nullopt;  // "a party called Unity", "forces described as rebels": by nobody in particular
  set_speaker(cue);
  if (cue.speaker && is_part_of_talk(cue)) return std::nullopt;
  if (cue.speaker) {
    set_content(cue, *takes);
  } else if (syntax_.is_passive(token) && takes_part(*takes, "raised")) {
    set_raised(cue);
  }
  return cue.content.empty() ? std::nullopt : std::optional(cue);
}

void CueFinder::set_content(Cue& cue, const std::string& takes) const {
  if (set_clause(cue, takes)) return;
  if (takes_part(takes, "complement") && set_complement(cue)) return;
  if (set_quotation(cue)) return;
  if (set_objects(cue, takes)) return;
  if (takes_part(takes, "clause")) set_frame_clause(cue);
}

/// The reported words of a clause: without what is told beside them (", while Chile said …", ", adding that …", "and suggested …"), with
/// what the parser hung at the cue ("said it left because …").
TokenRange CueFinder::clause_words(uint32_t clause, const Cue& cue) const {
  TokenRange content = subtree(clause);
  if (content.begin < cue.words.end) return content;
  uint32_t at = clause;
  for (int step = 0; step < kMaxWalk; ++step) {
    std::optional<uint32_t> next;
    for (const uint32_t c : syntax_.children(at)) {
      if (c < at || c >= content.end) continue;
      if (is_told_beside(c, cue)) content.end = std::min(content.end, syntax_.left_edge(c));
      if (syntax_.right_edge(c) == content.end && syntax_.is_verbal(c)) next = c;
    }
    if (!next) break;
    at = *next;
  }
  if (content.end > clause && syntax_.dep(content.end - 1) == Dep::kCc) --content.end;
  for (const uint32_t c : syntax_.children(cue.token)) {
    const bool circumstance = syntax_.dep(c) == Dep::kAdvcl && syntax_.child(c, Dep::kMark) && syntax_.is_finite(c);
    if (circumstance && syntax_.left_edge(c) == content.end && !is_told_beside(c, cue)) content.end = syntax_.right_edge(c);
  }
  return content;
}

/// Whether a clause within reported words belongs to the reporter: he sets another speaker against the first one, or tells what the
/// first one said besides.
bool CueFinder::is_told_beside(uint32_t clause, const Cue& cue) const {
  if (quoted_.at(clause) && quoted_.at(clause) != quoted_.at(cue.token)) return false;
  return outer_speech(clause) == cue.token || is_contrast(clause);
}

/// ", while Chile said …".
bool CueFinder::is_contrast(uint32_t clause) const {
  const uint32_t begin = syntax_.left_edge(clause);
  const bool while_clause = syntax_.dep(clause) == Dep::kAdvcl && words_.has(WordClass::kContrast, syntax_.lower(begin));
  return while_clause && begin > 0 && syntax_.text(begin - 1) == "," && words_.has(WordClass::kSpeechVerb, syntax_.lemma(clause));
}

/// The verb of speech outside of whose words this one stands, although the parser hangs it there: ", adding that …" behind a clause, or a
/// finite verb joined to one of another tense ("said he has left and suggested …").
std::optional<uint32_t> CueFinder::outer_speech(uint32_t verb) const {
  if (!words_.has(WordClass::kSpeechVerb, syntax_.lemma(verb)) || syntax_.child(verb, Dep::kNsubj)) return std::nullopt;
  const uint32_t begin = syntax_.left_edge(verb);
  const bool participle = syntax_.tag(verb) == "VBG" && syntax_.dep(verb) == Dep::kAdvcl && begin == verb && begin > 0 &&
                          syntax_.pos(begin - 1) == Pos::kPunct && !quoted_.is_mark(begin - 1);
  const bool joined = syntax_.dep(verb) == Dep::kConj && syntax_.tag(verb) == "VBD" && syntax_.tag(syntax_.head(verb)) != "VBD";
  if (!participle && !joined) return std::nullopt;
  uint32_t at = syntax_.head(verb);
  for (int step = 0; step < kMaxWalk && syntax_.head(at) != at; ++step) {
    const uint32_t above = syntax_.head(at);
    const bool reported = syntax_.dep(at) == Dep::kCcomp && above < at && words_.has(WordClass::kSpeechVerb, syntax_.lemma(above));
    if (reported && (participle || syntax_.tag(above) == "VBD")) return above;
    at = above;
  }
  return std::nullopt;
}

/// "Said that …", "…, she said, …", "vowed to …".
bool CueFinder::set_clause(Cue& cue, const std::string& takes) const {
  std::vector<uint32_t> clauses;
  for (uint32_t word = cue.words.begin; word < cue.words.end; ++word) {  // "made clear that": the clause may hang at "clear"
    if (word != cue.token && syntax_.head(word) != cue.token) continue;
    for (const uint32_t c : syntax_.children(word)) {
      const bool own = cue.words.contains(c) || (cue.speaker && syntax_.is_below(*cue.speaker, c));
      if (!own && is_content_clause(c, cue, takes)) clauses.push_back(c);
    }
  }
  if (clauses.empty()) return false;
  uint32_t clause = clauses.front();
  if (clause < cue.token && !quoted_.at(clause) && clauses.back() > cue.token)
    clause = clauses.back();  // "as polls show, 40 percent say …"
  const TokenRange content = clause_words(clause, cue);
  cue.asserts = !syntax_.is_infinitive(clause) && (syntax_.is_finite(clause) || quoted_.at(clause));
  add_outside(cue, content, region(cue, content));
  return !cue.content.empty();
}

bool CueFinder::is_content_clause(uint32_t clause, const Cue& cue, const std::string& takes) const {
  const Dep dep = syntax_.dep(clause);
  if (syntax_.is_infinitive(clause)) {
    const bool place = dep == Dep::kXcomp || dep == Dep::kCcomp || (dep == Dep::kAdvcl && cue.words.size() > 1);
    const bool anonymous = syntax_.dep(cue.token) == Dep::kRelcl && syntax_.is_passive(clause);  // "officials who asked not to be named"
    return place && !anonymous && takes_part(takes, "infinitive");
  }
  const bool place = dep == Dep::kCcomp || dep == Dep::kParataxis || (dep == Dep::kCsubj && clause > cue.token);
  if (place && takes_part(takes, "clause")) return true;
  return syntax_.tag(clause) == "VBG" && (dep == Dep::kXcomp || dep == Dep::kPcomp) && takes_part(takes, "gerund");
}

/// "Called the plan a threat", "described it as dead": the object and what it is called.
bool CueFinder::set_complement(Cue& cue) const {
  TokenRange content{cue.words.end, cue.words.end};
  bool named = false;
  for (const uint32_t c : syntax_.children(cue.token)) {
    if (c < cue.words.end) continue;
    const Dep dep = syntax_.dep(c);
    const bool name = dep == Dep::kOprd || dep == Dep::kCcomp || dep == Dep::kXcomp || dep == Dep::kAcomp || dep == Dep::kAttr ||
                      (dep == Dep::kPrep && (syntax_.lower(c) == "as" || syntax_.lower(c) == "to"));
    if (!name && dep != Dep::kDobj) continue;
    named = named || name;
    content.end = std::max(content.end, syntax_.right_edge(c));
  }
  if (!named) {  // the name taken for a part of the object: "called him “a liar”"
    const auto quotation = content.end > content.begin + 1 ? quoted_.at(content.end - 1) : std::nullopt;
    named = quotation.has_value();
  }
  if (!named || content.empty()) return false;
  cue.asserts = false;
  const bool passive = syntax_.is_passive(cue.token) && syntax_.dep(cue.token) != Dep::kAcl;
  const auto subject = passive ? syntax_.surface_subject(cue.token) : std::nullopt;
  if (subject && *subject < cue.token) static_cast<void>(add(cue, phrase(*subject, cue.words)));
  return add(cue, content);
}

/// "Denied the charge", "accused Iran of …", "called for …", "raised the idea of …".
bool CueFinder::set_objects(Cue& cue, const std::string& takes) const {
  std::optional<uint32_t> object;
  cue.asserts = false;
  for (uint32_t word = cue.words.begin; word < cue.words.end; ++word) {
    if (word != cue.token && syntax_.head(word) != cue.token) continue;
    for (const uint32_t c : syntax_.children(word)) {
      if (c < cue.words.end) continue;
      if (syntax_.dep(c) == Dep::kDobj) {
        object = c;
        if (syntax_.pos(c) == Pos::kPron && syntax_.left_edge(c) + 1 == syntax_.right_edge(c)) continue;  // "reported it" tells nothing
        if (takes_part(takes, "object") && !syntax_.is_infinitive(cue.token)) return add(cue, with_tail(cue.token, subtree(c)));
      }
      if (syntax_.dep(c) != Dep::kPrep || !takes_part(takes, syntax_.lower(c))) continue;
      const bool charge = syntax_.lower(c) == "of" && object;  // "accused Iran of seeking …": of whom it is said is part of it
      cue.asserts = syntax_.lower(c) == "of" && !charge && syntax_.child(c, Dep::kPcomp);  // a deed: "the idea of flying"
      return add(cue, {charge ? syntax_.left_edge(*object) : c + 1, syntax_.right_edge(c)});
    }
  }
  if (syntax_.is_passive(cue.token) && takes_part(takes, "object")) {
    const auto subject = syntax_.surface_subject(cue.token);  // "the claim was denied by Iran"
    if (subject && subject != cue.speaker) return add(cue, phrase(*subject, cue.words));
  }
  cue.asserts = true;
  return false;
}

/// Whether the quotation that ends here is a sentence of its own before the words that begin there: "“…” He said that …".
bool CueFinder::is_ended(uint32_t quotation_end, uint32_t begin) const {
  if (quotation_end != begin || quotation_end < 2 || syntax_.text(quotation_end - 2) != ".") return false;
  return syntax_.pos(begin) != Pos::kVerb && is_ascii_upper(syntax_.text(begin).front()) && syntax_.sentence(begin).begin == begin;
}

/// An object with what stands behind it and the parser hung at the verb: "invoked the alliance | against the Axis".
TokenRange CueFinder::with_tail(uint32_t verb, TokenRange object) const {
  for (const uint32_t c : syntax_.children(verb)) {
    const std::string* kind = syntax_.dep(c) == Dep::kPrep ? words_.find(WordClass::kPreposition, syntax_.lower(c)) : nullptr;
    const bool part = kind && *kind != "place" && !words_.has(WordClass::kAdjunct, syntax_.lower(c));
    if (part && c == object.end) object.end = syntax_.right_edge(c);
  }
  return object;
}

/// The quotation right before or behind the cue and its speaker, whatever the parser makes of it.
bool CueFinder::set_quotation(Cue& cue) const {
  const uint32_t begin = std::min(cue.words.begin, cue.speaker_words.empty() ? cue.words.begin : cue.speaker_words.begin);
  const Dep dep = syntax_.dep(cue.token);
  const bool main = dep != Dep::kPcomp && dep != Dep::kAdvcl && dep != Dep::kXcomp && dep != Dep::kAcl && dep != Dep::kRelcl;
  uint32_t before = main && quoted_.at(cue.token) == std::nullopt ? begin : 0;
  while (before > 0 && is_edge(before - 1) && quoted_.same_paragraph(before - 1, begin)) --before;
  if (const auto quotation = quoted_.ends_before(before);
      quotation && quoted_.same_paragraph(before - 1, begin) && !is_ended(before, begin)) {
    for (const TokenRange& piece : quoted_.all()[*quotation].pieces) static_cast<void>(add(cue, piece));
    if (!cue.content.empty()) return true;
  }
  const uint32_t limit = std::min(cue.words.end + kMaxCueGap, syntax_.size());
  for (uint32_t t = cue.words.end; t < limit; ++t) {
    if (!quoted_.same_paragraph(cue.token, t) && syntax_.text(t - 1) != ":") return false;
    if (const auto quotation = quoted_.begins_at(t)) {
      const std::string_view last = syntax_.text(t - 1);
      const bool introduced = last == "," || last == ":" || t == cue.words.end || syntax_.pos(t - 1) == Pos::kSpace;
      if (!introduced) return false;
      for (const TokenRange& piece : quoted_.all()[*quotation].pieces) static_cast<void>(add(cue, piece));
      return !cue.content.empty();
    }
    if (quoted_.at(t) != quoted_.at(cue.token)) return false;
    const bool own = syntax_.is_below(t, cue.token) || syntax_.pos(t) == Pos::kSpace || syntax_.text(t) == ":" || syntax_.text(t) == ",";
    if (!own) return false;
  }
  return false;
}

/// "The plan, she said, is dead"; "as he put it": the clause that the cue stands in.
void CueFinder::set_frame_clause(Cue& cue) const {
  const uint32_t head = syntax_.head(cue.token);
  if (head == cue.token) return;
  const Dep dep = syntax_.dep(cue.token);
  bool as = false;
  for (const uint32_t c : syntax_.children(cue.token)) {
    as = as || (c < cue.token && syntax_.lower(c) == "as" && (syntax_.dep(c) == Dep::kMark || syntax_.dep(c) == Dep::kAdvmod));
  }
  const bool inserted = dep == Dep::kParataxis || (dep == Dep::kCcomp && cue.token > head) || (dep == Dep::kAdvcl && as);
  if (!inserted || !syntax_.is_verbal(head) || (!as && words_.has(WordClass::kSpeechVerb, syntax_.lemma(head)))) return;
  TokenRange hole = subtree(cue.token);
  if (cue.speaker && !cue.speaker_words.empty() && syntax_.is_below(*cue.speaker, cue.token))
    hole = {std::min(hole.begin, cue.speaker_words.begin), std::max(hole.end, cue.speaker_words.end)};
  add_outside(cue, subtree(head), hole);
}

/// "It is believed that …", "is said to …", "was told that …": nobody is named.
void CueFinder::set_raised(Cue& cue) const {
  for (const uint32_t c : syntax_.children(cue.token)) {
    const bool infinitive = syntax_.dep(c) == Dep::kXcomp && syntax_.is_infinitive(c);
    if (!infinitive && syntax_.dep(c) != Dep::kCcomp) continue;
    const auto subject = syntax_.surface_subject(cue.token);
    if (infinitive && subject && *subject < cue.token && syntax_.lower(*subject) != "it")
      static_cast<void>(add(cue, phrase(*subject, cue.words)));
    const TokenRange content = subtree(c);
    add_outside(cue, content, region(cue, content));
    return;
  }
}

// ---- nouns and adjectives

/// Whose a noun of speech is: "Iran's claim", "the US warning", "a warning from Iran", "issued a warning".
std::optional<uint32_t> CueFinder::owner_of(uint32_t noun) const {
  if (const auto owner = syntax_.child(noun, Dep::kPoss)) return owner;
  for (const uint32_t c : syntax_.children(noun)) {
    const bool by = syntax_.dep(c) == Dep::kPrep && (syntax_.lower(c) == "by" || syntax_.lower(c) == "from");
    if (const auto object = by ? syntax_.child(c, Dep::kPobj) : std::nullopt) return object;
    const std::string_view type = syntax_.doc().ent_type(syntax_.token(c));
    const bool name = type == "GPE" || type == "ORG" || type == "NORP" || type == "PERSON";
    if (c < noun && name && (syntax_.dep(c) == Dep::kCompound || syntax_.dep(c) == Dep::kAmod || syntax_.dep(c) == Dep::kNmod)) return c;
  }
  const uint32_t verb = syntax_.head(noun);
  const bool done = syntax_.dep(noun) == Dep::kDobj && words_.has(WordClass::kLightVerb, syntax_.lemma(verb));
  return done ? syntax_.logical_subject(verb) : std::nullopt;
}

/// The head of what a noun of speech says.
std::optional<uint32_t> CueFinder::noun_content(uint32_t noun, const std::string& takes) const {
  for (const uint32_t c : syntax_.children(noun)) {
    const Dep dep = syntax_.dep(c);
    if (c < noun) continue;
    const bool clause = dep == Dep::kAcl || dep == Dep::kRelcl || dep == Dep::kCcomp || dep == Dep::kAdvcl;
    if (clause && syntax_.is_infinitive(c) && takes_part(takes, "infinitive")) return c;
    if (clause && syntax_.child(c, Dep::kMark) && syntax_.is_finite(c) && takes_part(takes, "clause")) return c;
    if (dep == Dep::kPrep && takes_part(takes, syntax_.lower(c))) {
      if (const auto object = syntax_.child(c, Dep::kPobj)) return object;
      if (const auto clause_behind = syntax_.child(c, Dep::kPcomp)) return clause_behind;
    }
  }
  const uint32_t verb = syntax_.head(noun);  // "his message was that …"
  if (syntax_.dep(noun) != Dep::kNsubj || syntax_.lemma(verb) != "be") return std::nullopt;
  return syntax_.child(verb, Dep::kCcomp);
}

std::optional<Cue> CueFinder::noun(uint32_t token) const {
  const std::string* takes = words_.find(WordClass::kContentNoun, syntax_.lemma(token));
  if (!takes) return std::nullopt;
  const uint32_t verb = syntax_.head(token);
  const std::string* above = syntax_.dep(token) == Dep::kDobj ? words_.find(WordClass::kSpeechVerb, syntax_.lemma(verb)) : nullptr;
  if (above && takes_part(*above, "object") && !syntax_.child(token, Dep::kPoss))
    return std::nullopt;  // "voiced concerns": told by the verb
  const auto content = noun_content(token, *takes);
  const auto owner = content ? owner_of(token) : std::nullopt;
  if (!owner || !(syntax_.is_nominal(*owner) || syntax_.pos(*owner) == Pos::kAdj || syntax_.pos(*owner) == Pos::kDet)) return std::nullopt;
  Cue cue{.token = token, .words = {token, token + 1}};
  set_phrase(cue, *owner);
  static_cast<void>(add(cue, {std::max(syntax_.left_edge(*content), token + 1), syntax_.right_edge(*content)}));
  cue.asserts = syntax_.is_verbal(*content) && !syntax_.is_infinitive(*content);
  return cue.content.empty() ? std::nullopt : std::optional(cue);
}

/// "Is confident that …", "worried about …".
std::optional<Cue> CueFinder::adjective(uint32_t token) const {
  const std::string* takes = words_.find(WordClass::kContentAdj, syntax_.lemma(token));
  if (!takes) return std::nullopt;
  const auto subject = syntax_.surface_subject(token);
  const bool predicate =
      syntax_.dep(token) == Dep::kConj || (syntax_.dep(token) == Dep::kAcomp && syntax_.pos(syntax_.head(token)) == Pos::kAux);
  if (!predicate || !subject || !syntax_.is_nominal(*subject) || syntax_.lower(*subject) == "it") return std::nullopt;
  Cue cue{.token = token, .words = {token, token + 1}};
  set_phrase(cue, *subject);
  if (is_part_of_talk(cue)) return std::nullopt;
  for (const uint32_t c : syntax_.children(token)) {
    const Dep dep = syntax_.dep(c);
    if (c < token) continue;
    const bool clause = dep == Dep::kCcomp && takes_part(*takes, "clause");
    const bool infinitive = dep == Dep::kXcomp && takes_part(*takes, "infinitive") && syntax_.is_infinitive(c);
    if (clause || infinitive) {
      static_cast<void>(add(cue, {std::max(token + 1, syntax_.left_edge(c)), syntax_.right_edge(c)}));
    } else if (dep == Dep::kPrep && takes_part(*takes, syntax_.lower(c))) {
      static_cast<void>(add(cue, {c + 1, syntax_.right_edge(c)}));
    }
    if (!cue.content.empty()) return cue;
  }
  return std::nullopt;
}

// ---- sources named beside a clause

/// "According to the ministry", "per the ministry".
std::optional<Cue> CueFinder::source_phrase(uint32_t token) const {
  const std::string* next = words_.find(WordClass::kSourcePhrase, syntax_.lower(token));
  if (!next) return std::nullopt;
  uint32_t last = token;
  if (!next->empty()) {
    last = token + 1;
    if (last >= syntax_.size() || syntax_.lower(last) != *next) return std::nullopt;
  }
  const auto objects = syntax_.preposition_objects(last);
  if (objects.empty() || syntax_.head(token) == token) return std::nullopt;
  Cue cue{.token = token, .words = {token, last + 1}};
  set_phrase(cue, objects[0]);
  return set_clause_around(cue, syntax_.head(token), {token, std::max(cue.speaker_words.end, last + 1)}) ? std::optional(cue)
                                                                                                         : std::nullopt;
}

/// "In the words of X", "in X's view".
std::optional<Cue> CueFinder::view_noun(uint32_t token) const {
  if (!words_.has(WordClass::kViewNoun, syntax_.lower(token)) || syntax_.dep(token) != Dep::kPobj) return std::nullopt;
  const uint32_t preposition = syntax_.head(token);
  if (syntax_.lower(preposition) != "in" && syntax_.lower(preposition) != "by" && syntax_.lower(preposition) != "to") return std::nullopt;
  auto owner = syntax_.child(token, Dep::kPoss);
  for (const uint32_t c : syntax_.children(token)) {
    if (!owner && syntax_.dep(c) == Dep::kPrep && syntax_.lower(c) == "of") owner = syntax_.child(c, Dep::kPobj);
  }
  if (!owner || syntax_.head(preposition) == preposition) return std::nullopt;
  Cue cue{.token = token, .words = {token, token + 1}};
  set_phrase(cue, *owner);
  const TokenRange hole{preposition, std::max(syntax_.right_edge(token), cue.speaker_words.end)};
  return set_clause_around(cue, syntax_.head(preposition), hole) ? std::optional(cue) : std::nullopt;
}

/// The clause beside which a source is named, or the quotation right before it.
bool CueFinder::set_clause_around(Cue& cue, uint32_t anchor, TokenRange source) const {
  uint32_t before = source.begin;
  while (before > 0 && is_edge(before - 1) && quoted_.same_paragraph(before - 1, source.begin)) --before;
  const bool first = syntax_.sentence(source.begin).begin == source.begin && is_ascii_upper(syntax_.text(source.begin).front());
  if (const auto quotation = quoted_.ends_before(before); quotation && before == source.begin && !first) {
    for (const TokenRange& piece : quoted_.all()[*quotation].pieces) static_cast<void>(add(cue, piece));
    return !cue.content.empty();
  }
  for (int step = 0; step < kMaxWalk; ++step) {
    const Dep dep = syntax_.dep(anchor);
    const bool shares = dep == Dep::kConj && !syntax_.child(anchor, Dep::kNsubj) && !syntax_.child(anchor, Dep::kNsubjpass);
    const bool clause =
        syntax_.is_verbal(anchor) && !shares && dep != Dep::kXcomp && dep != Dep::kAcl && dep != Dep::kPcomp && dep != Dep::kAdvcl;
    if (clause || syntax_.head(anchor) == anchor) break;
    anchor = syntax_.head(anchor);
  }
  const bool main = syntax_.head(anchor) == anchor;
  const Sentence& sentence = syntax_.sentence(cue.token);
  TokenRange content = main ? TokenRange{sentence.begin, sentence.end} : subtree(anchor);
  const bool told_before = anchor < source.begin && source.begin > content.begin + 2;
  if (told_before) content.end = std::min(content.end, source.begin);  // what follows the source is a circumstance
  add_outside(cue, content, source);
  uint32_t behind = source.end;
  if (behind < sentence.end && is_edge(behind)) ++behind;
  const auto quotation = told_before && behind < sentence.end ? quoted_.begins_at(behind) : std::nullopt;
  if (quotation) static_cast<void>(add(cue, quoted_.all()[*quotation].pieces.front()));  // "it was, in his words, “absurd”"
  return !cue.content.empty();
}

// ---- quotations that no word of speech introduces

std::optional<Cue> CueFinder::host_of(uint32_t quotation) const {
  const TokenRange& piece = quoted_.all()[quotation].pieces.front();
  uint32_t at = piece.begin;
  for (uint32_t t = piece.begin; t < std::min(piece.end, piece.begin + kMaxSpeakerTokens); ++t) {
    if (!piece.contains(syntax_.head(t)) && syntax_.pos(t) != Pos::kPunct) {
      at = syntax_.head(t);
      break;
    }
  }
  for (int step = 0; step < kMaxWalk && !syntax_.is_verbal(at) && syntax_.head(at) != at; ++step) at = syntax_.head(at);
  if (piece.contains(at) || !syntax_.is_verbal(at) || quoted_.at(at)) return std::nullopt;
  const auto subject = syntax_.logical_subject(at);
  if (!subject || !syntax_.is_nominal(*subject) || piece.contains(*subject)) return std::nullopt;
  Cue cue{.token = at, .words = {at, at + 1}};
  set_phrase(cue, *subject);
  cue.content = quoted_.all()[quotation].pieces;
  return cue;
}

// ---- colons

/// "Kremlin: no troops will be sent" in a heading; "He was blunt: “…”".
std::optional<Cue> CueFinder::colon(uint32_t token) const {
  const Sentence& sentence = syntax_.sentence(token);
  if (token == sentence.begin) return std::nullopt;
  uint32_t next = token + 1;
  while (next < syntax_.size() && syntax_.pos(next) == Pos::kSpace) ++next;
  const auto quotation = next < syntax_.size() ? quoted_.begins_at(next) : std::nullopt;
  if (!quotation) return heading_colon(token);
  uint32_t verb = syntax_.head(token);
  for (int step = 0; step < kMaxWalk && !syntax_.is_verbal(verb) && syntax_.head(verb) != verb; ++step) verb = syntax_.head(verb);
  const auto subject = syntax_.is_verbal(verb) && verb < token ? syntax_.surface_subject(verb) : std::nullopt;
  if (!subject) return heading_colon(token);
  if (!syntax_.is_nominal(*subject) || *subject > token || *subject == verb) return std::nullopt;
  Cue cue{.token = token, .words = {verb, verb + 1}};
  set_phrase(cue, *subject);
  for (const TokenRange& piece : quoted_.all()[*quotation].pieces) static_cast<void>(add(cue, piece));
  return cue.content.empty() ? std::nullopt : std::optional(cue);
}

/// A name, a colon, words: the lines of a transcript and of many headings.
std::optional<Cue> CueFinder::heading_colon(uint32_t colon) const {
  const Sentence& sentence = syntax_.sentence(colon);
  uint32_t end = sentence.end;  // a heading may be cut into sentences at its colon
  if (colon + 1 >= end && end < syntax_.size() && quoted_.same_paragraph(colon, end)) end = syntax_.sentence(end).end;
  if (colon - sentence.begin > kMaxPhraseWords || end < colon + 4) return std::nullopt;
  if (sentence.begin > 0 && quoted_.same_paragraph(sentence.begin - 1, sentence.begin)) return std::nullopt;
  uint32_t head = colon - 1;
  bool name = false;
  for (uint32_t t = sentence.begin; t < colon; ++t) {
    if (syntax_.is_verbal(t) || syntax_.pos(t) == Pos::kNum) return std::nullopt;
    const std::string_view type = syntax_.doc().ent_type(syntax_.token(t));
    name = name || type == "PERSON" || type == "ORG" || type == "GPE" || type == "NORP" ||
           words_.has(WordClass::kSpeechNoun, syntax_.lower(t));
  }
  if (!name || !syntax_.is_nominal(head)) return std::nullopt;
  Cue cue{.token = colon, .words = {colon, colon + 1}, .speaker = head, .speaker_words = {sentence.begin, colon}};
  return add(cue, {colon + 1, end}) ? std::optional(cue) : std::nullopt;
}

}  // namespace casus
