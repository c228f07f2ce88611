#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lexicon/lexicon.h"
#include "reading/syntax.h"
#include "reading/time_pieces.h"
#include "reading/time_values.h"

namespace casus {

/// The pieces of a block as the grammar of time asks for them. Past the end nothing stands, so no caller need look.
/// Ownership: refers to all it is given. Threads: immutable.
class TimeWords {
 public:
  TimeWords(const Syntax& syntax, const Lexicon& lexicon, std::span<const TimePiece> pieces)
      : syntax_(syntax), lexicon_(lexicon), pieces_(pieces) {}

  struct Phrase {
    const std::string* value;
    size_t end;
  };
  struct Number {
    double value = 0;
    size_t end = 0;
  };
  struct Unit {
    std::string_view designator = {};  ///< of TIMEX3 durations: "D", "TH", "DE"
    Grain grain = Grain::kNone;        ///< kNone below the day
    int times = 1;                     ///< of the designator: a fortnight has two weeks
    bool plural = false;
    size_t end = 0;
  };

  [[nodiscard]] const Syntax& syntax() const { return syntax_; }
  [[nodiscard]] size_t size() const { return pieces_.size(); }
  [[nodiscard]] const TimePiece& piece(size_t at) const { return at < size() ? pieces_[at] : nothing_; }
  [[nodiscard]] bool is(size_t at, std::string_view text) const { return piece(at).text == text; }
  /// Whether a number of so many digits stands here that is no part of a longer one: "1,500", "3.5".
  [[nodiscard]] bool is_whole_number(size_t at) const;
  [[nodiscard]] bool has_pos(size_t at, Pos pos) const { return at < size() && syntax_.pos(piece(at).token) == pos; }
  [[nodiscard]] std::string_view tag(size_t at) const { return at < size() ? syntax_.tag(piece(at).token) : std::string_view(); }
  [[nodiscard]] bool is_noun(size_t at) const { return has_pos(at, Pos::kNoun) || has_pos(at, Pos::kPropn); }
  /// Whether the model takes it for a part of a date.
  [[nodiscard]] bool is_dated(size_t at) const;
  [[nodiscard]] bool is_month_like(size_t at) const { return find(WordClass::kMonth, at) != nullptr && piece(at).capital; }

  [[nodiscard]] const std::string* find(WordClass word_class, size_t at) const;
  [[nodiscard]] std::optional<int> value(WordClass word_class, size_t at) const;
  /// The longest run of pieces, of at most six, that the class knows.
  [[nodiscard]] std::optional<Phrase> phrase(WordClass word_class, size_t at) const;
  /// Whether a word of class time-part with this value stands here.
  [[nodiscard]] bool is_part(size_t at, std::string_view kind) const;
  [[nodiscard]] size_t past_the(size_t at) const { return is(at, "the") ? at + 1 : at; }

  /// "12", "2.5", "1,500", "twenty-four", "two and a half", "half a".
  [[nodiscard]] std::optional<Number> cardinal(size_t at) const;
  /// "19th", "nineteenth".
  [[nodiscard]] std::optional<Number> ordinal(size_t at) const;
  [[nodiscard]] std::optional<Unit> unit(size_t at) const;
  /// Of "Mondays" 1.
  [[nodiscard]] std::optional<int> weekday_plural(size_t at) const;

 private:
  [[nodiscard]] std::optional<Number> digits(size_t at) const;
  [[nodiscard]] std::optional<Number> number_words(size_t at) const;
  [[nodiscard]] const std::string* numeral(size_t at) const;

  const Syntax& syntax_;
  const Lexicon& lexicon_;
  std::span<const TimePiece> pieces_;
  TimePiece nothing_ = {};
};

}  // namespace casus
