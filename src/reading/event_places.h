#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/actors.h"
#include "reading/frame_match.h"
#include "reading/merge.h"
#include "reading/place_nouns.h"
#include "reading/syntax.h"

namespace casus {

// Why a place is that of an act: Place::rule of an event's place. The names reach users (docs/places.md): never rename.
inline constexpr const char* kPlaceAtAct = "at the act";         ///< "met in Oslo"
inline constexpr const char* kPlaceAtObject = "at its object";   ///< "shelled rebels in Hama"
inline constexpr const char* kPlaceGoal = "goal";                ///< "sent troops to Mali"
inline constexpr const char* kPlaceOrigin = "origin";            ///< "withdrew from Mali"
inline constexpr const char* kPlaceObject = "object";            ///< "visited Oslo", "the invasion of Kuwait"
inline constexpr const char* kPlaceNamed = "in its name";        ///< "the Oslo talks"
inline constexpr const char* kPlaceOccasion = "occasion";        ///< "met during the Oslo talks"
inline constexpr const char* kPlaceRelative = "where";           ///< "Mali, where it sent troops"
inline constexpr const char* kPlaceGoverning = "governing act";  ///< "visited Oslo, meeting the king"
inline constexpr const char* kPlacePurpose = "purpose";          ///< "sent to fight in Mali"
inline constexpr const char* kPlaceThere = "there";              ///< "met him there": the place named before
inline constexpr const char* kPlaceWhereabouts = "whereabouts";  ///< "Roe, who was in Oslo, met him"
inline constexpr const char* kPlaceTarget = "target's land";     ///< "would invade", of a country told elsewhere
inline constexpr const char* kPlaceToldBefore = "told before";   ///< "the attack", of one told with its place

/// Which of an article's places is that of an act. Names that stand for governments or people are none: only what stands where
/// an act says its place, by the parse, counts (docs/places.md has the order). The dateline is not asked.
/// Each look goes a bounded number of steps. Ownership: refers to all it is given. Threads: safe at once.
class EventPlaces {
 public:
  EventPlaces(const Syntax& syntax, const Actors& actors, const Lexicon& lexicon)
      : syntax_(syntax), actors_(actors), lexicon_(lexicon), nouns_(syntax, actors, lexicon) {}

  /// The place of an act, or nullopt where the text tells none. `target`: of the act. `before`: acts told before it.
  [[nodiscard]] std::optional<Place> of(const FrameHit& hit, const std::vector<Actor>& target, std::span<const Candidate> before) const;
  /// What stands behind a preposition of place at the trigger or at a word of it, alone: before anything is known of the sides.
  [[nodiscard]] std::optional<Place> at_act(const FrameHit& hit) const;

 private:
  [[nodiscard]] std::span<const uint32_t> children(uint32_t word) const;
  [[nodiscard]] std::optional<Place> behind(uint32_t anchor, WordClass prepositions) const;
  [[nodiscard]] std::optional<Place> located(uint32_t anchor, const FrameHit* hit) const;
  [[nodiscard]] bool is_target_itself(const Place& place, uint32_t preposition, const FrameHit& hit) const;
  [[nodiscard]] std::optional<Place> at_objects(const FrameHit& hit) const;
  [[nodiscard]] std::optional<Place> of_clauses(uint32_t word) const;
  [[nodiscard]] std::optional<Place> at_occasion(uint32_t word) const;
  [[nodiscard]] bool sends_words(uint32_t word) const;
  [[nodiscard]] std::optional<Place> goal(uint32_t word) const;
  [[nodiscard]] std::optional<Place> object(uint32_t word) const;
  [[nodiscard]] std::optional<Place> of_force(const FrameHit& hit) const;
  [[nodiscard]] std::optional<Place> in_name(uint32_t noun) const;
  [[nodiscard]] std::optional<Place> by_relative(uint32_t word) const;
  [[nodiscard]] std::optional<Place> of_verb(uint32_t verb) const;
  [[nodiscard]] std::optional<Place> of_governor(uint32_t word) const;
  [[nodiscard]] std::optional<Place> of_purpose(uint32_t word) const;
  [[nodiscard]] std::optional<Place> there(uint32_t word) const;
  [[nodiscard]] std::optional<Place> whereabouts(uint32_t verb) const;
  [[nodiscard]] std::optional<Place> of_target(const FrameHit& hit, const std::vector<Actor>& target) const;
  [[nodiscard]] std::optional<Place> told_before(const FrameHit& hit, std::span<const Candidate> before) const;
  [[nodiscard]] bool has(WordClass word_class, uint32_t token) const { return lexicon_.words().has(word_class, syntax_.lemma(token)); }
  [[nodiscard]] const std::string* value(WordClass word_class, uint32_t token) const {
    return lexicon_.words().find(word_class, syntax_.lemma(token));
  }

  const Syntax& syntax_;
  const Actors& actors_;
  const Lexicon& lexicon_;
  PlaceNouns nouns_;
};

}  // namespace casus
