#include "random_package.h"

#include <simdjson.h>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "base/files.h"

namespace casus::parity {
namespace {

namespace fs = std::filesystem;
using simdjson::dom::array;
using simdjson::dom::element;

constexpr uint64_t kMaxRecipeBytes = 1U << 20;
constexpr uint64_t kMaxFileBytes = 64U << 20;

static_assert(std::endian::native == std::endian::little, "the files of a package are little-endian");

/// The bytes of a file of the package: the recipe's bytes with arrays put in where they were cut out.
Result<std::string> filled(const std::string& skeleton, const element& entry, const fs::path& file) {
  std::string content;
  size_t taken = 0;
  for (const element& cut : array(entry["fill"])) {
    const size_t before = static_cast<size_t>(uint64_t(cut["offset"])) - content.size();
    if (before > skeleton.size() - taken)
      return Error{.code = ErrorCode::kBadRecord, .message = "a cut behind the end", .file = file.string()};
    content.append(skeleton, taken, before);
    taken += before;
    const std::vector<float> floats =
        random_floats(uint64_t(cut["seed"]), uint64_t(cut["floats"]), static_cast<int>(int64_t(cut["exponent"])));
    content.append(reinterpret_cast<const char*>(floats.data()), floats.size() * sizeof(float));
  }
  content.append(skeleton, taken);
  if (content.size() != uint64_t(entry["bytes"])) {
    return Error{.code = ErrorCode::kBadRecord, .message = "the filled file has another size than the recipe says", .file = file.string()};
  }
  return content;
}

Result<void> write_entry(const element& entry, const fs::path& recipe, const fs::path& folder) {
  const std::string name{std::string_view(entry["file"])};
  Result<std::string> skeleton = read_file(recipe / "files" / name, kMaxFileBytes);
  if (!skeleton) return skeleton.error();
  Result<std::string> content = filled(*skeleton, entry, recipe / "files" / name);
  if (!content) return content.error();
  fs::remove(folder / name);  // it may be the copy of a read-only file
  std::ofstream(folder / name, std::ios::binary) << *content;
  return {};
}

Result<void> write_entries(const fs::path& recipe, const fs::path& folder) {
  Result<std::string> list = read_file(recipe / "recipe.jsonl", kMaxRecipeBytes);
  if (!list) return list.error();
  simdjson::dom::parser parser;
  for (size_t at = 0; at < list->size();) {
    const size_t end = list->find('\n', at);
    if (Result<void> written = write_entry(parser.parse(list->data() + at, end - at), recipe, folder); !written) return written;
    at = end + 1;
  }
  return {};
}

}  // namespace

std::vector<float> random_floats(uint64_t seed, uint64_t count, int exponent) {
  std::vector<float> floats(count);
  const double scale = std::ldexp(1.0, exponent - 23);
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t z = seed + (i + 1) * 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    z ^= z >> 31U;
    floats[i] = static_cast<float>(static_cast<double>(static_cast<int64_t>(z >> 40U) - (int64_t{1} << 23)) * scale);
  }
  return floats;
}

TemporaryPackage::~TemporaryPackage() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Result<TemporaryPackage> build_random_package(const fs::path& recipe, const fs::path& model) {
  std::string pattern = (fs::temp_directory_path() / "casus-parity-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return Error{.code = ErrorCode::kUnwritable, .message = "cannot make a folder", .file = pattern};
  TemporaryPackage package(pattern);
  try {  // std::filesystem and simdjson report by exceptions
    fs::copy(model, package.folder(), fs::copy_options::recursive);
    if (Result<void> written = write_entries(recipe, package.folder()); !written) return written.error();
  } catch (const std::exception& failure) {
    return Error{.code = ErrorCode::kBadRecord, .message = failure.what(), .file = recipe.string()};
  }
  return package;
}

}  // namespace casus::parity
