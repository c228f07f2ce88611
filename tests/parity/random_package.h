#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include <casus/result.h>

namespace casus::parity {

/// `count` floats in [-1, 1) · 2^exponent from a counter-based generator, bit for bit those of
/// tools/make_random_pipeline.py: splitmix64 at the counters 1 … count after `seed`, its 24 highest bits.
[[nodiscard]] std::vector<float> random_floats(uint64_t seed, uint64_t count, int exponent);

/// A package folder that is deleted with the object.
class TemporaryPackage {
 public:
  explicit TemporaryPackage(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~TemporaryPackage();
  TemporaryPackage(TemporaryPackage&& other) noexcept : folder_(std::move(other.folder_)) { other.folder_.clear(); }
  TemporaryPackage& operator=(TemporaryPackage&&) = delete;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// Builds the package that a recipe folder describes: the published package at `model`, with the recipe's files in place of
/// its own and their large arrays filled in. Errors: those of files and kBadRecord of the recipe.
[[nodiscard]] Result<TemporaryPackage> build_random_package(const std::filesystem::path& recipe, const std::filesystem::path& model);

}  // namespace casus::parity
