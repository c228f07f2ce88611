#include "language/strings.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

#include "base/text.h"
#include "base/utf8.h"
#include "language/unicode.h"

namespace casus {
namespace {

// --- hashes -------------------------------------------------------------------------------------------------------------

uint64_t little_endian(const char* bytes, size_t count) {
  uint64_t value = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&value, bytes, count);
  } else {
    for (size_t i = 0; i < count; ++i) value |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return value;
}

/// MurmurHash64A (A. Appleby, public domain) with spaCy's seed.
uint64_t murmur64a(std::string_view text) {
  constexpr uint64_t kMultiplier = 0xc6a4a7935bd1e995;
  constexpr uint64_t kSeed = 1;
  constexpr int kShift = 47;
  uint64_t hash = kSeed ^ (text.size() * kMultiplier);
  const char* at = text.data();
  size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    uint64_t block = little_endian(at, 8) * kMultiplier;
    block ^= block >> kShift;
    hash = (hash ^ (block * kMultiplier)) * kMultiplier;
  }
  if (left > 0) hash = (hash ^ little_endian(at, left)) * kMultiplier;
  hash = (hash ^ (hash >> kShift)) * kMultiplier;
  return hash ^ (hash >> kShift);
}

uint64_t murmur3_mix(uint64_t k) {
  k = (k ^ (k >> 33)) * 0xff51afd7ed558ccd;
  k = (k ^ (k >> 33)) * 0xc4ceb9fe1a85ec53;
  return k ^ (k >> 33);
}

// --- reserved symbols ---------------------------------------------------------------------------------------------------

/// Symbols counted up by one from `first`. FLAG19…FLAG63 and DEPRECATED001…276 follow a pattern and are not listed.
struct SymbolRun {
  uint16_t first;
  std::span<const std::string_view> names;
};

constexpr std::string_view kFlagSymbols[] = {
    "IS_ALPHA", "IS_ASCII",   "IS_DIGIT", "IS_LOWER",          "IS_PUNCT",   "IS_SPACE", "IS_TITLE",      "IS_UPPER",       "LIKE_URL",
    "LIKE_NUM", "LIKE_EMAIL", "IS_STOP",  "IS_OOV_DEPRECATED", "IS_BRACKET", "IS_QUOTE", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY"};
constexpr std::string_view kAttributeSymbols[] = {
    "ID",       "ORTH", "LOWER",      "NORM",  "SHAPE", "PREFIX", "SUFFIX", "LENGTH", "CLUSTER", "LEMMA", "POS",  "TAG",   "DEP", "ENT_IOB",
    "ENT_TYPE", "HEAD", "SENT_START", "SPACY", "PROB",  "LANG",   "ADJ",    "ADP",    "ADV",     "AUX",   "CONJ", "CCONJ", "DET", "INTJ",
    "NOUN",     "NUM",  "PART",       "PRON",  "PROPN", "PUNCT",  "SCONJ",  "SYM",    "VERB",    "X",     "EOL",  "SPACE"};
constexpr std::string_view kLabelSymbols[] = {
    "PERSON",    "NORP",      "FACILITY", "ORG",   "GPE",      "LOC",     "PRODUCT",    "EVENT",   "WORK_OF_ART", "LANGUAGE", "LAW",
    "DATE",      "TIME",      "PERCENT",  "MONEY", "QUANTITY", "ORDINAL", "CARDINAL",   "acomp",   "advcl",       "advmod",   "agent",
    "amod",      "appos",     "attr",     "aux",   "auxpass",  "cc",      "ccomp",      "complm",  "conj",        "cop",      "csubj",
    "csubjpass", "dep",       "det",      "dobj",  "expl",     "hmod",    "hyph",       "infmod",  "intj",        "iobj",     "mark",
    "meta",      "neg",       "nmod",     "nn",    "npadvmod", "nsubj",   "nsubjpass",  "num",     "number",      "oprd",     "obj",
    "obl",       "parataxis", "partmod",  "pcomp", "pobj",     "poss",    "possessive", "preconj", "prep",        "prt",      "punct",
    "quantmod",  "relcl",     "rcmod",    "root",  "xcomp",    "acl",     "ENT_KB_ID",  "MORPH",   "ENT_ID",      "IDX",      "_"};
constexpr SymbolRun kSymbolRuns[] = {{1, kFlagSymbols}, {64, kAttributeSymbols}, {380, kLabelSymbols}};

struct Symbol {
  std::string_view name;
  uint16_t number = 0;
};
constexpr size_t kSymbolCount = std::size(kFlagSymbols) + std::size(kAttributeSymbols) + std::size(kLabelSymbols);

constexpr std::array<Symbol, kSymbolCount> sorted_symbols() {
  std::array<Symbol, kSymbolCount> symbols;
  size_t count = 0;
  for (const SymbolRun& run : kSymbolRuns) {
    for (size_t i = 0; i < run.names.size(); ++i) symbols[count++] = {run.names[i], static_cast<uint16_t>(run.first + i)};
  }
  std::ranges::sort(symbols, {}, &Symbol::name);
  return symbols;
}
constexpr std::array<Symbol, kSymbolCount> kSymbols = sorted_symbols();
constexpr size_t kLongestSymbol = 17;  // IS_OOV_DEPRECATED
static_assert(std::ranges::all_of(kSymbols, [](const Symbol& symbol) { return symbol.name.size() <= kLongestSymbol; }));

/// The number behind `stem`, if `name` is the stem and just `digits` digits of a number in [low, high]; else 0.
uint64_t numbered_symbol(std::string_view name, std::string_view stem, size_t digits, uint64_t low, uint64_t high) {
  if (name.size() != stem.size() + digits || !name.starts_with(stem)) return 0;
  uint64_t number = 0;
  for (const char c : name.substr(stem.size())) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<uint64_t>(c - '0');
  }
  return number >= low && number <= high ? number : 0;
}

// --- case ---------------------------------------------------------------------------------------------------------------

constexpr char32_t kCapitalSigma = 0x3A3;
constexpr char32_t kSmallSigma = 0x3C3;
constexpr char32_t kFinalSigma = 0x3C2;
constexpr char32_t kCapitalDottedI = 0x130;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Whether the first code point of the range that is not case-ignorable is cased.
template <class Range>
bool next_is_cased(const Range& range) {
  for (const char32_t c : range) {
    const uint8_t flags = unicode::flags(c);
    if (!(flags & unicode::kCaseIgnorable)) return (flags & unicode::kCased) != 0;
  }
  return false;
}

char32_t lower_sigma(std::u32string_view word, size_t at) {
  const auto before = word.substr(0, at);
  const bool after_letter = next_is_cased(std::ranges::subrange(before.rbegin(), before.rend()));
  return after_letter && !next_is_cased(word.substr(at + 1)) ? kFinalSigma : kSmallSigma;
}

// --- norms --------------------------------------------------------------------------------------------------------------

struct BaseNorm {
  std::string_view norm;
  std::span<const std::string_view> words;
};
constexpr std::string_view kApostrophes[] = {"’", "‘", "´", "`"};
constexpr std::string_view kQuotes[] = {"”", "“", "''", "``", "´´", "„", "»", "«", "‘‘", "’’"};
constexpr std::string_view kPossessives[] = {"'s", "'S", "’s", "’S"};
constexpr std::string_view kDashes[] = {"—", "–", "--", "---", "——"};
constexpr std::string_view kCurrencies[] = {"€", "£", "¥", "฿", "US$", "C$", "A$", "₺", "₹", "৳", "₩", "Mex$", "₣", "E£"};
constexpr std::string_view kQuestionMark[] = {"？"};
constexpr std::string_view kExclamationMark[] = {"！"};
constexpr std::string_view kComma[] = {"，"};
constexpr std::string_view kSemicolon[] = {"；"};
constexpr std::string_view kColon[] = {"："};
constexpr std::string_view kFullStops[] = {"。", "।"};
constexpr std::string_view kEllipsis[] = {"…"};

/// BASE_NORMS of spacy/lang/norm_exceptions.py, 3.8; they are in no file of a package.
constexpr BaseNorm kBaseNorms[] = {{"'", kApostrophes}, {"\"", kQuotes},      {"'s", kPossessives},    {"-", kDashes},
                                   {"$", kCurrencies},  {"?", kQuestionMark}, {"!", kExclamationMark}, {",", kComma},
                                   {";", kSemicolon},   {":", kColon},        {".", kFullStops},       {"...", kEllipsis}};
constexpr size_t kLongestBaseNormKey = 6;  // bytes: two typographic quotes

}  // namespace

uint64_t reserved_symbol(std::string_view name) {
  if (name.empty() || name.size() > kLongestSymbol) return 0;
  const auto found = std::ranges::lower_bound(kSymbols, name, {}, &Symbol::name);
  if (found != kSymbols.end() && found->name == name) return found->number;
  if (name[0] == 'F') return numbered_symbol(name, "FLAG", 2, 19, 63);
  const uint64_t deprecated = name[0] == 'D' ? numbered_symbol(name, "DEPRECATED", 3, 1, 276) : 0;
  return deprecated == 0 ? 0 : 103 + deprecated;
}

uint64_t string_id(std::string_view text) {
  if (text.empty()) return 0;
  const uint64_t symbol = reserved_symbol(text);
  return symbol != 0 ? symbol : murmur64a(text);
}

HashKeys hash_keys(uint64_t id, uint32_t seed) {
  constexpr uint64_t kLength = 8;  // bytes of the id
  uint64_t h1 = (std::rotl(id * 0x87c37b91114253d5, 31) * 0x4cf5ad432745937f) ^ seed ^ kLength;
  uint64_t h2 = seed ^ kLength;
  h1 += h2;
  h2 += h1;
  h1 = murmur3_mix(h1);
  h2 = murmur3_mix(h2);
  h1 += h2;
  h2 += h1;
  const auto low = [](uint64_t h) { return static_cast<uint32_t>(h); };
  const auto high = [](uint64_t h) { return static_cast<uint32_t>(h >> 32); };
  return {{low(h1), high(h1), low(h2), high(h2)}};
}

std::string lower_case(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  if (is_ascii(word)) {
    std::ranges::transform(word, std::back_inserter(out), ascii_lower);
    return out;
  }
  const std::u32string points = code_points(word);
  for (size_t i = 0; i < points.size(); ++i) {
    if (points[i] == kCapitalDottedI) {
      out += "i\u0307";
    } else {
      append_utf8(points[i] == kCapitalSigma ? lower_sigma(points, i) : unicode::lower(points[i]), out);
    }
  }
  return out;
}

std::string word_shape(std::string_view word) {
  constexpr size_t kLongWord = 100;  // code points
  constexpr size_t kLongestRun = 4;
  if (word.size() >= kLongWord && utf8_length(word) >= kLongWord) return "LONG";
  std::string out;
  char32_t last = 0;
  size_t run = 0;
  for (size_t at = 0; at < word.size();) {
    const char32_t c = decode_utf8(word, at);
    const uint8_t flags = unicode::flags(c);
    const char32_t shape = flags & unicode::kUpper ? U'X' : flags & unicode::kAlpha ? U'x' : flags & unicode::kDigit ? U'd' : c;
    run = out.empty() || shape != last ? 1 : run + 1;
    last = shape;
    if (run <= kLongestRun) append_utf8(shape, out);
  }
  return out;
}

std::string_view word_prefix(std::string_view word) {
  size_t at = 0;
  if (!word.empty()) static_cast<void>(decode_utf8(word, at));
  return word.substr(0, at);
}

std::string_view word_suffix(std::string_view word) {
  size_t begin = word.size();
  for (int left = 3; left > 0 && begin > 0; --left) {
    do --begin;
    while (begin > 0 && (static_cast<unsigned char>(word[begin]) & 0xC0) == 0x80);
  }
  return word.substr(begin);
}

bool is_space_word(std::string_view word) {
  for (size_t at = 0; at < word.size();) {
    if (!unicode::is_space(decode_utf8(word, at))) return false;
  }
  return !word.empty();
}

bool is_alpha_word(std::string_view word) {
  for (size_t at = 0; at < word.size();) {
    if (!(unicode::flags(decode_utf8(word, at)) & unicode::kAlpha)) return false;
  }
  return !word.empty();
}

std::string_view base_norm(std::string_view word) {
  if (word.empty() || word.size() > kLongestBaseNormKey) return {};
  for (const BaseNorm& base : kBaseNorms) {
    if (std::ranges::find(base.words, word) != base.words.end()) return base.norm;
  }
  return {};
}

std::string default_norm(std::string_view word) {
  const std::string_view base = base_norm(word);
  return base.empty() ? lower_case(word) : std::string(base);
}

}  // namespace casus
