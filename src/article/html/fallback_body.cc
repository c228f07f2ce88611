#include "article/html/fallback_body.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "article/html/html_text.h"
#include "article/html/linked_data.h"
#include "article/html/page_scope.h"
#include "article/noise_rules.h"
#include "article/record_text.h"
#include "base/text.h"

namespace casus {
namespace {

/// Less is no article, but what stands around a missing one.
constexpr size_t kMinBodyBytes = 250;

size_t size_of(const std::vector<MarkedPiece>& pieces) {
  size_t bytes = 0;
  for (const MarkedPiece& piece : pieces) {
    if (piece.reason.empty() && piece.kind == BlockKind::kParagraph) bytes += piece.text.size();
  }
  return bytes;
}

/// The lines of a text as JSON has it, plain or with tags, each as a paragraph.
std::vector<MarkedPiece> pieces_of(std::string_view text, const ArticleOptions& options) {
  std::vector<MarkedPiece> pieces;
  const std::string plain = options.columns == nullptr ? std::string(text) : without_markup(text, find_markup(text, *options.columns));
  for (const std::string_view line : split(plain, '\n')) {
    std::string squeezed;
    append_squeezed(line, squeezed);
    const std::string_view kept = trim(squeezed);
    if (!kept.empty()) pieces.push_back({.text = std::string(kept)});
  }
  return pieces;
}

/// Takes the pieces as the body if they are one.
bool take(std::vector<MarkedPiece> pieces, HtmlBody& body) {
  if (size_of(pieces) < kMinBodyBytes) return false;
  std::vector<MarkedPiece>& own = body.story.pieces;
  std::erase_if(own, [](const MarkedPiece& piece) { return piece.reason.empty(); });
  own.insert(own.end(), std::make_move_iterator(pieces.begin()), std::make_move_iterator(pieces.end()));
  return true;
}

}  // namespace

bool shows_no_body(const HtmlBody& body) { return body.entries.empty() && size_of(body.story.pieces) < kMinBodyBytes; }

void fill_from_fallbacks(const HtmlTree& tree, std::string_view bytes, std::string_view charset, const PageMetadata& page,
                         const ArticleOptions& options, HtmlBody& body) {
  if (take(pieces_of(page.linked_text, options), body)) return;
  if (bytes.find("<noscript") != std::string_view::npos) {
    const Result<HtmlTree> shown = parse_html(bytes, charset, options, Noscript::kShown);
    if (shown && take(find_body(*shown, {.title = page.title}, options).story.pieces, body)) return;
  }
  if (options.noise_rules == nullptr || page.title.empty()) return;
  const std::vector<uint64_t> title = title_words(page.title);
  const auto is_title = [&](std::string_view text) { return says_title(text, title); };
  (void)take(pieces_of(find_state_text(tree, options.noise_rules->fields(), is_title), options), body);
}

}  // namespace casus
