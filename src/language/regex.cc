#include "language/regex.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "language/regex_syntax.h"

namespace casus {
namespace {

using Kind = RegexNode::Kind;

/// One instruction; the next one follows unless said otherwise.
struct Instruction {
  enum class Op : uint8_t {
    kChar,   ///< consumes the code point `a`
    kSet,    ///< consumes a member of set `a`
    kSplit,  ///< goes on at `a`, or, less preferred, at `b`
    kJump,   ///< goes on at `a`
    kBegin,  ///< only at the start of the text
    kEnd,    ///< only at the end of the text or before its last newline
    kLook,   ///< only where look `a` holds
    kMatch,
  };
  Op op = Op::kMatch;
  uint32_t a = 0;
  uint32_t b = 0;
};
using Op = Instruction::Op;

struct Program {
  std::vector<Instruction> code;
  bool linear = true;  ///< no splits and jumps: one way to match, one length
};

struct Look {
  Program program;   ///< runs forwards, whatever the direction of what it stands in
  size_t width = 0;  ///< of a look-behind: where it starts, seen from here
  bool behind = false;
  bool negative = false;
};

/// 128 buckets for ASCII, 128 for the rest by the low bits: which branches a code point can begin (or, at the end, finish).
constexpr size_t kBuckets = 256;
size_t bucket_of(char32_t c) { return c < 128 ? c : 128 + (c & 127); }

}  // namespace

struct Regex::Impl {
  Anchor anchor = Anchor::kWhole;
  std::vector<CodePointSet> sets;
  std::vector<Look> looks;
  std::vector<Program> branches;                           ///< in order of preference
  std::array<std::vector<uint16_t>, kBuckets> candidates;  ///< branches, in order; not for kWhole
  std::vector<char32_t> required;                          ///< for kWhole: every match has these
};

namespace {

// --- what patterns are made of --------------------------------------------------------------------------------------------

/// A branch: parts one after the other, pointing into the tree.
using Branch = std::vector<const RegexNode*>;

bool is_one_way(const RegexNode* part) {
  return part->kind != Kind::kRepeat && part->kind != Kind::kAlternation && part->kind != Kind::kSequence;
}

size_t count_parts(const std::vector<Branch>& branches) {
  size_t count = 0;
  for (const Branch& branch : branches) count += branch.size();
  return count;
}

/// About how many instructions a node takes.
size_t weight(const RegexNode& node) {
  size_t sum = 1;
  for (const RegexNode& child : node.children) sum += weight(child) + 2;
  if (node.kind != Kind::kRepeat) return sum;
  return std::min(sum * (node.max == kNoLimit ? node.min + 1 : node.max), kMaxRegexInstructions);
}

std::vector<Branch> spelt_out(const RegexNode& node);

/// Puts every tail behind every head.
void append(std::vector<Branch>& heads, const std::vector<Branch>& tails) {
  if (tails.size() == 1) {
    for (Branch& head : heads) head.insert(head.end(), tails[0].begin(), tails[0].end());
    return;
  }
  std::vector<Branch> joined;
  joined.reserve(heads.size() * tails.size());
  for (const Branch& head : heads) {
    for (const Branch& tail : tails) {
      joined.push_back(head);
      joined.back().insert(joined.back().end(), tail.begin(), tail.end());
    }
  }
  heads = std::move(joined);
}

/// (a|b)c becomes ac, bc. Only behind parts that can match in one way: there the order of preference stays the same. And
/// only while that does not make the program too long.
std::vector<Branch> spelt_out_sequence(const RegexNode& node) {
  std::vector<Branch> branches(1);
  bool one_way = true;
  size_t rest_weight = weight(node);
  for (const RegexNode& part : node.children) {
    rest_weight -= weight(part);
    const std::vector<Branch> tails = is_one_way(&part) || !one_way ? std::vector<Branch>{{&part}} : spelt_out(part);
    const size_t joined_parts = count_parts(branches) * tails.size() + count_parts(tails) * branches.size();
    const size_t joined_count = branches.size() * tails.size();
    const bool fits = joined_count <= kMaxRegexBranches && joined_parts + joined_count * rest_weight <= kMaxRegexInstructions;
    const std::vector<Branch> added = tails.size() == 1 || fits ? tails : std::vector<Branch>{{&part}};
    append(branches, added);
    for (const Branch& tail : added) one_way = one_way && std::ranges::all_of(tail, is_one_way);
  }
  return branches;
}

std::vector<Branch> spelt_out(const RegexNode& node) {
  if (node.kind == Kind::kSequence) return spelt_out_sequence(node);
  if (node.kind != Kind::kAlternation) return {{&node}};
  std::vector<Branch> branches;
  size_t parts = 0;
  for (const RegexNode& child : node.children) {
    const std::vector<Branch> more = spelt_out(child);
    branches.insert(branches.end(), more.begin(), more.end());
    parts += count_parts(more);
    if (branches.size() > kMaxRegexBranches || parts > kMaxRegexInstructions) return {{&node}};
  }
  return branches;
}

/// Adds the code points that can be consumed first (or last); true if the node can also consume nothing.
bool add_edge(const RegexNode& node, bool last, CodePointSet& set);

template <class Parts, class ToNode>
bool add_sequence_edge(const Parts& parts, bool last, CodePointSet& set, ToNode to_node) {
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!add_edge(*to_node(parts[last ? parts.size() - 1 - i : i]), last, set)) return false;
  }
  return true;
}

bool add_edge(const RegexNode& node, bool last, CodePointSet& set) {
  switch (node.kind) {
    case Kind::kSet: set.add(node.set); return false;
    case Kind::kBegin:
    case Kind::kEnd:
    case Kind::kLook: return true;
    case Kind::kRepeat: return (node.max > 0 && add_edge(node.children[0], last, set)) || node.min == 0;
    case Kind::kSequence: return add_sequence_edge(node.children, last, set, [](const RegexNode& child) { return &child; });
    case Kind::kAlternation: break;
  }
  bool nullable = false;
  for (const RegexNode& child : node.children) nullable |= add_edge(child, last, set);
  return nullable;
}

/// Some code points that every match contains: singles that no way leads round. Ascending.
std::vector<char32_t> required_code_points(const RegexNode& node) {
  std::vector<char32_t> required;
  if (node.kind == Kind::kSet && node.set.is_single()) return {node.set.single()};
  const bool is_passed = node.kind == Kind::kSequence || node.kind == Kind::kAlternation || (node.kind == Kind::kRepeat && node.min > 0);
  if (!is_passed) return required;
  constexpr size_t kEnough = 8;  // a few tell most texts off; an alternation must be seen to its end
  for (size_t i = 0; i < node.children.size(); ++i) {
    if (node.kind == Kind::kSequence && required.size() >= kEnough) break;
    const std::vector<char32_t> part = required_code_points(node.children[i]);
    std::vector<char32_t> both;
    if (node.kind == Kind::kAlternation && i > 0) {
      std::ranges::set_intersection(required, part, std::back_inserter(both));
    } else {
      std::ranges::set_union(required, part, std::back_inserter(both));
    }
    required = std::move(both);
  }
  return required;
}

bool is_anchored(const Branch& branch, Regex::Anchor anchor) {
  if (anchor == Regex::Anchor::kStart) return !branch.empty() && branch.front()->kind == Kind::kBegin;
  if (anchor == Regex::Anchor::kEnd) return !branch.empty() && branch.back()->kind == Kind::kEnd;
  return true;
}

// --- compiler -------------------------------------------------------------------------------------------------------------

/// Turns nodes into instructions. The tree's depth is limited, so recursion is too. A false return has set message().
class Compiler {
 public:
  explicit Compiler(Regex::Impl& out) : out_(out) {}

  bool compile(const RegexNode& tree) {
    backwards_ = out_.anchor == Regex::Anchor::kEnd;
    for (const Branch& branch : spelt_out(tree)) {
      if (!is_anchored(branch, out_.anchor)) return fail("an alternative is not tied to its end of the text");
      Program program;
      if (!emit_branch(branch, program)) return false;
      out_.branches.push_back(std::move(program));
      if (out_.anchor != Regex::Anchor::kWhole && !select(branch)) return false;
    }
    return true;
  }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  bool fail(std::string message) {
    message_ = std::move(message);
    return false;
  }

  /// Enters the newest branch into the buckets of the code points it can start from.
  bool select(const Branch& branch) {
    CodePointSet edge;
    if (add_sequence_edge(branch, backwards_, edge, [](const RegexNode* part) { return part; }))
      return fail("an alternative can match nothing");
    edge.finish();
    std::array<bool, kBuckets> hit{};
    for (const CodePointRange& range : edge.ranges()) {
      for (char32_t c = range.first; c <= range.last && c < range.first + kBuckets; ++c) hit[bucket_of(c)] = true;
    }
    const auto index = static_cast<uint16_t>(out_.branches.size() - 1);
    for (size_t bucket = 0; bucket < kBuckets; ++bucket) {
      if (hit[bucket]) out_.candidates[bucket].push_back(index);
    }
    return true;
  }

  bool emit_branch(const Branch& branch, Program& program) {
    for (size_t i = 0; i < branch.size(); ++i) {
      if (!emit(*branch[backwards_ ? branch.size() - 1 - i : i], program)) return false;
    }
    return put(program, {Op::kMatch});
  }

  bool put(Program& program, Instruction instruction) {
    if (++instructions_ > kMaxRegexInstructions) return fail("the pattern needs too many instructions");
    program.code.push_back(instruction);
    return true;
  }

  static uint32_t here(const Program& program) { return static_cast<uint32_t>(program.code.size()); }

  bool emit(const RegexNode& node, Program& program) {
    switch (node.kind) {
      case Kind::kSet: return emit_set(node.set, program);
      case Kind::kBegin: return put(program, {Op::kBegin});
      case Kind::kEnd: return put(program, {Op::kEnd});
      case Kind::kLook: return emit_look(node, program);
      case Kind::kRepeat: return emit_repeat(node, program);
      case Kind::kAlternation: return emit_alternation(node, program);
      case Kind::kSequence: break;
    }
    const std::vector<RegexNode>& parts = node.children;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (!emit(parts[backwards_ ? parts.size() - 1 - i : i], program)) return false;
    }
    return true;
  }

  bool emit_set(const CodePointSet& set, Program& program) {
    if (set.is_single()) return put(program, {Op::kChar, set.single()});
    const auto known = std::ranges::find(out_.sets, set);
    const auto index = static_cast<uint32_t>(known - out_.sets.begin());
    if (index == kMaxRegexSets) return fail("too many different classes of characters");
    if (known == out_.sets.end()) out_.sets.push_back(set);
    return put(program, {Op::kSet, index});
  }

  bool emit_look(const RegexNode& node, Program& program) {
    const RegexWidth width = regex_width(node.children[0]);
    if (width.max > kMaxLookWidth) return fail("a look-ahead or look-behind covers too much");
    if (node.behind && width.min != width.max) return fail("a look-behind has no fixed width");
    if (look_depth_ == kMaxLookDepth) return fail("looks nested too deep");
    Look look{.program = {}, .width = width.max, .behind = node.behind, .negative = node.negative};
    const bool was_backwards = std::exchange(backwards_, false);
    ++look_depth_;
    const bool ok = emit(node.children[0], look.program) && put(look.program, {Op::kMatch});
    --look_depth_;
    backwards_ = was_backwards;
    if (!ok) return false;
    out_.looks.push_back(std::move(look));
    return put(program, {Op::kLook, static_cast<uint32_t>(out_.looks.size() - 1)});
  }

  bool emit_alternation(const RegexNode& node, Program& program) {
    program.linear = false;
    std::vector<uint32_t> jumps;
    for (size_t i = 0; i < node.children.size(); ++i) {
      const bool is_last = i + 1 == node.children.size();
      const uint32_t split = here(program);
      if (!is_last && !put(program, {Op::kSplit, split + 1})) return false;
      if (!emit(node.children[i], program)) return false;
      if (is_last) break;
      jumps.push_back(here(program));
      if (!put(program, {Op::kJump})) return false;
      program.code[split].b = here(program);
    }
    for (const uint32_t jump : jumps) program.code[jump].a = here(program);
    return true;
  }

  bool emit_repeat(const RegexNode& node, Program& program) {
    const RegexNode& body = node.children[0];
    for (uint32_t i = 0; i < node.min; ++i) {
      if (!emit(body, program)) return false;
    }
    if (node.max == node.min) return true;
    program.linear = false;
    return node.max == kNoLimit ? emit_loop(node, program) : emit_options(node, program);
  }

  bool emit_loop(const RegexNode& node, Program& program) {
    const uint32_t split = here(program);
    if (!put(program, {Op::kSplit}) || !emit(node.children[0], program) || !put(program, {Op::kJump, split})) return false;
    aim(program, split, node.lazy);
    return true;
  }

  bool emit_options(const RegexNode& node, Program& program) {
    std::vector<uint32_t> splits;
    for (uint32_t i = node.min; i < node.max; ++i) {
      splits.push_back(here(program));
      if (!put(program, {Op::kSplit}) || !emit(node.children[0], program)) return false;
    }
    for (const uint32_t split : splits) aim(program, split, node.lazy);
    return true;
  }

  /// Lets a split choose between the body, which follows it, and the place reached now.
  static void aim(Program& program, uint32_t split, bool lazy) {
    program.code[split].a = lazy ? here(program) : split + 1;
    program.code[split].b = lazy ? split + 1 : here(program);
  }

  Regex::Impl& out_;
  bool backwards_ = false;
  size_t look_depth_ = 0;
  size_t instructions_ = 0;
  std::string message_;
};

// --- matcher --------------------------------------------------------------------------------------------------------------

/// Runs programs over one text, forwards or backwards.
class Matcher {
 public:
  Matcher(const Regex::Impl& regex, std::u32string_view text, RegexScratch& scratch) : regex_(regex), text_(text), scratch_(scratch) {}

  /// Where the preferred match that starts at `position` ends.
  std::optional<size_t> forwards(const Program& program, size_t position, size_t depth = 0) {
    return program.linear ? straight<false>(program, position, depth) : in_step<false>(program, position, depth);
  }
  /// Where the longest match that ends at `position` starts.
  std::optional<size_t> backwards(const Program& program, size_t position) {
    return program.linear ? straight<true>(program, position, 0) : in_step<true>(program, position, 0);
  }

 private:
  bool spend() {
    if (scratch_.steps_left == 0) return false;
    --scratch_.steps_left;
    return true;
  }

  template <bool kBackwards>
  [[nodiscard]] bool has_next(size_t position) const {
    return kBackwards ? position > 0 : position < text_.size();
  }
  template <bool kBackwards>
  [[nodiscard]] static size_t after(size_t position) {
    return kBackwards ? position - 1 : position + 1;
  }
  template <bool kBackwards>
  [[nodiscard]] bool consumes(const Instruction& instruction, size_t position) const {
    const char32_t c = text_[kBackwards ? position - 1 : position];
    return instruction.op == Op::kChar ? c == instruction.a : regex_.sets[instruction.a].contains(c);
  }

  bool holds(const Instruction& instruction, size_t position, size_t depth) {
    const size_t left = text_.size() - position;
    switch (instruction.op) {
      case Op::kBegin: return position == 0;
      case Op::kEnd: return left == 0 || (left == 1 && text_[position] == U'\n');
      default: break;
    }
    const Look& look = regex_.looks[instruction.a];
    if (look.behind && position < look.width) return look.negative;
    return forwards(look.program, look.behind ? position - look.width : position, depth + 1).has_value() != look.negative;
  }

  /// A program without choices.
  template <bool kBackwards>
  std::optional<size_t> straight(const Program& program, size_t position, size_t depth) {
    for (const Instruction& instruction : program.code) {
      if (!spend()) return std::nullopt;
      if (instruction.op == Op::kMatch) return position;
      if (instruction.op == Op::kChar || instruction.op == Op::kSet) {
        if (!has_next<kBackwards>(position) || !consumes<kBackwards>(instruction, position)) return std::nullopt;
        position = after<kBackwards>(position);
      } else if (!holds(instruction, position, depth)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  /// All ways at once, one code point a round, the preferred ones first in the lists.
  template <bool kBackwards>
  std::optional<size_t> in_step(const Program& program, size_t position, size_t depth) {
    RegexScratch::Level& level = scratch_.levels[depth];
    if (level.seen.size() < program.code.size()) level.seen.resize(program.code.size(), 0);
    std::optional<size_t> best;
    level.current.clear();
    new_round(level);
    follow(program, 0, position, depth, level.current);
    while (!level.current.empty()) {
      level.next.clear();
      new_round(level);
      for (const uint32_t at : level.current) {
        const Instruction& instruction = program.code[at];
        if (instruction.op == Op::kMatch) {
          best = position;
          if (!kBackwards) break;  // what comes later in the list is less preferred; backwards the longest counts
        } else if (has_next<kBackwards>(position) && consumes<kBackwards>(instruction, position)) {
          follow(program, at + 1, after<kBackwards>(position), depth, level.next);
        }
      }
      std::swap(level.current, level.next);
      if (!has_next<kBackwards>(position)) break;
      position = after<kBackwards>(position);
    }
    return best;
  }

  static void new_round(RegexScratch::Level& level) {
    if (++level.stamp != 0) return;
    std::ranges::fill(level.seen, 0);
    level.stamp = 1;
  }

  /// Adds the instructions that consume or match and are reached from `start` without consuming, in order of preference.
  void follow(const Program& program, uint32_t start, size_t position, size_t depth, std::vector<uint32_t>& list) {
    RegexScratch::Level& level = scratch_.levels[depth];
    level.pending.push_back(start);
    while (!level.pending.empty()) {
      const uint32_t at = level.pending.back();
      level.pending.pop_back();
      if (level.seen[at] == level.stamp) continue;
      level.seen[at] = level.stamp;
      if (!spend()) continue;
      const Instruction& instruction = program.code[at];
      switch (instruction.op) {
        case Op::kSplit:
          level.pending.push_back(instruction.b);
          level.pending.push_back(instruction.a);
          break;
        case Op::kJump: level.pending.push_back(instruction.a); break;
        case Op::kChar:
        case Op::kSet:
        case Op::kMatch: list.push_back(at); break;
        case Op::kBegin:
        case Op::kEnd:
        case Op::kLook:
          if (holds(instruction, position, depth)) level.pending.push_back(at + 1);
          break;
      }
    }
  }

  const Regex::Impl& regex_;
  std::u32string_view text_;
  RegexScratch& scratch_;
};

}  // namespace

Regex::Regex(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Regex::~Regex() = default;

Result<std::unique_ptr<const Regex>> Regex::compile(std::string_view pattern, Anchor anchor) {
  const Result<RegexNode> tree = parse_regex(pattern);
  if (!tree) return tree.error();
  auto impl = std::make_unique<Impl>();
  impl->anchor = anchor;
  Compiler compiler(*impl);
  if (!compiler.compile(*tree)) return Error{.code = ErrorCode::kBadModel, .message = compiler.message()};
  if (anchor == Anchor::kWhole) impl->required = required_code_points(*tree);
  return std::unique_ptr<const Regex>(new Regex(std::move(impl)));
}

size_t Regex::match_prefix(std::u32string_view text, RegexScratch& scratch) const {
  if (text.empty()) return 0;
  Matcher matcher(*impl_, text, scratch);
  for (const uint16_t branch : impl_->candidates[bucket_of(text[0])]) {
    if (const auto end = matcher.forwards(impl_->branches[branch], 0)) return *end;
  }
  return 0;
}

size_t Regex::match_suffix(std::u32string_view text, RegexScratch& scratch) const {
  Matcher matcher(*impl_, text, scratch);
  size_t longest = 0;
  // $ also holds before a newline at the very end; such a match lies further left and then wins.
  const size_t lowest = text.ends_with(U'\n') ? text.size() - 1 : text.size();
  for (size_t end = text.size(); end >= lowest && end > 0; --end) {
    size_t start = end;
    for (const uint16_t branch : impl_->candidates[bucket_of(text[end - 1])]) {
      if (const auto found = matcher.backwards(impl_->branches[branch], end)) start = std::min(start, *found);
    }
    const bool is_further_left = longest == 0 || start < text.size() - longest;
    if (start < end && is_further_left) longest = end - start;
  }
  return longest;
}

std::optional<RegexMatch> Regex::find(std::u32string_view text, size_t from, RegexScratch& scratch) const {
  Matcher matcher(*impl_, text, scratch);
  for (size_t begin = from; begin < text.size(); ++begin) {
    for (const uint16_t branch : impl_->candidates[bucket_of(text[begin])]) {
      if (const auto end = matcher.forwards(impl_->branches[branch], begin)) return RegexMatch{begin, *end};
    }
  }
  return std::nullopt;
}

bool Regex::matches(std::u32string_view text, RegexScratch& scratch) const {
  const bool may_match = std::ranges::all_of(impl_->required, [&](char32_t c) { return text.find(c) != text.npos; });
  Matcher matcher(*impl_, text, scratch);
  return may_match && std::ranges::any_of(impl_->branches, [&](const Program& branch) { return matcher.forwards(branch, 0).has_value(); });
}

}  // namespace casus
