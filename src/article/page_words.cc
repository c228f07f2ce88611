#include "article/page_words.h"

#include <charconv>
#include <vector>

#include "base/text.h"
#include "base/tsv.h"

namespace casus {
namespace {

constexpr unsigned kMinutesOfDay = 24 * 60;

std::string_view without_full_stop(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  return word;
}

/// A word of a date without the punctuation around it.
std::string_view bare(std::string_view word) {
  while (!word.empty() && (word.front() == '(' || word.front() == '|')) word.remove_prefix(1);
  while (!word.empty() && std::string_view(",.;:)|").find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

std::optional<unsigned> whole_number(std::string_view digits) {
  unsigned value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || result.ec != std::errc() || result.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// "2", "02", "2nd".
std::optional<unsigned> day_of_month(std::string_view word) {
  word = bare(word);
  for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
    if (word.ends_with(ending)) word.remove_suffix(ending.size());
  }
  const std::optional<unsigned> day = word.size() <= 2 ? whole_number(word) : std::nullopt;
  return day && *day >= 1 && *day <= 31 ? day : std::nullopt;
}

std::optional<unsigned> year_number(std::string_view word) {
  word = bare(word);
  const std::optional<unsigned> year = word.size() == 4 ? whole_number(word) : std::nullopt;
  return year && *year >= 1800 && *year <= 2199 ? year : std::nullopt;
}

/// "February 2" or "2 February", then a year or none.
std::optional<WrittenDate> read_month_and_day(std::span<const std::string_view> words, const PageWords& page_words) {
  if (words.size() < 2) return std::nullopt;
  const std::optional<unsigned> first_month = page_words.month(bare(words[0]));
  const std::optional<unsigned> month = first_month ? first_month : page_words.month(bare(words[1]));
  const std::optional<unsigned> day = day_of_month(words[first_month ? 1 : 0]);
  if (!month || !day) return std::nullopt;
  const std::optional<unsigned> year = words.size() > 2 ? year_number(words[2]) : std::nullopt;
  if (!year) return WrittenDate{.words = 2, .day = std::nullopt};
  return WrittenDate{.words = 3, .day = make_day(*year, *month, *day)};
}

std::optional<Day> read_compact_day(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  const auto year = year_number(text.substr(0, 4)), month = whole_number(text.substr(4, 2)), day = whole_number(text.substr(6, 2));
  return year && month && day ? make_day(*year, *month, *day) : std::nullopt;
}

}  // namespace

bool PageWords::is_weekday(std::string_view word) const { return has(weekdays_, without_full_stop(word)); }

std::optional<unsigned> PageWords::value(const Numbers& numbers, std::string_view word) {
  const auto found = numbers.find(word);
  return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

std::optional<unsigned> PageWords::month(std::string_view word) const { return value(months_, without_full_stop(word)); }
std::optional<unsigned> PageWords::unit_minutes(std::string_view word) const { return value(units_, word); }
std::optional<unsigned> PageWords::days_ago(std::string_view word) const { return value(days_ago_, word); }

std::optional<std::string> PageWords::add(std::string_view kind, std::string_view word, std::string_view number_text) {
  std::string key = ascii_lowered(word);
  struct Numbered {
    std::string_view name;
    Numbers& numbers;
    unsigned least, most;
  };
  for (const Numbered& known :
       {Numbered{"month", months_, 1, 12}, Numbered{"unit", units_, 1, kMinutesOfDay}, Numbered{"days-ago", days_ago_, 0, 7}}) {
    if (kind != known.name) continue;
    const std::optional<unsigned> number = whole_number(number_text);
    if (!number || *number < known.least || *number > known.most) {
      return "a row of kind " + std::string(kind) + " needs a number, " + std::to_string(known.least) + " to " +
             std::to_string(known.most) + ", in the third column";
    }
    known.numbers.emplace(std::move(key), *number);
    return std::nullopt;
  }
  if (!number_text.empty()) return "a row of kind " + std::string(kind) + " has no third column";
  struct Kind {
    std::string_view name;
    Words& words;
  };
  for (const Kind& known : {Kind{"weekday", weekdays_}, Kind{"ago", ago_}, Kind{"one", ones_}, Kind{"agency", agencies_},
                            Kind{"clock", clock_}, Kind{"particle", particles_}, Kind{"joiner", joiners_},
                            Kind{"never-place", never_places_}, Kind{"dateline-city", dateline_cities_}, Kind{"english", english_}}) {
    if (kind != known.name) continue;
    known.words.insert(std::move(key));
    return std::nullopt;
  }
  return "unknown kind of word: " + std::string(kind);
}

Result<PageWords> PageWords::load(const std::string& path) {
  PageWords words;
  Result<void> read = read_tsv(path, [&](std::span<const std::string_view> columns) -> std::optional<std::string> {
    if (columns.size() < 2 || columns.size() > 3 || columns[1].empty()) return "a row has a kind, a word and, for some kinds, a number";
    return words.add(columns[0], columns[1], columns.size() == 3 ? columns[2] : "");
  });
  if (!read) return read.error();
  return words;
}

std::optional<WrittenDate> read_date(std::span<const std::string_view> words, const PageWords& page_words) {
  if (words.empty()) return std::nullopt;
  if (const std::string_view first = bare(words[0]); first.size() >= 10 && parse_day(first))
    return WrittenDate{.words = 1, .day = parse_day(first)};
  const size_t weekday = page_words.is_weekday(bare(words[0])) ? 1 : 0;
  if (std::optional<WrittenDate> date = read_month_and_day(words.subspan(weekday), page_words)) {
    date->words += weekday;
    return date;
  }
  if (weekday == 0) return std::nullopt;
  return WrittenDate{.words = 1, .day = std::nullopt};
}

size_t read_clock_time(std::span<const std::string_view> words, const PageWords& page_words) {
  size_t count = 0;
  bool has_digits = false;
  for (; count < words.size(); ++count) {
    const std::string_view word = bare(words[count]);
    const bool digits = !word.empty() && (is_ascii_digit(word.front()) ||
                                          (word.size() > 1 && (word.front() == '+' || word.front() == '-') && is_ascii_digit(word[1])));
    if (!digits && !page_words.is_clock_word(words[count]) && !page_words.is_clock_word(word)) break;
    has_digits = has_digits || digits;
  }
  return has_digits ? count : 0;
}

std::optional<Day> read_publication_day(std::string_view text, const PageWords* page_words) {
  text = trim(text);
  if (const std::optional<Day> day = parse_day(text)) return day;
  if (const std::optional<Day> day = read_compact_day(text)) return day;
  constexpr size_t kMaxDateBytes = 100;
  if (page_words == nullptr || text.size() > kMaxDateBytes) return std::nullopt;
  const std::vector<std::string_view> words = split_words(text);
  const std::optional<WrittenDate> date = read_date(words, *page_words);
  if (!date || !date->day) return std::nullopt;
  const std::span<const std::string_view> rest = std::span(words).subspan(date->words);
  return read_clock_time(rest, *page_words) == rest.size() ? date->day : std::nullopt;
}

}  // namespace casus
