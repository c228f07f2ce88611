#pragma once

#include <memory>
#include <string>

#include <casus/result.h>

#include "article/noise_rules.h"
#include "language/language.h"
#include "lexicon/lexicon.h"

namespace casus {

/// The language model, and ontology and dictionaries, from the folders that the options name or the usual places (cli/locate.h), with
/// remedies in the errors.
[[nodiscard]] Result<std::shared_ptr<const LanguageModel>> load_model(const std::string& option);
[[nodiscard]] Result<std::shared_ptr<const Lexicon>> load_lexicon(const std::string& option);

/// What marks lines as not the article, from the same folder as the lexicon.
[[nodiscard]] Result<std::shared_ptr<const NoiseRules>> load_noise_rules(const std::string& option);

/// The error of a failed result, else null.
template <class T>
[[nodiscard]] const Error* failure(const Result<T>& result) {
  return result.ok() ? nullptr : &result.error();
}

}  // namespace casus
