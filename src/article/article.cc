#include <casus/article.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "article/canonical_url.h"
#include "base/assert.h"
#include "base/hash.h"

namespace casus {
namespace {

bool are_in_order(const std::vector<Block>& blocks, size_t text_size) {
  size_t end = 0;
  for (const Block& block : blocks) {
    if (block.span.begin < end || block.span.end < block.span.begin || block.span.end > text_size) return false;
    end = block.span.end;
  }
  return true;
}

}  // namespace

std::string_view block_kind_name(BlockKind kind) {
  switch (kind) {
    case BlockKind::kTitle: return "title";
    case BlockKind::kHeading: return "heading";
    case BlockKind::kParagraph: return "paragraph";
    case BlockKind::kDateline: return "dateline";
    case BlockKind::kNoise: return "noise";
  }
  return "unknown";
}

bool ArticleFields::has_flag(std::string_view flag) const { return std::ranges::find(flags, flag) != flags.end(); }

void ArticleFields::add_flag(std::string_view flag) {
  if (!has_flag(flag)) flags.emplace_back(flag);
}

Article::Article(ArticleFields fields, std::string text, std::vector<Block> blocks, std::vector<Warning> warnings)
    : fields_(std::move(fields)), text_(std::move(text)), blocks_(std::move(blocks)), warnings_(std::move(warnings)) {
  CASUS_ASSERT(text_.size() <= std::numeric_limits<uint32_t>::max());
  CASUS_ASSERT(are_in_order(blocks_, text_.size()));
  const std::string url = canonical_url(fields_.url);
  // The entries of a live page share its address.
  const bool by_both = !url.empty() && fields_.has_flag(kLiveFlag);
  article_id_ = hash_hex(by_both ? url + "\n" + text_ : url.empty() ? text_ : url);
}

}  // namespace casus
