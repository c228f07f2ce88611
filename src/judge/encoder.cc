#include "judge/encoder.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

namespace casus {
namespace {

constexpr float kEpsilon = 1e-12F;  ///< of BERT's layer norms
constexpr size_t kMaxBlocks = 24;
constexpr size_t kMaxInner = 8192;
constexpr size_t kRowsABlock = 64;  ///< of the wide layer between, so that it stays in the cache
constexpr size_t kRowsAGroup = 64;  ///< of whole sentences, at least, that attend at a time
static_assert(kMaxInner <= kMaxByteInputs && kRowsABlock % kByteRows == 0);

Result<AlignedFloats> read_floats(const TensorFile& file, const std::string& name, uint64_t count) {
  auto values = file.floats(name, {count});
  if (!values) return std::move(values).error();
  AlignedFloats out(pad_to_lanes(count), 0.0F);
  std::ranges::copy(*values, out.begin());
  return out;
}

}  // namespace

Result<LinearLayer> LinearLayer::read(const TensorFile& file, const std::string& name, uint64_t outputs, uint64_t inputs) {
  LinearLayer layer;
  auto bias = read_floats(file, name + ".bias", outputs);
  if (!bias) return std::move(bias).error();
  layer.bias_ = *std::move(bias);
  if (file.type(name + ".weight") != "I8") {
    auto weights = file.floats(name + ".weight", {outputs, inputs});
    if (!weights) return std::move(weights).error();
    layer.floats_ = PackedMatrix(*weights, outputs, inputs);
    return layer;
  }
  auto weights = file.bytes(name + ".weight", {outputs, inputs});
  if (!weights) return std::move(weights).error();
  auto scales = file.floats(name + ".scale", {outputs});
  if (!scales) return std::move(scales).error();
  auto factors = read_floats(file, name + ".factor", inputs);
  if (!factors) return std::move(factors).error();
  const auto is_size = [](float value) { return std::isfinite(value) && value >= 0; };
  if (!std::ranges::all_of(*scales, is_size)) return file.fault("has a number in \"" + name + ".scale\" that is none or below zero");
  if (!std::ranges::all_of(*factors, is_size)) return file.fault("has a number in \"" + name + ".factor\" that is none or below zero");
  if (inputs > kMaxByteInputs) return file.fault("has a layer \"" + name + "\" of over " + std::to_string(kMaxByteInputs) + " inputs");
  layer.bytes_ = ByteMatrix(*weights, *scales, inputs);
  layer.factors_ = *std::move(factors);
  return layer;
}

void LinearLayer::run(const float* in, size_t rows, float* out, ByteRows& scratch) const {
  if (bytes_.outputs == 0) return kernels().multiply(in, floats_.inputs, rows, floats_, bias_.data(), out, padded_outputs());
  scratch.ensure(rows, bytes_.inputs);
  kernels().quantise(in, factors_.data(), rows, bytes_.inputs, scratch.bytes.data(), scratch.scales.data());
  run_bytes(scratch.bytes.data(), scratch.scales.data(), rows, out);
}

void LinearLayer::run_gelu(float* in, size_t rows, float* out, ByteRows& scratch) const {
  if (bytes_.outputs == 0) {
    kernels().gelu(in, rows * floats_.inputs);
    return run(in, rows, out, scratch);
  }
  scratch.ensure(rows, bytes_.inputs);
  kernels().gelu_quantise(in, factors_.data(), rows, bytes_.inputs, scratch.bytes.data(), scratch.scales.data());
  run_bytes(scratch.bytes.data(), scratch.scales.data(), rows, out);
}

void LinearLayer::run_bytes(const uint8_t* in, const ByteScale* scales, size_t rows, float* out) const {
  kernels().multiply_bytes(in, scales, rows, bytes_, bias_.data(), out, padded_outputs());
}

Result<Encoder::Norm> Encoder::read_norm(const TensorFile& file, const std::string& name, uint64_t width) {
  auto gain = read_floats(file, name + ".weight", width), shift = read_floats(file, name + ".bias", width);
  if (!gain) return std::move(gain).error();
  if (!shift) return std::move(shift).error();
  return Norm{.gain = *std::move(gain), .shift = *std::move(shift)};
}

Result<Encoder::Block> Encoder::read_block(const TensorFile& file, const std::string& name, uint64_t width, uint64_t inner) {
  auto qkv = LinearLayer::read(file, name + "qkv", 3 * width, width), output = LinearLayer::read(file, name + "output", width, width),
       up = LinearLayer::read(file, name + "up", inner, width), down = LinearLayer::read(file, name + "down", width, inner);
  for (auto* layer : {&qkv, &output, &up, &down}) {
    if (!*layer) return std::move(*layer).error();
  }
  auto attention_norm = read_norm(file, name + "attention_norm", width), norm = read_norm(file, name + "norm", width);
  if (!attention_norm) return std::move(attention_norm).error();
  if (!norm) return std::move(norm).error();
  return Block{*std::move(qkv), *std::move(output), *std::move(up), *std::move(down), *std::move(attention_norm), *std::move(norm)};
}

Result<Encoder> Encoder::read(const TensorFile& file) {
  Encoder encoder;
  const auto words = file.shape("words"), places = file.shape("places"), up = file.shape("blocks.0.up.weight");
  if (words.size() != 2 || places.size() != 2 || up.size() != 2) return file.fault("has no encoder: words, places and blocks are wanted");
  const uint64_t width = words[1], inner = up[0];
  if (words[0] == 0 || places[0] == 0 || width == 0 || width % kHeadWidth != 0 || width > kMaxNormWidth || inner == 0 ||
      inner % kLanes != 0 || inner > kMaxInner)
    return file.fault("has an encoder " + std::to_string(width) + " wide with " + std::to_string(inner) + " between; at most " +
                      std::to_string(kMaxNormWidth) + " and " + std::to_string(kMaxInner) + " in steps of " + std::to_string(kHeadWidth) +
                      " can be run");
  encoder.width_ = width;
  encoder.inner_ = inner;
  encoder.max_pieces_ = std::min<size_t>(places[0], kMaxAttended);
  auto word_rows = file.floats("words", {words[0], width}), place_rows = file.floats("places", {places[0], width});
  if (!word_rows) return std::move(word_rows).error();
  if (!place_rows) return std::move(place_rows).error();
  encoder.words_ = *word_rows;
  encoder.places_ = *place_rows;
  auto kind = read_floats(file, "kind", width);
  if (!kind) return std::move(kind).error();
  encoder.kind_ = *std::move(kind);
  auto norm = read_norm(file, "norm", width);
  if (!norm) return std::move(norm).error();
  encoder.norm_ = *std::move(norm);
  for (size_t i = 0; i < kMaxBlocks; ++i) {
    const std::string name = "blocks." + std::to_string(i) + ".";
    if (file.shape(name + "up.weight").empty()) break;
    auto block = read_block(file, name, width, inner);
    if (!block) return std::move(block).error();
    encoder.blocks_.push_back(*std::move(block));
  }
  return encoder;
}

/// The norm of words, places and kind in `states`.
void Encoder::embed(std::span<const uint32_t> ids, std::span<const uint32_t> lengths, EncoderScratch& scratch) const {
  ensure_size(scratch.states, ids.size() * width_);
  scratch.state_bytes.ensure(ids.size() + kByteRows, width_);  // products read whole tiles of rows from anywhere on
  size_t row = 0;
  for (const uint32_t length : lengths) {
    const size_t first = row;
    ensure_size(scratch.sum, length * width_);
    for (uint32_t place = 0; place < length; ++place, ++row) {
      const float* word = words_.data() + ids[row] * width_;
      const float* position = places_.data() + place * width_;
      float* other = scratch.sum.data() + place * width_;
      std::copy_n(word, width_, scratch.states.data() + row * width_);
      for (size_t i = 0; i < width_; ++i) other[i] = position[i] + kind_[i];
    }
    add_and_norm(norm_, blocks_.empty() ? nullptr : &blocks_[0].qkv, first, length, scratch);
  }
}

/// The norm of some states and of the sum becomes the states, as bytes, too, if the layer that is next wants them.
void Encoder::add_and_norm(const Norm& norm, const LinearLayer* next, size_t first, size_t rows, EncoderScratch& scratch) const {
  float* states = scratch.states.data() + first * width_;
  const NormWeights weights = {.gain = norm.gain.data(), .shift = norm.shift.data(), .epsilon = kEpsilon};
  const ByteOutput bytes = {.factors = next != nullptr ? next->factors() : nullptr,
                            .bytes = scratch.state_bytes.bytes.data() + first * pad_to_bytes(width_),
                            .scales = scratch.state_bytes.scales.data() + first};
  kernels().norm_sum(states, scratch.sum.data(), rows, width_, weights, states, bytes);
}

/// A layer over some states, which are bytes already if it is in 8 bits.
void Encoder::run_layer(const LinearLayer& layer, size_t first, size_t rows, float* out, EncoderScratch& scratch) const {
  if (layer.factors() == nullptr) return layer.run(scratch.states.data() + first * width_, rows, out, scratch.bytes);
  layer.run_bytes(scratch.state_bytes.bytes.data() + first * pad_to_bytes(width_), scratch.state_bytes.scales.data() + first, rows, out);
}

/// Nothing, unless somebody wants to know what goes into the layers.
void Encoder::note_inputs(const Block& block, std::vector<double> BlockInputs::* layer, std::span<const float> values,
                          EncoderScratch& scratch) const {
  if (scratch.inputs == nullptr) return;
  scratch.inputs->resize(blocks_.size());
  std::vector<double>& sums = (*scratch.inputs)[static_cast<size_t>(&block - blocks_.data())].*layer;
  sums.resize(layer == &BlockInputs::down ? inner_ : width_);
  for (; !values.empty(); values = values.subspan(sums.size())) {
    for (size_t i = 0; i < sums.size(); ++i) sums[i] += double{values[i]} * double{values[i]};
  }
}

/// The norm of the states of some sentences, from row `first` on, and what their pieces make of each other becomes the states.
void Encoder::attend(const Block& block, std::span<const uint32_t> lengths, size_t first, EncoderScratch& scratch) const {
  const size_t rows = std::accumulate(lengths.begin(), lengths.end(), size_t{0});
  ensure_size(scratch.qkv, rows * 3 * width_);
  ensure_size(scratch.mixed, rows * width_);
  ensure_size(scratch.sum, rows * width_);
  note_inputs(block, &BlockInputs::qkv, std::span(scratch.states).subspan(first * width_, rows * width_), scratch);
  run_layer(block.qkv, first, rows, scratch.qkv.data(), scratch);
  size_t row = 0;
  for (const uint32_t length : lengths) {
    kernels().attend(scratch.qkv.data() + row * 3 * width_, length, width_ / kHeadWidth, scratch.mixed.data() + row * width_);
    row += length;
  }
  note_inputs(block, &BlockInputs::output, std::span(scratch.mixed).first(rows * width_), scratch);
  block.output.run(scratch.mixed.data(), rows, scratch.sum.data(), scratch.bytes);
  add_and_norm(block.attention_norm, &block.up, first, rows, scratch);
}

/// The norm of the states and what the two wide layers make of them becomes the states, for the layer that is next.
void Encoder::feed_forward(const Block& block, const LinearLayer* next, size_t rows, EncoderScratch& scratch) const {
  ensure_size(scratch.sum, kRowsABlock * width_);
  ensure_size(scratch.inner, kRowsABlock * inner_);
  note_inputs(block, &BlockInputs::up, std::span(scratch.states).first(rows * width_), scratch);
  for (size_t first = 0; first < rows; first += kRowsABlock) {
    const size_t count = std::min(kRowsABlock, rows - first);
    run_layer(block.up, first, count, scratch.inner.data(), scratch);
    block.down.run_gelu(scratch.inner.data(), count, scratch.sum.data(), scratch.bytes);
    note_inputs(block, &BlockInputs::down, std::span(scratch.inner).first(count * inner_), scratch);
    add_and_norm(block.norm, next, first, count, scratch);
  }
}

void Encoder::run(size_t first_block, size_t end_block, std::span<const uint32_t> lengths, EncoderScratch& scratch) const {
  const size_t rows = std::accumulate(lengths.begin(), lengths.end(), size_t{0});
  // Each half of a block goes by some rows at a time, so that what stands between its layers stays in the second cache beside their
  // weights.
  for (size_t number = first_block; number < end_block; ++number) {
    const Block& block = blocks_[number];
    size_t first = 0, begun = 0, group_rows = 0;
    for (size_t i = 0; i < lengths.size(); ++i) {
      group_rows += lengths[i];
      if (group_rows < kRowsAGroup && i + 1 < lengths.size()) continue;
      attend(block, lengths.subspan(begun, i + 1 - begun), first, scratch);
      first += group_rows;
      begun = i + 1;
      group_rows = 0;
    }
    feed_forward(block, number + 1 < blocks_.size() ? &blocks_[number + 1].qkv : nullptr, rows, scratch);
  }
}

void Encoder::keep(const std::vector<bool>& is_kept, std::span<const uint32_t> lengths, EncoderScratch& scratch) const {
  const size_t pitch = pad_to_bytes(width_);
  size_t from = 0, to = 0;
  for (size_t i = 0; i < lengths.size(); from += lengths[i], ++i) {
    if (!is_kept[i]) continue;
    if (from != to) {
      std::copy_n(scratch.states.data() + from * width_, lengths[i] * width_, scratch.states.data() + to * width_);
      std::copy_n(scratch.state_bytes.bytes.data() + from * pitch, lengths[i] * pitch, scratch.state_bytes.bytes.data() + to * pitch);
      std::copy_n(scratch.state_bytes.scales.data() + from, lengths[i], scratch.state_bytes.scales.data() + to);
    }
    to += lengths[i];
  }
}

}  // namespace casus
