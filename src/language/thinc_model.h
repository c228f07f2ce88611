#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

namespace casus {

/// A float32 array of a thinc model file, C order, copied out and aligned.
struct Tensor {
  std::vector<uint32_t> shape;
  std::vector<float> data;
};

/// One node of a thinc model: a layer with its parameters. Order of nodes is thinc's breadth-first order.
struct ThincNode {
  std::string name;                                  ///< "hashembed", "maxout", …
  std::map<std::string, int64_t, std::less<>> dims;  ///< nO, nI, nP, nF, nV …; absent where nil
  std::map<std::string, int64_t, std::less<>> refs;
  std::map<std::string, Tensor, std::less<>> params;      ///< W, b, E, G, pad …; absent where nil
  std::map<std::string, std::string, std::less<>> attrs;  ///< each still a msgpack blob
};

struct ThincModel {
  std::vector<ThincNode> nodes;

  /// The nodes of this exact name, in file order (which is the order of execution).
  [[nodiscard]] std::vector<const ThincNode*> named(std::string_view name) const;
};

/// Reads a model file written by thinc's to_bytes (spacy-runtime notes in docs/model-files.md).
/// Errors: kNotFound, kUnreadable, kTooLarge, kBadModel naming file, node and parameter. Lengths are checked against the
/// declared shapes; only float32 is accepted.
[[nodiscard]] Result<ThincModel> read_thinc_model(const std::filesystem::path& file);
[[nodiscard]] Result<ThincModel> decode_thinc_model(std::string_view bytes, std::string_view file_name);

}  // namespace casus
