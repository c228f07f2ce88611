#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/eval_formats.h"
#include "cli/sides_text.h"
#include "cli/text_width.h"

namespace casus {
namespace {

constexpr size_t kEvalIndent = 2;
constexpr size_t kOutcomeWidth = 8;  // "missed" and two spaces
constexpr size_t kTypeWidth = 22;
constexpr size_t kStatusWidth = 12;
constexpr size_t kDateWidth = 13;
constexpr std::string_view kNone = "–";

std::string bold(const EvalStyle& style, const std::string& text) { return style.colour ? "\x1b[1m" + text + "\x1b[0m" : text; }
std::string red(const EvalStyle& style, const std::string& text) { return style.colour ? "\x1b[31m" + text + "\x1b[0m" : text; }
std::string yellow(const EvalStyle& style, const std::string& text) { return style.colour ? "\x1b[33m" + text + "\x1b[0m" : text; }

std::string fraction(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

std::string count(uint64_t value) { return std::to_string(value); }

std::string or_none(std::string_view text) { return text.empty() ? std::string(kNone) : one_line(text); }

/// Rows of cells under names, each column as wide as it must be; all but the first are set to the right.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> names) : rows_{std::move(names)} {}

  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  [[nodiscard]] bool empty() const { return rows_.size() == 1; }

  void append(const EvalStyle& style, std::string& out) const {
    for (size_t i = 0; i < rows_.size(); ++i) {
      const std::string line = line_of(rows_[i]);
      out += i == 0 ? bold(style, line) : line;
      out += '\n';
    }
  }

 private:
  static constexpr size_t kGap = 2;

  [[nodiscard]] size_t width(size_t column) const {
    size_t width = 0;
    for (const std::vector<std::string>& row : rows_) width = std::max(width, display_width(row[column]));
    return width;
  }

  [[nodiscard]] std::string line_of(const std::vector<std::string>& row) const {
    std::string line;
    append_padded(row[0], width(0), line);
    for (size_t i = 1; i < row.size(); ++i) {
      line.append(kGap + width(i) - display_width(row[i]), ' ');
      line += row[i];
    }
    return line;
  }

  std::vector<std::vector<std::string>> rows_;
};

void append_table(const TextTable& table, const EvalStyle& style, std::string& out) {
  if (table.empty()) return;
  out += '\n';
  table.append(style, out);
}

std::vector<std::string> with_rates(std::vector<std::string> cells, const Rates& rates) {
  for (const double rate : {rates.precision, rates.recall, rates.f1}) cells.push_back(fraction(rate));
  return cells;
}

// ---- events as lines

std::string actors_text(const std::vector<ActorRecord>& actors) {
  std::string text;
  for (const ActorRecord& actor : actors) {
    const std::string_view country = actor.country == "NONE" ? std::string_view() : actor.country;
    text += (text.empty() ? "" : ", ") + actor_text(country, actor.sector, actor.name.empty() ? actor.text : actor.name);
  }
  return text;
}

/// "ACCUSE", or "RETREAT|REQUEST" where gold takes either.
std::string type_text(const EventRecord& event) {
  std::string text = one_line(event.type);
  for (const std::string& type : event.alt_types) text += "|" + one_line(type);
  return event.mode.empty() ? text : text + " " + one_line(event.mode);
}

using Paint = std::string (*)(const EvalStyle& style, const std::string& text);

/// "gold    ACCUSE blame          actual      1962-10-22   USA/GOV John F. Kennedy → SUN  [said]". A trigger for which there is no room
/// stands below.
void append_event(const std::string& label, Paint paint, const EventRecord& event, const EvalStyle& style, std::string& out) {
  std::string line;
  append_padded(fit(type_text(event), kTypeWidth - 1), kTypeWidth, line);
  append_padded(fit(or_none(event.status), kStatusWidth - 1), kStatusWidth, line);
  append_padded(fit(date_text(event.date), kDateWidth - 1), kDateWidth, line);
  const size_t begin = 2 * kEvalIndent + kOutcomeWidth;
  const size_t used = begin + display_width(line);
  line += dyad_text(actors_text(event.source), actors_text(event.target), style.columns > used ? style.columns - used : 0);
  const std::string trigger = event.trigger.empty() ? "" : "[" + one_line(event.trigger) + "]";
  out.append(2 * kEvalIndent, ' ');
  out += paint(style, label);
  out.append(kOutcomeWidth - label.size(), ' ');
  out += line;
  if (!trigger.empty()) {
    const bool fits = begin + display_width(line) + 2 + display_width(trigger) <= style.columns;
    out += fits ? "  " + trigger : "\n" + std::string(begin, ' ') + fit(trigger, style.columns - begin);
  }
  out += '\n';
}

void append_words(std::string_view words, const EvalStyle& style, std::string& out) {
  out.append(kEvalIndent, ' ');
  append_filled(words, kEvalIndent, style.columns, out);
}

// ---- what was missed in articles

bool is_fault(const Finding& finding) { return finding.kind != Finding::Kind::kFound || !finding.differs.empty(); }

void append_finding(const Finding& finding, const EvalStyle& style, std::string& out) {
  if (finding.coded == nullptr) return append_event("missed", red, *finding.gold, style, out);
  if (finding.gold == nullptr) return append_event("extra", yellow, *finding.coded, style, out);
  append_event("gold", bold, *finding.gold, style, out);
  append_event("coded", bold, *finding.coded, style, out);
  std::string names;
  for (const Difference difference : finding.differs) names += (names.empty() ? "" : ", ") + std::string(difference_name(difference));
  out.append(2 * kEvalIndent + kOutcomeWidth, ' ');
  out += "differs: " + red(style, names) + "\n";
}

void append_findings(const DocumentFindings& document, const EvalStyle& style, std::string& out) {
  bool is_first = true;
  for (const SentenceFindings& sentence : document.sentences) {
    if (std::ranges::none_of(sentence.findings, is_fault)) continue;
    if (std::exchange(is_first, false)) out += bold(style, fit(one_line(document.document), style.columns)) + "\n";
    append_words(sentence.sentence, style, out);
    for (const Finding& finding : sentence.findings) {
      if (is_fault(finding)) append_finding(finding, style, out);
    }
  }
  if (!is_first) out += '\n';
}

// ---- tables of articles

TextTable levels_table(const ArticleScores& scores) {
  TextTable table({"LEVEL", "GOLD", "CODED", "RIGHT", "P", "R", "F1"});
  const auto add = [&](const char* level, uint64_t right, const Rates& rates) {
    table.add(with_rates({level, count(scores.gold_events), count(scores.coded_events), count(right)}, rates));
  };
  add("who", scores.who, scores.who_rates());
  add("+status", scores.status, scores.status_rates());
  add("+when", scores.when, scores.when_rates());
  if (scores.gold_statements > 0) {
    table.add(with_rates({"statements", count(scores.gold_statements), count(scores.coded_statements), count(scores.statements)},
                         scores.statement_rates()));
  }
  return table;
}

TextTable fields_table(const std::string& name, const std::vector<FieldAgreement>& fields) {
  TextTable table({name, "STATED", "ALL", "SAME", "EMPTY", "DIFFERS", "MISSED", "EXTRA"});
  for (const FieldAgreement& field : fields) {
    if (field.total() == 0) continue;
    const std::optional<double> stated = field.where_stated();
    const double all = static_cast<double>(field.same + field.empty) / static_cast<double>(field.total());
    table.add({std::string(field.name), stated ? fraction(*stated) : std::string(kNone), fraction(all), count(field.same),
               count(field.empty), count(field.differs), count(field.missed), count(field.extra)});
  }
  return table;
}

TextTable types_table(const Tallies& types) {
  TextTable table({"TYPE", "GOLD", "FOUND", "OTHER TYPE", "OTHER SIDE", "MISSED", "CODED", "RIGHT", "P", "R", "F1"});
  for (const auto& [name, tally] : types) {
    const uint64_t missed = tally.gold - tally.found - tally.other_type - tally.other_side;
    table.add(with_rates({or_none(name), count(tally.gold), count(tally.found), count(tally.other_type), count(tally.other_side),
                          count(missed), count(tally.coded), count(tally.right)},
                         tally.rates()));
  }
  return table;
}

TextTable statuses_table(const Tallies& statuses) {
  TextTable table({"STATUS", "GOLD", "FOUND", "CODED", "RIGHT", "P", "R", "F1"});
  for (const auto& [name, tally] : statuses) {
    table.add(with_rates({or_none(name), count(tally.gold), count(tally.found), count(tally.coded), count(tally.right)},
                         rates(tally.right, tally.coded, tally.gold)));
  }
  return table;
}

/// The commonest first.
TextTable confusions_table(const std::string& name, const Confusions& confusions) {
  std::vector<std::pair<uint64_t, const std::pair<std::string, std::string>*>> ranked;
  for (const auto& [names, times] : confusions) ranked.emplace_back(times, &names);
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.first > b.first; });
  TextTable table({name, "TIMES"});
  for (const auto& [times, names] : ranked) table.add({or_none(names->first) + " → " + or_none(names->second), count(times)});
  return table;
}

// ---- misses of tables

void append_events(const std::vector<EventRecord>& events, const EvalStyle& style, std::string& out) {
  for (const EventRecord& event : events) append_event("coded", bold, event, style, out);
}

void append_miss(const PairAnswer& answer, const EvalStyle& style, std::string& out) {
  const PairRow& row = *answer.row;
  const std::string given = answer.event_class.empty() ? "nothing: " + std::string(lack_name(answer.lack)) : one_line(answer.event_class);
  const std::string pair = one_line(row.source) + " → " + one_line(row.target);
  out += bold(style, one_line(row.document)) + " · " + one_line(row.gold_class) + ", answered " + red(style, given) + " · " + pair + "\n";
  append_words(row.sentence, style, out);
  append_events(*answer.events, style, out);
}

void append_difference(const CoderDifference& difference, const EvalStyle& style, std::string& out) {
  const std::string machine = difference.machine.empty() ? "none" : one_line(difference.machine);
  out += bold(style, one_line(difference.round->file) + " " + one_line(difference.sentence->document)) + " · " + red(style, machine);
  out += " · people:";
  for (const std::string_view root : difference.people) out += " " + (root.empty() ? "none" : one_line(root));
  out += '\n';
  append_words(difference.sentence->sentence, style, out);
  append_events(*difference.events, style, out);
}

TextTable lines_table(const std::vector<RaterLine>& lines) {
  TextTable table({"ASKED", "WHO", "F1", "KAPPA", "AGREE", "PAIRS", "BOTH", "PAIRS"});
  for (const RaterLine& line : lines) {
    for (const auto& [who, agreement] : {std::pair("people", &line.people), std::pair("machine", &line.machine)}) {
      table.add({std::string(line.name), who, fraction(agreement->f1), fraction(agreement->kappa), fraction(agreement->agree),
                 count(agreement->pairs), fraction(agreement->both), count(agreement->both_pairs)});
    }
  }
  return table;
}

}  // namespace

void append_scores_text(const ArticleScores& scores, const EvalStyle& style, std::string& out) {
  if (style.misses) {
    for (const DocumentFindings& document : scores.findings) append_findings(document, style, out);
  }
  out += "documents: " + count(scores.documents);
  if (scores.other_documents > 0) out += " (" + count(scores.other_documents) + " more were coded and are left out)";
  out += "; coded events that answer gold marked as optional: " + count(scores.spared_events) + "\n";
  append_table(levels_table(scores), style, out);
  append_table(fields_table("FIELD", scores.event_fields.fields()), style, out);
  append_table(fields_table("OF STATEMENTS", scores.statement_fields.fields()), style, out);
  append_table(types_table(scores.types), style, out);
  append_table(confusions_table("TYPE MISTAKEN", scores.type_confusions), style, out);
  append_table(statuses_table(scores.statuses), style, out);
  append_table(confusions_table("STATUS MISTAKEN", scores.status_confusions), style, out);
}

void append_scores_text(const PairScores& scores, const EvalStyle& style, std::string& out) {
  for (const PairAnswer& answer : scores.answers) {
    if (style.misses && !answer.is_right()) append_miss(answer, style, out);
  }
  if (style.misses) out += '\n';
  out += "answered " + count(scores.answered) + " of " + count(scores.answers.size()) + "; accuracy " + fraction(scores.accuracy);
  out += "; quad accuracy " + fraction(scores.quad_accuracy) + "; macro-F1 " + fraction(scores.macro_f1) + " (";
  out += fraction(scores.interval.first) + "–" + fraction(scores.interval.second) + ")\n";
  TextTable classes({"CLASS", "ROWS", "ANSWERED", "RIGHT", "P", "R", "F1"});
  for (const ClassScore& score : scores.classes)
    classes.add(with_rates({or_none(score.name), count(score.rows), count(score.answered), count(score.right)}, score.rates()));
  append_table(classes, style, out);
  append_table(confusions_table("MISTAKEN", scores.confusions), style, out);
}

void append_scores_text(const CoderScores& scores, const EvalStyle& style, std::string& out) {
  for (const CoderDifference& difference : scores.differences) {
    if (style.misses) append_difference(difference, style, out);
  }
  if (style.misses) out += '\n';
  for (const RoundScore& round : scores.rounds) {
    if (&round != scores.rounds.data()) out += '\n';
    const bool is_all = round.name.empty();
    const std::string of = is_all ? "" : ": " + count(round.sentences) + " sentences, " + count(round.people) + " people";
    out += bold(style, (is_all ? "all rounds" : one_line(round.name)) + of) + "\n";
    lines_table(round.lines).append(style, out);
  }
}

}  // namespace casus
