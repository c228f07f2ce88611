#include "reading/quoted_speech.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace casus {
namespace {

constexpr uint32_t kMaxInterruption = 40;  ///< tokens from a cue to the other half of the quotation that it interrupts
constexpr uint32_t kMinFreeTokens = 4;     ///< a shorter quotation without a cue is a name or a single word

bool is_all_in(const std::vector<TokenRange>& pieces, TokenRange range) {
  return std::any_of(pieces.begin(), pieces.end(),
                     [&](const TokenRange& piece) { return piece.begin <= range.begin && range.end <= piece.end; });
}

}  // namespace

std::vector<Speech> QuotedSpeech::join(std::vector<Cue> cues) const {
  std::vector<Speech> speeches;
  speeches.reserve(cues.size());
  for (Cue& cue : cues) {
    widen(cue);
    if (cue.content.empty()) continue;
    const uint32_t token = cue.token;
    speeches.push_back({std::move(cue), token});
  }
  attach_free(speeches);
  return speeches;
}

/// A piece that begins or ends within a quotation that the cue is no part of takes in all of it; one told within a quotation stays there.
TokenRange QuotedSpeech::widened(TokenRange piece, const Cue& cue) const {
  const auto own = quoted_.at(cue.token);
  if (own) {
    const auto& pieces = quoted_.all()[*own].pieces;
    for (const TokenRange& part : pieces) {
      if (part.contains(cue.token)) return {std::max(piece.begin, part.begin), std::min(piece.end, part.end)};
    }
    return piece;
  }
  const auto grow = [&](uint32_t token) {
    const auto quotation = quoted_.at(token);
    if (!quotation) return;
    for (const TokenRange& part : quoted_.all()[*quotation].pieces) {
      if (!part.contains(token) || part.contains(cue.token)) continue;
      piece.begin = std::min(piece.begin, part.begin);
      piece.end = std::max(piece.end, part.end);
    }
  };
  grow(piece.begin);
  grow(piece.end - 1);
  if (piece.begin > 0 && quoted_.begins_at(piece.begin - 1)) grow(piece.begin - 1);
  if (piece.end < syntax_.size() && quoted_.is_mark(piece.end) && quoted_.same_paragraph(piece.end - 1, piece.end) &&
      !quoted_.begins_at(piece.end))
    grow(piece.end);
  return piece;
}

void QuotedSpeech::widen(Cue& cue) const {
  std::vector<TokenRange> pieces;
  for (const TokenRange& piece : cue.content) {
    TokenRange wide = widened(piece, cue);
    if (wide.empty()) continue;
    if (!pieces.empty() && wide.begin < pieces.back().end) wide.begin = pieces.back().end;  // pieces stand in order
    if (!wide.empty()) pieces.push_back(wide);
  }
  const auto last = pieces.empty() ? std::nullopt : quoted_.at(pieces.back().end - 1);
  if (last && !quoted_.at(cue.token)) {  // the quotation runs over further paragraphs
    for (const TokenRange& part : quoted_.all()[*last].pieces) {
      if (part.begin >= pieces.back().end) pieces.push_back(part);
    }
  }
  const auto first = pieces.empty() ? std::nullopt : quoted_.at(pieces.front().begin);
  if (first && !quoted_.at(cue.token)) {
    std::vector<TokenRange> before;
    for (const TokenRange& part : quoted_.all()[*first].pieces) {
      if (part.end <= pieces.front().begin) before.push_back(part);
    }
    pieces.insert(pieces.begin(), before.begin(), before.end());
  }
  cue.content = std::move(pieces);
}

/// Whether a quotation without a cue is somebody's words and not a title or a word apart: it holds a verb.
bool QuotedSpeech::is_speech(uint32_t quotation) const {
  const TokenRange piece = quoted_.all()[quotation].pieces.front();
  if (piece.size() < kMinFreeTokens + 2) return quoted_.all()[quotation].pieces.size() > 1;
  const uint32_t limit = std::min(piece.end, piece.begin + 100);
  for (uint32_t t = piece.begin; t < limit; ++t) {
    if (syntax_.is_verbal(t)) return true;
  }
  return false;
}

/// Whether a quotation fills the sentences that it stands in.
bool QuotedSpeech::stands_alone(uint32_t quotation) const {
  const auto empty = [&](uint32_t begin, uint32_t end) {
    for (uint32_t t = begin; t < end; ++t) {
      if (syntax_.pos(t) != Pos::kPunct && syntax_.pos(t) != Pos::kSpace && !quoted_.at(t)) return false;
    }
    return true;
  };
  const QuotedTokens::Quoted& quoted = quoted_.all()[quotation];
  return empty(syntax_.sentence(quoted.begin()).begin, quoted.begin()) && empty(quoted.end(), syntax_.sentence(quoted.end() - 1).end);
}

bool QuotedSpeech::has_quotation(const Speech& speech) const {
  return std::any_of(speech.cue.content.begin(), speech.cue.content.end(),
                     [&](const TokenRange& piece) { return quoted_.at(piece.begin).has_value() || quoted_.at(piece.end - 1).has_value(); });
}

/// Whether a quotation is a further piece of words quoted before: the other half of one that its cue interrupts, or one of the same
/// paragraph that fills sentences of its own: "“…,” he said. “…”".
bool QuotedSpeech::goes_on(const Speech& speech, uint32_t quotation) const {
  const uint32_t at = quoted_.all()[quotation].begin();
  if (!has_quotation(speech) || !quoted_.same_paragraph(speech.cue.token, at)) return false;
  const bool interrupted =
      at > speech.cue.token && at < syntax_.sentence(speech.cue.token).end && at < speech.cue.words.end + kMaxInterruption;
  return interrupted || stands_alone(quotation);
}

/// Notes the quotations that a piece of somebody's words touches.
void QuotedSpeech::mark_told(TokenRange piece, std::vector<bool>& told) const {
  const auto& all = quoted_.all();
  auto q = std::partition_point(all.begin(), all.end(), [&](const QuotedTokens::Quoted& one) { return one.end() <= piece.begin; });
  for (; q != all.end() && q->begin() < piece.end; ++q) told[static_cast<size_t>(q - all.begin())] = true;
}

void QuotedSpeech::attach_free(std::vector<Speech>& speeches) const {
  std::vector<std::pair<uint32_t, size_t>> told;  // by where their words end or their cue stands, the statements outside quotations
  for (size_t i = 0; i < speeches.size(); ++i) {
    if (!quoted_.at(speeches[i].cue.token)) told.emplace_back(std::max(speeches[i].cue.token, speeches[i].cue.content.back().end), i);
  }
  std::sort(told.begin(), told.end());
  std::vector<bool> has_cue(quoted_.all().size(), false);
  for (const auto& [end, index] : told) {
    for (const TokenRange& piece : speeches[index].cue.content) mark_told(piece, has_cue);
  }
  size_t next = 0;
  std::optional<size_t> before;  // the last statement that ends before the quotation
  const size_t count = quoted_.all().size();
  for (uint32_t q = 0; q < count; ++q) {
    const uint32_t begin = quoted_.all()[q].begin();
    while (next < told.size() && told[next].first <= begin) before = told[next++].second;
    if (has_cue[q]) continue;
    const bool own_half =
        before && goes_on(speeches[*before], q) && speeches[*before].cue.content.back().end <= speeches[*before].cue.token;
    if (!own_half && !is_speech(q)) continue;
    if (before && goes_on(speeches[*before], q) && !is_all_in(speeches[*before].cue.content, quoted_.all()[q].pieces.front())) {
      auto& content = speeches[*before].cue.content;
      for (const TokenRange& piece : quoted_.all()[q].pieces) {
        if (piece.begin >= content.back().end) content.push_back(piece);
      }
    } else if (!stands_alone(q)) {
      if (auto host = finder_.host_of(q)) speeches.push_back({*std::move(host), begin});
    } else if (before && has_quotation(speeches[*before]) &&
               quoted_.paragraph(begin) == quoted_.paragraph(speeches[*before].sentence_token) + 1) {
      Cue cue = speeches[*before].cue;
      cue.content = quoted_.all()[q].pieces;
      speeches.push_back({std::move(cue), begin});
      before = speeches.size() - 1;
    }
  }
}

}  // namespace casus
