#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/actors.h"
#include "reading/syntax.h"

namespace casus {

/// In the place of a token where nobody is named.
inline constexpr uint32_t kNobody = std::numeric_limits<uint32_t>::max();

/// How far the parse is from saying that somebody is a side of an act; of two sides the sum counts.
struct SideCost {
  enum Step : int {
    kArgument = 0,  ///< the word's own subject, object, owner
    kNear = 1,      ///< behind a preposition that may only locate; whose the object is
    kIndirect = 2,  ///< in the clause that tells what the act is about
    kUnnamed = 3,   ///< nobody
    kContext = 4,   ///< somewhere below, or a side of the act above
    kEarlier = 6,   ///< named in the sentences before
    kStranger = 1,  ///< added for somebody of whom only the name is known
    kAtHome = 3     ///< added where both sides are of one country
  };
};

/// Somebody who may stand on a side of an act.
struct SideChoice {
  std::vector<Actor> actors{};
  uint32_t head = kNobody;  ///< the token that names them in the sentence of the act
  int cost = SideCost::kUnnamed;
};

/// Who may stand on a side, each once, at most kMaxChoices.
class SideChoices {
 public:
  static constexpr size_t kMaxChoices = 6;

  void add(std::vector<Actor> actors, uint32_t head, int cost);
  [[nodiscard]] const std::vector<SideChoice>& all() const { return all_; }
  /// Whether somebody is named as the word's own subject, object or owner.
  [[nodiscard]] bool has_argument() const;

 private:
  std::vector<SideChoice> all_{};
};

/// Who may act in what a word tells, towards whom.
struct ActSides {
  SideChoices sources{};
  SideChoices targets{};
  std::vector<uint32_t> words{};  ///< further tokens of the trigger
};

/// Whether anything is known of an actor but its name.
[[nodiscard]] bool is_known(const Actor& actor);
/// Whether all of one side stand on the other as well.
[[nodiscard]] bool is_within(const std::vector<Actor>& side, const std::vector<Actor>& other);

/// Finds who may stand on the sides of an act in the sentence that tells it.
/// Ownership: refers to all it is given. Threads: safe at once. Cost: bounded for each word, whatever the sentence.
class SideFinder {
 public:
  SideFinder(const Syntax& syntax, const Actors& actors, const Lexicon& lexicon) : syntax_(syntax), actors_(actors), lexicon_(lexicon) {}

  [[nodiscard]] ActSides of_verb(uint32_t verb) const;
  [[nodiscard]] ActSides of_noun(uint32_t noun) const;
  /// The token that ends the words of an actor who stands in the sentence of `near`; that one if it stands elsewhere.
  [[nodiscard]] uint32_t token_of(const Actor& actor, uint32_t near) const;

 private:
  [[nodiscard]] std::span<const uint32_t> kids(uint32_t token) const;
  void add_owners(std::vector<Actor> owners, uint32_t noun, int cost, SideChoices& side) const;
  void add_noun(uint32_t noun, int cost, SideChoices& side) const;
  void add_subject(uint32_t verb, int cost, SideChoices& side) const;
  void add_fellows(uint32_t verb, ActSides& sides) const;
  void add_behind(uint32_t word, int cost, SideChoices& side) const;
  void add_behind_noun(uint32_t noun, int cost, SideChoices& side) const;
  void add_objects(uint32_t verb, int cost, SideChoices& side) const;
  void add_contents(uint32_t word, int cost, SideChoices& side) const;
  [[nodiscard]] bool is_beside(uint32_t token, uint32_t word) const;
  void add_below(uint32_t word, SideChoices& side) const;
  void add_above(uint32_t token, int nearest, ActSides& sides) const;
  void add_hidden_doers(uint32_t verb, ActSides& sides) const;
  [[nodiscard]] std::optional<uint32_t> verb_of(uint32_t noun) const;
  void add_makers(uint32_t noun, ActSides& sides) const;
  void add_pair(uint32_t noun, int cost, ActSides& sides) const;

  const Syntax& syntax_;
  const Actors& actors_;
  const Lexicon& lexicon_;
};

}  // namespace casus
