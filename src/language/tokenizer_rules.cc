#include "language/tokenizer_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "language/chunks.h"
#include "language/strings.h"

namespace casus {
namespace {

constexpr uint64_t kOrth = 65;  ///< keys of the pieces of an exception: spaCy's attribute numbers
constexpr uint64_t kNorm = 67;

Error bad_file(std::string message) { return Error{.code = ErrorCode::kBadModel, .message = std::move(message)}; }

std::string quoted(std::string_view text) { return "\"" + std::string(text.substr(0, kMaxExceptionBytes)) + "\""; }

void decode(std::string_view chunk, ChunkScratch& scratch) {
  scratch.text.clear();
  scratch.offsets.clear();
  for (size_t at = 0; at < chunk.size();) {
    scratch.offsets.push_back(static_cast<uint32_t>(at));
    scratch.text += decode_utf8(chunk, at);
  }
  scratch.offsets.push_back(static_cast<uint32_t>(chunk.size()));
}

void refill(ChunkScratch& scratch) {
  constexpr uint64_t kBase = 20'000;
  scratch.regex.steps_left = std::min(kBase + kMaxStepsPerCodePoint * scratch.text.size(), scratch.work_left);
}

}  // namespace

void SpecialPatterns::add(const std::vector<uint64_t>& words) {
  uint32_t node = kRoot;
  for (const uint64_t word : words) {
    const auto [edge, is_new] = edges_.try_emplace({node, word}, static_cast<uint32_t>(ends_.size()));
    if (is_new) ends_.push_back(false);
    node = edge->second;
  }
  ends_[node] = node != kRoot;
}

uint32_t SpecialPatterns::step(uint32_t node, uint64_t word) const {
  const auto edge = edges_.find({node, word});
  return edge == edges_.end() ? kNone : edge->second;
}

// --- splitting ------------------------------------------------------------------------------------------------------------

/// Splits one chunk: affixes off, then the middle. Positions are code points; [low_, high_) is what is left.
class TokenizerRules::Splitter {
 public:
  Splitter(const TokenizerRules& rules, std::string_view chunk, bool with_exceptions, ChunkScratch& scratch,
           std::vector<ChunkToken>& tokens)
      : rules_(rules), chunk_(chunk), with_exceptions_(with_exceptions), scratch_(scratch), tokens_(tokens), high_(scratch.text.size()) {}

  void run() {
    scratch_.suffixes.clear();
    strip_affixes();
    if (low_ < high_) split_middle();
    tokens_.insert(tokens_.end(), scratch_.suffixes.rbegin(), scratch_.suffixes.rend());
  }

 private:
  [[nodiscard]] std::u32string_view text(size_t low, size_t high) const {
    return std::u32string_view(scratch_.text).substr(low, high - low);
  }
  [[nodiscard]] size_t left() const { return high_ - low_; }

  [[nodiscard]] const Pieces* exception(size_t low, size_t high) const {
    if (!with_exceptions_ || low == high) return nullptr;
    const uint32_t begin = scratch_.offsets[low];
    return rules_.exception(chunk_.substr(begin, scratch_.offsets[high] - begin));
  }
  [[nodiscard]] ChunkToken token(size_t low, size_t high) const {
    return rules_.token(chunk_, scratch_.offsets[low], scratch_.offsets[high]);
  }
  [[nodiscard]] bool is_whole_token() { return rules_.token_match_ && rules_.token_match_->matches(text(low_, high_), scratch_.regex); }

  void strip_affixes() {
    for (size_t before = left() + 1; low_ < high_ && left() < before;) {
      if (is_whole_token() || exception(low_, high_)) return;
      before = left();
      if (strip_once()) return;
    }
  }

  /// Takes off a prefix, a suffix or both; true if what is left then is known to be an exception.
  bool strip_once() {
    const size_t prefix = rules_.prefix_ ? rules_.prefix_->match_prefix(text(low_, high_), scratch_.regex) : 0;
    if (prefix > 0 && exception(low_ + prefix, high_)) {
      take_prefix(prefix);
      return true;
    }
    // Without the prefix, so that look-behinds do not see it.
    const size_t suffix = rules_.suffix_ ? rules_.suffix_->match_suffix(text(low_ + prefix, high_), scratch_.regex) : 0;
    if (suffix > 0 && exception(low_, high_ - suffix)) {
      take_suffix(suffix);
      return true;
    }
    take_prefix(prefix);
    take_suffix(suffix);
    return false;
  }

  void take_prefix(size_t length) {
    if (length > 0) tokens_.push_back(token(low_, low_ + length));
    low_ += length;
  }
  void take_suffix(size_t length) {
    if (length > 0) scratch_.suffixes.push_back(token(high_ - length, high_));
    high_ -= length;
  }

  void split_middle() {
    if (const Pieces* pieces = exception(low_, high_)) {
      for (ChunkToken piece : *pieces) {
        piece.begin += scratch_.offsets[low_];
        piece.end += scratch_.offsets[low_];
        tokens_.push_back(piece);
      }
    } else if (is_whole_token() || is_url()) {
      tokens_.push_back(token(low_, high_));
    } else {
      split_at_infixes();
    }
  }

  bool is_url() { return rules_.url_ && left() <= kMaxUrlCodePoints && rules_.url_->matches(text(low_, high_), scratch_.regex); }

  void split_at_infixes() {
    size_t start = low_;
    const auto put = [&](size_t end) {
      if (start < end) tokens_.push_back(token(start, end));
      start = end;
    };
    std::optional<RegexMatch> infix;
    for (size_t from = 0; (infix = find_infix(from)); from = infix->end) {
      if (infix->begin == 0) continue;  // spaCy leaves such a match in the piece that follows
      put(low_ + infix->begin);
      put(low_ + infix->end);
    }
    put(high_);
  }

  std::optional<RegexMatch> find_infix(size_t from) {
    if (!rules_.infix_) return std::nullopt;
    return rules_.infix_->find(text(low_, high_), from, scratch_.regex);
  }

  const TokenizerRules& rules_;
  std::string_view chunk_;
  bool with_exceptions_;
  ChunkScratch& scratch_;
  std::vector<ChunkToken>& tokens_;
  size_t low_ = 0;
  size_t high_;
};

const TokenizerRules::Pieces* TokenizerRules::exception(std::string_view text) const {
  if (text.size() > longest_exception_) return nullptr;
  const auto found = exceptions_.find(text);
  return found == exceptions_.end() ? nullptr : &found->second;
}

ChunkToken TokenizerRules::token(std::string_view chunk, uint32_t begin, uint32_t end) const {
  const uint64_t orth = string_id(chunk.substr(begin, end - begin));
  return {begin, end, orth, {}, patterns_.step(SpecialPatterns::kRoot, orth) != SpecialPatterns::kNone};
}

void TokenizerRules::split(std::string_view chunk, bool with_exceptions, ChunkScratch& scratch, std::vector<ChunkToken>& tokens) const {
  const Pieces* pieces = with_exceptions ? exception(chunk) : nullptr;
  if (pieces) {
    tokens.insert(tokens.end(), pieces->begin(), pieces->end());
    return;
  }
  decode(chunk, scratch);
  refill(scratch);
  const uint64_t allowed = scratch.regex.steps_left;
  Splitter(*this, chunk, with_exceptions, scratch, tokens).run();
  scratch.work_left -= allowed - scratch.regex.steps_left;
}

// --- loading --------------------------------------------------------------------------------------------------------------

class TokenizerRules::Loader {
 public:
  explicit Loader(TokenizerRules& rules) : rules_(rules) { scratch_.work_left = kMaxLoadSteps; }

  Result<void> run(const MsgpackValue& file) {
    if (!file.map()) return bad_file("not a map");
    for (const auto& [key, value] : *file.map()) {
      if (std::ranges::find(kKeys, key.text()) == kKeys.end()) return bad_file("unknown entry " + quoted(key.text()));
    }
    if (const Result<void> read = read_patterns(file); !read) return read;
    if (const Result<void> read = read_heuristics(file); !read) return read;
    const MsgpackValue* exceptions = file.find("exceptions");
    if (!exceptions || !exceptions->map()) return bad_file("exceptions: not a map");
    if (exceptions->map()->size() > kMaxExceptions) return bad_file("exceptions: too many");
    for (const auto& [key, pieces] : *exceptions->map()) {
      if (const Result<void> read = read_exception(key.text(), pieces); !read) return read;
    }
    return read_special_patterns();
  }

 private:
  static constexpr std::array<std::string_view, 7> kKeys = {"prefix_search", "suffix_search", "infix_finditer",   "token_match",
                                                            "url_match",     "exceptions",    "faster_heuristics"};

  Result<void> read_patterns(const MsgpackValue& file) {
    const auto read = [&](std::string_view key, Regex::Anchor anchor, std::unique_ptr<const Regex>& out) -> Result<void> {
      const MsgpackValue* pattern = file.find(key);
      if (!pattern || pattern->is_nil()) return {};
      const std::string_view text = pattern->text();
      if (!text.data() || !is_valid_utf8(text)) return bad_file(std::string(key) + ": not a text");
      Result<std::unique_ptr<const Regex>> regex = Regex::compile(text, anchor);
      if (!regex) return bad_file(std::string(key) + ": " + regex.error().message);
      out = std::move(*regex);
      return {};
    };
    using enum Regex::Anchor;
    if (Result<void> done = read("prefix_search", kStart, rules_.prefix_); !done) return done;
    if (Result<void> done = read("suffix_search", kEnd, rules_.suffix_); !done) return done;
    if (Result<void> done = read("infix_finditer", kFree, rules_.infix_); !done) return done;
    if (Result<void> done = read("token_match", kWhole, rules_.token_match_); !done) return done;
    return read("url_match", kWhole, rules_.url_);
  }

  Result<void> read_heuristics(const MsgpackValue& file) {
    const MsgpackValue* value = file.find("faster_heuristics");
    if (!value) return {};
    const bool* is_on = std::get_if<bool>(&value->value);
    if (!is_on) return bad_file("faster_heuristics: neither true nor false");
    faster_heuristics_ = *is_on;
    return {};
  }

  Result<void> read_exception(std::string_view text, const MsgpackValue& pieces) {
    if (text.empty() || text.size() > kMaxExceptionBytes || !is_valid_utf8(text)) return bad_file("exceptions: empty, too long or no text");
    if (!pieces.array()) return bad_file("exception " + quoted(text) + ": pieces are not a list");
    Pieces out;
    uint32_t begin = 0;
    for (const MsgpackValue& piece : *pieces.array()) {
      std::string_view orth, norm;
      if (!read_piece(piece, orth, norm)) return bad_file("exception " + quoted(text) + ": a piece is not {ORTH: text, NORM: text}");
      if (text.substr(begin, orth.size()) != orth) return bad_file("exception " + quoted(text) + ": its pieces are not its text");
      const auto end = static_cast<uint32_t>(begin + orth.size());
      out.push_back({begin, end, string_id(orth), *rules_.norms_.emplace(norm).first});
      begin = end;
    }
    if (begin != text.size()) return bad_file("exception " + quoted(text) + ": its pieces are not its text");
    rules_.exceptions_.insert_or_assign(std::string(text), std::move(out));
    rules_.longest_exception_ = std::max(rules_.longest_exception_, text.size());
    return {};
  }

  static bool read_piece(const MsgpackValue& piece, std::string_view& orth, std::string_view& norm) {
    if (!piece.map()) return false;
    for (const auto& [key, value] : *piece.map()) {
      uint64_t attribute = 0;
      if (!key.to_uint64(attribute) || (attribute != kOrth && attribute != kNorm)) return false;
      const std::string_view text = value.text();
      if (text.empty() || text.size() > kMaxExceptionBytes || !is_valid_utf8(text)) return false;
      (attribute == kOrth ? orth : norm) = text;
    }
    return !orth.empty();
  }

  /// The exceptions that affix rules may have cut before anybody looked for them, as sequences of words.
  Result<void> read_special_patterns() {
    std::vector<std::string_view> texts;
    texts.reserve(rules_.exceptions_.size());
    for (const auto& [text, pieces] : rules_.exceptions_) texts.push_back(text);
    for (const std::string_view text : texts) {
      if (needs_second_pass(text)) rules_.patterns_.add(words_without_exceptions(text));
      if (scratch_.work_left == 0) return bad_file("the patterns take too long on the exceptions");
    }
    for (auto& [text, pieces] : rules_.exceptions_) {
      for (ChunkToken& piece : pieces) {
        piece.starts_special = rules_.patterns_.step(SpecialPatterns::kRoot, piece.orth) != SpecialPatterns::kNone;
      }
    }
    return {};
  }

  bool needs_second_pass(std::string_view text) {
    if (!faster_heuristics_ || text.find(' ') != text.npos) return true;
    decode(text, scratch_);
    refill(scratch_);
    RegexScratch& regex = scratch_.regex;
    const uint64_t allowed = regex.steps_left;
    const bool needed = (rules_.prefix_ && rules_.prefix_->match_prefix(scratch_.text, regex) > 0) ||
                        (rules_.infix_ && rules_.infix_->find(scratch_.text, 0, regex)) ||
                        (rules_.suffix_ && rules_.suffix_->match_suffix(scratch_.text, regex) > 0);
    scratch_.work_left -= allowed - regex.steps_left;
    return needed;
  }

  std::vector<uint64_t> words_without_exceptions(std::string_view text) {
    std::vector<ChunkToken> tokens;
    for_each_chunk(text, [&](size_t begin, size_t end, bool) { rules_.split(text.substr(begin, end - begin), false, scratch_, tokens); });
    std::vector<uint64_t> words;
    words.reserve(tokens.size());
    for (const ChunkToken& token : tokens) words.push_back(token.orth);
    return words;
  }

  TokenizerRules& rules_;
  ChunkScratch scratch_;
  bool faster_heuristics_ = true;
};

Result<std::unique_ptr<const TokenizerRules>> TokenizerRules::load(std::string_view bytes) {
  const Result<MsgpackValue> file = decode_msgpack(bytes);
  if (!file) return file.error();
  auto rules = std::make_unique<TokenizerRules>();
  const Result<void> loaded = Loader(*rules).run(*file);
  if (!loaded) return loaded.error();
  return std::unique_ptr<const TokenizerRules>(std::move(rules));
}

}  // namespace casus
