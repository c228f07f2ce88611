#include "article/html/page_claims.h"

#include <algorithm>

#include "article/html/html_text.h"
#include "base/text.h"

namespace casus {
namespace {

using Field = PageFields::Field;

constexpr size_t kMaxClaims = 500;  // of one kind
constexpr size_t kMaxHeadings = 50;
constexpr size_t kMaxTimes = 500;
constexpr size_t kMaxBylines = 50;
constexpr uint32_t kMaxFieldNodes = 200;  // an element with more below it is no field, but a part of the page

class Collector {
 public:
  Collector(const HtmlTree& tree, const PageFields& fields) : tree_(tree), fields_(fields) {}

  PageClaims collect() {
    claims_.linked = read_linked_data(tree_, fields_);
    claims_.language = std::string(tree_.attribute(0, HtmlAttribute::kLang));
    for (uint32_t i = 0; i < tree_.size();) {
      const bool goes_in = look_at(i);
      i = goes_in ? i + 1 : tree_[i].end;
    }
    for (auto* list : {&claims_.meta, &claims_.microdata})
      std::ranges::stable_sort(*list, {}, [](const PageClaim& claim) { return claim.rank; });
    return std::move(claims_);
  }

 private:
  /// Whether what is below the node is to be looked at.
  bool look_at(uint32_t node) {
    const HtmlNode& here = tree_[node];
    switch (here.tag) {
      case HtmlTag::kText: return false;
      case HtmlTag::kMeta: take_meta(node); return false;
      case HtmlTag::kLink: take_link(node); return false;
      case HtmlTag::kScript: return false;
      case HtmlTag::kTitle:
        if (claims_.page_title.empty()) claims_.page_title = one_line(node);
        return false;
      default: break;
    }
    if (here.hidden) return false;
    if (here.tag == HtmlTag::kH1) take_heading(node, claims_.headings);
    if (here.tag == HtmlTag::kH2 || here.tag == HtmlTag::kH3) take_heading(node, claims_.minor_headings);
    if (here.tag == HtmlTag::kTime) take_time(node);
    if (here.count > 0) take_named(node);
    return true;
  }

  [[nodiscard]] std::string one_line(uint32_t node) const {
    // The title lies in <head>, which visible_text passes over; so ask for the text below it.
    std::string text;
    for (uint32_t i = node + 1; i < tree_[node].end; ++i) append_squeezed(tree_.text(i), text);
    return std::string(trim(text));
  }

  [[nodiscard]] std::string_view meta_name(uint32_t node) const {
    for (const HtmlAttribute attribute : {HtmlAttribute::kProperty, HtmlAttribute::kName, HtmlAttribute::kItemprop}) {
      const std::string_view name = trim(tree_.attribute(node, attribute));
      if (!name.empty() && fields_.meta(name)) return name;
    }
    return "";
  }

  void take_meta(uint32_t node) {
    const auto use = fields_.meta(meta_name(node));
    const std::string_view content = tree_.attribute(node, HtmlAttribute::kContent);
    if (use && use->field == Field::kJson) return read_linked_text(content, fields_, PageFields::LinkedKind::kPage, claims_.linked);
    if (use) return add(claims_.meta, *use, content, node);
    take_microdata(node, content);
  }

  void add(std::vector<PageClaim>& list, PageFields::Use use, std::string_view value, uint32_t node) {
    std::string text;
    append_squeezed(value, text);
    const std::string_view kept = trim(text);
    if (!kept.empty() && list.size() < kMaxClaims) list.push_back({use.field, use.rank, std::string(kept), node});
  }

  void take_link(uint32_t node) {
    if (!claims_.canonical.empty() || !equals_ignoring_ascii_case(trim(tree_.attribute(node, HtmlAttribute::kRel)), "canonical")) return;
    claims_.canonical = std::string(trim(tree_.attribute(node, HtmlAttribute::kHref)));
  }

  void take_heading(uint32_t node, std::vector<PageClaims::Heading>& headings) {
    if (headings.size() >= kMaxHeadings || tree_[node].end - node > kMaxFieldNodes) return;
    std::string text = visible_text(tree_, node, true);
    if (!text.empty()) headings.push_back({node, std::move(text)});
  }

  void take_time(uint32_t node) {
    if (claims_.times.size() >= kMaxTimes) return;
    claims_.times.push_back({.node = node,
                             .stamp = std::string(trim(tree_.attribute(node, HtmlAttribute::kDatetime))),
                             .names = std::string(tree_.attribute(node, HtmlAttribute::kClass)),
                             .is_pubdate = tree_.has_attribute(node, HtmlAttribute::kPubdate)});
  }

  void take_named(uint32_t node) {
    const std::string_view names = tree_.attribute(node, HtmlAttribute::kClass);
    const bool is_author = tree_.attribute(node, HtmlAttribute::kRel) == "author";
    if (claims_.bylines.size() < kMaxBylines && tree_[node].end - node <= kMaxFieldNodes && (is_author || fields_.is_byline_name(names)))
      claims_.bylines.push_back(node);
    if (!tree_.has_attribute(node, HtmlAttribute::kItemprop) || tree_[node].end - node > kMaxFieldNodes) return;
    std::string_view value = tree_.attribute(node, HtmlAttribute::kContent);
    if (value.empty()) value = tree_.attribute(node, HtmlAttribute::kDatetime);
    if (value.empty() && tree_[node].tag == HtmlTag::kAbbr) value = tree_.attribute(node, HtmlAttribute::kTitle);
    if (!value.empty()) return take_microdata(node, value);
    take_microdata(node, visible_text(tree_, node, true));
  }

  void take_microdata(uint32_t node, std::string_view value) {
    for (const std::string_view name : split_words(tree_.attribute(node, HtmlAttribute::kItemprop))) {
      if (const auto use = fields_.microdata(name)) return add(claims_.microdata, *use, value, node);
    }
  }

  const HtmlTree& tree_;
  const PageFields& fields_;
  PageClaims claims_;
};

}  // namespace

PageClaims read_claims(const HtmlTree& tree, const PageFields& fields) { return Collector(tree, fields).collect(); }

}  // namespace casus
