#include "language/parser.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "base/assert.h"

namespace casus {
namespace {

// The actions of spacy/pipeline/_parser_internals/arc_eager.pyx, by spaCy's numbers.
enum Action : uint8_t { kShift = 0, kReduce = 1, kLeft = 2, kRight = 3, kBreak = 4, kActions = 5 };

constexpr size_t kSlots = 8;  // B0 B1 S0 S1 S2, last left child of B0 and S0, last right child of S0
constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
constexpr int kMaxEdgePasses = 12;  // spacy/tokens/doc.pyx, set_children_from_heads

constexpr uint8_t bit(Action action) { return static_cast<uint8_t>(1U << action); }

/// The parser's configuration while it reads one text.
struct State {
  explicit State(size_t count)
      : size(static_cast<uint32_t>(count)),
        heads(count, kNone),
        labels(count, 0),
        last_left(count, kNone),
        last_right(count, kNone),
        previous_child(count, kNone),
        unshiftable(count, 0),
        sentence_start(count, 0) {
    if (count > 0) sentence_start[0] = 1;
  }

  uint32_t size;
  std::vector<uint32_t> stack;
  std::vector<uint32_t> returned;  ///< tokens put back in front of the unread ones, next one last
  uint32_t next = 0;               ///< first unread token
  std::vector<uint32_t> heads;
  std::vector<uint16_t> labels;
  // Children of a token in order of creation, as lists linked from the last: a token is in one list at most.
  std::vector<uint32_t> last_left, last_right, previous_child;
  std::vector<uint8_t> unshiftable;
  std::vector<uint8_t> sentence_start;

  [[nodiscard]] size_t buffer_size() const { return returned.size() + (size - next); }
  [[nodiscard]] bool finished() const { return stack.empty() && buffer_size() == 0; }
  [[nodiscard]] uint32_t buffer(size_t index) const {
    if (index < returned.size()) return returned[returned.size() - 1 - index];
    const size_t unread = next + (index - returned.size());
    return unread < size ? static_cast<uint32_t>(unread) : kNone;
  }
  [[nodiscard]] uint32_t stack_at(size_t index) const { return index < stack.size() ? stack[stack.size() - 1 - index] : kNone; }

  uint32_t take() {
    if (returned.empty()) return next++;
    const uint32_t token = returned.back();
    returned.pop_back();
    return token;
  }

  void add_arc(uint32_t head, uint32_t child, uint16_t label) {
    if (heads[child] != kNone) remove_arc(heads[child], child);
    heads[child] = head;
    labels[child] = label;
    uint32_t& last = child < head ? last_left[head] : last_right[head];
    previous_child[child] = last;
    last = child;
  }

  /// Only a token that is the last right child of its head ever gets another head.
  void remove_arc(uint32_t head, uint32_t child) {
    uint32_t& last = child < head ? last_left[head] : last_right[head];
    if (last != kNone) last = previous_child[last];
  }
};

uint8_t valid_actions(const State& state) {
  const size_t waiting = state.buffer_size();
  const uint32_t b0 = state.buffer(0), b1 = state.buffer(1);
  const bool starts = b0 != kNone && state.sentence_start[b0] != 0;
  uint8_t valid = 0;
  if (state.stack.empty() || (waiting >= 2 && !starts && state.unshiftable[b0] == 0)) valid |= bit(kShift);
  if (!state.stack.empty()) valid |= bit(kReduce);
  if (!state.stack.empty() && waiting > 0 && !starts) valid |= static_cast<uint8_t>(bit(kLeft) | bit(kRight));
  if (waiting >= 2 && b1 == b0 + 1 && state.sentence_start[b1] == 0) valid |= bit(kBreak);
  return valid;
}

void apply(State& state, Action action, uint16_t label) {
  switch (action) {
    case kShift: state.stack.push_back(state.take()); break;
    case kReduce: {
      const uint32_t top = state.stack.back();
      const bool done = state.heads[top] != kNone || state.stack.size() == 1;
      state.stack.pop_back();
      if (!done) {
        state.unshiftable[top] = 1;
        state.returned.push_back(top);
      }
      break;
    }
    case kLeft: {
      const uint32_t b0 = state.buffer(0);
      state.add_arc(b0, state.stack.back(), label);
      state.unshiftable[b0] = 0;
      state.stack.pop_back();
      break;
    }
    case kRight: {
      const uint32_t top = state.stack.back(), b0 = state.take();
      state.add_arc(top, b0, label);
      state.stack.push_back(b0);
      break;
    }
    case kBreak: state.sentence_start[state.buffer(1)] = 1; break;
    case kActions: break;
  }
}

void collect_slots(const State& state, const TransitionModel& network, const float* rows, const float** slots) {
  const uint32_t b0 = state.buffer(0), s0 = state.stack_at(0);
  const uint32_t tokens[kSlots] = {b0,
                                   state.buffer(1),
                                   s0,
                                   state.stack_at(1),
                                   state.stack_at(2),
                                   b0 == kNone ? kNone : state.last_left[b0],
                                   s0 == kNone ? kNone : state.last_left[s0],
                                   s0 == kNone ? kNone : state.last_right[s0]};
  for (size_t slot = 0; slot < kSlots; ++slot) {
    const float* row = tokens[slot] == kNone ? nullptr : rows + size_t{tokens[slot]} * network.row_floats();
    slots[slot] = network.slot(row, slot);
  }
}

/// The leftmost and rightmost token of each token's subtree, as spaCy computes them: passes until no token reaches over a
/// boundary between trees, which crossing arcs can need more than one of.
struct Edges {
  std::vector<uint32_t> left, right;
};

bool boundaries_hold(const std::vector<uint32_t>& heads, const Edges& edges, std::vector<uint8_t>& starts) {
  const auto count = static_cast<uint32_t>(heads.size());
  std::fill(starts.begin(), starts.end(), uint8_t{0});
  for (uint32_t i = 0; i < count; ++i) {
    if (heads[i] == i) starts[edges.left[i]] = 1;
  }
  uint32_t begin = 0;
  for (uint32_t i = 1; i < count; ++i) {
    if (starts[i] == 0 && i + 1 != count) continue;
    for (uint32_t j = begin; j < i; ++j) {
      if (heads[j] < begin || heads[j] > i) return false;
    }
    begin = i;
  }
  return true;
}

void compute_edges(const std::vector<uint32_t>& heads, Edges& edges, std::vector<uint8_t>& starts) {
  const auto count = static_cast<uint32_t>(heads.size());
  edges.left.resize(count);
  edges.right.resize(count);
  starts.resize(count);
  for (uint32_t i = 0; i < count; ++i) edges.left[i] = edges.right[i] = i;
  const auto extend = [&](uint32_t child) {
    const uint32_t head = heads[child];
    edges.left[head] = std::min(edges.left[head], edges.left[child]);
    edges.right[head] = std::max(edges.right[head], edges.right[child]);
  };
  for (int pass = 0; pass < kMaxEdgePasses; ++pass) {
    for (uint32_t i = 0; i < count; ++i) extend(i);
    for (uint32_t i = count; i-- > 0;) extend(i);
    if (boundaries_hold(heads, edges, starts)) return;
  }
}

}  // namespace

struct DependencyParser::Buffers {
  Edges edges;
  std::vector<uint32_t> level, next_level;
  AlignedFloats scores;
};

std::unique_ptr<DependencyParser::Buffers, void (*)(DependencyParser::Buffers*)> DependencyParser::make_buffers() {
  return {new Buffers, [](Buffers* buffers) { delete buffers; }};
}

Result<std::unique_ptr<const DependencyParser>> DependencyParser::build(const ThincModel& model, const std::string& model_file,
                                                                        std::string_view moves, const std::string& moves_file,
                                                                        LabelTable& labels) {
  auto network = TransitionModel::build(model, model_file, moves, moves_file, kSlots, kShift, 0);
  if (!network) return network.error();
  std::unique_ptr<DependencyParser> out(new DependencyParser);
  out->network_ = std::move(*network);
  out->root_label_ = labels.add("ROOT");
  for (const TransitionClass& each : out->network_.classes()) {
    if (each.action >= kActions) {
      return Error{.code = ErrorCode::kBadModel, .message = "has the unknown action " + std::to_string(each.action), .file = moves_file};
    }
    Label label{.whole = labels.add(each.label)};
    const size_t bars = each.label.find("||");
    label.relation = bars == std::string::npos ? label.whole : labels.add(each.label.substr(0, bars));
    if (bars != std::string::npos) label.head = labels.add(each.label.substr(bars + 2));
    out->class_labels_.push_back(label);
  }
  out->relation_of_.resize(labels.size(), 0);
  out->head_label_of_.resize(labels.size(), 0);
  for (const Label& label : out->class_labels_) {
    if (label.head == 0) continue;
    out->relation_of_[label.whole] = label.relation;
    out->head_label_of_[label.whole] = label.head;
  }
  for (uint8_t valid = 0; valid < (1U << kActions); ++valid) out->add_mask(valid);
  return std::unique_ptr<const DependencyParser>(std::move(out));
}

void DependencyParser::add_mask(uint8_t valid_actions) {
  AlignedFloats mask(network_.padded_classes(), -std::numeric_limits<float>::infinity());
  uint32_t count = 0, last = kNone;
  for (uint32_t i = 0; i < network_.classes().size(); ++i) {
    if ((valid_actions >> network_.classes()[i].action & 1U) == 0) continue;
    mask[i] = 0;
    last = i;
    ++count;
  }
  masks_.push_back(std::move(mask));
  only_class_.push_back(count == 1 ? last : kNone);
}

uint32_t DependencyParser::choose(uint8_t valid_actions, const float* scores) const {
  const AlignedFloats& mask = masks_[valid_actions];
  const uint32_t best = kernels().argmax(scores, mask.data(), mask.size());
  if (mask[best] == 0) return best;
  // Only scores that are no numbers, from a broken model, get here.
  const auto first = std::find(mask.begin(), mask.end(), 0.0F);
  return first == mask.end() ? kNone : static_cast<uint32_t>(first - mask.begin());
}

void DependencyParser::parse(const float* rows, std::span<const uint8_t> is_space, Buffers& buffers, Tree& tree) const {
  const size_t count = is_space.size();
  State state(count);
  ensure_size(buffers.scores, network_.padded_classes());
  while (!state.finished()) {
    const uint8_t valid = valid_actions(state);
    uint32_t chosen = only_class_[valid];
    if (chosen == kNone) {
      const float* slots[kSlots];
      collect_slots(state, network_, rows, slots);
      network_.score(slots, buffers.scores.data());
      chosen = choose(valid, buffers.scores.data());
      if (chosen == kNone) break;  // a model without the class that this state needs; the rest stay roots
    }
    apply(state, static_cast<Action>(network_.classes()[chosen].action), class_labels_[chosen].whole);
  }
  tree.heads.resize(count);
  tree.labels.resize(count);
  for (uint32_t i = 0; i < count; ++i) {
    tree.heads[i] = state.heads[i] == kNone ? i : state.heads[i];
    tree.labels[i] = state.heads[i] == kNone ? root_label_ : state.labels[i];
  }
  lift_arcs(is_space, buffers, tree);
  tree.sentence_start.assign(count, 0);
  for (uint32_t i = 0; i < count; ++i) {
    if (tree.heads[i] == i) tree.sentence_start[buffers.edges.left[i]] = 1;
  }
}

/// Undoes the projective encoding of crossing arcs (nonproj.deprojectivize): a label "x||y" moves its token to the first
/// token labelled y below its head, breadth first.
void DependencyParser::lift_arcs(std::span<const uint8_t> is_space, Buffers& buffers, Tree& tree) const {
  Edges& edges = buffers.edges;
  compute_edges(tree.heads, edges, tree.sentence_start);
  bool moved = false;
  const auto find_head = [&](uint32_t token, uint16_t wanted) {
    buffers.level.assign(1, tree.heads[token]);
    while (!buffers.level.empty()) {
      buffers.next_level.clear();
      for (const uint32_t head : buffers.level) {
        for (uint32_t child = edges.left[head]; child <= edges.right[head]; ++child) {
          if (tree.heads[child] != head || child == head || child == token || is_space[child] != 0) continue;
          if (tree.labels[child] == wanted) return child;
          buffers.next_level.push_back(child);
        }
      }
      buffers.level.swap(buffers.next_level);
    }
    return tree.heads[token];
  };
  for (uint32_t token = 0; token < tree.heads.size(); ++token) {
    const uint16_t wanted = head_label_of_[tree.labels[token]];
    if (wanted == 0) continue;
    tree.heads[token] = find_head(token, wanted);
    tree.labels[token] = relation_of_[tree.labels[token]];
    moved = true;
  }
  if (moved) compute_edges(tree.heads, edges, tree.sentence_start);
}

void DependencyParser::limit_sentences(uint32_t most, Tree& tree) const {
  bool cut = false;
  uint32_t length = 0;
  for (uint8_t& starts : tree.sentence_start) {
    if (starts == 0 && length == most) {
      starts = 1;
      cut = true;
    }
    length = starts != 0 ? 1 : length + 1;
  }
  if (!cut) return;
  std::vector<uint32_t> sentence(tree.heads.size());
  std::inclusive_scan(tree.sentence_start.begin(), tree.sentence_start.end(), sentence.begin(), std::plus<uint32_t>(), 0U);
  for (uint32_t token = 0; token < sentence.size(); ++token) {
    if (sentence[tree.heads[token]] == sentence[token]) continue;
    tree.heads[token] = token;
    tree.labels[token] = root_label_;
  }
}

}  // namespace casus
