#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/people.h"
#include "reading/statements.h"
#include "reading/status.h"
#include "reading/syntax.h"

namespace casus {

/// On whose word an act rests by where it is told: within whose words, or beside "reportedly".
/// Ownership: refers to syntax and lexicon, copies what it needs of the rest. Threads: immutable once built.
class Attributions {
 public:
  Attributions(const Syntax& syntax, const Lexicon& lexicon, const People& people, const std::vector<FoundStatement>& statements);

  /// Whether an act of words by these sources is the speech of this speaker: he himself, or the country that he speaks for.
  [[nodiscard]] bool is_own_speech(const Actor& speaker, const std::vector<Actor>& source) const;

  /// The speaker of the innermost statement around a trigger, passing over those whose own speech the act is (`is_speech`: an act of
  /// words); else the hedge at it. nullopt where the reporter tells the act himself. `cue`: gets the token of the cue.
  [[nodiscard]] std::optional<Attribution> of(uint32_t trigger, const std::vector<Actor>& source, bool is_speech, uint32_t& cue) const;

 private:
  struct Voice {
    Actor speaker;
    uint32_t cue = 0;
    uint32_t around = 0;  ///< 1 + the voice within whose words this one is told, 0 for none
  };
  [[nodiscard]] std::optional<Attribution> named(const Actor& speaker) const;
  [[nodiscard]] std::optional<Attribution> hedge_at(uint32_t trigger, uint32_t& cue) const;

  const Syntax& syntax_;
  const Lexicon& lexicon_;
  std::set<std::string, std::less<>> persons_{};
  std::vector<Voice> voices_{};
  std::vector<uint32_t> innermost_;  ///< by token: 1 + voice, 0 for none
};

/// A name without its article.
[[nodiscard]] std::string without_article(std::string name);

}  // namespace casus
