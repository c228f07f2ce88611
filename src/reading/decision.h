#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include <casus/report.h>

#include "judge/judge.h"
#include "lexicon/lexicon.h"
#include "reading/actors.h"
#include "reading/syntax.h"
#include "reading/trace.h"

namespace casus {

/// What the rules hold an act to be.
struct RuleOpinion {
  std::string type{};
  std::string mode{};
  std::string status{};
};

/// What is asked about a sentence; spans count the article's bytes.
struct AskedSentence {
  ByteSpan sentence{};
  std::vector<JudgeQuestion> questions{};
  bool has_frame = false;  ///< a frame proposes an act of it
};

/// Joins what rules and judge hold of the acts of a document (docs/judge.md). All questions are asked first, so that each sentence is
/// encoded once.
/// `judge` may be null where nothing but asked() is wanted.
/// Ownership: refers to all it is given. Threads: one at a time.
class Decision {
 public:
  Decision(const Syntax& syntax, const Actors& actors, const Lexicon& lexicon, const Judge* judge)
      : syntax_(syntax), actors_(actors), lexicon_(lexicon), judge_(judge) {}

  /// Asks about an act at a token of a sentence, `is_frame`: which a frame proposes; gives the question's number. Sides that the sentence
  /// does not name are nobody.
  size_t ask(uint32_t token, ByteSpan trigger, const std::vector<Actor>& source, const std::vector<Actor>& target, bool is_frame);
  /// All that was asked, and where its sentences begin in the article.
  [[nodiscard]] std::vector<AskedSentence> asked() const;
  /// Has all that was asked answered. Only with a judge.
  void answer();

  /// What a question comes to; `opinion`: of the rules, if they know the words. `both_sides`: it names both.
  [[nodiscard]] Decided decide(size_t question, const std::optional<RuleOpinion>& opinion) const;

 private:
  /// Where the verdicts on an act lie: with its trigger, and on its two sides alone, if it has both.
  struct Place {
    size_t sentence = 0;
    size_t question = 0;
    std::optional<size_t> pair{};
  };
  [[nodiscard]] std::optional<size_t> ask_pair(size_t sentence, const JudgeQuestion& question);
  [[nodiscard]] std::vector<ByteSpan> spans_in(uint32_t token, const std::vector<Actor>& side) const;
  [[nodiscard]] std::string mode_of(const Verdict& verdict, const std::string& type) const;

  const Syntax& syntax_;
  const Actors& actors_;
  const Lexicon& lexicon_;
  const Judge* judge_;
  std::vector<Place> places_{};
  std::vector<JudgeSentence> sentences_{};
  std::vector<ByteSpan> wholes_{};                                    ///< where they lie in the article
  std::map<std::tuple<size_t, ByteSpan, ByteSpan>, size_t> pairs_{};  ///< by sentence and the first words of both sides: the question
  std::unordered_map<uint32_t, size_t> by_sentence_{};                ///< number of a sentence of the document to its place in sentences_
  std::vector<std::vector<Verdict>> verdicts_{};
};

}  // namespace casus
