#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "lexicon/ontology.h"
#include "server/store_pool.h"

namespace casus {

/// Something that a filter may be of.
struct Suggestion {
  std::string text{};    ///< as it is shown
  std::string kind{};    ///< actor, place, outlet, type
  std::string filter{};  ///< a piece of a query: "actor=RUS"
  std::string key{};     ///< folded names, each after a line end: what people may begin to type
  uint64_t count = 0;    ///< how often it is told of
};

/// What people may mean by the beginning of a word. Threads: safe at once.
class SuggestionCache {
 public:
  static constexpr size_t kMost = 12;

  explicit SuggestionCache(std::filesystem::path data_folder) : data_folder_(std::move(data_folder)) {}

  /// The most told of first. Gathered anew when the database has another version. Errors: of the file, of the table of countries.
  [[nodiscard]] Result<std::vector<Suggestion>> find(std::string_view words, StorePool& stores, const Ontology& ontology, uint64_t version);

 private:
  using All = std::vector<Suggestion>;
  [[nodiscard]] Result<std::shared_ptr<const All>> all(StorePool& stores, const Ontology& ontology, uint64_t version);

  const std::filesystem::path data_folder_;
  std::mutex mutex_{};
  std::shared_ptr<const All> all_{};
  uint64_t version_ = 0;
};

}  // namespace casus
