// The text of HTML inside of feeds, mails and JSON.
#include "article/html/html_text.h"

#include <gtest/gtest.h>

namespace casus {
namespace {

TEST(HtmlText, BlocksAreParted) {
  EXPECT_EQ(html_to_text("<p>One <b>two</b>.</p><p>Three&nbsp;&amp; four</p>"), "One two.\n\nThree & four");
  EXPECT_EQ(html_to_text("<h2>Head</h2>\n\n\n<div>a<div>b</div></div><ul><li>c</li> <li>d</ul>"), "Head\n\na\n\nb\n\nc\n\nd");
  EXPECT_EQ(html_to_text("before<p>in</p>after"), "before\n\nin\n\nafter");
}

TEST(HtmlText, LinesAndCells) {
  EXPECT_EQ(html_to_text("a<br>b<br/> c<br><br>d"), "a\nb\nc\n\nd");
  EXPECT_EQ(html_to_text("<table><tr><th>x<th>y</tr><tr><td>1</td><td> 2 </td></tr></table>z"), "x\ty\n1\t2\n\nz");
  EXPECT_EQ(html_to_text("<pre>a\n  b</pre>"), "a\n  b");
}

TEST(HtmlText, PlainTextStays) {
  EXPECT_EQ(html_to_text("Fire &lt; water, 3 < 4 and AT&T"), "Fire < water, 3 < 4 and AT&T");
  EXPECT_EQ(html_to_text("  one \n two\t"), "one two");
  EXPECT_EQ(html_to_text(""), "");
  EXPECT_EQ(html_to_text(" \n"), "");
}

TEST(HtmlText, WhatIsNotSeenIsNotThere) {
  EXPECT_EQ(html_to_text("<title>T</title><p>a<script>x()</script><style>p{}</style></p><p hidden>h</p><p style='display: none'>s</p>"),
            "a");
  EXPECT_EQ(html_to_text("tr\u200Boo\u00ADps \u202Emove\u202C\uFEFF \u200F on"), "troops move on");
  EXPECT_EQ(html_to_text("<![CDATA[ x ]]><!-- y --><p>z"), "z");
}

TEST(HtmlText, BrokenInputIsRead) {
  EXPECT_EQ(html_to_text("<p>a\xFF<b>b"), "a\uFFFDb");
  EXPECT_EQ(html_to_text("<p><<b>x</p></div></td>y<"), "<x\n\ny<");
  EXPECT_EQ(html_to_text("<"), "<");
  EXPECT_EQ(html_to_text("<p"), "");
}

TEST(HtmlText, OneLine) {
  const Result<HtmlTree> tree = parse_html("<h1> A<br>b <p>c</p><span>d</span>e</h1>", "", {});
  EXPECT_EQ(visible_text(*tree, 0, true), "A b c de");
}

}  // namespace
}  // namespace casus
