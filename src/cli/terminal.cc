#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace casus {
namespace {

constexpr size_t kDefaultColumns = 100;
constexpr size_t kLeastColumns = 60;
constexpr size_t kMostColumns = 500;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

}  // namespace

bool is_terminal(int descriptor) { return isatty(descriptor) == 1 && environment("TERM") != "dumb"; }

bool wants_bold(int descriptor) { return is_terminal(descriptor) && environment("NO_COLOR").empty(); }

size_t terminal_columns(int descriptor) {
  size_t columns = 0;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    columns = size.ws_col;
  } else {
    const std::string_view text = environment("COLUMNS");
    std::from_chars(text.data(), text.data() + text.size(), columns);
  }
  return columns == 0 ? kDefaultColumns : std::clamp(columns, kLeastColumns, kMostColumns);
}

}  // namespace casus
