#pragma once

#include <cstdint>
#include <filesystem>
#include <unordered_map>
#include <vector>

#include <casus/result.h>

namespace casus {

/// The word vectors of a package: rows of floats, and which word (by string id) has which row. Empty in `sm`.
struct StaticVectors {
  size_t rows = 0;
  size_t width = 0;
  std::vector<float> data;
  std::unordered_map<uint64_t, uint32_t> row_of;

  /// The vector of a word, or null if it has none.
  [[nodiscard]] const float* find(uint64_t id) const {
    const auto found = row_of.find(id);
    return found == row_of.end() ? nullptr : data.data() + size_t{found->second} * width;
  }
};

/// Reads vocab/vectors (.npy 1.0, little-endian float32, C order) and vocab/key2row of a package folder.
/// Errors: kNotFound, kBadModel (header, size, a row that does not exist).
[[nodiscard]] Result<StaticVectors> read_static_vectors(const std::filesystem::path& vocab_folder);

}  // namespace casus
