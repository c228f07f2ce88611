#pragma once

#include <gtest/gtest.h>

#include "lexicon/lexicon.h"

namespace casus {

/// The dictionaries of data/ as they are shipped, without a gazetteer; loaded once.
inline const Lexicon& shipped_lexicon() {
  static const auto loaded = Lexicon::load(CASUS_SOURCE_DIR "/data");
  EXPECT_TRUE(loaded.ok()) << loaded.error().to_string();
  return **loaded;
}

}  // namespace casus
