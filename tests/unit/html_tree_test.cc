// Pages become flat trees: what is kept, what is not, encodings, and pages made to break the parser.
#include "article/html/html_tree.h"

#include <gtest/gtest.h>

#include <ctime>
#include <functional>
#include <string>

#include "base/utf8.h"
#include "support/sanitized.h"

namespace casus {
namespace {

HtmlTree parse(std::string_view bytes, std::string_view charset = "", const ArticleOptions& options = {}) {
  Result<HtmlTree> tree = parse_html(bytes, charset, options);
  EXPECT_TRUE(tree.ok());
  return tree.ok() ? std::move(*tree) : HtmlTree();
}

/// All text but white space, nodes parted by "|".
std::string texts(const HtmlTree& tree) {
  std::string out;
  for (uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag == HtmlTag::kText && !tree[i].only_space) out += (out.empty() ? "" : "|") + std::string(tree.text(i));
  }
  return out;
}

/// Elements in brackets, as they nest.
std::string shape(const HtmlTree& tree, uint32_t node) {
  if (tree[node].tag == HtmlTag::kText) return tree[node].only_space ? "_" : std::string(tree.text(node));
  std::string out = "(" + std::string(tree.tag_name(node));
  for (const uint32_t child : tree.children(node)) out += " " + shape(tree, child);
  return out + ")";
}

uint32_t first_of(const HtmlTree& tree, HtmlTag tag) {
  for (uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag == tag) return i;
  }
  ADD_FAILURE() << "no <" << html_tag_name(tag) << ">";
  return 0;
}

void check(const HtmlTree& tree) {
  ASSERT_GT(tree.size(), 0U);
  ASSERT_EQ(tree[0].end, tree.size());
  for (uint32_t i = 1; i < tree.size(); ++i) {
    const HtmlNode& node = tree[i];
    ASSERT_LT(node.parent, i);
    ASSERT_GT(node.end, i);
    ASSERT_LE(node.end, tree[node.parent].end);
    ASSERT_EQ(node.depth, tree[node.parent].depth + 1);
    ASSERT_TRUE(is_valid_utf8(tree.text(i)));
    ASSERT_EQ(tree.text(i).find('\0'), std::string_view::npos);
  }
}

TEST(HtmlTree, NestsAsBrowsersDo) {
  const HtmlTree tree = parse("<!doctype html><title>T</title><p>One <b>two<p>three<ul><li>a<li>b</ul>");
  EXPECT_EQ(shape(tree, 0), "(html (head (title T)) (body (p One  (b two)) (p (b three)) (ul (li (b a)) (li (b b)))))");
  check(tree);
}

TEST(HtmlTree, KeepsWhiteSpaceAsOneCharacter) {
  EXPECT_EQ(shape(parse("<body><p> a</p>\n\n  <p>b</p> "), 0), "(html (head) (body (p  a) _ (p b) _))");
}

TEST(HtmlTree, RootHeadAndBodyAreAlwaysThere) {
  for (const char* page : {"", " ", "text", "<p>", "<frameset>", "</html>", "<!--"}) {
    const HtmlTree tree = parse(page);
    check(tree);
    EXPECT_EQ(tree[0].tag, HtmlTag::kHtml) << page;
    EXPECT_EQ(tree[1].tag, HtmlTag::kHead) << page;
  }
}

TEST(HtmlTree, Attributes) {
  const HtmlTree tree = parse("<body><a id=x class='a b' HREF='/q?a=1&amp;b=2' data-Test=7 onclick=go width=3>k</a><amp-ad></amp-ad>");
  const uint32_t anchor = first_of(tree, HtmlTag::kA);
  EXPECT_EQ(tree.attribute(anchor, HtmlAttribute::kId), "x");
  EXPECT_EQ(tree.attribute(anchor, HtmlAttribute::kClass), "a b");
  EXPECT_EQ(tree.attribute(anchor, HtmlAttribute::kHref), "/q?a=1&b=2");
  EXPECT_EQ(tree.data_attribute(anchor, "data-test"), "7");
  EXPECT_EQ(tree.data_attribute(anchor, "data-none"), "");
  EXPECT_FALSE(tree.has_attribute(anchor, HtmlAttribute::kTitle));
  EXPECT_EQ(tree.tag_name(first_of(tree, HtmlTag::kOther)), "amp-ad");
}

TEST(HtmlTree, HiddenElementsAreMarked) {
  for (const char* attributes : {"hidden", "style='color:red; DISPLAY : none'", "style=visibility:hidden"})
    EXPECT_TRUE(parse("<body><div " + std::string(attributes) + ">x</div>")[3].hidden) << attributes;
  for (const char* attributes : {"", "style='display:block'", "class=hidden", "aria-hidden=true"})
    EXPECT_FALSE(parse("<body><div " + std::string(attributes) + ">x</div>")[3].hidden) << attributes;
}

TEST(HtmlTree, TextOfScriptsAndTheLikeIsNotKept) {
  for (const char* opaque :
       {"<script>document.write('<p>LEAK</p>')</script>", "<style>p{LEAK}</style>", "<template><p>LEAK</p></template>",
        "<noscript><p>LEAK</p></noscript>", "<iframe><p>LEAK</p></iframe>", "<svg><title>LEAK</title><text>LEAK</text></svg>",
        "<textarea>LEAK</textarea>", "<!-- LEAK -->", "<noembed>LEAK</noembed>", "<xmp>LEAK</xmp>", "<object>LEAK</object>",
        "<script type='text/template'><p>LEAK</p></script>", "<canvas>LEAK</canvas>", "<?php LEAK ?>", "<![CDATA[ LEAK ]]>"}) {
    EXPECT_EQ(texts(parse("<body><p>a</p>" + std::string(opaque) + "<p>b</p>")), "a|b") << opaque;
  }
}

TEST(HtmlTree, JsonScriptsAreKept) {
  const HtmlTree tree = parse(R"(<script type="application/LD+json">{"a": "<b>&amp;"}</script><body>x)");
  EXPECT_EQ(shape(tree, first_of(tree, HtmlTag::kScript)), R"((script {"a": "<b>&amp;"}))");
}

struct Encoded {
  const char* what;
  std::string bytes;
  const char* charset;
  const char* encoding;
  const char* text;
};

TEST(HtmlTree, Encodings) {
  using namespace std::string_literals;
  const Encoded cases[] = {
      {"nothing said, UTF-8", "<p>caf\xC3\xA9", "", "UTF-8", "café"},
      {"nothing said, not UTF-8", "<p>caf\xE9 \x93x\x94", "", "windows-1252", "café “x”"},
      {"meta", "<meta charset=iso-8859-2><p>\xB1", "", "ISO-8859-2", "ą"},
      {"old meta", "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>\xCC\xE8\xF0", "", "windows-1251", "Мир"},
      {"header before meta", "<meta charset=utf-8><p>\xCC\xE8\xF0", "windows-1251", "windows-1251", "Мир"},
      {"header in quotes", "<p>\x82\xA0", "\"Shift_JIS\"", "Shift_JIS", "あ"},
      {"mark before header", "\xEF\xBB\xBF<p>caf\xC3\xA9", "windows-1251", "UTF-8", "café"},
      {"UTF-16 with mark", "\xFF\xFE<\0p\0>\0\x1C\x04"s, "", "UTF-16LE", "М"},
      {"big endian", "\xFE\xFF\0<\0p\0>\x04\x1C"s, "", "UTF-16BE", "М"},
      {"unknown name", "<meta charset=klingon><p>caf\xE9", "x-nothing", "windows-1252", "café"},
      {"UTF-16 that cannot be", "<meta charset=utf-16><p>caf\xC3\xA9", "", "UTF-8", "café"},
      {"latin-1 that is UTF-8", "<meta charset=iso-8859-1><p>caf\xC3\xA9", "", "UTF-8", "café"},
      {"GBK", "<p>\xD6\xD0", "gb2312", "GBK", "中"},
      {"EUC-KR", "<p>\xB0\xA1", "euc-kr", "EUC-KR", "가"},
      {"Big5", "<p>\xA4\xA4", "big5", "Big5", "中"},
      {"Japanese mail", "<p>\x1B$B$\"\x1B(B", "iso-2022-jp", "ISO-2022-JP", "あ"},
      {"macintosh", "<p>\x8E", "macintosh", "macintosh", "é"},
      {"KOI8", "<p>\xCD\xC9\xD2", "koi8-r", "KOI8-R", "мир"},
  };
  for (const Encoded& c : cases) {
    const HtmlTree tree = parse(c.bytes, c.charset);
    EXPECT_EQ(tree.encoding(), c.encoding) << c.what;
    EXPECT_EQ(texts(tree), c.text) << c.what;
    EXPECT_TRUE(tree.warnings().empty()) << c.what;
    check(tree);
  }
}

TEST(HtmlTree, BrokenBytesAreReplacedAndCounted) {
  const HtmlTree tree = parse("<meta charset=utf-8><p>a\xFFz \xC3( \xE2\x82</p>");
  EXPECT_EQ(texts(tree), "a\uFFFDz \uFFFD( \uFFFD");
  ASSERT_EQ(tree.warnings().size(), 1U);
  EXPECT_EQ(tree.warnings()[0].message, "3 broken byte sequences were replaced by U+FFFD (UTF-8)");
  const HtmlTree other = parse("<p>\x82", "shift_jis");
  ASSERT_EQ(other.warnings().size(), 1U);
  EXPECT_EQ(other.warnings()[0].message, "1 broken byte sequence was replaced by U+FFFD (Shift_JIS)");
}

TEST(HtmlTree, LongTextInAnotherEncodingIsDecodedWhole) {
  std::string page = "<p>";
  for (int i = 0; i < 20'000; ++i) page += "\xE9x";
  const HtmlTree tree = parse(page, "iso-8859-1");
  EXPECT_EQ(texts(tree).size(), 60'000U);
}

TEST(HtmlTree, NulBytesDoNotReachTheText) {
  using namespace std::string_literals;
  const HtmlTree tree = parse("<body>\0<p cl\0ass='a\0b' id='c\0d'>x\0y</p><svg><title>\0</title></svg><math>\0z</math>"s);
  check(tree);
  EXPECT_EQ(tree.attribute(first_of(tree, HtmlTag::kP), HtmlAttribute::kId), "c\uFFFDd");
}

// Pages made to break the parser: a second is far more than any of them needs, and far less than what they cost without limits.
struct Hostile {
  const char* what;
  std::function<std::string()> page;
  bool is_stopped;
};

std::string repeat(std::string_view text, size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string numbered(std::string_view before, std::string_view after, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += std::string(before) + std::to_string(i) + std::string(after);
  return out;
}

/// Pages that are one long token, whose buffer grows step by step, which a sanitizer copies at each step; and those that are all steps.
constexpr size_t kTokenPieces = kIsSanitized ? 50'000 : 1'000'000;

TEST(HtmlTree, HostilePagesTakeBoundedTime) {
  const Hostile pages[] = {
      {"nested blocks", [] { return repeat("<div>", 100'000) + "x"; }, true},
      {"nested formatting", [] { return repeat("<a><b><i>", 30'000); }, true},
      {"formatting in every paragraph", [] { return numbered("<b id=", ">", 400) + repeat("<p>x", 20'000); }, false},
      {"nested tables", [] { return repeat("<table><tr><td>", 50'000); }, true},
      {"text before tables", [] { return repeat("<table>x", 50'000); }, false},
      {"nested lists", [] { return repeat("<ul><li>", 50'000); }, true},
      {"many attributes", [] { return "<p " + numbered("a", "=1 ", 50'000) + ">x"; }, false},
      {"many kinds of element", [] { return numbered("<p><x", ">y", 50'000); }, false},
      {"one long attribute", [] { return "<p title='" + repeat("x", 10'000'000) + "'>x"; }, false},
      {"one long text", [] { return "<p>" + repeat("x ", 5'000'000); }, false},
      {"one long tag name", [] { return "<" + repeat("x", 5'000'000) + ">"; }, false},
      {"end tags without begin", [] { return repeat("<div>", 500) + repeat("</p></x>", kTokenPieces / 10); }, false},
      {"entities", [] { return "<p>" + repeat("&amp", kTokenPieces); }, false},
      {"links", [] { return numbered("<a href='/", "'>link</a>", 10'000); }, false},
      {"nested templates", [] { return repeat("<template>", 50'000); }, true},
      {"nested svg", [] { return repeat("<svg><g>", 50'000); }, true},
      {"options", [] { return "<p>a<select>" + repeat("<option>x", 50'000) + "</select>"; }, false},
      {"headings that do not end", [] { return repeat("<h1><font>", 50'000); }, true},
      {"an open comment", [] { return "<!--" + repeat("-<!--", kTokenPieces / 2); }, false},
      {"an open script", [] { return "<script>" + repeat("<!--<script>", kTokenPieces / 2); }, false},
      {"only opening brackets", [] { return repeat("<", 2 * kTokenPieces); }, false},
  };
  for (const Hostile& hostile : pages) {
    const std::string page = hostile.page();
    const std::clock_t begin = std::clock();  // the time of this process: others on the machine do not count
    ArticleOptions options;
    options.max_html_ms *= kSlowness;
    const HtmlTree tree = parse(page, "", options);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    EXPECT_LT(seconds, 5 * kSlowness) << hostile.what;
    check(tree);
    EXPECT_EQ(!tree.warnings().empty() && tree.warnings()[0].message.starts_with("the page was not read to its end"), hostile.is_stopped)
        << hostile.what;
    RecordProperty(hostile.what, std::to_string(seconds));
  }
}

TEST(HtmlTree, TextBeforeTheLimitIsKept) {
  const HtmlTree tree = parse("<p>first</p>" + repeat("<div>", 600) + "<p>last");
  EXPECT_EQ(texts(tree), "first");
  ASSERT_EQ(tree.warnings().size(), 1U);
  EXPECT_EQ(tree.warnings()[0].message, "the page was not read to its end: more than 512 of its elements are open at once");
}

TEST(HtmlTree, LimitsAreOptions) {
  EXPECT_EQ(parse_html("<p>x", "", {.max_html_bytes = 3}).error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(parse_html("\xE9\xE9\xE9", "", {.max_html_bytes = 3}).error().code, ErrorCode::kTooLarge) << "decoded it is longer";
  EXPECT_EQ(texts(parse("<p>a<p>b<p>c", "", {.max_html_nodes = 4})), "a|b");
  EXPECT_EQ(texts(parse("<div>a<div>b<div>c", "", {.max_html_depth = 4})), "a|b");
  const HtmlTree cut = parse("<p title='aé'>x", "", {.max_html_attribute_bytes = 2});
  EXPECT_EQ(cut.attribute(first_of(cut, HtmlTag::kP), HtmlAttribute::kTitle), "a");
  EXPECT_EQ(cut.warnings().size(), 1U);
  const HtmlTree few = parse("<p id=1 title=2 lang=3>x", "", {.max_html_attributes = 2});
  EXPECT_FALSE(few.has_attribute(first_of(few, HtmlTag::kP), HtmlAttribute::kLang));
}

}  // namespace
}  // namespace casus
