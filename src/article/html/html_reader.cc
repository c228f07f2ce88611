#include "article/html/html_reader.h"

#include <string>
#include <utility>

#include "article/article_builder.h"
#include "article/html/html_tree.h"
#include "article/whole_file_reader.h"

namespace casus {
namespace {

Error at(Error error, const ArticleFields& fields) {
  if (error.file.empty()) error.file = fields.origin;
  if (error.line == 0) error.line = fields.origin_line;
  return error;
}

/// The page's paragraphs, parted by blank lines.
std::string paragraphs_of(const HtmlTree& tree) {
  std::string text;
  for (uint32_t i = 0; i < tree.size();) {
    const bool is_paragraph = tree[i].tag == HtmlTag::kP;
    if (is_paragraph) {
      const std::string paragraph = visible_text(tree, i, false);
      if (!paragraph.empty()) text += (text.empty() ? "" : "\n\n") + paragraph;
    }
    i = is_paragraph || tree[i].hidden ? tree[i].end : i + 1;
  }
  return text;
}

}  // namespace

std::vector<Result<ArticlePtr>> read_html_articles(ArticleFields fields, std::string_view bytes, std::string_view charset,
                                                   const ArticleOptions& options) {
  std::vector<Result<ArticlePtr>> articles;
  const Result<HtmlTree> tree = parse_html(bytes, charset, options);
  if (!tree) {
    articles.emplace_back(at(tree.error(), fields));
    return articles;
  }
  if (fields.form.empty()) fields.form = "html";
  articles.push_back(build_article(std::move(fields), paragraphs_of(*tree), tree->warnings(), options));
  return articles;
}

std::unique_ptr<ArticleReader> open_html_reader(LineReader file, ArticleFields known, const ArticleOptions& options) {
  return std::make_unique<WholeFileReader>(
      std::move(file), std::move(known), options.max_html_bytes,
      [options](ArticleFields fields, const std::string& bytes) { return read_html_articles(std::move(fields), bytes, "", options); });
}

}  // namespace casus
