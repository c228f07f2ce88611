#include "article/marked_text.h"

#include <limits>
#include <utility>

#include "article/blocks.h"
#include "article/date_check.h"
#include "article/language_gate.h"
#include "article/noise_rules.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr std::string_view kBetweenBlocks = "\n\n";
constexpr std::string_view kBetweenCells = "\t";

bool is_text(const MarkedPiece& piece) { return piece.reason.empty(); }

struct JoinedText {
  std::string text{};
  std::vector<Block> blocks{};
  std::vector<size_t> block_of{};  ///< of each piece: its block, if it is text
};

JoinedText join(const std::vector<MarkedPiece>& pieces) {
  JoinedText joined;
  auto& [text, blocks, block_of] = joined;
  bool row = false;  // the piece before this one is in the last block
  for (const MarkedPiece& piece : pieces) {
    block_of.push_back(blocks.size());
    if (!is_text(piece)) {
      row = false;
      continue;
    }
    const bool joins = piece.joins && row && blocks.back().kind == piece.kind;
    if (!text.empty()) text += joins ? kBetweenCells : kBetweenBlocks;
    if (!joins) blocks.push_back({.span = {static_cast<uint32_t>(text.size()), 0}, .kind = piece.kind, .reason = {}});
    text += piece.text;
    blocks.back().span.end = static_cast<uint32_t>(text.size());
    block_of.back() = blocks.size() - 1;
    row = true;
  }
  return joined;
}

/// Gives the pieces that are noise their reason. Whether there are any.
bool leave_out_noise(const ArticleOptions& options, ArticleFields& fields, JoinedText& joined, std::vector<MarkedPiece>& pieces) {
  mark_noise(joined.text, options, fields, joined.blocks);
  bool any = false;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (!is_text(pieces[i])) continue;
    const Block& block = joined.blocks[joined.block_of[i]];
    if (block.kind != BlockKind::kNoise) continue;
    pieces[i].reason = block.reason;
    any = true;
  }
  return any;
}

void keep_left_out(std::vector<MarkedPiece>& pieces, ArticleFields& fields) {
  for (MarkedPiece& piece : pieces) {
    if (!is_text(piece)) fields.left_out.push_back({.text = std::move(piece.text), .reason = std::move(piece.reason)});
  }
}

}  // namespace

Result<ArticlePtr> build_marked_article(ArticleFields fields, std::vector<MarkedPiece> pieces, std::vector<Warning> warnings,
                                        const ArticleOptions& options) {
  std::erase_if(pieces, [](const MarkedPiece& piece) { return piece.text.empty(); });
  JoinedText joined = join(pieces);
  if (leave_out_noise(options, fields, joined, pieces)) joined = join(pieces);
  auto& [text, blocks, block_of] = joined;
  if (text.size() > options.max_article_bytes || text.size() > std::numeric_limits<uint32_t>::max()) {
    return Error{.code = ErrorCode::kTooLarge,
                 .message = "the article has more than " + std::to_string(options.max_article_bytes) + " bytes",
                 .file = fields.origin,
                 .line = fields.origin_line};
  }
  if (options.keep_left_out) keep_left_out(pieces, fields);
  if (blocks.empty())
    return Error{.code = ErrorCode::kEmpty, .message = "the article has no text", .file = fields.origin, .line = fields.origin_line};
  blocks = split_datelines(text, options, fields, std::move(blocks));
  const PageWords* words = options.noise_rules == nullptr ? nullptr : &options.noise_rules->words();
  if (const Result<void> english = keep_english(text, options, words, fields, blocks); !english.ok()) return english.error();
  if (words != nullptr && !options.as_is) check_date(text, blocks, *words, fields);
  return std::make_shared<const Article>(std::move(fields), std::move(text), std::move(blocks), std::move(warnings));
}

}  // namespace casus
