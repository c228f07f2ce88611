#include "article/html/body.h"

#include <algorithm>
#include <span>
#include <utility>

#include "article/html/live_blog.h"
#include "article/html/page_blocks.h"
#include "article/html/page_scope.h"
#include "article/html/page_text.h"
#include "article/noise_rules.h"
#include "base/text.h"

namespace casus {
namespace {

/// A line of nothing but a link is a way out of the article unless it is long.
constexpr double kLinkLine = 0.7;
constexpr uint32_t kMaxLinkLineChars = 300;
constexpr uint32_t kMaxTitleChars = 200;
/// Before the first running text: a shorter piece without a full stop is a label, a date, a name.
constexpr uint32_t kMinHeadChars = 30;
constexpr uint32_t kMaxLabelChars = 60;
constexpr uint32_t kMaxShortLabelChars = 45;
/// Between headline and body: so long is a standfirst, and so many pieces are looked at.
constexpr uint32_t kMinStandfirstChars = 40;
constexpr double kMaxStandfirstLinks = 0.2;
constexpr uint32_t kMaxPiecesToBody = 12;
/// What is shown of an article that is for subscribers is shorter; a line that says so is, too, and stands so near behind it.
constexpr uint64_t kMaxStubChars = 2500;
constexpr uint32_t kMaxWallChars = 200;
constexpr uint32_t kMaxPiecesToWall = 20;

bool is_list_or_table(HtmlTag tag) {
  return tag == HtmlTag::kLi || tag == HtmlTag::kTd || tag == HtmlTag::kTh || tag == HtmlTag::kPre || tag == HtmlTag::kDt ||
         tag == HtmlTag::kDd;
}

/// Works on the blocks of one scope; each step looks only at what the steps before it left.
class BodyFinder {
 public:
  BodyFinder(const HtmlTree& tree, const PageHints& hints, const ArticleOptions& options)
      : tree_(tree),
        options_(options),
        hints_(hints),
        rules_(options.noise_rules == nullptr ? nullptr : &options.noise_rules->page()),
        title_(title_words(hints.title)),
        page_(find_page_blocks(tree, rules_, options.max_blocks)),
        scope_(find_page_scope(tree, title_, page_)) {}

  HtmlBody find() {
    HtmlBody body;
    const std::vector<LiveEntry> entries = find_live_entries(tree_, page_, hints_.may_be_live);
    for (const LiveEntry& entry : entries) body.entries.push_back(entry_story(entry));
    if (!entries.empty()) leave_to_entries(entries);
    trim_scope();
    keep_standfirst();
    drop_outside();
    body.paywalled = entries.empty() && is_paywalled();
    if (scope_.headline) body.story.headline = text(page_.blocks[*scope_.headline]);
    body.story.pieces = pieces(0, static_cast<uint32_t>(page_.blocks.size()));
    return body;
  }

 private:
  [[nodiscard]] std::span<PageBlock> inner() { return std::span(page_.blocks).subspan(scope_.begin, scope_.end - scope_.begin); }
  [[nodiscard]] std::string text(const PageBlock& block) const { return block_text(tree_, page_, block); }

  /// The first kept running block; inner().size() if there is none.
  [[nodiscard]] size_t first_running() {
    const std::span<PageBlock> blocks = inner();
    const auto found = std::ranges::find_if(blocks, [](const PageBlock& block) { return block.kept() && block.running; });
    return static_cast<size_t>(found - blocks.begin());
  }

  void trim_scope() {
    drop_titles();
    drop_link_lines();
    drop_head();
    drop_sections();
    drop_lone_headings();
    drop_tail();
  }

  HtmlStory entry_story(const LiveEntry& entry) {
    const PageScope page_scope = std::exchange(scope_, PageScope{.begin = entry.begin, .end = entry.end, .headline = std::nullopt});
    HtmlStory story{.anchor = entry.anchor, .time = entry.time};
    for (uint32_t i = entry.begin; i < entry.end && story.headline.empty(); ++i) {
      PageBlock& block = page_.blocks[i];
      if (block.running && block.kept()) break;
      if (block.heading == 0 || !block.kept()) continue;
      story.headline = text(block);
      block.reason = PageReason::kTitle;
    }
    trim_scope();
    story.pieces = pieces(entry.begin, entry.end);
    scope_ = page_scope;
    return story;
  }

  /// The story above the entries is what stands between the headline and the first of them.
  void leave_to_entries(const std::vector<LiveEntry>& entries) {
    for (const LiveEntry& entry : entries) {
      for (uint32_t i = entry.begin; i < entry.end; ++i) page_.blocks[i].elsewhere = true;
    }
    scope_.end = entries.front().begin;
    scope_.begin = std::min(scope_.begin, scope_.end);
    if (scope_.headline && *scope_.headline < scope_.end) scope_.begin = *scope_.headline;
    for (uint32_t i = entries.front().begin; i < page_.blocks.size(); ++i) {
      PageBlock& block = page_.blocks[i];
      if (!block.elsewhere && block.kept()) block.reason = PageReason::kOutside;
    }
  }

  /// A short body on a page that says that there is more for subscribers. Lines that say so are left out.
  bool is_paywalled() {
    bool walled = hints_.is_for_subscribers;
    uint64_t chars = 0;
    for (PageBlock& block : inner()) {
      const bool may_say_so = block.chars <= kMaxWallChars && block.chars > 0 && rules_ != nullptr;
      if (may_say_so && (block.kept() || block.reason == PageReason::kPaywall || block.reason == PageReason::kNewsletter) &&
          rules_->is_wall(text(block))) {
        walled = true;
        block.reason = PageReason::kPaywall;
      }
      walled = walled || (block.reason == PageReason::kPaywall && block.running);
      if (block.kept()) chars += block.chars;
    }
    return chars <= kMaxStubChars && (walled || has_wall_behind());
  }

  /// Whether the first pieces behind the body say so.
  [[nodiscard]] bool has_wall_behind() const {
    if (rules_ == nullptr) return false;
    const uint32_t end = std::min<uint32_t>(scope_.end + kMaxPiecesToWall, static_cast<uint32_t>(page_.blocks.size()));
    for (uint32_t i = scope_.end; i < end; ++i) {
      const PageBlock& block = page_.blocks[i];
      if (block.reason == PageReason::kHidden || block.reason == PageReason::kMenu || block.chars > kMaxWallChars) continue;
      if (rules_->is_wall(text(block))) return true;
    }
    return false;
  }

  /// Headings that say the title, and the line above the text that does so without being one.
  void drop_titles() {
    bool above = true;
    for (PageBlock& block : inner()) {
      if (!block.kept()) continue;
      above = above && !block.running;
      if (block.heading == 0 && (!above || block.chars > kMaxTitleChars)) continue;
      if (block.heading == 1 || says_title(text(block), title_)) block.reason = PageReason::kTitle;
    }
  }

  void drop_link_lines() {
    for (PageBlock& block : inner()) {
      if (block.kept() && !block.running && block.heading == 0 && block.link_share() > kLinkLine && block.chars < kMaxLinkLineChars) {
        block.reason = PageReason::kRelated;
      }
    }
  }

  void drop_head() {
    const size_t first = first_running();
    if (first == inner().size()) return;
    for (PageBlock& block : inner().first(first)) {
      if (!block.kept() || block.heading != 0 || is_list_or_table(block.tag)) continue;
      if (!block.ends_sentence || block.chars <= kMinHeadChars) block.reason = PageReason::kHead;
    }
  }

  /// "Related articles" and what follows it that is not running text.
  void drop_sections() {
    if (rules_ == nullptr) return;
    const std::span<PageBlock> blocks = inner();
    for (size_t i = 0; i < blocks.size(); ++i) {
      PageBlock& block = blocks[i];
      if (!block.kept() || block.chars > kMaxLabelChars || (block.heading == 0 && block.ends_sentence)) continue;
      const PageReason reason = rules_->section(text(block));
      if (reason == PageReason::kNone) continue;
      block.reason = reason;
      for (size_t j = i + 1; j < blocks.size(); ++j) {
        if (!blocks[j].kept()) continue;
        if (blocks[j].heading != 0 || blocks[j].link_share() < 0.5) break;
        blocks[j].reason = reason;
      }
    }
  }

  /// A heading below which nothing is left, and a short line before links that were dropped.
  void drop_lone_headings() {
    const std::span<PageBlock> blocks = inner();
    const PageBlock* next = nullptr;  // the next that is kept
    bool dropped_links = false;       // between here and there
    for (size_t i = blocks.size(); i-- > 0;) {
      PageBlock& block = blocks[i];
      const bool before_links =
          i + 1 < blocks.size() && (blocks[i + 1].reason == PageReason::kRelated || blocks[i + 1].reason == PageReason::kNewsletter);
      if (!block.kept()) {
        dropped_links = dropped_links || block.reason == PageReason::kRelated;
        continue;
      }
      if (block.heading != 0) {
        const bool nothing_below = next == nullptr || (next->heading != 0 && next->heading <= block.heading && dropped_links);
        if (nothing_below) block.reason = PageReason::kTail;
      } else if (before_links && !block.running && block.chars < kMaxShortLabelChars && !block.ends_sentence &&
                 !is_list_or_table(block.tag)) {
        block.reason = PageReason::kRelated;
      }
      if (!block.kept()) continue;
      next = &block;
      dropped_links = false;
    }
  }

  void drop_tail() {
    const std::span<PageBlock> blocks = inner();
    for (size_t i = blocks.size(); i-- > 0;) {
      PageBlock& block = blocks[i];
      if (!block.kept()) continue;
      if (block.running) return;
      const bool loose = block.tag != HtmlTag::kP && block.heading == 0 && !is_list_or_table(block.tag);
      if (loose && !block.ends_sentence && block.chars < kMaxLabelChars) block.reason = PageReason::kTail;
    }
  }

  /// What stands between the headline and the body and reads like a sentence belongs to the article.
  void keep_standfirst() {
    kept_before_.clear();
    if (!scope_.headline || *scope_.headline >= scope_.begin) return;
    for (uint32_t i = *scope_.headline + 1; i < scope_.begin; ++i) {
      const PageBlock& block = page_.blocks[i];
      if (block.kept()) kept_before_.push_back(i);
    }
    if (kept_before_.size() > kMaxPiecesToBody) kept_before_.clear();
    std::erase_if(kept_before_, [&](uint32_t i) {
      const PageBlock& block = page_.blocks[i];
      const bool fits = block.running || block.heading == 2 || block.heading == 3 || block.tag == HtmlTag::kP || block.tag == HtmlTag::kLi;
      return !fits || block.chars < kMinStandfirstChars || block.link_share() >= kMaxStandfirstLinks;
    });
  }

  void drop_outside() {
    for (uint32_t i = 0; i < page_.blocks.size(); ++i) {
      PageBlock& block = page_.blocks[i];
      const bool inside = i >= scope_.begin && i < scope_.end;
      if (inside || !block.kept() || std::ranges::binary_search(kept_before_, i)) continue;
      block.reason = scope_.headline == i ? PageReason::kTitle : PageReason::kOutside;
    }
  }

  [[nodiscard]] std::vector<MarkedPiece> pieces(uint32_t begin, uint32_t end) const {
    std::vector<MarkedPiece> result;
    uint32_t last_row = 0;
    for (uint32_t i = begin; i < end; ++i) {
      const PageBlock& block = page_.blocks[i];
      if (block.elsewhere || (!block.kept() && !options_.keep_left_out)) continue;
      const bool cell = (block.tag == HtmlTag::kTd || block.tag == HtmlTag::kTh) && !block.running && block.kept();
      const uint32_t row = cell ? tree_[block.box].parent : 0;
      add_pieces(block, cell && row == last_row, result);
      last_row = row;
    }
    return result;
  }

  void add_pieces(const PageBlock& block, bool joins, std::vector<MarkedPiece>& result) const {
    const std::string whole = text(block);
    for (const std::string_view line : lines_apart(whole, block.preformatted)) {
      MarkedPiece piece{.text = std::string(line), .joins = joins};
      if (block.heading != 0) piece.kind = BlockKind::kHeading;
      if (!block.kept()) piece.reason = page_reason_name(block.reason);
      result.push_back(std::move(piece));
    }
  }

  const HtmlTree& tree_;
  const ArticleOptions& options_;
  const PageHints hints_;
  const PageRules* rules_;
  std::vector<uint64_t> title_;
  PageBlocks page_;
  PageScope scope_;
  std::vector<uint32_t> kept_before_;  ///< blocks between headline and scope that are kept; in order
};

}  // namespace

HtmlBody find_body(const HtmlTree& tree, const PageHints& hints, const ArticleOptions& options) {
  return BodyFinder(tree, hints, options).find();
}

}  // namespace casus
