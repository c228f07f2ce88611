#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/actors.h"
#include "reading/frame_match.h"
#include "reading/syntax.h"
#include "reading/times.h"
#include "reading/trace.h"

namespace casus {

/// On whose word an act rests.
struct Attribution {
  std::string name = {};             ///< as in the record
  std::vector<Actor> speakers = {};  ///< empty if the words that speak are no actor ("a readout")
  ByteSpan span = {};
};

/// How an act stands to the world.
struct StatusReading {
  WrapperEffect effect = WrapperEffect::kActual;
  std::optional<Attribution> attribution = {};
  std::optional<uint32_t> cue = {};  ///< the word that gives the attribution
  bool is_unwilling = false;         ///< "will not": who does it says no
  bool is_scheduled = false;         ///< the text calls it scheduled, or gives a day to come for what it tells in the present tense
};

/// Reads status and attribution from what stands around a trigger: auxiliaries, negation, conditions, and the words that
/// govern it, from the inside out.
/// Ownership: refers to all it is given. Threads: safe at once.
class StatusReader {
 public:
  /// `hits`: by trigger token, the frames that fire in the document.
  StatusReader(const Syntax& syntax, const Actors& actors, const Times& times, const Lexicon& lexicon,
               const std::unordered_map<uint32_t, FrameHit>& hits)
      : syntax_(syntax), actors_(actors), times_(times), lexicon_(lexicon), hits_(hits) {}

  /// `steps`: gets what each word did, or null.
  [[nodiscard]] StatusReading read(const FrameHit& hit, StatusSteps* steps = nullptr) const;

 private:
  /// The climb from a trigger to the root of its sentence.
  struct Climb {
    uint32_t origin = 0;
    uint32_t at = 0;
    WrapperEffect effect = WrapperEffect::kActual;
    bool would = false;      ///< "would" stands on the act
    bool condition = false;  ///< its clause has an if-clause
    std::optional<Attribution> attribution = {};
    bool detached = false;  ///< what stands further up no longer decides whether it happens
    bool done = false;
    std::optional<uint32_t> cue = {};  ///< the word that gives the attribution
    bool is_unwilling = false;
    bool is_scheduled = false;
    bool is_verbal = false;        ///< the act is one of words
    StatusSteps* steps = nullptr;  ///< who asks what each word did, or null
  };

  void read_verb(uint32_t verb, Climb& climb) const;
  void read_noun(uint32_t noun, Climb& climb) const;
  void read_schedule(uint32_t noun, Climb& climb) const;
  void step(Climb& climb) const;
  void step_complement(Climb& climb, uint32_t governor) const;
  void step_clause(Climb& climb, uint32_t governor) const;
  void step_gerund(Climb& climb, uint32_t preposition) const;
  [[nodiscard]] bool is_errand(const Climb& climb) const;
  void step_adverbial(Climb& climb) const;
  void step_noun_clause(Climb& climb, uint32_t noun) const;
  void step_noun(Climb& climb, uint32_t governor) const;
  void step_preposition(Climb& climb, uint32_t preposition) const;

  void apply(Climb& climb, WrapperEffect effect, StatusCause cause, uint32_t word) const;
  void note(const Climb& climb, WrapperEffect effect, StatusCause cause, uint32_t word) const;
  void settle(const Climb& climb, WrapperEffect before) const;
  void govern(Climb& climb, uint32_t verb, WrapperEffect effect, StatusCause cause) const;
  void attribute(Climb& climb, uint32_t verb) const;
  void attribute_to_source(Climb& climb, const std::string& preposition) const;
  [[nodiscard]] std::optional<Attribution> attribution_of(uint32_t noun) const;
  [[nodiscard]] bool content_is_dropped(uint32_t governor) const;
  [[nodiscard]] bool is_foreign(uint32_t noun, uint32_t governor) const;
  [[nodiscard]] std::optional<uint32_t> negator_of(uint32_t token) const;
  [[nodiscard]] std::optional<uint32_t> no_before(uint32_t noun) const;
  [[nodiscard]] bool has_no(uint32_t noun) const { return no_before(noun).has_value(); }
  [[nodiscard]] bool is_conditional_clause(uint32_t verb) const;
  [[nodiscard]] std::optional<uint32_t> condition_of(uint32_t verb) const;
  [[nodiscard]] std::string with_particle(uint32_t verb) const;

  const Syntax& syntax_;
  const Actors& actors_;
  const Times& times_;
  const Lexicon& lexicon_;
  const std::unordered_map<uint32_t, FrameHit>& hits_;
};

}  // namespace casus
