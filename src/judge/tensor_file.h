#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "base/mapped_file.h"

namespace casus {

/// What the header says of one tensor.
struct TensorEntry {
  std::string type{};  ///< F32, F16, I8, U8
  std::vector<uint64_t> shape{};
  std::string_view bytes{};
};

/// A file of named arrays in the safetensors form: 8 bytes length, a JSON header, the numbers, little-endian. Mapped, not read.
/// Ownership: owns the file or the bytes; views and spans live as long. Threads: immutable, safe at once.
class TensorFile {
 public:
  static constexpr uint64_t kMaxBytes = 1u << 30;

  /// Errors: those of MappedFile::open; kBadModel for what is no such file or is cut short.
  [[nodiscard]] static Result<std::shared_ptr<const TensorFile>> open(const std::filesystem::path& path);
  /// The same of bytes in memory; `name` is used in errors.
  [[nodiscard]] static Result<std::shared_ptr<const TensorFile>> of_bytes(std::string bytes, const std::string& name);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::map<std::string, TensorEntry, std::less<>>& tensors() const { return tensors_; }
  /// A text of the header's metadata, "" if it is not there.
  [[nodiscard]] std::string_view metadata(std::string_view key) const;
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& metadata() const { return metadata_; }

  /// The numbers of an F32 tensor of exactly this shape, in place. Errors: kBadModel.
  [[nodiscard]] Result<std::span<const float>> floats(std::string_view tensor, std::initializer_list<uint64_t> shape) const;
  /// The same of an I8 tensor.
  [[nodiscard]] Result<std::span<const int8_t>> bytes(std::string_view tensor, std::initializer_list<uint64_t> shape) const;
  /// The type of a tensor, "" if it is not there.
  [[nodiscard]] std::string_view type(std::string_view tensor) const;
  /// The numbers of an F32 or F16 tensor, copied. Errors: kBadModel.
  [[nodiscard]] Result<std::vector<float>> copied_floats(std::string_view tensor) const;
  /// The shape of a tensor, empty if it is not there.
  [[nodiscard]] std::vector<uint64_t> shape(std::string_view tensor) const;
  /// The bytes of a U8 tensor. Errors: kBadModel.
  [[nodiscard]] Result<std::string_view> text(std::string_view tensor) const;

  /// An Error about this file.
  [[nodiscard]] Error fault(std::string message) const;

 private:
  [[nodiscard]] Result<void> read_header();
  [[nodiscard]] Result<const TensorEntry*> entry(std::string_view tensor) const;
  [[nodiscard]] Result<const TensorEntry*> entry(std::string_view tensor, std::string_view type,
                                                 std::initializer_list<uint64_t> shape) const;

  std::string name_ = {};
  MappedFile file_ = {};
  std::string owned_ = {};
  std::string_view bytes_ = {};
  std::map<std::string, TensorEntry, std::less<>> tensors_ = {};
  std::map<std::string, std::string, std::less<>> metadata_ = {};
};

/// Writes such files.
class TensorFileWriter {
 public:
  void set_metadata(std::string key, std::string value) { metadata_[std::move(key)] = std::move(value); }
  void add_floats(std::string name, std::vector<uint64_t> shape, std::span<const float> values);
  void add_bytes(std::string name, std::vector<uint64_t> shape, std::span<const int8_t> values);
  void add_text(std::string name, std::string_view text);
  /// The whole file.
  [[nodiscard]] std::string bytes() const;

 private:
  struct Item {
    std::string name{};
    std::string type{};
    std::vector<uint64_t> shape{};
    std::string bytes{};
  };
  std::map<std::string, std::string> metadata_ = {};
  std::vector<Item> items_ = {};
};

}  // namespace casus
