#include "reading/quoted_tokens.h"

#include <algorithm>
#include <utility>

namespace casus {

QuotedTokens::QuotedTokens(const Syntax& syntax) : syntax_(syntax), index_(syntax.size(), 0), paragraph_(syntax.size(), 0) {
  const std::vector<ByteSpan> paragraphs = paragraphs_of(syntax.doc());
  number_paragraphs(paragraphs);
  uint32_t token = 0;
  for (const Quotation& quotation : find_quotations(syntax.doc().article().text(), paragraphs)) {
    Quoted quoted;
    for (const ByteSpan piece : quotation.pieces) {
      while (token < syntax.size() && syntax.token(token).span.end <= piece.begin) ++token;
      const uint32_t begin = token;
      while (token < syntax.size() && syntax.token(token).span.begin < piece.end) ++token;
      if (begin < token) quoted.pieces.push_back({begin, token});
    }
    if (quoted.pieces.empty()) continue;
    quoted_.push_back(std::move(quoted));
    for (const TokenRange& piece : quoted_.back().pieces) {
      for (uint32_t t = piece.begin; t < piece.end; ++t) index_[t] = static_cast<uint32_t>(quoted_.size());
    }
  }
}

void QuotedTokens::number_paragraphs(const std::vector<ByteSpan>& paragraphs) {
  uint32_t at = 0;
  for (uint32_t token = 0; token < syntax_.size(); ++token) {
    while (at + 1 < paragraphs.size() && paragraphs[at + 1].begin <= syntax_.token(token).span.begin) ++at;
    paragraph_[token] = at;
  }
}

std::optional<uint32_t> QuotedTokens::at(uint32_t token) const {
  return token < index_.size() && index_[token] != 0 ? std::optional(index_[token] - 1) : std::nullopt;
}

std::optional<uint32_t> QuotedTokens::begins_at(uint32_t token) const {
  const auto quotation = at(token);
  return quotation && quoted_[*quotation].begin() == token ? quotation : std::nullopt;
}

std::optional<uint32_t> QuotedTokens::ends_before(uint32_t token) const {
  const auto quotation = token > 0 ? at(token - 1) : std::nullopt;
  return quotation && quoted_[*quotation].end() == token ? quotation : std::nullopt;
}

bool QuotedTokens::is_mark(uint32_t token) const {
  return syntax_.pos(token) == Pos::kPunct && mark_length(syntax_.doc().article().text(), syntax_.token(token).span.begin) > 0;
}

}  // namespace casus
