#pragma once

#include <cstddef>

namespace casus {

/// Whether the file descriptor is a terminal that can move its cursor (TERM is not "dumb").
[[nodiscard]] bool is_terminal(int descriptor);

/// Whether bold print is wanted there: a terminal, and NO_COLOR is not set.
[[nodiscard]] bool wants_bold(int descriptor);

/// Columns of the terminal behind the descriptor; else COLUMNS, else 100.
[[nodiscard]] size_t terminal_columns(int descriptor);

}  // namespace casus
