#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/crisis.h>

#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"

namespace casus {

/// Tells incidents, actors and sources in sentences, from the records and the phrases of data/crisis alone.
class Wording {
 public:
  Wording(const Crisis& crisis, const CrisisRules& rules, const Lexicon& lexicon) : crisis_(crisis), rules_(rules), lexicon_(lexicon) {}

  /// "Russia", "the United States", "NATO", "people of Ukraine": the party without its persons.
  [[nodiscard]] std::string party_text(const Party& party) const;
  /// With them: "Antony Blinken and Lloyd Austin of the United States".
  [[nodiscard]] std::string people_text(const Party& party) const;
  /// All of a side, joined by commas and "and"; "" for none. At most four are named, the others counted.
  [[nodiscard]] std::string side_text(const std::vector<Party>& parties) const;
  /// "Russia", by code.
  [[nodiscard]] std::string country_text(std::string_view code) const;

  /// What happened, without full stop: "Antony Blinken of the United States met Sergey Lavrov of Russia".
  [[nodiscard]] std::string act_text(const Incident& incident) const;
  /// The same with when and where.
  [[nodiscard]] std::string incident_text(const Incident& incident) const;
  /// The words of the reports where the act says little without them; else "".
  [[nodiscard]] std::string words_of(const Incident& incident) const;

  /// Whether a state or body itself denies the act.
  [[nodiscard]] bool denies_own_act(const Incident& incident) const;

  /// Whose word the act, or that it did not happen, rests on, where every report names somebody; "" where a reporter vouches.
  [[nodiscard]] std::string on_whose_word(const Incident& incident) const;

  /// "on 12 February", "in February", "between 14 and 20 February"; "" for an undated one. The year where it is not that of the as-of day.
  [[nodiscard]] std::string when_text(const Incident& incident) const;
  [[nodiscard]] std::string day_words(int32_t day) const;
  /// "12 February 2022".
  [[nodiscard]] static std::string dated_words(int32_t day);
  [[nodiscard]] std::string range_words(DaySpan range) const;

  /// What stands before the sources of a line that rests on one alone: "one outlet: ", or "one report: " where no outlet is known.
  [[nodiscard]] std::string sole_source_words(const std::vector<uint32_t>& articles) const;
  /// "DW, 12 Feb; TRT, 10 Feb": outlets, or documents without one, with the days of their last articles; at most four, the rest counted.
  [[nodiscard]] std::string sources_text(const std::vector<uint32_t>& articles) const;

 private:
  [[nodiscard]] std::string source_name(const CrisisArticle& article) const;

  const Crisis& crisis_;
  const CrisisRules& rules_;
  const Lexicon& lexicon_;
};

/// Indices of the articles that tell of an incident, ascending, each once.
[[nodiscard]] std::vector<uint32_t> articles_of(const Incident& incident, const Crisis& crisis);

/// Cuts a text at a word's end to about `most_bytes`, with "…".
[[nodiscard]] std::string shortened(std::string_view text, size_t most_bytes);

/// A text on one line: runs of white space are one space.
[[nodiscard]] std::string on_one_line(std::string_view text);

/// "the United States …" as a sentence begins.
[[nodiscard]] std::string capitalised(std::string text);

}  // namespace casus
