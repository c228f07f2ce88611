#include "article/html/publication_day.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "article/html/html_text.h"
#include "article/html/page_dates.h"
#include "article/html/page_scope.h"
#include "base/text.h"

namespace casus {
namespace {

using Field = PageFields::Field;
using Kind = PageFields::LinkedKind;

constexpr uint32_t kNodesBefore = 150;    // the headline, that a shown date may stand above it
constexpr uint32_t kNodesBehind = 500;    // the same below it
constexpr uint32_t kNodesBeside = 40;     // so near to the headline that nothing else can be meant
constexpr uint32_t kSmallNodes = 40;      // an element with no more below it may be one line
constexpr uint32_t kTeaserNodes = 60;     // what tells of another story has no more
constexpr size_t kMaxLineBytes = 200;     // a longer text is no line with a date
constexpr size_t kMaxBareDateBytes = 30;  // a line that is nothing but a date without a year, and a time
constexpr size_t kLabelBytes = 40;        // so far before a date stands what it is the date of
constexpr int kDaysAhead = 2;             // zones and clocks that run fast
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
  DayChooser(const HtmlTree& tree, const PageClaims& claims, const DaySetting& setting, const PageFields& fields, const PageWords& words)
      : tree_(tree),
        claims_(claims),
        setting_(setting),
        headline_(setting.headline),
        title_(title_words(setting.title)),
        fields_(fields),
        words_(words) {
    gather_stamps();
    learn_context();
    gather_shown();
  }

  PublicationDays choose() {
    const std::optional<Day> in_url = day_in_url(setting_.url, words_);
    from_linked(Kind::kArticle);
    from_claims(claims_.meta, Field::kPublished, "meta");
    from_claims(claims_.microdata, Field::kPublished, "microdata");
    from_shown(true, kNodesBehind);
    if (in_url) offer({.day = *in_url}, "url");
    from_linked(Kind::kPage);
    from_shown(false, kNodesBeside);
    from_claims(claims_.meta, Field::kDate, "meta");
    from_shown(false, kNodesBehind);
    if (!days_.published) show_labelled_lines();
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

  /// Calls `look` with each node around the headline that may belong to the article; it says at which one to go on.
  template <typename Look>
  void walk_around_headline(const Look& look) const {
    const uint32_t begin = headline_ > kNodesBefore ? headline_ - kNodesBefore : 0;
    const uint32_t end = std::min(tree_.size(), (headline_ == 0 ? 0 : tree_[headline_].end) + kNodesBehind);
    for (uint32_t i = begin; i < end;) i = is_passed_over(i) ? tree_[i].end : look(i);
  }

  [[nodiscard]] bool is_passed_over(uint32_t node) const {
    const HtmlNode& here = tree_[node];
    if (here.tag == HtmlTag::kText) return false;
    if (here.hidden || here.tag == HtmlTag::kHead || here.tag == HtmlTag::kNav || here.tag == HtmlTag::kFooter ||
        here.tag == HtmlTag::kAside || here.tag == HtmlTag::kScript)
      return true;
    return here.count > 0 && !holds_headline(node) && is_named_otherwise(node);
  }

  [[nodiscard]] bool holds_headline(uint32_t node) const { return headline_ != 0 && node <= headline_ && headline_ < tree_[node].end; }

  /// Whether the names of an element say that it has other stories, comments or advertisements.
  [[nodiscard]] bool is_named_otherwise(uint32_t node) const {
    if (setting_.rules == nullptr || node == 0) return false;
    PageMarks marks;
    setting_.rules->read_names(tree_.attribute(node, HtmlAttribute::kClass), marks);
    setting_.rules->read_names(tree_.attribute(node, HtmlAttribute::kId), marks);
    return std::ranges::any_of(marks.out(), [](PageReason reason) {
      return reason == PageReason::kRelated || reason == PageReason::kComments || reason == PageReason::kAdvert ||
             reason == PageReason::kNewsletter;
    });
  }

  /// Whether a node lies in a teaser of another story: an element beside the headline that has a linked heading of its own near the node.
  [[nodiscard]] bool is_in_teaser(uint32_t node) const {
    for (uint32_t up = tree_[node].parent; up != 0 && !holds_headline(up) && tree_[up].end - up <= kTeaserNodes; up = tree_[up].parent) {
      for (uint32_t i = up; i < tree_[up].end; ++i) {
        if (tree_[i].tag >= HtmlTag::kH2 && tree_[i].tag <= HtmlTag::kH6 && is_linked(i)) return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool is_linked(uint32_t heading) const {
    if (tree_[tree_[heading].parent].tag == HtmlTag::kA) return true;
    const auto below = tree_.nodes().subspan(heading, tree_[heading].end - heading);
    return std::ranges::any_of(below, [](const HtmlNode& node) { return node.tag == HtmlTag::kA; });
  }

  void gather_shown() {
    walk_around_headline([&](uint32_t i) {
      const HtmlNode& node = tree_[i];
      if (node.tag == HtmlTag::kText && !node.only_space) look_at_text(i);
      if (node.tag == HtmlTag::kText) return i + 1;
      if (node.tag != HtmlTag::kTime && !look_at_attributes(i)) return i + 1;
      if (node.tag == HtmlTag::kTime) look_at_time(i);
      return node.end;
    });
    std::ranges::stable_sort(shown_, {}, &ShownDate::distance);
  }

  /// At last, wherever they stand: lines that say of what they give the date, as the foot of a wiki's page does.
  void show_labelled_lines() {
    for (uint32_t i = 0; i < tree_.size(); ++i) {
      const std::string_view text = tree_.text(i);
      if (tree_[i].only_space || text.size() > kMaxLineBytes || std::ranges::none_of(text, is_ascii_digit)) continue;
      if (tree_[tree_[i].parent].tag == HtmlTag::kScript) continue;
      const std::vector<TextDate> dates = find_dates(text, words_, figures_only());
      if (dates.empty()) continue;
      const Label label = label_of(words_before(i) + std::string(text.substr(0, dates.front().begin)), 0);
      if (label == Label::kUpdated) shown_.push_back({.stamp = {.day = dates.front().day}, .distance = i, .is_update = true});
    }
  }

  // What the page tells about dates that do not say all of it.

  void learn_context() {
    context_.now = setting_.retrieved;
    context_.not_after = bound_of_yearless();
    context_.order = order_of_page();
  }

  /// A date without a year is the last such day before the page was changed or, if that is not known, written or fetched.
  [[nodiscard]] std::optional<Day> bound_of_yearless() const {
    std::optional<Day> bound;
    for_each_claim([&](Field field, std::string_view value) {
      const auto stamp = field == Field::kUpdated && !bound ? read_stamp(value, words_) : std::nullopt;
      if (stamp && trust(stamp->day) == Trust::kFine) bound = stamp->day;
    });
    if (!bound) bound = last_day_in_url(setting_.url, words_);
    if (!bound && setting_.retrieved) bound = Day(std::chrono::floor<std::chrono::days>(*setting_.retrieved));
    if (bound) return bound;
    for (const PageClaims::Time& time : claims_.times) {  // the newest story that the page shows
      const auto stamp = read_stamp(time.stamp, words_);
      if (stamp && trust(stamp->day) == Trust::kFine && (!bound || *bound < stamp->day)) bound = stamp->day;
    }
    return bound;
  }

  /// Of 10/02/2022: by other figures of the page, else by its language.
  [[nodiscard]] DateOrder order_of_page() const {
    std::vector<Day> known;
    bool day_first = false, month_first = false;
    for_each_claim([&](Field, std::string_view value) {
      if (const auto stamp = read_stamp(value, words_)) known.push_back(stamp->day);
    });
    if (const auto in_url = day_in_url(setting_.url, words_)) known.push_back(*in_url);
    const auto note = [&](std::string_view text) {
      const DateOrder order = order_of_figures(text, words_, known);
      day_first = day_first || order == DateOrder::kDayFirst;
      month_first = month_first || order == DateOrder::kMonthFirst;
    };
    for_each_claim([&](Field, std::string_view value) { note(value); });
    walk_around_headline([&](uint32_t i) {
      if (tree_.text(i).size() <= kMaxLineBytes) note(tree_.text(i));
      return i + 1;
    });
    if (day_first != month_first) return day_first ? DateOrder::kDayFirst : DateOrder::kMonthFirst;
    return !day_first && fields_.is_day_first(claims_.language) ? DateOrder::kDayFirst : DateOrder::kUnknown;
  }

  /// Calls `use` with the field and value of every date that the markup gives.
  template <typename Use>
  void for_each_claim(const Use& use) const {
    for (const LinkedArticle& article : claims_.linked.articles) {
      use(Field::kPublished, article.published);
      use(Field::kUpdated, article.updated);
    }
    for (const auto* list : {&claims_.meta, &claims_.microdata}) {
      for (const PageClaim& claim : *list) {
        if (claim.field == Field::kPublished || claim.field == Field::kDate || claim.field == Field::kUpdated)
          use(claim.field, claim.value);
      }
    }
  }

  [[nodiscard]] uint32_t distance(uint32_t node) const {
    if (node >= headline_) return node - std::min(node, tree_[headline_].end);
    return 2 * (headline_ - node);  // dates rather stand below than above
  }

  using Label = PageFields::DateLabel;

  [[nodiscard]] bool is_date_named(uint32_t element) const {
    return fields_.is_date_name(tree_.attribute(element, HtmlAttribute::kClass)) ||
           fields_.is_date_name(tree_.attribute(element, HtmlAttribute::kId));
  }

  /// The innermost element around a node, or itself, whose names speak of dates, as far as these are small; 0 if there is none.
  [[nodiscard]] uint32_t date_named_around(uint32_t node) const {
    for (uint32_t up = tree_[node].tag == HtmlTag::kText ? tree_[node].parent : node; up != 0 && tree_[up].end - up <= kSmallNodes;
         up = tree_[up].parent) {
      if (is_date_named(up)) return up;
    }
    return 0;
  }

  [[nodiscard]] Label label_of_names(uint32_t element) const {
    if (element == 0) return Label::kNone;
    const Label label = fields_.date_label_of_names(tree_.attribute(element, HtmlAttribute::kClass));
    return label == Label::kNone ? fields_.date_label_of_names(tree_.attribute(element, HtmlAttribute::kId)) : label;
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

  /// What the words before a date say of it, else the names of its element.
  [[nodiscard]] Label label_of(std::string_view before, uint32_t named) const {
    const size_t from = before.size() > kLabelBytes ? before.size() - kLabelBytes : 0;
    const Label label = fields_.date_label(before.substr(from));
    return label == Label::kNone ? label_of_names(named) : label;
  }

  void show(const Stamp& stamp, uint32_t node, Label label, bool is_named) {
    if (is_in_teaser(node)) return;
    shown_.push_back({.stamp = stamp,
                      .distance = distance(node),
                      .is_update = label == Label::kUpdated,
                      .is_named = is_named || label == Label::kPublished});
  }

  void look_at_time(uint32_t node) {
    const std::string text = visible_text(tree_, node, true);
    std::optional<Stamp> stamp = read_stamp(tree_.attribute(node, HtmlAttribute::kDatetime), words_, context_);
    if (!stamp) stamp = first_date(text);
    if (!stamp) return;
    Label label = label_of_names(node);
    if (label != Label::kUpdated) label = label_of(words_before(node) + " " + text.substr(0, kLabelBytes), date_named_around(node));
    show(*stamp, node, label, true);
    // What a reader sees may be another day than the stamp's, which is in UTC.
    if (const auto seen = first_date(text); seen && seen->day != stamp->day) local_days_.push_back(seen->day);
  }

  /// Looks at a small element that has a date for scripts or for a tooltip, as <abbr class="published" title="2022-02-10">. Whether it has.
  bool look_at_attributes(uint32_t node) {
    if (tree_[node].count == 0 || tree_[node].end - node > kSmallNodes) return false;
    std::optional<Stamp> stamp = read_stamp(tree_.attribute(node, HtmlAttribute::kDatetime), words_);
    if (!stamp && is_date_named(node)) {
      stamp = read_stamp(tree_.attribute(node, HtmlAttribute::kTitle), words_);
      for (const std::string& name : fields_.date_attributes()) {
        if (!stamp) stamp = read_stamp(tree_.data_attribute(node, name), words_, figures_only());
      }
    }
    if (!stamp) return false;
    show(*stamp, node, label_of(words_before(node), date_named_around(node)), true);
    return true;
  }

  void look_at_text(uint32_t node) {
    const std::string_view text = tree_.text(node);
    if (text.size() > kMaxLineBytes || (!context_.now && std::ranges::none_of(text, is_ascii_digit))) return;
    std::vector<TextDate> dates = find_dates(text, words_, context_);
    std::string whole;
    if (dates.empty()) {  // "<b>Feb. 10</b>, 2022"
      const uint32_t parent = tree_[node].parent;
      if (parent == last_parent_ || tree_[parent].end - parent > 12) return;
      last_parent_ = parent;
      whole = visible_text(tree_, parent, true);
      if (whole.size() > kMaxLineBytes) return;
      dates = find_dates(whole, words_, context_);
    }
    const uint32_t named = dates.empty() ? 0 : date_named_around(node);
    for (const TextDate& date : dates) {
      const std::string before =
          words_before(node) + " " + std::string(whole.empty() ? text : std::string_view(whole)).substr(0, date.begin);
      const Label label = label_of(before, named);
      // "until May 5": a date without a year may be any date.
      const bool is_date_line =
          named != 0 || label != Label::kNone || (date.form == DateForm::kYearless && text.size() <= kMaxBareDateBytes);
      if (date.form == DateForm::kWhole || is_date_line) show({.day = date.day}, node, label, named != 0);
    }
  }

  [[nodiscard]] std::optional<Stamp> first_date(std::string_view text) const {
    const std::vector<TextDate> dates = find_dates(text, words_, context_);
    return dates.empty() ? std::nullopt : std::optional(Stamp{.day = dates.front().day});
  }

  /// Stamps of the whole page that say their zone: some give the same instant as another, on the outlet's own day.
  void gather_stamps() {
    const auto add = [&](std::string_view value) {
      const auto stamp = read_stamp(value, words_);
      if (stamp && stamp->offset_minutes.value_or(0) != 0) zoned_.push_back(*stamp);
    };
    for_each_claim([&](Field, std::string_view value) { add(value); });
    for (const PageClaims::Time& time : claims_.times) add(time.stamp);
  }

  // Sources, the best first.

  /// First the articles that are this one by title or address: a page may give those of other stories too.
  void from_linked(Kind kind) {
    for (const bool own : {true, false}) {
      for (const LinkedArticle& article : claims_.linked.articles) {
        const Kind is = article.kind == Kind::kLive ? Kind::kArticle : article.kind;
        if (is == kind && is_own(article) == own) offer_value(article.published, "json-ld");
      }
    }
  }

  [[nodiscard]] bool is_own(const LinkedArticle& article) const {
    return says_title(article.title, title_) || (!article.url.empty() && article.url == setting_.url);
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
    if (const auto stamp = read_stamp(value, words_, figures_only())) return offer(*stamp, from);
    if (value.size() >= 8 && std::ranges::any_of(value, is_ascii_digit)) days_.is_doubtful = true;
  }

  /// Values of the markup are whole dates, but may be in figures.
  [[nodiscard]] DateContext figures_only() const { return {.order = context_.order}; }

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
      const auto stamp = read_stamp(value, words_, figures_only());
      if (!stamp || trust(own_day(*stamp)) != Trust::kFine) return;
      days_.updated = own_day(*stamp);
      updated_from_ = from;
    };
    for (const bool own : {true, false}) {
      for (const LinkedArticle& article : claims_.linked.articles) {
        if (article.kind != Kind::kPage && is_own(article) == own) take(article.updated, "json-ld");
      }
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
  const DaySetting& setting_;
  uint32_t headline_;
  std::vector<uint64_t> title_;
  DateContext context_;
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

PublicationDays choose_days(const HtmlTree& tree, const PageClaims& claims, const DaySetting& setting, const PageFields& fields,
                            const PageWords& words) {
  return DayChooser(tree, claims, setting, fields, words).choose();
}

}  // namespace casus
