#include "evaluation/gold.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/json_writer.h"
#include "base/text.h"
#include "evaluation/gold_table.h"

namespace casus {
namespace {

constexpr size_t kHeadBytes = 1 << 16;  // that a file's first line is looked for in
constexpr unsigned kMaxActions = 9;     // that a round has columns for, of each person
constexpr std::string_view kPeople = "123456789";
constexpr std::string_view kRoundDay = "2000-01-01";  // given to sentences of rounds, which tell no day

enum class Kind : uint8_t { kArticles, kPairs, kCoders };

struct Form {
  Kind kind;
  char separator;
};

/// What a file is, by its first line. Errors: kBadRecord.
Result<Form> recognise(LineReader& input) {
  std::string_view head = input.peek_at_least(kHeadBytes);
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  head = trim(head);
  const std::string_view first_line = head.substr(0, head.find('\n'));
  if (first_line.starts_with('{')) return Form{Kind::kArticles, '\0'};
  for (const char separator : {'\t', ','}) {
    const std::vector<std::string> names = table_names(first_line, separator);
    const auto has_all = [&](std::initializer_list<std::string_view> wanted) {
      return std::ranges::all_of(wanted, [&](std::string_view name) { return std::ranges::find(names, name) != names.end(); });
    };
    if (has_all({"sentence", "source", "target", "gold_root"})) return Form{Kind::kPairs, separator};
    if (has_all({"plain_text", "sentences"})) return Form{Kind::kCoders, separator};
  }
  if (std::optional<Error> failure = input.take_failure()) return *std::move(failure);
  return Error{.code = ErrorCode::kBadRecord,
               .message = head.empty() ? "holds no gold: it is empty" : "is no gold that is known",
               .file = input.name(),
               .line = head.empty() ? 0U : 1U,
               .remedy =
                   "gold is records (JSON Lines), a table with columns sentence, source, target and gold_root, or a coder round "
                   "with columns plain_text and sentences: docs/evaluation.md"};
}

/// Rows of one id are told apart by their numbers.
void tell_apart(std::vector<std::string>& ids) {
  std::unordered_map<std::string, size_t> times;
  for (const std::string& id : ids) ++times[id];
  for (size_t i = 0; i < ids.size(); ++i) {
    if (times[ids[i]] > 1) ids[i] += "-" + std::to_string(i);
  }
}

Result<PairGold> read_pairs(GoldTable table, const EvaluationScheme& scheme) {
  PairGold rows;
  std::vector<std::string> ids;
  std::unordered_map<std::string, size_t> order;
  while (true) {
    const Result<bool> more = table.next();
    if (!more) return more.error();
    if (!*more) break;
    std::string_view id = table.cell("id");
    if (id.empty()) id = table.cell("sentence_id");
    ids.push_back(id.empty() ? std::to_string(table.number()) : std::string(id));
    PairRow row{.line = table.line(), .sentence = std::string(table.cell("sentence"))};
    row.source = table.cell("source");
    row.target = table.cell("target");
    row.gold_class = table.cell("gold_root");
    if (scheme.quad_of(row.gold_class).empty()) return table.bad_row("unknown class \"" + row.gold_class + "\" in column gold_root");
    row.in_odd_half = order.emplace(row.sentence, order.size()).first->second % 2 == 1;
    rows.push_back(std::move(row));
  }
  tell_apart(ids);
  for (size_t i = 0; i < rows.size(); ++i) rows[i].document = std::move(ids[i]);
  return rows;
}

/// The digits behind a beginning: "47" of "No. 47 sentences …" behind "No. ".
std::string_view digits_behind(std::string_view text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return {};
  text.remove_prefix(beginning.size());
  return text.substr(0, static_cast<size_t>(std::ranges::find_if_not(text, is_ascii_digit) - text.begin()));
}

/// The class that a person gives: "" for a statement, nullopt where none is given ("4" in a column of quad classes alone).
Result<std::optional<std::string>> class_of_action(const GoldTable& table, std::string_view quad, std::string_view cameo,
                                                   const EvaluationScheme& scheme) {
  if (cameo.empty()) return quad.starts_with('0') ? std::optional<std::string>("") : std::nullopt;
  unsigned root = 0;
  const bool has_form = cameo.size() > 2 && is_ascii_digit(cameo[0]) && cameo[1] == '-';
  const std::string_view digits = has_form ? digits_behind(cameo.substr(2), "") : "";
  std::from_chars(digits.data(), digits.data() + digits.size(), root);
  const std::string* event_class = digits.empty() ? nullptr : scheme.class_of_cameo_root(root);
  if (event_class == nullptr) return table.bad_row("no CAMEO root: \"" + std::string(cameo) + "\"");
  return std::optional(*event_class);
}

/// What one person answers on the sentence of a row. Nothing is known of who left it blank.
Result<RaterAnswers> read_person(const GoldTable& table, char person, const EvaluationScheme& scheme) {
  RaterAnswers answers;
  const auto answer = [&](RaterField field) -> std::optional<std::string>& { return answers[static_cast<size_t>(field)]; };
  const std::string mark = ascii_lowered(table.cell(std::string("1_Relevant_") + person));
  if (!mark.empty()) answer(RaterField::kRelevant) = mark == "true" ? "yes" : "";
  bool has_actions = false;
  for (unsigned i = 1; i <= kMaxActions; ++i) {
    const std::string column = "Action" + std::to_string(i);
    const std::string_view quad = table.cell(column + "-PentaClass_" + person);
    const std::string_view cameo = table.cell(column + "_CAMEO_" + person);
    if (quad.empty() && cameo.empty()) continue;
    has_actions = true;
    const Result<std::optional<std::string>> action = class_of_action(table, quad, cameo, scheme);
    if (!action) return action.error();
    const std::optional<std::string>& event_class = action.value();
    if (event_class && event_class->empty()) continue;  // a statement
    answer(RaterField::kEvent) = "yes";
    answer(RaterField::kQuad) = event_class ? std::string(scheme.quad_of(*event_class)) : std::string(quad.substr(0, 1));
    answer(RaterField::kRoot) = answer(RaterField::kRootOrStatement) = event_class;
    return answers;
  }
  if (has_actions || mark == "false") {
    answer(RaterField::kEvent) = answer(RaterField::kQuad) = answer(RaterField::kRoot) = "";
    answer(RaterField::kRootOrStatement) = has_actions ? "STATEMENT" : "";
  }
  return answers;
}

bool knows_anything(const RaterAnswers& answers) {
  return std::ranges::any_of(answers, [](const std::optional<std::string>& answer) { return answer.has_value(); });
}

Result<CoderRound> read_round(GoldTable table, const EvaluationScheme& scheme) {
  CoderRound round{.file = table.file()};
  while (true) {
    const Result<bool> more = table.next();
    if (!more) return more.error();
    if (!*more) return round;
    RatedSentence rated{.document = std::string(digits_behind(table.cell("plain_text"), "No. "))};
    if (rated.document.empty()) return table.bad_row("column plain_text does not begin with the sentence's number, as in \"No. 47\"");
    rated.sentence = trim(table.cell("sentences"));
    for (const char person : kPeople) {
      Result<RaterAnswers> answers = read_person(table, person, scheme);
      if (!answers) return std::move(answers).error();
      if (knows_anything(*answers)) rated.people.emplace_back(person, *std::move(answers));
    }
    round.sentences.push_back(std::move(rated));
  }
}

/// Takes files one after another into one gold.
class GoldReader {
 public:
  GoldReader(const EvaluationScheme& scheme, const EvaluationLimits& limits) : scheme_(scheme), limits_(limits) {}

  [[nodiscard]] Result<void> add(LineReader input) {
    const Result<Form> form = recognise(input);
    if (!form) return form.error();
    if (kind_ && (*kind_ != form->kind || form->kind == Kind::kPairs)) {
      return Error{.code = ErrorCode::kBadOption,
                   .message = *kind_ == form->kind ? "a second table of pairs" : "gold of another kind than the file before",
                   .file = input.name(),
                   .remedy = "compare them one after the other"};
    }
    kind_ = form->kind;
    if (form->kind == Kind::kArticles) return read_records(std::move(input), limits_, records_);
    GoldTable table(std::move(input), form->separator, limits_);
    return form->kind == Kind::kPairs ? add_pairs(std::move(table)) : add_round(std::move(table));
  }

  [[nodiscard]] Gold take() {
    if (kind_ == Kind::kPairs) return std::move(pairs_);
    if (kind_ == Kind::kCoders) return std::move(rounds_);
    return std::move(records_);
  }

 private:
  Result<void> add_pairs(GoldTable table) {
    Result<PairGold> rows = read_pairs(std::move(table), scheme_);
    if (!rows) return std::move(rows).error();
    pairs_ = *std::move(rows);
    return {};
  }

  Result<void> add_round(GoldTable table) {
    Result<CoderRound> round = read_round(std::move(table), scheme_);
    if (!round) return std::move(round).error();
    rounds_.push_back(*std::move(round));
    return {};
  }

  const EvaluationScheme& scheme_;
  const EvaluationLimits& limits_;
  std::optional<Kind> kind_{};
  RecordsByDocument records_{};
  PairGold pairs_{};
  std::vector<CoderRound> rounds_{};
};

void append_document(std::string_view id, std::string_view text, std::string_view published, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("id", id).field("text", text);
  if (!published.empty()) json.field("published", published);
  json.end_object();
  out += '\n';
}

}  // namespace

Result<LineReader> open_evaluation_input(const std::string& file) {
  if (file == "-") return LineReader::standard_input();
  return LineReader::open(file);
}

Result<Gold> read_gold(const std::vector<std::string>& files, const EvaluationScheme& scheme, const EvaluationLimits& limits) {
  GoldReader reader(scheme, limits);
  for (const std::string& file : files) {
    Result<LineReader> input = open_evaluation_input(file);
    if (!input) return std::move(input).error();
    if (Result<void> added = reader.add(*std::move(input)); !added) return added.error();
  }
  return reader.take();
}

Result<Gold> read_gold(LineReader input, const EvaluationScheme& scheme, const EvaluationLimits& limits) {
  GoldReader reader(scheme, limits);
  if (Result<void> added = reader.add(std::move(input)); !added) return added.error();
  return reader.take();
}

std::string gold_documents(const Gold& gold) {
  std::string out;
  if (const auto* rows = std::get_if<PairGold>(&gold)) {
    for (const PairRow& row : *rows) append_document(row.document, row.sentence, "", out);
  }
  if (const auto* rounds = std::get_if<std::vector<CoderRound>>(&gold)) {
    std::map<std::string_view, size_t> places;
    std::vector<const RatedSentence*> sentences;  // rounds repeat them; the last text counts
    for (const CoderRound& round : *rounds) {
      for (const RatedSentence& rated : round.sentences) {
        const auto [entry, is_new] = places.emplace(rated.document, sentences.size());
        if (is_new) sentences.push_back(nullptr);
        sentences[entry->second] = &rated;
      }
    }
    for (const RatedSentence* rated : sentences) append_document(rated->document, rated->sentence, kRoundDay, out);
  }
  return out;
}

}  // namespace casus
