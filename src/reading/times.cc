#include "reading/times.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/calendar.h"
#include "base/text.h"
#include "reading/time_expressions.h"

namespace casus {
namespace {

constexpr int kNearYears = 2;          ///< of the year of publication: years that news speaks of
constexpr size_t kFewestFar = 8;       ///< named years farther away that a history has at least
constexpr size_t kFarShare = 4;        ///< and that many times more of them than of times near publication
constexpr size_t kMostMentions = 64;   ///< of a sentence that an act's time is looked for among
constexpr uint32_t kAsideTokens = 12;  ///< a sentence longer than that has no year in brackets as its own time

/// Whether an expression makes sense only on some day: "yesterday", "Monday", "last week".
bool is_said_from_now(const SaidTime& said) {
  if (said.weekday) return true;
  return said.kind == SaidKind::kShift && said.anchor == TimeAnchor::kPublication;
}

}  // namespace

Times::Times(const Syntax& syntax, const Lexicon& lexicon)
    : syntax_(syntax), lexicon_(lexicon), published_(syntax.doc().article().fields().published), mentions_() {
  read_mentions();
}

void Times::read_mentions() {
  std::vector<SaidTime> found = time_expressions(syntax_, lexicon_);
  history_ = tells_history(found);
  TimeAnchors anchors(published_, history_);
  mentions_.reserve(found.size());
  for (SaidTime& said : found) {
    TimeMention mention{.said = std::move(said), .passage = anchors.passage()};
    const Outlook outlook = outlook_of(mention.said);
    mention.meaning = anchors.meaning(mention.said, outlook);
    mention.looks_ahead = outlook == Outlook::kFuture;
    mention.bounds = is_bound(mention.said);
    if (const auto& point = mention.meaning.point; point && moves_passage(mention)) anchors.move_to(*point);
    mentions_.push_back(std::move(mention));
  }
  for (size_t i = 1; i < mentions_.size(); ++i) mentions_[i - 1].joins_next = is_stretch(mentions_[i - 1], mentions_[i]);
  story_.emplace(syntax_, mentions_, history_ ? std::nullopt : published_);
}

bool Times::is_bound(const SaidTime& said) const {
  if (said.token_begin == syntax_.sentence(said.token_begin).begin) return false;
  const std::string* bound = lexicon_.words().find(WordClass::kTimeBound, syntax_.lower(said.token_begin - 1));
  return bound != nullptr;
}

/// Whether the article tells of years far from its day of publication, and hardly of days near it.
bool Times::tells_history(const std::vector<SaidTime>& found) const {
  if (!published_) return true;
  size_t far = 0, near = 0;
  for (const SaidTime& said : found) {
    const bool close = said.year && std::abs(*said.year - static_cast<int>(published_->year())) <= kNearYears;
    if (said.year && !close) ++far;
    if (close || is_said_from_now(said)) ++near;
  }
  return far >= kFewestFar && far > kFarShare * near;
}

/// The tense of the verb that a time stands at.
Outlook Times::outlook_of(const SaidTime& said) const {
  uint32_t at = said.token_begin;
  for (int step = 0; step < kMaxWalk && !syntax_.is_verbal(at) && syntax_.head(at) != at; ++step) at = syntax_.head(at);
  if (!syntax_.is_verbal(at)) return Outlook::kUnknown;
  for (const uint32_t c : first_children(syntax_, at)) {
    if (syntax_.dep(c) != Dep::kAux && syntax_.dep(c) != Dep::kAuxpass) continue;
    const std::string* modal = lexicon_.words().find(WordClass::kModal, syntax_.lower(c));
    if ((modal && (*modal == "planned" || *modal == "would")) || syntax_.tag(c) == "TO") return Outlook::kFuture;
    if (syntax_.tag(c) == "VBD" || syntax_.lemma(c) == "have") return Outlook::kPast;
  }
  const std::string_view tag = syntax_.tag(at);
  if (tag == "VBD" || tag == "VBN") return Outlook::kPast;
  return tag == "VBZ" || tag == "VBP" ? Outlook::kFuture : Outlook::kUnknown;
}

/// Whether a time stands in a clause that only says of whom or what the sentence speaks: "who came last Thursday".
bool Times::stands_aside(const SaidTime& said) const {
  uint32_t at = said.token_begin;
  for (int step = 0; step < kMaxWalk && syntax_.head(at) != at; ++step) {
    if (syntax_.dep(at) == Dep::kRelcl || syntax_.dep(at) == Dep::kAcl) return true;
    at = syntax_.head(at);
  }
  return false;
}

/// Whether the text goes on from this time: not from a year that only tells one thing from others ("the 1975 treaty"), nor from one in
/// brackets within a sentence.
bool Times::moves_passage(const TimeMention& mention) const {
  const SaidTime& said = mention.said;
  if (!mention.meaning.point || mention.meaning.point->hidden != Grain::kNone) return false;
  if (!history_ && (mention.looks_ahead || stands_aside(said))) return false;
  if (said.grain != Grain::kYear || said.kind != SaidKind::kDate) return mention.meaning.point->grain >= Grain::kYear;
  const Dep dep = syntax_.dep(said.token_begin);
  if (dep == Dep::kNummod || dep == Dep::kCompound || dep == Dep::kAmod || dep == Dep::kNmod) return false;
  const Sentence& sentence = syntax_.sentence(said.token_begin);
  const bool bracket = said.token_begin > sentence.begin && syntax_.text(said.token_begin - 1) == "(";
  return !bracket || sentence.end - sentence.begin <= kAsideTokens;
}

/// "26-30 November", "from May to June", "between 8 and 23 November".
bool Times::is_stretch(const TimeMention& first, const TimeMention& second) const {
  if (!first.meaning.point || !second.meaning.point || second.said.span.begin < first.said.span.end) return false;
  const ByteSpan gap{first.said.span.end, second.said.span.begin};
  if (gap.end - gap.begin > 12) return false;
  const std::string between = ascii_lowered(trim(syntax_.doc().article().view(gap)));
  const std::string* link = lexicon_.words().find(WordClass::kTimeLink, between == "\u2013" || between == "\u2014" ? "-" : between);
  if (!link) return false;
  const uint32_t begin = first.said.token_begin;
  const bool is_between = begin > 0 && syntax_.lower(begin - 1) == "between";
  return *link == "range" || (is_between && between == "and");
}

std::vector<TimeExpression> Times::expressions() const {
  std::vector<TimeExpression> all;
  all.reserve(mentions_.size());
  for (const TimeMention& mention : mentions_) {
    all.push_back({.text = std::string(syntax_.doc().article().view(mention.said.span)),
                   .type = mention.meaning.type,
                   .value = mention.meaning.value,
                   .span = mention.said.span});
  }
  return all;
}

/// "Since 2014" reaches up to publication, "until May" from nobody knows when, "from Tuesday" into the open.
std::string Times::opened(const TimeMention& mention, const std::string& date, bool ahead) const {
  if (!mention.bounds || date.find('/') != std::string::npos) return date;
  const std::string& bound = *lexicon_.words().find(WordClass::kTimeBound, syntax_.lower(mention.said.token_begin - 1));
  if (bound == "since" && published_ && !history_) return date + "/" + format_day(*published_).substr(0, date.size());
  if (bound == "until") return "/" + date;
  if (bound == "from" && ahead) return date + "/";
  return date;
}

EventDate Times::resolve(const TimeMention& mention, bool ahead) const {
  EventDate date{.value = mention.meaning.date, .precision = mention.meaning.precision, .span = mention.said.span};
  if (mention.said.weekday && !mention.said.shift) {
    TimeAnchors anchors(published_, history_);
    if (mention.passage) anchors.move_to(*mention.passage);
    date.value = anchors.meaning(mention.said, ahead ? Outlook::kFuture : Outlook::kPast).date;
  }
  if (date.value.empty()) return date;
  if (mention.joins_next) {
    const TimeMention& other = *(&mention + 1);
    const std::string end = resolve(other, ahead).value;
    if (!end.empty() && end.find('/') == std::string::npos && date.value.find('/') == std::string::npos) {
      date.value += "/" + end;
      date.precision = "interval";
      date.span.end = other.said.span.end;
    }
    return date;
  }
  const std::string open = opened(mention, date.value, ahead);
  if (open != date.value) date = {.value = open, .precision = "interval", .span = date.span};
  return date;
}

/// Whether a word heads a clause; a noun that the tagger took for a verb ("peace offers in May") does not.
bool Times::heads_clause(uint32_t token) const {
  if (!syntax_.is_verbal(token)) return false;
  const Dep dep = syntax_.dep(token);
  return dep != Dep::kPobj && dep != Dep::kDobj && dep != Dep::kNsubj && dep != Dep::kNsubjpass && dep != Dep::kCompound;
}

/// "Talks scheduled for Monday", "a meeting held in May": a participle whose time is that of its noun.
bool Times::tells_when(uint32_t participle) const {
  if (syntax_.dep(participle) != Dep::kAcl || syntax_.tag(participle) != "VBN") return false;
  const WrapperEffect* effect = lexicon_.wrappers().find(WrapperKind::kVerb, syntax_.lemma(participle));
  return (effect && *effect == WrapperEffect::kPlanned) || lexicon_.words().has(WordClass::kLightVerb, syntax_.lemma(participle));
}

/// The nearest verb at or above a word; the word at the top if there is none.
uint32_t Times::verb_of(uint32_t token) const {
  for (int step = 0; step < kMaxWalk && syntax_.head(token) != token && !heads_clause(token); ++step) token = syntax_.head(token);
  return token;
}

/// The time whose path to the root meets the trigger before any other verb; for a noun, also that of its verb.
const TimeMention* Times::mention_of(uint32_t trigger) const {
  const TimeMention* of_verb = nullptr;
  const uint32_t governor = verb_of(trigger);
  const Sentence& sentence = syntax_.sentence(trigger);
  const auto first = std::lower_bound(mentions_.begin(), mentions_.end(), sentence.begin,
                                      [](const TimeMention& mention, uint32_t begin) { return mention.said.token_begin < begin; });
  size_t looked = 0;
  for (auto at_mention = first; at_mention != mentions_.end() && at_mention->said.token_begin < sentence.end; ++at_mention) {
    const SaidTime& said = at_mention->said;
    if (++looked > kMostMentions) break;
    if (at_mention->meaning.date.empty()) continue;
    uint32_t at = said.token_end - 1;
    const bool told_of = syntax_.dep(governor) == Dep::kRelcl && syntax_.head(governor) == at;  // "the next day Iraq attacked"
    if (told_of && syntax_.head(at) == at) return &*at_mention;
    for (int step = 0; step < kMaxWalk; ++step) {
      if (at == trigger) return &*at_mention;
      const bool inside = at >= said.token_begin && at < said.token_end;
      if (!inside && heads_clause(at) && !(syntax_.head(at) == trigger && tells_when(at))) break;
      if (syntax_.head(at) == at) break;
      at = syntax_.head(at);
    }
    if (at == governor && !of_verb) of_verb = &*at_mention;
  }
  return of_verb;
}

/// The time of the clause that an act is told along with: "on Monday X broke off relations and closed the border", "accusing X"; of
/// speech also that of the verb that reports it: "they were ready to help, X said last month".
const TimeMention* Times::shared_mention(uint32_t trigger, bool is_speech) const {
  uint32_t verb = verb_of(trigger);
  for (int step = 0; step < kMaxWalk && syntax_.head(verb) != verb; ++step) {
    const Dep dep = syntax_.dep(verb);
    const bool joined = dep == Dep::kConj && (syntax_.tag(verb) == syntax_.tag(syntax_.head(verb)) || !syntax_.is_finite(verb));
    const bool along = dep == Dep::kAdvcl && syntax_.tag(verb) == "VBG" && !syntax_.child(verb, Dep::kMark);
    const bool reported = is_speech && dep == Dep::kCcomp;
    if (!joined && !along && !reported) break;
    verb = verb_of(syntax_.head(verb));
    if (const TimeMention* mention = mention_of(verb); mention && !mention->bounds) return mention;
  }
  return nullptr;
}

std::optional<EventDate> Times::of(uint32_t trigger, bool ahead) const {
  const TimeMention* mention = mention_of(trigger);
  if (!mention) return std::nullopt;
  EventDate date = resolve(*mention, ahead);
  if (date.value.empty()) return std::nullopt;
  return date;
}

std::optional<EventDate> Times::of_deed(uint32_t trigger, bool is_speech) const {
  if (auto date = of(trigger, false)) return date;
  const TimeMention* mention = shared_mention(trigger, is_speech);
  if (!mention) {
    const auto ruling = story_ ? story_->ruling(trigger) : std::nullopt;
    if (!ruling) return std::nullopt;
    mention = &mentions_[*ruling];
  }
  EventDate date = resolve(*mention, false);
  return date.value.empty() ? std::nullopt : std::optional(std::move(date));
}

bool Times::is_ahead(uint32_t trigger) const {
  const TimeMention* mention = mention_of(trigger);
  if (!mention || !published_ || history_) return false;
  if (mention->said.weekday && !mention->said.shift) {
    return *mention->said.weekday != static_cast<int>(std::chrono::weekday{std::chrono::sys_days{*published_}}.iso_encoding());
  }
  const std::string value = mention->meaning.date.substr(0, 10);
  return value > format_day(*published_).substr(0, value.size());
}

}  // namespace casus
