#pragma once

namespace casus {

/// Which records of a report are wanted.
struct Layers {
  bool events = true;
  bool statements = true;
  bool places = false;
  bool times = false;
  bool mentions = false;  ///< wants a report that was traced
};

}  // namespace casus
