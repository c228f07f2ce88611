#pragma once

#include <memory>
#include <memory_resource>
#include <string_view>

#include <casus/document.h>
#include <casus/result.h>

namespace casus {

/// How candidates are ordered: spaCy changed it in 3.8.8 ("hoped" → "hope" before, "hop" after). docs/model-files.md.
enum class LemmaOrder { kRuleOrder, kIndexFirst };

/// spaCy's English rule lemmatizer. Immutable.
class Lemmatizer {
 public:
  /// `bytes`: content of lemmatizer/lookups/lookups.bin. Errors: kBadModel.
  [[nodiscard]] static Result<std::unique_ptr<const Lemmatizer>> load(std::string_view bytes, std::string_view file_name,
                                                                      LemmaOrder order = LemmaOrder::kRuleOrder);
  ~Lemmatizer();

  /// The lemma of a word with part of speech and morphology ("Number=Sing"). The result lives in the lemmatizer, in `word`
  /// or in `arena`.
  [[nodiscard]] std::string_view lemma(std::string_view word, Pos pos, std::string_view morph, std::pmr::memory_resource& arena) const;

 private:
  struct Impl;
  explicit Lemmatizer(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace casus
