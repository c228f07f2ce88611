#include "article/html/page_dates.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <span>
#include <string>

#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxDates = 200;       // of one text
constexpr size_t kMaxWordBytes = 40;    // of a month with its sign
constexpr size_t kMaxStampBytes = 200;  // of a value

std::optional<int> small_number(std::string_view digits) {
  int value = 0;
  if (digits.empty() || digits.size() > 9 || !std::ranges::all_of(digits, is_ascii_digit)) return std::nullopt;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// A run of letters or of figures.
struct Piece {
  size_t begin = 0;
  size_t end = 0;
  bool is_number = false;
};

std::string_view at(std::string_view text, const Piece& piece) { return text.substr(piece.begin, piece.end - piece.begin); }

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < text.size();) {
    const bool is_number = is_ascii_digit(text[i]);
    if (!is_number && !is_ascii_alpha(text[i])) {
      ++i;
      continue;
    }
    const size_t begin = i;
    while (i < text.size() && (is_number ? is_ascii_digit(text[i]) : is_ascii_alpha(text[i]))) ++i;
    pieces.push_back({begin, i, is_number});
  }
  return pieces;
}

constexpr std::string_view kFigureSigns = "/.-";

/// What stands between the parts of a date in figures.
bool is_figure_sign(std::string_view sign, std::string_view second) {
  return sign.size() == 1 && sign == second && kFigureSigns.find(sign) != std::string_view::npos;
}

/// Finds one date in a list of pieces, beginning at a given one.
class DateFinder {
 public:
  DateFinder(std::string_view text, std::span<const Piece> pieces, const PageWords& words, const DateContext& context)
      : text_(text), pieces_(pieces), words_(words), context_(context) {}

  /// The date that begins at piece `first`; `used` says how many pieces it takes.
  [[nodiscard]] std::optional<Day> at_piece(size_t first, size_t& used, DateForm& form) const {
    form = DateForm::kWhole;
    if (const auto day = whole(first, used)) return day;
    form = DateForm::kRelative;
    if (const auto day = context_.now ? relative(first, used) : std::nullopt) return day;
    form = DateForm::kYearless;
    return yearless(first, used);
  }

  /// Both readings of a date in figures at piece `first`, where a reading is a day.
  struct Readings {
    std::optional<Day> day_first{}, month_first{};
  };
  [[nodiscard]] Readings figures(size_t first) const {
    const std::optional<int> a = value(first), b = value(first + 1), y = year(first + 2);
    if (!a || !b || !y || size(first) > 2 || size(first + 1) > 2) return {};
    if (!is_figure_sign(between(first), between(first + 1)) || between(first) == ".") return {};
    return {make_day(*y, *b, *a), make_day(*y, *a, *b)};
  }

 private:
  [[nodiscard]] std::optional<Day> whole(size_t first, size_t& used) const {
    if (first + 2 >= pieces_.size()) return compact(first, used);
    if (!pieces_[first].is_number) return month_first(first, used);
    if (const auto day = compact(first, used)) return day;
    if (size(first) == 4) return year_first(first, used);
    if (size(first) <= 2) return day_first(first, used);
    return std::nullopt;
  }

  [[nodiscard]] size_t size(size_t i) const { return pieces_[i].end - pieces_[i].begin; }
  [[nodiscard]] std::string_view word(size_t i) const { return at(text_, pieces_[i]); }
  [[nodiscard]] std::optional<int> value(size_t i) const {
    return i < pieces_.size() && pieces_[i].is_number ? small_number(word(i)) : std::nullopt;
  }
  [[nodiscard]] std::optional<int> year(size_t i) const { return i < pieces_.size() && size(i) == 4 ? value(i) : std::nullopt; }
  [[nodiscard]] std::optional<int> month(size_t i) const {
    if (i >= pieces_.size() || pieces_[i].is_number || size(i) > kMaxWordBytes) return std::nullopt;
    const std::optional<unsigned> found = words_.month(word(i));
    return found ? std::optional(static_cast<int>(*found)) : std::nullopt;
  }
  /// What stands between piece i and the next: at most four bytes, as in "10., of"; else the two do not belong together.
  [[nodiscard]] std::string_view between(size_t i) const {
    return i + 1 < pieces_.size() ? text_.substr(pieces_[i].end, pieces_[i + 1].begin - pieces_[i].end) : std::string_view("     ");
  }
  [[nodiscard]] bool is_near(size_t i) const {
    return between(i).size() <= 4 && between(i).find_first_of("|:;()+") == std::string_view::npos;
  }
  /// "st", "nd", "rd", "th" directly behind a number.
  [[nodiscard]] bool is_ordinal(size_t i) const {
    if (i >= pieces_.size() || size(i) != 2 || i == 0 || !between(i - 1).empty()) return false;
    const std::string ending = ascii_lowered(word(i));
    return ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
  }

  [[nodiscard]] std::optional<Day> month_first(size_t first, size_t& used) const {
    const std::optional<int> m = month(first), d = value(first + 1);
    if (!m || !d || size(first + 1) > 2 || !is_near(first)) return std::nullopt;
    size_t last = is_ordinal(first + 2) ? first + 3 : first + 2;
    if (!year(last) || !is_near(last - 1)) last = behind_clock(last);
    const std::optional<int> y = year(last);
    if (!y) return std::nullopt;
    used = last - first + 1;
    return make_day(*y, *m, *d);
  }

  /// "10:15:00 EST", as programs write it between day and year: the piece behind it; `at` where there is none.
  [[nodiscard]] size_t behind_clock(size_t at) const {
    constexpr size_t kMaxZoneWords = 3, kMaxZoneBytes = 5;
    if (!value(at) || size(at) > 2 || between(at) != ":" || !value(at + 1)) return pieces_.size();
    at += between(at + 1) == ":" ? 3 : 2;
    for (size_t words = 0; words < kMaxZoneWords && at < pieces_.size(); ++words, ++at) {
      const bool is_offset = pieces_[at].is_number && (text_[pieces_[at].begin - 1] == '+' || text_[pieces_[at].begin - 1] == '-');
      if (size(at) > kMaxZoneBytes || (pieces_[at].is_number && !is_offset)) break;
    }
    return at < pieces_.size() && between(at - 1).size() <= 4 ? at : pieces_.size();
  }

  /// Whether the piece is part of a time of day: "10:15".
  [[nodiscard]] bool is_clock(size_t i) const {
    const Piece& piece = pieces_[i];
    const bool behind = piece.begin > 0 && text_[piece.begin - 1] == ':';
    return behind || (piece.end + 1 < text_.size() && text_[piece.end] == ':' && is_ascii_digit(text_[piece.end + 1]));
  }

  /// "Feb. 10", "10th of February": the last such day that context_ allows.
  [[nodiscard]] std::optional<Day> yearless(size_t first, size_t& used) const {
    if (!context_.not_after) return std::nullopt;
    const bool is_day_first = pieces_[first].is_number;
    const size_t day_at = is_day_first ? first : first + 1;
    size_t month_at = is_day_first ? first + 1 : first;
    if (is_day_first && is_ordinal(month_at)) ++month_at;
    if (is_day_first && month_at + 1 < pieces_.size() && ascii_lowered(word(month_at)) == "of") ++month_at;
    const std::optional<int> m = month(month_at), d = value(day_at);
    if (!m || !d || size(day_at) > 2 || !is_ascii_upper(word(month_at).front()) || is_clock(day_at)) return std::nullopt;
    for (size_t i = first; i < std::max(day_at, month_at); ++i) {
      if (!is_near(i)) return std::nullopt;
    }
    size_t last = std::max(day_at, month_at);
    if (!is_day_first && is_ordinal(last + 1)) ++last;
    if (value(last + 1) && is_near(last) && size(last + 1) >= 3) return std::nullopt;  // a year that makes no day
    used = last - first + 1;
    return last_until(*m, *d, *context_.not_after);
  }

  static std::optional<Day> last_until(int month, int day, Day not_after) {
    constexpr int kYearsBack = 4;  // to the last 29 February
    for (int year = static_cast<int>(not_after.year()); year > static_cast<int>(not_after.year()) - kYearsBack; --year) {
      const std::optional<Day> made = make_day(year, month, day);
      if (made && *made <= not_after) return made;
    }
    return std::nullopt;
  }

  /// "6 hours ago", "an hour ago", "yesterday".
  [[nodiscard]] std::optional<Day> relative(size_t first, size_t& used) const {
    constexpr int kMostUnits = 999;
    const auto before = [&](int64_t minutes) {
      return Day(std::chrono::floor<std::chrono::days>(*context_.now - std::chrono::minutes(minutes)));
    };
    used = 1;
    if (const auto days = pieces_[first].is_number ? std::nullopt : words_.days_ago(word(first))) return before(int64_t{*days} * 24 * 60);
    if (first + 2 >= pieces_.size() || pieces_[first + 1].is_number || !words_.is_ago(word(first + 2))) return std::nullopt;
    const std::optional<unsigned> unit = words_.unit_minutes(word(first + 1));
    const std::optional<int> count = words_.is_one(word(first)) ? 1 : value(first);
    if (!unit || !count || *count > kMostUnits || !is_near(first) || !is_near(first + 1)) return std::nullopt;
    used = 3;
    return before(int64_t{*count} * *unit);
  }

  [[nodiscard]] std::optional<Day> day_first(size_t first, size_t& used) const {
    size_t i = first + 1;
    if (is_ordinal(i)) ++i;
    if (i + 1 < pieces_.size() && !pieces_[i].is_number && ascii_lowered(word(i)) == "of") ++i;
    const std::optional<int> d = value(first), y = year(i + 1);
    if (i + 1 >= pieces_.size() || !is_near(i - 1) || !is_near(i) || !d || !y) return std::nullopt;
    used = i + 2 - first;
    if (const auto m = month(i)) return make_day(*y, *m, *d);
    const std::optional<int> second = value(i);
    if (i != first + 1 || !second || size(i) > 2) return std::nullopt;
    return in_figures(*d, *second, *y, between(first), between(i));
  }

  /// "25/12/2022": only where the order is certain, by the figures or by the context.
  [[nodiscard]] std::optional<Day> in_figures(int a, int b, int year, std::string_view sign, std::string_view second_sign) const {
    if (!is_figure_sign(sign, second_sign)) return std::nullopt;
    if (a > 12 || a == b) return make_day(year, b, a);
    if (b > 12) return make_day(year, a, b);
    if (sign == "." || context_.order == DateOrder::kDayFirst) return make_day(year, b, a);  // who writes dots puts the day first
    return context_.order == DateOrder::kMonthFirst ? make_day(year, a, b) : std::nullopt;
  }

  [[nodiscard]] std::optional<Day> year_first(size_t first, size_t& used) const {
    const std::string_view sign = between(first);
    const std::optional<int> m = month(first + 1) ? month(first + 1) : value(first + 1), d = value(first + 2);
    const std::optional<int> y = value(first);
    if (!y || !m || !d || size(first + 2) > 2 || !is_near(first) || !is_near(first + 1)) return std::nullopt;
    const bool is_figures = pieces_[first + 1].is_number;
    if (is_figures && !is_figure_sign(sign, between(first + 1))) return std::nullopt;
    used = 3;
    return make_day(*y, *m, *d);
  }

  /// "20220210", also as "20220210T101500Z".
  [[nodiscard]] std::optional<Day> compact(size_t first, size_t& used) const {
    if (!pieces_[first].is_number || size(first) != 8) return std::nullopt;
    const std::string_view digits = word(first);
    used = 1;
    const std::optional<int> y = small_number(digits.substr(0, 4)), m = small_number(digits.substr(4, 2)),
                             d = small_number(digits.substr(6, 2));
    if (!y || !m || !d || *y < 1900 || *y > 2199) return std::nullopt;
    return make_day(*y, *m, *d);
  }

  std::string_view text_;
  std::span<const Piece> pieces_;
  const PageWords& words_;
  DateContext context_;
};

/// "17:48:56+00:00", " 14:04:53 -0400", "T10:15Z" behind a date.
void read_time(std::string_view rest, Stamp& stamp) {
  size_t i = 0;
  while (i < rest.size() && (rest[i] == ' ' || rest[i] == 'T' || rest[i] == 't' || rest[i] == ',')) ++i;
  const auto two = [&](size_t from) { return from + 2 <= rest.size() ? small_number(rest.substr(from, 2)) : std::nullopt; };
  const std::optional<int> hour = two(i), minute = two(i + 3);
  if (i + 5 > rest.size() || rest[i + 2] != ':' || !hour || !minute || *hour > 24 || *minute > 59) return;
  stamp.minute = std::min(*hour * 60 + *minute, 1439);
  i += 5;
  while (i < rest.size() && (rest[i] == ':' || rest[i] == '.' || is_ascii_digit(rest[i]))) ++i;
  while (i < rest.size() && rest[i] == ' ') ++i;
  const std::string zone = ascii_lowered(rest.substr(i, 3));
  if (zone.starts_with('z') || zone == "utc" || zone == "gmt") stamp.offset_minutes = 0;
  const std::optional<int> hours_off = two(i + 1);
  if (i >= rest.size() || (rest[i] != '+' && rest[i] != '-') || !hours_off) return;
  const size_t minutes = i + 3 < rest.size() && rest[i + 3] == ':' ? i + 4 : i + 3;
  const int offset = *hours_off * 60 + two(minutes).value_or(0);
  if (offset <= 14 * 60) stamp.offset_minutes = rest[i] == '-' ? -offset : offset;
}

std::optional<Stamp> from_epoch(std::string_view digits) {
  if (digits.size() != 10 && digits.size() != 13) return std::nullopt;
  int64_t seconds = 0;
  if (!std::ranges::all_of(digits, is_ascii_digit)) return std::nullopt;
  for (const char c : digits.substr(0, 10)) seconds = seconds * 10 + (c - '0');
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  return Stamp{.day = Day(day), .minute = static_cast<int>((time - day).count() / 60), .offset_minutes = 0};
}

/// The path of an address, without what is asked of it; "" if there is none.
std::string_view path_of(std::string_view url) {
  const size_t host = url.find("://");
  const size_t path = url.find('/', host == std::string_view::npos ? 0 : host + 3);
  if (path == std::string_view::npos) return "";
  return url.substr(path, url.find_first_of("?#", path) - path);
}

}  // namespace

std::vector<TextDate> find_dates(std::string_view text, const PageWords& words, const DateContext& context) {
  std::vector<TextDate> dates;
  if (!context.now && std::ranges::none_of(text, is_ascii_digit)) return dates;
  const std::vector<Piece> pieces = pieces_of(text);
  const DateFinder finder(text, pieces, words, context);
  for (size_t i = 0; i < pieces.size() && dates.size() < kMaxDates;) {
    size_t used = 1;
    DateForm form = DateForm::kWhole;
    const std::optional<Day> day = finder.at_piece(i, used, form);
    if (day) dates.push_back({*day, pieces[i].begin, pieces[i + used - 1].end, form});
    i += day ? used : 1;
  }
  return dates;
}

DateOrder order_of_figures(std::string_view text, const PageWords& words, std::span<const Day> known) {
  DateOrder order = DateOrder::kUnknown;
  if (text.find_first_of("/-") == std::string_view::npos || std::ranges::none_of(text, is_ascii_digit)) return order;
  const std::vector<Piece> pieces = pieces_of(text);
  const DateFinder finder(text, pieces, words, {});
  for (size_t i = 0; i < pieces.size() && order == DateOrder::kUnknown; ++i) {
    const auto [day_first, month_first] = finder.figures(i);
    if (day_first == month_first) continue;
    const auto is_known = [&](const std::optional<Day>& day) { return day && std::ranges::find(known, *day) != known.end(); };
    const bool both = day_first && month_first;
    if (both ? is_known(day_first) && !is_known(month_first) : day_first.has_value()) order = DateOrder::kDayFirst;
    if (both ? is_known(month_first) && !is_known(day_first) : month_first.has_value()) order = DateOrder::kMonthFirst;
  }
  return order;
}

std::optional<Stamp> read_stamp(std::string_view value, const PageWords& words, const DateContext& context) {
  value = trim(value.substr(0, kMaxStampBytes));
  if (const auto stamp = from_epoch(value)) return stamp;
  const std::vector<TextDate> dates = find_dates(value, words, context);
  if (dates.empty()) return std::nullopt;
  Stamp stamp{.day = dates.front().day};
  read_time(value.substr(dates.front().end), stamp);
  return stamp;
}

std::optional<Day> day_in_url(std::string_view url, const PageWords& words) {
  url = path_of(url);
  for (const TextDate& date : find_dates(url, words)) {
    const bool stands_alone = date.begin > 0 && !is_ascii_alpha(url[date.begin - 1]);
    const int year = static_cast<int>(date.day.year());
    // The year comes first, as in no number that means something else.
    if (stands_alone && is_ascii_digit(url[date.begin]) && year >= 1900 && small_number(url.substr(date.begin, 4)) == year) return date.day;
  }
  return std::nullopt;
}

std::optional<Day> last_day_in_url(std::string_view url, const PageWords& words) {
  const std::vector<std::string_view> parts = split(path_of(url), '/');
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::optional<int> year = parts[i].size() == 4 ? small_number(parts[i]) : std::nullopt;
    if (!year || *year < 1900 || *year > 2199) continue;
    unsigned month = 12;
    if (i + 1 < parts.size()) {
      const int figures = parts[i + 1].size() <= 2 ? small_number(parts[i + 1]).value_or(0) : 0;
      if (figures >= 1 && figures <= 12) month = static_cast<unsigned>(figures);
      month = words.month(parts[i + 1].substr(0, kMaxWordBytes)).value_or(month);
    }
    return std::chrono::year(*year) / std::chrono::month(month) / std::chrono::last;
  }
  return std::nullopt;
}

std::optional<int64_t> instant_of(const Stamp& stamp) {
  if (!stamp.minute || !stamp.offset_minutes) return std::nullopt;
  return int64_t{std::chrono::sys_days(stamp.day).time_since_epoch().count()} * 1440 + *stamp.minute - *stamp.offset_minutes;
}

int days_between(Day a, Day b) { return static_cast<int>((std::chrono::sys_days(b) - std::chrono::sys_days(a)).count()); }

}  // namespace casus
