#include "language/config.h"

#include <simdjson.h>

#include "base/files.h"
#include "base/utf8.h"
#include "language/ini.h"

namespace casus {
namespace {

constexpr uint64_t kMaxConfigBytes = 1'000'000;  ///< config.cfg has 5.5 kB
constexpr uint64_t kMaxMetaBytes = 10'000'000;   ///< meta.json has 11 kB
constexpr size_t kMaxNameBytes = 200;
constexpr int64_t kMaxRows = 10'000'000;  ///< of a hash table; 5,000 is the most that occurs
constexpr int64_t kMaxWidth = 4'096;      ///< of any layer; 96
constexpr int64_t kMaxDepth = 64;         ///< of an encoder; 4
constexpr int64_t kMaxPieces = 16;        ///< of a maxout; 3
constexpr size_t kMaxQuotedBytes = 100;   ///< of a value in a message

/// What a key must be, as JSON. Where "null" is expected the key may also be missing.
struct Demand {
  std::string_view section;
  std::string_view key;
  std::string_view json;
};

// Everything that would change the result and that casus does in one way only. spaCy 3.8, en_core_web_sm and _md 3.8.0.
constexpr Demand kDemands[] = {
    {"nlp", "lang", R"("en")"},
    {"nlp", "pipeline", R"(["tok2vec","tagger","parser","senter","attribute_ruler","lemmatizer","ner"])"},
    {"nlp", "disabled", R"(["senter"])"},
    {"nlp", "before_creation", "null"},
    {"nlp", "after_creation", "null"},
    {"nlp", "after_pipeline_creation", "null"},
    {"nlp.tokenizer", "@tokenizers", R"("spacy.Tokenizer.v1")"},
    {"components.tok2vec", "factory", R"("tok2vec")"},
    {"components.tok2vec.model", "@architectures", R"("spacy.Tok2Vec.v2")"},
    {"components.tok2vec.model.embed", "@architectures", R"("spacy.MultiHashEmbed.v2")"},
    {"components.tok2vec.model.embed", "attrs", R"(["NORM","PREFIX","SUFFIX","SHAPE","SPACY","IS_SPACE"])"},
    {"components.tok2vec.model.encode", "@architectures", R"("spacy.MaxoutWindowEncoder.v2")"},
    {"components.tok2vec.model.encode", "window_size", "1"},
    {"components.tagger", "factory", R"("tagger")"},
    {"components.tagger.model", "@architectures", R"("spacy.Tagger.v2")"},
    {"components.tagger.model", "normalize", "false"},
    {"components.tagger.model.tok2vec", "@architectures", R"("spacy.Tok2VecListener.v1")"},
    {"components.parser", "factory", R"("parser")"},
    {"components.parser", "learn_tokens", "false"},
    {"components.parser", "moves", "null"},
    {"components.parser.model", "@architectures", R"("spacy.TransitionBasedParser.v2")"},
    {"components.parser.model", "state_type", R"("parser")"},
    {"components.parser.model", "extra_state_tokens", "false"},
    {"components.parser.model", "use_upper", "true"},
    {"components.parser.model.tok2vec", "@architectures", R"("spacy.Tok2VecListener.v1")"},
    {"components.attribute_ruler", "factory", R"("attribute_ruler")"},
    {"components.lemmatizer", "factory", R"("lemmatizer")"},
    {"components.lemmatizer", "mode", R"("rule")"},
    {"components.lemmatizer", "overwrite", "false"},
    {"components.ner", "factory", R"("ner")"},
    {"components.ner", "moves", "null"},
    {"components.ner.model", "@architectures", R"("spacy.TransitionBasedParser.v2")"},
    {"components.ner.model", "state_type", R"("ner")"},
    {"components.ner.model", "extra_state_tokens", "false"},
    {"components.ner.model", "use_upper", "true"},
    {"components.ner.model.tok2vec", "@architectures", R"("spacy.Tok2Vec.v2")"},
    {"components.ner.model.tok2vec.embed", "@architectures", R"("spacy.MultiHashEmbed.v2")"},
    {"components.ner.model.tok2vec.embed", "attrs", R"(["NORM","PREFIX","SUFFIX","SHAPE"])"},
    {"components.ner.model.tok2vec.encode", "@architectures", R"("spacy.MaxoutWindowEncoder.v2")"},
    {"components.ner.model.tok2vec.encode", "window_size", "1"},
};

/// Text of a value for a message.
std::string for_message(std::string_view text) {
  if (text.empty()) return "nothing";
  uint64_t replaced = 0;
  return repair_utf8(text.substr(0, kMaxQuotedBytes), replaced) + (text.size() > kMaxQuotedBytes ? "…" : "");
}

class ConfigReader {
 public:
  ConfigReader(const IniFile& ini, std::string_view file_name) : ini_(ini), file_name_(file_name) {}

  bool read(PipelineConfig& out) {
    for (const Demand& demand : kDemands) {
      if (!check(demand)) return false;
    }
    return read_encoder("components.tok2vec.model", out.tok2vec) && read_encoder("components.ner.model.tok2vec", out.entity_tok2vec) &&
           read_number("components.parser.model", "hidden_width", kMaxWidth, out.parser_width) &&
           read_number("components.ner.model", "hidden_width", kMaxWidth, out.entity_width);
  }

  [[nodiscard]] const Error& error() const { return error_; }

 private:
  bool fail(std::string_view section, std::string_view key, std::string_view expected, const IniFile::Value& found) {
    error_ = Error{.code = ErrorCode::kBadModel,
                   .message = "[" + std::string(section) + "] " + std::string(key) + ": expected " + std::string(expected) + ", found " +
                              for_message(found.text),
                   .file = std::string(file_name_),
                   .line = found.line};
    return false;
  }

  /// Parses a value into element_; false if it is no JSON.
  bool parse(std::string_view json) { return !parser_.parse(simdjson::padded_string(json)).get(element_); }

  bool check(const Demand& demand) {
    const IniFile::Value found = ini_.find(demand.section, demand.key);
    if (found.line == 0 && demand.json == "null") return true;
    if (!parse(found.text) || simdjson::minify(element_) != demand.json) return fail(demand.section, demand.key, demand.json, found);
    return true;
  }

  bool read_number(std::string_view section, std::string_view key, int64_t max, uint32_t& out) {
    const IniFile::Value found = ini_.find(section, key);
    int64_t number = 0;
    if (!parse(found.text) || element_.get(number) || number < 1 || number > max) {
      return fail(section, key, "a number from 1 to " + std::to_string(max), found);
    }
    out = static_cast<uint32_t>(number);
    return true;
  }

  bool read_encoder(const std::string& section, EncoderConfig& out) {
    const std::string embed = section + ".embed";
    const std::string encode = section + ".encode";
    uint32_t embed_width = 0;
    if (!read_number(encode, "width", kMaxWidth, out.width) || !read_number(encode, "depth", kMaxDepth, out.depth) ||
        !read_number(encode, "maxout_pieces", kMaxPieces, out.pieces) || !read_number(embed, "width", kMaxWidth, embed_width)) {
      return false;
    }
    if (embed_width != out.width)
      return fail(embed, "width", std::to_string(out.width) + " as in [" + encode + "]", ini_.find(embed, "width"));
    const IniFile::Value vectors = ini_.find(embed, "include_static_vectors");
    if (!parse(vectors.text) || element_.get(out.static_vectors)) return fail(embed, "include_static_vectors", "true or false", vectors);
    return read_attrs(embed, out.attrs) && read_rows(embed, out.attrs.size(), out.rows);
  }

  bool read_attrs(const std::string& embed, std::vector<std::string>& out) {
    const IniFile::Value found = ini_.find(embed, "attrs");
    simdjson::dom::array list;
    if (!parse(found.text) || element_.get(list)) return fail(embed, "attrs", "a list of names", found);
    for (const simdjson::dom::element item : list) {
      std::string_view name;
      if (item.get(name)) return fail(embed, "attrs", "a list of names", found);
      out.emplace_back(name);
    }
    return true;
  }

  bool read_rows(const std::string& embed, size_t count, std::vector<uint32_t>& out) {
    const IniFile::Value found = ini_.find(embed, "rows");
    const std::string expected = std::to_string(count) + " numbers from 1 to " + std::to_string(kMaxRows);
    simdjson::dom::array list;
    if (!parse(found.text) || element_.get(list) || list.size() != count) return fail(embed, "rows", expected, found);
    for (const simdjson::dom::element item : list) {
      int64_t number = 0;
      if (item.get(number) || number < 1 || number > kMaxRows) return fail(embed, "rows", expected, found);
      out.push_back(static_cast<uint32_t>(number));
    }
    return true;
  }

  const IniFile& ini_;
  std::string_view file_name_;
  simdjson::dom::parser parser_;
  simdjson::dom::element element_;
  Error error_;
};

Result<void> read_meta(std::string_view meta, std::string_view meta_name, PipelineConfig& out) {
  const auto fail = [&](std::string message) {
    return Error{.code = ErrorCode::kBadModel, .message = std::move(message), .file = std::string(meta_name)};
  };
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (const auto error = parser.parse(simdjson::padded_string(meta)).get(root))
    return fail(std::string("is not JSON: ") + simdjson::error_message(error));
  std::string name;
  for (const auto& [key, place] : {std::pair{"lang", &out.lang}, std::pair{"name", &name}, std::pair{"version", &out.version}}) {
    std::string_view text;
    if (root.at_key(key).get(text) || text.empty() || text.size() > kMaxNameBytes) {
      return fail(std::string(key) + ": expected a string of 1 to " + std::to_string(kMaxNameBytes) + " bytes");
    }
    *place = text;
  }
  if (out.lang != "en") return fail("lang: expected \"en\", found \"" + out.lang + "\"");
  out.name = out.lang + "_" + name;
  return {};
}

}  // namespace

Result<PipelineConfig> decode_pipeline_config(std::string_view config, std::string_view config_name, std::string_view meta,
                                              std::string_view meta_name) {
  PipelineConfig out;
  if (auto read = read_meta(meta, meta_name, out); !read) return std::move(read).error();
  const auto ini = IniFile::parse(config, config_name);
  if (!ini) return ini.error();
  ConfigReader reader(*ini, config_name);
  if (!reader.read(out)) return reader.error();
  out.static_vectors = out.tok2vec.static_vectors || out.entity_tok2vec.static_vectors;
  return out;
}

Result<PipelineConfig> read_pipeline_config(const std::filesystem::path& folder) {
  const auto config = read_file(folder / "config.cfg", kMaxConfigBytes);
  if (!config) return config.error();
  const auto meta = read_file(folder / "meta.json", kMaxMetaBytes);
  if (!meta) return meta.error();
  return decode_pipeline_config(*config, (folder / "config.cfg").string(), *meta, (folder / "meta.json").string());
}

}  // namespace casus
