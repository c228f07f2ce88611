#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

namespace casus {

/// What comparing records with gold takes of data/evaluation: which sides may be turned, what the classes of tables are, which words
/// are the same. Nothing of it is named in code.
/// Threads: immutable once loaded.
class EvaluationScheme {
 public:
  /// Reads evaluation/ of a data folder. Errors: those of the tables, with file, line, reason and remedy.
  [[nodiscard]] static Result<std::shared_ptr<const EvaluationScheme>> load(const std::filesystem::path& data_folder);

  /// Whether the sides of a type may stand the other way round in whole articles, and in tables of marked pairs.
  [[nodiscard]] bool turns_in_articles(std::string_view type) const { return turned_in_articles_.contains(type); }
  [[nodiscard]] bool turns_in_pairs(std::string_view type) const { return turned_in_pairs_.contains(type); }

  /// The class that tables have for an event, or "" for none. A type without a row is a class of its own, and none when denied.
  [[nodiscard]] std::string_view class_of(std::string_view type, std::string_view status) const;
  /// The quad class of a class, or "" if it is none of the tables'.
  [[nodiscard]] std::string_view quad_of(std::string_view event_class) const;
  /// The class of a CAMEO root ("" for a statement), or null if there is no such root.
  [[nodiscard]] const std::string* class_of_cameo_root(unsigned root) const;

  /// A crude lemma of a lower-case word: enough to see that "denies" and "denied" are one word.
  [[nodiscard]] std::string lemma(std::string_view word) const;
  /// Whether a lower-case word says nothing of who is meant.
  [[nodiscard]] bool is_small(std::string_view word) const { return small_words_.contains(word); }

 private:
  EvaluationScheme() = default;
  [[nodiscard]] Result<void> load_types(const std::filesystem::path& folder);
  [[nodiscard]] Result<void> load_classes(const std::filesystem::path& folder);
  [[nodiscard]] Result<void> load_cameo_roots(const std::filesystem::path& folder);
  [[nodiscard]] Result<void> load_words(const std::filesystem::path& folder);

  using Words = std::set<std::string, std::less<>>;
  static constexpr size_t kStatuses = 4;

  Words turned_in_articles_{};
  Words turned_in_pairs_{};
  std::map<std::string, std::array<std::string, kStatuses>, std::less<>> classes_of_types_{};
  std::map<std::string, std::string, std::less<>> quads_{};
  std::map<unsigned, std::string> cameo_roots_{};
  std::map<std::string, std::string, std::less<>> irregular_{};
  std::vector<std::string> endings_{};
  Words small_words_{};
};

}  // namespace casus
