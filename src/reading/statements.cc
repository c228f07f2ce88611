#include "reading/statements.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace casus {
namespace {

constexpr std::string_view kOpening[] = {"\"", "\u201C", "``", "\u00AB"};
constexpr std::string_view kClosing[] = {"\"", "\u201D", "''", "\u00BB"};

template <size_t kSize>
bool is_mark(const std::string_view (&marks)[kSize], std::string_view text) {
  return std::find(std::begin(marks), std::end(marks), text) != std::end(marks);
}

/// Tokens [begin, end).
struct Range {
  uint32_t begin = 0;
  uint32_t end = 0;
};

class StatementFinder {
 public:
  StatementFinder(const Syntax& syntax, const Actors& actors, const Times& times, const Lexicon& lexicon)
      : syntax_(syntax), actors_(actors), times_(times), lexicon_(lexicon) {}

  [[nodiscard]] std::optional<FoundStatement> at(uint32_t cue) const {
    if (syntax_.lower(cue) == "according" && syntax_.pos(cue) == Pos::kVerb) return according(cue);
    if (!syntax_.is_verbal(cue) || syntax_.dep(cue) == Dep::kAmod) return std::nullopt;
    const std::string* takes = lexicon_.words().find(WordClass::kSpeechVerb, syntax_.lemma(cue));
    if (!takes) return std::nullopt;
    const auto subject = syntax_.logical_subject(cue);
    if (!subject) return std::nullopt;
    auto content = content_of(cue, *takes, *subject);
    if (!content) return std::nullopt;
    return make(cue, {cue, cue + 1}, *subject, *content);
  }

 private:
  /// The words that a verb of speech reports.
  [[nodiscard]] std::optional<Range> content_of(uint32_t cue, const std::string& takes, uint32_t subject) const {
    for (const uint32_t c : syntax_.children(cue)) {
      const Dep dep = syntax_.dep(c);
      const bool clause = (dep == Dep::kCcomp || dep == Dep::kParataxis) && takes.find("clause") != std::string::npos;
      const bool infinitive =
          (dep == Dep::kXcomp || dep == Dep::kCcomp) && takes.find("infinitive") != std::string::npos && syntax_.is_infinitive(c);
      const bool object = dep == Dep::kDobj && takes.find("object") != std::string::npos;
      if (clause || infinitive || object) return trimmed({syntax_.left_edge(c), syntax_.right_edge(c)}, cue, subject);
      if (dep == Dep::kPrep && ((takes == "of" && syntax_.lower(c) == "of") || takes == "to infinitive")) {
        if (const auto verb = syntax_.child(c, Dep::kPcomp))
          return trimmed({syntax_.left_edge(*verb), syntax_.right_edge(*verb)}, cue, subject);
      }
    }
    return std::nullopt;
  }

  /// The range on the side of the cue where most of it lies, without "that" and punctuation at its ends.
  [[nodiscard]] std::optional<Range> trimmed(Range range, uint32_t cue, uint32_t subject) const {
    if (range.begin <= cue && cue < range.end)
      range = cue - range.begin > range.end - cue ? Range{range.begin, std::min(cue, subject)} : Range{cue + 1, range.end};
    while (range.begin < range.end &&
           (is_edge(range.begin) || (syntax_.lower(range.begin) == "that" && syntax_.dep(range.begin) == Dep::kMark)))
      ++range.begin;
    while (range.begin < range.end && is_edge(range.end - 1)) --range.end;
    if (range.begin >= range.end) return std::nullopt;
    return with_marks(range);
  }

  /// The quotation marks around a range, which parsers hang elsewhere, taken in.
  [[nodiscard]] Range with_marks(Range range) const {
    const Sentence& sentence = syntax_.sentence(range.begin);
    if (range.begin > sentence.begin && is_mark(kOpening, syntax_.text(range.begin - 1))) --range.begin;
    if (!is_mark(kOpening, syntax_.text(range.begin))) return range;
    uint32_t end = range.end;
    if (end < sentence.end && syntax_.text(end) == ",") ++end;
    if (end < sentence.end && is_mark(kClosing, syntax_.text(end))) range.end = end + 1;
    return range;
  }
  [[nodiscard]] bool is_edge(uint32_t token) const {
    const Pos pos = syntax_.pos(token);
    return pos == Pos::kSpace ||
           (pos == Pos::kPunct && !is_mark(kOpening, syntax_.text(token)) && !is_mark(kClosing, syntax_.text(token)) &&
            syntax_.text(token) != "." && syntax_.text(token) != "?" && syntax_.text(token) != "!");
  }

  [[nodiscard]] std::optional<FoundStatement> according(uint32_t cue) const {
    const auto to = syntax_.child(cue, Dep::kPrep);
    if (!to || syntax_.head(cue) == cue) return std::nullopt;
    const auto objects = syntax_.preposition_objects(*to);
    if (objects.empty()) return std::nullopt;
    const Sentence& sentence = syntax_.sentence(cue);
    Range range = cue > sentence.begin + 2 ? Range{sentence.begin, cue} : Range{syntax_.right_edge(cue), sentence.end};
    const auto content = trimmed(range, cue, cue);
    if (!content) return std::nullopt;
    return make(cue, {cue, *to + 1}, objects[0], *content);
  }

  [[nodiscard]] std::optional<FoundStatement> make(uint32_t cue, Range cue_range, uint32_t speaker, Range content) const {
    FoundStatement found;
    found.cue = cue;
    Statement& statement = found.statement;
    const auto speakers = speakers_of(speaker);
    if (speakers.empty()) return std::nullopt;
    statement.speaker = speakers[0];
    statement.cue_span = syntax_.bytes(cue_range.begin, cue_range.end);
    statement.cue = std::string(syntax_.doc().article().view(statement.cue_span));
    set_text(statement, content);
    if (const auto date = times_.of(cue, false)) statement.date = date->value;
    statement.sentence = syntax_.doc().span(syntax_.sentence(cue));
    if (const auto object = syntax_.child(cue, Dep::kDobj); object && syntax_.is_verbal(cue)) {
      if (auto addressees = actors_.all(*object); !addressees.empty() && !(*object >= content.begin && *object < content.end)) {
        statement.addressee = std::move(addressees[0]);
      }
    }
    return found;
  }

  /// The speaker as an actor: somebody known, or at least somebody described; things that speak by whose they are.
  [[nodiscard]] std::vector<Actor> speakers_of(uint32_t noun) const {
    std::vector<Actor> speakers = actors_.all(noun);
    if (!speakers.empty()) return speakers;
    if (!lexicon_.words().has(WordClass::kSpeechNoun, syntax_.lemma(noun))) return {};
    speakers = actors_.owners(noun);
    Actor speaker;
    if (!speakers.empty()) speaker = speakers[0];
    const uint32_t begin = std::max(syntax_.left_edge(noun), noun > 6 ? noun - 6 : 0);
    speaker.span = syntax_.bytes(begin, noun + 1);
    speaker.text = std::string(syntax_.doc().article().view(speaker.span));
    if (speaker.name.empty()) speaker.name = speaker.text;
    return {speaker};
  }

  /// Direct where the words stand wholly in quotation marks, mixed where some do.
  void set_text(Statement& statement, Range content) const {
    bool inside = false;
    uint32_t quoted = 0;
    for (uint32_t t = content.begin; t < content.end; ++t) {
      const std::string_view text = syntax_.text(t);
      const bool mark = is_mark(kOpening, text) || is_mark(kClosing, text);
      if (mark) inside = !inside;
      if (mark || inside) ++quoted;
    }
    const bool opens = is_mark(kOpening, syntax_.text(content.begin));
    const bool closes = is_mark(kClosing, syntax_.text(content.end - 1)) || (opens && inside);
    const bool whole = opens && closes && quoted >= content.end - content.begin;
    statement.kind = whole ? "direct" : quoted > 0 ? "mixed" : "indirect";
    if (statement.kind == "direct") {
      ++content.begin;
      if (content.end > content.begin + 1 && is_mark(kClosing, syntax_.text(content.end - 1))) --content.end;
    } else if (content.end > content.begin + 1 && syntax_.text(content.end - 1) == "." && quoted == 0) {
      --content.end;
    }
    const ByteSpan span = syntax_.bytes(content.begin, content.end);
    statement.text_spans = {span};
    statement.text = std::string(syntax_.doc().article().view(span));
  }

  const Syntax& syntax_;
  const Actors& actors_;
  const Times& times_;
  const Lexicon& lexicon_;
};

}  // namespace

std::vector<FoundStatement> find_statements(const Syntax& syntax, const Actors& actors, const Times& times, const Lexicon& lexicon) {
  const StatementFinder finder(syntax, actors, times, lexicon);
  std::vector<FoundStatement> statements;
  for (uint32_t token = 0; token < syntax.size(); ++token) {
    if (auto found = finder.at(token)) statements.push_back(*std::move(found));
  }
  return statements;
}

}  // namespace casus
