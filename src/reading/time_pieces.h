#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <casus/span.h>

#include "reading/syntax.h"

namespace casus {

/// A run of letters, a run of digits or one sign: what time expressions are made of, whatever the tokenizer made of "5:30pm",
/// "1939-40" or "mid-May".
struct TimePiece {
  ByteSpan span = {};
  uint32_t token = 0;     ///< that it is a part of
  std::string text = {};  ///< lower case, abbreviations without their dots, dashes as "-", apostrophes as "'"
  int number = -1;        ///< of digits, at most kMaxTimeDigits of them; else -1
  int digits = 0;
  bool glued = false;    ///< nothing stands between it and the piece before
  bool capital = false;  ///< begins with A–Z
};

inline constexpr int kMaxTimeDigits = 6;
inline constexpr size_t kMaxTimeWord = 40;  ///< bytes; of longer words the beginning stands for the whole

/// The pieces of tokens [begin, end). Threads: safe at once.
[[nodiscard]] std::vector<TimePiece> time_pieces(const Syntax& syntax, uint32_t begin, uint32_t end);

}  // namespace casus
