#include "article/html/page_scope.h"

#include <algorithm>

#include "article/html/page_text.h"
#include "base/text.h"

namespace casus {
namespace {

// A name is not believed where it would take too much of the page's running text: an article of its own is hardly called a footer, but
// a wrapper around the whole page may be called "share". Shares of the running text, for one element and for all of the reason; measured
// on half of the pages of docs/accuracy.md, where the result hardly depends on them.
struct Limits {
  double one = 0.4;
  double all = 0.5;
};
constexpr Limits limits_of(PageReason reason) {
  switch (reason) {
    case PageReason::kComments: return {.one = 0.95, .all = 0.95};
    case PageReason::kRelated: return {.one = 0.8, .all = 0.85};
    case PageReason::kSidebar: return {.one = 0.6, .all = 0.8};
    case PageReason::kPopup:
    case PageReason::kCookies: return {.one = 0.7, .all = 0.8};
    case PageReason::kMenu:
    case PageReason::kNewsletter: return {.one = 0.6, .all = 0.7};
    case PageReason::kHidden: return {.one = 0.4, .all = 0.6};
    default: return {};
  }
}
/// What holds the headline and so much of the text is the page's main part, whatever its name.
constexpr double kMainShare = 0.2;
/// An element that is named the body is believed if it has so much of what the best element has.
constexpr double kNamedBodyShare = 0.7;
/// Of two such, one in the other, the inner one is taken if it has so much of the outer one's text.
constexpr double kSameTextShare = 0.98;
constexpr int kMaxRounds = 4;

/// What a block says for its element being the article: running text counts by its length, lists and cells less, and what is short or
/// linked counts against it.
constexpr int64_t kShortPiece = 10;
constexpr uint32_t kMinItemChars = 12;
constexpr double kMaxItemLinks = 0.2;
constexpr double kMaxHeadingLinks = 0.3;

int64_t weight_of(const PageBlock& block) {
  if (!block.kept()) return 0;
  if (block.running) return static_cast<int64_t>(block.chars) - block.link_chars;
  const HtmlTag tag = block.tag;
  const double links = block.link_share();
  const bool item = tag == HtmlTag::kLi || tag == HtmlTag::kDd || tag == HtmlTag::kTd || tag == HtmlTag::kPre || tag == HtmlTag::kDiv;
  if (item && links < kMaxItemLinks && block.chars >= kMinItemChars) return int64_t{block.chars} * 2 / 5;
  const bool neutral = block.heading >= 2 || tag == HtmlTag::kDt || tag == HtmlTag::kTh || item;
  if (neutral && links < kMaxHeadingLinks) return 0;
  return -kShortPiece - int64_t{block.link_chars};
}

class ScopeFinder {
 public:
  ScopeFinder(const HtmlTree& tree, const std::vector<uint64_t>& title, PageBlocks& page) : tree_(tree), title_(title), page_(page) {}

  PageScope find() {
    running_ = sums([](const PageBlock& block) { return block.running ? int64_t{block.chars} : 0; });
    find_headline();
    for (int round = 0; round < kMaxRounds && !mark_parts(); ++round) {
    }
    choose();
    if (headline_ != none()) scope_.headline = headline_;
    return scope_;
  }

 private:
  using Sums = std::vector<int64_t>;

  template <typename Weight>
  [[nodiscard]] Sums sums(Weight weight) const {
    Sums result(page_.blocks.size() + 1);
    for (size_t i = 0; i < page_.blocks.size(); ++i) result[i + 1] = result[i] + weight(page_.blocks[i]);
    return result;
  }

  [[nodiscard]] uint32_t none() const { return static_cast<uint32_t>(page_.blocks.size()); }

  /// The first <h1> that says the title, else the first.
  void find_headline() {
    headline_ = none();
    for (uint32_t i = 0; i < page_.blocks.size(); ++i) {
      if (page_.blocks[i].heading != 1) continue;
      const bool says = !title_.empty() && says_title(block_text(tree_, page_, page_.blocks[i]), title_);
      if (says || headline_ == none()) headline_ = i;
      if (says) return;
    }
  }

  /// Gives the blocks of each part its reason. False if a reason took too much; then it is not believed from now on.
  bool mark_parts() {
    for (PageBlock& block : page_.blocks) block.reason = PageReason::kNone;
    std::array<int64_t, kPageReasons> taken{};
    uint32_t covered = 0;
    for (const PagePart& part : page_.parts) {
      if (part.begin < covered) continue;
      const PageReason reason = believed_reason(part);
      if (reason == PageReason::kNone) continue;
      for (uint32_t i = part.begin; i < part.end; ++i) page_.blocks[i].reason = reason;
      taken[static_cast<size_t>(reason)] += running_[part.end] - running_[part.begin];
      covered = part.end;
    }
    for (PageBlock& block : page_.blocks) {
      if (block.kept()) block.reason = block.marked_as;
    }
    return doubt_largest(taken);
  }

  [[nodiscard]] PageReason believed_reason(const PagePart& part) const {
    const auto text = static_cast<double>(running_[part.end] - running_[part.begin]);
    const auto all = static_cast<double>(running_.back());
    const bool has_headline = headline_ >= part.begin && headline_ < part.end;
    if ((has_headline || part.marks.body) && text > kMainShare * all) return PageReason::kNone;
    for (const PageReason reason : part.marks.out()) {
      if (!doubted_[static_cast<size_t>(reason)] && text <= limits_of(reason).one * all) return reason;
    }
    return PageReason::kNone;
  }

  bool doubt_largest(const std::array<int64_t, kPageReasons>& taken) {
    const auto all = static_cast<double>(running_.back());
    const double without_comments = all - static_cast<double>(taken[static_cast<size_t>(PageReason::kComments)]);
    size_t worst = 0;
    for (size_t i = 1; i < kPageReasons; ++i) {
      const auto reason = static_cast<PageReason>(i);
      const double base = reason == PageReason::kComments ? all : without_comments;
      if (static_cast<double>(taken[i]) > limits_of(reason).all * base && (worst == 0 || taken[i] > taken[worst])) worst = i;
    }
    if (worst != 0) doubted_[worst] = true;
    return worst == 0;
  }

  /// The element with the most weight; then the one named the body, if it has most of that one's text.
  void choose() {
    const Sums weight = sums(weight_of);
    const Sums kept = sums([](const PageBlock& block) { return block.running && block.kept() ? int64_t{block.chars} : 0; });
    int64_t best = weight.back();
    scope_.begin = 0;
    scope_.end = static_cast<uint32_t>(page_.blocks.size());
    for (uint32_t i = 0; i < tree_.size(); ++i) {
      if (!is_block_tag(tree_[i].tag)) continue;
      const uint32_t begin = page_.first_of(i);
      const uint32_t end = page_.end_of(tree_, i);
      const int64_t sum = weight[end] - weight[begin];
      const bool inside = begin >= scope_.begin && end <= scope_.end;
      if (sum < best || (sum == best && !inside) || end == begin) continue;
      best = sum;
      scope_.begin = begin;
      scope_.end = end;
    }
    choose_named(kept);
  }

  void choose_named(const Sums& kept) {
    const auto text = static_cast<double>(kept[scope_.end] - kept[scope_.begin]);
    const PagePart* chosen = nullptr;
    double chosen_text = 0;
    for (const PagePart& part : page_.parts) {
      if (!part.marks.body) continue;
      const auto own = static_cast<double>(kept[part.end] - kept[part.begin]);
      if (own < kNamedBodyShare * text || own == 0 || own < kSameTextShare * chosen_text) continue;
      chosen = &part;
      chosen_text = own;
    }
    if (chosen == nullptr) return;
    scope_.begin = chosen->begin;
    scope_.end = chosen->end;
  }

  const HtmlTree& tree_;
  const std::vector<uint64_t>& title_;
  PageBlocks& page_;
  PageScope scope_;
  uint32_t headline_ = 0;  ///< none() if there is no <h1>
  Sums running_;           ///< characters of running text before each block
  std::array<bool, kPageReasons> doubted_{};
};

}  // namespace

std::vector<uint64_t> title_words(std::string_view title) {
  std::vector<uint64_t> words;
  constexpr uint64_t kNothing = 0xcbf29ce484222325;
  uint64_t hash = kNothing;
  for (const char c : title) {
    if (is_ascii_alpha(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0xC3 ||
        (hash != kNothing && (static_cast<unsigned char>(c) & 0xC0U) == 0x80U)) {
      hash = (hash ^ static_cast<unsigned char>(ascii_lower(c))) * 0x100000001b3;
    } else if (hash != kNothing) {
      words.push_back(hash);
      hash = kNothing;
    }
  }
  if (hash != kNothing) words.push_back(hash);
  return words;
}

bool says_title(std::string_view heading, const std::vector<uint64_t>& title) {
  const std::vector<uint64_t> words = title_words(heading);
  constexpr size_t kMinWords = 4;
  if (words.empty() || words.size() > title.size()) return false;
  if (words.size() < title.size() && words.size() < kMinWords) return false;
  return std::equal(words.begin(), words.end(), title.begin());
}

PageScope find_page_scope(const HtmlTree& tree, const std::vector<uint64_t>& title, PageBlocks& page) {
  return ScopeFinder(tree, title, page).find();
}

}  // namespace casus
