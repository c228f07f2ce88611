#pragma once

#include <cstdlib>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "language/language.h"

namespace casus {

/// The folder of the model that tests use: CASUS_MODEL, else vendor/model of the source tree.
inline std::string test_model_folder() {
  const char* chosen = std::getenv("CASUS_MODEL");
  return chosen != nullptr && *chosen != '\0' ? chosen : CASUS_SOURCE_DIR "/vendor/model";
}

/// The model, loaded once a program. Without it tests fail: they never skip.
inline std::shared_ptr<const LanguageModel> test_model() {
  static const Result<std::shared_ptr<const LanguageModel>> model = LanguageModel::load(test_model_folder());
  if (!model) {
    ADD_FAILURE() << model.error().to_string() << "\nthe tests need the model: ./check fetches it";
    std::abort();
  }
  return *model;
}

}  // namespace casus
