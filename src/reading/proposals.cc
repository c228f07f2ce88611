#include "reading/proposals.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "reading/frame_match.h"

namespace casus {
namespace {

using enum SideCost::Step;

constexpr size_t kMaxTriggers = 200;  ///< words of a sentence that are looked at
constexpr size_t kMaxEarlier = 4;     ///< people and states named before that are looked back to
constexpr uint32_t kMaxSentencesBack = 2;

bool are_strangers(const std::vector<Actor>& actors) { return std::none_of(actors.begin(), actors.end(), is_known); }

class ProposalFinder {
 public:
  ProposalFinder(const Syntax& syntax, const Actors& actors, const Lexicon& lexicon, const std::unordered_set<uint32_t>& taken)
      : syntax_(syntax), actors_(actors), lexicon_(lexicon), taken_(taken), finder_(syntax, actors, lexicon) {}

  std::vector<Proposal> find() {
    for (const Sentence& sentence : syntax_.doc().sentences()) read_sentence(sentence);
    return std::move(proposals_);
  }

 private:
  struct Mentioned {
    uint32_t token = 0;
    std::vector<Actor> actors{};
  };

  void read_sentence(const Sentence& sentence) {
    const size_t end = proposals_.size() + kMaxProposalsPerSentence;
    size_t triggers = 0;
    for (uint32_t token = sentence.begin; token < sentence.end && triggers < kMaxTriggers; ++token) {
      const auto kind = taken_.contains(token) ? std::nullopt : trigger_kind(syntax_, actors_, token);
      if (!kind || proposals_.size() + kMaxProposalsPerTrigger > end) continue;
      ++triggers;
      const bool noun = *kind == PatternKind::kNoun;
      if (noun ? !is_event_noun(token) : !is_predicate(token)) continue;
      ActSides sides = noun ? finder_.of_noun(token) : finder_.of_verb(token);
      add_earlier(token, sides);
      propose(token, sides, noun, !noun || is_act_noun(token));
    }
    remember(sentence);
  }

  /// Keeps who was named last, for the sentences that follow.
  void remember(const Sentence& sentence) {
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
      const Dep dep = syntax_.dep(token);
      const bool side = dep == Dep::kNsubj || dep == Dep::kNsubjpass || dep == Dep::kDobj || dep == Dep::kPobj || dep == Dep::kPoss;
      if (!side || syntax_.pos(token) == Pos::kPron) continue;
      std::vector<Actor> actors = actors_.one(token);
      if (actors.empty() || !is_known(actors.front()) || actors.front().country.empty()) continue;
      std::erase_if(earlier_, [&](const Mentioned& other) { return other.actors.front().country == actors.front().country; });
      earlier_.push_back({token, std::move(actors)});
      if (earlier_.size() > kMaxEarlier) earlier_.erase(earlier_.begin());
    }
  }

  void add_earlier(uint32_t token, ActSides& sides) const {
    for (size_t i = earlier_.size(); i-- > 0;) {
      if (syntax_.token(token).sentence - syntax_.token(earlier_[i].token).sentence > kMaxSentencesBack) return;
      sides.sources.add(earlier_[i].actors, kNobody, kEarlier);
      sides.targets.add(earlier_[i].actors, kNobody, kEarlier);
    }
  }

  // ---- which words

  [[nodiscard]] bool has(WordClass word_class, uint32_t token) const {
    return lexicon_.words().has(word_class, syntax_.lemma(token)) || lexicon_.words().has(word_class, syntax_.lower(token));
  }

  /// Whether a verb or adjective says something of its own, and is not only the verb of a noun or of another verb.
  [[nodiscard]] bool is_predicate(uint32_t verb) const {
    if (syntax_.pos(verb) == Pos::kAux || syntax_.dep(verb) == Dep::kPrep) return false;
    if (has(WordClass::kPhase, verb) && syntax_.child(verb, Dep::kXcomp)) return false;
    return !has(WordClass::kLightVerb, verb) || !object_of_light_verb(verb);
  }

  [[nodiscard]] std::optional<uint32_t> object_of_light_verb(uint32_t verb) const {
    for (const uint32_t object : syntax_.logical_objects(verb)) {
      if (trigger_kind(syntax_, actors_, object) == PatternKind::kNoun && is_event_noun(object)) return object;
    }
    return std::nullopt;
  }

  /// Whether a noun may name an act: a frame knows it, or it is a common noun that names nobody and no time.
  [[nodiscard]] bool is_event_noun(uint32_t noun) const {
    if (has_patterns(PatternKind::kNoun, noun)) return true;
    const std::string_view tag = syntax_.tag(noun);
    return (tag == "NN" || tag == "NNS") && !actors_.markup().term_at(noun) && actors_.one(noun).empty() && !is_time(noun);
  }

  [[nodiscard]] bool is_time(uint32_t noun) const {
    using enum WordClass;
    return std::ranges::any_of(std::array{kWeekday, kMonth, kTimeUnit, kDayWord, kDayPart}, [&](WordClass one) { return has(one, noun); });
  }

  /// Whether it names one wherever it stands.
  [[nodiscard]] bool is_act_noun(uint32_t noun) const {
    return has_patterns(PatternKind::kNoun, noun) || has_patterns(PatternKind::kVerb, noun) || has(WordClass::kContentNoun, noun) ||
           has(WordClass::kMeetingNoun, noun);
  }

  [[nodiscard]] bool has_patterns(PatternKind kind, uint32_t word) const {
    return !lexicon_.patterns_of(kind, syntax_.lemma(word)).empty() || !lexicon_.patterns_of(kind, syntax_.lower(word)).empty();
  }

  // ---- what is proposed

  /// `noun`: the trigger is one. `alone`: one side is enough.
  void propose(uint32_t trigger, const ActSides& sides, bool noun, bool alone) {
    std::vector<std::pair<int, Proposal>> found;
    static const SideChoice kUnnamedChoice;
    const bool has_own_source = sides.sources.has_argument(), has_own_target = sides.targets.has_argument();
    std::vector<const SideChoice*> sources{&kUnnamedChoice}, targets{&kUnnamedChoice};
    for (const SideChoice& choice : sides.sources.all()) sources.push_back(&choice);
    for (const SideChoice& choice : sides.targets.all()) targets.push_back(&choice);
    for (const SideChoice* source : sources) {
      for (const SideChoice* target : targets) {
        if (std::min(source->cost, target->cost) >= kUnnamed) continue;
        if (has_own_source && (source->actors.empty() || (!noun && source->cost >= kContext))) continue;  // a verb's subject does it
        if (target->actors.empty() && has_own_target) continue;
        if (!alone && (source->actors.empty() || target->actors.empty())) continue;
        std::vector<Actor> others = target->actors;
        std::erase_if(others, [&](const Actor& a) { return is_within({a}, source->actors); });
        if (others.empty() && !target->actors.empty()) continue;
        if (are_strangers(source->actors) && are_strangers(others)) continue;
        const bool home = !source->actors.empty() && !others.empty() && source->actors.front().country == others.front().country;
        const uint32_t head = others.size() == target->actors.size() ? target->head : finder_.token_of(others.front(), trigger);
        found.emplace_back(source->cost + target->cost + (home ? kAtHome : 0),
                           Proposal{trigger, sides.words, source->actors, std::move(others), source->head, head});
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    put_alike_last(found);
    for (size_t i = 0; i < found.size() && i < kMaxProposalsPerTrigger; ++i) proposals_.push_back(std::move(found[i].second));
  }

  /// Moves what joins the same countries as something before behind what joins others.
  static void put_alike_last(std::vector<std::pair<int, Proposal>>& found) {
    std::set<std::string> seen;
    std::vector<std::pair<int, Proposal>> first, last;
    for (auto& one : found) (seen.insert(countries_of(one.second)).second ? first : last).push_back(std::move(one));
    std::move(last.begin(), last.end(), std::back_inserter(first));
    found = std::move(first);
  }

  static std::string countries_of(const Proposal& proposal) {
    std::string countries;
    for (const std::vector<Actor>* side : {&proposal.source, &proposal.target}) {
      for (const Actor& actor : *side) countries.append(actor.country).append(" ");
      countries += ">";
    }
    return countries;
  }

  const Syntax& syntax_;
  const Actors& actors_;
  const Lexicon& lexicon_;
  const std::unordered_set<uint32_t>& taken_;
  SideFinder finder_;
  std::vector<Mentioned> earlier_{};  ///< the last people and states that were named, one of each country
  std::vector<Proposal> proposals_{};
};

}  // namespace

std::vector<Proposal> find_proposals(const Syntax& syntax, const Actors& actors, const Lexicon& lexicon,
                                     const std::unordered_set<uint32_t>& taken) {
  return ProposalFinder(syntax, actors, lexicon, taken).find();
}

}  // namespace casus
