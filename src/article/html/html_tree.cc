#include "article/html/html_tree.h"

#include <algorithm>
#include <array>

namespace casus {

std::string_view html_tag_name(HtmlTag tag) {
  switch (tag) {
    case HtmlTag::kText:
    case HtmlTag::kOther: return "";
#define CASUS_X(enumerator, name) \
  case HtmlTag::k##enumerator: return #name;
      CASUS_HTML_TAGS(CASUS_X)
#undef CASUS_X
  }
  return "";
}

bool is_block_tag(HtmlTag tag) {
  using enum HtmlTag;
  static constexpr HtmlTag kBlocks[] = {
      kAddress,  kArticle, kAside,      kBlockquote, kBody,  kCaption, kCenter, kDd,    kDetails, kDialog, kDiv, kDl,      kDt,
      kFieldset, kFigure,  kFigcaption, kFooter,     kForm,  kH1,      kH2,     kH3,    kH4,      kH5,     kH6,  kHead,    kHeader,
      kHr,       kHtml,    kLegend,     kLi,         kMain,  kMenu,    kNav,    kOl,    kOption,  kP,      kPre, kSection, kSearch,
      kSummary,  kTable,   kTbody,      kTd,         kTfoot, kTh,      kThead,  kTitle, kTr,      kUl};
  static constexpr auto kIsBlock = [] {
    std::array<bool, 256> table{};
    for (const HtmlTag block : kBlocks) table[static_cast<size_t>(block)] = true;
    return table;
  }();
  return kIsBlock[static_cast<size_t>(tag)];
}

std::string_view HtmlTree::text(uint32_t node) const {
  const HtmlNode& here = nodes_[node];
  return here.tag == HtmlTag::kText ? piece(here.first, here.count) : std::string_view();
}

std::span<const HtmlTree::Attribute> HtmlTree::attributes(uint32_t node) const {
  const HtmlNode& here = nodes_[node];
  if (here.tag == HtmlTag::kText) return {};
  return std::span(attributes_).subspan(here.first, here.count);
}

std::string_view HtmlTree::attribute(uint32_t node, HtmlAttribute name) const {
  for (const Attribute& attribute : attributes(node)) {
    if (attribute.name == name) return piece(attribute.begin, attribute.size);
  }
  return "";
}

bool HtmlTree::has_attribute(uint32_t node, HtmlAttribute name) const {
  return std::ranges::any_of(attributes(node), [&](const Attribute& attribute) { return attribute.name == name; });
}

std::string_view HtmlTree::data_attribute(uint32_t node, std::string_view name) const {
  for (const Attribute& attribute : attributes(node)) {
    if (attribute.name == HtmlAttribute::kData && piece(attribute.name_begin, attribute.name_size) == name)
      return piece(attribute.begin, attribute.size);
  }
  return "";
}

std::string_view HtmlTree::tag_name(uint32_t node) const {
  return nodes_[node].tag == HtmlTag::kOther ? attribute(node, HtmlAttribute::kTagName) : html_tag_name(nodes_[node].tag);
}

}  // namespace casus
