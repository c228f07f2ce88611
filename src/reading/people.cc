#include "reading/people.h"

#include <algorithm>
#include <string_view>

namespace casus {
namespace {

constexpr uint32_t kMaxNameWords = 5;
constexpr uint32_t kMaxTitleTokens = 10;
constexpr size_t kMaxNamesakes = 64;  ///< people of one name that a short form is compared with, the last first

bool starts_upper(std::string_view text) {
  return !text.empty() && ((text.front() >= 'A' && text.front() <= 'Z') || static_cast<unsigned char>(text.front()) >= 0xC3);
}

/// The sector of a person on a day: a former official after the term of an office of state, none of it before.
std::string sector_on(const NameEntry& entry, DayNumber day) {
  if (entry.holds_on(day)) return entry.sector;
  if (entry.from != 0 && day < entry.from) return {};
  for (const std::string_view office : {kGovernment, kForces, kParliament, kCourts, kPolice, kIntelligence}) {
    if (entry.sector == office) return kFormerOfficials;
  }
  return entry.sector;
}

}  // namespace

std::string Person::full_name() const {
  std::string out;
  for (const std::string& name : names) {
    const bool joined = out.empty() || name == "-" || out.ends_with('-');  // the hyphen of "al-Sisi" is a token
    out += (joined ? "" : " ") + name;
  }
  return out;
}

/// A name as found, before it is joined to a person.
struct People::Found {
  uint32_t begin = 0;
  uint32_t name_begin = 0;
  uint32_t end = 0;
  std::vector<std::string> names{};
  std::string country{};
  std::string sector{};
  std::vector<std::string> titles{};
  const NameEntry* entry = nullptr;  ///< of the dictionary
};

People::People(const Syntax& syntax, const Lexicon& lexicon, const Markup& markup)
    : syntax_(syntax), lexicon_(lexicon), markup_(markup), mentions_(), persons_(), by_word_(), index_(syntax.size(), 0) {
  for (uint32_t at = 0; at < syntax.size();) {
    auto found = name_from(at);
    if (!found) {
      ++at;
      continue;
    }
    read_left(*found);
    read_apposition(*found);
    join(*found);
    at = found->end;
  }
  consult_dictionary();
  for (size_t i = 0; i < mentions_.size(); ++i) {
    for (uint32_t t = mentions_[i].begin; t < mentions_[i].end; ++t) index_[t] = static_cast<uint32_t>(i + 1);
  }
}

bool People::is_name_word(uint32_t token) const {
  if (syntax_.pos(token) != Pos::kPropn || !starts_upper(syntax_.text(token))) return false;
  if (lexicon_.words().has(WordClass::kWeekday, syntax_.lower(token)) || lexicon_.words().has(WordClass::kMonth, syntax_.lower(token)))
    return false;
  const NameHit* hit = markup_.name_at(token);
  if (hit && hit->entry->kind != NameKind::kPerson) return false;
  return markup_.term_at(token) == nullptr;
}

/// A name that begins at this token: of the dictionary, by the entity recogniser, or any proper name behind a title.
std::optional<People::Found> People::name_from(uint32_t begin) const {
  const uint32_t limit = std::min(syntax_.sentence(begin).end, begin + kMaxNameWords);
  const NameHit* hit = markup_.name_at(begin);
  Found found{.begin = begin, .name_begin = begin, .end = begin};
  if (hit && hit->entry->kind == NameKind::kPerson) {
    found.end = hit->end;
    found.entry = hit->entry;
  } else if (is_name_word(begin)) {
    const Token& token = syntax_.token(begin);
    const std::string_view type = syntax_.doc().ent_type(token);
    const bool after_title = begin > syntax_.sentence(begin).begin && markup_.term_at(begin - 1) &&
                             markup_.term_at(begin - 1)->term->kind == TermKind::kTitle && starts_upper(syntax_.text(begin - 1));
    const bool inside_name = begin > syntax_.sentence(begin).begin && is_name_word(begin - 1) && token.ent_iob == 1;
    const bool known_before = known({std::string(syntax_.text(begin))}).has_value() && type != "GPE" && type != "NORP";
    if (inside_name || (type != "PERSON" && !after_title && !known_before)) return std::nullopt;
    while (found.end < limit && is_name_word(found.end)) {
      const bool leaves = found.end > begin && type == "PERSON" && syntax_.token(found.end).ent_iob != 1 && !after_title;
      if (leaves) break;
      ++found.end;
      const bool hyphened = found.end + 1 < limit && syntax_.text(found.end) == "-" && is_name_word(found.end + 1) &&  // "Coyne-Smith"
                            syntax_.token(found.end).span.begin == syntax_.token(found.end - 1).span.end;
      if (hyphened) ++found.end;
    }
  }
  if (found.end == begin) return std::nullopt;
  for (uint32_t t = begin; t < found.end; ++t) found.names.emplace_back(syntax_.text(t));
  return found;
}

/// Takes title, nationality and office from the tokens of a region, the nearest to the name first.
void People::read_region(Found& found, uint32_t begin, uint32_t end, bool possessive_is_office) const {
  bool former = false;
  std::string national;
  for (uint32_t t = end; t-- > begin;) {
    former = former || lexicon_.words().has(WordClass::kPastOffice, syntax_.lower(t));
    if (const TermHit* term = markup_.term_at(t); term && term->term->kind == TermKind::kTitle) {
      if (found.titles.empty()) found.sector = term->term->sector;
      found.titles.push_back(term->term->words);
      std::string_view office = term->term->words;
      const size_t first_end = office.find(' ');  // titles.tsv has some offices with "former" before them
      if (first_end != office.npos && lexicon_.words().has(WordClass::kPastOffice, office.substr(0, first_end))) {
        office.remove_prefix(first_end + 1);
      }
      if (const std::string* country = lexicon_.words().find(WordClass::kNationalTitle, office); country && found.country.empty()) {
        national = *country;
      }
      t = std::max(term->begin, begin);
    } else if (lexicon_.words().has(WordClass::kCounterpart, syntax_.lower(t))) {
      if (found.sector.empty()) found.sector = kGovernment;
      found.titles.push_back(syntax_.lower(t));
    } else if (const NameHit* name = markup_.name_at(t); name && !name->fused && name->entry->kind != NameKind::kPerson) {
      if (found.country.empty()) {
        found.country = name->entry->country;
        const bool owned = name->end < syntax_.size() && syntax_.tag(name->end) == "POS";
        if (found.sector.empty() && name->entry->kind == NameKind::kOrganisation) found.sector = name->entry->sector;
        if (found.sector.empty() && name->entry->kind == NameKind::kSeat) found.sector = name->entry->sector;
        if (found.sector.empty() && owned && possessive_is_office && found.titles.empty()) found.sector = kGovernment;
      }
      t = std::max(name->begin, begin);
    }
  }
  if (found.country.empty()) found.country = national;
  if (found.country == kInternational && (found.sector.empty() || found.sector == kGovernment)) found.sector = kInternational;
  if (former && !found.titles.empty()) found.sector = kFormerOfficials;
}

/// "Kenyan Deputy Foreign Minister Jane Doe", "Chile's President Juan Roe", "his French counterpart …".
void People::read_left(Found& found) const {
  const uint32_t floor = std::max(syntax_.sentence(found.begin).begin, found.begin > kMaxTitleTokens ? found.begin - kMaxTitleTokens : 0);
  uint32_t begin = found.begin;
  while (begin > floor) {
    const uint32_t t = begin - 1;
    const Pos p = syntax_.pos(t);
    const bool term = markup_.term_at(t) != nullptr;
    const bool name = markup_.name_at(t) != nullptr;
    const bool time =
        lexicon_.words().has(WordClass::kWeekday, syntax_.lower(t)) || lexicon_.words().has(WordClass::kMonth, syntax_.lower(t));
    const bool part = !time && (term || name || p == Pos::kAdj || p == Pos::kNoun || p == Pos::kPropn || syntax_.tag(t) == "POS" ||
                                syntax_.text(t) == "-" || (p == Pos::kAdp && syntax_.lower(t) == "of" && (begin < found.begin)));
    if (index_[t] != 0 || !part) break;
    if (p == Pos::kAdp && !(term || (t > floor && markup_.term_at(t - 1)))) break;  // "leader of France X", not "army of Paris X"
    begin = t;
  }
  read_region(found, begin, found.begin, true);
  const bool meaningful = !found.titles.empty() || !found.country.empty();
  if (!meaningful) return;
  if (begin > floor && (syntax_.tag(begin - 1) == "PRP$" || syntax_.pos(begin - 1) == Pos::kDet)) --begin;
  while (begin < found.begin && (syntax_.tag(begin) == "POS" || syntax_.pos(begin) == Pos::kPunct)) ++begin;
  found.begin = begin;
}

/// "Jane Doe, the Kenyan foreign minister," and "the Chilean president, Juan Roe,".
void People::read_apposition(Found& found) const {
  const uint32_t head = found.end - 1;
  const auto read_noun_phrase = [&](uint32_t noun) {
    const TermHit* term = markup_.term_at(noun);
    const bool holder = term || (syntax_.pos(noun) == Pos::kNoun && syntax_.tag(noun) == "NN");  // "the British commandant, John Doe"
    if (!holder || (noun >= found.begin && noun < found.end)) return;
    const uint32_t begin = std::max(syntax_.left_edge(noun), syntax_.sentence(noun).begin);
    const uint32_t stop = std::min(syntax_.right_edge(noun), noun + 6);
    Found extra{.begin = begin, .name_begin = begin, .end = noun + 1};
    uint32_t left = noun + 1;
    while (left > begin && left > noun + 1 - std::min(noun + 1, kMaxTitleTokens) && !(left - 1 >= found.begin && left - 1 < found.end))
      --left;
    read_region(extra, left, noun + 1, false);
    if (extra.country.empty()) {  // "the president of France"
      for (uint32_t t = noun + 1; t < stop; ++t) {
        if (t >= found.begin && t < found.end) break;
        const NameHit* name = markup_.name_at(t);
        if (name && name->entry->kind != NameKind::kPerson && t > noun + 1 && syntax_.pos(noun + 1) == Pos::kAdp) {
          extra.country = name->entry->country;
          break;
        }
      }
    }
    if (found.country.empty()) found.country = extra.country;
    if (found.titles.empty()) found.sector = extra.sector.empty() ? found.sector : extra.sector;
    found.titles.insert(found.titles.end(), extra.titles.begin(), extra.titles.end());
  };
  for (const uint32_t c : syntax_.children(head)) {
    if (syntax_.dep(c) == Dep::kAppos && c > head) read_noun_phrase(c);
  }
  if (syntax_.dep(head) == Dep::kAppos && syntax_.head(head) < head) read_noun_phrase(syntax_.head(head));
}

/// Whether the words of one name may stand for a person known by another: surname or given name alone, or both.
bool People::may_be(const std::vector<std::string>& names, const std::vector<std::string>& full) {
  if (names.size() == 1) return full.back() == names[0] || full.front() == names[0];
  if (full.size() == 1) return names.back() == full[0] || names.front() == full[0];
  return full.back() == names.back() && full.front() == names.front();
}

/// The person that these words name, among those met so far: the last one that fits.
std::optional<uint32_t> People::known(const std::vector<std::string>& names) const {
  std::optional<uint32_t> best;
  for (const std::string* word : {&names.front(), &names.back()}) {
    const auto bearers = by_word_.find(*word);
    if (bearers == by_word_.end()) continue;
    const std::vector<uint32_t>& list = bearers->second;
    for (size_t i = list.size(), steps = 0; i-- > 0 && steps < kMaxNamesakes; ++steps) {
      if (may_be(names, persons_[list[i]].names)) best = std::max(best, std::optional(list[i]));
    }
  }
  return best;
}

void People::register_words(uint32_t person) {
  for (const std::string* word : {&persons_[person].names.front(), &persons_[person].names.back()}) {
    std::vector<uint32_t>& bearers = by_word_[*word];
    if (bearers.empty() || bearers.back() != person) bearers.push_back(person);
  }
}

void People::join(Found& found) {
  auto person = known(found.names);
  if (!person) {
    person = static_cast<uint32_t>(persons_.size());
    persons_.push_back({.names = found.names, .country = {}, .sector = {}, .titles = {}, .told_at = {}});
    register_words(*person);
  }
  Person& known_person = persons_[*person];
  if (found.names.size() > known_person.names.size()) {
    known_person.names = found.names;
    register_words(*person);
  }
  if (!known_person.told_at && !(found.country.empty() && found.titles.empty())) known_person.told_at = found.end - 1;
  if (known_person.country.empty()) known_person.country = found.country;
  if (known_person.sector.empty()) known_person.sector = found.sector;
  known_person.titles.insert(known_person.titles.end(), found.titles.begin(), found.titles.end());
  mentions_.push_back({found.begin, found.name_begin, found.end, *person});
  for (uint32_t t = found.begin; t < found.end; ++t) index_[t] = static_cast<uint32_t>(mentions_.size());
}

/// The entry of the dictionary for a person whom the article does not explain; null if none fits or it stays open who is meant.
/// An ambiguous name is that of somebody in office whose country the article names, if there is only one such.
const NameEntry* People::entry_of(const Person& person, const std::set<std::string_view>& countries, DayNumber day) const {
  auto entries = lexicon_.names().find(person.full_name());
  if (entries.empty() && person.names.size() > 2) entries = lexicon_.names().find(person.names.front() + " " + person.names.back());
  const NameEntry* sure = nullptr;
  const NameEntry* maybe = nullptr;
  bool several = false;
  for (const NameEntry& entry : entries) {
    if (entry.kind != NameKind::kPerson || (!person.country.empty() && person.country != entry.country)) continue;
    if (!entry.ambiguous) {
      if (!sure || NameTable::is_nearer(entry, *sure, day)) sure = &entry;
    } else if (day != 0 && entry.holds_on(day) && (!person.country.empty() || countries.contains(entry.country))) {
      several = several || (maybe && maybe->name != entry.name);
      maybe = &entry;
    }
  }
  if (sure) return sure;
  return several ? nullptr : maybe;
}

std::set<std::string_view> People::countries_named() const {
  std::set<std::string_view> countries;
  for (uint32_t t = 0; t < syntax_.size(); ++t) {
    if (const NameHit* hit = markup_.name_at(t); hit && hit->entry->kind != NameKind::kPerson) countries.insert(hit->entry->country);
  }
  return countries;
}

void People::consult_dictionary() {
  const DayNumber day = day_number(syntax_.doc().article().fields().published);
  const std::set<std::string_view> countries = countries_named();
  for (Person& person : persons_) {
    if (!person.country.empty() && !person.sector.empty()) continue;
    const NameEntry* entry = entry_of(person, countries, day);
    if (!entry) continue;
    person.entry = entry;
    person.country = entry->country;
    if (person.sector.empty()) person.sector = sector_on(*entry, day);
    if (person.names.size() == 1) person.names = {entry->name};
  }
}

}  // namespace casus
