#include "article/html/publication_day.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "article/html/html_text.h"
#include "article/html/page_dates.h"
#include "base/text.h"

namespace casus {
namespace {

using Field = PageFields::Field;
using Kind = PageFields::LinkedKind;

constexpr uint32_t kNodesBefore = 150;  // the headline, that a shown date may stand above it
constexpr uint32_t kNodesBehind = 500;  // the same below it
constexpr uint32_t kNodesBeside = 40;   // so near to the headline that nothing else can be meant
constexpr uint32_t kSmallNodes = 40;    // an element with no more below it may be one line
constexpr size_t kMaxLineBytes = 200;   // a longer text is no line with a date
constexpr int kDaysAhead = 2;           // zones and clocks that run fast
constexpr int64_t kSameInstantMinutes = 10;
constexpr int kContradictingDays = 5;

/// A date that readers see near the headline.
struct ShownDate {
  Stamp stamp{};
  uint32_t distance = 0;  ///< from the headline, in nodes
  bool is_update = false;
  bool is_named = false;  ///< the page's names or words say that it is a date of publication
};

enum class Trust : uint8_t { kFine, kOld, kNever };

Trust trust(Day day) {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  if (std::chrono::sys_days(day) > today + std::chrono::days(kDaysAhead)) return Trust::kNever;
  const int year = static_cast<int>(day.year());
  const bool is_clock_zero = year == 1970 && day.month() == std::chrono::January && day.day() == std::chrono::day(1);
  if (year < 1600 || is_clock_zero) return Trust::kNever;
  return year < 1990 ? Trust::kOld : Trust::kFine;
}

class DayChooser {
 public:
  DayChooser(const HtmlTree& tree, const PageClaims& claims, uint32_t headline, const PageFields& fields, const PageWords& words)
      : tree_(tree), claims_(claims), headline_(headline), fields_(fields), words_(words) {
    gather_shown();
    gather_stamps();
  }

  PublicationDays choose(std::string_view url) {
    const std::optional<Day> in_url = day_in_url(url, words_);
    from_linked(Kind::kArticle);
    from_claims(claims_.meta, Field::kPublished, "meta");
    from_claims(claims_.microdata, Field::kPublished, "microdata");
    from_shown(true, kNodesBehind);
    if (in_url) offer({.day = *in_url}, "url");
    from_linked(Kind::kPage);
    from_shown(false, kNodesBeside);
    from_claims(claims_.meta, Field::kDate, "meta");
    from_shown(false, kNodesBehind);
    choose_update();
    if (!days_.published && days_.updated) {
      days_.published = days_.updated;
      days_.from = updated_from_;
    }
    if (!days_.published && old_) {
      days_.published = old_->day;
      days_.from = old_from_;
    }
    check(in_url);
    return std::move(days_);
  }

 private:
  // What the page shows.

  void gather_shown() {
    uint32_t begin = headline_ > kNodesBefore ? headline_ - kNodesBefore : 0;
    const uint32_t end = std::min(tree_.size(), (headline_ == 0 ? 0 : tree_[headline_].end) + kNodesBehind);
    for (uint32_t i = begin; i < end;) {
      const HtmlNode& node = tree_[i];
      const bool is_passed_over = node.hidden || node.tag == HtmlTag::kHead || node.tag == HtmlTag::kNav || node.tag == HtmlTag::kFooter ||
                                  node.tag == HtmlTag::kAside || node.tag == HtmlTag::kScript;
      if (!is_passed_over && node.tag == HtmlTag::kTime) {
        look_at_time(i);
      } else if (!is_passed_over && node.tag == HtmlTag::kText && !node.only_space) {
        look_at_text(i);
      }
      i = is_passed_over || node.tag == HtmlTag::kTime ? node.end : i + 1;
    }
    std::ranges::stable_sort(shown_, {}, &ShownDate::distance);
  }

  [[nodiscard]] uint32_t distance(uint32_t node) const {
    if (node >= headline_) return node - std::min(node, tree_[headline_].end);
    return 2 * (headline_ - node);  // dates rather stand below than above
  }

  /// The names of the elements around a node, as far as these are small.
  [[nodiscard]] bool is_date_named(uint32_t node) const {
    for (uint32_t up = tree_[node].parent; up != 0 && tree_[up].end - up <= kSmallNodes; up = tree_[up].parent) {
      if (fields_.is_date_name(tree_.attribute(up, HtmlAttribute::kClass)) || fields_.is_date_name(tree_.attribute(up, HtmlAttribute::kId)))
        return true;
    }
    return false;
  }

  /// The line that a node stands in, up to the node: what says of which kind the date is.
  [[nodiscard]] std::string words_before(uint32_t node) const {
    uint32_t top = node;
    while (top != 0 && !is_block_tag(tree_[top].tag) && tree_[tree_[top].parent].end - tree_[top].parent <= kSmallNodes)
      top = tree_[top].parent;
    std::string text;
    for (uint32_t i = top; i < node; ++i) append_squeezed(tree_.text(i), text);
    return text.size() > kMaxLineBytes ? text.substr(text.size() - kMaxLineBytes) : text;
  }

  void show(const Stamp& stamp, uint32_t node, std::string_view before, bool is_named) {
    ShownDate date{.stamp = stamp, .distance = distance(node), .is_update = false, .is_named = is_named};
    // The last word counts: "Published Feb. 1, updated".
    const size_t from = before.size() > 40 ? before.size() - 40 : 0;
    const std::string_view near = before.substr(from);
    date.is_update = fields_.says_updated(near) && !fields_.says_published(near);
    date.is_named = is_named || fields_.says_published(near);
    shown_.push_back(date);
  }

  void look_at_time(uint32_t node) {
    const std::string text = visible_text(tree_, node, true);
    const std::string_view stamp_text = tree_.attribute(node, HtmlAttribute::kDatetime);
    std::optional<Stamp> stamp = read_stamp(stamp_text, words_);
    if (!stamp) stamp = first_date(text);
    if (!stamp) return;
    const std::string_view names = tree_.attribute(node, HtmlAttribute::kClass);
    const bool only_update = fields_.says_updated(names) && !fields_.says_published(names);
    show(*stamp, node, only_update ? std::string(names) : words_before(node) + " " + text.substr(0, 30), true);
    // What a reader sees may be another day than the stamp's, which is in UTC.
    if (const auto seen = first_date(text); seen && seen->day != stamp->day) local_days_.push_back(seen->day);
  }

  void look_at_text(uint32_t node) {
    const std::string_view text = tree_.text(node);
    if (text.size() > kMaxLineBytes || std::ranges::none_of(text, is_ascii_digit)) return;
    std::vector<TextDate> dates = find_dates(text, words_);
    std::string whole;
    if (dates.empty()) {  // "<b>Feb. 10</b>, 2022"
      const uint32_t parent = tree_[node].parent;
      if (parent == last_parent_ || tree_[parent].end - parent > 12) return;
      last_parent_ = parent;
      whole = visible_text(tree_, parent, true);
      if (whole.size() > kMaxLineBytes) return;
      dates = find_dates(whole, words_);
    }
    const bool is_named = !dates.empty() && is_date_named(node);
    for (const TextDate& date : dates) {
      const std::string before =
          words_before(node) + " " + std::string(whole.empty() ? text : std::string_view(whole)).substr(0, date.begin);
      show({.day = date.day}, node, before, is_named);
    }
  }

  [[nodiscard]] std::optional<Stamp> first_date(std::string_view text) const {
    const std::vector<TextDate> dates = find_dates(text, words_);
    return dates.empty() ? std::nullopt : std::optional(Stamp{.day = dates.front().day});
  }

  /// Stamps of the whole page that say their zone: some give the same instant as another, on the outlet's own day.
  void gather_stamps() {
    const auto add = [&](std::string_view value) {
      const auto stamp = read_stamp(value, words_);
      if (stamp && stamp->offset_minutes.value_or(0) != 0) zoned_.push_back(*stamp);
    };
    for (const LinkedArticle& article : claims_.linked) {
      add(article.published);
      add(article.updated);
    }
    for (const PageClaim& claim : claims_.meta) {
      if (claim.field == Field::kPublished || claim.field == Field::kDate || claim.field == Field::kUpdated) add(claim.value);
    }
    for (const PageClaims::Time& time : claims_.times) add(time.stamp);
  }

  // Sources, the best first.

  void from_linked(Kind kind) {
    for (const LinkedArticle& article : claims_.linked) {
      const Kind is = article.kind == Kind::kLive ? Kind::kArticle : article.kind;
      if (is == kind) offer_value(article.published, "json-ld");
    }
  }

  void from_claims(const std::vector<PageClaim>& claims, Field field, std::string_view from) {
    for (const PageClaim& claim : claims) {
      if (claim.field == field) offer_value(claim.value, from);
    }
  }

  void from_shown(bool named, uint32_t most) {
    for (const ShownDate& date : shown_) {
      if (date.is_named == named && !date.is_update && date.distance <= most) offer(date.stamp, named ? "time" : "text");
    }
  }

  void offer_value(std::string_view value, std::string_view from) {
    if (days_.published || value.empty()) return;
    if (const auto stamp = read_stamp(value, words_)) return offer(*stamp, from);
    if (value.size() >= 8 && std::ranges::any_of(value, is_ascii_digit)) days_.is_doubtful = true;
  }

  void offer(const Stamp& stamp, std::string_view from) {
    if (days_.published) return;
    const Day day = own_day(stamp);
    const Trust how = trust(day);
    if (how == Trust::kFine) {
      days_.published = day;
      days_.from = from;
      return;
    }
    days_.is_doubtful = true;
    if (how == Trust::kOld && !old_) {
      old_ = Stamp{.day = day};
      old_from_ = from;
    }
  }

  void choose_update() {
    const auto take = [&](std::string_view value, std::string_view from) {
      if (days_.updated || value.empty()) return;
      const auto stamp = read_stamp(value, words_);
      if (!stamp || trust(own_day(*stamp)) != Trust::kFine) return;
      days_.updated = own_day(*stamp);
      updated_from_ = from;
    };
    for (const LinkedArticle& article : claims_.linked) {
      if (article.kind == Kind::kArticle || article.kind == Kind::kLive) take(article.updated, "json-ld");
    }
    for (const PageClaim& claim : claims_.meta) {
      if (claim.field == Field::kUpdated) take(claim.value, "meta");
    }
    for (const PageClaim& claim : claims_.microdata) {
      if (claim.field == Field::kUpdated) take(claim.value, "microdata");
    }
    for (const ShownDate& date : shown_) {
      if (days_.updated || !date.is_update || trust(date.stamp.day) != Trust::kFine) continue;
      days_.updated = date.stamp.day;
      updated_from_ = "time";
    }
    if (days_.updated && days_.published && days_between(*days_.published, *days_.updated) < 0) days_.updated.reset();
  }

  /// The day of a stamp in UTC by the outlet's clock, where the page shows that.
  [[nodiscard]] Day own_day(const Stamp& stamp) const {
    const std::optional<int64_t> instant = instant_of(stamp);
    if (!instant || stamp.offset_minutes != 0) return stamp.day;
    for (const Stamp& zoned : zoned_) {
      const std::optional<int64_t> other = instant_of(zoned);
      if (other && std::abs(*other - *instant) <= kSameInstantMinutes) return zoned.day;
    }
    const auto fits = [&](Day day) {
      const int days = days_between(stamp.day, day);
      return days == 0 || (days == -1 && *stamp.minute < 12 * 60) || (days == 1 && *stamp.minute >= 10 * 60);
    };
    for (const Day day : local_days_) {
      if (fits(day)) return day;
    }
    // First what is named as a date of publication: what else stands about may be today's date.
    for (const bool named : {true, false}) {
      std::optional<Day> other;
      for (const ShownDate& date : shown_) {
        if (date.is_named != named || date.is_update || date.stamp.offset_minutes == 0 || !fits(date.stamp.day)) continue;
        if (date.stamp.day == stamp.day) return stamp.day;
        if (!other) other = date.stamp.day;
      }
      if (other) return *other;
    }
    return stamp.day;
  }

  void check(std::optional<Day> in_url) {
    if (!days_.published || !in_url || days_.from == "url" || trust(*in_url) == Trust::kNever) return;
    if (std::abs(days_between(*in_url, *days_.published)) > kContradictingDays) days_.is_doubtful = true;
  }

  const HtmlTree& tree_;
  const PageClaims& claims_;
  uint32_t headline_;
  const PageFields& fields_;
  const PageWords& words_;
  std::vector<ShownDate> shown_;
  std::vector<Day> local_days_;  ///< shown where the markup gives another day
  std::vector<Stamp> zoned_;
  uint32_t last_parent_ = 0;
  PublicationDays days_;
  std::string updated_from_;
  std::optional<Stamp> old_;  ///< the best day before 1990
  std::string old_from_;
};

}  // namespace

PublicationDays choose_days(const HtmlTree& tree, const PageClaims& claims, uint32_t headline, std::string_view url,
                            const PageFields& fields, const PageWords& words) {
  return DayChooser(tree, claims, headline, fields, words).choose(url);
}

}  // namespace casus
