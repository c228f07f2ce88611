#include "article/record_day.h"

#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxDateBytes = 100;
constexpr int64_t kFirstYear = 1800, kLastYear = 2199;

std::optional<int64_t> number(std::string_view digits) {
  int64_t value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || !is_ascii_digit(digits.front()) || result.ec != std::errc() || result.ptr != digits.data() + digits.size())
    return std::nullopt;
  return value;
}

/// A number that could be anything is only taken for a day of the times that newspapers tell of.
std::optional<Day> likely_day(int64_t year, int64_t month, int64_t day) {
  return year < kFirstYear || year > kLastYear ? std::nullopt : make_day(year, month, day);
}

/// "20220210104500", "20220210T104500Z", "2022021010".
std::optional<Day> read_figures(std::string_view text) {
  const size_t digits = text.find_first_not_of("0123456789");
  const std::string_view rest = digits == std::string_view::npos ? "" : text.substr(digits);
  const bool with_time = rest.empty() ? text.size() == 14 : digits == 8 && (rest.front() == 'T' || rest.front() == 't');
  if (!with_time) return std::nullopt;
  return likely_day(number(text.substr(0, 4)).value_or(0), number(text.substr(4, 2)).value_or(0), number(text.substr(6, 2)).value_or(0));
}

/// Seconds, milli-, micro- or nanoseconds since 1970, by their size; a fraction is passed over.
std::optional<Day> read_epoch(std::string_view text) {
  const size_t dot = text.find('.');
  if (dot != std::string_view::npos && text.find_first_not_of("0123456789", dot + 1) != std::string_view::npos) return std::nullopt;
  std::optional<int64_t> value = number(text.substr(0, dot));
  const size_t digits = dot == std::string_view::npos ? text.size() : dot;
  if (!value || digits < 9 || digits > 19 || digits % 3 == 2) return std::nullopt;
  for (size_t more = digits; more > 10; more -= 3) *value /= 1000;
  const std::chrono::sys_seconds time{std::chrono::seconds(*value)};
  const Day day(std::chrono::floor<std::chrono::days>(time));
  return likely_day(int{day.year()}, unsigned{day.month()}, unsigned{day.day()});
}

/// "2022/2/10", "2022.02.10 10:00", "25/02/2022", "2/25/2022"; "02/03/2022" could be either and is nothing.
std::optional<Day> read_separated(std::string_view word) {
  const char separator = word.find('/') != std::string_view::npos ? '/' : word.find('.') != std::string_view::npos ? '.' : '-';
  const std::vector<std::string_view> parts = split(word.substr(0, word.find('T')), separator);
  if (parts.size() != 3) return std::nullopt;
  std::array<int64_t, 3> values{};
  for (size_t i = 0; i < 3; ++i) {
    const std::optional<int64_t> value = number(parts[i]);
    if (!value) return std::nullopt;
    values[i] = *value;
  }
  if (parts[0].size() == 4) return likely_day(values[0], values[1], values[2]);
  if (parts[2].size() != 4) return std::nullopt;
  // Only one of the two can be the month, or they are the same; where dots are the rule, the day comes first.
  if (values[0] > 12 || values[0] == values[1] || separator == '.') return likely_day(values[2], values[1], values[0]);
  return values[1] > 12 ? likely_day(values[2], values[0], values[1]) : std::nullopt;
}

bool is_clock(std::string_view word) {
  return word.size() >= 4 && is_ascii_digit(word.front()) && word.find(':') != std::string_view::npos;
}
bool is_zone(std::string_view word) { return word.size() > 1 && (word.front() == '+' || word.front() == '-') && is_ascii_digit(word[1]); }

/// Words of a date without the time of day and zone that may stand among them: "Thu Feb 10 10:00:00 +0000 2022".
std::string without_clock(std::string_view text) {
  std::string kept;
  for (const std::string_view word : split_words(text)) {
    if (!is_clock(word) && !is_zone(word)) kept.append(kept.empty() ? "" : " ").append(word);
  }
  return kept;
}

/// "10-Feb-2022" with blanks.
std::string with_blanks(std::string_view text) {
  std::string out(text);
  for (size_t i = 1; i + 1 < out.size(); ++i) {
    const bool beside_letter = is_ascii_alpha(out[i - 1]) || is_ascii_alpha(out[i + 1]);
    if ((out[i] == '-' || out[i] == '/') && beside_letter) out[i] = ' ';
  }
  return out;
}

}  // namespace

std::optional<Day> read_record_day(std::string_view text, const PageWords* page_words) {
  text = trim(text);
  if (text.empty() || text.size() > kMaxDateBytes) return std::nullopt;
  if (const std::optional<Day> day = read_publication_day(text, page_words)) return day;
  if (const std::optional<Day> day = read_figures(text)) return day;
  if (const std::optional<Day> day = read_epoch(text)) return day;
  if (const std::optional<Day> day = read_separated(split_words(text).front())) return day;
  return read_publication_day(without_clock(with_blanks(text)), page_words);
}

}  // namespace casus
