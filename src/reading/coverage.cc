#include "reading/coverage.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "reading/actors.h"
#include "reading/frame_match.h"
#include "reading/syntax.h"

namespace casus {
namespace {

constexpr std::string_view kBodyTypes[] = {"ORG", "NORP"};  // of the entity recogniser

bool is_coded(const Actor& actor) { return !actor.country.empty() && actor.country != kNoCountry; }

/// A part of a clause that names coded actors, as a pattern would write it.
struct Slot {
  std::vector<Actor> actors{};
  std::string before{};  ///< what stands before the slot in the pattern: "talk with "
};

bool is_other(const Actor& a, const Actor& b) { return a.country != b.country || (a.sector != b.sector && a.name != b.name); }

/// Whether some actor of one slot is another one than some actor of the other.
bool joins(const Slot& a, const Slot& b) {
  return std::any_of(a.actors.begin(), a.actors.end(), [&](const Actor& actor) {
    return std::any_of(b.actors.begin(), b.actors.end(), [&](const Actor& other) { return is_other(actor, other); });
  });
}

std::string row_of(std::initializer_list<std::string_view> cells) {
  std::string row;
  for (const std::string_view cell : cells) row.append(cell).push_back('\t');
  row.pop_back();
  return row;
}

class CoverageReader {
 public:
  CoverageReader(const Document& doc, const Lexicon& lexicon) : lexicon_(lexicon), syntax_(doc), actors_(syntax_, lexicon) {}

  CoverageReport read() {
    find_hits();
    for (uint32_t token = 0; token < syntax_.size(); ++token) {
      if (is_predicate(token)) read_verb(token);
      if (is_plain_noun(token)) read_noun(token);
    }
    read_people();
    read_bodies();
    return std::move(report_);
  }

 private:
  void find_hits() {
    for (const FrameHit& hit : match_all(syntax_, actors_, lexicon_)) {
      const Coverage coverage = hit.frame->type == kNoEvent ? Coverage::kNone : Coverage::kFrame;
      covered_.emplace(hit.trigger, coverage);
      for (const uint32_t word : hit.words) covered_.emplace(word, coverage);
    }
  }

  [[nodiscard]] bool is_name(uint32_t token) const {
    return actors_.people().mention_at(token) || (actors_.markup().name_at(token) && syntax_.pos(token) == Pos::kPropn);
  }

  [[nodiscard]] bool is_predicate(uint32_t token) const {
    const Dep dep = syntax_.dep(token);
    return syntax_.pos(token) == Pos::kVerb && dep != Dep::kAmod && dep != Dep::kCompound && dep != Dep::kAux && dep != Dep::kAuxpass &&
           dep != Dep::kPrep && !is_name(token);
  }

  [[nodiscard]] bool is_plain_noun(uint32_t token) const {
    const std::string_view tag = syntax_.tag(token);
    return (tag == "NN" || tag == "NNS") && syntax_.dep(token) != Dep::kCompound && !is_name(token) && !actors_.markup().term_at(token);
  }

  /// The coded actors of a noun, or those who own what is none.
  [[nodiscard]] std::vector<Actor> coded_at(uint32_t noun) const {
    std::vector<Actor> actors = actors_.all(noun);
    std::erase_if(actors, [](const Actor& actor) { return !is_coded(actor); });
    if (!actors.empty()) return actors;
    actors = actors_.owners(noun);
    std::erase_if(actors, [](const Actor& actor) { return !is_coded(actor); });
    return actors;
  }

  void add_slot(std::vector<Actor> actors, std::string before, std::vector<Slot>& slots) const {
    if (!actors.empty()) slots.push_back({std::move(actors), std::move(before)});
  }

  /// What stands behind the prepositions of a word.
  void add_prepositions(uint32_t word, const std::string& before, std::vector<Slot>& slots) const {
    for (const uint32_t c : syntax_.children(word)) {
      if (syntax_.dep(c) != Dep::kPrep || c < word || lexicon_.words().has(WordClass::kAdjunct, syntax_.lower(c))) continue;
      for (const uint32_t object : syntax_.preposition_objects(c)) {
        add_slot(coded_at(actors_.repaired_head(object)), before + syntax_.lower(c) + " ", slots);
      }
    }
  }

  void read_verb(uint32_t verb) {
    std::vector<Slot> source, others;
    if (const auto subject = syntax_.logical_subject(verb)) add_slot(coded_at(*subject), "", source);
    const std::vector<uint32_t> objects = syntax_.logical_objects(verb);
    for (const uint32_t object : objects) {
      std::vector<Actor> own = actors_.all(object);
      std::erase_if(own, [](const Actor& actor) { return !is_coded(actor); });
      const std::string thing = own.empty() && is_plain_noun(object) ? syntax_.lemma(object) + " " : "";
      add_slot(coded_at(object), "", others);
      add_prepositions(object, thing, others);
      if (!thing.empty()) add_prepositions(verb, thing, others);
    }
    if (others.empty()) add_prepositions(verb, "", others);
    if (source.empty() && others.size() > 1) source.push_back(std::exchange(others.front(), {}));  // "was expelled from Norway"
    if (source.empty()) return;
    const auto joined = std::find_if(others.begin(), others.end(), [&](const Slot& slot) { return joins(source[0], slot); });
    if (joined == others.end()) return;
    const Coverage coverage = coverage_of(verb, objects);
    ++report_.clauses[static_cast<size_t>(coverage)];
    if (coverage != Coverage::kOpen) return;
    const auto particle = syntax_.particle(verb);
    const std::string off = particle ? syntax_.lower(*particle) : "";
    const std::string word = syntax_.lemma(verb) + (off.empty() ? "" : " " + off);
    const bool passive = syntax_.is_passive(verb) && !syntax_.logical_subject(verb);
    const std::string pattern = (passive ? "(SOURCE) " : "SOURCE ") + syntax_.lemma(verb) + (off.empty() ? " " : " +" + off + " ") +
                                (passive ? "TARGET" : joined->before + "TARGET");
    add_gap(GapKind::kVerb, word, pattern, verb);
  }

  [[nodiscard]] Coverage coverage_of(uint32_t verb, const std::vector<uint32_t>& objects) const {
    if (const auto found = covered_.find(verb); found != covered_.end()) return found->second;
    for (const uint32_t object : objects) {  // "held talks with": the noun has the frame
      if (const auto found = covered_.find(object); found != covered_.end() && is_plain_noun(object)) return found->second;
    }
    const auto particle = syntax_.particle(verb);
    const std::string with_particle = syntax_.lemma(verb) + (particle ? " " + syntax_.lower(*particle) : "");
    const bool words = lexicon_.words().has(WordClass::kSpeechVerb, syntax_.lemma(verb)) ||
                       lexicon_.words().has(WordClass::kPhase, syntax_.lemma(verb)) ||
                       lexicon_.words().has(WordClass::kLightVerb, syntax_.lemma(verb)) ||
                       lexicon_.wrappers().find(WrapperKind::kVerb, with_particle) != nullptr;
    return words ? Coverage::kWords : Coverage::kOpen;
  }

  /// "Russia's condemnation of Norway": a noun with an owner and somebody else behind a preposition.
  void read_noun(uint32_t noun) {
    if (covered_.contains(noun)) return;
    std::vector<Slot> owner, others;
    std::vector<Actor> owners = actors_.owners_before(noun);
    std::erase_if(owners, [](const Actor& actor) { return !is_coded(actor); });
    add_slot(std::move(owners), "", owner);
    add_prepositions(noun, "", others);
    if (owner.empty()) return;
    const auto joined = std::find_if(others.begin(), others.end(), [&](const Slot& slot) { return joins(owner[0], slot); });
    if (joined == others.end()) return;
    add_gap(GapKind::kNoun, syntax_.lemma(noun), "noun SOURCE's " + syntax_.lemma(noun) + " " + joined->before + "TARGET", noun);
  }

  void read_people() {
    for (const PersonMention& mention : actors_.people().mentions()) {
      const Person& person = actors_.people().persons()[mention.person];
      const std::string name = person.full_name();
      if (person.names.size() < 2 || !lexicon_.names().find(name).empty()) continue;
      const std::string office = person.titles.empty() ? "" : person.titles.front();
      add_gap(GapKind::kPerson, name, row_of({name, "", person.country, person.sector, office}), mention.begin);
    }
  }

  void read_bodies() {
    for (const Entity& entity : syntax_.doc().entities()) {
      const std::string_view type = syntax_.doc().labels().name(entity.type);
      if (std::find(std::begin(kBodyTypes), std::end(kBodyTypes), type) == std::end(kBodyTypes)) continue;
      uint32_t begin = entity.begin;
      while (begin < entity.end && syntax_.pos(begin) != Pos::kPropn) ++begin;
      const bool known =
          std::any_of(syntax_.doc().tokens().begin() + begin, syntax_.doc().tokens().begin() + entity.end,
                      [&](const Token& token) { return is_known(static_cast<uint32_t>(&token - syntax_.doc().tokens().data())); });
      if (begin >= entity.end || known) continue;
      const ByteSpan span = syntax_.bytes(begin, entity.end);
      const std::string name(span.in(syntax_.doc().article().text()));
      if (name.find('\n') != std::string::npos || !lexicon_.names().find(name).empty()) continue;
      const std::vector<Actor>& actors = actors_.one(entity.end - 1);
      const std::string country = actors.empty() ? "" : actors[0].country, sector = actors.empty() ? "" : actors[0].sector;
      add_gap(GapKind::kOrganisation, name, row_of({name, "", country, sector}), begin);
    }
  }

  [[nodiscard]] bool is_known(uint32_t token) const {
    return actors_.markup().name_at(token) || actors_.markup().term_at(token) || actors_.people().mention_at(token);
  }

  void add_gap(GapKind kind, std::string word, std::string entry, uint32_t token) {
    report_.gaps.push_back({kind, std::move(word), std::move(entry), syntax_.doc().span(syntax_.sentence(token))});
  }

  const Lexicon& lexicon_;
  Syntax syntax_;
  Actors actors_;
  std::unordered_map<uint32_t, Coverage> covered_{};  ///< words of frames that fit
  CoverageReport report_{};
};

}  // namespace

CoverageReport read_coverage(const Document& doc, const Lexicon& lexicon) { return CoverageReader(doc, lexicon).read(); }

}  // namespace casus
