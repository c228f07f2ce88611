// Where the article is in a page: each rule both ways, on pages of a few lines.
#include "article/html/body.h"

#include <ctime>
#include <string>
#include <vector>

#include "article/html/metadata.h"
#include "article/marked_text.h"
#include "support/article_test.h"

namespace casus {
namespace {

constexpr std::string_view kFirst = "<p>The two ministers met in Geneva on Friday and spoke for three hours about the border.</p>";
constexpr std::string_view kSecond = "<p>Neither side said afterwards when they would meet again, but both called the talks useful.</p>";
constexpr std::string_view kThird = "<p>A ceasefire has held along the river since the middle of March, according to observers there.</p>";

ArticleOptions test_options() {
  ArticleOptions options;
  options.noise_rules = test_noise_rules();
  options.keep_left_out = true;
  return options;
}

HtmlBody body_of(std::string_view html, std::string_view title = "", const ArticleOptions& options = test_options()) {
  const Result<HtmlTree> tree = parse_html(html, "utf-8", options);
  if (!tree) {
    ADD_FAILURE() << tree.error().message;
    return {};
  }
  const PageMetadata page = read_metadata(*tree, "", options);
  PageHints hints = hints_of(page);
  hints.title = title;
  return find_body(*tree, hints, options);
}

/// What is kept: pieces parted by "|", headings with "#", the first three words of longer pieces.
std::string kept(const HtmlStory& story) {
  std::string out;
  for (const MarkedPiece& piece : story.pieces) {
    if (!piece.reason.empty()) continue;
    if (!out.empty()) out += piece.joins ? "+" : "|";
    if (piece.kind == BlockKind::kHeading) out += "#";
    const size_t third = piece.text.find(' ', piece.text.find(' ', piece.text.find(' ') + 1) + 1);
    out += piece.text.size() > 60 ? piece.text.substr(0, third) : piece.text;
  }
  return out;
}
std::string kept(std::string_view html, std::string_view title = "") { return kept(body_of(html, title).story); }

/// Why a piece that begins so was left out; "kept", or "absent".
std::string reason(std::string_view html, std::string_view beginning, std::string_view title = "") {
  for (const MarkedPiece& piece : body_of(html, title).story.pieces) {
    if (piece.text.starts_with(beginning)) return piece.reason.empty() ? "kept" : piece.reason;
  }
  return "absent";
}

std::string page(std::string_view inside) {
  return "<body><div id=main>" + std::string(kFirst) + std::string(kSecond) + std::string(inside) + std::string(kThird) + "</div></body>";
}

constexpr std::string_view kAll = "The two ministers|Neither side said|A ceasefire has";

TEST(HtmlBody, KeepsParagraphsInTheirOrder) { EXPECT_EQ(kept(page("")), kAll); }

TEST(HtmlBody, ReadsPagesWithoutRules) { EXPECT_EQ(kept(body_of(page("<nav>Home</nav>"), "", {}).story), kAll); }

TEST(HtmlBody, EmptyPagesHaveNoPieces) {
  EXPECT_EQ(kept(""), "");
  EXPECT_EQ(kept("<body><script>var a = 'The ministers met in Geneva.';</script><div> </div>"), "");
}

TEST(HtmlBody, LeavesOutMenusAndFoot) {
  const std::string html = "<nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>" + page("") +
                           "<footer><p>All rights kept by the Daily Post.</p></footer>";
  EXPECT_EQ(kept(html), kAll);
  EXPECT_EQ(reason(html, "World"), "menu");
  EXPECT_EQ(reason(html, "All rights"), "menu");
}

TEST(HtmlBody, NamesOfPartsGiveReasons) {
  EXPECT_EQ(reason(page("<div class=share-bar>Share this with friends.</div>"), "Share"), "share");
  EXPECT_EQ(reason(page("<div class=\"c-newsletterSignup__box\">Our best stories every morning.</div>"), "Our best"), "newsletter");
  EXPECT_EQ(reason(page("<div id=RelatedArticles>Floods in the north of the country.</div>"), "Floods"), "related");
  EXPECT_EQ(reason(page("<p class=photo-captions>The ministers on Friday.</p>"), "The ministers on"), "caption");
  EXPECT_EQ(reason(page("<figure><figcaption>The ministers on Friday.</figcaption></figure>"), "The ministers on"), "caption");
  EXPECT_EQ(reason(page("<div style=\"display: none\">Not for the eye, but for programs.</div>"), "Not for"), "hidden");
}

TEST(HtmlBody, NamesThatOnlySoundAlikeDoNot) {
  EXPECT_EQ(reason(page("<div class=shareholders>Owners voted for it on Friday.</div>"), "Owners"), "kept");
  EXPECT_EQ(reason(page("<div class=\"post tag-newsletter category-comments\">Owners voted for it on Friday.</div>"), "Owners"), "kept");
}

TEST(HtmlBody, AWrapperIsNotWhatItsNameSays) {
  EXPECT_EQ(kept("<body><div class=share>" + page("") + "</div>"), kAll);
  EXPECT_EQ(kept("<body class=\"modal sidebar\">" + page("")), kAll);
}

TEST(HtmlBody, CommentsLongerThanTheArticleAreLeftOut) {
  std::string comments = "<ol class=comment-list>";
  for (int i = 0; i < 20; ++i) comments += "<li><p>I do not think that either of the two will ever keep what was promised on that day.</p>";
  const std::string html = page("") + comments + "</ol>";
  EXPECT_EQ(kept(html), kAll);
  EXPECT_EQ(reason(html, "I do not think"), "comments");
}

TEST(HtmlBody, GalleriesKeepTheirCaptions) {
  std::string gallery;
  for (int i = 0; i < 6; ++i) gallery += "<figure><figcaption>" + std::string(kFirst) + "</figcaption></figure>";
  EXPECT_NE(kept("<body><div>" + std::string(kSecond) + gallery + "</div>").find("The two ministers"), std::string::npos);
}

TEST(HtmlBody, TheHeadlineIsNotRepeated) {
  const std::string html = "<body><article><h1>Ministers meet in Geneva</h1>" + page("<h2>What comes next</h2>") + "</article>";
  EXPECT_EQ(kept(html), "The two ministers|Neither side said|#What comes next|A ceasefire has");
  EXPECT_EQ(body_of(html).story.headline, "Ministers meet in Geneva");
  EXPECT_EQ(reason(page("<h2>Ministers meet in Geneva</h2>"), "Ministers", "Ministers meet in Geneva | Daily Post"), "title");
  EXPECT_EQ(reason(page("<h2>Ministers meet in Vienna</h2>"), "Ministers", "Ministers meet in Geneva | Daily Post"), "kept");
}

TEST(HtmlBody, ALineAboveTheTextMayBeTheTitle) {
  EXPECT_EQ(kept("<body><div><b>Ministers meet</b>" + page("") + "</div>", "Ministers meet"), kAll);
  EXPECT_EQ(reason(page("<p>Ministers meet</p>"), "Ministers meet", "Ministers meet"), "kept");
}

TEST(HtmlBody, AStandfirstBelongsToTheArticle) {
  const std::string head =
      "<body><header><h1>Ministers meet</h1><p>The talks were the first since the war began in the spring.</p>"
      "<p>By Ann Writer</p></header><div class=article-body>";
  EXPECT_EQ(kept(head + page("") + "</div>"), "The talks were the first since the war began in the spring.|" + std::string(kAll));
}

TEST(HtmlBody, LinesOfLinksAreWaysOut) {
  EXPECT_EQ(reason(page("<p><a href=/a>Floods in the north</a></p>"), "Floods"), "related");
  EXPECT_EQ(reason(page("<p>The <a href=/a>report</a> was published in the north on Friday.</p>"), "The report"), "kept");
}

TEST(HtmlBody, HeadingsWithNothingBelowGo) {
  EXPECT_EQ(reason(page("") + "<h3>More from Europe</h3>", "More from"), "outside");
  EXPECT_EQ(
      reason("<body><div>" + std::string(kFirst) + std::string(kSecond) + "<h3>Elsewhere</h3><ul><li><a href=/a>Floods</a></ul></div>",
             "Elsewhere"),
      "tail");
  EXPECT_EQ(reason(page("<h3>Elsewhere</h3>"), "Elsewhere"), "kept");
}

TEST(HtmlBody, SectionLinesTakeTheirLinksAlong) {
  const std::string html = page("<p>Read more</p><p><a href=/a>Floods in the north of the country have cut off</a> two towns</p>");
  EXPECT_EQ(reason(html, "Read more"), "related");
  EXPECT_EQ(kept(html), kAll);
  EXPECT_EQ(reason(page("<p>Read more of it in the report of the observers.</p>"), "Read more"), "kept");
}

TEST(HtmlBody, ListsTablesAndQuotesStay) {
  EXPECT_EQ(kept(page("<ul><li>Open the road<li>Free the prisoners</ul>")),
            "The two ministers|Neither side said|Open the road|Free the prisoners|A ceasefire has");
  EXPECT_EQ(kept(page("<table><tr><td>Dead<td>12<tr><td>Hurt<td>40</table>")),
            "The two ministers|Neither side said|Dead+12|Hurt+40|A ceasefire has");
  EXPECT_EQ(kept(page("<blockquote class=twitter-tweet><p>We have agreed on more than we hoped for.</p></blockquote>")),
            "The two ministers|Neither side said|We have agreed on more than we hoped for.|A ceasefire has");
}

TEST(HtmlBody, LineBreaksPartWhatStandsForItself) {
  EXPECT_EQ(kept(page("<p>One.<br>Two.<br><br>three</p>")), "The two ministers|Neither side said|One.|Two.|three|A ceasefire has");
  const HtmlBody body = body_of(page("<p>The line goes<br>on here.</p>"));
  EXPECT_EQ(body.story.pieces[2].text, "The line goes\non here.");
}

TEST(HtmlBody, WhiteSpaceIsMadeSingle) {
  EXPECT_EQ(kept(page("<p>A&nbsp;b \n\t c<b> d</b>e&shy;f\u200bg <i></i> .</p>")),
            "The two ministers|Neither side said|A b c defg .|A ceasefire has");
  EXPECT_EQ(kept(page("<p>The <span hidden>secret </span>talks <script>x</script>went on.</p>")),
            "The two ministers|Neither side said|The talks went on.|A ceasefire has");
}

TEST(HtmlBody, BoundsTheBlocksItLooksAt) {
  ArticleOptions options = test_options();
  options.max_blocks = 2;
  EXPECT_EQ(kept(body_of(page(""), "", options).story), "The two ministers|Neither side said");
}

// --- live blogs ---

std::string entry(std::string_view names, std::string_view time, std::string_view heading, std::string_view text) {
  return "<div " + std::string(names) + "><time datetime=\"" + std::string(time) + "\">then</time><h2>" + std::string(heading) + "</h2>" +
         std::string(text) + "</div>";
}

TEST(HtmlLiveBlog, EntriesAreStoriesOfTheirOwn) {
  const std::string html =
      "<body><h1>War in the east: live</h1><p>What happened today, from our reporters on both sides of the river.</p>" +
      entry("class=live-blog-post id=e2", "2022-03-02T10:00:00Z", "Talks begin", kFirst) +
      entry("class=live-blog-post id=e1", "2022-03-02T08:00:00Z", "Good morning", kThird);
  const HtmlBody body = body_of(html);
  ASSERT_EQ(body.entries.size(), 2U);
  EXPECT_EQ(body.entries[0].headline, "Talks begin");
  EXPECT_EQ(body.entries[0].anchor, "e2");
  EXPECT_EQ(body.entries[0].time, "2022-03-02T10:00:00Z");
  EXPECT_EQ(kept(body.entries[0]), "The two ministers");
  EXPECT_EQ(kept(body.entries[1]), "A ceasefire has");
  EXPECT_EQ(body.story.headline, "War in the east: live");
  EXPECT_EQ(kept(body.story), "What happened today,");
}

TEST(HtmlLiveBlog, SchemaNamesMakeEntries) {
  const std::string html = "<body><div>" + entry("itemprop=liveBlogUpdate", "2022-03-02", "A", kFirst) +
                           entry("itemprop=liveBlogUpdate", "2022-03-01", "B", kThird) + "</div>";
  EXPECT_EQ(body_of(html).entries.size(), 2U);
}

TEST(HtmlLiveBlog, APageThatSaysSoHasItsArticlesAsEntries) {
  std::string items;
  for (int i = 0; i < 3; ++i) items += "<article><time>10:0" + std::to_string(i) + "</time>" + std::string(kFirst) + "</article>";
  const std::string says = "<script type=\"application/ld+json\">{\"@type\" : \"LiveBlogPosting\"}</script>";
  EXPECT_EQ(body_of(says + "<main>" + items + "</main>").entries.size(), 3U);
  EXPECT_EQ(body_of("<main>" + items + "</main>").entries.size(), 0U);
}

TEST(HtmlLiveBlog, OneEntryOrNoTimesIsNoLiveBlog) {
  EXPECT_EQ(body_of(page(entry("class=live-post", "2022-03-02", "A", kFirst))).entries.size(), 0U);
  const std::string untimed = "<div class=live-post>" + std::string(kFirst) + "</div>";
  EXPECT_EQ(body_of(page(untimed + untimed)).entries.size(), 0U);
}

// --- paywalls ---

constexpr std::string_view kNotFree = "<script type=\"application/ld+json\">{\"isAccessibleForFree\": \"False\"}</script>";

TEST(HtmlPaywall, AStubIsSaidToBeOne) {
  EXPECT_TRUE(body_of(std::string(kNotFree) + page("")).paywalled);
  EXPECT_TRUE(body_of(page("") + "<div><p>Subscribe to continue reading</p></div>").paywalled);
  EXPECT_TRUE(body_of(page("<p>Already a subscriber? Log in here.</p>")).paywalled);
  EXPECT_EQ(reason(page("<p>Already a subscriber? Log in here.</p>"), "Already"), "paywall");
}

TEST(HtmlPaywall, AWholeArticleIsNot) {
  EXPECT_FALSE(body_of(page("")).paywalled);
  EXPECT_FALSE(body_of("<script type=\"application/ld+json\">{\"isAccessibleForFree\": true}</script>" + page("")).paywalled);
  std::string all;
  for (int i = 0; i < 20; ++i) all += kFirst;
  all += all;
  EXPECT_FALSE(body_of(std::string(kNotFree) + page(all)).paywalled);
  EXPECT_FALSE(body_of(page("<p>They had to subscribe to continue their work.</p>")).paywalled);
}

// --- pages made to take long ---

TEST(HtmlBodyBounds, ManyLinksBlocksAndCells) {
  std::string links;
  std::string cells = "<table><tr>";
  std::string deep;
  for (int i = 0; i < 100000; ++i) {
    links += "<a class=\"share-a-b-c-d related\" href=/>x</a> ";
    cells += "<td>1";
    deep += "<p>a<div class=share>";
  }
  for (const std::string& html : {links, cells, deep}) {
    const std::clock_t start = std::clock();
    (void)body_of(page(html));
    EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 5.0) << html.substr(0, 20);
  }
}

// --- from pieces to the article ---

MarkedPiece piece(std::string text, std::string why = "", bool joins = false) {
  return {.text = std::move(text), .kind = BlockKind::kParagraph, .reason = std::move(why), .joins = joins};
}

ArticlePtr build(std::vector<MarkedPiece> pieces) {
  Result<ArticlePtr> article = build_marked_article({}, std::move(pieces), {}, test_options());
  EXPECT_TRUE(article.ok());
  return article.ok() ? *article : nullptr;
}

TEST(MarkedText, JoinsPiecesWithBlankLinesAndCellsWithTabs) {
  const ArticlePtr article = build({piece("One."), piece("Dead"), piece("12", "", true), piece("Two.")});
  ASSERT_TRUE(article);
  EXPECT_EQ(article->text(), "One.\n\nDead\t12\n\nTwo.");
  ASSERT_EQ(article->blocks().size(), 3U);
  EXPECT_EQ(article->view(article->blocks()[1].span), "Dead\t12");
}

TEST(MarkedText, LeavesOutWhatHasAReasonAndWhatIsNoise) {
  const ArticlePtr article = build({piece("Home", "menu"), piece("The ministers met on Friday in Geneva."),
                                    piece("READ MORE: Floods in the north"), piece("They spoke for three hours there.")});
  ASSERT_TRUE(article);
  EXPECT_EQ(article->text(), "The ministers met on Friday in Geneva.\n\nThey spoke for three hours there.");
  ASSERT_EQ(article->fields().left_out.size(), 2U);
  EXPECT_EQ(article->fields().left_out[0].reason, "menu");
  EXPECT_EQ(article->fields().left_out[1].text, "READ MORE: Floods in the north");
  EXPECT_EQ(article->fields().left_out[1].reason, "read-more");
}

TEST(MarkedText, SplitsDatelines) {
  const ArticlePtr article =
      build({piece("KYIV, Feb 2 (Reuters) - The ministers met on Friday."), piece("They spoke for three hours there.")});
  ASSERT_TRUE(article);
  ASSERT_EQ(article->blocks().size(), 3U);
  EXPECT_EQ(article->blocks()[0].kind, BlockKind::kDateline);
  EXPECT_EQ(article->fields().dateline_place, "KYIV");
}

TEST(MarkedText, NothingLeftIsAnError) {
  const Result<ArticlePtr> article = build_marked_article({}, {piece("Home", "menu"), piece("")}, {}, test_options());
  ASSERT_FALSE(article.ok());
  EXPECT_EQ(article.error().code, ErrorCode::kEmpty);
}

TEST(MarkedText, TooLongIsAnError) {
  ArticleOptions options = test_options();
  options.max_article_bytes = 10;
  const Result<ArticlePtr> article = build_marked_article({}, {piece("The ministers met.")}, {}, options);
  ASSERT_FALSE(article.ok());
  EXPECT_EQ(article.error().code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace casus
