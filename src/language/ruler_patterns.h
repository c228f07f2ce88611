#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/document.h>
#include <casus/result.h>

namespace casus {

/// What one attribute of a token must be: one of `values`, or none of them. Labels or words.
template <class Value>
struct RulerCondition {
  std::vector<Value> values;
  bool negated = false;
  template <class Like>
  [[nodiscard]] bool holds(const Like& value) const {
    return (std::find(values.begin(), values.end(), value) != values.end()) != negated;
  }
};

/// Conditions on one token of a pattern; all that are there must hold.
struct RulerToken {
  std::optional<RulerCondition<uint16_t>> tag;
  std::optional<RulerCondition<uint16_t>> dep;
  std::optional<RulerCondition<std::string>> lower;
  std::optional<RulerCondition<std::string>> orth;
  std::optional<bool> is_space;
};
using RulerPattern = std::vector<RulerToken>;

/// What a rule sets on its target; nothing where absent.
struct RulerAction {
  std::optional<Pos> pos;
  std::optional<uint16_t> morph;
  std::optional<uint16_t> tag;
  std::optional<uint16_t> dep_label;
  std::optional<std::string> lemma;
};

/// One rule: any of its patterns fires it. `target` counts from the first token of the match, or from behind its last if negative.
struct RulerRule {
  std::vector<RulerPattern> patterns;
  RulerAction action;
  int target = 0;
};

/// Reads attribute_ruler/patterns. New labels are added to `labels`. Errors: kBadModel naming file, rule and what is not known.
[[nodiscard]] Result<std::vector<RulerRule>> read_ruler_rules(std::string_view bytes, std::string_view file_name, LabelTable& labels);

/// Every string that a regular expression of the rulers' kind matches, or nullopt if it is not of that kind: "^", then
/// characters and bracketed choices of characters, each perhaps optional ("?"), then "$". At most 64 strings.
[[nodiscard]] std::optional<std::vector<std::string>> expand_ruler_regex(std::string_view regex);

/// Features sorted by name and the values of each sorted; "" for "_". nullopt if a feature has no value or occurs twice.
[[nodiscard]] std::optional<std::string> normalize_morph(std::string_view features);

}  // namespace casus
