#include "language/tok2vec.h"

#include <algorithm>
#include <utility>

#include "language/msgpack.h"
#include "language/strings.h"

namespace casus {
namespace {

constexpr size_t kBlockRows = 64;  // rows of products that stay in the second-level cache
constexpr uint32_t kHashKeys = 4;  // rows of a table that one id adds up
constexpr size_t kMaxLayers = 16;

Error bad_node(const std::string& file, const ThincNode& node, const std::string& message) {
  return Error{.code = ErrorCode::kBadModel,
               .message = "layer \"" + node.name.substr(0, 60) + "\": " + message,
               .file = file,
               .remedy = "casus runs spaCy v3 English CNN pipelines; see docs/model-files.md"};
}

std::string shape_text(const std::vector<uint32_t>& shape) {
  std::string out = "(";
  for (const uint32_t size : shape) out += (out.size() > 1 ? ", " : "") + std::to_string(size);
  return out + ")";
}

struct AttributeName {
  std::string_view name;
  uint64_t WordFeatures::* attribute;
};
constexpr AttributeName kAttributes[] = {{"ORTH", &WordFeatures::orth},        {"NORM", &WordFeatures::norm},
                                         {"PREFIX", &WordFeatures::prefix},    {"SUFFIX", &WordFeatures::suffix},
                                         {"SHAPE", &WordFeatures::shape},      {"SPACY", &WordFeatures::spacy},
                                         {"IS_SPACE", &WordFeatures::is_space}};

uint64_t WordFeatures::* attribute_named(std::string_view name) {
  for (const AttributeName& each : kAttributes) {
    if (each.name == name) return each.attribute;
  }
  return nullptr;
}

/// An attribute of a node that holds a whole number; false if it is missing or anything else.
bool integer_attribute(const ThincNode& node, std::string_view name, uint64_t& out) {
  const auto found = node.attrs.find(name);
  if (found == node.attrs.end()) return false;
  const auto decoded = decode_msgpack(found->second);
  return decoded.ok() && decoded->to_uint64(out);
}

Result<std::vector<std::string>> read_columns(const ThincModel& model, const std::string& file) {
  const auto nodes = model.named("extract_features");
  if (nodes.size() != 1) return Error{.code = ErrorCode::kBadModel, .message = "has no extract_features layer", .file = file};
  const auto attribute = nodes.front()->attrs.find("columns");
  if (attribute == nodes.front()->attrs.end()) return bad_node(file, *nodes.front(), "names no columns");
  const auto decoded = decode_msgpack(attribute->second);
  const MsgpackValue::Array* names = decoded ? decoded->array() : nullptr;
  if (names == nullptr) return bad_node(file, *nodes.front(), "its columns are not a list");
  std::vector<std::string> out;
  for (const MsgpackValue& name : *names) {
    if (attribute_named(name.text()) == nullptr) {
      return bad_node(file, *nodes.front(), "reads the attribute \"" + std::string(name.text()) + "\", which is not known");
    }
    out.emplace_back(name.text());
  }
  return out;
}

}  // namespace

Result<const Tensor*> tensor_of(const ThincNode& node, std::string_view name, const std::vector<uint32_t>& shape, const std::string& file) {
  const auto found = node.params.find(name);
  if (found == node.params.end()) return bad_node(file, node, "lacks the parameter " + std::string(name));
  if (found->second.shape != shape) {
    return bad_node(file, node,
                    "parameter " + std::string(name) + " has the shape " + shape_text(found->second.shape) + ", not " + shape_text(shape));
  }
  return &found->second;
}

Result<std::unique_ptr<const Tok2Vec>> Tok2Vec::build(const ThincModel& model, const std::string& file, const StaticVectors* vectors) {
  std::unique_ptr<Tok2Vec> out(new Tok2Vec);
  if (auto read = out->read_tables(model, file); !read) return read.error();
  if (auto read = out->read_vectors(model, file, vectors); !read) return read.error();
  if (auto read = out->read_layers(model, file); !read) return read.error();
  return std::unique_ptr<const Tok2Vec>(std::move(out));
}

Result<void> Tok2Vec::read_tables(const ThincModel& model, const std::string& file) {
  auto columns = read_columns(model, file);
  if (!columns) return columns.error();
  attributes_ = std::move(*columns);
  const auto nodes = model.named("hashembed");
  if (nodes.empty()) return Error{.code = ErrorCode::kBadModel, .message = "has no hashembed layer", .file = file};
  for (const ThincNode* node : nodes) {
    const auto rows = node->params.find("E");
    if (rows == node->params.end() || rows->second.shape.size() != 2 || rows->second.shape[0] == 0) {
      return bad_node(file, *node, "lacks a table E of two dimensions");
    }
    if (width_ == 0) width_ = rows->second.shape[1];
    uint64_t column = 0, seed = 0;
    if (!integer_attribute(*node, "column", column) || column >= attributes_.size() || !integer_attribute(*node, "seed", seed) ||
        seed > UINT32_MAX || rows->second.shape[1] != width_) {
      return bad_node(file, *node, "its column, seed or width does not fit the other layers");
    }
    tables_.push_back({attribute_named(attributes_[column]), static_cast<uint32_t>(seed), rows->second.shape[0],
                       AlignedFloats(rows->second.data.begin(), rows->second.data.end())});
  }
  if (width_ == 0 || width_ % kLanes != 0 || width_ > kMaxNormWidth) {
    return bad_node(file, *nodes.front(),
                    "a width of " + std::to_string(width_) + " is not supported (multiples of " + std::to_string(kLanes) + " up to " +
                        std::to_string(kMaxNormWidth) + ")");
  }
  return {};
}

Result<void> Tok2Vec::read_vectors(const ThincModel& model, const std::string& file, const StaticVectors* vectors) {
  const auto nodes = model.named("static_vectors");
  if (nodes.empty()) return {};
  if (nodes.size() > 1 || vectors == nullptr || vectors->rows == 0) {
    return bad_node(file, *nodes.front(), "needs word vectors, and the package has none in vocab/vectors");
  }
  auto weights = tensor_of(*nodes.front(), "W", {static_cast<uint32_t>(width_), static_cast<uint32_t>(vectors->width)}, file);
  if (!weights) return weights.error();
  vectors_ = vectors;
  vector_weights_ = PackedMatrix((*weights)->data, width_, vectors->width);
  return {};
}

Result<Tok2Vec::MaxoutLayer> Tok2Vec::read_layer(const ThincNode& maxout, const ThincNode& norm, size_t width, size_t inputs,
                                                 const std::string& file) {
  const auto pieces_found = maxout.dims.find("nP");
  if (pieces_found == maxout.dims.end() || pieces_found->second < 1 || pieces_found->second > 16) {
    return bad_node(file, maxout, "has no sensible number of pieces nP");
  }
  const auto pieces = static_cast<size_t>(pieces_found->second);
  const auto w = static_cast<uint32_t>(width), p = static_cast<uint32_t>(pieces), i = static_cast<uint32_t>(inputs);
  auto weights = tensor_of(maxout, "W", {w, p, i}, file);
  auto bias = tensor_of(maxout, "b", {w, p}, file);
  auto gain = tensor_of(norm, "G", {w}, file);
  auto shift = tensor_of(norm, "b", {w}, file);
  for (const auto* each : {&weights, &bias, &gain, &shift}) {
    if (!*each) return each->error();
  }
  MaxoutLayer layer;
  layer.pieces = pieces;
  std::vector<float> reordered(width * pieces * inputs);
  layer.bias.resize(width * pieces);
  for (size_t output = 0; output < width; ++output) {
    for (size_t piece = 0; piece < pieces; ++piece) {
      const size_t from = output * pieces + piece, to = piece * width + output;
      std::copy_n((*weights)->data.begin() + static_cast<ptrdiff_t>(from * inputs), inputs,
                  reordered.begin() + static_cast<ptrdiff_t>(to * inputs));
      layer.bias[to] = (*bias)->data[from];
    }
  }
  layer.weights = PackedMatrix(reordered, width * pieces, inputs);
  layer.rows = std::move(reordered);
  layer.gain.assign((*gain)->data.begin(), (*gain)->data.end());
  layer.shift.assign((*shift)->data.begin(), (*shift)->data.end());
  return layer;
}

Result<void> Tok2Vec::read_layers(const ThincModel& model, const std::string& file) {
  const auto maxouts = model.named("maxout"), norms = model.named("layernorm");
  if (maxouts.size() < 2 || maxouts.size() != norms.size() || maxouts.size() > kMaxLayers) {
    return Error{.code = ErrorCode::kBadModel,
                 .message = "has " + std::to_string(maxouts.size()) + " maxout and " + std::to_string(norms.size()) +
                            " layernorm layers; expected one of each for mixing and for every encoder layer",
                 .file = file};
  }
  for (size_t i = 0; i < maxouts.size(); ++i) {
    const size_t mixed = width_ * (tables_.size() + (vectors_ != nullptr ? 1 : 0));
    auto layer = read_layer(*maxouts[i], *norms[i], width_, i == 0 ? mixed : kWindow * width_, file);
    if (!layer) return layer.error();
    if (i == 0) {
      mix_ = std::move(*layer);
    } else {
      layers_.push_back(std::move(*layer));
    }
  }
  spread_weights_ = split_window(layers_.front().rows);
  for (MaxoutLayer& layer : layers_) layer.rows = {};
  mix_.rows = {};
  return {};
}

/// The columns of each neighbour of a window below each other: the part of the row before first.
PackedMatrix Tok2Vec::split_window(const std::vector<float>& rows) const {
  const size_t outputs = rows.size() / (kWindow * width_);
  std::vector<float> split(rows.size());
  for (size_t side = 0; side < kWindow; ++side) {
    for (size_t output = 0; output < outputs; ++output) {
      std::copy_n(rows.begin() + static_cast<ptrdiff_t>((output * kWindow + side) * width_), width_,
                  split.begin() + static_cast<ptrdiff_t>((side * outputs + output) * width_));
    }
  }
  return {split, kWindow * outputs, width_};
}

void Tok2Vec::embed_word(const WordFeatures& word, float* out) const {
  const Kernels& kernel = kernels();
  for (const HashTable& table : tables_) {
    const HashKeys keys = hash_keys(word.*table.attribute, table.seed);
    const float* rows[kHashKeys];
    for (uint32_t k = 0; k < kHashKeys; ++k) rows[k] = table.rows.data() + keys.key[k] % table.row_count * width_;
    kernel.sum_rows(rows, kHashKeys, width_, out);
    out += width_;
  }
  if (vectors_ == nullptr) return;
  if (const float* vector = vectors_->find(word.orth)) {
    kernel.multiply(vector, vectors_->width, 1, vector_weights_, nullptr, out, width_);
  } else {
    std::fill_n(out, width_, 0.0F);
  }
}

void Tok2Vec::embed(std::span<const WordFeatures> words, Buffers& buffers, float* out) const {
  const Kernels& kernel = kernels();
  const size_t inputs = mix_.weights.inputs, outputs = mix_.weights.padded_outputs;
  ensure_size(buffers.embedded, kBlockRows * inputs);
  ensure_size(buffers.products, kBlockRows * outputs);
  for (size_t first = 0; first < words.size(); first += kBlockRows) {
    const size_t count = std::min(kBlockRows, words.size() - first);
    for (size_t i = 0; i < count; ++i) embed_word(words[first + i], buffers.embedded.data() + i * inputs);
    kernel.multiply(buffers.embedded.data(), inputs, count, mix_.weights, nullptr, buffers.products.data(), outputs);
    kernel.maxout_norm(buffers.products.data(), count, mix_.pieces, width_, mix_.bias.data(), mix_.gain.data(), mix_.shift.data(), nullptr,
                       out + first * width_);
  }
}

void Tok2Vec::spread(const float* rows, size_t count, float* out) const {
  kernels().multiply(rows, width_, count, spread_weights_, nullptr, out, spread_weights_.padded_outputs);
}

void Tok2Vec::gather_products(std::span<const float* const> spreads, size_t first, size_t count, float* products) const {
  const size_t outputs = layers_.front().weights.padded_outputs;
  for (size_t row = first; row < first + count; ++row, products += outputs) {
    const float* parts[kWindow];
    size_t found = 0;
    for (size_t side = 0; side < kWindow; ++side) {
      if (const float* spread = spreads[row + side]) parts[found++] = spread + side * outputs;
    }
    if (found > 0) {
      kernels().sum_rows(parts, found, outputs, products);
    } else {
      std::fill_n(products, outputs, 0.0F);
    }
  }
}

void Tok2Vec::encode(AlignedFloats& rows, size_t count, std::span<const float* const> spreads, Buffers& buffers) const {
  const Kernels& kernel = kernels();
  buffers.other.resize(rows.size());
  std::fill_n(buffers.other.begin(), width_, 0.0F);
  std::fill_n(buffers.other.begin() + static_cast<ptrdiff_t>((count + 1) * width_), width_, 0.0F);
  for (const MaxoutLayer& layer : layers_) {
    const size_t outputs = layer.weights.padded_outputs;
    ensure_size(buffers.products, kBlockRows * outputs);
    for (size_t first = 0; first < count; first += kBlockRows) {
      const size_t block = std::min(kBlockRows, count - first);
      if (&layer == &layers_.front()) {
        gather_products(spreads, first, block, buffers.products.data());
      } else {
        // The window of a row is the row before it and the two that follow in memory: no copy is needed.
        kernel.multiply(rows.data() + first * width_, width_, block, layer.weights, nullptr, buffers.products.data(), outputs);
      }
      kernel.maxout_norm(buffers.products.data(), block, layer.pieces, width_, layer.bias.data(), layer.gain.data(), layer.shift.data(),
                         rows.data() + (first + 1) * width_, buffers.other.data() + (first + 1) * width_);
    }
    rows.swap(buffers.other);
  }
}

}  // namespace casus
