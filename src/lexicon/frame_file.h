#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <casus/result.h>

#include "lexicon/word_lists.h"

namespace casus {

/// What a part of a pattern stands for in the event.
enum class FrameRole : uint8_t { kNone, kSource, kTarget };

/// Where a part of a pattern stands in the sentence, as seen from its trigger. Active voice: the reader turns passives round.
enum class FramePlace : uint8_t {
  kSubject,      ///< who does it
  kThing,        ///< a bare object, whatever it is
  kNothing,      ///< no bare object may stand here
  kObject,       ///< whom or what; with prepositions: bare or behind one of them
  kPreposition,  ///< behind one of the prepositions
  kParticle,     ///< "off" in "called off"
  kInfinitive,   ///< "to" with a verb
  kClause,       ///< a clause that the trigger governs; with a role: that clause's subject
  kWish,         ///< such a clause in the form of a wish: "that it withdraw", "that it must stop"
  kGerund,       ///< an -ing form behind the trigger, or behind one of the prepositions
  kOwner         ///< of a noun: "Russia's", "Russian", "by Russia", "of Russia"
};

/// What may fill a slot: "TARGET@place" only a country or a place by name, "TARGET@person" only somebody named or titled.
enum class SlotKind : uint8_t { kAny, kPlace, kPerson };

/// One part of a pattern: a slot to fill, or words that must be there.
struct FramePart {
  FramePlace place = FramePlace::kObject;
  FrameRole role = FrameRole::kNone;
  bool optional = false;
  SlotKind kind = SlotKind::kAny;
  std::vector<std::string> prepositions = {};
  std::vector<std::string> words = {};  ///< sorted lemmas or "modifier_lemma", one of which heads the part; empty: any
  /// Lemmas, one of which stands before that head, or auxiliaries of a wish, or what a clause tells of; empty: any.
  std::vector<std::string> modifiers = {};

  [[nodiscard]] bool operator==(const FramePart&) const = default;
};

enum class PatternKind : uint8_t { kVerb, kNoun, kAdjective };

/// One line of a frame.
struct Pattern {
  uint32_t frame = 0;   ///< index of its frame
  uint32_t number = 0;  ///< 1-based within its frame
  uint64_t line = 0;
  std::string text = {};  ///< as it is written
  PatternKind kind = PatternKind::kVerb;
  std::vector<std::string> triggers = {};   ///< sorted lemmas or "modifier_lemma"
  bool has_phrases = false;                 ///< some trigger is a "modifier_lemma"
  std::vector<std::string> modifiers = {};  ///< of a noun trigger, as in FramePart
  std::vector<FramePart> parts = {};

  /// Whether both fit the same words in the same places, wherever they are written.
  [[nodiscard]] bool says_the_same(const Pattern& other) const {
    return kind == other.kind && triggers == other.triggers && modifiers == other.modifiers && parts == other.parts;
  }
};

/// Joins a word to the one that must stand right before it: "military_aid".
inline constexpr char kPhraseMark = '_';

/// The type of frames whose words are known and report nothing.
inline constexpr std::string_view kNoEvent = "NONE";

/// A kind of act and the ways to say it.
struct Frame {
  std::string name = {};
  std::string type = {};  ///< of the ontology; "NONE": the words are known and report no event
  std::string mode = {};  ///< "" if none
  std::string cameo = {};
  std::vector<std::string> contexts = {};
  bool symmetric = false;  ///< all sides do it, whatever the type's rule says
  std::string file = {};
  uint64_t line = 0;
};

/// A line that takes away what a folder below has: "off NAME", or one pattern of it, "off NAME: SOURCE meet TARGET".
struct FrameOff {
  std::string frame = {};
  std::optional<Pattern> pattern = {};  ///< none: the whole frame
  uint64_t line = 0;
};

/// The frames of one file, patterns in order, Pattern::frame counted from 0.
struct FrameFile {
  std::vector<Frame> frames = {};
  std::vector<Pattern> patterns = {};
  std::vector<FrameOff> off = {};
};

/// Bound on the parts of one pattern line.
inline constexpr size_t kMaxPatternParts = 16;

/// Bound on the bytes of a frame file once its word lists are put in: few lines that name long lists would take all memory.
inline constexpr size_t kMaxExpandedBytes = 4'000'000;

/// Parses a frame file (docs/dictionaries.md, "Frames"). `prepositions`: the words read as prepositions. `lists`: the word lists that
/// patterns may name. Errors: as Table::parse; kBadData for what is no frame or pattern line, with file, line and remedy; kTooLarge over
/// kMaxExpandedBytes.
[[nodiscard]] Result<FrameFile> parse_frames(std::string_view content, const std::string& file,
                                             const std::unordered_set<std::string>& prepositions, const WordLists& lists = {});

}  // namespace casus
