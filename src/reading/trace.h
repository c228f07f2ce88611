#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"

namespace casus {

// What reading notes of its decisions where somebody asks for them (read_document). Numbers are token indices of the document. The
// names of the values reach JSON (docs/formats.md): never rename.

/// Why a noun phrase or pronoun stands for its actors. `from` is a field of MentionTrace.
enum class MentionRule : uint8_t {
  kName,         ///< an entry of data/world
  kPerson,       ///< a person: MentionTrace::person
  kTerm,         ///< a title or group, whose country nothing here tells
  kNamedTerm,    ///< a title or group with a name before it or in it: "Russian troops"
  kPlacedTerm,   ///< a title or group with a name behind it: "the president of France"
  kTitleOf,      ///< a title with the person's name (from) behind it: "the Chilean president, Juan Roe"
  kEntity,       ///< an organisation by the entity recogniser, unknown to data/world
  kPart,         ///< stands for what follows its "of" (from): "dozens of protesters"
  kPronoun,      ///< stands for an earlier mention (from)
  kSpeaker,      ///< "I", "we": whoever speaks (from)
  kOwned,        ///< somebody's (from): "its troops"
  kPair,         ///< "the two sides": the last two of different countries; from is the first of them
  kSame,         ///< a noun that points back to a mention (from): "the ministry", "the country"
  kOnlyCountry,  ///< an organ of the only state named around (from is a mention of it)
  kDateline,     ///< an organ of the state from whose capital the article comes
  kStory         ///< somebody of a story in which all but a few places and people are of one country
};
[[nodiscard]] std::string_view mention_rule_name(MentionRule rule);

/// A mention of actors and why it is that. Null and nullopt: does not apply.
struct MentionTrace {
  uint32_t token = 0;  ///< head of the noun phrase
  MentionRule rule = MentionRule::kTerm;
  const NameEntry* name = nullptr;
  const Term* term = nullptr;
  std::optional<uint32_t> person{};  ///< index into ReadingTrace::persons
  std::optional<uint32_t> from{};    ///< head of the mention that it rests on
  std::vector<Actor> actors{};       ///< in the end
};

/// A person as the article tells of him or her.
struct PersonTrace {
  std::string name;
  std::string country;
  std::string sector;
  std::vector<std::string> titles;    ///< words of titles.tsv that the article gives, the first first
  std::optional<uint32_t> told_at{};  ///< last token of the name where the article first gives office or country
  const NameEntry* entry = nullptr;   ///< of people.tsv, where that filled what the article leaves open
};

/// What became of a pattern at a word.
enum class TrialOutcome : uint8_t {
  kFired,
  kPartMissing,   ///< FrameTrial::part has nothing that fits it
  kOtherTrigger,  ///< its words are there, but not in the form or behind the word that it wants: "military_aid"
  kNoTarget,      ///< its type, or the pattern, needs a target, and there is none
  kOneSide,       ///< both sides do such an act, and only one is named
  kOwnBusiness,   ///< what one office does for another of the same state is no such act
  kNobody         ///< no side is anybody
};
[[nodiscard]] std::string_view trial_outcome_name(TrialOutcome outcome);

/// Why a part of a pattern is not filled.
enum class PartFault : uint8_t {
  kAbsent,      ///< nothing stands in its place
  kOtherWords,  ///< what stands there is none of its words, or lacks the word before it
  kOtherKind,   ///< it is no place or no person, and "@place" or "@person" is wanted
  kNoActor,     ///< it is no actor, and nobody's
  kUnwanted     ///< a bare object stands where none may
};
[[nodiscard]] std::string_view part_fault_name(PartFault fault);

/// Where the target of a hit comes from, if no part of its pattern gave it.
enum class TargetOrigin : uint8_t {
  kPart,       ///< a part of the pattern
  kJoinedAct,  ///< the act that it is joined to, or that was told before: "… and cut all links"
  kContent,    ///< the act in its words: "agreed to lend money to Kenya"
  kWords,      ///< whose the things are that it is about, or the land it leads to: "imposed sanctions on Kenyan officials"
  kPurpose,    ///< its purpose: "to rebuild schools in Mali"
  kCompany,    ///< the act that it comes along with: "wrote to Oslo, threatening to leave"
  kBelow,      ///< somebody abroad behind some preposition below it
  kQuestion,   ///< whoever asked, offered or threatened before: "Galtieri refused"
  kPlace,      ///< whoever lives where it takes place: "imposed a curfew in Khartoum"
  kLand        ///< the sides are known, their country is that of the place, of those who work at home, or of those hit before
};
[[nodiscard]] std::string_view target_origin_name(TargetOrigin origin);

/// A pattern as tried at a word.
struct FrameTrial {
  const Frame* frame = nullptr;
  const Pattern* pattern = nullptr;
  TrialOutcome outcome = TrialOutcome::kFired;
  const FramePart* part = nullptr;  ///< of kPartMissing
  PartFault fault = PartFault::kAbsent;
  std::vector<uint32_t> seen{};  ///< what stands where the part was looked for
  int weight = 0;                ///< how much of the sentence it explains
  std::vector<uint32_t> words{};
  std::vector<uint32_t> contents{};
  std::vector<Actor> source{};  ///< as far as it got
  std::vector<Actor> target{};
  TargetOrigin target_origin = TargetOrigin::kPart;
};

/// Why a word around an act changes its status.
enum class StatusCause : uint8_t {
  kModal,      ///< class modal
  kWould,      ///< "would": planned where somebody announces it and no condition stands, else conditional
  kNegator,    ///< class negator
  kCondition,  ///< a clause or phrase of class condition
  kAdverb,     ///< these four: an entry of wrappers.tsv
  kAdjective,
  kNoun,
  kVerb,
  kPhase,        ///< class phase: leaves the act as it is
  kErrand,       ///< class errand: what one goes or calls for
  kLightVerb,    ///< class light-verb
  kSchedule,     ///< the present tense with a day to come
  kFuturate,     ///< class futurate
  kContent,      ///< what the words of such an act contain is no second act (type_rules.tsv)
  kPreposition,  ///< a preposition that leaves no act: "from striking"
  kInfinitive    ///< an infinitive that nothing makes an act of: a purpose, a wish
};
[[nodiscard]] std::string_view status_cause_name(StatusCause cause);

/// A step of the climb from a trigger to the root of its sentence.
struct StatusStep {
  uint32_t word = 0;
  StatusCause cause = StatusCause::kModal;
  WrapperEffect effect = WrapperEffect::kActual;
  bool counts = true;  ///< false: it stands beyond what decides, or another word turns it round
};
using StatusSteps = std::vector<StatusStep>;

/// What a feature of a coded event adds to the log odds that it is right. The names of features and their values stand in
/// reading/confidence.tsv, too.
struct ConfidenceTerm {
  std::string_view feature{};  ///< a literal
  std::string value{};
  double log_odds = 0;
};
using ConfidenceTerms = std::vector<ConfidenceTerm>;

/// What is decided of an act, and how surely.
struct Decided {
  bool event = true;
  bool turned = false;  ///< the source is the target, and the other way round
  std::string type{};
  std::string mode{};
  std::string status{};
  double event_odds = 0;  ///< log odds that it is an act with these sides, rules and judge together
  float judge_event = 0;  ///< what the judge alone holds of these three, as probabilities
  float judge_type = 0;
  float judge_status = 0;
};

/// What became of a word that frames were tried at.
enum class ActFate : uint8_t {
  kEvent,
  kMerged,      ///< the same act as ActTrace::other
  kNoFrame,     ///< no pattern fits
  kKnown,       ///< a frame of type NONE: the words report no event
  kPartOf,      ///< a word of the act at ActTrace::other
  kNoSide,      ///< nobody whose country is known, and no state
  kExcluded,    ///< with somebody with whom there is no such act (type_rules.tsv, not_with)
  kPrivate,     ///< between citizens of one country, and not violent
  kNoAct,       ///< dropped by what governs it
  kJudgedNone,  ///< the judge takes it for no act, against the frame
  kOwnerless    ///< done to a thing that nobody is said to own
};
[[nodiscard]] std::string_view act_fate_name(ActFate fate);

/// A word at which frames were tried.
struct ActTrace {
  uint32_t trigger = 0;
  std::vector<FrameTrial> trials{};
  std::optional<size_t> best{};  ///< index into trials
  ActFate fate = ActFate::kNoFrame;
  std::optional<uint32_t> other{};  ///< trigger of another act
  StatusSteps steps{};
  WrapperEffect effect = WrapperEffect::kActual;
  std::optional<uint32_t> cue{};  ///< the word that says on whose word it rests
  std::string attributed_to{};
  TargetOrigin target_origin =
      TargetOrigin::kPart;          ///< kPlace or kLand where reading gave a target, or its country, that the frame had not
  std::optional<Place> place{};     ///< of the event; its rule says why
  std::string event_id{};           ///< of kEvent and kMerged: the record's
  std::optional<Decided> judged{};  ///< what rules and judge came to, where a judge was asked
  ConfidenceTerms confidence{};     ///< of kEvent and kMerged: what speaks for it and against it
};

/// All that reading one document decided. Ownership: points into the lexicon and `places`; numbers are of the document.
struct ReadingTrace {
  std::map<uint32_t, MentionTrace> mentions{};  ///< by head
  std::vector<PersonTrace> persons{};
  std::map<uint32_t, ActTrace> acts{};                    ///< by trigger
  std::shared_ptr<const std::deque<NameEntry>> places{};  ///< keeps the names that are places of the gazetteer, rows of no table (line 0)
};

}  // namespace casus
