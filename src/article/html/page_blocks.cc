#include "article/html/page_blocks.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "article/sentence_end.h"
#include "base/text.h"

namespace casus {
namespace {

/// What the text of a link, a button or a label may be; a longer element in line that says it is hidden holds paragraphs.
constexpr uint32_t kMaxNodesInLine = 32;
constexpr size_t kMaxTailBytes = 64;
/// A block is what its element in line says it is if that holds so much of it.
constexpr double kMarkedShare = 0.7;

// What makes text look like sentences; in characters.
constexpr uint32_t kMinRunningChars = 60;
constexpr uint32_t kLongChars = 150;  // with so many the full stop may be missing
constexpr double kMaxRunningLinks = 0.35;

}  // namespace

bool is_passed_over(HtmlTag tag) {
  switch (tag) {
    case HtmlTag::kHead:
    case HtmlTag::kScript:
    case HtmlTag::kStyle:
    case HtmlTag::kTemplate:
    case HtmlTag::kNoscript:
    case HtmlTag::kTitle:
    case HtmlTag::kSelect:
    case HtmlTag::kOption:
    case HtmlTag::kTextarea:
    case HtmlTag::kSvg:
    case HtmlTag::kMath:
    case HtmlTag::kIframe:
    case HtmlTag::kObject:
    case HtmlTag::kCanvas:
    case HtmlTag::kAudio:
    case HtmlTag::kVideo: return true;
    default: return false;
  }
}

namespace {

uint8_t heading_level(HtmlTag tag) {
  if (tag < HtmlTag::kH1 || tag > HtmlTag::kH6) return 0;
  return static_cast<uint8_t>(static_cast<int>(tag) - static_cast<int>(HtmlTag::kH1) + 1);
}

void add_reason_of_tag(HtmlTag tag, PageMarks& marks) {
  if (tag == HtmlTag::kNav || tag == HtmlTag::kFooter || tag == HtmlTag::kMenu) marks.add(PageReason::kMenu);
  if (tag == HtmlTag::kAside) marks.add(PageReason::kSidebar);
  if (tag == HtmlTag::kFigcaption) marks.add(PageReason::kCaption);
  if (tag == HtmlTag::kButton) marks.add(PageReason::kControls);
  if (tag == HtmlTag::kDialog) marks.add(PageReason::kPopup);
}

void add_reason_of_role(std::string_view role, PageMarks& marks) {
  if (role.empty()) return;
  for (const std::string_view menu : {"navigation", "menu", "menubar", "search", "banner", "contentinfo"}) {
    if (role == menu) marks.add(PageReason::kMenu);
  }
  if (role == "complementary") marks.add(PageReason::kSidebar);
  for (const std::string_view popup : {"dialog", "alertdialog", "alert"}) {
    if (role == popup) marks.add(PageReason::kPopup);
  }
}

bool looks_running(const PageBlock& block) {
  if (block.heading != 0 || block.chars < kMinRunningChars || block.link_share() >= kMaxRunningLinks) return false;
  return block.ends_sentence || block.chars >= kLongChars;
}

/// Reads the tree from the first node to the last.
class BlockReader {
 public:
  BlockReader(const HtmlTree& tree, const PageRules* rules, uint64_t max_blocks) : tree_(tree), rules_(rules), max_blocks_(max_blocks) {}

  PageBlocks read() {
    out_.block_at.resize(tree_.size() + size_t{1});
    for (uint32_t i = 0; i < tree_.size();) i = step(i);
    close();
    for (; filled_ <= tree_.size(); ++filled_) out_.block_at[filled_] = count();
    finish_parts();
    return std::move(out_);
  }

 private:
  struct Box {
    uint32_t node;
    uint32_t end;
  };

  [[nodiscard]] uint32_t count() const { return static_cast<uint32_t>(out_.blocks.size()); }

  /// Takes one node and says which is next.
  uint32_t step(uint32_t i) {
    for (; filled_ <= i; ++filled_) out_.block_at[filled_] = count();
    while (!boxes_.empty() && boxes_.back().end <= i) {
      boxes_.pop_back();
      close();
    }
    const HtmlNode& node = tree_[i];
    if (node.tag == HtmlTag::kText) {
      take_text(i);
      return i + 1;
    }
    if (node.tag == HtmlTag::kBr) {
      ++breaks_;
      return i + 1;
    }
    if (is_passed_over(node.tag)) return node.end;
    return open_element(i) ? i + 1 : node.end;
  }

  /// False if the element is passed over.
  bool open_element(uint32_t i) {
    const HtmlNode& node = tree_[i];
    const bool box = is_block_tag(node.tag) || node.tag == HtmlTag::kButton;
    PageMarks marks;
    read_marks(i, marks);
    if (box) {
      close();
      boxes_.push_back({i, node.end});
    } else if (marks.count > 0) {
      const bool is_short = node.end - i <= kMaxNodesInLine;
      if (is_short && marks.reasons[0] == PageReason::kHidden) {
        out_.skipped.push_back(i);
        return false;
      }
      if (marked_end_ <= i) {
        marked_end_ = node.end;
        marked_as_ = marks.reasons[0];
      }
    }
    if (marks.count > 0 || marks.body || marks.live) out_.parts.push_back({.node = i, .marks = marks});
    open_state(i);
    return true;
  }

  void read_marks(uint32_t i, PageMarks& marks) {
    const HtmlNode& node = tree_[i];
    add_reason_of_tag(node.tag, marks);
    if (node.hidden) marks.add(PageReason::kHidden);
    if (node.count == 0 || node.tag == HtmlTag::kBody || node.tag == HtmlTag::kHtml) return;
    add_reason_of_role(tree_.attribute(i, HtmlAttribute::kRole), marks);
    const std::string_view itemprop = tree_.attribute(i, HtmlAttribute::kItemprop);
    if (itemprop == "articleBody") marks.body = true;
    if (itemprop == "liveBlogUpdate") marks.live = true;
    if (rules_ == nullptr) return;
    if (const std::string_view names = tree_.attribute(i, HtmlAttribute::kClass); !names.empty()) marks.add(marks_of(names));
    if (const std::string_view id = tree_.attribute(i, HtmlAttribute::kId); !id.empty()) rules_->read_names(id, marks);
  }

  /// What classes say; most stand on many elements of a page.
  const PageMarks& marks_of(std::string_view names) {
    const auto [known, is_new] = known_names_.try_emplace(names);
    if (is_new) rules_->read_names(names, known->second);
    return known->second;
  }

  void open_state(uint32_t i) {
    const HtmlNode& node = tree_[i];
    if (node.tag == HtmlTag::kA && tree_.has_attribute(i, HtmlAttribute::kHref)) link_end_ = std::max(link_end_, node.end);
    if (node.tag == HtmlTag::kEm || node.tag == HtmlTag::kI) slanted_end_ = std::max(slanted_end_, node.end);
    if (node.tag == HtmlTag::kPre) pre_end_ = std::max(pre_end_, node.end);
    const uint8_t heading = heading_level(node.tag);
    if (heading != 0 && heading_end_ <= i) {
      heading_end_ = node.end;
      heading_ = heading;
    }
  }

  void take_text(uint32_t i) {
    if (tree_[i].only_space) {
      space_ = true;
      return;
    }
    if (open_ && breaks_ >= 2) close();
    breaks_ = 0;
    if (!open_ && !begin(i)) return;
    PageBlock& block = out_.blocks.back();
    const uint32_t chars = count_chars(tree_.text(i));
    block.end = i + 1;
    block.chars += chars;
    if (i < link_end_) block.link_chars += chars;
    if (i < slanted_end_) block.slanted_chars += chars;
    if (i < marked_end_) {
      block.marked_chars += chars;
      block.marked_as = marked_as_;
    }
  }

  /// Code points, with white space between words as one each.
  uint32_t count_chars(std::string_view text) {
    uint32_t chars = 0;
    bool space = space_;
    for (const char c : text) {
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        space = true;
        continue;
      }
      chars += static_cast<uint32_t>((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) + static_cast<uint32_t>(space);
      space = false;
    }
    space_ = space;
    return chars;
  }

  bool begin(uint32_t i) {
    if (count() >= max_blocks_) {
      out_.complete = false;
      return false;
    }
    PageBlock block;
    block.begin = i;
    block.box = boxes_.empty() ? 0 : boxes_.back().node;
    block.tag = tree_[block.box].tag;
    block.heading = i < heading_end_ ? heading_ : uint8_t{0};
    block.preformatted = i < pre_end_;
    out_.blocks.push_back(block);
    open_ = true;
    space_ = false;
    return true;
  }

  void close() {
    breaks_ = 0;
    if (!open_) return;
    open_ = false;
    PageBlock& block = out_.blocks.back();
    block.ends_sentence = has_sentence_end(block);
    block.running = looks_running(block);
    if (block.marked_chars < kMarkedShare * block.chars) block.marked_as = PageReason::kNone;
  }

  /// Whether the last text that is more than closing marks ends a sentence.
  [[nodiscard]] bool has_sentence_end(const PageBlock& block) const {
    for (uint32_t i = block.end; i-- > block.begin;) {
      if (tree_[i].tag != HtmlTag::kText || tree_[i].only_space) continue;
      std::string_view text = trim(tree_.text(i));
      text = without_closing_marks(text.size() > kMaxTailBytes ? text.substr(text.size() - kMaxTailBytes) : text);
      if (!text.empty()) return ends_sentence(text);
    }
    return false;
  }

  void finish_parts() {
    for (PagePart& part : out_.parts) {
      part.begin = out_.first_of(part.node);
      part.end = out_.end_of(tree_, part.node);
      // An element in line may hold the beginning of a block only.
      if (part.end > part.begin && out_.blocks[part.end - 1].end > tree_[part.node].end) --part.end;
    }
    std::erase_if(out_.parts, [](const PagePart& part) { return part.begin >= part.end; });
  }

  const HtmlTree& tree_;
  const PageRules* rules_;
  uint64_t max_blocks_;
  PageBlocks out_;
  std::vector<Box> boxes_;  ///< the open elements that are not in line
  std::unordered_map<std::string_view, PageMarks> known_names_;
  uint32_t filled_ = 0;  ///< how much of out_.block_at is known
  // Where the link, the italics, … that are open now end.
  uint32_t link_end_ = 0;
  uint32_t slanted_end_ = 0;
  uint32_t pre_end_ = 0;
  uint32_t heading_end_ = 0;
  uint32_t marked_end_ = 0;
  PageReason marked_as_ = PageReason::kNone;
  uint8_t heading_ = 0;
  bool open_ = false;    ///< the last block goes on
  bool space_ = false;   ///< white space before the next character
  uint32_t breaks_ = 0;  ///< <br> since the last text
};

}  // namespace

PageBlocks find_page_blocks(const HtmlTree& tree, const PageRules* rules, uint64_t max_blocks) {
  return BlockReader(tree, rules, max_blocks).read();
}

}  // namespace casus
