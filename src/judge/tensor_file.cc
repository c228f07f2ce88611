#include "judge/tensor_file.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "base/json_writer.h"

namespace casus {
namespace {

constexpr uint64_t kLengthBytes = 8;
constexpr uint64_t kMaxHeaderBytes = 4u << 20;
constexpr size_t kMaxTensors = 10'000;
constexpr size_t kMaxRank = 4;
constexpr const char* kRemedy = "build casus again, or name a good judge with --judge";

static_assert(std::endian::native == std::endian::little, "the numbers are used as they lie in the file");

uint64_t bytes_of(std::string_view type) {
  return type == "F32" ? 4 : type == "F16" ? 2 : type == "I64" ? 8 : type == "U8" || type == "I8" ? 1 : 0;
}

/// The float of a half: sign, 5 bits of exponent, 10 of fraction.
float float_of_half(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000u) << 16, exponent = (half >> 10) & 0x1Fu, fraction = half & 0x3FFu;
  if (exponent == 0) {
    const float small = static_cast<float>(fraction) * 0x1p-24F;
    return sign ? -small : small;
  }
  const uint32_t wide = exponent == 0x1F ? 0xFFu : exponent + 112;
  return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

std::string shape_text(std::span<const uint64_t> shape) {
  std::string text;
  for (const uint64_t side : shape) text += (text.empty() ? "" : " by ") + std::to_string(side);
  return text.empty() ? "one number" : text;
}

}  // namespace

Error TensorFile::fault(std::string message) const {
  return {.code = ErrorCode::kBadModel, .message = std::move(message), .file = name_, .remedy = kRemedy};
}

Result<std::shared_ptr<const TensorFile>> TensorFile::open(const std::filesystem::path& path) {
  auto file = MappedFile::open(path, kMaxBytes);
  if (!file) return std::move(file).error();
  auto tensors = std::make_shared<TensorFile>();
  tensors->name_ = path.string();
  tensors->file_ = *std::move(file);
  tensors->bytes_ = tensors->file_.bytes();
  if (auto read = tensors->read_header(); !read) return std::move(read).error();
  return std::shared_ptr<const TensorFile>(std::move(tensors));
}

Result<std::shared_ptr<const TensorFile>> TensorFile::of_bytes(std::string bytes, const std::string& name) {
  auto tensors = std::make_shared<TensorFile>();
  tensors->name_ = name;
  tensors->owned_ = std::move(bytes);
  tensors->bytes_ = tensors->owned_;
  if (auto read = tensors->read_header(); !read) return std::move(read).error();
  return std::shared_ptr<const TensorFile>(std::move(tensors));
}

Result<void> TensorFile::read_header() {
  uint64_t length = 0;
  if (bytes_.size() < kLengthBytes) return fault("is no file of tensors");
  std::memcpy(&length, bytes_.data(), kLengthBytes);
  if (length > kMaxHeaderBytes) return fault("is no file of tensors");
  if (length > bytes_.size() - kLengthBytes) return fault("is cut short within its header");
  const std::string_view content = bytes_.substr(kLengthBytes + length);
  simdjson::dom::parser parser;
  simdjson::dom::object header;
  if (parser.parse(bytes_.data() + kLengthBytes, length).get(header)) return fault("is no file of tensors: its header is no JSON object");
  if (header.size() > kMaxTensors) return fault("has more than " + std::to_string(kMaxTensors) + " tensors");
  for (const auto& [key, value] : header) {
    if (key == "__metadata__") {
      simdjson::dom::object metadata;
      if (value.get(metadata)) return fault("has metadata that is no JSON object");
      for (const auto& [name, text] : metadata) {
        std::string_view said;
        if (text.get(said)) return fault("has metadata \"" + std::string(name) + "\" that is no text");
        metadata_.emplace(name, said);
      }
      continue;
    }
    TensorEntry entry;
    std::string_view type;
    simdjson::dom::array shape;
    uint64_t begin = 0, end = 0;
    if (value["dtype"].get(type) || value["shape"].get(shape) || value["data_offsets"].at(0).get(begin) ||
        value["data_offsets"].at(1).get(end))
      return fault("has a header without type, shape and offsets of \"" + std::string(key) + "\"");
    entry.type = type;
    uint64_t size = bytes_of(type);
    for (const auto& side : shape) {
      uint64_t count = 0;
      if (side.get(count) || count > kMaxBytes || entry.shape.size() == kMaxRank)
        return fault("has an impossible shape of \"" + std::string(key) + "\"");
      entry.shape.push_back(count);
      size = std::min(size * count, uint64_t{kMaxBytes} * 8);  // below 2^33 times 2^30: no overflow
    }
    if (begin > end || end > content.size()) return fault("is cut short: \"" + std::string(key) + "\" lies behind its end");
    if (size == 0 || size != end - begin) return fault("has a tensor \"" + std::string(key) + "\" of a type or size that is not read");
    entry.bytes = content.substr(begin, end - begin);
    if (!tensors_.emplace(key, std::move(entry)).second) return fault("has two tensors \"" + std::string(key) + "\"");
  }
  return {};
}

std::string_view TensorFile::metadata(std::string_view key) const {
  const auto found = metadata_.find(key);
  return found == metadata_.end() ? std::string_view() : std::string_view(found->second);
}

Result<const TensorEntry*> TensorFile::entry(std::string_view tensor) const {
  const auto found = tensors_.find(tensor);
  if (found == tensors_.end()) return fault("has no tensor \"" + std::string(tensor) + "\"");
  return &found->second;
}

Result<const TensorEntry*> TensorFile::entry(std::string_view tensor, std::string_view type, std::initializer_list<uint64_t> shape) const {
  auto found = entry(tensor);
  if (!found) return found;
  const TensorEntry& entry = **found;
  const std::string name = "has a tensor \"" + std::string(tensor) + "\"";
  if (!std::ranges::equal(entry.shape, shape))
    return fault(name + " of " + shape_text(entry.shape) + ", wanted " + shape_text(std::span(shape.begin(), shape.size())));
  if (entry.type != type) return fault(name + " that is not " + std::string(type));
  return found;
}

Result<std::span<const float>> TensorFile::floats(std::string_view tensor, std::initializer_list<uint64_t> shape) const {
  auto found = entry(tensor, "F32", shape);
  if (!found) return std::move(found).error();
  const std::string_view bytes = (*found)->bytes;
  if (reinterpret_cast<uintptr_t>(bytes.data()) % alignof(float) != 0) return fault("has a header whose length is no multiple of 4");
  return std::span(reinterpret_cast<const float*>(bytes.data()), bytes.size() / sizeof(float));
}

Result<std::span<const int8_t>> TensorFile::bytes(std::string_view tensor, std::initializer_list<uint64_t> shape) const {
  auto found = entry(tensor, "I8", shape);
  if (!found) return std::move(found).error();
  const std::string_view bytes = (*found)->bytes;
  return std::span(reinterpret_cast<const int8_t*>(bytes.data()), bytes.size());
}

Result<std::vector<float>> TensorFile::copied_floats(std::string_view tensor) const {
  auto found = entry(tensor);
  if (!found) return std::move(found).error();
  const TensorEntry& entry = **found;
  std::vector<float> out;
  if (entry.type == "F32") {
    out.resize(entry.bytes.size() / sizeof(float));
    std::memcpy(out.data(), entry.bytes.data(), entry.bytes.size());
  } else if (entry.type == "F16") {
    out.resize(entry.bytes.size() / sizeof(uint16_t));
    for (size_t i = 0; i < out.size(); ++i) {
      uint16_t half = 0;
      std::memcpy(&half, entry.bytes.data() + i * sizeof half, sizeof half);
      out[i] = float_of_half(half);
    }
  } else {
    return fault("has a tensor \"" + std::string(tensor) + "\" that is neither F32 nor F16");
  }
  return out;
}

std::vector<uint64_t> TensorFile::shape(std::string_view tensor) const {
  const auto found = tensors_.find(tensor);
  return found == tensors_.end() ? std::vector<uint64_t>() : found->second.shape;
}

std::string_view TensorFile::type(std::string_view tensor) const {
  const auto found = tensors_.find(tensor);
  return found == tensors_.end() ? std::string_view() : std::string_view(found->second.type);
}

Result<std::string_view> TensorFile::text(std::string_view tensor) const {
  const auto found = tensors_.find(tensor);
  if (found == tensors_.end() || found->second.type != "U8") return fault("has no text \"" + std::string(tensor) + "\"");
  return found->second.bytes;
}

void TensorFileWriter::add_floats(std::string name, std::vector<uint64_t> shape, std::span<const float> values) {
  std::string bytes(values.size_bytes(), '\0');
  std::memcpy(bytes.data(), values.data(), values.size_bytes());
  items_.push_back({std::move(name), "F32", std::move(shape), std::move(bytes)});
}

void TensorFileWriter::add_bytes(std::string name, std::vector<uint64_t> shape, std::span<const int8_t> values) {
  items_.push_back({std::move(name), "I8", std::move(shape), std::string(reinterpret_cast<const char*>(values.data()), values.size())});
}

void TensorFileWriter::add_text(std::string name, std::string_view text) {
  items_.push_back({std::move(name), "U8", {text.size()}, std::string(text)});
}

std::string TensorFileWriter::bytes() const {
  std::string header;
  JsonWriter json(header);
  json.begin_object();
  json.key("__metadata__").begin_object();
  for (const auto& [key, value] : metadata_) json.field(key, value);
  json.end_object();
  // Floats first, so that each begins at a multiple of its size.
  uint64_t offset = 0;
  std::string content;
  for (const bool floats : {true, false}) {
    for (const Item& item : items_) {
      if ((item.type == "F32") != floats) continue;
      json.key(item.name).begin_object().field("dtype", item.type);
      json.key("shape").begin_array();
      for (const uint64_t side : item.shape) json.number(side);
      json.end_array();
      json.key("data_offsets").begin_array().number(offset).number(offset + item.bytes.size()).end_array();
      json.end_object();
      offset += item.bytes.size();
      content += item.bytes;
    }
  }
  json.end_object();
  header.append((kLengthBytes - header.size() % kLengthBytes) % kLengthBytes, ' ');
  const uint64_t length = header.size();
  std::string out(reinterpret_cast<const char*>(&length), kLengthBytes);
  return out + header + content;
}

}  // namespace casus
