#include "reading/markup.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace casus {
namespace {

constexpr uint32_t kMaxNameTokens = 12;

bool touches(const Syntax& syntax, uint32_t left, uint32_t right) { return syntax.token(left).span.end == syntax.token(right).span.begin; }

bool starts_lower(std::string_view text) { return !text.empty() && text.front() >= 'a' && text.front() <= 'z'; }

/// "Russian-backed", but not "US-led"; "pro-Russian", "ex-Soviet".
bool is_fused(const Syntax& syntax, const Lexicon& lexicon, uint32_t begin, uint32_t end) {
  const Sentence& sentence = syntax.sentence(begin);
  if (end + 1 < sentence.end && syntax.text(end) == "-" && touches(syntax, end - 1, end) && touches(syntax, end, end + 1) &&
      starts_lower(syntax.text(end + 1))) {
    return !lexicon.words().has(WordClass::kFusedOwner, syntax.lower(end + 1));
  }
  return begin >= sentence.begin + 2 && syntax.text(begin - 1) == "-" && touches(syntax, begin - 1, begin) &&
         touches(syntax, begin - 2, begin - 1) && starts_lower(syntax.text(begin - 2));
}

/// Whether the entity recogniser takes the tokens for part of somebody's longer name, or doubts an ambiguous name.
bool is_refused(const Syntax& syntax, uint32_t begin, uint32_t end, const NameEntry& entry) {
  if (entry.kind == NameKind::kPerson) return entry.ambiguous;  // a bare surname that many bear: the article itself must tell
  const auto type = [&](uint32_t i) { return syntax.doc().ent_type(syntax.token(i)); };
  const bool person = type(begin) == "PERSON";
  const Sentence& sentence = syntax.sentence(begin);
  const bool before = begin > sentence.begin && syntax.token(begin).ent_iob == 1 && type(begin - 1) == "PERSON";
  const bool after = end < sentence.end && syntax.token(end).ent_iob == 1 && type(end) == "PERSON" && syntax.tag(end) != "POS";
  if (person && (before || after) && end - begin == 1) return entry.kind != NameKind::kDemonym;
  if (!entry.ambiguous) return false;
  if (person && entry.kind == NameKind::kCountry) return false;  // alone and no title before it: Jordan is the kingdom
  return type(begin).empty() || person || type(begin) == "WORK_OF_ART" || type(begin) == "PRODUCT";
}

}  // namespace

std::string spelled(const Syntax& syntax, uint32_t begin, uint32_t end) {
  const std::string_view raw = syntax.bytes(begin, end).in(syntax.doc().article().text());
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw.substr(i).starts_with("\u2019")) {
      out += '\'';
      i += 2;
    } else if (raw[i] == '\n' || raw[i] == ' ' || raw[i] == '\t') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += raw[i];
    }
  }
  return out;
}

Markup::Markup(const Syntax& syntax, const Lexicon& lexicon)
    : names_(), terms_(), name_index_(syntax.size(), 0), term_index_(syntax.size(), 0) {
  mark_names(syntax, lexicon, day_number(syntax.doc().article().fields().published));
  mark_terms(syntax, lexicon);
}

void Markup::add_place(uint32_t begin, uint32_t end, NameEntry entry) {
  places_->push_back(std::move(entry));
  names_.push_back({begin, end, &places_->back()});
  std::fill(name_index_.begin() + begin, name_index_.begin() + end, static_cast<uint32_t>(names_.size()));
}

void Markup::mark_names(const Syntax& syntax, const Lexicon& lexicon, DayNumber day) {
  for (uint32_t begin = 0; begin < syntax.size();) {
    const uint32_t limit = std::min(syntax.sentence(begin).end, begin + kMaxNameTokens);
    NameHit best;
    for (uint32_t end = begin + 1; end <= limit; ++end) {
      const std::string phrase = spelled(syntax, begin, end);
      const NameEntry* entry = NameTable::pick(lexicon.names().find(phrase), day);
      if (entry && !is_refused(syntax, begin, end, *entry)) best = {begin, end, entry, is_fused(syntax, lexicon, begin, end)};
      if (!lexicon.names().has_prefix(phrase)) break;
    }
    if (!best.entry) {
      ++begin;
      continue;
    }
    names_.push_back(best);
    std::fill(name_index_.begin() + best.begin, name_index_.begin() + best.end, static_cast<uint32_t>(names_.size()));
    begin = best.end;
  }
}

void Markup::mark_terms(const Syntax& syntax, const Lexicon& lexicon) {
  for (uint32_t begin = 0; begin < syntax.size();) {
    const uint32_t limit = std::min<uint32_t>(syntax.sentence(begin).end, begin + static_cast<uint32_t>(lexicon.max_term_words()));
    TermHit best;
    std::string words;
    for (uint32_t end = begin + 1; end <= limit; ++end) {
      const Pos p = syntax.pos(end - 1);
      const bool noun = p == Pos::kNoun || p == Pos::kPropn || p == Pos::kAdj;
      for (const std::string& last : {syntax.lower(end - 1), syntax.lemma(end - 1)}) {
        const Term* term = noun ? lexicon.find_term(words + last) : nullptr;
        const bool other =
            term && ((p == Pos::kAdj && end == begin + 1) || (term->needs_capital && syntax.text(begin) == syntax.lower(begin)));
        if (term && !other) best = {begin, end, term};
      }
      words += syntax.lower(end - 1);
      if (end < limit && !touches(syntax, end - 1, end)) words += ' ';
    }
    if (!best.term) {
      ++begin;
      continue;
    }
    terms_.push_back(best);
    std::fill(term_index_.begin() + best.begin, term_index_.begin() + best.end, static_cast<uint32_t>(terms_.size()));
    begin = best.end;
  }
}

}  // namespace casus
