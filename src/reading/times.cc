#include "reading/times.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/calendar.h"

namespace casus {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int kFirstYear = 1800;  ///< a bare number below is no year
constexpr int kLastYear = 2100;

std::string month_text(std::chrono::year_month month) { return format_day(month / std::chrono::day{1}).substr(0, 7); }

std::string interval(Day first, Day last) { return format_day(first) + "/" + format_day(last); }

/// Monday of the week of a day.
sys_days week_begin(sys_days day) { return day - days{static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1}; }

}  // namespace

Times::Times(const Syntax& syntax, const Lexicon& lexicon)
    : syntax_(syntax), lexicon_(lexicon), published_(syntax.doc().article().fields().published), mentions_() {
  for (uint32_t t = 0; t < syntax.size();) {
    if (auto mention = read(t)) {
      t = mention->end;
      mentions_.push_back(*std::move(mention));
    } else {
      ++t;
    }
  }
}

std::optional<int> Times::word_value(WordClass word_class, uint32_t token) const {
  const std::string* value = lexicon_.words().find(word_class, syntax_.lower(token));
  if (!value) value = lexicon_.words().find(word_class, syntax_.lemma(token));
  if (!value) return std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (error != std::errc() || end != value->data() + value->size()) return std::nullopt;
  return number;
}

std::optional<int> Times::number(uint32_t token) const {
  std::string_view text = syntax_.text(token);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view rest(end, static_cast<size_t>(text.data() + text.size() - end));
  if (error == std::errc() && (rest.empty() || rest == "st" || rest == "nd" || rest == "rd" || rest == "th")) return value;
  return word_value(WordClass::kNumber, token);
}

std::optional<TimeMention> Times::read(uint32_t begin) const {
  if (auto mention = read_weekday(begin)) return mention;
  if (auto mention = read_month(begin)) return mention;
  if (auto mention = read_day_month(begin)) return mention;
  if (auto mention = read_shifted_unit(begin)) return mention;
  if (auto mention = read_ago(begin)) return mention;
  if (auto mention = read_day_word(begin)) return mention;
  return read_year(begin);
}

std::optional<TimeMention> Times::read_weekday(uint32_t begin) const {
  const auto shift_word = word_value(WordClass::kTimeShift, begin);
  const uint32_t at = shift_word && begin + 1 < limit(begin) ? begin + 1 : begin;
  const int shift = shift_word.value_or(0);
  const auto weekday = word_value(WordClass::kWeekday, at);
  if (!weekday || syntax_.pos(at) != Pos::kPropn) return std::nullopt;
  TimeMention mention{.begin = begin, .end = at + 1, .is_weekday = true, .weekday = *weekday, .value = "", .precision = "day"};
  if (at == begin || !published_ || shift == 0) return mention;
  const sys_days day = week_begin(sys_days{*published_}) + days{7 * shift + *weekday - 1};
  if (shift < 0 && day + days{7} < sys_days{*published_}) return mention;  // "last Friday" is the one just past
  mention.is_weekday = false;
  mention.value = format_day(day);
  return mention;
}

/// "February 10, 2022", "Feb. 10-20", "February 2022", "in February", "last May".
std::optional<TimeMention> Times::read_month(uint32_t begin) const {
  const auto month = word_value(WordClass::kMonth, begin);
  if (!month || syntax_.pos(begin) != Pos::kPropn) return std::nullopt;
  TimeMention mention{.begin = begin, .end = begin + 1, .value = "", .precision = "month"};
  std::optional<int> day, last_day, year;
  uint32_t at = begin + 1;
  if (at < limit(begin)) {
    if (const auto value = number(at); value && *value >= 1 && *value <= 31) {
      day = value;
      mention.end = ++at;
      if (at + 1 < limit(begin) && (syntax_.text(at) == "-" || syntax_.text(at) == "\u2013" || syntax_.lower(at) == "to")) {
        if (const auto end_day = number(at + 1); end_day && *end_day > *value && *end_day <= 31) {
          last_day = end_day;
          at += 2;
          mention.end = at;
        }
      }
    }
  }
  const uint32_t year_at = at < limit(begin) && syntax_.text(at) == "," ? at + 1 : at;
  if (year_at < limit(begin)) {
    if (const auto value = number(year_at); value && *value >= kFirstYear && *value <= kLastYear && syntax_.text(year_at).size() == 4) {
      year = value;
      mention.end = year_at + 1;
    }
  }
  if (!year && !published_) return std::nullopt;
  int in_year = year ? *year : static_cast<int>(published_->year());
  if (!year) {  // the one nearest to publication: "in December" in January is last year's
    const int gap = *month - static_cast<int>(static_cast<unsigned>(published_->month()));
    if (gap > 6) --in_year;
    if (gap < -9) ++in_year;
  }
  const std::chrono::year_month in{std::chrono::year{in_year}, std::chrono::month{static_cast<unsigned>(*month)}};
  if (day) {
    const Day first = in / std::chrono::day{static_cast<unsigned>(*day)};
    if (!first.ok()) return std::nullopt;
    mention.value = format_day(first);
    mention.precision = "day";
    if (last_day) {
      const Day last = in / std::chrono::day{static_cast<unsigned>(*last_day)};
      if (last.ok()) {
        mention.value = interval(first, last);
        mention.precision = "interval";
      }
    }
  } else {
    mention.value = month_text(in);
  }
  return mention;
}

/// "10 February 2022".
std::optional<TimeMention> Times::read_day_month(uint32_t begin) const {
  if (begin + 1 >= limit(begin)) return std::nullopt;
  const auto day = number(begin);
  if (!day || *day < 1 || *day > 31 || syntax_.text(begin).size() > 4) return std::nullopt;
  auto mention = read_month(begin + 1);
  if (!mention || mention->precision != "month") return std::nullopt;
  const auto first = parse_day(mention->value + (*day < 10 ? "-0" : "-") + std::to_string(*day));
  if (!first) return std::nullopt;
  mention->begin = begin;
  mention->value = format_day(*first);
  mention->precision = "day";
  return mention;
}

std::optional<TimeMention> Times::read_year(uint32_t begin) const {
  const std::string_view text = syntax_.text(begin);
  if (text.size() == 10) {
    if (const auto day = parse_day(text))
      return TimeMention{.begin = begin, .end = begin + 1, .value = format_day(*day), .precision = "day"};
  }
  if (text.size() != 4) return std::nullopt;
  const auto value = number(begin);
  const bool dated = syntax_.doc().ent_type(syntax_.token(begin)) == "DATE";
  if (!value || *value < kFirstYear || *value > kLastYear || !dated || syntax_.lower(begin)[0] > '9') return std::nullopt;
  TimeMention mention{.begin = begin, .end = begin + 1, .value = std::to_string(*value), .precision = "year"};
  if (begin > syntax_.sentence(begin).begin && syntax_.lower(begin - 1) == "since" && published_) {
    mention.value += "/" + std::to_string(static_cast<int>(published_->year()));
    mention.precision = "interval";
  }
  return mention;
}

std::optional<TimeMention> Times::read_day_word(uint32_t begin) const {
  const auto shift = word_value(WordClass::kDayWord, begin);
  if (!shift || !published_) return std::nullopt;
  return TimeMention{.begin = begin, .end = begin + 1, .value = format_day(sys_days{*published_} + days{*shift}), .precision = "day"};
}

/// "last week", "this month", "next year".
std::optional<TimeMention> Times::read_shifted_unit(uint32_t begin) const {
  const auto shift = word_value(WordClass::kTimeShift, begin);
  if (!shift || !published_ || begin + 1 >= limit(begin)) return std::nullopt;
  const std::string* unit = lexicon_.words().find(WordClass::kTimeUnit, syntax_.lower(begin + 1));
  if (!unit) return std::nullopt;
  TimeMention mention{.begin = begin, .end = begin + 2, .value = "", .precision = *unit};
  const sys_days today{*published_};
  if (*unit == "week") {
    const sys_days monday = week_begin(today) + days{7 * *shift};
    mention.value = interval(monday, *shift == 0 ? today : monday + days{6});
  } else if (*unit == "month") {
    mention.value = month_text(std::chrono::year_month{published_->year(), published_->month()} + std::chrono::months{*shift});
  } else if (*unit == "year") {
    mention.value = std::to_string(static_cast<int>(published_->year()) + *shift);
  } else {
    return std::nullopt;
  }
  return mention;
}

/// "six months ago", "two days earlier".
std::optional<TimeMention> Times::read_ago(uint32_t begin) const {
  if (begin + 2 >= limit(begin) || !published_) return std::nullopt;
  const auto count = syntax_.lower(begin) == "a" ? std::optional(1) : number(begin);
  const std::string* unit = lexicon_.words().find(WordClass::kTimeUnit, syntax_.lemma(begin + 1));
  if (!count || *count < 0 || *count > 3000 || !unit || syntax_.lower(begin + 2) != "ago") return std::nullopt;
  TimeMention mention{.begin = begin, .end = begin + 3, .value = "", .precision = *unit};
  const sys_days today{*published_};
  if (*unit == "day") {
    mention.value = format_day(today - days{*count});
  } else if (*unit == "week") {
    const sys_days monday = week_begin(today) - days{7 * *count};
    mention.value = interval(monday, monday + days{6});
  } else if (*unit == "month") {
    mention.value = month_text(std::chrono::year_month{published_->year(), published_->month()} - std::chrono::months{*count});
  } else if (*unit == "year") {
    mention.value = std::to_string(static_cast<int>(published_->year()) - *count);
  } else {
    return std::nullopt;
  }
  return mention;
}

EventDate Times::resolve(const TimeMention& mention, bool ahead) const {
  EventDate date{.value = mention.value, .precision = mention.precision, .span = syntax_.bytes(mention.begin, mention.end)};
  if (!mention.is_weekday || !published_) return date;
  const sys_days today{*published_};
  const int gap = mention.weekday - static_cast<int>(std::chrono::weekday{today}.iso_encoding());
  date.value = format_day(today + days{ahead ? (gap + 7) % 7 : -((7 - gap) % 7)});
  return date;
}

/// The time whose path to the root meets the trigger before any other verb; for a noun, also that of its verb.
const TimeMention* Times::mention_of(uint32_t trigger) const {
  const TimeMention* of_verb = nullptr;
  uint32_t governor = trigger;
  if (!syntax_.is_verbal(trigger)) {
    for (int step = 0; step < kMaxWalk && syntax_.head(governor) != governor && !syntax_.is_verbal(governor); ++step)
      governor = syntax_.head(governor);
  }
  const Sentence& sentence = syntax_.sentence(trigger);
  const auto first = std::lower_bound(mentions_.begin(), mentions_.end(), sentence.begin,
                                      [](const TimeMention& mention, uint32_t begin) { return mention.begin < begin; });
  for (auto at_mention = first; at_mention != mentions_.end() && at_mention->begin < sentence.end; ++at_mention) {
    const TimeMention& mention = *at_mention;
    uint32_t at = mention.end - 1;
    bool inside = true;
    for (int step = 0; step < kMaxWalk; ++step) {
      if (at == trigger) return &mention;
      inside = at >= mention.begin && at < mention.end;
      if (!inside && syntax_.is_verbal(at)) break;
      if (syntax_.head(at) == at) break;
      at = syntax_.head(at);
    }
    if (at == governor && !of_verb) of_verb = &mention;
  }
  return of_verb;
}

std::optional<EventDate> Times::of(uint32_t trigger, bool ahead) const {
  const TimeMention* mention = mention_of(trigger);
  if (!mention) return std::nullopt;
  EventDate date = resolve(*mention, ahead);
  if (date.value.empty()) return std::nullopt;
  return date;
}

bool Times::is_ahead(uint32_t trigger) const {
  const TimeMention* mention = mention_of(trigger);
  if (!mention || !published_) return false;
  if (!mention->is_weekday) return mention->value.substr(0, 10) > format_day(*published_).substr(0, mention->value.substr(0, 10).size());
  return mention->weekday != static_cast<int>(std::chrono::weekday{sys_days{*published_}}.iso_encoding());
}

}  // namespace casus
