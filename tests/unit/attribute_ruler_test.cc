// The attribute ruler: each kind of condition, order of rules, targets; what it refuses at load; and a comparison with a
// plain second version on random rules and documents.
#include "language/attribute_ruler.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/files.h"
#include "language/ruler_patterns.h"
#include "language/strings.h"
#include "support/msgpack_writer.h"
#include "support/test_model.h"

namespace casus {
namespace {

struct Word {
  std::string text;
  std::string tag{};
  std::string dep{};
};

/// A text of the words one behind the other, with tokens on it.
struct Text {
  Text(const std::vector<Word>& words, LabelTable& labels) {
    for (const Word& word : words) {
      Token token;
      token.span.begin = static_cast<uint32_t>(bytes.size());
      bytes += word.text;
      token.span.end = static_cast<uint32_t>(bytes.size());
      token.tag = labels.add(word.tag);
      token.dep_label = labels.add(word.dep);
      token.dep = dep_from_name(word.dep);
      tokens.push_back(token);
    }
  }
  std::string bytes;
  std::vector<Token> tokens;
};

std::string describe(const Token& token, const LabelTable& labels) {
  std::string out(labels.name(token.tag));
  out.append(" ").append(pos_name(token.pos)).append(" ").append(labels.name(token.morph)).append(" ").append(labels.name(token.dep_label));
  return out.append(" ").append(token.lemma.data() ? token.lemma : "-");
}

/// "TAG POS MORPH DEP LEMMA" of every token after the rules; "-" where no rule set a lemma.
std::vector<std::string> apply(const std::string& rules, const std::vector<Word>& words) {
  LabelTable labels;
  const auto ruler = AttributeRuler::load(MsgpackWriter::from_json(rules), "patterns", labels);
  if (!ruler) return {ruler.error().to_string()};
  Text text(words, labels);
  (*ruler)->apply(text.bytes, text.tokens);
  std::vector<std::string> out;
  for (const Token& token : text.tokens) out.push_back(describe(token, labels));
  return out;
}

std::string error_of(const std::string& rules) {
  LabelTable labels;
  const auto ruler = AttributeRuler::load(MsgpackWriter::from_json(rules), "some/patterns", labels);
  if (ruler) return "accepted";
  EXPECT_EQ(ruler.error().code, ErrorCode::kBadModel);
  EXPECT_EQ(ruler.error().file, "some/patterns");
  return ruler.error().message;
}

std::string rule(const std::string& pattern, const std::string& attrs = R"({"POS": "X"})", int index = 0) {
  return "{\"patterns\": [" + pattern + "], \"attrs\": " + attrs + ", \"index\": " + std::to_string(index) + "}";
}

using Strings = std::vector<std::string>;

TEST(AttributeRuler, a_tag_sets_part_of_speech_and_morphology) {
  const std::string rules = "[" + rule(R"([{"TAG": "VBD"}])", R"({"POS": "VERB", "MORPH": "Tense=Past|VerbForm=Fin"})") + "]";
  EXPECT_EQ(apply(rules, {{"met", "VBD", "ROOT"}, {"men", "NNS", "dobj"}}),
            (Strings{"VBD VERB Tense=Past|VerbForm=Fin ROOT -", "NNS   dobj -"}));
}

TEST(AttributeRuler, words_are_compared_in_lower_case) {
  const std::string rules = "[" + rule(R"([{"LOWER": "not"}])", R"({"LEMMA": "not"})") + "]";
  EXPECT_EQ(apply(rules, {{"not"}, {"NOT"}, {"nOt"}, {"nota"}, {"no"}}), (Strings{"    not", "    not", "    not", "    -", "    -"}));
}

TEST(AttributeRuler, words_outside_ascii_are_compared_in_lower_case_too) {
  const std::string rules = "[" + rule(R"([{"LOWER": {"IN": ["n’t", "k", "élan"]}}])", R"({"LEMMA": "x"})") + "]";
  EXPECT_EQ(apply(rules, {{"N’T"}, {"\u212a"}, {"ÉLAN"}, {"ELAN"}}), (Strings{"    x", "    x", "    x", "    -"}));
}

TEST(AttributeRuler, a_zero_byte_is_not_padding) {
  const std::string rules = "[" + rule(R"([{"LOWER": "it"}])", R"({"LEMMA": "x"})") + "]";
  EXPECT_EQ(apply(rules, {{std::string("it\0", 3)}, {"it"}}), (Strings{"    -", "    x"}));
}

TEST(AttributeRuler, long_words_are_found) {
  const std::string word = "antidisestablishmentarianism";
  const std::string rules = "[" + rule("[{\"LOWER\": \"" + word + "\"}]", R"({"LEMMA": "x"})") + "]";
  EXPECT_EQ(apply(rules, {{"Antidisestablishmentarianism"}, {word + "s"}, {std::string(1000, 'a')}}), (Strings{"    x", "    -", "    -"}));
}

TEST(AttributeRuler, orth_and_text_tell_case_apart) {
  const std::string rules =
      "[" + rule(R"([{"ORTH": "US"}])", R"({"LEMMA": "a"})") + "," + rule(R"([{"TEXT": {"IN": ["us"]}}])", R"({"LEMMA": "b"})") + "]";
  EXPECT_EQ(apply(rules, {{"US"}, {"us"}, {"Us"}}), (Strings{"    a", "    b", "    -"}));
}

TEST(AttributeRuler, all_conditions_must_hold) {
  const std::string rules = "[" + rule(R"([{"TAG": "IN", "LOWER": "that", "DEP": "mark"}])", R"({"POS": "SCONJ"})") + "]";
  EXPECT_EQ(apply(rules, {{"That", "IN", "mark"}, {"that", "WDT", "mark"}, {"that", "IN", "prep"}, {"as", "IN", "mark"}}),
            (Strings{"IN SCONJ  mark -", "WDT   mark -", "IN   prep -", "IN   mark -"}));
}

TEST(AttributeRuler, not_in_an_empty_string_means_is_set) {
  const std::string rules =
      "[" + rule(R"([{"TAG": {"NOT_IN": ["TO", ""]}, "DEP": {"IN": ["aux", "auxpass"]}}])", R"({"POS": "AUX"})") + "]";
  EXPECT_EQ(apply(rules, {{"is", "VBZ", "aux"}, {"to", "TO", "aux"}, {"x", "", "aux"}, {"is", "VBZ", "ROOT"}, {"is", "NEW", "auxpass"}}),
            (Strings{"VBZ AUX  aux -", "TO   aux -", "   aux -", "VBZ   ROOT -", "NEW AUX  auxpass -"}));
}

TEST(AttributeRuler, labels_that_no_rule_names_are_all_alike) {
  const std::string rules = "[" + rule(R"([{"DEP": {"NOT_IN": ["det"]}}])", R"({"POS": "PRON"})") + "]";
  EXPECT_EQ(apply(rules, {{"a", "A", "det"}, {"b", "B", "never-seen"}, {"c"}}),
            (Strings{"A   det -", "B PRON  never-seen -", " PRON   -"}));
}

TEST(AttributeRuler, white_space_is_told_by_the_text) {
  const std::string rules = "[" + rule(R"([{"TAG": "_SP", "IS_SPACE": false}])") + "," +
                            rule(R"([{"IS_SPACE": true}])", R"({"TAG": "_SP", "POS": "SPACE"})") + "]";
  EXPECT_EQ(apply(rules, {{"\n \t", "NN"}, {"\u2028", "NN"}, {"word", "_SP"}, {"\u200b", "_SP"}, {"word", "NN"}}),
            (Strings{"_SP SPACE   -", "_SP SPACE   -", "_SP X   -", "_SP X   -", "NN    -"}));
}

TEST(AttributeRuler, later_rules_overwrite_attribute_by_attribute) {
  const std::string rules = "[" + rule(R"([{"LOWER": "do"}])", R"({"POS": "AUX", "LEMMA": "first"})") + "," +
                            rule(R"([{"TAG": "VB"}])", R"({"POS": "VERB", "MORPH": "A=B"})") + "," +
                            rule(R"([{"LOWER": "do"}])", R"({"MORPH": "_"})") + "]";
  EXPECT_EQ(apply(rules, {{"do", "VB"}}), (Strings{"VB VERB   first"}));
}

TEST(AttributeRuler, rules_see_the_document_as_it_was) {
  const std::string rules = "[" + rule(R"([{"TAG": "A"}])", R"({"TAG": "B", "DEP": "x"})") + "," +
                            rule(R"([{"TAG": "B"}])", R"({"POS": "X"})") + "," +
                            rule(R"([{"DEP": "x"}, {"LOWER": "b"}])", R"({"POS": "X"})", 1) + "]";
  EXPECT_EQ(apply(rules, {{"a", "A"}, {"b", "B"}}), (Strings{"B   x -", "B X   -"}));
}

TEST(AttributeRuler, a_changed_relation_changes_its_number_too) {
  LabelTable labels;
  const auto ruler =
      AttributeRuler::load(MsgpackWriter::from_json("[" + rule(R"([{"LOWER": "a"}])", R"({"DEP": "dep"})") + "]"), "patterns", labels);
  ASSERT_TRUE(ruler);
  Text text({{"a", "", "nsubj"}, {"b", "", "nsubj"}}, labels);
  (*ruler)->apply(text.bytes, text.tokens);
  EXPECT_EQ(text.tokens[0].dep, Dep::kDep);
  EXPECT_EQ(text.tokens[1].dep, Dep::kNsubj);
}

TEST(AttributeRuler, longer_patterns_hit_the_token_of_their_index) {
  const std::string pattern = R"([{"LOWER": "gon"}, {"LOWER": "na"}])";
  for (const auto& [index, expected] :
       {std::pair{0, Strings{"    x", "    -", "    -"}}, std::pair{1, Strings{"    -", "    x", "    -"}},
        std::pair{-1, Strings{"    -", "    x", "    -"}}, std::pair{-2, Strings{"    x", "    -", "    -"}}}) {
    EXPECT_EQ(apply("[" + rule(pattern, R"({"LEMMA": "x"})", index) + "]", {{"Gon"}, {"na"}, {"na"}}), expected) << index;
  }
}

TEST(AttributeRuler, longer_patterns_do_not_leave_the_text) {
  const std::string rules = "[" + rule(R"([{"DEP": "expl"}, {"LOWER": "is"}])", R"({"POS": "VERB"})", 1) + "," +
                            rule(R"([{"LOWER": "is"}, {"TAG": "Z"}])", R"({"LEMMA": "x"})") + "]";
  EXPECT_EQ(apply(rules, {{"is", "", "expl"}}), (Strings{"   expl -"}));
  EXPECT_EQ(apply(rules, {{"there", "", "expl"}, {"is"}}), (Strings{"   expl -", " VERB   -"}));
  EXPECT_EQ(apply(rules, {}), Strings{});
}

TEST(AttributeRuler, patterns_without_any_word_are_tried_everywhere) {
  const std::string rules =
      "[" + rule(R"([{"TAG": "A"}, {"TAG": "B"}])", R"({"POS": "X"})", 1) + "," + rule(R"([{}, {"TAG": "C"}])", R"({"LEMMA": "x"})") + "]";
  EXPECT_EQ(apply(rules, {{"a", "A"}, {"b", "B"}, {"c", "C"}}), (Strings{"A    -", "B X   x", "C    -"}));
}

TEST(AttributeRuler, an_empty_list_matches_nothing) {
  const std::string rules = "[" + rule(R"([{"LOWER": {"IN": []}}])") + "," + rule(R"([{"TAG": {"IN": []}}])") + "]";
  EXPECT_EQ(apply(rules, {{"a", "A"}}), (Strings{"A    -"}));
}

TEST(AttributeRuler, any_pattern_of_a_rule_fires_it) {
  const std::string rules = "[" + rule(R"([{"LOWER": "gets"}], [{"LOWER": "got"}])", R"({"LEMMA": "get"})") + "]";
  EXPECT_EQ(apply(rules, {{"gets"}, {"got"}, {"get"}}), (Strings{"    get", "    get", "    -"}));
}

TEST(AttributeRuler, an_empty_lemma_leaves_the_work_to_the_lemmatizer) {
  const std::string rules =
      "[" + rule(R"([{"LOWER": "a"}])", R"({"LEMMA": "x"})") + "," + rule(R"([{"LOWER": "a"}])", R"({"LEMMA": ""})") + "]";
  EXPECT_EQ(apply(rules, {{"a"}}), (Strings{"    -"}));
}

TEST(AttributeRuler, regular_expressions_stand_for_their_words) {
  const std::string rules = "[" + rule(R"([{"LOWER": {"REGEX": "^n[ou]thin'$"}}])", R"({"LEMMA": "nothing"})") + "]";
  EXPECT_EQ(apply(rules, {{"nothin'"}, {"Nuthin'"}, {"nathin'"}, {"nothin"}, {"xnothin'"}}),
            (Strings{"    nothing", "    nothing", "    -", "    -", "    -"}));
}

TEST(RulerRegex, optional_characters_and_choices_are_spelled_out) {
  const auto words = expand_ruler_regex("^n'?t$");
  ASSERT_TRUE(words);
  EXPECT_EQ(*words, (Strings{"nt", "n't", "nt\n", "n't\n"}));
  EXPECT_EQ(expand_ruler_regex("^[ab]?é?$")->size(), 12U);
}

TEST(RulerRegex, other_kinds_are_refused) {
  for (const char* regex :
       {"",      "^",       "$",      "^$",   "nt$",   "^nt",    "^n.t$", "^n*$",  "^n+t$", "^(a|b)$",
        "^a|b$", "^[a-z]$", "^[^a]$", "^[]$", "^[ab$", "^a{2}$", "^\\d$", "^a??$", "^?$",   "^[abcdefgh][abcdefgh][abcdefgh]$",
        "^]$"}) {
    EXPECT_FALSE(expand_ruler_regex(regex)) << regex;
  }
}

TEST(RulerMorph, features_and_values_are_sorted) {
  EXPECT_EQ(normalize_morph("Tense=Past|Aspect=Perf,Imp|VerbForm=Part"), "Aspect=Imp,Perf|Tense=Past|VerbForm=Part");
  EXPECT_EQ(normalize_morph("_"), "");
  EXPECT_EQ(normalize_morph(""), "");
  for (const char* morph : {"Tense", "A=B|", "A=B|A=C", "A=B=C", "|"}) EXPECT_FALSE(normalize_morph(morph)) << morph;
  EXPECT_FALSE(normalize_morph("A=" + std::string(2'000, 'x')));
}

TEST(AttributeRulerFile, unknown_conditions_are_refused) {
  for (const char* pattern : {R"([{"OP": "+"}])",
                              R"([{"POS": "NOUN"}])",
                              R"([{"MORPH": "A=B"}])",
                              R"([{"LEMMA": "be"}])",
                              R"([{"lower": "a"}])",
                              R"([{"_": {}}])",
                              R"([{"IS_PUNCT": true}])",
                              R"([{"LOWER": {"FUZZY": "a"}}])",
                              R"([{"LOWER": {"IN": ["a"], "NOT_IN": ["b"]}}])",
                              R"([{"TAG": {"REGEX": "^N$"}}])",
                              R"([{"LOWER": {"REGEX": "a.*"}}])",
                              R"([{"LOWER": {"REGEX": 5}}])",
                              R"([{"LOWER": 5}])",
                              R"([{"LOWER": {"IN": "a"}}])",
                              R"([{"LOWER": {"IN": [5]}}])",
                              R"([{"IS_SPACE": 1}])",
                              R"([{"IS_SPACE": {"IN": [true]}}])",
                              R"([{"ORTH": "a", "TEXT": "b"}])",
                              R"([5])",
                              R"([])",
                              "5",
                              R"([{"#5": "a"}])"}) {
    const std::string message = error_of("[" + rule(R"([{"TAG": "A"}])") + "," + rule(pattern) + "]");
    EXPECT_NE(message.find("rule 1: "), std::string::npos) << pattern << " → " << message;
  }
}

TEST(AttributeRulerFile, unknown_attributes_are_refused) {
  for (const char* attrs : {R"({"POS": "NOUNS"})", R"({"NORM": "a"})", R"({"HEAD": "1"})", R"({"LEMMA": 5})", R"({"MORPH": "Tense"})",
                            R"({"MORPH": {}})", "[]"}) {
    EXPECT_NE(error_of("[" + rule(R"([{"TAG": "A"}])", attrs) + "]").find("rule 0: "), std::string::npos) << attrs;
  }
}

TEST(AttributeRulerFile, an_index_outside_the_pattern_is_refused) {
  for (const int index : {1, -2, 1'000'000})
    EXPECT_NE(error_of("[" + rule(R"([{"TAG": "A"}])", R"({"POS": "X"})", index) + "]").find("outside"), std::string::npos);
  EXPECT_NE(error_of("[" + rule(R"([{"TAG": "A"}, {"TAG": "B"}], [{"TAG": "C"}])", R"({"POS": "X"})", 1) + "]").find("outside"),
            std::string::npos);
}

TEST(AttributeRulerFile, other_shapes_are_refused) {
  for (const char* file :
       {"{}", "5", "null", "[5]", "[{}]", R"([{"patterns": [], "attrs": {}, "index": 0}])", R"([{"patterns": [[{}]], "index": 0}])",
        R"([{"patterns": [[{}]], "attrs": {}}])", R"([{"patterns": [[{}]], "attrs": {}, "index": 0, "more": 1}])"}) {
    EXPECT_NE(error_of(file), "accepted") << file;
  }
}

TEST(AttributeRulerFile, sizes_are_bounded) {
  std::string many = "[" + rule("[{}]");
  for (int i = 0; i < 1'000; ++i) many += "," + rule("[{}]");
  EXPECT_NE(error_of(many + "]").find("at most 1000"), std::string::npos);
  std::string longer = "[{}";
  for (int i = 0; i < 16; ++i) longer += ",{}";
  EXPECT_NE(error_of("[" + rule(longer + "]") + "]"), "accepted");
  std::string tags = "[";
  std::string deps = "[";
  for (int i = 0; i < 400; ++i) {
    tags += (i > 0 ? ",\"t" : "\"t") + std::to_string(i) + "\"";
    deps += (i > 0 ? ",\"d" : "\"d") + std::to_string(i) + "\"";
  }
  EXPECT_NE(error_of("[" + rule("[{\"TAG\": {\"IN\": " + tags + "]}, \"DEP\": {\"IN\": " + deps + "]}}]") + "]").find("too many"),
            std::string::npos);
}

TEST(AttributeRulerFile, every_cut_off_file_is_refused) {
  const std::string whole = MsgpackWriter::from_json("[" +
                                                     rule(R"([{"TAG": "A", "LOWER": {"IN": ["b", "c"]}}, {"IS_SPACE": true}])",
                                                          R"({"POS": "X", "MORPH": "A=B", "LEMMA": "d", "DEP": "e", "TAG": "f"})") +
                                                     "]");
  LabelTable labels;
  ASSERT_TRUE(AttributeRuler::load(whole, "patterns", labels));
  for (size_t length = 0; length < whole.size(); ++length) {
    LabelTable fresh;
    EXPECT_FALSE(AttributeRuler::load(std::string_view(whole).substr(0, length), "patterns", fresh)) << length;
  }
}

/// What the ruler does, in the words of its definition: all matches first, then one rule after the other.
void apply_plainly(const std::vector<RulerRule>& rules, const LabelTable& labels, const Text& before, std::vector<Token>& tokens) {
  const auto holds = [&](const RulerToken& conditions, const Token& token) {
    const std::string word(token.span.in(before.bytes));
    return (!conditions.tag || conditions.tag->holds(token.tag)) && (!conditions.dep || conditions.dep->holds(token.dep_label)) &&
           (!conditions.lower || conditions.lower->holds(lower_case(word))) && (!conditions.orth || conditions.orth->holds(word)) &&
           (!conditions.is_space || *conditions.is_space == is_space_word(word));
  };
  for (const RulerRule& rule : rules) {
    for (const RulerPattern& pattern : rule.patterns) {
      for (size_t start = 0; start + pattern.size() <= before.tokens.size(); ++start) {
        bool all = true;
        for (size_t i = 0; i < pattern.size(); ++i) all = all && holds(pattern[i], before.tokens[start + i]);
        if (!all) continue;
        Token& target = tokens[rule.target >= 0 ? start + static_cast<size_t>(rule.target)
                                                : start + pattern.size() - static_cast<size_t>(-rule.target)];
        if (rule.action.pos) target.pos = *rule.action.pos;
        if (rule.action.morph) target.morph = *rule.action.morph;
        if (rule.action.tag) target.tag = *rule.action.tag;
        if (rule.action.lemma) target.lemma = *rule.action.lemma;
        if (rule.action.dep_label)
          target.dep_label = *rule.action.dep_label, target.dep = dep_from_name(labels.name(*rule.action.dep_label));
      }
    }
  }
}

/// Random files of rules over few words, tags and relations, so that all kinds of conditions meet.
class RandomRules {
 public:
  explicit RandomRules(uint32_t seed) : random_(seed) {}

  std::string file() {
    std::string out = "[";
    const int count = 1 + below(12);
    for (int i = 0; i < count; ++i) out += (i > 0 ? "," : "") + one_rule();
    return out + "]";
  }
  Word word() {
    return {pick({"a", "A", "b", "B", "c", " ", "\n", "É", "é"}), pick({"", "S", "T", "U", "V"}), pick({"", "p", "q", "r", "s"})};
  }
  int below(int limit) { return static_cast<int>(random_() % static_cast<uint32_t>(limit)); }

 private:
  std::string pick(const std::vector<std::string>& from) { return from[static_cast<size_t>(below(static_cast<int>(from.size())))]; }

  std::string value(const std::vector<std::string>& from) {
    const auto quoted = [&] { return "\"" + pick(from) + "\""; };
    if (below(2) == 0) return quoted();
    return std::string(below(2) == 0 ? "{\"IN\": [" : "{\"NOT_IN\": [") + quoted() + "," + quoted() + "]}";
  }

  std::string token() {
    std::vector<std::string> parts;
    if (below(3) == 0) parts.push_back("\"TAG\": " + value({"", "S", "T", "U"}));
    if (below(3) == 0) parts.push_back("\"DEP\": " + value({"", "p", "q", "r"}));
    if (below(3) == 0) parts.push_back("\"LOWER\": " + value({"a", "b", "c", "d", "é"}));
    if (below(8) == 0) parts.push_back("\"ORTH\": " + value({"a", "A", "B", "É"}));
    if (below(6) == 0) parts.push_back(std::string("\"IS_SPACE\": ") + (below(2) == 0 ? "true" : "false"));
    std::string out = "{";
    for (const std::string& part : parts) out += (out.size() > 1 ? "," : "") + part;
    return out + "}";
  }

  std::string one_rule() {
    const int length = 1 + below(3);
    std::string pattern = "[" + token();
    for (int i = 1; i < length; ++i) pattern += "," + token();
    std::string attrs = "{\"LEMMA\": \"" + pick({"x", "y", "z"}) + "\"";
    if (below(2) == 0) attrs += ",\"POS\": \"" + pick({"NOUN", "VERB"}) + "\"";
    if (below(2) == 0) attrs += ",\"MORPH\": \"" + pick({"A=B", "_"}) + "\"";
    if (below(3) == 0) attrs += ",\"TAG\": \"" + pick({"S", "T"}) + "\"";
    if (below(3) == 0) attrs += ",\"DEP\": \"" + pick({"p", "nsubj"}) + "\"";
    return rule(pattern + "]", attrs + "}", below(2 * length) - length);
  }

  std::mt19937 random_;
};

TEST(AttributeRuler, agrees_with_a_plain_version_on_random_rules) {
  for (uint32_t seed = 0; seed < 2'000; ++seed) {
    RandomRules random(seed);
    const std::string file = random.file();
    const std::string bytes = MsgpackWriter::from_json(file);
    LabelTable labels;
    const auto rules = read_ruler_rules(bytes, "patterns", labels);
    const auto ruler = AttributeRuler::load(bytes, "patterns", labels);
    ASSERT_TRUE(rules && ruler) << file;
    std::vector<Word> words;
    for (int i = random.below(12); i > 0; --i) words.push_back(random.word());
    const Text before(words, labels);
    std::vector<Token> expected = before.tokens;
    std::vector<Token> found = before.tokens;
    apply_plainly(*rules, labels, before, expected);
    (*ruler)->apply(before.bytes, found);
    for (size_t i = 0; i < words.size(); ++i) {
      ASSERT_EQ(describe(found[i], labels), describe(expected[i], labels)) << "token " << i << ", seed " << seed << ", " << file;
      ASSERT_EQ(found[i].dep, expected[i].dep);
    }
  }
}

TEST(AttributeRuler, agrees_with_a_plain_version_on_the_real_rules) {
  const auto path = test_model()->folder() / "attribute_ruler" / "patterns";
  const auto bytes = read_file(path, 1'000'000);
  ASSERT_TRUE(bytes) << bytes.error().to_string();
  LabelTable labels;
  const auto rules = read_ruler_rules(*bytes, path.string(), labels);
  ASSERT_TRUE(rules) << rules.error().to_string();
  const auto ruler = AttributeRuler::load(*bytes, path.string(), labels);
  ASSERT_TRUE(ruler);
  std::mt19937 random(7);
  std::vector<std::string> vocabulary = {" ", "\n", "House", "N'T", "Gon", "zzz"};
  for (const RulerRule& each : *rules) {
    for (const RulerToken& token : each.patterns[0]) {
      if (token.lower) vocabulary.insert(vocabulary.end(), token.lower->values.begin(), token.lower->values.end());
    }
  }
  for (int round = 0; round < 200; ++round) {
    std::vector<Word> words;
    for (int i = 0; i < 50; ++i) {
      const auto label = [&] { return std::string(labels.name(static_cast<uint16_t>(random() % labels.size()))); };
      words.push_back({vocabulary[random() % vocabulary.size()], label(), label()});
    }
    const Text before(words, labels);
    std::vector<Token> expected = before.tokens;
    std::vector<Token> found = before.tokens;
    apply_plainly(*rules, labels, before, expected);
    (*ruler)->apply(before.bytes, found);
    for (size_t i = 0; i < words.size(); ++i) ASSERT_EQ(describe(found[i], labels), describe(expected[i], labels)) << words[i].text;
  }
}

}  // namespace
}  // namespace casus
