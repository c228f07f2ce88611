#include "language/lemma_tables.h"

#include <bit>
#include <limits>

#include "base/hash.h"
#include "language/strings.h"

namespace casus {
namespace {

constexpr size_t kMaxRulesOfPos = 1'000;  ///< of one part of speech; the English tables have 9 at most
constexpr size_t kMaxRuleBytes = 64;      ///< of a suffix or replacement; 4 there
constexpr size_t kMaxWordBytes = 1'000;   ///< of a word or lemma; 31 there

class TableReader {
 public:
  explicit TableReader(std::string_view file_name) : file_name_(file_name) {}

  Result<LemmaTables> read(const MsgpackValue& root) {
    for (const char* name : {"lemma_rules", "lemma_index", "lemma_exc"}) {
      table_ = name;
      const MsgpackValue* table = root.find(name);
      if (!table || !table->map()) {
        fail("the table is missing");
        return std::move(error_);
      }
      for (const auto& [key, value] : *table->map()) {
        if (!read_entry(key, value)) return std::move(error_);
      }
    }
    return std::move(tables_);
  }

 private:
  bool fail(const std::string& message) {
    error_ = Error{.code = ErrorCode::kBadModel, .message = table_ + ": " + message, .file = std::string(file_name_)};
    return false;
  }

  bool read_entry(const MsgpackValue& key, const MsgpackValue& value) {
    uint64_t id = 0;
    if (!key.to_uint64(id)) return fail("a key is not a string id");
    const std::optional<size_t> pos = pos_of(id);
    if (!pos) return true;  // no token can have that part of speech
    PosTables& tables = tables_[*pos];
    if (table_ == "lemma_rules") return read_rules(value, tables);
    if (table_ == "lemma_index") return read_index(value, tables);
    return read_exceptions(value, tables);
  }

  /// The tables name parts of speech by the id of their lower-case name.
  static std::optional<size_t> pos_of(uint64_t id) {
    for (size_t pos = 1; pos <= static_cast<size_t>(Pos::kSpace); ++pos) {
      if (string_id(lower_case(pos_name(static_cast<Pos>(pos)))) == id) return pos;
    }
    return std::nullopt;
  }

  bool take_string(const MsgpackValue& value, size_t max_bytes, std::string_view& out) {
    const auto* text = std::get_if<std::string_view>(&value.value);
    if (!text || text->size() > max_bytes) return fail("expected a string of at most " + std::to_string(max_bytes) + " bytes");
    out = *text;
    return true;
  }

  bool read_rules(const MsgpackValue& value, PosTables& tables) {
    const MsgpackValue::Array* list = value.array();
    if (!list || list->size() > kMaxRulesOfPos) return fail("expected a list of at most " + std::to_string(kMaxRulesOfPos) + " rules");
    tables.rules.clear();
    for (const MsgpackValue& item : *list) {
      const MsgpackValue::Array* pair = item.array();
      if (!pair || pair->size() != 2) return fail("a rule must be a suffix and its replacement");
      LemmaRule& rule = tables.rules.emplace_back();
      if (!take_string((*pair)[0], kMaxRuleBytes, rule.suffix) || !take_string((*pair)[1], kMaxRuleBytes, rule.replacement)) return false;
    }
    tables.any |= !list->empty();
    return true;
  }

  bool read_index(const MsgpackValue& value, PosTables& tables) {
    const MsgpackValue::Array* list = value.array();
    if (!list) return fail("expected a list of words");
    tables.index.reset(list->size(), false);
    for (const MsgpackValue& item : *list) {
      std::string_view word;
      if (!take_string(item, kMaxWordBytes, word)) return false;
      tables.index.add(word);
    }
    tables.any |= !list->empty();
    return true;
  }

  bool read_exceptions(const MsgpackValue& value, PosTables& tables) {
    if (!value.map()) return fail("expected a map of forms");
    for (const auto& [form, lemmas] : *value.map()) {
      std::string_view word;
      if (!take_string(form, kMaxWordBytes, word)) return false;
      if (!lemmas.array()) return fail("expected a list of lemmas");
      for (const MsgpackValue& lemma : *lemmas.array()) {
        if (!take_string(lemma, kMaxWordBytes, word)) return false;
      }
    }
    tables.exceptions = value.map();
    tables.any |= !value.map()->empty();
    return true;
  }

  std::string_view file_name_;
  LemmaTables tables_;
  std::string table_;
  Error error_;
};

}  // namespace

void WordMap::reset(size_t count, bool with_values) {
  slots_.assign(std::bit_ceil(2 * count + 2), Slot{});
  values_.assign(with_values ? slots_.size() : 0, {});
}

size_t WordMap::place_of(std::string_view text, uint64_t hash) const {
  const size_t mask = slots_.size() - 1;
  const auto tag = static_cast<uint32_t>(hash >> 32);
  size_t place = hash & mask;
  while (slots_[place].data && (slots_[place].tag != tag || word(place) != text)) place = (place + 1) & mask;
  return place;
}

void WordMap::add(std::string_view text, std::string_view value) {
  const uint64_t hash = hash64(text);
  const size_t place = place_of(text, hash);
  if (slots_[place].data) return;
  slots_[place] = Slot{.data = text.data(), .size = static_cast<uint32_t>(text.size()), .tag = static_cast<uint32_t>(hash >> 32)};
  if (!values_.empty()) values_[place] = value;
}

std::optional<size_t> WordMap::find(std::string_view text) const {
  if (slots_.empty()) return std::nullopt;
  const size_t place = place_of(text, hash64(text));
  if (!slots_[place].data) return std::nullopt;
  return place;
}

Result<LemmaTables> read_lemma_tables(const MsgpackValue& root, std::string_view file_name) { return TableReader(file_name).read(root); }

}  // namespace casus
