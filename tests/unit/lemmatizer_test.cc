// The rule lemmatizer: known lemmas of the real tables in both orders, the fine points of the rules on small tables, what
// it refuses at load, and a comparison with a plain second version on random tables.
#include "language/lemmatizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/files.h"
#include "language/lemma_tables.h"
#include "language/strings.h"
#include "support/msgpack_writer.h"
#include "support/test_model.h"

namespace casus {
namespace {

using LemmatizerPtr = std::unique_ptr<const Lemmatizer>;

/// Keys of the tables: ids of "noun", "verb" and "punct".
const std::string kNoun = "#16833663260455505849";
const std::string kVerb = "#6360137228241296794";
const std::string kPunct = "#445";

std::string file(const std::string& rules, const std::string& index, const std::string& exceptions) {
  return MsgpackWriter::from_json("{\"lemma_rules\": {" + rules + "}, \"lemma_index\": {" + index + "}, \"lemma_exc\": {" + exceptions +
                                  "}}");
}

std::string entry(const std::string& key, const std::string& value) { return "\"" + key + "\": " + value; }

std::string lemma_of(const Lemmatizer& lemmatizer, std::string_view word, Pos pos, std::string_view morph = "") {
  std::pmr::monotonic_buffer_resource arena;
  return std::string(lemmatizer.lemma(word, pos, morph, arena));
}

LemmatizerPtr load(const std::string& bytes, LemmaOrder order = LemmaOrder::kRuleOrder) {
  auto loaded = Lemmatizer::load(bytes, "lookups.bin", order);
  if (!loaded) {
    ADD_FAILURE() << loaded.error().to_string();
    std::abort();
  }
  return std::move(*loaded);
}

std::string error_of(const std::string& bytes) {
  const auto loaded = Lemmatizer::load(bytes, "some/lookups.bin");
  if (loaded) return "accepted";
  EXPECT_EQ(loaded.error().code, ErrorCode::kBadModel);
  EXPECT_EQ(loaded.error().file, "some/lookups.bin");
  return loaded.error().message;
}

const Lemmatizer& real(LemmaOrder order = LemmaOrder::kRuleOrder) {
  static const auto by_order = [](LemmaOrder each) {
    const auto bytes = read_file(test_model()->folder() / "lemmatizer" / "lookups" / "lookups.bin", 10'000'000);
    EXPECT_TRUE(bytes) << bytes.error().to_string();
    return load(*bytes, each);
  };
  static const LemmatizerPtr rule_order = by_order(LemmaOrder::kRuleOrder);
  static const LemmatizerPtr index_first = by_order(LemmaOrder::kIndexFirst);
  return order == LemmaOrder::kRuleOrder ? *rule_order : *index_first;
}

TEST(LemmatizerModel, known_lemmas_in_rule_order) {
  for (const auto& [word, pos, expected] : std::vector<std::tuple<const char*, Pos, const char*>>{{"hoped", Pos::kVerb, "hope"},
                                                                                                  {"attacked", Pos::kVerb, "attack"},
                                                                                                  {"used", Pos::kVerb, "use"},
                                                                                                  {"co-authored", Pos::kVerb, "co-authore"},
                                                                                                  {"leaves", Pos::kNoun, "leave"},
                                                                                                  {"taxes", Pos::kNoun, "taxis"},
                                                                                                  {"Talks", Pos::kNoun, "talk"},
                                                                                                  {"MET", Pos::kVerb, "meet"},
                                                                                                  {"Moscow", Pos::kPropn, "Moscow"},
                                                                                                  {"THE", Pos::kDet, "the"},
                                                                                                  {"”", Pos::kPunct, "\""},
                                                                                                  {"worse", Pos::kAdj, "bad"},
                                                                                                  {"best", Pos::kAdv, "well"},
                                                                                                  {"quickly", Pos::kAdv, "quickly"},
                                                                                                  {"waging", Pos::kVerb, "wage"},
                                                                                                  {"rated", Pos::kVerb, "rate"}}) {
    EXPECT_EQ(lemma_of(real(), word, pos), expected) << word;
  }
}

TEST(LemmatizerModel, known_lemmas_with_the_index_first) {
  for (const auto& [word, pos, expected] : std::vector<std::tuple<const char*, Pos, const char*>>{{"hoped", Pos::kVerb, "hop"},
                                                                                                  {"attacked", Pos::kVerb, "attack"},
                                                                                                  {"used", Pos::kVerb, "use"},
                                                                                                  {"co-authored", Pos::kVerb, "co-author"},
                                                                                                  {"leaves", Pos::kNoun, "leaf"},
                                                                                                  {"taxes", Pos::kNoun, "taxis"},
                                                                                                  {"waging", Pos::kVerb, "wag"},
                                                                                                  {"rated", Pos::kVerb, "rat"}}) {
    EXPECT_EQ(lemma_of(real(LemmaOrder::kIndexFirst), word, pos), expected) << word;
  }
}

TEST(LemmatizerModel, base_forms_are_only_lower_cased) {
  for (const auto& [word, pos, morph, expected] : std::vector<std::tuple<const char*, Pos, const char*, const char*>>{
           {"News", Pos::kNoun, "Number=Sing", "news"},
           {"News", Pos::kNoun, "Number=Plur", "new"},
           {"Talks", Pos::kNoun, "Case=Nom|Number=Sing", "talks"},
           {"Talks", Pos::kNoun, "Number=Sing,Plur", "talk"},
           {"Talks", Pos::kNoun, "Number=Singular", "talk"},
           {"Talks", Pos::kNoun, "XNumber=Sing", "talk"},
           {"Warring", Pos::kVerb, "VerbForm=Inf", "warring"},
           {"Warring", Pos::kNoun, "VerbForm=Inf", "warring"},
           {"meetings", Pos::kNoun, "VerbForm=None", "meetings"},
           {"meetings", Pos::kNoun, "Degree=Pos", "meetings"},
           {"says", Pos::kVerb, "Tense=Pres|VerbForm=Fin", "says"},
           {"says", Pos::kVerb, "Number=Sing|Tense=Pres|VerbForm=Fin", "say"},
           {"says", Pos::kVerb, "Tense=Past|VerbForm=Fin", "say"},
           {"bigger", Pos::kAdj, "Degree=Pos", "bigger"},
           {"bigger", Pos::kAdj, "Degree=Cmp", "big"}}) {
    EXPECT_EQ(lemma_of(real(), word, pos, morph), expected) << word << " " << morph;
  }
}

TEST(LemmatizerModel, words_of_any_length_and_bytes_have_a_lemma) {
  const std::string longest(100'000, 'A');
  EXPECT_EQ(lemma_of(real(), longest + "ED", Pos::kVerb), std::string(100'000, 'a') + "e");
  EXPECT_EQ(lemma_of(real(), longest, Pos::kDet), std::string(100'000, 'a'));
  EXPECT_EQ(lemma_of(real(), "", Pos::kVerb), "");
  EXPECT_EQ(lemma_of(real(), std::string("a\0s", 3), Pos::kNoun), std::string("a\0", 2));
  EXPECT_EQ(lemma_of(real(), "ÉLANS", Pos::kNoun), "élan");
  EXPECT_EQ(lemma_of(real(), "ing", Pos::kVerb), "e");
}

TEST(Lemmatizer, without_part_of_speech_or_for_white_space_the_word_is_lower_cased) {
  const auto lemmatizer = load(file(entry(kNoun, R"([["s", ""]])"), "", ""));
  EXPECT_EQ(lemma_of(*lemmatizer, "Talks", Pos::kNone), "talks");
  EXPECT_EQ(lemma_of(*lemmatizer, "\n", Pos::kSpace), "\n");
}

TEST(Lemmatizer, without_tables_proper_nouns_keep_their_case) {
  const auto lemmatizer = load(file(entry(kNoun, "[]"), entry(kNoun, "[]"), entry(kNoun, "{}")));
  EXPECT_EQ(lemma_of(*lemmatizer, "Kyiv", Pos::kPropn), "Kyiv");
  EXPECT_EQ(lemma_of(*lemmatizer, "Kyiv", Pos::kNoun), "kyiv");
  EXPECT_EQ(lemma_of(*lemmatizer, "Kyiv", Pos::kVerb), "kyiv");
}

TEST(Lemmatizer, a_word_that_no_rule_fits_keeps_its_case) {
  const auto lemmatizer = load(file(entry(kNoun, R"([["s", ""]])"), "", ""));
  EXPECT_EQ(lemma_of(*lemmatizer, "Talk", Pos::kNoun), "Talk");
}

TEST(Lemmatizer, an_empty_form_is_no_form) {
  const auto lemmatizer = load(file(entry(kNoun, R"([["s", ""], ["s", "t"]])"), "", ""));
  EXPECT_EQ(lemma_of(*lemmatizer, "S", Pos::kNoun), "t");
}

TEST(Lemmatizer, indexed_forms_win_over_unknown_ones) {
  const auto lemmatizer = load(file(entry(kVerb, R"([["ed", "e"], ["ed", ""]])"), entry(kVerb, R"(["attack"])"), ""));
  EXPECT_EQ(lemma_of(*lemmatizer, "attacked", Pos::kVerb), "attack");
  EXPECT_EQ(lemma_of(*lemmatizer, "unknowned", Pos::kVerb), "unknowne");
}

TEST(Lemmatizer, forms_that_are_not_letters_count_as_known) {
  const std::string bytes = file(entry(kVerb, R"([["ed", "e"], ["ed", ""]])"), entry(kVerb, R"(["co-author"])"), "");
  EXPECT_EQ(lemma_of(*load(bytes), "co-authored", Pos::kVerb), "co-authore");
  EXPECT_EQ(lemma_of(*load(bytes, LemmaOrder::kIndexFirst), "co-authored", Pos::kVerb), "co-author");
}

TEST(Lemmatizer, with_the_index_first_the_last_indexed_form_wins) {
  const std::string bytes = file(entry(kVerb, R"([["ed", "e"], ["ed", ""], ["d", "-"]])"), entry(kVerb, R"(["hope", "hop"])"), "");
  EXPECT_EQ(lemma_of(*load(bytes), "hoped", Pos::kVerb), "hope");
  EXPECT_EQ(lemma_of(*load(bytes, LemmaOrder::kIndexFirst), "hoped", Pos::kVerb), "hop");
}

TEST(Lemmatizer, the_last_new_exception_comes_first) {
  const auto lemmatizer = load(file(entry(kVerb, R"([["s", ""]])"), entry(kVerb, R"(["axe"])"),
                                    entry(kVerb, R"({"axes": ["ax", "axe"], "axe": ["one", "two", "one"], "bares": [], "cs": ["c"]})")));
  EXPECT_EQ(lemma_of(*lemmatizer, "Axes", Pos::kVerb), "ax");  // "axe" is a candidate already
  EXPECT_EQ(lemma_of(*lemmatizer, "axe", Pos::kVerb), "two");  // the second "one" is not new
  EXPECT_EQ(lemma_of(*lemmatizer, "bares", Pos::kVerb), "bare");
  EXPECT_EQ(lemma_of(*lemmatizer, "cs", Pos::kVerb), "c");
}

TEST(Lemmatizer, exceptions_that_the_rules_give_anyway_leave_the_order) {
  const std::string bytes =
      file(entry(kVerb, R"([["es", "-"], ["s", ""]])"), entry(kVerb, R"(["axe"])"), entry(kVerb, R"({"axes": ["axe"]})"));
  EXPECT_EQ(lemma_of(*load(bytes), "axes", Pos::kVerb), "ax-");
  EXPECT_EQ(lemma_of(*load(bytes, LemmaOrder::kIndexFirst), "axes", Pos::kVerb), "axe");
}

TEST(Lemmatizer, suffixes_may_be_longer_than_a_byte) {
  const auto lemmatizer = load(file(entry(kPunct, R"([["“", "\""], ["’", "'"]])"), "", ""));
  EXPECT_EQ(lemma_of(*lemmatizer, "“", Pos::kPunct), "\"");
  EXPECT_EQ(lemma_of(*lemmatizer, "’", Pos::kPunct), "'");
  EXPECT_EQ(lemma_of(*lemmatizer, ".", Pos::kPunct), ".");
}

TEST(Lemmatizer, the_result_lives_without_the_file_and_copies_only_what_is_new) {
  std::unique_ptr<std::string> bytes = std::make_unique<std::string>(file(entry(kNoun, R"([["s", ""]])"), entry(kNoun, R"(["talk"])"), ""));
  const auto lemmatizer = load(*bytes);
  bytes.reset();
  const std::string word = "foos";
  std::pmr::memory_resource& none = *std::pmr::null_memory_resource();
  EXPECT_EQ(lemmatizer->lemma("TALKS", Pos::kNoun, "", none), "talk");
  EXPECT_EQ(lemmatizer->lemma(word, Pos::kNoun, "", none).data(), word.data());
  EXPECT_EQ(lemmatizer->lemma(word, Pos::kDet, "", none).data(), word.data());
}

TEST(LemmatizerFile, missing_tables_are_refused) {
  EXPECT_NE(error_of(MsgpackWriter::from_json("{}")).find("lemma_rules"), std::string::npos);
  EXPECT_NE(error_of(MsgpackWriter::from_json(R"({"lemma_rules": {}, "lemma_index": {}})")).find("lemma_exc"), std::string::npos);
  EXPECT_NE(error_of(MsgpackWriter::from_json(R"({"lemma_rules": {}, "lemma_index": [], "lemma_exc": {}})")).find("lemma_index"),
            std::string::npos);
  EXPECT_NE(error_of(MsgpackWriter::from_json("[]")), "accepted");
}

TEST(LemmatizerFile, wrong_types_are_refused) {
  for (const char* rules : {"{}", "5", "[5]", "[[]]", R"([["a"]])", R"([["a", 5]])", R"([["a", "b", "c"]])", R"([["bin:a", "b"]])"}) {
    EXPECT_NE(error_of(file(entry(kNoun, rules), "", "")).find("lemma_rules"), std::string::npos) << rules;
  }
  for (const char* index : {"{}", "5", "[5]", R"([["a"]])"})
    EXPECT_NE(error_of(file("", entry(kNoun, index), "")).find("lemma_index"), std::string::npos) << index;
  for (const char* exceptions : {"[]", "5", R"({"a": "b"})", R"({"a": [5]})", R"({"#5": ["a"]})"}) {
    EXPECT_NE(error_of(file("", "", entry(kNoun, exceptions))).find("lemma_exc"), std::string::npos) << exceptions;
  }
  EXPECT_NE(error_of(file(entry("noun", "[]"), "", "")), "accepted");
}

TEST(LemmatizerFile, parts_of_speech_that_no_token_has_are_passed_over) {
  EXPECT_EQ(error_of(file(entry("#5", "[]"), "", "")), "accepted");
}

TEST(LemmatizerFile, sizes_are_bounded) {
  std::string many = "[[\"a\", \"b\"]";
  for (int i = 0; i < 1'000; ++i) many += ",[\"a\", \"b\"]";
  EXPECT_NE(error_of(file(entry(kNoun, many + "]"), "", "")), "accepted");
  EXPECT_NE(error_of(file(entry(kNoun, "[[\"" + std::string(65, 'a') + "\", \"b\"]]"), "", "")), "accepted");
  EXPECT_NE(error_of(file("", entry(kNoun, "[\"" + std::string(1'001, 'a') + "\"]"), "")), "accepted");
}

TEST(LemmatizerFile, every_cut_off_file_is_refused) {
  const std::string whole = file(entry(kNoun, R"([["s", ""]])"), entry(kNoun, R"(["talk"])"), entry(kNoun, R"({"men": ["man"]})"));
  ASSERT_EQ(error_of(whole), "accepted");
  for (size_t length = 0; length < whole.size(); ++length) EXPECT_NE(error_of(whole.substr(0, length)), "accepted") << length;
}

/// The definition, list by list.
std::string lemma_plainly(const std::vector<std::pair<std::string, std::string>>& rules, const std::vector<std::string>& index,
                          const std::vector<std::string>& exceptions, bool index_first, const std::string& word) {
  const auto has = [](const std::vector<std::string>& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  };
  const std::string lower = lower_case(word);
  std::vector<std::string> forms;
  std::vector<std::string> others;
  for (const auto& [suffix, replacement] : rules) {
    if (!lower.ends_with(suffix)) continue;
    const std::string form = lower.substr(0, lower.size() - suffix.size()) + replacement;
    if (form.empty()) continue;
    const bool known = has(index, form);
    if (known && index_first) {
      if (has(forms, form)) forms.erase(std::find(forms.begin(), forms.end(), form));
      forms.insert(forms.begin(), form);
    } else if (known || !is_alpha_word(form)) {
      if (!has(forms, form)) forms.push_back(form);
    } else {
      others.push_back(form);
    }
  }
  for (const std::string& form : exceptions) {
    if (!has(forms, form)) forms.insert(forms.begin(), form);
  }
  if (forms.empty()) forms = others;
  return forms.empty() ? word : forms.front();
}

TEST(Lemmatizer, agrees_with_a_plain_version_on_random_tables) {
  std::mt19937 random(11);
  const auto below = [&](size_t limit) { return static_cast<size_t>(random()) % limit; };
  const auto letters = [&](size_t most) {
    std::string out;
    for (size_t i = below(most + 1); i > 0; --i) out += "ab-"[below(3)];
    return out;
  };
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::pair<std::string, std::string>> rules;
    std::vector<std::string> index;
    std::vector<std::string> exceptions;
    for (size_t i = below(5); i > 0; --i) rules.emplace_back(letters(2), letters(2));
    for (size_t i = below(8); i > 0; --i) index.push_back(letters(3));
    for (size_t i = below(4); i > 0; --i) exceptions.push_back(letters(3));
    const std::string word = "a" + letters(3);
    std::string rules_json;
    std::string index_json;
    std::string exceptions_json;
    for (const auto& [suffix, replacement] : rules)
      rules_json += (rules_json.empty() ? "" : ",") + ("[\"" + suffix + "\",\"" + replacement + "\"]");
    for (const std::string& form : index) index_json += (index_json.empty() ? "\"" : ",\"") + form + "\"";
    for (const std::string& form : exceptions) exceptions_json += (exceptions_json.empty() ? "\"" : ",\"") + form + "\"";
    // One rule more than random, so that there is a table for the part of speech.
    rules.emplace_back("zzz", "z");
    rules_json += (rules_json.empty() ? "" : ",") + std::string("[\"zzz\",\"z\"]");
    const std::string bytes = file(entry(kNoun, "[" + rules_json + "]"), entry(kNoun, "[" + index_json + "]"),
                                   entry(kNoun, "{\"" + word + "\": [" + exceptions_json + "]}"));
    for (const LemmaOrder order : {LemmaOrder::kRuleOrder, LemmaOrder::kIndexFirst}) {
      const bool index_first = order == LemmaOrder::kIndexFirst;
      ASSERT_EQ(lemma_of(*load(bytes, order), word, Pos::kNoun), lemma_plainly(rules, index, exceptions, index_first, word))
          << word << " rules " << rules_json << " index " << index_json << " exceptions " << exceptions_json
          << (index_first ? " index first" : "");
    }
  }
}

}  // namespace
}  // namespace casus
