#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

namespace casus {

/// What config.cfg says of one encoder (MultiHashEmbed and MaxoutWindowEncoder). The weights must fit it.
struct EncoderConfig {
  std::vector<std::string> attrs;  ///< "NORM", "PREFIX", …, in order of the hash tables
  std::vector<uint32_t> rows;      ///< of each hash table
  uint32_t width = 0;
  uint32_t depth = 0;   ///< layers of the window encoder
  uint32_t pieces = 0;  ///< of each maxout
  bool static_vectors = false;
};

/// What the runtime needs to know of a package before it reads the weights.
struct PipelineConfig {
  std::string name;     ///< "en_core_web_sm": language and name of meta.json
  std::string version;  ///< "3.8.0"
  std::string lang;     ///< "en"
  EncoderConfig tok2vec;
  EncoderConfig entity_tok2vec;  ///< ner has an encoder of its own
  uint32_t parser_width = 0;     ///< hidden width of the parser's network
  uint32_t entity_width = 0;     ///< and of ner's
  bool static_vectors = false;   ///< one of the encoders reads vocab/vectors
};

/// Reads config.cfg and meta.json of a package folder and refuses every pipeline that would compute something else than
/// casus does (docs/model-files.md lists what is asked for).
/// Errors: kNotFound, kUnreadable, kTooLarge; kBadModel naming file, line, section, key, what was expected and what found.
[[nodiscard]] Result<PipelineConfig> read_pipeline_config(const std::filesystem::path& folder);

/// The same from the two files' contents; the names are for messages.
[[nodiscard]] Result<PipelineConfig> decode_pipeline_config(std::string_view config, std::string_view config_name, std::string_view meta,
                                                            std::string_view meta_name);

}  // namespace casus
