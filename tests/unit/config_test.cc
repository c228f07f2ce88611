// The reader of config.cfg and meta.json: the file format, what is taken out, and that each setting that would change the
// result is refused by name.
#include "language/config.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "language/ini.h"
#include "support/test_model.h"

namespace casus {
namespace {

constexpr std::string_view kMeta = R"({"lang": "en", "name": "core_web_sm", "version": "3.8.0", "more": [1]})";

const std::string kConfig = R"([paths]
train = null

[nlp]
lang = "en"
pipeline = ["tok2vec","tagger","parser","senter","attribute_ruler","lemmatizer","ner"]
disabled = ["senter"]
before_creation = null
batch_size = 256
tokenizer = {"@tokenizers":"spacy.Tokenizer.v1"}

[components]

[components.attribute_ruler]
factory = "attribute_ruler"

[components.lemmatizer]
factory = "lemmatizer"
mode = "rule"
overwrite = false

[components.ner]
factory = "ner"
moves = null

[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 32
use_upper = true

[components.ner.model.tok2vec]
@architectures = "spacy.Tok2Vec.v2"

[components.ner.model.tok2vec.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 48
attrs = ["NORM","PREFIX","SUFFIX","SHAPE"]
rows = [500,100,250,250]
include_static_vectors = false

[components.ner.model.tok2vec.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 48
depth = 2
window_size = 1
maxout_pieces = 2

[components.parser]
factory = "parser"
learn_tokens = false
moves = null

[components.parser.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "parser"
extra_state_tokens = false
hidden_width = 64
use_upper = true

[components.parser.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = ${components.tok2vec.model.encode:width}

[components.tagger]
factory = "tagger"

[components.tagger.model]
@architectures = "spacy.Tagger.v2"
normalize = false

[components.tagger.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"

[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = ${components.tok2vec.model.encode:width}
attrs = ["NORM","PREFIX","SUFFIX","SHAPE","SPACY","IS_SPACE"]
rows = [5000,1000,2500,2500,50,50]
include_static_vectors = false

[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3
)";

Result<PipelineConfig> decode(std::string_view config, std::string_view meta = kMeta) {
  return decode_pipeline_config(config, "config.cfg", meta, "meta.json");
}

std::string with(const std::string& from, const std::string& to, const std::string& section = "") {
  std::string text = kConfig;
  const size_t start = section.empty() ? 0 : text.find("[" + section + "]");
  EXPECT_NE(start, std::string::npos) << section;
  const size_t at = text.find(from, start);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string error_of(std::string_view config) {
  const auto read = decode(config);
  if (read) return "accepted";
  EXPECT_EQ(read.error().code, ErrorCode::kBadModel);
  EXPECT_EQ(read.error().file, "config.cfg");
  return read.error().message;
}

TEST(Config, what_the_runtime_needs_is_taken_out) {
  const auto config = decode(kConfig);
  ASSERT_TRUE(config) << config.error().to_string();
  EXPECT_EQ(config->name, "en_core_web_sm");
  EXPECT_EQ(config->version, "3.8.0");
  EXPECT_EQ(config->lang, "en");
  EXPECT_EQ(config->tok2vec.attrs, (std::vector<std::string>{"NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"}));
  EXPECT_EQ(config->tok2vec.rows, (std::vector<uint32_t>{5000, 1000, 2500, 2500, 50, 50}));
  EXPECT_EQ(config->tok2vec.width, 96U);
  EXPECT_EQ(config->tok2vec.depth, 4U);
  EXPECT_EQ(config->tok2vec.pieces, 3U);
  EXPECT_EQ(config->entity_tok2vec.attrs.size(), 4U);
  EXPECT_EQ(config->entity_tok2vec.width, 48U);
  EXPECT_EQ(config->entity_tok2vec.depth, 2U);
  EXPECT_EQ(config->parser_width, 64U);
  EXPECT_EQ(config->entity_width, 32U);
  EXPECT_FALSE(config->static_vectors);
}

TEST(Config, static_vectors_of_either_encoder_are_told) {
  const std::string on = "include_static_vectors = true";
  const auto entities = decode(with("include_static_vectors = false", on));
  ASSERT_TRUE(entities) << entities.error().to_string();
  EXPECT_TRUE(entities->static_vectors);
  EXPECT_TRUE(entities->entity_tok2vec.static_vectors);
  EXPECT_FALSE(entities->tok2vec.static_vectors);
  const auto shared = decode(with("include_static_vectors = false", on, "components.tok2vec.model.embed"));
  ASSERT_TRUE(shared);
  EXPECT_TRUE(shared->static_vectors && shared->tok2vec.static_vectors);
}

TEST(Config, a_section_may_stand_as_json_in_the_one_above) {
  EXPECT_TRUE(
      decode(with("tokenizer = {\"@tokenizers\":\"spacy.Tokenizer.v1\"}", "[nlp.tokenizer]\n@tokenizers = \"spacy.Tokenizer.v1\"")));
}

TEST(Config, a_different_setting_is_refused_with_place_expected_and_found) {
  const auto read = decode(with("lang = \"en\"", "lang = \"de\""));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kBadModel);
  EXPECT_EQ(read.error().file, "config.cfg");
  EXPECT_EQ(read.error().line, 5U);
  EXPECT_EQ(read.error().message, "[nlp] lang: expected \"en\", found \"de\"");
}

TEST(Config, every_setting_that_changes_the_result_is_refused_when_it_differs) {
  struct Change {
    const char* section;
    const char* from;
    const char* to;
  };
  for (const Change& change :
       std::vector<Change>{{"nlp", "\"ner\"]", "\"ner\",\"textcat\"]"},
                           {"nlp", "\"tagger\",\"parser\"", "\"parser\",\"tagger\""},
                           {"nlp", "disabled = [\"senter\"]", "disabled = []"},
                           {"nlp", "before_creation = null", "before_creation = {\"@callbacks\":\"x\"}"},
                           {"nlp", "spacy.Tokenizer.v1", "my.Tokenizer.v1"},
                           {"components.attribute_ruler", "attribute_ruler\"", "other\""},
                           {"components.lemmatizer", "\"rule\"", "\"lookup\""},
                           {"components.lemmatizer", "overwrite = false", "overwrite = true"},
                           {"components.ner", "\"ner\"", "\"beam_ner\""},
                           {"components.ner", "moves = null", "moves = []"},
                           {"components.ner.model", "TransitionBasedParser.v2", "TransitionBasedParser.v3"},
                           {"components.ner.model", "state_type = \"ner\"", "state_type = \"parser\""},
                           {"components.ner.model", "extra_state_tokens = false", "extra_state_tokens = true"},
                           {"components.ner.model", "use_upper = true", "use_upper = false"},
                           {"components.ner.model.tok2vec", "spacy.Tok2Vec.v2", "spacy.Tok2VecListener.v1"},
                           {"components.ner.model.tok2vec.embed", "MultiHashEmbed.v2", "CharacterEmbed.v2"},
                           {"components.ner.model.tok2vec.embed", "\"SHAPE\"]", "\"LOWER\"]"},
                           {"components.ner.model.tok2vec.encode", "MaxoutWindowEncoder.v2", "MishWindowEncoder.v2"},
                           {"components.ner.model.tok2vec.encode", "window_size = 1", "window_size = 2"},
                           {"components.parser", "\"parser\"", "\"beam_parser\""},
                           {"components.parser", "learn_tokens = false", "learn_tokens = true"},
                           {"components.parser.model", "use_upper = true", "use_upper = false"},
                           {"components.parser.model", "extra_state_tokens = false", "extra_state_tokens = true"},
                           {"components.parser.model.tok2vec", "spacy.Tok2VecListener.v1", "spacy-transformers.TransformerListener.v1"},
                           {"components.tagger", "\"tagger\"", "\"morphologizer\""},
                           {"components.tagger.model", "normalize = false", "normalize = true"},
                           {"components.tok2vec", "\"tok2vec\"", "\"transformer\""},
                           {"components.tok2vec.model.embed", "\"SPACY\",\"IS_SPACE\"", "\"IS_SPACE\",\"SPACY\""},
                           {"components.tok2vec.model.encode", "window_size = 1", "window_size = 1.0"}}) {
    const std::string message = error_of(with(change.from, change.to, change.section));
    EXPECT_TRUE(message.starts_with("[nlp") || message.starts_with("[components.")) << change.to << ": " << message;
    EXPECT_NE(message.find("expected"), std::string::npos) << message;
  }
}

TEST(Config, a_missing_setting_is_refused) {
  EXPECT_EQ(error_of(with("lang = \"en\"\n", "")), "[nlp] lang: expected \"en\", found nothing");
  EXPECT_NE(error_of(with("[components.ner.model]", "[components.ner.other]")).find("[components.ner.model]"), std::string::npos);
  EXPECT_NE(error_of(""), "accepted");
}

TEST(Config, numbers_are_bounded) {
  for (const char* width : {"0", "-1", "4097", "96.5", "\"96\"", "null", "99999999999999999999", "", "${no.such:width}"}) {
    EXPECT_NE(error_of(with("width = 96", std::string("width = ") + width)).find("[components.tok2vec.model.encode] width"),
              std::string::npos)
        << width;
  }
  EXPECT_NE(error_of(with("depth = 4", "depth = 65")), "accepted");
  EXPECT_NE(error_of(with("hidden_width = 64", "hidden_width = 0")), "accepted");
}

TEST(Config, rows_must_be_as_many_as_attributes) {
  for (const char* rows : {"[5000,1000,2500,2500,50]", "[5000,1000,2500,2500,50,50,50]", "[]", "5", "[5000,1000,2500,2500,50,0]",
                           "[5000,1000,2500,2500,50,1e9]"}) {
    EXPECT_NE(error_of(with("[5000,1000,2500,2500,50,50]", rows)).find("rows: expected 6 numbers"), std::string::npos) << rows;
  }
}

TEST(Config, widths_of_one_encoder_must_agree) {
  EXPECT_NE(error_of(with("width = 48", "width = 47")).find("[components.ner.model.tok2vec.embed] width: expected 48"), std::string::npos);
}

TEST(Config, found_values_are_shortened_and_made_printable) {
  const std::string message = error_of(with("lang = \"en\"", "lang = \"" + std::string(5'000, '\xff') + "\""));
  EXPECT_LT(message.size(), 500U);
  EXPECT_EQ(message.find('\xff'), std::string::npos);
}

TEST(Config, meta_must_name_language_name_and_version) {
  for (const char* meta : {"", "[]", "{", R"({"lang": "en", "name": "x"})", R"({"lang": "en", "version": "1"})",
                           R"({"name": "x", "version": "1"})", R"({"lang": "de", "name": "x", "version": "1"})",
                           R"({"lang": "en", "name": "", "version": "1"})", R"({"lang": "en", "name": 5, "version": "1"})"}) {
    const auto read = decode(kConfig, meta);
    ASSERT_FALSE(read) << meta;
    EXPECT_EQ(read.error().code, ErrorCode::kBadModel);
    EXPECT_EQ(read.error().file, "meta.json");
  }
  EXPECT_FALSE(decode(kConfig, R"({"lang": "en", "version": "1", "name": ")" + std::string(201, 'x') + "\"}"));
}

TEST(Config, every_cut_off_file_is_refused) {
  // The last line that matters ends with "3"; what is cut behind it is white space.
  for (size_t length = 0; length + 2 <= kConfig.size(); length += 7)
    EXPECT_NE(error_of(std::string_view(kConfig).substr(0, length)), "accepted") << length;
}

TEST(Config, folders_without_the_files_are_told) {
  const auto read = read_pipeline_config("/no/such/folder");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kNotFound);
}

TEST(Config, the_real_package_is_accepted) {
  const auto config = read_pipeline_config(test_model()->folder());
  ASSERT_TRUE(config) << config.error().to_string();
  EXPECT_EQ(config->tok2vec.width, 96U);
  EXPECT_EQ(config->entity_tok2vec.rows.size(), 4U);
}

// The file format by itself.

std::string found(std::string_view text, std::string_view section, std::string_view key) {
  const auto ini = IniFile::parse(text, "x.cfg");
  return ini ? ini->find(section, key).text : ini.error().to_string();
}

TEST(IniFile, keys_belong_to_their_section) {
  const std::string_view text = "[a]\nx = 1\n[b]\nx = 2\r\n  # comment\n; comment\n\ny=  3 \n";
  EXPECT_EQ(found(text, "a", "x"), "1");
  EXPECT_EQ(found(text, "b", "x"), "2");
  EXPECT_EQ(found(text, "b", "y"), "3");
  EXPECT_EQ(found(text, "a", "y"), "");
  EXPECT_EQ(found(text, "c", "x"), "");
}

TEST(IniFile, indented_lines_continue_a_value) { EXPECT_EQ(found("[a]\nx = [1,\n  2]\ny = 3", "a", "x"), "[1,\n2]"); }

TEST(IniFile, a_section_may_go_on_later) { EXPECT_EQ(found("[a]\nx = 1\n[b]\n[a]\ny = 2", "a", "y"), "2"); }

TEST(IniFile, references_are_followed) {
  EXPECT_EQ(found("[a.b]\nx = ${c:y}\n[c]\ny = ${a.b.z}\n[a.b]\nz = 5", "a.b", "x"), "5");
  EXPECT_EQ(found("[a]\nx = {\"k\": {\"l\": 1}}\ny = ${a.x:k}", "a", "y"), R"({"l":1})");
}

TEST(IniFile, circles_and_dangling_references_are_no_value) {
  EXPECT_EQ(found("[a]\nx = ${a.y}\ny = ${a.x}", "a", "x"), "");
  EXPECT_EQ(found("[a]\nx = ${a.x}", "a", "x"), "");
  EXPECT_EQ(found("[a]\nx = ${b.y}", "a", "x"), "");
  EXPECT_EQ(found("[a]\nx = ${nothing}", "a", "x"), "${nothing}");
}

TEST(IniFile, broken_lines_are_refused_with_their_number) {
  for (const auto& [text, line] : std::vector<std::pair<const char*, uint64_t>>{
           {"x = 1", 1}, {"[a]\nx", 2}, {"[a\nx = 1", 1}, {"[a]\nx = 1\nx = 2", 3}, {"[a]\n  y", 2}, {"\n[a]\nx = 1\n[b]\n more", 5}}) {
    const auto ini = IniFile::parse(text, "x.cfg");
    ASSERT_FALSE(ini) << text;
    EXPECT_EQ(ini.error().code, ErrorCode::kBadModel);
    EXPECT_EQ(ini.error().line, line) << text;
    EXPECT_EQ(ini.error().file, "x.cfg");
  }
}

}  // namespace
}  // namespace casus
