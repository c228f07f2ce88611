#include "language/attribute_ruler.h"

#include <array>
#include <cstring>
#include <memory_resource>
#include <unordered_map>

#include "language/ruler_patterns.h"
#include "language/strings.h"

namespace casus {
namespace {

constexpr size_t kMaxCells = 100'000;  ///< of the table for patterns without words; the English pipelines need about 2,000
constexpr size_t kMaxWords = 60'000;   ///< of all conditions together; there are 160 there
constexpr uint16_t kNoLabel = 0xffff;  ///< stands for every label that no condition names; LabelTable never gives it out

enum Attribute : uint8_t { kPos, kMorph, kTag, kDep, kLemma, kAttributes };

/// For every attribute, one more than the number of the last rule that sets it, or 0. That is all that the order of rules
/// means: they match on the document as it was, so only the last word on each attribute counts. (Eight wide for the
/// vector unit.)
struct Winners {
  alignas(16) std::array<uint16_t, 8> rule{};

  void merge(const Winners& other) {
    for (size_t i = 0; i < rule.size(); ++i) rule[i] = std::max(rule[i], other.rule[i]);
  }
};

/// Words of the patterns by their lower-case form, numbered from 1. Those of up to 16 bytes, which is all in practice, are
/// compared as two integers, so that most tokens cost a few instructions.
class WordTable {
 public:
  static constexpr size_t kShort = 16;

  uint16_t add(std::string_view lower) {
    const auto number = static_cast<uint16_t>(count_ + 1);
    const auto [place, is_new] = numbers_.try_emplace(std::string(lower), number);
    if (is_new) ++count_;
    max_bytes_ = std::max(max_bytes_, lower.size());
    return place->second;
  }

  /// Builds the table of short words. To be called once, after the last add.
  void finish() {
    size_t size = 16;
    while (size < 4 * numbers_.size()) size *= 2;
    slots_.assign(size, Slot{});
    for (const auto& [word, number] : numbers_) {
      if (word.size() > kShort) continue;
      const Key key = key_of(word);
      size_t at = slot_of(key);
      while (slots_[at].number != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = Slot{.key = key, .number = number};
    }
  }

  /// Number of the lower-case form of `word`, or 0.
  [[nodiscard]] uint16_t find(std::string_view word) const {
    if (word.size() > kShort) return find_long(word);
    Key key = key_of(word);
    constexpr uint64_t kHighBits = 0x8080808080808080;
    if (((key.low | key.high) & kHighBits) != 0) return find_other(lower_case(word));
    key.low = lower_ascii(key.low);
    key.high = lower_ascii(key.high);
    return find_key(key);
  }

  [[nodiscard]] size_t size() const { return count_; }

 private:
  struct Key {
    uint64_t low = 0;
    uint64_t high = 0;
    size_t bytes = 0;  ///< tells padding from zero bytes of the text
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Slot {
    Key key;
    uint16_t number = 0;
  };

  static Key key_of(std::string_view word) {
    std::array<char, kShort> padded{};
    if (!word.empty()) std::memcpy(padded.data(), word.data(), word.size());
    Key key;
    key.bytes = word.size();
    std::memcpy(&key.low, padded.data(), 8);
    std::memcpy(&key.high, padded.data() + 8, 8);
    return key;
  }

  /// Eight ASCII bytes at once: the first sum sets the high bit from "A" on, the second from the byte behind "Z" on.
  static uint64_t lower_ascii(uint64_t bytes) {
    const uint64_t capitals = (bytes + 0x3f3f3f3f3f3f3f3f) & ~(bytes + 0x2525252525252525) & 0x8080808080808080;
    return bytes | capitals >> 2;
  }

  [[nodiscard]] size_t slot_of(const Key& key) const {
    const uint64_t mixed = (key.low ^ key.high * 0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd;  // any odd constants would do
    return (mixed >> 40) & (slots_.size() - 1);
  }

  [[nodiscard]] uint16_t find_key(const Key& key) const {
    for (size_t at = slot_of(key);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].number == 0 || slots_[at].key == key) return slots_[at].number;
    }
  }

  /// Lower-casing can shorten a word, to a third at most (KELVIN SIGN to "k").
  [[nodiscard]] uint16_t find_long(std::string_view word) const {
    if (word.size() > 3 * max_bytes_) return 0;
    return find_other(lower_case(word));
  }

  [[nodiscard]] uint16_t find_other(const std::string& lower) const {
    const auto place = numbers_.find(lower);
    return place == numbers_.end() ? uint16_t{0} : place->second;
  }

  std::unordered_map<std::string, uint16_t> numbers_;
  std::vector<Slot> slots_;
  size_t count_ = 0;
  size_t max_bytes_ = 0;
};

/// Labels that some condition names get a class each, all others share class 0: the axes of the table below.
class LabelClasses {
 public:
  void mention(const std::optional<RulerCondition<uint16_t>>& condition) {
    if (!condition) return;
    for (const uint16_t label : condition->values) {
      if (label >= class_of_label_.size()) class_of_label_.resize(size_t{label} + 1, 0);
      if (class_of_label_[label] != 0) continue;
      class_of_label_[label] = static_cast<uint16_t>(labels_.size());
      labels_.push_back(label);
    }
  }

  [[nodiscard]] size_t size() const { return labels_.size(); }
  [[nodiscard]] size_t of(uint16_t label) const { return label < class_of_label_.size() ? class_of_label_[label] : 0; }
  [[nodiscard]] uint16_t label(size_t label_class) const { return labels_[label_class]; }

 private:
  std::vector<uint16_t> labels_ = {kNoLabel};
  std::vector<uint16_t> class_of_label_;
};

/// A token's conditions with words as numbers of the WordTable.
struct CompiledToken {
  std::optional<RulerCondition<uint16_t>> tag;
  std::optional<RulerCondition<uint16_t>> dep;
  std::optional<RulerCondition<uint16_t>> lower;
  std::optional<RulerCondition<std::string>> orth;
  std::optional<bool> is_space;
};

struct CompiledPattern {
  std::vector<CompiledToken> tokens;
  uint32_t anchor = 0;  ///< index of the token by whose word the pattern is found
  uint32_t target = 0;  ///< index of the token that the rule changes
  uint16_t rule = 0;
};

bool is_space(std::string_view word) {
  if (word.empty()) return false;
  const auto first = static_cast<unsigned char>(word.front());
  return (first <= ' ' || first >= 0x80) && is_space_word(word);
}

/// One call of apply: the tokens as the patterns see them.
struct View {
  std::string_view text;
  std::span<const Token> tokens;
  std::span<const uint16_t> words;
};

bool holds(const CompiledToken& conditions, const View& view, size_t index) {
  const Token& token = view.tokens[index];
  if (conditions.lower && !conditions.lower->holds(view.words[index])) return false;
  if (conditions.tag && !conditions.tag->holds(token.tag)) return false;
  if (conditions.dep && !conditions.dep->holds(token.dep_label)) return false;
  const std::string_view word = token.span.in(view.text);
  if (conditions.is_space && *conditions.is_space != is_space(word)) return false;
  return !conditions.orth || conditions.orth->holds(word);
}

bool holds_at(const CompiledPattern& pattern, const View& view, size_t start) {
  if (pattern.tokens.size() > view.tokens.size() - start) return false;
  for (size_t i = 0; i < pattern.tokens.size(); ++i) {
    if (!holds(pattern.tokens[i], view, start + i)) return false;
  }
  return true;
}

/// Patterns to try where a word stands.
struct Candidates {
  std::vector<uint32_t> single;  ///< indices of patterns of one token
  std::vector<uint32_t> longer;
};

}  // namespace

struct AttributeRuler::Impl {
  struct Values {
    Pos pos = Pos::kNone;
    Dep dep = Dep::kOther;
    uint16_t morph = 0;
    uint16_t tag = 0;
    uint16_t dep_label = 0;
    std::string lemma;

    /// An empty lemma is none: the lemmatizer, which asks for a null view, then finds one.
    [[nodiscard]] std::string_view lemma_view() const { return lemma.empty() ? std::string_view() : std::string_view(lemma); }
  };
  struct Hit {
    uint32_t token;
    uint16_t rule;
  };
  using Hits = std::pmr::vector<Hit>;

  WordTable words;
  LabelClasses tags;
  LabelClasses deps;
  std::vector<Winners> table;  ///< patterns of one token without words, by class of tag, class of dep, is-space
  std::vector<CompiledPattern> patterns;
  std::vector<Candidates> candidates;  ///< by word number; [0] are patterns without any listed word, tried everywhere
  std::vector<Winners> sets;           ///< by rule: its own number at what it sets
  std::vector<Values> values;          ///< by rule

  // Building
  [[nodiscard]] bool build(const std::vector<RulerRule>& rules, const LabelTable& labels);
  void add_rule(const RulerRule& rule, const LabelTable& labels);
  void add_pattern(const RulerPattern& pattern, uint16_t rule, int target);
  [[nodiscard]] CompiledToken compile(const RulerToken& token);
  [[nodiscard]] std::vector<uint16_t> take_anchors(const RulerPattern& pattern, CompiledPattern& compiled);
  void add_to_table(const RulerToken& token, uint16_t rule);
  [[nodiscard]] static bool fits_table(const RulerPattern& pattern) { return pattern.size() == 1 && !pattern[0].lower && !pattern[0].orth; }
  [[nodiscard]] size_t cell(size_t tag_class, size_t dep_class, bool space) const {
    return (tag_class * deps.size() + dep_class) * 2 + (space ? 1 : 0);
  }

  // Applying
  void try_longer(uint16_t word, const View& view, size_t index, Hits& hits) const;
  [[nodiscard]] Winners winners(const View& view, size_t index) const;
  void set(const Winners& winners, Token& token) const;
};

bool AttributeRuler::Impl::build(const std::vector<RulerRule>& rules, const LabelTable& labels) {
  for (const RulerRule& rule : rules) {
    for (const RulerPattern& pattern : rule.patterns) {
      if (!fits_table(pattern)) continue;
      tags.mention(pattern[0].tag);
      deps.mention(pattern[0].dep);
    }
  }
  if (tags.size() * deps.size() * 2 > kMaxCells) return false;
  table.resize(tags.size() * deps.size() * 2);
  candidates.resize(1);
  for (const RulerRule& rule : rules) add_rule(rule, labels);
  if (words.size() > kMaxWords) return false;
  words.finish();
  candidates.resize(words.size() + 1);
  return true;
}

void AttributeRuler::Impl::add_rule(const RulerRule& rule, const LabelTable& labels) {
  const auto number = static_cast<uint16_t>(values.size());
  const auto mark = static_cast<uint16_t>(number + 1);
  const RulerAction& action = rule.action;
  Values& value = values.emplace_back();
  Winners& own = sets.emplace_back();
  if (action.pos) own.rule[kPos] = mark, value.pos = *action.pos;
  if (action.morph) own.rule[kMorph] = mark, value.morph = *action.morph;
  if (action.tag) own.rule[kTag] = mark, value.tag = *action.tag;
  if (action.dep_label)
    own.rule[kDep] = mark, value.dep_label = *action.dep_label, value.dep = dep_from_name(labels.name(*action.dep_label));
  if (action.lemma) own.rule[kLemma] = mark, value.lemma = *action.lemma;
  for (const RulerPattern& pattern : rule.patterns) {
    if (fits_table(pattern)) {
      add_to_table(pattern[0], number);
    } else {
      add_pattern(pattern, number, rule.target);
    }
  }
}

void AttributeRuler::Impl::add_to_table(const RulerToken& token, uint16_t rule) {
  for (size_t tag = 0; tag < tags.size(); ++tag) {
    if (token.tag && !token.tag->holds(tags.label(tag))) continue;
    for (size_t dep = 0; dep < deps.size(); ++dep) {
      if (token.dep && !token.dep->holds(deps.label(dep))) continue;
      for (const bool space : {false, true}) {
        if (!token.is_space || *token.is_space == space) table[cell(tag, dep, space)].merge(sets[rule]);
      }
    }
  }
}

CompiledToken AttributeRuler::Impl::compile(const RulerToken& token) {
  CompiledToken out{.tag = token.tag, .dep = token.dep, .lower = std::nullopt, .orth = token.orth, .is_space = token.is_space};
  if (!token.lower) return out;
  out.lower.emplace();
  out.lower->negated = token.lower->negated;
  for (const std::string& word : token.lower->values) out.lower->values.push_back(words.add(word));
  return out;
}

void AttributeRuler::Impl::add_pattern(const RulerPattern& pattern, uint16_t rule, int target) {
  CompiledPattern compiled;
  compiled.rule = rule;
  compiled.target = static_cast<uint32_t>(target < 0 ? target + static_cast<int>(pattern.size()) : target);
  for (const RulerToken& token : pattern) compiled.tokens.push_back(compile(token));
  std::vector<uint16_t> anchors = take_anchors(pattern, compiled);
  std::sort(anchors.begin(), anchors.end());
  anchors.erase(std::unique(anchors.begin(), anchors.end()), anchors.end());
  candidates.resize(std::max(candidates.size(), words.size() + 1));
  for (const uint16_t word : anchors) {
    Candidates& place = candidates[word];
    (pattern.size() == 1 ? place.single : place.longer).push_back(static_cast<uint32_t>(patterns.size()));
  }
  patterns.push_back(std::move(compiled));
}

/// The words by which the pattern is found: those of its first token that lists some, or 0 for "anywhere".
std::vector<uint16_t> AttributeRuler::Impl::take_anchors(const RulerPattern& pattern, CompiledPattern& compiled) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    compiled.anchor = static_cast<uint32_t>(i);
    std::optional<RulerCondition<uint16_t>>& lower = compiled.tokens[i].lower;
    if (lower && !lower->negated) {
      std::vector<uint16_t> anchors = std::move(lower->values);
      lower.reset();  // holds wherever the pattern is tried
      return anchors;
    }
    if (const auto& orth = pattern[i].orth; orth && !orth->negated) {
      std::vector<uint16_t> anchors;
      for (const std::string& word : orth->values) anchors.push_back(words.add(lower_case(word)));
      return anchors;
    }
  }
  compiled.anchor = 0;
  return {0};
}

void AttributeRuler::Impl::try_longer(uint16_t word, const View& view, size_t index, Hits& hits) const {
  for (const uint32_t number : candidates[word].longer) {
    const CompiledPattern& pattern = patterns[number];
    if (pattern.anchor > index || !holds_at(pattern, view, index - pattern.anchor)) continue;
    hits.push_back(Hit{.token = static_cast<uint32_t>(index - pattern.anchor + pattern.target), .rule = pattern.rule});
  }
}

Winners AttributeRuler::Impl::winners(const View& view, size_t index) const {
  const Token& token = view.tokens[index];
  Winners out = table[cell(tags.of(token.tag), deps.of(token.dep_label), is_space(token.span.in(view.text)))];
  const auto try_single = [&](uint16_t word) {
    for (const uint32_t number : candidates[word].single) {
      const CompiledPattern& pattern = patterns[number];
      if (holds(pattern.tokens[0], view, index)) out.merge(sets[pattern.rule]);
    }
  };
  try_single(0);
  if (view.words[index] != 0) try_single(view.words[index]);
  return out;
}

void AttributeRuler::Impl::set(const Winners& winners, Token& token) const {
  const auto& rule = winners.rule;
  if (rule[kPos] > 0) token.pos = values[rule[kPos] - 1].pos;
  if (rule[kMorph] > 0) token.morph = values[rule[kMorph] - 1].morph;
  if (rule[kTag] > 0) token.tag = values[rule[kTag] - 1].tag;
  if (rule[kLemma] > 0) token.lemma = values[rule[kLemma] - 1].lemma_view();
  if (rule[kDep] > 0) {
    token.dep_label = values[rule[kDep] - 1].dep_label;
    token.dep = values[rule[kDep] - 1].dep;
  }
}

AttributeRuler::AttributeRuler(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
AttributeRuler::~AttributeRuler() = default;

Result<std::unique_ptr<const AttributeRuler>> AttributeRuler::load(std::string_view bytes, std::string_view file_name, LabelTable& labels) {
  const auto rules = read_ruler_rules(bytes, file_name, labels);
  if (!rules) return rules.error();
  auto impl = std::make_unique<Impl>();
  if (!impl->build(*rules, labels)) {
    return Error{
        .code = ErrorCode::kBadModel, .message = "names too many tags, dependency labels or words", .file = std::string(file_name)};
  }
  return std::unique_ptr<const AttributeRuler>(new AttributeRuler(std::move(impl)));
}

void AttributeRuler::apply(std::string_view text, std::span<Token> tokens) const {
  std::array<std::byte, 4096> buffer;
  std::pmr::monotonic_buffer_resource scratch(buffer.data(), buffer.size());
  std::pmr::vector<uint16_t> words(tokens.size(), &scratch);
  for (size_t i = 0; i < tokens.size(); ++i) words[i] = impl_->words.find(tokens[i].span.in(text));
  const View view{.text = text, .tokens = tokens, .words = words};

  // Patterns of several tokens first: they must see the tags of all of them as they were. Those of one token see that
  // token only, so it can be changed at once.
  Impl::Hits hits(&scratch);
  const bool everywhere = !impl_->candidates[0].longer.empty();
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (everywhere) impl_->try_longer(0, view, i, hits);
    if (words[i] != 0) impl_->try_longer(words[i], view, i, hits);
  }
  std::sort(hits.begin(), hits.end(), [](const Impl::Hit& a, const Impl::Hit& b) { return a.token < b.token; });

  auto hit = hits.begin();
  for (size_t i = 0; i < tokens.size(); ++i) {
    Winners winners = impl_->winners(view, i);
    for (; hit != hits.end() && hit->token == i; ++hit) winners.merge(impl_->sets[hit->rule]);
    impl_->set(winners, tokens[i]);
  }
}

}  // namespace casus
