#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <casus/result.h>

#include "base/calendar.h"
#include "base/folded.h"

namespace casus {

/// The words that the furniture of a report is made of: months, days of the week, agencies, … (data/article/words.tsv).
/// Look-ups ignore ASCII case. Immutable after loading.
class PageWords {
 public:
  /// Errors: kNotFound, kUnreadable, kTooLarge; kBadData with file and line.
  [[nodiscard]] static Result<PageWords> load(const std::string& path);

  [[nodiscard]] std::optional<unsigned> month(std::string_view word) const;  ///< 1–12; a full stop behind an abbreviation is ignored
  [[nodiscard]] bool is_weekday(std::string_view word) const;                ///< a full stop behind an abbreviation is ignored
  [[nodiscard]] bool is_agency(std::string_view name) const { return has(agencies_, name); }     ///< one name of one or more words
  [[nodiscard]] bool is_clock_word(std::string_view word) const { return has(clock_, word); }    ///< "p.m.", "GMT", "at"
  [[nodiscard]] bool is_particle(std::string_view word) const { return has(particles_, word); }  ///< small word in names: "van"
  [[nodiscard]] bool is_joiner(std::string_view word) const { return has(joiners_, word); }      ///< between names: "and"
  [[nodiscard]] bool is_english(std::string_view word) const { return has(english_, word); }     ///< "the": one of the commonest
  [[nodiscard]] std::optional<unsigned> unit_minutes(std::string_view word) const;               ///< of "hour": 60; up to a day
  [[nodiscard]] std::optional<unsigned> days_ago(std::string_view word) const;                   ///< of "yesterday": 1
  [[nodiscard]] bool is_ago(std::string_view word) const { return has(ago_, word); }             ///< behind a number and a unit
  [[nodiscard]] bool is_one(std::string_view word) const { return has(ones_, word); }            ///< instead of the number: "an hour ago"
  /// A city that some papers put before a colon at the beginning of a report: "New Delhi: The government said".
  [[nodiscard]] bool is_dateline_city(std::string_view name) const { return has(dateline_cities_, name); }
  [[nodiscard]] bool is_never_place(std::string_view word) const {
    return has(never_places_, word);
  }  ///< capitals that no dateline begins with

 private:
  using Words = std::unordered_set<std::string, FoldedHash, FoldedEqual>;
  [[nodiscard]] static bool has(const Words& words, std::string_view word) { return words.contains(word); }
  [[nodiscard]] std::optional<std::string> add(std::string_view kind, std::string_view word, std::string_view number_text);

  using Numbers = std::unordered_map<std::string, unsigned, FoldedHash, FoldedEqual>;
  [[nodiscard]] static std::optional<unsigned> value(const Numbers& numbers, std::string_view word);
  Numbers months_, units_, days_ago_;
  Words ago_, ones_, weekdays_, agencies_, clock_, particles_, joiners_, never_places_, dateline_cities_, english_;
};

/// A date in words.
struct WrittenDate {
  size_t words = 0;        ///< how many words it takes
  std::optional<Day> day;  ///< nullopt without a year, or if there is no such day
};

/// The longest date at the beginning of `words`: "Feb. 2", "Friday, January 4, 2019", "2 February 2022", "2022-02-02", "Monday".
[[nodiscard]] std::optional<WrittenDate> read_date(std::span<const std::string_view> words, const PageWords& page_words);

/// How many words at the beginning of `words` are a time of day with its zone: "at 5:00 p.m. EST".
[[nodiscard]] size_t read_clock_time(std::span<const std::string_view> words, const PageWords& page_words);

/// The day that a whole field gives: in ISO form, as YYYYMMDD, or (with `page_words`) in words with or without a time of day.
[[nodiscard]] std::optional<Day> read_publication_day(std::string_view text, const PageWords* page_words);

}  // namespace casus
