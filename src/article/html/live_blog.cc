#include "article/html/live_blog.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "article/html/html_text.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMinEntries = 2;
/// On a page that only says it is a live blog: fewer elements of one parent are something else.
constexpr size_t kMinUnnamedEntries = 3;
/// An entry without a time is a note between the others; where most are, these are no entries.
constexpr double kMinShareWithTime = 0.5;
constexpr size_t kMaxTimeBytes = 64;

void read_time_and_anchor(const HtmlTree& tree, LiveEntry& entry) {
  for (uint32_t i = entry.node; i < tree[entry.node].end && (entry.time.empty() || entry.anchor.empty()); ++i) {
    if (tree[i].tag == HtmlTag::kText) continue;
    if (entry.anchor.empty()) entry.anchor = tree.attribute(i, HtmlAttribute::kId);
    if (tree[i].tag != HtmlTag::kTime || !entry.time.empty()) continue;
    entry.time = trim(tree.attribute(i, HtmlAttribute::kDatetime));
    if (entry.time.empty()) entry.time = visible_text(tree, i, true);
    if (entry.time.size() > kMaxTimeBytes) entry.time.clear();
  }
}

std::vector<uint32_t> named_entries(const HtmlTree& tree, const PageBlocks& page) {
  std::vector<uint32_t> nodes;
  uint32_t covered = 0;
  for (const PagePart& part : page.parts) {
    if (!part.marks.live || part.node < covered || !is_block_tag(tree[part.node].tag)) continue;
    nodes.push_back(part.node);
    covered = tree[part.node].end;
  }
  return nodes;
}

/// The articles and list items of that parent that has most of them with text.
std::vector<uint32_t> unnamed_entries(const HtmlTree& tree, const PageBlocks& page) {
  std::vector<uint32_t> running(page.blocks.size() + 1);  // how many running blocks there are before each
  for (size_t i = 0; i < page.blocks.size(); ++i) running[i + 1] = running[i] + static_cast<uint32_t>(page.blocks[i].running);
  std::map<uint32_t, std::vector<uint32_t>> by_parent;
  for (uint32_t i = 0; i < tree.size(); ++i) {
    const HtmlTag tag = tree[i].tag;
    if (tag != HtmlTag::kArticle && tag != HtmlTag::kLi && tag != HtmlTag::kSection) continue;
    const uint32_t end = page.end_of(tree, i);
    if (running[end] > running[page.first_of(i)]) by_parent[tree[i].parent].push_back(i);
  }
  const auto most = std::ranges::max_element(by_parent, {}, [](const auto& entries) { return entries.second.size(); });
  if (most == by_parent.end() || most->second.size() < kMinUnnamedEntries) return {};
  return most->second;
}

}  // namespace

std::vector<LiveEntry> find_live_entries(const HtmlTree& tree, const PageBlocks& page, bool may_be_live) {
  std::vector<uint32_t> nodes = named_entries(tree, page);
  if (nodes.size() < kMinEntries && may_be_live) nodes = unnamed_entries(tree, page);
  if (nodes.size() < kMinEntries) return {};
  std::vector<LiveEntry> entries;
  for (const uint32_t node : nodes) {
    LiveEntry entry{.node = node, .begin = page.first_of(node), .end = page.end_of(tree, node)};
    if (entry.begin == entry.end) continue;
    read_time_and_anchor(tree, entry);
    entries.push_back(std::move(entry));
  }
  const auto timed = std::ranges::count_if(entries, [](const LiveEntry& entry) { return !entry.time.empty(); });
  if (timed < static_cast<std::ptrdiff_t>(kMinEntries) ||
      static_cast<double>(timed) < kMinShareWithTime * static_cast<double>(entries.size()))
    return {};
  std::erase_if(entries, [](const LiveEntry& entry) { return entry.time.empty(); });
  return entries;
}

}  // namespace casus
