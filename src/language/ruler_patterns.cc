#include "language/ruler_patterns.h"

#include "base/utf8.h"
#include "language/msgpack.h"

namespace casus {
namespace {

constexpr size_t kMaxRules = 1'000;          ///< the English pipelines have 179
constexpr size_t kMaxPatternsPerRule = 100;  ///< 2 there
constexpr size_t kMaxPatternTokens = 16;     ///< 2 there
constexpr size_t kMaxValues = 1'000;         ///< of one IN list; 37 there
constexpr size_t kMaxMorphBytes = 1'000;     ///< of one list of features; 66 there
constexpr size_t kMaxExpansions = 64;        ///< strings that a regular expression stands for; 2 there

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string join(const std::vector<std::string_view>& parts, char separator) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

const std::string_view* as_string(const MsgpackValue& value) { return std::get_if<std::string_view>(&value.value); }

class RulerReader {
 public:
  RulerReader(std::string_view file_name, LabelTable& labels) : file_name_(file_name), labels_(labels) {}

  Result<std::vector<RulerRule>> read(std::string_view bytes) {
    auto root = decode_msgpack(bytes);
    if (!root) {
      Error error = std::move(root).error();
      error.file = file_name_;
      return error;
    }
    const MsgpackValue::Array* list = root->array();
    if (!list || list->size() > kMaxRules) {
      fail("expected a list of at most " + std::to_string(kMaxRules) + " rules");
      return std::move(error_);
    }
    rules_.resize(list->size());
    for (rule_ = 0; rule_ < list->size(); ++rule_) {
      in_rule_ = true;
      if (!read_rule((*list)[rule_], rules_[rule_])) return std::move(error_);
    }
    return std::move(rules_);
  }

 private:
  bool fail(const std::string& message) {
    const std::string place = in_rule_ ? "rule " + std::to_string(rule_) + ": " : "";
    uint64_t replaced = 0;
    error_ = Error{.code = ErrorCode::kBadModel, .message = repair_utf8(place + message, replaced), .file = std::string(file_name_)};
    return false;
  }

  bool add_label(std::string_view name, uint16_t& out) {
    if (labels_.size() >= LabelTable::kMaxLabels) return fail("the model has too many labels");
    out = labels_.add(name);
    return true;
  }

  bool read_rule(const MsgpackValue& value, RulerRule& rule) {
    if (!value.map()) return fail("expected a map of patterns, attrs and index");
    for (const auto& [key, member] : *value.map()) {
      const std::string_view name = key.text();
      if (name != "patterns" && name != "attrs" && name != "index") return fail("unknown key \"" + std::string(name) + "\"");
    }
    const MsgpackValue* attrs = value.find("attrs");
    const MsgpackValue* index = value.find("index");
    int64_t target = 0;
    if (!index || !index->to_int64(target)) return fail("the index is missing");
    if (!attrs || !attrs->map()) return fail("attrs is missing");
    return read_patterns(value.find("patterns"), target, rule) && read_action(*attrs->map(), rule.action);
  }

  bool read_patterns(const MsgpackValue* value, int64_t target, RulerRule& rule) {
    const MsgpackValue::Array* patterns = value ? value->array() : nullptr;
    if (!patterns || patterns->empty() || patterns->size() > kMaxPatternsPerRule) {
      return fail("expected 1 to " + std::to_string(kMaxPatternsPerRule) + " patterns");
    }
    for (const MsgpackValue& pattern : *patterns) {
      const MsgpackValue::Array* tokens = pattern.array();
      if (!tokens || tokens->empty() || tokens->size() > kMaxPatternTokens) {
        return fail("expected a pattern of 1 to " + std::to_string(kMaxPatternTokens) + " tokens");
      }
      const auto length = static_cast<int64_t>(tokens->size());
      if (target >= length || target < -length) return fail("the index " + std::to_string(target) + " lies outside a pattern");
      RulerPattern& out = rule.patterns.emplace_back(tokens->size());
      for (size_t i = 0; i < tokens->size(); ++i) {
        if (!read_token((*tokens)[i], out[i])) return false;
      }
    }
    rule.target = static_cast<int>(target);
    return true;
  }

  bool read_token(const MsgpackValue& value, RulerToken& token) {
    if (!value.map()) return fail("expected a map of conditions");
    for (const auto& [key, condition] : *value.map()) {
      if (!read_condition(key.text(), condition, token)) return false;
    }
    return true;
  }

  bool read_condition(std::string_view attribute, const MsgpackValue& value, RulerToken& token) {
    if (attribute == "TAG") return read_labels(attribute, value, token.tag);
    if (attribute == "DEP") return read_labels(attribute, value, token.dep);
    if (attribute == "LOWER") return read_words(attribute, value, token.lower);
    if (attribute == "ORTH" || attribute == "TEXT") return read_words(attribute, value, token.orth);
    if (attribute != "IS_SPACE") return fail("unknown condition \"" + std::string(attribute) + "\"");
    const bool* flag = std::get_if<bool>(&value.value);
    if (!flag || token.is_space) return fail("IS_SPACE must be true or false, once");
    token.is_space = *flag;
    return true;
  }

  bool read_labels(std::string_view attribute, const MsgpackValue& value, std::optional<RulerCondition<uint16_t>>& out) {
    if (out) return fail(std::string(attribute) + " is given twice");
    RulerCondition<std::string> names;
    if (!read_strings(attribute, value, false, names)) return false;
    RulerCondition<uint16_t> labels{.values = std::vector<uint16_t>(names.values.size()), .negated = names.negated};
    for (size_t i = 0; i < names.values.size(); ++i) {
      if (!add_label(names.values[i], labels.values[i])) return false;
    }
    out = std::move(labels);
    return true;
  }

  bool read_words(std::string_view attribute, const MsgpackValue& value, std::optional<RulerCondition<std::string>>& out) {
    if (out) return fail(std::string(attribute) + " is given twice");
    return read_strings(attribute, value, true, out.emplace());
  }

  /// One string, {IN: […]}, {NOT_IN: […]} or, for words, {REGEX: …}.
  bool read_strings(std::string_view attribute, const MsgpackValue& value, bool with_regex, RulerCondition<std::string>& out) {
    if (const std::string_view* text = as_string(value)) {
      out.values.emplace_back(*text);
      return true;
    }
    if (!value.map() || value.map()->size() != 1) return fail(std::string(attribute) + " must be a string or a map with one operator");
    const auto& [key, operand] = value.map()->front();
    const std::string_view name = key.text();
    if (name == "REGEX" && with_regex) return read_regex(operand, out);
    if (name != "IN" && name != "NOT_IN") return fail("unknown operator \"" + std::string(name) + "\" of " + std::string(attribute));
    out.negated = name == "NOT_IN";
    const MsgpackValue::Array* list = operand.array();
    if (!list || list->size() > kMaxValues)
      return fail(std::string(name) + " must be a list of at most " + std::to_string(kMaxValues) + " strings");
    for (const MsgpackValue& item : *list) {
      const std::string_view* text = as_string(item);
      if (!text) return fail(std::string(name) + " must be a list of strings");
      out.values.emplace_back(*text);
    }
    return true;
  }

  bool read_regex(const MsgpackValue& operand, RulerCondition<std::string>& out) {
    const std::string_view* regex = as_string(operand);
    auto words = regex ? expand_ruler_regex(*regex) : std::nullopt;
    if (!words) return fail("unknown kind of regular expression \"" + std::string(operand.text()) + "\"");
    out.values = std::move(*words);
    return true;
  }

  bool read_action(const MsgpackValue::Map& attrs, RulerAction& action) {
    for (const auto& [key, value] : attrs) {
      const std::string_view* text = as_string(value);
      if (!text) return fail("the new " + std::string(key.text()) + " must be a string");
      if (!read_attribute(key.text(), *text, action)) return false;
    }
    return true;
  }

  bool read_attribute(std::string_view name, std::string_view value, RulerAction& action) {
    if (name == "POS") {
      action.pos = pos_from_name(value);
      return *action.pos != Pos::kNone || value.empty() || fail("unknown part of speech \"" + std::string(value) + "\"");
    }
    if (name == "TAG") return add_label(value, action.tag.emplace());
    if (name == "DEP") return add_label(value, action.dep_label.emplace());
    if (name == "LEMMA") {
      action.lemma = std::string(value);
      return true;
    }
    if (name != "MORPH") return fail("unknown attribute \"" + std::string(name) + "\" to set");
    const auto morph = normalize_morph(value);
    if (!morph) return fail("MORPH is not a list of features: \"" + std::string(value) + "\"");
    return add_label(*morph, action.morph.emplace());
  }

  std::string_view file_name_;
  LabelTable& labels_;
  std::vector<RulerRule> rules_;
  size_t rule_ = 0;
  bool in_rule_ = false;
  Error error_;
};

/// The characters that may stand at one place, as strings of one character each; empty if the syntax is not known.
std::vector<std::string> take_choice(std::string_view regex, size_t& at) {
  constexpr std::string_view kSpecial = ".^$*+?{}[]\\|()";
  std::vector<std::string> choices;
  const auto take_literal = [&] {
    if (kSpecial.find(regex[at]) != std::string_view::npos) return false;
    const size_t start = at;
    static_cast<void>(decode_utf8(regex, at));
    choices.emplace_back(regex.substr(start, at - start));
    return true;
  };
  if (regex[at] != '[') {
    take_literal();
    return choices;
  }
  ++at;
  while (at < regex.size() && regex[at] != ']') {
    if (regex[at] == '-' || !take_literal()) return {};
  }
  if (at == regex.size()) return {};
  ++at;
  return choices;
}

}  // namespace

std::optional<std::vector<std::string>> expand_ruler_regex(std::string_view regex) {
  if (regex.size() < 3 || regex.front() != '^' || regex.back() != '$') return std::nullopt;
  const std::string_view body = regex.substr(1, regex.size() - 2);
  std::vector<std::string> words = {""};
  for (size_t at = 0; at < body.size();) {
    const std::vector<std::string> choices = take_choice(body, at);
    if (choices.empty()) return std::nullopt;
    const bool optional = at < body.size() && body[at] == '?';
    if (optional) ++at;
    if (words.size() * (choices.size() + (optional ? 1 : 0)) > kMaxExpansions) return std::nullopt;
    std::vector<std::string> longer;
    for (const std::string& word : words) {
      if (optional) longer.push_back(word);
      for (const std::string& choice : choices) longer.push_back(word + choice);
    }
    words = std::move(longer);
  }
  // Python's "$" also matches before a newline at the very end.
  const size_t count = words.size();
  for (size_t i = 0; i < count; ++i) words.push_back(words[i] + "\n");
  return words;
}

std::optional<std::string> normalize_morph(std::string_view features) {
  if (features.empty() || features == "_") return "";
  if (features.size() > kMaxMorphBytes) return std::nullopt;
  std::vector<std::string> normal;
  std::vector<std::string_view> names;
  for (const std::string_view feature : split(features, '|')) {
    const size_t equals = feature.find('=');
    if (equals == std::string_view::npos || feature.find('=', equals + 1) != std::string_view::npos) return std::nullopt;
    const std::string_view name = feature.substr(0, equals);
    if (std::find(names.begin(), names.end(), name) != names.end()) return std::nullopt;
    names.push_back(name);
    std::vector<std::string_view> values = split(feature.substr(equals + 1), ',');
    std::sort(values.begin(), values.end());
    normal.push_back(std::string(name) + "=" + join(values, ','));
  }
  std::sort(normal.begin(), normal.end());
  return join({normal.begin(), normal.end()}, '|');
}

Result<std::vector<RulerRule>> read_ruler_rules(std::string_view bytes, std::string_view file_name, LabelTable& labels) {
  return RulerReader(file_name, labels).read(bytes);
}

}  // namespace casus
