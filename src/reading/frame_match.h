#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/actors.h"
#include "reading/syntax.h"
#include "reading/trace.h"

namespace casus {

/// A frame that fires at a word.
struct FrameHit {
  uint32_t trigger = 0;
  const Pattern* pattern = nullptr;
  const Frame* frame = nullptr;
  std::vector<Actor> source{};
  std::vector<Actor> target{};
  std::vector<uint32_t> words{};                ///< further tokens of the trigger: particle, object noun
  std::vector<uint32_t> contents{};             ///< heads of the clauses that the trigger governs
  int weight = 0;                               ///< how much of the sentence the pattern explains
  bool thing = false;                           ///< the target is a thing that nobody is said to own: "attacked a base"
  std::shared_ptr<const FrameHit> otherwise{};  ///< what fires if it stays open whose the thing is; may be null
  TargetOrigin target_origin = TargetOrigin::kPart;
};

/// As what kind of word a token may report an act; nullopt for names, modifiers and words of other kinds.
[[nodiscard]] std::optional<PatternKind> trigger_kind(const Syntax& syntax, const Actors& actors, uint32_t token);

/// Tries the lexicon's frames on the words of a document.
/// Ownership: refers to all it is given. Threads: safe at once.
class FrameMatcher {
 public:
  /// `earlier`: what fired at the words before, in the order of the text; "the invasion" is the one told of there.
  /// `trace`: gets every pattern tried, or null.
  FrameMatcher(const Syntax& syntax, const Actors& actors, const Lexicon& lexicon, const std::vector<FrameHit>& earlier,
               ReadingTrace* trace = nullptr)
      : syntax_(syntax), actors_(actors), lexicon_(lexicon), earlier_(earlier), trace_(trace) {}

  /// The best frame at a token: the one that explains most, among equals the first in the files. A hit of a NONE frame says
  /// that the words are known and report no event.
  [[nodiscard]] std::optional<FrameHit> match(uint32_t token) const;

 private:
  /// A pattern on trial: the hit in the making, and the nouns at which its prepositions may hang.
  struct Attempt {
    FrameHit hit{};
    std::vector<uint32_t> anchors{};
    uint32_t governor = 0;               ///< whose objects come next: the trigger, or the infinitive it took
    bool between = false;                ///< sides were named by one "between A and B"
    bool unnamed = false;                ///< a passive that names no doer
    const FramePart* missing = nullptr;  ///< the part that ended it
  };
  void try_patterns(uint32_t token, PatternKind kind, std::string_view lemma, std::optional<FrameHit>& best) const;
  static void keep_better(FrameHit hit, std::optional<FrameHit>& best);
  [[nodiscard]] TrialOutcome try_pattern(Attempt& attempt) const;
  [[nodiscard]] bool is_own_business(const FrameHit& hit) const;
  [[nodiscard]] TrialOutcome finish(Attempt& attempt) const;
  [[nodiscard]] bool names_no_doer(uint32_t verb) const;
  void find_target(FrameHit& hit, bool seeks_target, bool symmetric) const;

  void note(const Attempt& attempt, TrialOutcome outcome) const;
  void note_fault(const Attempt& attempt, FrameTrial& trial) const;
  [[nodiscard]] std::vector<uint32_t> seen_for(const FramePart& part, const Attempt& attempt) const;

  [[nodiscard]] bool match_part(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] bool match_subject(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] std::vector<Actor> speakers_along(uint32_t verb) const;
  [[nodiscard]] bool match_announcer(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] bool match_object(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] bool match_thing(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] bool has_object(const Attempt& attempt) const;
  [[nodiscard]] bool match_object_words(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] bool match_preposition(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] bool match_particle(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] bool match_infinitive(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] bool match_clause(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] bool is_symmetric(const Frame& frame) const;
  [[nodiscard]] bool is_of_kind(SlotKind kind, uint32_t noun) const;
  [[nodiscard]] bool tells_of(uint32_t verb, const std::vector<std::string>& words) const;
  [[nodiscard]] bool has_auxiliary(const FramePart& part, uint32_t verb) const;
  [[nodiscard]] bool is_wish(uint32_t verb) const;
  [[nodiscard]] bool match_gerund(const FramePart& part, Attempt& attempt) const;
  [[nodiscard]] bool match_owner(const FramePart& part, Attempt& attempt) const;

  [[nodiscard]] int weight_of(const std::vector<std::string>& words, uint32_t token) const;
  [[nodiscard]] int fit(const FramePart& part, uint32_t token) const;
  [[nodiscard]] int fit(const FramePart& part, const std::vector<uint32_t>& tokens) const;
  [[nodiscard]] bool is_home_place(const std::vector<Actor>& actors, uint32_t preposition, const Attempt& attempt) const;
  void take_target_of_words(FrameHit& hit) const;
  [[nodiscard]] bool fill(const FramePart& part, std::vector<Actor> actors, Attempt& attempt) const;
  [[nodiscard]] std::vector<Actor> doers_of(uint32_t noun) const;
  void share_target(FrameHit& hit) const;
  [[nodiscard]] std::optional<uint32_t> content_of(const FrameHit& hit) const;
  void take_target_of_content(FrameHit& hit) const;
  void take_target_of_purpose(FrameHit& hit) const;
  void take_target_of_company(FrameHit& hit) const;
  void take_target_below(FrameHit& hit) const;
  void take_target_of_question(FrameHit& hit) const;
  void take_target_in_clause(uint32_t content, FrameHit& hit) const;
  [[nodiscard]] std::vector<Actor> foreign_only(std::vector<Actor> actors, const std::vector<Actor>& source) const;
  [[nodiscard]] bool is_circumstance(std::string_view preposition) const;
  [[nodiscard]] std::vector<Actor> foreigners_at(uint32_t noun, const std::vector<Actor>& source) const;
  [[nodiscard]] std::vector<Actor> actors_for(const FramePart& part, uint32_t head) const;
  [[nodiscard]] std::vector<uint32_t> prepositions(const FramePart& part, const Attempt& attempt) const;

  const Syntax& syntax_;
  const Actors& actors_;
  const Lexicon& lexicon_;
  const std::vector<FrameHit>& earlier_;
  ReadingTrace* trace_;
};

/// The best frame at every word of a document that has one, NONE frames among them, in the order of the text.
[[nodiscard]] std::vector<FrameHit> match_all(const Syntax& syntax, const Actors& actors, const Lexicon& lexicon,
                                              ReadingTrace* trace = nullptr);

}  // namespace casus
