#pragma once

namespace casus {

/// Exit statuses of the program; scripts rely on them, so they never change.
enum ExitStatus : int {
  kFine = 0,        ///< also when articles were duplicates or undated, or when the reader of a pipe had enough
  kSomeFailed = 1,  ///< some inputs failed; each is named
  kWrongUsage = 2,
  kCannotWork = 3,  ///< no model, no data, no room for the output
  kInterrupted = 130,
};

}  // namespace casus
