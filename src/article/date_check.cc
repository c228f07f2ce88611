#include "article/date_check.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>

#include "base/text.h"

namespace casus {
namespace {

constexpr std::string_view kDoubtfulFlag = "date-doubtful";
constexpr std::string_view kDateReason = "date";
/// Between a day of publication and the line that dates the text: reports are printed again within weeks.
constexpr long kMaxDaysApart = 31;
/// Announced days lie nearer, but for terms of treaties and the like, which come alone.
constexpr long kMinDaysLater = 366;
constexpr size_t kMinLaterDates = 2;
constexpr size_t kYearDigits = 4;

/// Days from publication to `day`.
long days_after(Day day, Day published) { return (std::chrono::sys_days(day) - std::chrono::sys_days(published)).count(); }

std::string_view bare(std::string_view word) {
  const size_t begin = std::min(word.find_first_not_of('('), word.size());
  word.remove_prefix(begin);
  while (!word.empty() && !is_ascii_digit(word.back()) && !is_ascii_alpha(word.back())) word.remove_suffix(1);
  return word;
}

bool is_year(std::string_view word) {
  word = bare(word);
  return word.size() == kYearDigits && std::ranges::all_of(word, is_ascii_digit);
}

/// Whether a year may stand in a text.
bool has_run_of_digits(std::string_view text) {
  size_t run = 0;
  for (const char c : text) {
    run = is_ascii_digit(c) ? run + 1 : 0;
    if (run == kYearDigits) return true;
  }
  return false;
}

/// The whole dates of a text: looked for around years, since most texts have few.
std::vector<Day> whole_dates(std::string_view text, const PageWords& page_words) {
  constexpr size_t kWordsBeforeYear = 2;
  std::vector<Day> days;
  if (!has_run_of_digits(text)) return days;
  const std::vector<std::string_view> words = split_words(text);
  for (size_t i = kWordsBeforeYear; i < words.size(); ++i) {
    if (!is_year(words[i])) continue;
    const std::optional<WrittenDate> date = read_date(std::span(words).subspan(i - kWordsBeforeYear), page_words);
    if (date && date->day && date->words == kWordsBeforeYear + 1) days.push_back(*date->day);
  }
  return days;
}

/// How far a date without a year is from publication, in the year where it is nearest; nullopt if the text has none.
std::optional<long> days_to_yearless_date(std::string_view text, const PageWords& page_words, Day published) {
  const std::vector<std::string_view> words = split_words(text);
  std::optional<long> nearest;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    for (const int offset : {-1, 0, 1}) {
      const std::string year = std::to_string(static_cast<int>(published.year()) + offset);
      const std::string_view with_year[] = {words[i], words[i + 1], year};
      const std::optional<WrittenDate> date = read_date(with_year, page_words);
      if (!date || !date->day || date->words != std::size(with_year)) continue;
      const long days = std::labs(days_after(*date->day, published));
      nearest = std::min(nearest.value_or(days), days);
    }
  }
  return nearest;
}

/// Whether the line above the text, or the dateline, says another time.
bool is_dated_otherwise(std::string_view line, const PageWords& page_words, Day published) {
  const std::vector<Day> days = whole_dates(line, page_words);
  const auto is_far = [&](Day day) { return std::labs(days_after(day, published)) > kMaxDaysApart; };
  if (!days.empty()) return std::ranges::all_of(days, is_far);
  const std::optional<long> yearless = days_to_yearless_date(line, page_words, published);
  return yearless && *yearless > kMaxDaysApart;
}

bool dates_later_years_only(std::string_view text, const std::vector<Block>& blocks, const PageWords& page_words, Day published) {
  size_t later = 0;
  for (const Block& block : blocks) {
    if (block.kind != BlockKind::kParagraph) continue;
    for (const Day day : whole_dates(block.span.in(text), page_words)) {
      if (days_after(day, published) < kMinDaysLater) return false;
      ++later;
    }
  }
  return later >= kMinLaterDates;
}

}  // namespace

void check_date(std::string_view text, const std::vector<Block>& blocks, const PageWords& words, ArticleFields& fields) {
  if (!fields.published || !fields.published->ok()) return;
  const Day published = *fields.published;
  const auto is_date_line = [](const Block& block) {
    return block.kind == BlockKind::kDateline || (block.kind == BlockKind::kNoise && block.reason == kDateReason);
  };
  const auto first = std::ranges::find_if(blocks, is_date_line);
  const bool otherwise = first != blocks.end() && is_dated_otherwise(first->span.in(text), words, published);
  if (otherwise || dates_later_years_only(text, blocks, words, published)) fields.add_flag(kDoubtfulFlag);
}

}  // namespace casus
