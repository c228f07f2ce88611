#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <casus/result.h>

#include "base/word_filter.h"
#include "lexicon/table_file.h"

namespace casus {

struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

/// The closed classes of English that the reader asks for; words and values are data (data/reading, docs/dictionaries.md).
enum class WordClass : uint8_t {
  kPreposition,        ///< value "place" where it may locate an act
  kModal,              ///< value: planned, possible, would, duty
  kNegator,            ///< "not", "no", "never", …
  kCondition,          ///< marks a clause that need not come true: "if"
  kPhase,              ///< verbs that leave their infinitive as it is: "begin"
  kErrand,             ///< verbs of going and addressing: "telephoned him to urge …"
  kSpeechVerb,         ///< verbs that report words; value: what holds these (docs/dictionaries.md)
  kSpeechNoun,         ///< "statement", "readout": things that say
  kHedge,              ///< beside numbers: "about"
  kHedgeLink,          ///< between such a word and its number: "than"
  kNumber,             ///< value: the number
  kScale,              ///< "thousand": multiplies the number before it; value: by how much
  kMoneyScale,         ///< "m": multiplies sums behind a sign of money only
  kRoughSize,          ///< "thousands": a size, no number
  kRoughFactor,        ///< "several": makes a size of the scale behind it
  kFraction,           ///< "half": value: of the number behind its "of"
  kRangeMark,          ///< "to": between the ends of a range
  kDurationFrame,      ///< "ago", "last": a stretch of time beside it tells when, not how long
  kAmountPreposition,  ///< "of", "with": what they hang amounts at has these
  kMonth,              ///< value: 1–12
  kWeekday,            ///< value: 1 Monday – 7 Sunday
  kTimeUnit,           ///< value: day, week, month, year
  kTimeShift,          ///< "last" -1, "this" 0, "next" 1
  kDayWord,            ///< "today" 0, "yesterday" -1
  kPronoun,            ///< value: first, person, thing, plural
  kPairNoun,           ///< "side", "leader" after "two" or "both"
  kPairWord,           ///< "two", "both"
  kCounterpart,        ///< "counterpart": takes the office of the other side
  kOwnSide,            ///< "ally", "partner": people of nobody in particular
  kOtherSide,          ///< "its neighbour", "their hosts": another side than the owner's
  kStateNoun,          ///< "country": a state named before
  kHolding,            ///< "colony": the land of whoever is named before it, once it is "former" no more
  kTiedNoun,           ///< "border": what stands behind its "with" is no party to the act
  kLightVerb,          ///< "issue": does what its object says
  kFuturate,           ///< "go": what is going on in this form is still ahead
  kPartitive,          ///< "dozen", "group": stand for what follows their "of"
  kMateriel,           ///< "aircraft": acts for whoever owns it
  kFusedOwner,         ///< "led": what stands before its hyphen owns the rest
  kNationalTitle,      ///< titles that only one country has; value: its code
  kPastOffice,         ///< "former": whoever has the title behind it holds it no more
  kDefinite,           ///< "the", "this": the noun behind was spoken of before
  kAdjunct,            ///< "during": only places or times what stands behind it
  kAddress,            ///< "with", "to": whom words are said to stands behind
  kDivisionNoun,       ///< "province", "county": what stands before it is a part of a country
  kPlaceNoun,          ///< "border", "town": a place by whose it is; value: its precision where "the" points back to one
  kGroundPreposition,  ///< "on", "off": locate an act by ground and water, not by a state
  kGoalWord,           ///< "send", "trip": lead somewhere
  kGoalPreposition,    ///< "to": where
  kOriginWord,         ///< "withdraw": leads away
  kOriginPreposition,  ///< "from": from where
  kSiteWord,           ///< "visit", "invasion": acts on a place; value: prepositions before it
  kMeetingNoun,        ///< "summit": a name before it says where; value "country": one of a state too
  kAlongPreposition,   ///< "in", "during": what stands behind goes along with an act
  kThatPlace,          ///< "there"
  kWhereaboutsVerb,    ///< "speaking in Oslo": where the subject is while it acts
  kLandWord,           ///< "invade": happens on the land of its target
  kAdditive,           ///< "also", "too": the act comes on top of another told before
  kContentNoun,        ///< "claim": what is said stands behind it; value as of kSpeechVerb
  kContentAdj,         ///< "confident": the same behind "is"
  kSourcePhrase,       ///< "according": before a source named beside a clause; value: the word that must follow
  kViewNoun,           ///< "words": in the words of a source
  kHearsay,            ///< "reportedly": somebody's word, and nobody says whose
  kPassageShift,       ///< "following" 1, "same" 0: from the time that the passage stands at
  kDistance,           ///< "ago", "later": which way, and from what
  kSeason,             ///< value: 1 spring – 4 winter
  kDayPart,            ///< value: MO, MI, AF, EV, NI, DT
  kClockWord,          ///< "noon"; value: hours and minutes
  kClockMark,          ///< "pm", "hours", "gmt" behind an hour; value: am, pm, none, zone
  kTimePart,           ///< "early", "end": parts of a stretch; value: word or noun
  kOrdinal,            ///< value: the number
  kTimeReference,      ///< "now", "recently"; value as in TIMEX3
  kFrequency,          ///< "daily"; value as in TIMEX3
  kTimeHedge,          ///< "about", "more than": before a length of time, part of its expression
  kVagueCount,         ///< "several", "a few": a number of units that is not known
  kEra,                ///< "bc", "ad"; value: bc, ad
  kHoliday,            ///< value: month and day
  kDecadeWord,         ///< "nineties"; value: 90
  kTimeLink,           ///< "to", "until", "-": joins the ends of a stretch; value: range, or list
  kYearCue,            ///< "in", "since": a number of four digits behind is a year
  kNoTime,             ///< "old": a length of time before is none
  kTimeBound,          ///< "since": the time behind is only an end of a stretch; value: since, until, from, none
  kSetWord,            ///< "every", "per", "twice": what recurs; value: each, per, second, one, times
  kDoubleMeaning,      ///< "fall": of the names of times those that mean other things too; value cue: only behind a year-cue
  kContrast,           ///< "while": sets another speaker against the first
};
inline constexpr size_t kWordClasses = 84;

/// Words of the closed classes. Immutable once loaded.
class WordTable {
 public:
  /// Adds the rows (word, class, value). Errors: an unknown class, a word that stands twice in its class.
  [[nodiscard]] Result<void> add(const Table& table);

  /// The value of a word (lower case) in a class; null if it is not in it.
  [[nodiscard]] const std::string* find(WordClass word_class, std::string_view word) const;
  [[nodiscard]] bool has(WordClass word_class, std::string_view word) const { return find(word_class, word) != nullptr; }
  /// Whether some word of the class may begin so: false only if none does.
  [[nodiscard]] bool may_begin(WordClass word_class, std::string_view text) const {
    return text.size() < 2 || classes_[static_cast<size_t>(word_class)].beginnings.may_hold(text.substr(0, 2));
  }
  [[nodiscard]] std::unordered_set<std::string> all(WordClass word_class) const;

 private:
  struct Class {
    std::unordered_map<std::string, std::string, StringHash, std::equal_to<>> words{};
    WordFilter<12> filter{};      ///< of words: nearly all that are looked up are not there
    WordFilter<10> beginnings{};  ///< of their first two bytes
  };
  Class classes_[kWordClasses];
};

/// What a governing word does to the status of the act it governs.
enum class WrapperEffect : uint8_t { kActual, kPlanned, kConditional, kDenied, kDropped };
[[nodiscard]] bool is_status(std::string_view name);  ///< whether events may have it: the name of an effect but kDropped
[[nodiscard]] std::string_view wrapper_effect_name(WrapperEffect effect);  ///< "planned", "dropped", … as in wrappers.tsv
enum class WrapperKind : uint8_t { kVerb, kNoun, kAdjective, kAdverb };

/// Words that govern acts and change their status: "plan to", "possibility of", "looming", "fail to". Immutable once loaded.
class WrapperTable {
 public:
  /// Adds the rows (word, kind, effect). Errors: an unknown kind or effect, a word that stands twice with its kind.
  [[nodiscard]] Result<void> add(const Table& table);
  /// The effect of a lemma, with its particle if it has one ("rule out"); null if it has none.
  [[nodiscard]] const WrapperEffect* find(WrapperKind kind, std::string_view word) const;

 private:
  std::unordered_map<std::string, WrapperEffect, StringHash, std::equal_to<>> kinds_[4];
};

}  // namespace casus
