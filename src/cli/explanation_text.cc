// Explanations for people.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <string_view>
#include <vector>

#include "cli/explanation.h"
#include "cli/parse_formats.h"
#include "cli/sides_text.h"
#include "cli/text_width.h"

namespace casus {
namespace {

constexpr size_t kMentionWidth = 26;  ///< columns for the words of a mention, and
constexpr size_t kCodeWidth = 10;     ///< for country and sector
constexpr size_t kLabelIndent = 4;
constexpr size_t kLabelWidth = 10;
constexpr size_t kTextIndent = kLabelIndent + kLabelWidth;
constexpr double kSaysNothing = 0.05;  ///< smaller log odds of a feature are not shown
constexpr size_t kMostFailed = 6;      ///< patterns of a word that are shown with what they lack; JSON has all

std::string in_quotes(std::string_view text) { return "\"" + one_line(text) + "\""; }

/// The two codes of an actor, or a dash.
std::string code_text(const Actor& actor) {
  std::string text = actor.country;
  if (!actor.sector.empty() && actor.sector != actor.country) text += "/" + actor.sector;
  return actor.country.empty() ? "–" + text : text;
}

/// A pattern with only the first words of each of its lists: what was wanted is told beside it, and the file has all.
std::string short_pattern(std::string_view pattern) {
  constexpr size_t kMostAlternatives = 3;
  std::string text;
  size_t alternatives = 0;
  for (const char c : pattern) {
    if (c == ' ' || c == '(' || c == ')' || c == '[' || c == ']') alternatives = 0;
    if (c == '|' && ++alternatives == kMostAlternatives) text += "|…";
    if (alternatives < kMostAlternatives) text += c;
  }
  return text;
}

/// What an enum of a trace means in words of docs/dictionaries.md.
std::string_view cause_text(StatusCause cause) {
  switch (cause) {
    case StatusCause::kAdverb: return "adverb of wrappers.tsv";
    case StatusCause::kAdjective: return "adjective of wrappers.tsv";
    case StatusCause::kNoun: return "noun of wrappers.tsv";
    case StatusCause::kVerb: return "verb of wrappers.tsv";
    case StatusCause::kPhase: return "phase verb";
    case StatusCause::kErrand: return "what one goes or calls for";
    case StatusCause::kLightVerb: return "light verb";
    case StatusCause::kSchedule: return "present tense, a day to come";
    case StatusCause::kFuturate: return "what is still ahead in this form";
    case StatusCause::kContent: return "its content is no second act";
    case StatusCause::kPreposition: return "a preposition that leaves no act";
    case StatusCause::kInfinitive: return "an infinitive that is no act";
    case StatusCause::kWould: return "modal";
    case StatusCause::kModal:
    case StatusCause::kNegator:
    case StatusCause::kCondition: break;
  }
  return status_cause_name(cause);
}

std::string_view origin_text(TargetOrigin origin) {
  switch (origin) {
    case TargetOrigin::kJoinedAct: return "that of the act it is joined to";
    case TargetOrigin::kContent: return "whom the act in its words concerns";
    case TargetOrigin::kWords: return "whose the things are that it is about, or where it leads";
    case TargetOrigin::kPurpose: return "whom its purpose names";
    case TargetOrigin::kCompany: return "that of the act it comes along with";
    case TargetOrigin::kBelow: return "somebody abroad behind a preposition below it";
    case TargetOrigin::kQuestion: return "who asked, offered or threatened before";
    case TargetOrigin::kPlace: return "who lives where it takes place";
    case TargetOrigin::kLand: return "of the land where it takes place, or where such force was used before";
    case TargetOrigin::kPart: break;
  }
  return "";
}

/// Writes one article's explanation.
class TextWriter {
 public:
  TextWriter(const Reading& reading, const Asked& asked, const TableStyle& style, std::string& out)
      : reading_(reading), asked_(asked), style_(style), out_(out) {}

  void write() {
    for (size_t i = 0; i < reading_.doc.sentences().size(); ++i) {
      if (asked_.wants(reading_, i)) write_sentence(i);
    }
  }

 private:
  void write_sentence(size_t index) {
    const Document& doc = reading_.doc;
    const Sentence& sentence = doc.sentences()[index];
    std::string heading = one_line(doc.article().fields().id) + " · sentence " + std::to_string(index + 1) + ": ";
    const size_t indent = std::min(display_width(heading), style_.columns / 2);
    append_bold(heading);
    append_filled(doc.article().view(doc.span(sentence)), indent, style_.columns, out_);
    append_sentence_table(doc, sentence, style_.columns, out_);
    write_mentions(sentence);
    write_acts(sentence);
    write_statements(sentence);
    out_ += '\n';
  }

  void append_bold(std::string_view text) { out_ += style_.bold ? "\x1b[1m" + std::string(text) + "\x1b[0m" : std::string(text); }

  void section(std::string_view name) {
    out_ += "  ";
    append_bold(name);
    out_ += '\n';
  }

  /// A line of an act: what it tells about, and that in lines of its own column.
  void entry(std::string_view label, std::string_view text) {
    out_.append(kLabelIndent, ' ');
    append_padded(label, kLabelWidth, out_);
    append_filled(text, kTextIndent, style_.columns, out_);
  }

  [[nodiscard]] std::string word(uint32_t token) const { return in_quotes(reading_.doc.text(reading_.doc.tokens()[token])); }

  /// A word of the article, of a mention all its words, and where it stands if that is not here.
  [[nodiscard]] std::string word(uint32_t token, uint32_t from) const {
    const size_t there = reading_.sentence_of(token);
    const auto mention = reading_.trace.mentions.find(token);
    return (mention == reading_.trace.mentions.end() ? word(token) : in_quotes(mention_words(mention->second))) +
           (there == reading_.sentence_of(from) ? "" : " (sentence " + std::to_string(there + 1) + ")");
  }

  [[nodiscard]] std::string words(const std::vector<uint32_t>& tokens) const {
    std::string text;
    for (const uint32_t token : tokens) text += (text.empty() ? "" : ", ") + word(token);
    return text;
  }

  // ---- mentions

  /// The words of a mention where it stands; its actors may have been given the words of another.
  [[nodiscard]] std::string_view mention_words(const MentionTrace& mention) const {
    const ByteSpan head = reading_.doc.tokens()[mention.token].span;
    const std::string_view text = reading_.doc.article().text();
    return mention.actors.size() == 1 && mention.actors[0].span.contains(head) ? mention.actors[0].span.in(text) : head.in(text);
  }

  void write_mentions(const Sentence& sentence) {
    const auto& mentions = reading_.trace.mentions;
    const auto first = mentions.lower_bound(sentence.begin);
    const auto last = mentions.lower_bound(sentence.end);
    if (first == last) return;
    section("MENTIONS");
    for (auto at = first; at != last; ++at) write_mention(at->second);
  }

  void write_mention(const MentionTrace& mention) {
    for (size_t i = 0; i < mention.actors.size(); ++i) {
      const Actor& actor = mention.actors[i];
      const std::string_view shown = i == 0 ? mention_words(mention) : std::string_view(actor.text);
      out_.append(kLabelIndent, ' ');
      append_padded(fit(one_line(shown), kMentionWidth - 2), kMentionWidth, out_);
      append_padded(code_text(actor) + " ", kCodeWidth, out_);
      append_filled(i == 0 ? mention_text(mention) : "the same", kLabelIndent + kMentionWidth + kCodeWidth, style_.columns, out_);
    }
  }

  [[nodiscard]] std::string mention_text(const MentionTrace& mention) const {
    const std::string from = mention.from ? word(*mention.from, mention.token) : "";
    switch (mention.rule) {
      case MentionRule::kName: return name_text(*mention.name);
      case MentionRule::kPerson: return person_text(mention);
      case MentionRule::kTerm: return term_text(mention) + ", and nothing tells of which country";
      case MentionRule::kNamedTerm: return term_text(mention) + " with " + name_text(*mention.name);
      case MentionRule::kPlacedTerm: return term_text(mention) + ", its country behind it";
      case MentionRule::kTitleOf: return term_text(mention) + " for " + from + ": " + person_text(mention);
      case MentionRule::kEntity: return "an organisation to the entity recogniser; in no table of data/world";
      case MentionRule::kPart: return "part of " + from;
      case MentionRule::kPronoun: return "stands for " + from;
      case MentionRule::kSpeaker: return "the speaker, " + from;
      case MentionRule::kOwned: return term_text(mention) + ", owned by " + from;
      case MentionRule::kPair: return "the last two of different countries, from " + from + " on";
      case MentionRule::kSame: return "points back to " + from;
      case MentionRule::kOnlyCountry: return term_text(mention) + ": an organ of the only state around, " + from;
      case MentionRule::kDateline:
        return term_text(mention) + ": an organ of the state that the dateline names, " +
               in_quotes(reading_.doc.article().fields().dateline_place);
      case MentionRule::kStory: return term_text(mention) + ": of the country in which the story plays";
    }
    return "";
  }

  [[nodiscard]] std::string name_text(const NameEntry& entry) const {
    std::string text = std::string(name_kind_name(entry.kind)) + " " + in_quotes(entry.name) + ", ";
    return text + reading_.place_in_data(reading_.lexicon.names().file_of(entry), entry.line);
  }

  [[nodiscard]] static std::string term_text(const MentionTrace& mention) {
    if (!mention.term) return "a noun that takes its country from around it";
    if (mention.term->words.empty()) return "materiel";
    return in_quotes(mention.term->words) + (mention.term->kind == TermKind::kTitle ? " of titles.tsv" : " of groups.tsv");
  }

  [[nodiscard]] std::string person_text(const MentionTrace& mention) const {
    if (!mention.person) return "a person";
    const PersonTrace& person = reading_.trace.persons.at(*mention.person);
    std::string text = "person " + in_quotes(person.name);
    if (!person.titles.empty()) text += ", title " + in_quotes(person.titles.front());
    if (person.told_at && *person.told_at != mention.token && person.told_at != mention.from)
      text += " told at " + word(*person.told_at, mention.token);
    if (person.entry) text += "; " + name_text(*person.entry);
    if (person.country.empty()) text += "; neither the article nor people.tsv tells of which country";
    return text;
  }

  // ---- acts

  void write_acts(const Sentence& sentence) {
    const auto& acts = reading_.trace.acts;
    const auto last = acts.lower_bound(sentence.end);
    section("ACTS");
    bool some = false;
    for (auto at = acts.lower_bound(sentence.begin); at != last; ++at) {
      if (!asked_.wants(at->second)) continue;
      write_act(at->second);
      some = true;
    }
    write_unknown(sentence, some);
  }

  /// The verbs that no frame has: what a dictionary might lack.
  void write_unknown(const Sentence& sentence, bool some) {
    std::vector<uint32_t> unknown;
    for (uint32_t t = sentence.begin; t < sentence.end && asked_.event_id.empty(); ++t) {
      if (reading_.doc.tokens()[t].pos == Pos::kVerb && !reading_.trace.acts.contains(t)) unknown.push_back(t);
    }
    if (!some || !unknown.empty()) out_.append(kLabelIndent, ' ');
    if (!unknown.empty())
      append_filled("in no frame: " + words(unknown), kLabelIndent, style_.columns, out_);
    else if (!some)
      out_ += "no word of this sentence is in a frame\n";
  }

  void write_act(const ActTrace& act) {
    out_.append(kLabelIndent - 2, ' ');
    append_filled(word(act.trigger) + " → " + fate_text(act), kLabelIndent, style_.columns, out_);
    if (act.best) write_hit(act, act.trials[*act.best]);
    if (!act.steps.empty() || act.fate == ActFate::kEvent || act.fate == ActFate::kMerged) write_status(act);
    if (act.judged) write_judged(*act.judged);
    if (act.fate == ActFate::kEvent) write_confidence(act);
    write_failed(act);
  }

  /// What the judge alone holds of what was decided.
  void write_judged(const Decided& judged) {
    const auto share = [](float probability) { return fixed(static_cast<double>(probability), 2); };
    entry("judge", share(judged.judge_event) + " an act, " + share(judged.judge_type) + " " + judged.type + ", " +
                       share(judged.judge_status) + " " + judged.status);
  }

  [[nodiscard]] std::string fate_text(const ActTrace& act) const {
    const std::string other = act.other ? word(*act.other, act.trigger) : "";
    switch (act.fate) {
      case ActFate::kEvent: return event_text(act.event_id);
      case ActFate::kMerged: return "part of the event at " + other + ": " + event_text(act.event_id);
      case ActFate::kNoFrame: return "no event: no pattern fits";
      case ActFate::kKnown: return "no event: the frame says that these words report none";
      case ActFate::kPartOf: return "no event of its own: a word of the act at " + other;
      case ActFate::kNoSide: return "no event: no side with a country, and no state";
      case ActFate::kPrivate: return "no event: what citizens of one country do to one another is no politics";
      case ActFate::kExcluded: return "no event: with " + excluded_text(act) + " there is no such act (type_rules.tsv, not_with)";
      case ActFate::kNoAct: return "no event: what governs it leaves no act";
      case ActFate::kJudgedNone: return "no event: the judge takes it for none";
      case ActFate::kOwnerless: return "no event: done to a thing that nobody is said to own";
    }
    return "";
  }

  [[nodiscard]] std::string event_text(const std::string& id) const {
    const Event* event = reading_.event(id);
    if (!event) return "event " + id;
    std::string text = "event " + id + ": " + event->type + (event->mode.empty() ? "" : " " + event->mode) + ", " + event->status + ", ";
    text += dyad_text(actors_text(event->source), actors_text(event->target), std::string::npos);
    if (!event->date.empty()) text += ", " + event->date;
    if (event->place) text += ", in " + one_line(event->place->text);
    return text;
  }

  [[nodiscard]] std::string excluded_text(const ActTrace& act) const {
    return act.best ? reading_.lexicon.rule_of(act.trials[*act.best].frame->type).not_with : "";
  }

  /// The pattern that fired, and what fills it.
  void write_hit(const ActTrace& act, const FrameTrial& hit) {
    entry("frame", pattern_text(hit) + ", explains " + std::to_string(hit.weight));
    if (!hit.words.empty()) entry("with", words(hit.words));
    if (!hit.contents.empty()) entry("content", words(hit.contents));
    write_side("source", hit.source, "");
    write_side("target", hit.target, origin_text(hit.target_origin));
    if (act.place)
      entry("place", (act.place->country.empty() ? "–" : act.place->country) + " " + in_quotes(act.place->text) + ": " + act.place->rule);
    const Event* event = act.fate == ActFate::kEvent ? reading_.event(act.event_id) : nullptr;
    if (!event) return;
    if (act.target_origin != TargetOrigin::kPart) write_side("target", event->target, origin_text(act.target_origin));
    if (hit.source.empty() && !event->source.empty()) entry("source", "the one doer that the article names for such an act");
    if (takes_place_for_country(hit.source, event->source) ||
        (act.target_origin == TargetOrigin::kPart && takes_place_for_country(hit.target, event->target)))
      entry("country", "of a state's organ that nobody says whose it is: where it takes place");
  }

  void write_side(std::string_view label, const std::vector<Actor>& actors, std::string_view why) {
    std::string text;
    for (const Actor& actor : actors) text += (text.empty() ? "" : "; ") + code_text(actor) + " " + in_quotes(actor.text);
    if (!text.empty()) entry(label, text + (why.empty() ? "" : ": " + std::string(why)));
  }

  static bool takes_place_for_country(const std::vector<Actor>& before, const std::vector<Actor>& after) {
    for (size_t i = 0; i < before.size() && i < after.size(); ++i) {
      if (before[i].span == after[i].span && before[i].country.empty() && !after[i].country.empty()) return true;
    }
    return false;
  }

  [[nodiscard]] std::string pattern_text(const FrameTrial& trial) const {
    std::string text = trial.frame->type + ", " + trial.frame->name + "/" + std::to_string(trial.pattern->number) + ": ";
    return text + short_pattern(trial.pattern->text) + " (" + reading_.place_in_data(trial.frame->file, trial.pattern->line) + ")";
  }

  void write_status(const ActTrace& act) {
    std::string text(act.effect == WrapperEffect::kDropped ? "no act" : wrapper_effect_name(act.effect));
    text += act.steps.empty() ? ": nothing around it says otherwise" : ": ";
    for (size_t i = 0; i < act.steps.size(); ++i) text += (i == 0 ? "" : "; ") + step_text(act.steps[i]);
    entry("status", text);
    if (!act.attributed_to.empty()) {
      entry("word of", in_quotes(act.attributed_to) + (act.cue ? ", by " + word(*act.cue, act.trigger) : ""));
    }
  }

  /// What the features add, those that say most first; what says next to nothing is left out.
  void write_confidence(const ActTrace& act) {
    const Event* event = reading_.event(act.event_id);
    if (!event) return;
    ConfidenceTerms terms = act.confidence;
    std::erase_if(terms, [](const ConfidenceTerm& term) { return std::abs(term.log_odds) < kSaysNothing; });
    std::ranges::stable_sort(terms, std::greater(), [](const ConfidenceTerm& term) { return std::abs(term.log_odds); });
    std::string text = fixed(event->confidence, 2);
    for (const ConfidenceTerm& term : terms) {
      text += &term == terms.data() ? ": " : ", ";
      text += (term.log_odds < 0 ? "" : "+") + fixed(term.log_odds, 2) + " " + std::string(term.feature);
      if (!term.value.empty()) text += " " + term.value;
    }
    entry("confident", text);
  }

  [[nodiscard]] static std::string fixed(double number, int digits) {
    std::array<char, 32> text{};
    const auto [end, fault] = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, digits);
    return fault == std::errc() ? std::string(text.data(), end) : "";
  }

  [[nodiscard]] std::string step_text(const StatusStep& step) const {
    std::string text = word(step.word) + " " + std::string(cause_text(step.cause));
    if (!step.counts) return text + ", decides nothing here";
    return text + " → " + std::string(wrapper_effect_name(step.effect));
  }

  // ---- what failed

  void write_failed(const ActTrace& act) {
    std::vector<const FrameTrial*> failed;
    size_t other_triggers = 0;
    for (size_t i = 0; i < act.trials.size(); ++i) {
      if (act.trials[i].outcome == TrialOutcome::kOtherTrigger)
        ++other_triggers;
      else if (i != act.best)
        failed.push_back(&act.trials[i]);
    }
    std::stable_sort(failed.begin(), failed.end(), [](const FrameTrial* a, const FrameTrial* b) {
      const bool fires = a->outcome == TrialOutcome::kFired, other_fires = b->outcome == TrialOutcome::kFired;
      return fires != other_fires ? fires : a->weight > b->weight;
    });
    const size_t shown = std::min(failed.size(), kMostFailed);
    for (size_t i = 0; i < shown; ++i) {
      const bool first = i == 0 || (failed[i]->outcome == TrialOutcome::kFired) != (failed[i - 1]->outcome == TrialOutcome::kFired);
      const char* const label = failed[i]->outcome == TrialOutcome::kFired ? "or" : "failed";
      entry(first ? label : "", failure_text(act, *failed[i]) + " · " + pattern_text(*failed[i]));
    }
    std::string rest;
    if (failed.size() > shown) rest = std::to_string(failed.size() - shown) + " more patterns fail (--format jsonl has all)";
    if (other_triggers > 0) rest += (rest.empty() ? "" : "; ") + std::to_string(other_triggers) + " want another form of the word";
    if (!rest.empty()) entry("", rest);
  }

  [[nodiscard]] std::string failure_text(const ActTrace& act, const FrameTrial& trial) const {
    switch (trial.outcome) {
      case TrialOutcome::kFired: {
        const int best = act.best ? act.trials[*act.best].weight : 0;
        if (trial.weight == best) return "explains as much, and stands later";
        return "explains less (" + std::to_string(trial.weight) + ")";
      }
      case TrialOutcome::kPartMissing: return fault_text(trial);
      case TrialOutcome::kNoTarget: return trial.frame->type + " without a target";
      case TrialOutcome::kOneSide: return "both sides do it, and one alone is named";
      case TrialOutcome::kOwnBusiness: return "both sides are offices of one state";
      case TrialOutcome::kNobody: return "no side is anybody";
      case TrialOutcome::kOtherTrigger: break;
    }
    return "";
  }

  [[nodiscard]] std::string fault_text(const FrameTrial& trial) const {
    const std::string part = "'" + part_text(*trial.part) + "'";
    switch (trial.fault) {
      case PartFault::kAbsent: return "nothing for " + part;
      case PartFault::kOtherWords:
      case PartFault::kOtherKind: return words(trial.seen) + " where " + part + " is wanted";
      case PartFault::kNoActor: return words(trial.seen) + " is no actor for " + part;
      case PartFault::kUnwanted: return words(trial.seen) + " where 'NOTHING' may stand";
    }
    return "";
  }

  // ---- statements

  void write_statements(const Sentence& sentence) {
    const ByteSpan span = reading_.doc.span(sentence);
    bool headed = !asked_.event_id.empty();
    if (headed) return;
    for (const Statement& statement : reading_.report.statements) {
      if (!span.contains(statement.cue_span)) continue;
      if (!headed) section("STATEMENTS");
      headed = true;
      out_.append(kLabelIndent, ' ');
      append_filled(
          actors_text({statement.speaker}) + ", " + statement.kind + " by " + in_quotes(statement.cue) + ": " + in_quotes(statement.text),
          kLabelIndent, style_.columns, out_);
    }
  }

  const Reading& reading_;
  const Asked& asked_;
  const TableStyle& style_;
  std::string& out_;
};

}  // namespace

void append_explanation_text(const Reading& reading, const Asked& asked, const TableStyle& style, std::string& out) {
  TextWriter(reading, asked, style, out).write();
}

}  // namespace casus
