#include "judge/word_piece.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "judge/letter_tables.h"
#include "language/unicode.h"

namespace casus {

/// A word in the form in which the vocabulary has words: small letters without marks.
struct NormalWord {
  struct Letter {
    uint32_t end;   ///< behind its bytes in `bytes`
    ByteSpan from;  ///< what it was in the text
  };
  std::string bytes{};
  std::vector<Letter> letters{};  ///< at most kLongestWord
  ByteSpan span{};                ///< of the whole word in the text
  bool too_long = false;

  [[nodiscard]] bool empty() const { return letters.empty(); }
  [[nodiscard]] uint32_t begin_of(size_t letter) const { return letter == 0 ? 0 : letters[letter - 1].end; }
};

namespace {

using letters::Kind;

constexpr size_t kLongestWord = 100;  // letters; BERT's own limit
constexpr size_t kMostPieces = size_t{1} << 20;
constexpr size_t kLongestPieceBytes = 4 * kLongestWord + 2;
constexpr std::string_view kContinuing = "##";  // begins the pieces that go on with a word
constexpr uint32_t kRunMask = 0xFFFFFF;

constexpr uint64_t kHashBasis = 0xcbf29ce484222325;

/// FNV-1a: the hash of a text follows from that of the text without its end, so that all beginnings of a word are hashed in one go.
constexpr uint64_t extend_hash(uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}
constexpr uint64_t kContinuingHash = extend_hash(kHashBasis, kContinuing);

/// The lower half of FNV-1a depends little on the last bytes' upper bits.
constexpr size_t slot_of(uint64_t hash, size_t slots) { return (hash ^ (hash >> 32)) & (slots - 1); }

Kind ascii_kind(char c) {
  if (is_ascii_alpha(c) || is_ascii_digit(c)) return Kind::kLetter;
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return Kind::kBlank;
  return c < ' ' || c == '\x7f' ? Kind::kDropped : Kind::kApart;
}

Kind kind_of(char32_t c) {
  if (c < 0x80) return ascii_kind(static_cast<char>(c));
  const std::span runs(letters::kKindRuns, letters::kKindRunCount);
  const auto next = std::ranges::upper_bound(runs, static_cast<uint32_t>(c), {}, [](uint32_t run) { return run & kRunMask; });
  return static_cast<Kind>(*(next - 1) >> 24);  // the first run begins at 0
}

/// What a syllable of Hangul consists of, as chapter 3.12 of the Unicode standard reckons it.
std::array<char32_t, 3> hangul_letters(char32_t syllable) {
  const char32_t index = syllable - 0xAC00;
  const char32_t tail = index % 28;
  return {0x1100 + index / (21 * 28), 0x1161 + index / 28 % 21, tail == 0 ? 0 : 0x11A7 + tail};
}

/// The letters that a code point consists of without its marks; 0 behind the last one.
std::array<char32_t, 3> parts_of(char32_t c) {
  if (c >= 0xAC00 && c <= 0xD7A3) return hangul_letters(c);
  const std::span table(letters::kDecompositions, letters::kDecompositionCount);
  const auto found = std::ranges::lower_bound(table, c, {}, &letters::Decomposition::whole);
  if (found == table.end() || found->whole != c) return {c, 0, 0};
  return found->parts;
}

void add_letter(char32_t letter, ByteSpan from, NormalWord& word) {
  if (word.empty()) word.span = from;
  word.span.end = from.end;
  if (word.letters.size() == kLongestWord) {
    word.too_long = true;
    return;
  }
  append_utf8(letter, word.bytes);
  word.letters.push_back({static_cast<uint32_t>(word.bytes.size()), from});
}

void add_code_point(char32_t c, ByteSpan from, NormalWord& word) {
  if (c < 0x80) return add_letter(static_cast<unsigned char>(ascii_lower(static_cast<char>(c))), from, word);
  for (const char32_t part : parts_of(c)) {
    if (part != 0) add_letter(unicode::lower(part), from, word);
  }
}

void clear(NormalWord& word) {
  word.bytes.clear();
  word.letters.clear();
  word.too_long = false;
}

Error vocabulary_fault(const std::string& name, uint64_t line, std::string message) {
  return {.code = ErrorCode::kBadData,
          .message = std::move(message),
          .file = name,
          .line = line,
          .remedy = "take the vocabulary that belongs to the encoder: tools/fetch_vendor.sh brings it"};
}

/// What is wrong with a piece by itself; "" if nothing is.
std::string piece_fault(std::string_view piece) {
  if (piece.empty()) return "the piece is empty";
  if (piece.size() > kLongestPieceBytes) return "the piece is over the limit of " + std::to_string(kLongestPieceBytes) + " bytes";
  return is_valid_utf8(piece) ? "" : "the piece is not valid UTF-8";
}

}  // namespace

std::string_view WordPieces::piece(uint32_t id) const {
  return std::string_view(text_).substr(begins_[id], begins_[id + 1] - begins_[id] - 1);
}

uint32_t WordPieces::find(uint64_t hash, std::string_view prefix, std::string_view rest) const {
  const auto check = static_cast<uint32_t>(hash >> 32);
  for (size_t at = slot_of(hash, slots_.size()); slots_[at].id != kNone; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].check != check) continue;
    const std::string_view known = piece(slots_[at].id);
    if (known.starts_with(prefix) && known.substr(prefix.size()) == rest) return slots_[at].id;
  }
  return kNone;
}

uint32_t WordPieces::find(std::string_view piece) const { return find(extend_hash(kHashBasis, piece), {}, piece); }

void WordPieces::insert(uint32_t id) {
  const uint64_t hash = extend_hash(kHashBasis, piece(id));
  size_t at = slot_of(hash, slots_.size());
  while (slots_[at].id != kNone) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {.check = static_cast<uint32_t>(hash >> 32), .id = id};
}

Result<WordPieces> WordPieces::of_vocabulary(std::string_view lines, const std::string& name) {
  WordPieces made;
  const auto count = static_cast<size_t>(std::ranges::count(lines, '\n')) + 1;
  if (count > kMostPieces)
    return vocabulary_fault(name, 0, "the vocabulary is over the limit of " + std::to_string(kMostPieces) + " pieces");
  made.text_.reserve(lines.size() + 1);
  made.begins_.reserve(count + 1);
  made.slots_.resize(std::bit_ceil(2 * count));
  for (uint32_t id = 0; !lines.empty(); ++id) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    if (std::string fault = piece_fault(line); !fault.empty()) return vocabulary_fault(name, id + 1, std::move(fault));
    if (const uint32_t known = made.find(line); known != kNone) {
      return vocabulary_fault(name, id + 1, "the piece stands in line " + std::to_string(known + 1) + " already");
    }
    made.text_.append(line).push_back('\n');
    made.begins_.push_back(static_cast<uint32_t>(made.text_.size()));
    made.insert(id);
    made.longest_ = std::max(made.longest_, line.size());
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
  }
  made.cls_ = made.find("[CLS]");
  made.sep_ = made.find("[SEP]");
  made.unknown_ = made.find("[UNK]");
  if (made.cls_ == kNone) return vocabulary_fault(name, 0, "the vocabulary has no piece [CLS]");
  if (made.sep_ == kNone) return vocabulary_fault(name, 0, "the vocabulary has no piece [SEP]");
  if (made.unknown_ == kNone) return vocabulary_fault(name, 0, "the vocabulary has no piece [UNK]");
  return made;
}

/// Appends the longest piece that begins with the word's letter `first`; gives the letter behind it, or `first` if no piece is known.
size_t WordPieces::take_longest(const NormalWord& word, size_t first, std::vector<WordPiece>& out) const {
  const std::string_view prefix = first == 0 ? std::string_view{} : kContinuing;
  const uint32_t begin = word.begin_of(first);
  std::array<uint64_t, kLongestWord> hashes;  // of the letters from `first` to each
  uint64_t hash = first == 0 ? kHashBasis : kContinuingHash;
  size_t end = first;
  while (end < word.letters.size() && word.letters[end].end - begin + prefix.size() <= longest_) {
    hash = extend_hash(hash, std::string_view(word.bytes).substr(word.begin_of(end), word.letters[end].end - word.begin_of(end)));
    hashes[end++ - first] = hash;
  }
  for (; end > first; --end) {
    const std::string_view rest = std::string_view(word.bytes).substr(begin, word.letters[end - 1].end - begin);
    const uint32_t id = find(hashes[end - 1 - first], prefix, rest);
    if (id == kNone) continue;
    out.push_back({.id = id, .span = {word.letters[first].from.begin, word.letters[end - 1].from.end}});
    return end;
  }
  return first;
}

void WordPieces::append_pieces(const NormalWord& word, std::vector<WordPiece>& out) const {
  const size_t before = out.size();
  size_t at = 0;
  while (!word.too_long && at < word.letters.size()) {
    const size_t next = take_longest(word, at, out);
    if (next == at) break;
    at = next;
  }
  if (at == word.letters.size()) return;
  out.resize(before);
  out.push_back({.id = unknown_, .span = word.span});
}

std::vector<WordPiece> WordPieces::split(std::string_view text, size_t most) const {
  const size_t full = std::max<size_t>(most, 2) - 1;  // [SEP] comes behind
  text = text.substr(0, UINT32_MAX);                  // what a span can say
  std::vector<WordPiece> out;
  out.reserve(std::min(full + 1, text.size() / 4 + 2));
  out.push_back({.id = cls_});
  NormalWord word;
  const auto end_word = [&] {
    append_pieces(word, out);
    clear(word);
  };
  for (size_t at = 0; at < text.size() && out.size() < full;) {
    const auto begin = static_cast<uint32_t>(at);
    const char32_t c = decode_utf8(text, at);
    const Kind kind = kind_of(c);
    if (kind == Kind::kDropped) continue;
    if (kind != Kind::kLetter) end_word();
    if (kind == Kind::kBlank) continue;
    add_code_point(c, {begin, static_cast<uint32_t>(at)}, word);
    if (kind == Kind::kApart) end_word();
  }
  end_word();
  out.resize(std::min(out.size(), full));
  out.push_back({.id = sep_});
  return out;
}

}  // namespace casus
