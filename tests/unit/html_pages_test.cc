// Whole pages (tests/pages/*.html) and the article that is read from each, as text beside it. CASUS_UPDATE_PAGES=1 rewrites the texts;
// read the difference.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "article/html/body.h"
#include "article/html/html_text.h"
#include "article/html/metadata.h"
#include "article/marked_text.h"
#include "support/article_test.h"

namespace casus {
namespace {

const std::filesystem::path kFolder = CASUS_SOURCE_DIR "/tests/pages";

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::string title_of(const HtmlTree& tree) {
  for (uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag == HtmlTag::kTitle) return visible_text(tree, i, true);
  }
  return "";
}

/// "#" before headings, "@" before datelines; what is left out in the end, with its reason.
void show(HtmlStory story, const ArticleOptions& options, std::string& out) {
  out += "headline: " + story.headline + "\n";
  if (!story.time.empty()) out += "entry: " + story.anchor + " at " + story.time + "\n";
  const Result<ArticlePtr> article = build_marked_article({}, std::move(story.pieces), {}, options);
  if (!article) {
    out += "error: " + article.error().message + "\n";
    return;
  }
  for (const Block& block : (*article)->blocks()) {
    if (block.kind == BlockKind::kHeading) out += "# ";
    if (block.kind == BlockKind::kDateline) out += "@ ";
    out += std::string((*article)->view(block.span)) + "\n";
  }
  for (const LeftOut& piece : (*article)->fields().left_out) out += "  [" + piece.reason + "] " + piece.text + "\n";
}

std::string read_page(const std::filesystem::path& path) {
  const ArticleOptions options = {.noise_rules = test_noise_rules(), .keep_left_out = true};
  const Result<HtmlTree> tree = parse_html(read_file(path), "", options);
  if (!tree) return tree.error().message;
  const std::string title = title_of(*tree);
  const PageMetadata page = read_metadata(*tree, "", options);
  PageHints hints = hints_of(page);
  hints.title = title;
  HtmlBody body = find_body(*tree, hints, options);
  std::string out = body.paywalled ? "paywalled\n" : "";
  show(std::move(body.story), options, out);
  for (HtmlStory& entry : body.entries) show(std::move(entry), options, out);
  return out;
}

TEST(HtmlPages, AreReadAsTheTextBesideThem) {
  size_t pages = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".html") continue;
    ++pages;
    const std::filesystem::path expected = std::filesystem::path(entry.path()).replace_extension(".txt");
    const std::string text = read_page(entry.path());
    if (std::getenv("CASUS_UPDATE_PAGES") != nullptr) std::ofstream(expected, std::ios::binary) << text;
    EXPECT_EQ(text, read_file(expected)) << entry.path();
  }
  EXPECT_GE(pages, 7U);
}

}  // namespace
}  // namespace casus
