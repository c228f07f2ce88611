#pragma once

#include <cstdint>
#include <string_view>

namespace casus {

// The elements that an extractor may ask for, as X(enumerator, name in HTML). All others are HtmlTag::kOther.
// clang-format off: two runs of it never agree about this table
#define CASUS_HTML_TAGS(X)                                                                                                                \
  X(A, a)                                                                                                                                 \
  X(Abbr, abbr)                                                                                                                           \
  X(Address, address)                                                                                                                     \
  X(Article, article)                                                                                                                     \
  X(Aside, aside)                                                                                                                         \
  X(Audio, audio)                                                                                                                         \
  X(B, b)                                                                                                                                 \
  X(Base, base) X(Blockquote, blockquote) X(Body, body) X(Br, br) X(Button, button) X(Canvas, canvas) X(Caption, caption)                 \
      X(Center, center) X(Cite, cite) X(Code, code) X(Data, data) X(Dd, dd) X(Del, del) X(Details, details) X(Dialog, dialog) X(Div, div) \
          X(Dl, dl) X(Dt, dt) X(Em, em) X(Embed, embed) X(Fieldset, fieldset) X(Figcaption, figcaption) X(Figure, figure) X(Font, font)   \
              X(Footer, footer) X(Form, form) X(H1, h1) X(H2, h2) X(H3, h3) X(H4, h4) X(H5, h5) X(H6, h6) X(Head, head) X(Header, header) \
                  X(Hr, hr) X(Html, html) X(I, i) X(Iframe, iframe) X(Img, img) X(Input, input) X(Ins, ins) X(Kbd, kbd) X(Label, label)   \
                      X(Legend, legend) X(Li, li) X(Link, link) X(Main, main) X(Mark, mark) X(Math, math) X(Menu, menu) X(Meta, meta)     \
                          X(Nav, nav) X(Noscript, noscript) X(Object, object) X(Ol, ol) X(Option, option) X(P, p) X(Picture, picture)     \
                              X(Pre, pre) X(Q, q) X(S, s) X(Samp, samp) X(Script, script) X(Search, search) X(Section, section)           \
                                  X(Select, select) X(Small, small) X(Source, source) X(Span, span) X(Strike, strike) X(Strong, strong)   \
                                      X(Style, style) X(Sub, sub) X(Summary, summary) X(Sup, sup) X(Svg, svg) X(Table, table)             \
                                          X(Tbody, tbody) X(Td, td) X(Template, template) X(Textarea, textarea) X(Tfoot, tfoot) X(Th, th) \
                                              X(Thead, thead) X(Time, time) X(Title, title) X(Tr, tr) X(Tt, tt) X(U, u) X(Ul, ul)         \
                                                  X(Var, var) X(Video, video) X(Wbr, wbr)

/// What a node of an HtmlTree is: text, or an element by its name.
enum class HtmlTag : uint8_t {
  kText,
  kOther,  ///< an element without a name of its own here, such as <amp-ad>; its name is HtmlTree::tag_name
#define CASUS_X(enumerator, name) k##enumerator,
  CASUS_HTML_TAGS(CASUS_X)
#undef CASUS_X
};

// The attributes that are kept, as X(enumerator, name in HTML). Besides them every data-… attribute is (HtmlAttribute::kData).
#define CASUS_HTML_ATTRIBUTES(X)                                                                                                      \
  X(Alt, "alt")                                                                                                                       \
  X(AriaHidden, "aria-hidden")                                                                                                        \
  X(AriaLabel, "aria-label")                                                                                                          \
  X(Charset, "charset")                                                                                                               \
  X(Cite, "cite")                                                                                                                     \
  X(Class, "class")                                                                                                                   \
  X(Content, "content")                                                                                                               \
  X(Datetime, "datetime") X(Href, "href") X(Hreflang, "hreflang") X(HttpEquiv, "http-equiv") X(Id, "id") X(Itemprop, "itemprop")      \
      X(Itemscope, "itemscope") X(Itemtype, "itemtype") X(Lang, "lang") X(Name, "name") X(Property, "property") X(Pubdate, "pubdate") \
          X(Rel, "rel") X(Role, "role") X(Src, "src") X(Title, "title") X(Type, "type") X(Value, "value") X(XmlLang, "xml:lang")
// clang-format on

enum class HtmlAttribute : uint8_t {
  kData,
  kTagName,  ///< for HtmlTree's own use: the name of an element that is HtmlTag::kOther
#define CASUS_X(enumerator, name) k##enumerator,
  CASUS_HTML_ATTRIBUTES(CASUS_X)
#undef CASUS_X
};

/// "p" for HtmlTag::kP; "" for kText and kOther.
[[nodiscard]] std::string_view html_tag_name(HtmlTag tag);

/// Whether a browser begins a new line for this element: paragraphs, headings, lists, tables, sections. Not <br>.
[[nodiscard]] bool is_block_tag(HtmlTag tag);

}  // namespace casus
