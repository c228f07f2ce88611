#include "store/stored_texts.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "crisis/day_span.h"
#include "crisis/text_groups.h"

namespace casus {
namespace {

constexpr int32_t kNoDay = std::numeric_limits<int32_t>::max();

/// Where an article stands in the order of texts.
struct PlacedArticle {
  int64_t row = 0;
  std::string sort_key{};
  std::optional<int32_t> published{};
  int64_t group = 0;    ///< the row of the article that leads its group; 0 if that is not known
  bool awaits = false;  ///< is to be placed

  [[nodiscard]] int32_t day() const { return published.value_or(kNoDay); }
  [[nodiscard]] bool leads() const { return group == row; }
};

/// The least sort key of a day.
std::string key_of(int32_t day) { return day == kNoDay ? "9999-99-99" : day_text(day); }

/// Goes along the articles from one that awaits its place to the last that its place can touch, and so on.
class TextRegrouping {
 public:
  explicit TextRegrouping(Store& store) : store_(store), database_(store.database()) {}

  Result<std::vector<std::pair<int64_t, int64_t>>> run() {
    Result<std::vector<PlacedArticle>> waiting = articles("u.text = 1", "", "~");
    if (!waiting) return std::move(waiting).error();
    waiting_ = *std::move(waiting);
    while (next_ < waiting_.size()) {
      if (Result<void> done = run_from(waiting_[next_]); !done.ok()) return done.error();
    }
    return std::move(changed_);
  }

 private:
  /// Articles that stand for themselves, in order, of keys from `first` up to, without, `end`.
  Result<std::vector<PlacedArticle>> articles(const std::string& condition, const std::string& first, const std::string& end) {
    const Result<Query*> kept = database_.kept(
        "SELECT a.article, a.sort_key, a.published, g.text_group, u.text FROM articles a LEFT JOIN text_groups g USING (article) LEFT JOIN "
        "ungrouped u USING (article) WHERE a.duplicate_of IS NULL AND a.sort_key >= ? AND a.sort_key < ? AND " +
        condition + " ORDER BY a.sort_key");
    if (!kept) return kept.error();
    std::vector<PlacedArticle> found;
    const Result<void> done = (*kept)->bind(first).bind(end).each([&](const Query& row) {
      found.push_back({.row = row.integer(0),
                       .sort_key = row.string(1),
                       .published = parse_day_count(row.text(2)),
                       .group = row.integer(3),
                       .awaits = row.integer(4) == 1});
    });
    if (!done.ok()) return done.error();
    return found;
  }

  Result<void> run_from(const PlacedArticle& first) {
    TextGrouper grouper;
    const Result<std::vector<PlacedArticle>> before =
        articles("g.text_group = a.article", key_of(first.day() == kNoDay ? kNoDay : first.day() - kCopyDays), first.sort_key);
    if (!before) return before.error();
    for (const PlacedArticle& article : *before) {
      if (Result<void> done = lead(article, grouper); !done.ok()) return done;
    }
    touched_until_ = first.day();
    // A stretch at a time, as long as something there is touched or near to what is.
    for (std::string from = first.sort_key; !from.empty();) {
      const int32_t day = from == first.sort_key ? first.day() : parse_day_count(from).value_or(kNoDay);
      const std::string end = day == kNoDay || day > kNoDay - kCopyDays ? "~" : key_of(day + kCopyDays);
      const Result<std::vector<PlacedArticle>> stretch = articles("true", from, end);
      if (!stretch) return stretch.error();
      for (const PlacedArticle& article : *stretch) {
        if (is_beyond(article.day())) return {};
        if (Result<void> done = take(article, grouper); !done.ok()) return done;
      }
      from = end == "~" || is_beyond(day + kCopyDays) ? "" : end;
    }
    return {};
  }

  /// Whether nothing on that day or later can be touched by what was placed so far, or is near what awaits its place.
  [[nodiscard]] bool is_beyond(int32_t day) const {
    return day > touched_until_ && (next_ == waiting_.size() || waiting_[next_].day() - kCopyDays > day);
  }

  Result<void> take(const PlacedArticle& article, TextGrouper& grouper) {
    if (article.awaits) ++next_;
    if (!article.awaits && article.day() > touched_until_) return article.leads() ? lead(article, grouper) : Result<void>();
    const Result<ComparedText> text = compared(article);
    if (!text) return text.error();
    const int64_t group = grouper.place(static_cast<uint32_t>(article.row), *text);
    if (group == article.group) return {};
    changed_.emplace_back(article.row, group);
    if ((group == article.row) != article.leads())
      touched_until_ = std::max(touched_until_, article.published ? *article.published + kCopyDays : kNoDay);
    return {};
  }

  Result<void> lead(const PlacedArticle& article, TextGrouper& grouper) {
    const Result<ComparedText> text = compared(article);
    if (!text) return text.error();
    grouper.lead(static_cast<uint32_t>(article.row), *text);
    return {};
  }

  Result<ComparedText> compared(const PlacedArticle& placed) {
    const Result<std::optional<ArticlePtr>> article = store_.load_article(placed.row);
    if (!article) return article.error();
    const std::optional<ArticlePtr>& found = *article;
    return ComparedText{.day = placed.published, .shingles = found ? shingles_of(**found) : std::vector<uint64_t>()};
  }

  Store& store_;
  Database& database_;
  std::vector<PlacedArticle> waiting_{};
  size_t next_ = 0;            ///< of those that wait
  int32_t touched_until_ = 0;  ///< the last day on which a text may be in another group by what was placed so far
  std::vector<std::pair<int64_t, int64_t>> changed_{};
};

}  // namespace

Result<std::vector<std::pair<int64_t, int64_t>>> regroup_texts(Store& store) { return TextRegrouping(store).run(); }

}  // namespace casus
