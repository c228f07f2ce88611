#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "article/html/html_decode.h"
#include "article/html/html_parser.h"
#include "article/html/html_text.h"
#include "article/html/html_tree.h"
#include "base/text.h"

extern "C" {
#include <lexbor/dom/interfaces/character_data.h>
}

namespace casus {
namespace {

std::string_view view(const lxb_char_t* text, size_t size) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text), size);
}

/// lexbor's numbers of elements to ours.
using TagTable = std::array<HtmlTag, LXB_TAG__LAST_ENTRY>;
const TagTable& tag_table() {
  static const TagTable table = [] {
    TagTable tags;
    tags.fill(HtmlTag::kOther);
    const auto set = [&](std::string_view name, HtmlTag tag) {
      const auto id = lxb_tag_id_by_name(nullptr, reinterpret_cast<const lxb_char_t*>(name.data()), name.size());
      if (id < tags.size() && id != LXB_TAG__UNDEF) tags[id] = tag;
    };
#define CASUS_X(enumerator, name) set(#name, HtmlTag::k##enumerator);
    CASUS_HTML_TAGS(CASUS_X)
#undef CASUS_X
    return tags;
  }();
  return table;
}

const std::unordered_map<std::string_view, HtmlAttribute>& attribute_names() {
  static const std::unordered_map<std::string_view, HtmlAttribute> names = {
#define CASUS_X(enumerator, name) {name, HtmlAttribute::k##enumerator},
      CASUS_HTML_ATTRIBUTES(CASUS_X)
#undef CASUS_X
  };
  return names;
}

/// Whether what is below an element is never text of the page.
bool is_opaque(HtmlTag tag, std::string_view name) {
  using enum HtmlTag;
  switch (tag) {
    case kScript:
    case kStyle:
    case kTemplate:
    case kNoscript:
    case kIframe:
    case kSvg:
    case kTextarea:
    case kCanvas:
    case kObject:
    case kAudio:
    case kVideo: return true;
    case kOther:
      return name == "noembed" || name == "noframes" || name == "xmp" || name == "plaintext" || name == "applet" || name == "datalist";
    default: return false;
  }
}

bool is_only_space(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; });
}

bool hides(std::string_view style) {
  std::string packed;
  for (const char c : style.substr(0, 512)) {
    if (c != ' ' && c != '\n' && c != '\t') packed += ascii_lower(c);
  }
  return packed.find("display:none") != std::string::npos || packed.find("visibility:hidden") != std::string::npos;
}

}  // namespace

/// Copies lexbor's tree into ours, node by node, without recursion.
class HtmlTreeBuilder {
 public:
  HtmlTreeBuilder(HtmlTree& tree, const ArticleOptions& options, Noscript noscript) : tree_(tree), options_(options), noscript_(noscript) {}

  /// False if the page has more text or nodes than 32 bits can count.
  [[nodiscard]] bool build(lxb_dom_node_t* root) {
    uint32_t parent = 0;
    lxb_dom_node_t* node = root;
    while (node != nullptr) {
      if (tree_.texts_.size() > kMost || tree_.nodes_.size() > kMost) return false;
      const bool descends = append(node, parent);
      if (descends) {
        parent = tree_.size() - 1;
        node = node->first_child;
        continue;
      }
      while (node != nullptr && node != root && node->next == nullptr) {
        close(parent);
        node = node->parent;
        parent = tree_.nodes_[parent].parent;
      }
      node = node == nullptr || node == root ? nullptr : node->next;
    }
    if (!tree_.nodes_.empty()) close(0);
    return !tree_.nodes_.empty();
  }

  void finish(DecodedHtml& decoded, const std::string& stopped) {
    tree_.encoding_ = std::move(decoded.encoding);
    tree_.warnings_ = std::move(decoded.warnings);
    if (!stopped.empty()) tree_.warnings_.push_back({.message = "the page was not read to its end: " + stopped});
    if (cut_values_ > 0)
      tree_.warnings_.push_back({.message = std::to_string(cut_values_) + " attributes were cut at " +
                                            std::to_string(options_.max_html_attribute_bytes) + " bytes"});
  }

 private:
  static constexpr size_t kMost = std::numeric_limits<uint32_t>::max() / 2;

  void close(uint32_t node) { tree_.nodes_[node].end = tree_.size(); }

  /// Adds a node; whether its children are to follow.
  bool append(lxb_dom_node_t* node, uint32_t parent) {
    if (node->type == LXB_DOM_NODE_TYPE_TEXT || node->type == LXB_DOM_NODE_TYPE_CDATA_SECTION) {
      const lexbor_str_t& data = lxb_dom_interface_character_data(node)->data;
      append_text(view(data.data, data.length), parent);
      return false;
    }
    if (node->type != LXB_DOM_NODE_TYPE_ELEMENT) return false;
    auto* element = lxb_dom_interface_element(node);
    HtmlTag tag = node->local_name < LXB_TAG__LAST_ENTRY ? tag_table()[node->local_name] : HtmlTag::kOther;
    if (tag == HtmlTag::kNoscript && noscript_ == Noscript::kShown) tag = HtmlTag::kDiv;
    const uint32_t index = tree_.size();
    tree_.nodes_.push_back({.parent = parent, .end = index + 1, .first = static_cast<uint32_t>(tree_.attributes_.size()), .tag = tag});
    if (index != 0) tree_.nodes_.back().depth = static_cast<uint16_t>(tree_.nodes_[parent].depth + 1);
    std::string_view name;
    if (tag == HtmlTag::kOther) {
      size_t size = 0;
      const lxb_char_t* bytes = lxb_dom_element_local_name(element, &size);
      name = view(bytes, size);
      append_attribute(HtmlAttribute::kTagName, "", name);
    }
    bool is_json = false;
    for (lxb_dom_attr_t* attribute = element->first_attr; attribute != nullptr; attribute = attribute->next)
      take(*attribute, index, is_json);
    HtmlNode& here = tree_.nodes_[index];
    here.count = static_cast<uint32_t>(tree_.attributes_.size()) - here.first;
    if (!is_opaque(tag, name)) return node->first_child != nullptr;
    if (tag == HtmlTag::kScript && is_json && node->first_child != nullptr) return true;
    return false;
  }

  void append_text(std::string_view text, uint32_t parent) {
    if (text.empty()) return;
    const bool only_space = is_only_space(text);
    if (only_space) text = text.find('\n') != std::string_view::npos ? "\n" : " ";
    const uint32_t index = tree_.size();
    tree_.nodes_.push_back({.parent = parent,
                            .end = index + 1,
                            .first = static_cast<uint32_t>(tree_.texts_.size()),
                            .count = static_cast<uint32_t>(text.size()),
                            .tag = HtmlTag::kText,
                            .depth = static_cast<uint16_t>(tree_.nodes_[parent].depth + 1),
                            .only_space = only_space});
    append_bytes(text);
  }

  /// Text without NUL, which XML islands of a page can still hold.
  void append_bytes(std::string_view text) {
    const size_t begin = tree_.texts_.size();
    tree_.texts_.append(text);
    if (text.find('\0') != std::string_view::npos)
      std::replace(tree_.texts_.begin() + static_cast<ptrdiff_t>(begin), tree_.texts_.end(), '\0', ' ');
  }

  void take(lxb_dom_attr_t& attribute, uint32_t node, bool& is_json) {
    const Known& known = known_attribute(attribute);
    const std::string_view value = attribute.value == nullptr ? std::string_view() : view(attribute.value->data, attribute.value->length);
    switch (known.use) {
      case Use::kNone: return;
      case Use::kHidden: tree_.nodes_[node].hidden = true; return;
      case Use::kStyle:
        if (hides(value)) tree_.nodes_[node].hidden = true;
        return;
      case Use::kKept:
        if (known.name == HtmlAttribute::kType) is_json = is_json || ascii_lowered(value.substr(0, 64)).find("json") != std::string::npos;
        append_attribute(known.name, known.name == HtmlAttribute::kData ? known.text : std::string_view(), value);
        return;
    }
  }

  void append_attribute(HtmlAttribute kind, std::string_view name, std::string_view value) {
    const bool is_inline_file = (kind == HtmlAttribute::kSrc || kind == HtmlAttribute::kHref) && value.starts_with("data:");
    if (is_inline_file) value = "data:";
    if (value.size() > options_.max_html_attribute_bytes) {
      value = cut_text(value, options_.max_html_attribute_bytes);
      ++cut_values_;
    }
    HtmlTree::Attribute attribute{.name = kind};
    attribute.name_begin = static_cast<uint32_t>(tree_.texts_.size());
    attribute.name_size = static_cast<uint32_t>(name.size());
    append_bytes(name);
    attribute.begin = static_cast<uint32_t>(tree_.texts_.size());
    attribute.size = static_cast<uint32_t>(value.size());
    append_bytes(value);
    tree_.attributes_.push_back(attribute);
  }

  /// What becomes of an attribute; looked up once a page for each name.
  enum class Use : uint8_t { kNone, kKept, kHidden, kStyle };
  struct Known {
    Use use = Use::kNone;
    HtmlAttribute name = HtmlAttribute::kData;
    std::string_view text{};
  };
  const Known& known_attribute(lxb_dom_attr_t& attribute) {
    const auto [found, is_new] = known_.try_emplace(attribute.node.local_name);
    if (!is_new) return found->second;
    size_t size = 0;
    const lxb_char_t* bytes = lxb_dom_attr_local_name(&attribute, &size);
    Known& known = found->second;
    known.text = view(bytes, size);
    const auto name = attribute_names().find(known.text);
    if (known.text == "hidden") {
      known.use = Use::kHidden;
    } else if (known.text == "style") {
      known.use = Use::kStyle;
    } else if (name != attribute_names().end()) {
      known.use = Use::kKept;
      known.name = name->second;
    } else if (known.text.starts_with("data-")) {
      known.use = Use::kKept;
    }
    return known;
  }

  HtmlTree& tree_;
  const ArticleOptions& options_;
  const Noscript noscript_;
  std::unordered_map<uintptr_t, Known> known_;
  uint64_t cut_values_ = 0;
};

namespace {

Error too_large(uint64_t most) {
  return Error{.code = ErrorCode::kTooLarge, .message = "the page is over the limit of " + std::to_string(most) + " bytes"};
}

}  // namespace

Result<HtmlTree> parse_html(std::string_view bytes, std::string_view charset, const ArticleOptions& options, Noscript noscript) {
  if (bytes.size() > options.max_html_bytes) return too_large(options.max_html_bytes);
  DecodedHtml decoded;
  decode_html(bytes, charset, decoded);
  if (decoded.text.size() > options.max_html_bytes) return too_large(options.max_html_bytes);
  BoundedHtmlParser parser(options, noscript);
  lxb_html_document_t* document = parser.parse(decoded.text);
  if (document == nullptr || document->dom_document.element == nullptr)
    return Error{.code = ErrorCode::kUnreadable, .message = "the page could not be parsed"};
  HtmlTree tree;
  tree.reserve(decoded.text.size());
  HtmlTreeBuilder builder(tree, options, noscript);
  if (!builder.build(lxb_dom_interface_node(document->dom_document.element))) return too_large(options.max_html_bytes);
  builder.finish(decoded, parser.stopped());
  return tree;
}

}  // namespace casus
