#include "cli/sides_text.h"

#include <algorithm>

#include "cli/text_width.h"

namespace casus {

std::string actor_text(std::string_view country, std::string_view sector, std::string_view name) {
  std::string text = one_line(country);
  if (!sector.empty() && sector != country) text += (text.empty() ? "" : "/") + one_line(sector);
  const std::string line = one_line(name);
  if (!text.empty() && !line.empty()) text += ' ';
  return text + line;
}

std::string dyad_text(const std::string& source, const std::string& target, size_t width) {
  constexpr std::string_view kArrow = " → ";
  const std::string from = source.empty() ? "–" : source;
  if (target.empty()) return fit(from, width);
  const size_t room = width > 3 ? width - 3 : 0;
  const size_t source_width = display_width(from);
  const size_t target_width = display_width(target);
  if (source_width + target_width <= room) return from + std::string(kArrow) + target;
  const size_t half = room / 2;
  const size_t for_source = target_width < half ? room - target_width : std::min(source_width, half);
  return fit(from, for_source) + std::string(kArrow) + fit(target, room - std::min(for_source, source_width));
}

std::string date_text(std::string_view text) {
  constexpr size_t kDay = sizeof "YYYY-MM-DD" - 1;
  std::string date = one_line(text);
  if (date.empty()) return "–";
  if (date.size() != 2 * kDay + 1 || date[kDay] != '/') return date;
  const std::string end = date.substr(kDay + 1);
  for (const size_t shared : {sizeof "YYYY-MM-" - 1, sizeof "YYYY-" - 1}) {
    if (date.starts_with(end.substr(0, shared))) return date.substr(0, kDay + 1) + end.substr(shared);
  }
  return date;
}

}  // namespace casus
