#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace casus {

/// spaCy's string id: 0 for "", the number of a reserved symbol, else MurmurHash64A with seed 1 of the UTF-8 bytes.
[[nodiscard]] uint64_t string_id(std::string_view text);

/// The rows of a hash embedding: four 32-bit keys (MurmurHash3_x64_128 of the 8-byte id), not yet reduced modulo rows.
struct HashKeys {
  uint32_t key[4];
};
[[nodiscard]] HashKeys hash_keys(uint64_t id, uint32_t seed);

/// The reserved-symbol number of a name, or 0 if it is none ("NOUN" is 92). spaCy/symbols.pyx, versions 3.8.0–3.8.15.
[[nodiscard]] uint64_t reserved_symbol(std::string_view name);

/// The lexical attributes of a word that depend on its text alone (units: UTF-8 text, lengths in code points).
[[nodiscard]] std::string lower_case(std::string_view word);        ///< Python's str.lower
[[nodiscard]] std::string word_shape(std::string_view word);        ///< "Xxxxx", "dd.dd", "LONG"
[[nodiscard]] std::string_view word_prefix(std::string_view word);  ///< first code point
[[nodiscard]] std::string_view word_suffix(std::string_view word);  ///< last three code points
[[nodiscard]] bool is_space_word(std::string_view word);            ///< every code point is white space (Python's isspace); false for ""
[[nodiscard]] bool is_alpha_word(std::string_view word);            ///< Python's str.isalpha
[[nodiscard]] std::string_view base_norm(std::string_view word);    ///< one of the 45 base norms ("—" → "-"), or "" if none

/// The norm of a word that neither a tokenizer exception nor the lexeme_norm table gives: its base norm, else its
/// lower-case form. (spaCy's order: RawToken::norm, the table at string_id(word), this.)
[[nodiscard]] std::string default_norm(std::string_view word);

}  // namespace casus
