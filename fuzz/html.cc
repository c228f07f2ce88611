// Any bytes as a web page: the tree is sound, and the page gives articles or one error. The first byte chooses the charset of a header.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "article/html/html_reader.h"
#include "article/html/html_text.h"
#include "article/html/html_tree.h"
#include "article_check.h"

namespace {

void check_tree(const casus::HtmlTree& tree) {
  CASUS_ASSERT(tree.size() > 0 && tree[0].end == tree.size());
  for (uint32_t i = 1; i < tree.size(); ++i) {
    const casus::HtmlNode& node = tree[i];
    CASUS_ASSERT(node.parent < i && node.end > i && node.end <= tree[node.parent].end);
    CASUS_ASSERT(node.depth == tree[node.parent].depth + 1);
    const std::string_view text = tree.text(i);
    CASUS_ASSERT(casus::is_valid_utf8(text) && text.find('\0') == std::string_view::npos);
    CASUS_ASSERT(casus::is_valid_utf8(tree.attribute(i, casus::HtmlAttribute::kClass)));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casus;
  if (size == 0) return 0;
  constexpr std::array<std::string_view, 8> kCharsets = {"",          "utf-8",   "windows-1252", "utf-16le",
                                                         "shift_jis", "gb18030", "iso-2022-jp",  "big5"};
  const std::string_view charset = kCharsets[data[0] % kCharsets.size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  if (const Result<HtmlTree> tree = parse_html(bytes, charset, fuzz_options())) check_tree(*tree);
  CASUS_ASSERT(is_valid_utf8(html_to_text(bytes)));
  const std::vector<Result<ArticlePtr>> items = read_html_articles({}, bytes, charset, fuzz_options());
  CASUS_ASSERT(!items.empty());
  for (const Result<ArticlePtr>& item : items) {
    if (item.ok()) check_article(**item);
  }
  return 0;
}
