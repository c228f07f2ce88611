#include "language/lemmatizer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

#include "language/lemma_tables.h"
#include "language/strings.h"

namespace casus {
namespace {

/// A word being put together; nearly always in the buffer.
class WordBuffer {
 public:
  /// `word` without its last `drop` bytes, then `tail`.
  std::string_view join(std::string_view word, size_t drop, std::string_view tail) {
    const std::string_view stem = word.substr(0, word.size() - drop);
    if (stem.size() + tail.size() > buffer_.size()) {
      long_.assign(stem).append(tail);
      return long_;
    }
    if (!stem.empty()) std::memcpy(buffer_.data(), stem.data(), stem.size());
    if (!tail.empty()) std::memcpy(buffer_.data() + stem.size(), tail.data(), tail.size());
    return {buffer_.data(), stem.size() + tail.size()};
  }

 private:
  std::array<char, 64> buffer_;
  std::string long_;
};

/// The lower-case form of a word: the word itself if that is it already, so that it need not be copied.
class Lowered {
 public:
  explicit Lowered(std::string_view word) : view_(word) {
    if (lower_ascii(word)) return;
    long_ = lower_case(word);
    if (long_ != word) view_ = long_;
  }
  Lowered(const Lowered&) = delete;
  Lowered& operator=(const Lowered&) = delete;
  [[nodiscard]] std::string_view view() const { return view_; }

 private:
  bool lower_ascii(std::string_view word) {
    if (word.size() > buffer_.size()) return false;
    bool changed = false;
    for (size_t i = 0; i < word.size(); ++i) {
      const unsigned byte = static_cast<unsigned char>(word[i]);
      if (byte >= 0x80) return false;
      const bool capital = byte - 'A' < 26U;
      buffer_[i] = static_cast<char>(capital ? byte + ('a' - 'A') : byte);
      changed |= capital;
    }
    if (changed) view_ = {buffer_.data(), word.size()};
    return true;
  }

  std::array<char, 64> buffer_;
  std::string long_;
  std::string_view view_;
};

std::string_view keep(std::string_view text, std::pmr::memory_resource& arena) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(arena.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

std::string_view keep_lower(std::string_view word, std::pmr::memory_resource& arena) {
  const Lowered lower(word);
  return lower.view().data() == word.data() ? word : keep(lower.view(), arena);
}

/// The whole value of a feature, "" if it is not there.
std::string_view feature(std::string_view morph, std::string_view name) {
  for (size_t at = 0; at < morph.size();) {
    const size_t end = std::min(morph.find('|', at), morph.size());
    const std::string_view pair = morph.substr(at, end - at);
    if (pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name)) return pair.substr(name.size() + 1);
    at = end + 1;
  }
  return {};
}

/// Whether the word is its own lemma by part of speech and features. spaCy, lang/en/lemmatizer.py, is_base_form.
bool is_base_form(Pos pos, std::string_view morph) {
  if (morph.empty()) return false;
  const std::string_view form = feature(morph, "VerbForm");
  if (form == "Inf" || form == "None" || feature(morph, "Degree") == "Pos") return true;
  if (pos == Pos::kNoun) return feature(morph, "Number") == "Sing";
  return pos == Pos::kVerb && form == "Fin" && feature(morph, "Tense") == "Pres" && feature(morph, "Number").empty();
}

}  // namespace

struct Lemmatizer::Impl {
  std::string bytes;              ///< the file; the tables point into it
  std::deque<std::string> texts;  ///< lemmas of exceptions that are not in the file
  LemmaOrder order = LemmaOrder::kRuleOrder;
  LemmaTables tables;
  std::array<WordMap, std::tuple_size_v<LemmaTables>> exceptions;  ///< form → its one lemma

  /// The rule whose form comes first, and how good that form is; no rule if none fits.
  struct Choice {
    const LemmaRule* rule = nullptr;
    std::optional<size_t> place;  ///< in the index
    int rank = -1;
  };
  [[nodiscard]] Choice choose(const PosTables& table, std::string_view lower) const;
  [[nodiscard]] bool rules_give(const PosTables& table, std::string_view lower, std::string_view lemma) const;
  [[nodiscard]] std::string_view exception_lemma(const PosTables& table, std::string_view form, const MsgpackValue::Array& lemmas);
  void resolve_exceptions();
};

// spaCy makes a list of candidates, but its first member is all that counts, so only that is looked for. A form that is in
// the index or not purely letters is a candidate; without any, forms of other kinds are. In rule order the first candidate
// wins. With the index first, each form in the index is put in front of those before it, so the last such form wins.
Lemmatizer::Impl::Choice Lemmatizer::Impl::choose(const PosTables& table, std::string_view lower) const {
  const bool index_first = order == LemmaOrder::kIndexFirst;
  Choice best;
  WordBuffer buffer;
  for (const LemmaRule& rule : table.rules) {
    if (!lower.ends_with(rule.suffix)) continue;
    const std::string_view form = buffer.join(lower, rule.suffix.size(), rule.replacement);
    if (form.empty()) continue;
    const auto place = table.index.find(form);
    const int rank = place ? 2 : is_alpha_word(form) ? 0 : index_first ? 1 : 2;
    if (rank > best.rank || (rank == 2 && index_first)) best = Choice{.rule = &rule, .place = place, .rank = rank};
    if (rank == 2 && !index_first) break;
  }
  return best;
}

/// Whether `lemma` is among the candidates that the rules make of `lower`.
bool Lemmatizer::Impl::rules_give(const PosTables& table, std::string_view lower, std::string_view lemma) const {
  WordBuffer buffer;
  const auto makes_it = [&](const LemmaRule& rule) {
    return lower.ends_with(rule.suffix) && buffer.join(lower, rule.suffix.size(), rule.replacement) == lemma;
  };
  return !lemma.empty() && std::any_of(table.rules.begin(), table.rules.end(), makes_it) &&
         (table.index.find(lemma) || !is_alpha_word(lemma));
}

/// Exceptions go to the front one after the other unless they are candidates already: the last that is new comes first.
std::string_view Lemmatizer::Impl::exception_lemma(const PosTables& table, std::string_view form, const MsgpackValue::Array& lemmas) {
  for (size_t i = lemmas.size(); i-- > 0;) {
    const std::string_view lemma = lemmas[i].text();
    const auto same = [&](const MsgpackValue& earlier) { return earlier.text() == lemma; };
    const auto end = lemmas.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::none_of(lemmas.begin(), end, same) && !rules_give(table, form, lemma)) return lemma;
  }
  const Choice choice = choose(table, form);
  if (choice.place) return table.index.word(*choice.place);
  WordBuffer buffer;
  return texts.emplace_back(buffer.join(form, choice.rule->suffix.size(), choice.rule->replacement));
}

void Lemmatizer::Impl::resolve_exceptions() {
  for (size_t pos = 0; pos < tables.size(); ++pos) {
    PosTables& table = tables[pos];
    if (!table.exceptions) continue;
    exceptions[pos].reset(table.exceptions->size(), true);
    // From the back, so that of a form given twice the last counts, as in Python.
    for (auto entry = table.exceptions->rbegin(); entry != table.exceptions->rend(); ++entry) {
      const std::string_view form = entry->first.text();
      const MsgpackValue::Array& lemmas = *entry->second.array();
      if (!lemmas.empty()) exceptions[pos].add(form, exception_lemma(table, form, lemmas));
    }
    table.exceptions = nullptr;  // the decoded file goes
  }
}

Lemmatizer::Lemmatizer(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Lemmatizer::~Lemmatizer() = default;

Result<std::unique_ptr<const Lemmatizer>> Lemmatizer::load(std::string_view bytes, std::string_view file_name, LemmaOrder order) {
  auto impl = std::make_unique<Impl>();
  impl->bytes = bytes;
  impl->order = order;
  const auto root = decode_msgpack(impl->bytes);
  if (!root) {
    Error error = root.error();
    error.file = file_name;
    return error;
  }
  auto tables = read_lemma_tables(*root, file_name);
  if (!tables) return std::move(tables).error();
  impl->tables = std::move(*tables);
  impl->resolve_exceptions();
  return std::unique_ptr<const Lemmatizer>(new Lemmatizer(std::move(impl)));
}

std::string_view Lemmatizer::lemma(std::string_view word, Pos pos, std::string_view morph, std::pmr::memory_resource& arena) const {
  if (pos == Pos::kNone || pos == Pos::kSpace || is_base_form(pos, morph)) return keep_lower(word, arena);
  const PosTables& table = impl_->tables[static_cast<size_t>(pos)];
  if (!table.any) return pos == Pos::kPropn ? word : keep_lower(word, arena);
  const Lowered lower(word);
  const WordMap& exceptions = impl_->exceptions[static_cast<size_t>(pos)];
  if (const auto place = exceptions.find(lower.view())) return exceptions.value(*place);
  const Impl::Choice choice = impl_->choose(table, lower.view());
  if (!choice.rule) return word;
  if (choice.place) return table.index.word(*choice.place);
  if (choice.rule->replacement.empty() && lower.view().data() == word.data())
    return word.substr(0, word.size() - choice.rule->suffix.size());
  WordBuffer buffer;
  return keep(buffer.join(lower.view(), choice.rule->suffix.size(), choice.rule->replacement), arena);
}

}  // namespace casus
