#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_source.h"
#include "article/html/html_names.h"

namespace casus {

/// A node of a page: an element or a piece of text. See HtmlTree for how to walk.
struct HtmlNode {
  uint32_t parent = 0;  ///< the root's is itself
  uint32_t end = 0;     ///< one past the last node below this one: the subtree of node i is [i, end)
  uint32_t first = 0;   ///< of text: where its bytes begin; of elements: the first of its attributes
  uint32_t count = 0;   ///< of text: how many bytes; of elements: how many attributes
  HtmlTag tag = HtmlTag::kOther;
  bool hidden = false;      ///< by itself, not by what is above it: attribute hidden, style with display:none or visibility:hidden
  uint16_t depth = 0;       ///< of the root 0
  bool only_space = false;  ///< of text: nothing but white space, which is then kept as one character
};

/// Whether <noscript>, which only browsers without scripts show, is part of a page.
enum class Noscript : uint8_t { kLeftOut, kShown };

/// A page, parsed as browsers do and laid out flat: nodes in the order of the document, each before what is below it.
///
/// To see all that is in a page, go through nodes() from 0 on. To leave out a subtree, go on at its `end`:
///     for (uint32_t i = 0; i < tree.size(); i = skip(tree[i]) ? tree[i].end : i + 1) …
/// Children of node i: the first is i + 1 if i + 1 < tree[i].end; the next is the end of the one before, while that is below
/// tree[i].end (or HtmlTree::children). Ancestors: by `parent` until node 0, which is always <html>. <head> and <body> are always there.
///
/// What is not kept: comments; the contents of <script>, <style>, <template>, <noscript>, <iframe>, <svg>, <textarea> and the like
/// (<noscript> on demand), but for scripts whose type names JSON (kScript with one text node below: JSON-LD). So text nodes outside of
/// <head> and kScript are what a reader of the page sees, if no ancestor is hidden. Text is valid UTF-8 without NUL, entities decoded,
/// white space as in the page.
///
/// Ownership: owns all of it; views live as long as the tree.
/// Threads:   immutable.
class HtmlTree {
 public:
  [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }
  [[nodiscard]] std::span<const HtmlNode> nodes() const { return nodes_; }
  [[nodiscard]] const HtmlNode& operator[](uint32_t node) const { return nodes_[node]; }

  /// The bytes of a text node; "" of an element.
  [[nodiscard]] std::string_view text(uint32_t node) const;
  /// The value of the first attribute of that name; "" where there is none (or it is empty).
  [[nodiscard]] std::string_view attribute(uint32_t node, HtmlAttribute name) const;
  [[nodiscard]] bool has_attribute(uint32_t node, HtmlAttribute name) const;
  /// The value of a data-… attribute by its whole name ("data-testid"), or "".
  [[nodiscard]] std::string_view data_attribute(uint32_t node, std::string_view name) const;
  /// The name of an element in small letters, "" of text.
  [[nodiscard]] std::string_view tag_name(uint32_t node) const;

  /// The first child of `node` and then each one's next, as a range of node numbers.
  class Children;
  [[nodiscard]] Children children(uint32_t node) const;

  [[nodiscard]] const std::string& encoding() const { return encoding_; }  ///< "UTF-8", "windows-1252", …
  /// What was repaired or left out: broken bytes, a page read only so far.
  [[nodiscard]] const std::vector<Warning>& warnings() const { return warnings_; }

 private:
  friend class HtmlTreeBuilder;
  friend Result<HtmlTree> parse_html(std::string_view, std::string_view, const ArticleOptions&, Noscript);
  /// For a page of so many bytes, as most pages need: a third of them is text and values, and a node has 50.
  void reserve(size_t bytes) {
    texts_.reserve(bytes / 3);
    nodes_.reserve(bytes / 50);
    attributes_.reserve(bytes / 50);
  }
  struct Attribute {
    HtmlAttribute name;
    uint32_t name_begin = 0;  ///< of kData: its name in texts_
    uint32_t name_size = 0;
    uint32_t begin = 0;
    uint32_t size = 0;
  };
  [[nodiscard]] std::span<const Attribute> attributes(uint32_t node) const;
  [[nodiscard]] std::string_view piece(uint32_t begin, uint32_t size) const { return std::string_view(texts_).substr(begin, size); }

  std::vector<HtmlNode> nodes_;
  std::vector<Attribute> attributes_;
  std::string texts_;  ///< all text and all values, one after another
  std::string encoding_;
  std::vector<Warning> warnings_;
};

class HtmlTree::Children {
 public:
  class Iterator {
   public:
    Iterator(const HtmlTree& tree, uint32_t node) : tree_(&tree), node_(node) {}
    uint32_t operator*() const { return node_; }
    Iterator& operator++() {
      node_ = (*tree_)[node_].end;
      return *this;
    }
    bool operator==(const Iterator& other) const { return node_ == other.node_; }

   private:
    const HtmlTree* tree_;
    uint32_t node_;
  };
  Children(const HtmlTree& tree, uint32_t node) : tree_(&tree), node_(node) {}
  [[nodiscard]] Iterator begin() const { return {*tree_, node_ + 1}; }
  [[nodiscard]] Iterator end() const { return {*tree_, (*tree_)[node_].end}; }

 private:
  const HtmlTree* tree_;
  uint32_t node_;
};

inline HtmlTree::Children HtmlTree::children(uint32_t node) const { return {*this, node}; }

/// Parses a page or a fragment of one. `charset` is what the HTTP header says, or "" (html_decode.h has the rules).
/// Never fails for broken HTML. Limits (ArticleOptions): beyond max_html_depth open elements, max_html_nodes nodes or max_html_ms of
/// the thread's time the page is read so far and no further, with a warning; attribute values are cut at max_html_attribute_bytes.
/// Errors: kTooLarge for more than max_html_bytes (before and after decoding).
[[nodiscard]] Result<HtmlTree> parse_html(std::string_view bytes, std::string_view charset, const ArticleOptions& options,
                                          Noscript noscript = Noscript::kLeftOut);

}  // namespace casus
