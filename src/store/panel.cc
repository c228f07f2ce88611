#include "store/panel.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "base/calendar.h"

namespace casus {
namespace {

using std::chrono::sys_days;

/// Counts periods from an arbitrary one on.
class PeriodScale {
 public:
  explicit PeriodScale(PanelPeriod period) : period_(period) {}

  [[nodiscard]] int64_t index(Day day) const {
    const int64_t days = sys_days(day).time_since_epoch().count();
    const int64_t months = static_cast<int64_t>(static_cast<int>(day.year())) * 12 + static_cast<unsigned>(day.month()) - 1;
    switch (period_) {
      case PanelPeriod::kDay: return days;
      case PanelPeriod::kWeek: return floor_div(days + 3, 7);  // 1970-01-01 was a Thursday
      case PanelPeriod::kMonth: return months;
      case PanelPeriod::kQuarter: return floor_div(months, 3);
      case PanelPeriod::kYear: return static_cast<int>(day.year());
    }
    return 0;
  }

  [[nodiscard]] std::string first_day(int64_t index) const {
    using namespace std::chrono;
    switch (period_) {
      case PanelPeriod::kDay: return format_day(sys_days(days(index)));
      case PanelPeriod::kWeek: return format_day(sys_days(days(index * 7 - 3)));
      case PanelPeriod::kMonth: return month_text(index);
      case PanelPeriod::kQuarter: return month_text(index * 3);
      case PanelPeriod::kYear: break;
    }
    return month_text(index * 12);
  }

  /// What every day of that period and of those before comes before, as text.
  [[nodiscard]] std::string end_of(int64_t index) const {
    std::string next = first_day(index + 1);
    return next.size() == sizeof "YYYY-MM-DD" - 1 ? next : "~";
  }

 private:
  static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
  static std::string month_text(int64_t months) {
    using namespace std::chrono;
    return format_day(year{static_cast<int>(months / 12)} / month{static_cast<unsigned>(months % 12 + 1)} / day{1});
  }

  PanelPeriod period_;
};

void add_events(PanelCounts& counts, const std::string& type, int quad, uint64_t events) {
  counts.events += events;
  counts.by_type[type] += events;
  counts.by_quad[quad] += events;
}

/// Makes the rows of a panel from the daily sums, which come sorted by unit.
class PanelMaker {
 public:
  PanelMaker(Database& database, const PanelQuery& query, const std::function<bool(const PanelRow&)>& row)
      : database_(database), query_(query), give_(row), scale_(query.period) {}

  Result<PanelLeftOut> make() {
    if (Result<void> done = find_range(); !done.ok()) return done.error();
    if (first_ > last_) return left_out_;
    if (last_ - first_ >= kMostPeriods) {
      return Error{.code = ErrorCode::kTooLarge,
                   .message = "the panel would have " + std::to_string(last_ - first_ + 1) + " periods",
                   .file = database_.path(),
                   .remedy = "--since and --until, or longer periods: --by month"};
    }
    if (Result<void> done = read_articles(); !done.ok()) return done.error();
    if (Result<void> done = read_sums(); !done.ok()) return done.error();
    return left_out_;
  }

 private:
  struct Unit {
    std::string source{};
    std::string target{};
    std::map<int64_t, PanelCounts> done{};
    std::map<int64_t, PanelCounts> received{};
  };

  [[nodiscard]] bool is_dyad() const { return query_.unit == PanelUnit::kDyad; }
  [[nodiscard]] std::string table() const { return is_dyad() ? "daily_dyads" : "daily_countries"; }

  [[nodiscard]] std::string condition() const {
    std::string sql = "1";
    if (!query_.statuses.empty()) {
      sql += " AND status IN (";
      for (size_t i = 0; i < query_.statuses.size(); ++i) sql += i == 0 ? "?" : ", ?";
      sql += ")";
    }
    if (is_dyad() && query_.both_ways) return sql + " AND ((source = ? AND target = ?) OR (source = ? AND target = ?))";
    if (is_dyad()) return sql + (query_.a.empty() ? "" : " AND source = ?") + (query_.b.empty() ? "" : " AND target = ?");
    return sql + (query_.a.empty() ? "" : " AND country = ?");
  }
  void bind(Query& query) const {
    for (const std::string& status : query_.statuses) query.bind(status);
    if (!query_.a.empty()) query.bind(query_.a);
    if (is_dyad() && !query_.b.empty()) query.bind(query_.b);
    if (is_dyad() && query_.both_ways) query.bind(query_.b).bind(query_.a);
  }

  /// Events that lie within the days of the panel, where no others are to be counted.
  [[nodiscard]] std::string condition_of_days() const { return query_.counts_left_out ? "" : " AND first_day >= ? AND last_day < ?"; }
  void bind_days(Query& query) const {
    if (!query_.counts_left_out) query.bind(scale_.first_day(first_)).bind(scale_.end_of(last_));
  }

  /// The first and last period, from the question or the events.
  Result<void> find_range() {
    if (const std::optional<Day> first = parse_day(query_.since), last = parse_day(query_.until); first && last) {
      first_ = scale_.index(*first);
      last_ = scale_.index(*last);
      return {};
    }
    Result<Query> query =
        database_.prepare("SELECT min(first_day), max(last_day) FROM " + table() + " WHERE first_day <> '' AND " + condition());
    if (!query) return std::move(query).error();
    bind(*query);
    const Result<bool> row = query->step();
    if (!row) return row.error();
    const std::optional<Day> first = parse_day(query_.since.empty() ? query->text(0) : query_.since);
    const std::optional<Day> last = parse_day(query_.until.empty() ? query->text(1) : query_.until);
    if (!first || !last) return {};  // no event with a day
    first_ = scale_.index(*first);
    last_ = scale_.index(*last);
    return {};
  }

  Result<void> read_articles() {
    Result<Query> query = database_.prepare("SELECT published, articles FROM daily_articles WHERE published >= ? AND published < ?");
    if (!query) return std::move(query).error();
    query->bind(scale_.first_day(first_)).bind(scale_.end_of(last_));
    for (;;) {
      const Result<bool> row = query->step();
      if (!row) return row.error();
      if (!*row) return {};
      if (const std::optional<Day> day = parse_day(query->text(0)))
        articles_[scale_.index(*day)] += static_cast<uint64_t>(query->integer(1));
    }
  }

  Result<void> read_sums() {
    const std::string columns = is_dyad() ? "source, target" : "country, side";
    Result<Query> query = database_.prepare("SELECT " + columns + ", first_day, last_day, type, quad, events FROM " + table() + " WHERE " +
                                            condition() + condition_of_days() + " ORDER BY 1, 2");
    if (!query) return std::move(query).error();
    bind(*query);
    bind_days(*query);
    std::optional<Unit> unit;
    for (;;) {
      const Result<bool> row = query->step();
      if (!row) return row.error();
      const bool is_next = *row && (!unit || unit->source != query->text(0) || (is_dyad() && unit->target != query->text(1)));
      if (unit && (!*row || is_next) && !give(*unit)) return {};
      if (!*row) return {};
      if (is_next) unit = Unit{.source = query->string(0), .target = is_dyad() ? query->string(1) : ""};
      if (unit) add(*unit, *query);
    }
  }

  void add(Unit& unit, const Query& row) {
    const auto events = static_cast<uint64_t>(std::max<int64_t>(0, row.integer(6)));
    const std::optional<Day> first = parse_day(row.text(2)), last = parse_day(row.text(3));
    const bool is_received = !is_dyad() && row.text(1) == "target";
    if (!first || !last) {
      if (!is_received) left_out_.undated += events;
      return;
    }
    const int64_t index = scale_.index(*first);
    if (index != scale_.index(*last)) {
      if (!is_received) left_out_.spanning += events;
      return;
    }
    if (index < first_ || index > last_) return;
    add_events((is_received ? unit.received : unit.done)[index], row.string(4), static_cast<int>(row.integer(5)), events);
  }

  bool give(const Unit& unit) {
    static const PanelCounts kNone;
    const auto counts = [](const std::map<int64_t, PanelCounts>& all, int64_t index) {
      const auto found = all.find(index);
      return found == all.end() ? &kNone : &found->second;
    };
    const auto give_one = [&](int64_t index) {
      const auto articles = articles_.find(index);
      const std::string period = scale_.first_day(index);
      return give_({.source = unit.source,
                    .target = unit.target,
                    .period = period,
                    .counts = counts(unit.done, index),
                    .received = counts(unit.received, index),
                    .articles = articles == articles_.end() ? 0 : articles->second});
    };
    if (query_.fill_zero) {
      for (int64_t index = first_; index <= last_; ++index) {
        if (!give_one(index)) return false;
      }
      return true;
    }
    std::vector<int64_t> indices;
    for (const auto* all : {&unit.done, &unit.received}) {
      for (const auto& [index, unused] : *all) indices.push_back(index);
    }
    std::ranges::sort(indices);
    indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
    return std::ranges::all_of(indices, give_one);
  }

  Database& database_;
  const PanelQuery& query_;
  const std::function<bool(const PanelRow&)>& give_;
  PeriodScale scale_;
  int64_t first_ = 0;
  int64_t last_ = -1;
  std::map<int64_t, uint64_t> articles_{};
  PanelLeftOut left_out_{};
};

}  // namespace

Result<PanelLeftOut> make_panel(Database& database, const PanelQuery& query, const std::function<bool(const PanelRow&)>& row) {
  return PanelMaker(database, query, row).make();
}

}  // namespace casus
