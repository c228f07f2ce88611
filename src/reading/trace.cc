#include "reading/trace.h"

#include <string_view>

namespace casus {

std::string_view mention_rule_name(MentionRule rule) {
  switch (rule) {
    case MentionRule::kName: return "name";
    case MentionRule::kPerson: return "person";
    case MentionRule::kTerm: return "term";
    case MentionRule::kNamedTerm: return "named-term";
    case MentionRule::kPlacedTerm: return "placed-term";
    case MentionRule::kTitleOf: return "title-of";
    case MentionRule::kEntity: return "entity";
    case MentionRule::kPart: return "part";
    case MentionRule::kPronoun: return "pronoun";
    case MentionRule::kSpeaker: return "speaker";
    case MentionRule::kOwned: return "owned";
    case MentionRule::kPair: return "pair";
    case MentionRule::kSame: return "same";
    case MentionRule::kOnlyCountry: return "only-country";
    case MentionRule::kDateline: return "dateline";
    case MentionRule::kStory: return "story";
  }
  return "";
}

std::string_view trial_outcome_name(TrialOutcome outcome) {
  switch (outcome) {
    case TrialOutcome::kFired: return "fired";
    case TrialOutcome::kPartMissing: return "part-missing";
    case TrialOutcome::kOtherTrigger: return "other-trigger";
    case TrialOutcome::kNoTarget: return "no-target";
    case TrialOutcome::kOneSide: return "one-side";
    case TrialOutcome::kOwnBusiness: return "own-business";
    case TrialOutcome::kNobody: return "nobody";
  }
  return "";
}

std::string_view part_fault_name(PartFault fault) {
  switch (fault) {
    case PartFault::kAbsent: return "absent";
    case PartFault::kOtherWords: return "other-words";
    case PartFault::kOtherKind: return "other-kind";
    case PartFault::kNoActor: return "no-actor";
    case PartFault::kUnwanted: return "unwanted";
  }
  return "";
}

std::string_view target_origin_name(TargetOrigin origin) {
  switch (origin) {
    case TargetOrigin::kPart: return "part";
    case TargetOrigin::kJoinedAct: return "joined-act";
    case TargetOrigin::kContent: return "content";
    case TargetOrigin::kWords: return "words";
    case TargetOrigin::kPurpose: return "purpose";
    case TargetOrigin::kCompany: return "company";
    case TargetOrigin::kBelow: return "below";
    case TargetOrigin::kQuestion: return "question";
    case TargetOrigin::kPlace: return "place";
    case TargetOrigin::kLand: return "land";
  }
  return "";
}

std::string_view status_cause_name(StatusCause cause) {
  switch (cause) {
    case StatusCause::kModal: return "modal";
    case StatusCause::kWould: return "would";
    case StatusCause::kNegator: return "negator";
    case StatusCause::kCondition: return "condition";
    case StatusCause::kAdverb: return "adverb";
    case StatusCause::kAdjective: return "adjective";
    case StatusCause::kNoun: return "noun";
    case StatusCause::kVerb: return "verb";
    case StatusCause::kPhase: return "phase";
    case StatusCause::kErrand: return "errand";
    case StatusCause::kLightVerb: return "light-verb";
    case StatusCause::kSchedule: return "schedule";
    case StatusCause::kFuturate: return "futurate";
    case StatusCause::kContent: return "content";
    case StatusCause::kPreposition: return "preposition";
    case StatusCause::kInfinitive: return "infinitive";
  }
  return "";
}

std::string_view act_fate_name(ActFate fate) {
  switch (fate) {
    case ActFate::kEvent: return "event";
    case ActFate::kMerged: return "merged";
    case ActFate::kNoFrame: return "no-frame";
    case ActFate::kKnown: return "known";
    case ActFate::kPartOf: return "part-of";
    case ActFate::kNoSide: return "no-side";
    case ActFate::kExcluded: return "excluded";
    case ActFate::kPrivate: return "private";
    case ActFate::kNoAct: return "no-act";
    case ActFate::kJudgedNone: return "judged-none";
    case ActFate::kOwnerless: return "ownerless";
  }
  return "";
}

}  // namespace casus
