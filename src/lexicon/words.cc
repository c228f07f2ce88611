#include "lexicon/words.h"

#include <array>
#include <optional>
#include <utility>

namespace casus {
namespace {

constexpr std::array<std::string_view, kWordClasses> kClassNames = {"preposition",
                                                                    "modal",
                                                                    "negator",
                                                                    "condition",
                                                                    "phase",
                                                                    "errand",
                                                                    "speech-verb",
                                                                    "speech-noun",
                                                                    "hedge",
                                                                    "hedge-link",
                                                                    "number",
                                                                    "scale",
                                                                    "money-scale",
                                                                    "rough-size",
                                                                    "rough-factor",
                                                                    "fraction",
                                                                    "range-mark",
                                                                    "duration-frame",
                                                                    "amount-preposition",
                                                                    "month",
                                                                    "weekday",
                                                                    "time-unit",
                                                                    "time-shift",
                                                                    "day-word",
                                                                    "pronoun",
                                                                    "pair-noun",
                                                                    "pair-word",
                                                                    "counterpart",
                                                                    "own-side",
                                                                    "other-side",
                                                                    "state-noun",
                                                                    "holding",
                                                                    "tied-noun",
                                                                    "light-verb",
                                                                    "futurate",
                                                                    "partitive",
                                                                    "materiel",
                                                                    "fused-owner",
                                                                    "national-title",
                                                                    "past-office",
                                                                    "definite",
                                                                    "adjunct",
                                                                    "address",
                                                                    "division-noun",
                                                                    "place-noun",
                                                                    "ground-preposition",
                                                                    "goal-word",
                                                                    "goal-preposition",
                                                                    "origin-word",
                                                                    "origin-preposition",
                                                                    "site-word",
                                                                    "meeting-noun",
                                                                    "along-preposition",
                                                                    "that-place",
                                                                    "whereabouts-verb",
                                                                    "land-word",
                                                                    "additive",
                                                                    "content-noun",
                                                                    "content-adjective",
                                                                    "source-phrase",
                                                                    "view-noun",
                                                                    "hearsay",
                                                                    "passage-shift",
                                                                    "distance",
                                                                    "season",
                                                                    "day-part",
                                                                    "clock-word",
                                                                    "clock-mark",
                                                                    "time-part",
                                                                    "ordinal",
                                                                    "time-reference",
                                                                    "frequency",
                                                                    "time-hedge",
                                                                    "vague-count",
                                                                    "era",
                                                                    "holiday",
                                                                    "decade-word",
                                                                    "time-link",
                                                                    "year-cue",
                                                                    "no-time",
                                                                    "time-bound",
                                                                    "set-word",
                                                                    "double-meaning",
                                                                    "contrast"};
constexpr std::array<std::string_view, 4> kKindNames = {"verb", "noun", "adjective", "adverb"};
constexpr std::array<std::string_view, 5> kEffectNames = {"actual", "planned", "conditional", "denied", "dropped"};

template <size_t kSize>
std::optional<size_t> index_of(const std::array<std::string_view, kSize>& names, std::string_view name) {
  for (size_t i = 0; i < kSize; ++i) {
    if (names[i] == name) return i;
  }
  return std::nullopt;
}

template <size_t kSize>
std::string listed(const std::array<std::string_view, kSize>& names) {
  std::string out = "use one of";
  for (const std::string_view name : names) out += " " + std::string(name);
  return out;
}

}  // namespace

Result<void> WordTable::add(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string word(table.cell(row, "word"));
    const auto word_class = index_of(kClassNames, table.cell(row, "class"));
    if (word.empty()) return table.error(row, "row without a word", "fill the cell or remove the row");
    if (!word_class) return table.error(row, "unknown class \"" + std::string(table.cell(row, "class")) + "\"", listed(kClassNames));
    Class& words = classes_[*word_class];
    words.filter.add(word);
    words.beginnings.add(std::string_view(word).substr(0, 2));
    if (!words.words.emplace(word, std::string(table.cell(row, "value"))).second) {
      return table.error(row, "\"" + word + "\" stands twice in its class", "remove one");
    }
  }
  return {};
}

const std::string* WordTable::find(WordClass word_class, std::string_view word) const {
  const Class& words = classes_[static_cast<size_t>(word_class)];
  if (!words.filter.may_hold(word)) return nullptr;
  const auto found = words.words.find(word);
  return found == words.words.end() ? nullptr : &found->second;
}

std::unordered_set<std::string> WordTable::all(WordClass word_class) const {
  std::unordered_set<std::string> words;
  for (const auto& [word, value] : classes_[static_cast<size_t>(word_class)].words) words.insert(word);
  return words;
}

bool is_status(std::string_view name) {
  const auto effect = index_of(kEffectNames, name);
  return effect && *effect != static_cast<size_t>(WrapperEffect::kDropped);
}

std::string_view wrapper_effect_name(WrapperEffect effect) { return kEffectNames[static_cast<size_t>(effect)]; }

Result<void> WrapperTable::add(const Table& table) {
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string word(table.cell(row, "word"));
    const auto kind = index_of(kKindNames, table.cell(row, "kind"));
    const auto effect = index_of(kEffectNames, table.cell(row, "effect"));
    if (word.empty()) return table.error(row, "row without a word", "fill the cell or remove the row");
    if (!kind) return table.error(row, "unknown kind \"" + std::string(table.cell(row, "kind")) + "\"", listed(kKindNames));
    if (!effect) return table.error(row, "unknown effect \"" + std::string(table.cell(row, "effect")) + "\"", listed(kEffectNames));
    if (!kinds_[*kind].emplace(word, static_cast<WrapperEffect>(*effect)).second) {
      return table.error(row, "\"" + word + "\" stands twice with its kind", "remove one");
    }
  }
  return {};
}

const WrapperEffect* WrapperTable::find(WrapperKind kind, std::string_view word) const {
  const auto& words = kinds_[static_cast<size_t>(kind)];
  const auto found = words.find(word);
  return found == words.end() ? nullptr : &found->second;
}

}  // namespace casus
