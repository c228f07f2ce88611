// What casus eval compares and counts: words, dates, sides, pairs of records, classes, draws; and its tables and files.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "evaluation/article_scores.h"
#include "evaluation/bootstrap.h"
#include "evaluation/coder_scores.h"
#include "evaluation/compare.h"
#include "evaluation/gold.h"
#include "evaluation/pair_scores.h"
#include "evaluation/scheme.h"
#include "evaluation/words.h"

namespace casus {
namespace {

const std::filesystem::path kData = std::filesystem::path(CASUS_SOURCE_DIR) / "data";

const EvaluationScheme& scheme() {
  static const auto loaded = EvaluationScheme::load(kData).value();
  return *loaded;
}

std::string lemma_of(std::string_view word) { return scheme().lemma(word); }

double dice_of(std::string_view a, std::string_view b) {
  Vocabulary vocabulary(scheme());
  return dice(vocabulary.words(a), vocabulary.words(b));
}

ActorRecord actor(const std::string& country, const std::string& text = "") { return {.text = text, .name = "", .country = country}; }

EventRecord event(const std::string& type, const std::vector<std::string>& source, const std::vector<std::string>& target) {
  EventRecord made{.type = type, .status = "actual", .trigger = "struck", .sentence = "The jets struck the depot at night."};
  for (const std::string& country : source) made.source.push_back(actor(country));
  for (const std::string& country : target) made.target.push_back(actor(country));
  return made;
}

Sides sides_of(const EventRecord& gold, const EventRecord& coded) {
  Vocabulary vocabulary(scheme());
  return compare_sides(compared(gold, vocabulary), compared(coded, vocabulary), scheme());
}

double likeness_of(const EventRecord& gold, const EventRecord& coded) {
  Vocabulary vocabulary(scheme());
  return likeness(compared(gold, vocabulary), compared(coded, vocabulary), scheme());
}

ArticleScores scores_of(std::vector<EventRecord> gold, std::vector<EventRecord> coded) {
  // The findings, which point into the records, are not looked at by callers.
  RecordsByDocument expected, given;
  expected["a"].events = std::move(gold);
  given["a"].events = std::move(coded);
  return score_articles(expected, given, scheme(), {}).value();
}

Result<RecordsByDocument> records_of(std::string lines) {
  RecordsByDocument records;
  if (Result<void> read = read_records(LineReader::of_bytes(std::move(lines), "records"), {}, records); !read) return read.error();
  return records;
}

/// A folder of its own, gone with the test.
class Folder {
 public:
  Folder() {
    std::random_device random;
    path_ = std::filesystem::temp_directory_path() / ("casus_eval_" + std::to_string(random()));
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, std::string_view content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << content;
    return (path_ / name).string();
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST(EvaluationWords, lemmas_see_that_forms_are_one_word) {
  EXPECT_EQ(lemma_of("said"), "say");
  EXPECT_EQ(lemma_of("denies"), lemma_of("denied"));
  EXPECT_EQ(lemma_of("stopped"), lemma_of("stop"));
  EXPECT_EQ(lemma_of("ships"), lemma_of("ship"));
  EXPECT_NE(lemma_of("ship"), lemma_of("shop"));
}

TEST(EvaluationWords, lemmas_keep_three_letters_whatever_their_bytes) {
  EXPECT_EQ(lemma_of("ies"), "ies");
  EXPECT_EQ(lemma_of("sing"), "sing");
  EXPECT_EQ(lemma_of("нетs"), "нет");
  EXPECT_EQ(lemma_of("неs"), "неs");
  EXPECT_EQ(lemma_of("aaa"), "aa");
}

TEST(EvaluationWords, dice_counts_repeated_words_as_often_as_both_have_them) {
  EXPECT_DOUBLE_EQ(dice_of("The ships, the ships!", "the SHIPS"), 2.0 * 2 / 6);
  EXPECT_DOUBLE_EQ(dice_of("to be or not to be", "to be or not to be"), 1);
  EXPECT_DOUBLE_EQ(dice_of("", ""), 0);
  EXPECT_DOUBLE_EQ(dice_of("Київ", "київ"), 1);
}

TEST(EvaluationWords, an_empty_set_is_like_an_empty_one_only) {
  EXPECT_TRUE(alike({}, {}));
  EXPECT_FALSE(alike({}, {1}));
  EXPECT_TRUE(alike({1, 2}, {1}));
  EXPECT_FALSE(alike({1, 2, 3}, {1}));
}

TEST(EvaluationDates, ranges_have_their_last_day) {
  using Range = std::pair<std::string, std::string>;
  EXPECT_EQ(date_range("2000-02"), Range("2000-02-01", "2000-02-29"));
  EXPECT_EQ(date_range("1900"), Range("1900-01-01", "1900-12-31"));
  EXPECT_EQ(date_range("1962-10-22/1962-10"), Range("1962-10-22", "1962-10-31"));
  EXPECT_EQ(date_range("/1962"), Range("0001-01-01", "1962-12-31"));
  EXPECT_EQ(date_range("1962/"), Range("1962-01-01", "9999-12-31"));
}

TEST(EvaluationDates, what_is_no_date_is_none) {
  for (const char* text :
       {"", "/", "soon", "1962-13", "1962-00", "62", "1962-1-1", "1962/1961", "1962/1963/1964", "1962-10-2x", "1962-10-220"})
    EXPECT_EQ(date_range(text), std::nullopt) << text;
}

TEST(EvaluationDates, the_coded_date_lies_within_golds) {
  EXPECT_TRUE(is_date("1962-10", "1962-10-22"));
  EXPECT_FALSE(is_date("1962-10-22", "1962-10"));
  EXPECT_TRUE(is_date("", ""));
  EXPECT_FALSE(is_date("1962", ""));
  EXPECT_FALSE(is_date("", "1962"));
  EXPECT_FALSE(is_date("soon", "soon"));
}

TEST(EvaluationSides, may_turn_where_the_type_has_no_direction) {
  EXPECT_EQ(sides_of(event("CONSULT", {"USA"}, {"SUN"}), event("CONSULT", {"USA"}, {"SUN"})), Sides::kSame);
  EXPECT_EQ(sides_of(event("CONSULT", {"USA"}, {"SUN"}), event("CONSULT", {"SUN"}, {"USA"})), Sides::kTurned);
  EXPECT_EQ(sides_of(event("ASSAULT", {"USA"}, {"SUN"}), event("ASSAULT", {"SUN"}, {"USA"})), Sides::kDiffer);
}

TEST(EvaluationSides, half_of_the_countries_is_enough_but_nobody_stands_on_both_sides) {
  EXPECT_EQ(sides_of(event("ACCUSE", {"USA", "GBR"}, {"SUN"}), event("ACCUSE", {"USA"}, {"SUN"})), Sides::kSame);
  EXPECT_EQ(sides_of(event("ACCUSE", {"USA"}, {"SUN"}), event("ACCUSE", {"USA", "SUN"}, {"SUN"})), Sides::kDiffer);
  EXPECT_EQ(sides_of(event("ACCUSE", {"USA"}, {}), event("ACCUSE", {"USA"}, {"SUN"})), Sides::kDiffer);
}

TEST(EvaluationSides, any_target_takes_whatever_stands_there) {
  EventRecord gold = event("ACCUSE", {"USA"}, {"SUN"});
  gold.any_target = true;
  EXPECT_EQ(sides_of(gold, event("ACCUSE", {"USA"}, {})), Sides::kSame);
  EXPECT_EQ(sides_of(gold, event("ACCUSE", {"CUB"}, {"SUN"})), Sides::kDiffer);
}

TEST(EvaluationPairing, needs_type_sides_and_passage) {
  const EventRecord gold = event("ASSAULT", {"USA"}, {"SUN"});
  EXPECT_DOUBLE_EQ(likeness_of(gold, gold), 6);
  EventRecord other = gold;
  other.type = "COERCE";
  EXPECT_EQ(likeness_of(gold, other), 0);
  EventRecord alternative = gold;
  alternative.alt_types = {"COERCE"};
  EXPECT_GT(likeness_of(alternative, other), 0);
  EventRecord elsewhere = gold;
  elsewhere.sentence = "Talks went on in Geneva.";
  EXPECT_EQ(likeness_of(gold, elsewhere), 0);
  EventRecord mentioned = gold;
  mentioned.also = {elsewhere.sentence};
  EXPECT_GT(likeness_of(mentioned, elsewhere), 0);
  EventRecord nowhere = gold;
  nowhere.sentence = "";
  EXPECT_EQ(likeness_of(nowhere, nowhere), 0);
}

TEST(EvaluationPairing, the_likest_go_first_and_required_gold_before_optional) {
  using Pairs = std::vector<std::pair<size_t, size_t>>;
  EXPECT_EQ(
      pair_off({{.likeness = 1, .gold = 0, .coded = 0}, {.likeness = 2, .gold = 1, .coded = 0}, {.likeness = 1, .gold = 0, .coded = 1}}, 2,
               2),
      (Pairs{{1, 0}, {0, 1}}));
  EXPECT_EQ(pair_off({{.likeness = 1, .optional = true, .gold = 0, .coded = 0}, {.likeness = 1, .gold = 1, .coded = 0}}, 2, 1),
            (Pairs{{1, 0}}));
}

TEST(EvaluationScores, optional_gold_is_neither_missed_nor_extra) {
  EventRecord gold = event("ASSAULT", {"USA"}, {"SUN"});
  gold.optional = true;
  const ArticleScores with = scores_of({gold}, {gold});
  EXPECT_EQ(with.gold_events, 0U);
  EXPECT_EQ(with.coded_events, 0U);
  EXPECT_EQ(with.spared_events, 1U);
  EXPECT_EQ(scores_of({gold}, {}).gold_events, 0U);
}

TEST(EvaluationScores, levels_count_status_and_then_the_date) {
  EventRecord gold = event("ASSAULT", {"USA"}, {"SUN"});
  gold.date = "1962-10";
  EventRecord dated = gold;
  dated.date = "1962-10-22";
  EXPECT_EQ(scores_of({gold}, {dated}).when, 1U);
  dated.status = "denied";
  const ArticleScores denied = scores_of({gold}, {dated});
  EXPECT_EQ(denied.who, 1U);
  EXPECT_EQ(denied.status, 0U);
  EXPECT_EQ(denied.when, 0U);
}

TEST(EvaluationScores, findings_stand_by_sentence_in_the_order_of_the_text) {
  EventRecord first = event("ASSAULT", {"USA"}, {"SUN"}), second = first, third = first;
  second.sentence = "Castro denied it.";
  third.sentence = "Tass said nothing.";
  RecordsByDocument gold, coded;
  gold["a"].events = {first, third};
  coded["a"].events = {first, second, third};
  const ArticleScores scores = score_articles(gold, coded, scheme(), {}).value();
  ASSERT_EQ(scores.findings.size(), 1U);
  std::vector<std::string_view> sentences;
  for (const SentenceFindings& found : scores.findings[0].sentences) sentences.push_back(found.sentence);
  EXPECT_EQ(sentences, (std::vector<std::string_view>{first.sentence, second.sentence, third.sentence}));
  EXPECT_EQ(scores.findings[0].sentences[1].findings[0].kind, Finding::Kind::kExtra);
}

TEST(EvaluationScores, too_many_pairs_are_refused) {
  RecordsByDocument records;
  records["a"].events.assign(3, event("ASSAULT", {"USA"}, {"SUN"}));
  EvaluationLimits limits;
  limits.max_pairs = 8;
  EXPECT_EQ(score_articles(records, records, scheme(), limits).error().code, ErrorCode::kTooLarge);
  limits.max_pairs = 9;
  EXPECT_TRUE(score_articles(records, records, scheme(), limits).ok());
  limits.max_compared_words = 10;
  EXPECT_EQ(score_articles(records, records, scheme(), limits).error().code, ErrorCode::kTooLarge);
}

TEST(EvaluationScheme, status_makes_the_class) {
  EXPECT_EQ(scheme().class_of("CONSULT", "actual"), "CONSULT");
  EXPECT_EQ(scheme().class_of("CONSULT", "planned"), "AGREE");
  EXPECT_EQ(scheme().class_of("ASSAULT", "conditional"), "THREATEN");
  EXPECT_EQ(scheme().class_of("ASSAULT", "denied"), "");
  EXPECT_EQ(scheme().class_of("RETREAT", "planned"), "YIELD");
  EXPECT_EQ(scheme().class_of("REQUEST", "denied"), "REJECT");
  EXPECT_EQ(scheme().class_of("ACCUSE", ""), "ACCUSE");
  EXPECT_EQ(scheme().class_of("WINK", "planned"), "WINK");
  EXPECT_EQ(scheme().class_of("WINK", "denied"), "");
}

TEST(EvaluationScheme, faults_of_its_tables_are_named) {
  const auto copy_with = [](const Folder& folder, const std::string& name, std::string_view content) {
    std::filesystem::create_directories(folder.path() / "evaluation");
    for (const auto& entry : std::filesystem::directory_iterator(kData / "evaluation"))
      std::filesystem::copy(entry.path(), folder.path() / "evaluation", std::filesystem::copy_options::overwrite_existing);
    folder.write("evaluation/" + name, content);
    return EvaluationScheme::load(folder.path());
  };
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"types.tsv", "type\tturns\tactual\tplanned\tconditional\tdenied\nAID\t\tHELP\n"},
      {"types.tsv", "type\tturns\tactual\tplanned\tconditional\tdenied\nAID\tsometimes\tAID\n"},
      {"types.tsv", "type\tturns\tactual\tplanned\tconditional\tdenied\nAID\nAID\n"},
      {"classes.tsv", "class\tquad\nAID\n"},
      {"classes.tsv", "class\tquad\nAID\t2\nAID\t2\n"},
      {"cameo_roots.tsv", "root\tclass\ntwo\tAID\n"},
      {"cameo_roots.tsv", "root\tclass\n2\tHELP\n"},
      {"words.tsv", "kind\tword\tlemma\nending\ts\tx\n"},
      {"words.tsv", "kind\tword\tlemma\nverb\tgo\n"}};
  for (const auto& [name, content] : wrong) {
    const Folder folder;
    const auto loaded = copy_with(folder, name, content);
    ASSERT_FALSE(loaded.ok()) << content;
    EXPECT_NE(loaded.error().file.find(name), std::string::npos) << loaded.error().to_string();
    EXPECT_GT(loaded.error().line, 0U) << content;
    EXPECT_FALSE(loaded.error().remedy.empty()) << content;
  }
  EXPECT_EQ(EvaluationScheme::load("/nowhere").error().code, ErrorCode::kNotFound);
}

TEST(EvaluationDraws, are_those_of_python) {
  BootstrapDice dice(1);
  for (const uint64_t expected : {134, 847, 763, 255, 495, 449, 651, 788}) EXPECT_EQ(dice.roll(1000), expected);
  BootstrapDice other(1);
  std::vector<uint64_t> rolls;
  for (int i = 0; i < 2000; ++i) rolls.push_back(other.roll(7));  // beyond one renewal of the state
  EXPECT_EQ(std::vector<uint64_t>(rolls.end() - 8, rolls.end()), (std::vector<uint64_t>{3, 1, 3, 5, 0, 1, 6, 3}));
}

TEST(EvaluationDraws, the_interval_leaves_out_the_tails) {
  const auto [low, high] = bootstrap_interval(100, [](std::span<const uint64_t> drawn) {
    double sum = 0;
    for (const uint64_t place : drawn) sum += place < 50 ? 1 : 0;
    return sum / 100;
  });
  EXPECT_NEAR(low, 0.40, 0.03);
  EXPECT_NEAR(high, 0.60, 0.03);
  EXPECT_EQ(bootstrap_interval(0, [](std::span<const uint64_t> /*drawn*/) { return 1.0; }), (std::pair<double, double>(0, 0)));
}

PairScores pair_scores(const std::string& first, const std::string& second, EventRecord coded, const std::string& gold_class) {
  static PairGold gold;
  static RecordsByDocument records;
  gold = {{.document = "7", .sentence = "S", .source = "the envoy of Peru", .target = "Chile", .gold_class = gold_class}};
  coded.source = {actor("PER", first)};
  coded.target = {actor("CHL", second)};
  records.clear();
  records["7"].events = {coded};
  return score_pairs(gold, records, scheme(), Half::kAll);
}

TEST(EvaluationPairs, actors_stand_for_the_mark_with_more_of_their_words) {
  EXPECT_TRUE(pair_scores("Peru", "Chile", event("AID", {}, {}), "AID").answers[0].is_right());
  EXPECT_TRUE(pair_scores("Peru's envoy", "Chile", event("AID", {}, {}), "AID").answers[0].is_right());
  EXPECT_EQ(pair_scores("the of a", "Chile", event("AID", {}, {}), "AID").answers[0].lack, PairAnswer::Lack::kNoPair);
  EXPECT_EQ(pair_scores("Peru a b c d e f g h i j k l m n", "Chile", event("AID", {}, {}), "AID").answers[0].lack,
            PairAnswer::Lack::kNoPair);
}

TEST(EvaluationPairs, reversed_pairs_are_right_only_without_direction) {
  EXPECT_TRUE(pair_scores("Chile", "Peru", event("CONSULT", {}, {}), "CONSULT").answers[0].is_right());
  EXPECT_EQ(pair_scores("Chile", "Peru", event("AID", {}, {}), "AID").answers[0].lack, PairAnswer::Lack::kReversed);
}

TEST(EvaluationPairs, a_denied_act_may_have_no_class) {
  EventRecord denied = event("ASSAULT", {}, {});
  denied.status = "denied";
  const PairScores scores = pair_scores("Peru", "Chile", denied, "ASSAULT");
  EXPECT_EQ(scores.answers[0].lack, PairAnswer::Lack::kNoClass);
  EXPECT_EQ(scores.answered, 0U);
  EXPECT_EQ(scores.macro_f1, 0);
}

TEST(EvaluationGold, ids_that_repeat_get_the_number_of_their_row) {
  const Folder folder;
  const std::string file = folder.write("g.tsv",
                                        "id\tsentence\tsource\ttarget\tgold_root\n"
                                        "1\tA\tx\ty\tAID\n2\tB\tx\ty\tAID\n1\tA\tx\ty\tAID\n\tC\tx\ty\tAID\n");
  const Gold gold = read_gold({file}, scheme(), {}).value();
  const auto& rows = std::get<PairGold>(gold);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].document, "1-0");
  EXPECT_EQ(rows[1].document, "2");
  EXPECT_EQ(rows[2].document, "1-2");
  EXPECT_EQ(rows[3].document, "3");
  EXPECT_FALSE(rows[2].in_odd_half);  // as the first row, whose sentence it has
  EXPECT_TRUE(rows[1].in_odd_half);
}

TEST(EvaluationGold, tables_over_the_limits_are_refused) {
  const Folder folder;
  const std::string file = folder.write("g.tsv", "id\tsentence\tsource\ttarget\tgold_root\n1\tA\tx\ty\tAID\n2\tB\tx\ty\tAID\n");
  EvaluationLimits limits;
  limits.max_rows = 1;
  const Result<Gold> gold = read_gold({file}, scheme(), limits);
  ASSERT_FALSE(gold.ok());
  EXPECT_EQ(gold.error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(gold.error().line, 3U);
}

TEST(EvaluationGold, a_person_may_leave_a_sentence_blank_or_name_a_statement_only) {
  const Folder folder;
  const std::string file =
      folder.write("r.csv",
                   "plain_text,sentences,1_Relevant_1,Action1-PentaClass_1,Action1_CAMEO_1,Action2-PentaClass_1,Action2_CAMEO_1\n"
                   "No. 1 x,x,,,,,\nNo. 2 x,x,True,,,,\nNo. 3 x,x,True,1-V,1-1 Say,,\nNo. 4 x,x,False,,,,\n"
                   "No. 5 x,x,True,1-V,1-1 Say,4-M,\nNo. 6 x,x,True,1-V,1-2 Appeal,,\n");
  const Gold gold = read_gold({file}, scheme(), {}).value();
  const std::vector<RatedSentence>& rated = std::get<std::vector<CoderRound>>(gold)[0].sentences;
  const auto answers = [&](size_t row) { return rated[row].people[0].second; };
  using Answers = RaterAnswers;
  EXPECT_TRUE(rated[0].people.empty());
  EXPECT_EQ(answers(1), (Answers{"yes", std::nullopt, std::nullopt, std::nullopt, std::nullopt}));
  EXPECT_EQ(answers(2), (Answers{"yes", "", "", "", "STATEMENT"}));
  EXPECT_EQ(answers(3), (Answers{"", "", "", "", ""}));
  EXPECT_EQ(answers(4), (Answers{"yes", "yes", "4", std::nullopt, std::nullopt}));
  EXPECT_EQ(answers(5), (Answers{"yes", "yes", "3", "REQUEST", "REQUEST"}));
}

TEST(EvaluationRecords, kinds_and_ids_of_every_form_are_read) {
  const Result<RecordsByDocument> records = records_of(
      "\xEF\xBB\xBF{\"doc\":3,\"type\":\"AID\",\"quantity\":[{\"value\":3},{\"value\":3.0,\"min\":null},{\"text\":\"Several\"}]}\n\n"
      "{\"record\":\"statement\",\"doc\":\"3\"}\n{\"record\":\"time\",\"doc\":\"4\"}\n{\"record\":\"place\"}\n");
  ASSERT_TRUE(records.ok()) << records.error().to_string();
  EXPECT_EQ(records->size(), 2U);
  const DocumentRecords& document = records->at("3");
  ASSERT_EQ(document.events.size(), 1U);
  EXPECT_EQ(document.statements[0].speaker.country, "NONE");
  EXPECT_EQ(document.statements[0].line, 3U);
  EXPECT_EQ(document.events[0].quantity[0].amount, document.events[0].quantity[1].amount);
  EXPECT_EQ(document.events[0].quantity[2].amount, "several");
}

TEST(EvaluationRecords, files_over_the_limits_are_refused) {
  RecordsByDocument records;
  EvaluationLimits limits;
  limits.max_line_bytes = 10;
  EXPECT_EQ(read_records(LineReader::of_bytes("{\"doc\":\"a\",\"type\":\"AID\"}\n", "r"), limits, records).error().code,
            ErrorCode::kTooLarge);
  limits = {};
  limits.max_file_bytes = 10;
  EXPECT_EQ(read_records(LineReader::of_bytes("{\"doc\":\"a\",\"type\":\"AID\"}\n", "r"), limits, records).error().code,
            ErrorCode::kTooLarge);
}

TEST(EvaluationCoders, agreement_is_counted_beyond_chance) {
  CoderRound round{.file = "r.csv"};
  for (const char* answer : {"yes", "yes", ""}) {
    RatedSentence rated{.document = std::to_string(round.sentences.size())};
    rated.people.emplace_back('1', RaterAnswers{answer});
    rated.people.emplace_back('2', RaterAnswers{"yes"});
    round.sentences.push_back(std::move(rated));
  }
  const CoderScores scores = score_coders({round}, {}, scheme());
  const RaterAgreement& people = scores.rounds[0].lines[0].people;
  EXPECT_EQ(people.pairs, 3U);
  EXPECT_DOUBLE_EQ(people.agree, 2.0 / 3);
  EXPECT_DOUBLE_EQ(people.kappa, 0);  // one of the two answers blindly
  EXPECT_DOUBLE_EQ(people.f1, 4.0 / 5);
  EXPECT_EQ(people.both_pairs, 2U);
  EXPECT_DOUBLE_EQ(scores.rounds.back().lines[0].people.f1, people.f1);
}

}  // namespace
}  // namespace casus
