#include "language/regex_syntax.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/utf8.h"
#include "language/unicode.h"

namespace casus {
namespace {

using Kind = RegexNode::Kind;

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// 16 for what is no hexadecimal digit.
uint32_t hex_value(char32_t c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

/// The set of \d, \w, \s or of their complements \D, \W, \S.
std::optional<CodePointSet> class_escape(char32_t letter) {
  std::optional<CodePointSet> set;
  switch (letter) {
    case 'd':
    case 'D': set = code_points_with(unicode::kDecimal); break;
    case 'w':
    case 'W': set = code_points_with(unicode::kWord); break;
    case 's':
    case 'S': set = space_code_points(); break;
    default: return set;
  }
  if (letter < 'a') set->complement();
  return set;
}

/// The code point of an escape such as \n; 0 if there is none of that letter.
char32_t control_escape(char32_t letter) {
  switch (letter) {
    case 'a': return '\a';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return 0;
  }
}

/// Recursive descent, no deeper than kMaxPatternDepth groups. A function that returns false or nothing has set message_.
class Parser {
 public:
  explicit Parser(std::string_view pattern) : text_(code_points(pattern)) {}

  Result<RegexNode> run() {
    if (text_.starts_with(U"(?u)")) at_ = 4;  // Unicode matching, which is the default of str patterns
    std::optional<RegexNode> node = alternation(0);
    if (node && at_ < text_.size()) node = fail("unbalanced )");
    if (!node) return Error{.code = ErrorCode::kBadModel, .message = message_ + " at character " + std::to_string(at_) + " of the pattern"};
    return std::move(*node);
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] bool looking_at(char32_t c) const { return !at_end() && text_[at_] == c; }
  bool take(std::u32string_view expected) {
    if (!std::u32string_view(text_).substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  std::nullopt_t fail(std::string message) {
    message_ = std::move(message);
    return std::nullopt;
  }

  bool within_ranges(size_t more) {
    ranges_ += more;
    if (ranges_ > kMaxPatternRanges) fail("classes of characters are too large");
    return ranges_ <= kMaxPatternRanges;
  }

  std::optional<RegexNode> set_node(CodePointSet set) {
    if (!within_ranges(set.ranges().size())) return std::nullopt;
    RegexNode node;
    node.kind = Kind::kSet;
    node.set = std::move(set);
    return node;
  }

  std::optional<RegexNode> alternation(uint32_t depth) {
    RegexNode node;
    node.kind = Kind::kAlternation;
    do {
      std::optional<RegexNode> branch = sequence(depth);
      if (!branch) return std::nullopt;
      node.children.push_back(std::move(*branch));
    } while (take(U"|"));
    if (node.children.size() > 1) return node;
    RegexNode only = std::move(node.children[0]);
    return only;
  }

  std::optional<RegexNode> sequence(uint32_t depth) {
    RegexNode node;
    while (!at_end() && !looking_at('|') && !looking_at(')')) {
      std::optional<RegexNode> part = atom(depth);
      if (part) part = quantified(std::move(*part));
      if (!part) return std::nullopt;
      node.children.push_back(std::move(*part));
    }
    return node;
  }

  std::optional<RegexNode> atom(uint32_t depth) {
    const char32_t c = text_[at_];
    switch (c) {
      case '(': return group(depth);
      case '[': return bracket();
      case '\\': return escape();
      case '*':
      case '+':
      case '?': return fail("nothing to repeat");
      case '{': return brace();
      case '^':
      case '$':
      case '.': break;
      default: ++at_; return set_node(CodePointSet(c));
    }
    ++at_;
    if (c == '.') {
      CodePointSet any('\n');
      any.complement();
      return set_node(std::move(any));
    }
    RegexNode anchor;
    anchor.kind = c == '^' ? Kind::kBegin : Kind::kEnd;
    return anchor;
  }

  /// A brace where no quantifier may stand.
  std::optional<RegexNode> brace() {
    RegexNode ignored;
    const std::optional<bool> counted = counts(ignored);
    if (!counted) return std::nullopt;
    if (*counted) return fail("nothing to repeat");
    return set_node(CodePointSet(text_[at_++]));
  }

  std::optional<RegexNode> group(uint32_t depth) {
    if (depth == kMaxPatternDepth) return fail("groups nested too deep");
    RegexNode look;
    look.kind = Kind::kLook;
    const bool is_look = take(U"(?=") || (take(U"(?!") && (look.negative = true)) || (take(U"(?<=") && (look.behind = true)) ||
                         (take(U"(?<!") && (look.behind = look.negative = true));
    if (!is_look && !take(U"(?:")) {
      ++at_;
      if (looking_at('?')) return fail("unknown kind of group");
    }
    std::optional<RegexNode> inner = alternation(depth + 1);
    if (!inner) return std::nullopt;
    if (!take(U")")) return fail("missing )");
    if (!is_look) return inner;
    look.children.push_back(std::move(*inner));
    return look;
  }

  std::optional<RegexNode> escape() {
    if (++at_ == text_.size()) return fail("bad escape at the end");
    if (std::optional<CodePointSet> set = class_escape(text_[at_])) {
      ++at_;
      return set_node(std::move(*set));
    }
    const std::optional<char32_t> c = character_escape();
    if (!c) return std::nullopt;
    return set_node(CodePointSet(*c));
  }

  /// Behind the backslash: the one code point that is meant.
  std::optional<char32_t> character_escape() {
    const char32_t letter = text_[at_++];
    if (letter == 'x') return hexadecimal(2);
    if (letter == 'u') return hexadecimal(4);
    if (letter == 'U') return hexadecimal(8);
    if (const char32_t control = control_escape(letter)) return control;
    if (is_ascii_letter(letter) || is_digit(letter)) return fail("unknown escape");
    return letter;
  }

  std::optional<char32_t> hexadecimal(int digits) {
    uint32_t value = 0;
    for (int i = 0; i < digits; ++i) {
      const uint32_t digit = at_end() ? 16 : hex_value(text_[at_]);
      if (digit == 16) return fail("escape is cut off");
      value = value << 4 | digit;
      ++at_;
    }
    if (value > kLastCodePoint) return fail("escape beyond the last code point");
    return static_cast<char32_t>(value);
  }

  /// [...] as Python reads it: a ] right at the start and a [ anywhere are members, as are ( ? : | ) and so on.
  std::optional<RegexNode> bracket() {
    ++at_;
    const bool negative = take(U"^");
    CodePointSet set;
    for (bool first = true; first || !looking_at(']'); first = false) {
      if (!bracket_item(set)) return std::nullopt;
    }
    ++at_;
    set.finish();
    if (negative) set.complement();
    return set_node(std::move(set));
  }

  bool bracket_item(CodePointSet& set) {
    std::optional<CodePointSet> members;
    const std::optional<char32_t> low = bracket_member(members);
    if (!low) return false;
    const bool is_range = looking_at('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']';
    if (!is_range) {
      members ? set.add(*members) : set.add(*low, *low);
      return within_ranges(members ? members->ranges().size() : 1);
    }
    ++at_;
    std::optional<CodePointSet> high_members;
    const std::optional<char32_t> high = bracket_member(high_members);
    if (!high) return false;
    if (members || high_members || *high < *low) {
      fail("bad range of characters");
      return false;
    }
    set.add(*low, *high);
    return true;
  }

  /// One code point, or the set of a class escape in `members` (and then 0 is returned).
  std::optional<char32_t> bracket_member(std::optional<CodePointSet>& members) {
    if (at_end()) return fail("missing ]");
    if (!looking_at('\\')) return text_[at_++];
    if (++at_ == text_.size()) return fail("bad escape at the end");
    members = class_escape(text_[at_]);
    if (members) {
      ++at_;
      return U'\0';
    }
    if (take(U"b")) return U'\b';
    return character_escape();
  }

  /// Wraps the node into the quantifier that follows it, if one does.
  std::optional<RegexNode> quantified(RegexNode node) {
    RegexNode repeat;
    repeat.kind = Kind::kRepeat;
    repeat.max = kNoLimit;
    if (take(U"?")) {
      repeat.max = 1;
    } else if (take(U"+")) {
      repeat.min = 1;
    } else if (!take(U"*")) {
      const std::optional<bool> counted = counts(repeat);
      if (!counted) return std::nullopt;
      if (!*counted) return node;
    }
    repeat.lazy = take(U"?");
    if (looking_at('?') || looking_at('*') || looking_at('+')) return fail("multiple repeat");
    if (node.kind == Kind::kBegin || node.kind == Kind::kEnd || node.kind == Kind::kLook) return fail("nothing to repeat");
    if (repeat.max == kNoLimit && regex_width(node).min == 0) return fail("endless repeat of what may be empty");
    repeat.children.push_back(std::move(node));
    return repeat;
  }

  /// {m}, {m,}, {,n} or {m,n}. A brace that begins none of these is an ordinary character: false.
  std::optional<bool> counts(RegexNode& repeat) {
    if (!looking_at('{')) return false;
    const size_t start = at_++;
    const std::optional<uint32_t> low = number();
    const bool comma = take(U",");
    const std::optional<uint32_t> high = comma ? number() : low;
    if (!take(U"}") || (!low && !comma)) {
      at_ = start;
      return false;
    }
    repeat.min = low.value_or(0);
    repeat.max = high.value_or(kNoLimit);
    if (repeat.min > kMaxRepetitions || (high && *high > kMaxRepetitions)) return fail("too many repetitions");
    if (repeat.max < repeat.min) return fail("most is less than least in a repeat");
    return true;
  }

  std::optional<uint32_t> number() {
    std::optional<uint32_t> value;
    for (; !at_end() && is_digit(text_[at_]); ++at_) {
      value = std::min(value.value_or(0) * 10 + (text_[at_] - '0'), kMaxRepetitions + 1);
    }
    return value;
  }

  std::u32string text_;
  size_t at_ = 0;
  size_t ranges_ = 0;
  std::string message_;
};

uint64_t saturated(uint64_t value) { return std::min<uint64_t>(value, kNoLimit); }

RegexWidth repeat_width(const RegexNode& node) {
  const RegexWidth inner = regex_width(node.children[0]);
  const bool endless = inner.max > 0 && (node.max == kNoLimit || inner.max == kNoLimit);
  return {saturated(inner.min * node.min), endless ? kNoLimit : saturated(inner.max * node.max)};
}

}  // namespace

RegexWidth regex_width(const RegexNode& node) {
  switch (node.kind) {
    case Kind::kSet: return {1, 1};
    case Kind::kBegin:
    case Kind::kEnd:
    case Kind::kLook: return {0, 0};
    case Kind::kRepeat: return repeat_width(node);
    case Kind::kSequence:
    case Kind::kAlternation: break;
  }
  RegexWidth width;
  for (size_t i = 0; i < node.children.size(); ++i) {
    const RegexWidth part = regex_width(node.children[i]);
    if (node.kind == Kind::kSequence) {
      width = {saturated(width.min + part.min), saturated(width.max + part.max)};
    } else {
      width = i == 0 ? part : RegexWidth{std::min(width.min, part.min), std::max(width.max, part.max)};
    }
  }
  return width;
}

Result<RegexNode> parse_regex(std::string_view pattern) {
  if (pattern.size() > kMaxPatternBytes) return Error{.code = ErrorCode::kBadModel, .message = "pattern is too long"};
  return Parser(pattern).run();
}

}  // namespace casus
