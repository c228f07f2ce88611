#include "reading/statements.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "reading/quoted_speech.h"

namespace casus {
namespace {

class StatementMaker {
 public:
  StatementMaker(const Syntax& syntax, const Actors& actors, const Times& times, const Lexicon& lexicon, const QuotedTokens& quoted)
      : syntax_(syntax), actors_(actors), times_(times), lexicon_(lexicon), quoted_(quoted) {}

  /// `before`: the last speaker of a known country, for whom "the source" and "a readout" without an owner speak.
  [[nodiscard]] FoundStatement make(const Speech& speech, const Actor& before) const {
    FoundStatement found{.statement = {}, .cue = speech.cue.token, .content = speech.cue.content, .asserts = speech.cue.asserts};
    Statement& statement = found.statement;
    if (speech.cue.speaker) {
      statement.speaker = speaker_of(*speech.cue.speaker, speech.cue.speaker_words);
      const std::string* kind = lexicon_.words().find(WordClass::kSpeechNoun, syntax_.lemma(*speech.cue.speaker));
      if (statement.speaker.country.empty() && kind && *kind == "party") {
        statement.speaker.country = before.country;
        statement.speaker.sector = before.sector;
      }
    }
    statement.cue_span = syntax_.bytes(speech.cue.words.begin, speech.cue.words.end);
    statement.cue = std::string(view(statement.cue_span));
    set_text(statement, found.content, quoted_.at(speech.cue.token).has_value());
    if (const auto date = times_.of(speech.cue.token, false)) statement.date = date->value;
    statement.sentence = syntax_.doc().span(syntax_.sentence(speech.sentence_token));
    set_addressee(statement, speech.cue);
    return found;
  }

 private:
  [[nodiscard]] std::string_view view(ByteSpan span) const { return syntax_.doc().article().view(span); }

  /// The speaker as an actor: somebody known, or whose the thing that speaks is, else the words alone.
  [[nodiscard]] Actor speaker_of(uint32_t noun, TokenRange words) const {
    std::vector<Actor> speakers = actors_.all(noun);
    const bool known = !speakers.empty();
    if (!known) speakers = owners_of(noun);
    Actor speaker = speakers.empty() ? Actor() : std::move(speakers[0]);
    speaker.span = syntax_.bytes(words.begin, words.end);
    speaker.text = std::string(view(speaker.span));
    if (speaker.name.empty() || !known) speaker.name = speaker.text;
    return speaker;
  }

  /// Whose a thing is that speaks: "the leader's office", "a readout released by the ministry".
  [[nodiscard]] std::vector<Actor> owners_of(uint32_t noun) const {
    std::vector<Actor> owners = actors_.owners(noun);
    for (const uint32_t c : syntax_.children(noun)) {
      if (!owners.empty() || syntax_.dep(c) != Dep::kAcl || !syntax_.is_passive(c)) continue;
      const auto issuer = syntax_.logical_subject(c);
      if (issuer) owners = actors_.all(*issuer);
    }
    return owners;
  }

  /// Whom the words are said to: the object of the cue that is no part of them.
  void set_addressee(Statement& statement, const Cue& cue) const {
    if (!syntax_.is_verbal(cue.token)) return;
    for (const uint32_t object : syntax_.logical_objects(cue.token)) {
      const bool inside = std::any_of(cue.content.begin(), cue.content.end(), [&](const TokenRange& p) { return p.contains(object); });
      auto addressees = inside ? std::vector<Actor>() : actors_.all(object);
      if (addressees.empty() || object == cue.speaker) continue;
      statement.addressee = std::move(addressees[0]);
      return;
    }
  }

  /// Direct where the words stand wholly in quotation marks, mixed where some do. What somebody quoted reports is indirect.
  void set_text(Statement& statement, const std::vector<TokenRange>& content, bool cue_is_quoted) const {
    bool all = true, some = false;
    for (const TokenRange& piece : content) {
      for (uint32_t t = piece.begin; t < piece.end; ++t) {
        const bool inside = quoted_.at(t).has_value();
        some = some || inside;
        all = all && (inside || syntax_.pos(t) == Pos::kPunct || syntax_.pos(t) == Pos::kSpace);
      }
    }
    statement.kind = cue_is_quoted || !some ? "indirect" : all ? "direct" : "mixed";
    for (TokenRange piece : content) {
      if (statement.kind == "direct") strip_marks(piece);
      if (statement.kind == "indirect" && piece.size() > 1 && syntax_.text(piece.end - 1) == ".") --piece.end;
      while (piece.size() > 1 && syntax_.pos(piece.end - 1) == Pos::kSpace) --piece.end;
      const ByteSpan span = syntax_.bytes(piece.begin, piece.end);
      if (!statement.text.empty()) statement.text += ' ';
      statement.text += view(span);
      statement.text_spans.push_back(span);
    }
  }

  void strip_marks(TokenRange& piece) const {
    if (piece.size() > 1 && quoted_.is_mark(piece.begin)) ++piece.begin;
    if (piece.size() > 1 && quoted_.is_mark(piece.end - 1)) --piece.end;
  }

  const Syntax& syntax_;
  const Actors& actors_;
  const Times& times_;
  const Lexicon& lexicon_;
  const QuotedTokens& quoted_;
};

/// Leaves out what is told within more than kMaxStatementDepth others.
std::vector<Cue> bounded(std::vector<Cue> cues) {
  std::vector<Cue> kept;
  std::vector<uint32_t> ends;  // of the statements around
  for (Cue& cue : cues) {
    while (!ends.empty() && ends.back() <= cue.token) ends.pop_back();
    if (ends.size() >= kMaxStatementDepth) continue;
    const uint32_t end = cue.content.back().end;
    if (end > cue.token) ends.push_back(ends.empty() ? end : std::min(end, ends.back()));
    kept.push_back(std::move(cue));
  }
  return kept;
}

/// A colon introduces a quotation only where nothing else does.
void drop_needless_colons(const Syntax& syntax, std::vector<Cue>& cues) {
  std::vector<uint32_t> told;  // where words begin that a word introduces
  for (const Cue& cue : cues) {
    if (syntax.text(cue.token) != ":") told.push_back(cue.content.front().begin);
  }
  std::sort(told.begin(), told.end());
  std::erase_if(cues, [&](const Cue& cue) {  // with the mark or without it
    const uint32_t begin = cue.content.front().begin;
    const auto first = std::lower_bound(told.begin(), told.end(), begin);
    return syntax.text(cue.token) == ":" && first != told.end() && *first <= begin + 1;
  });
}

}  // namespace

std::vector<FoundStatement> find_statements(const Syntax& syntax, const Actors& actors, const Times& times, const Lexicon& lexicon) {
  const QuotedTokens quoted(syntax);
  const CueFinder finder(syntax, lexicon, quoted);
  std::vector<Cue> cues;
  for (uint32_t token = 0; token < syntax.size(); ++token) {
    if (auto cue = finder.at(token)) cues.push_back(*std::move(cue));
  }
  drop_needless_colons(syntax, cues);
  const StatementMaker maker(syntax, actors, times, lexicon, quoted);
  std::vector<FoundStatement> statements;
  Actor before;
  size_t left = kMaxStatementDepth * syntax.size();
  for (const Speech& speech : QuotedSpeech(syntax, quoted, finder).join(bounded(std::move(cues)))) {
    size_t size = 0;
    for (const TokenRange& piece : speech.cue.content) size += piece.size();
    if (size > left) break;
    left -= size;
    statements.push_back(maker.make(speech, before));
    const Actor& speaker = statements.back().statement.speaker;
    if (!speaker.country.empty()) before = {.text = {}, .name = {}, .country = speaker.country, .sector = speaker.sector, .span = {}};
  }
  return statements;
}

}  // namespace casus
