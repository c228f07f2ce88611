#include "language/thinc_model.h"

#include <bit>
#include <cstring>
#include <limits>

#include "base/files.h"
#include "base/utf8.h"
#include "language/msgpack.h"

namespace casus {
namespace {

constexpr uint64_t kMaxModelFileBytes = 1U << 30;  ///< one model file; the largest published (transformers aside) has 7 MB
constexpr size_t kMaxNodes = 10'000;               ///< the largest known tree has 68
constexpr size_t kMaxRank = 8;                     ///< dimensions of an array; 4 occur

static_assert(std::endian::native == std::endian::little, "arrays are copied as they are in the file, least byte first");

/// Reads the four parallel lists of one file. Every failure names the file, and the node and parameter where there is one.
class ModelReader {
 public:
  explicit ModelReader(std::string_view file_name) : file_name_(file_name) {}

  Result<ThincModel> read(std::string_view bytes) {
    auto root = decode_msgpack(bytes);
    if (!root) {
      Error error = std::move(root).error();
      error.file = file_name_;
      return error;
    }
    if (!read_lists(*root)) return std::move(error_);
    return std::move(model_);
  }

 private:
  bool fail(const std::string& message) {
    uint64_t replaced = 0;
    error_ = Error{.code = ErrorCode::kBadModel, .message = repair_utf8(message, replaced), .file = std::string(file_name_)};
    return false;
  }

  bool fail_at(size_t node, std::string_view what, std::string_view message) {
    std::string name = node < model_.nodes.size() ? model_.nodes[node].name.substr(0, 60) : "";
    return fail("node " + std::to_string(node) + (name.empty() ? "" : " (" + name + ")") + ", " + std::string(what) + ": " +
                std::string(message));
  }

  bool read_lists(const MsgpackValue& root) {
    if (!root.map()) return fail("is not a thinc model: expected a map of nodes, attrs, params and shims");
    const MsgpackValue::Array* lists[4] = {};
    constexpr std::string_view kNames[4] = {"nodes", "attrs", "params", "shims"};
    for (size_t i = 0; i < 4; ++i) {
      const MsgpackValue* list = root.find(kNames[i]);
      lists[i] = list ? list->array() : nullptr;
      if (!lists[i]) return fail("is not a thinc model: the list \"" + std::string(kNames[i]) + "\" is missing");
      if (lists[i]->size() != lists[0]->size()) {
        return fail("the lists differ in length: " + std::to_string(lists[0]->size()) + " nodes, " + std::to_string(lists[i]->size()) +
                    " " + std::string(kNames[i]));
      }
    }
    const size_t count = lists[0]->size();
    if (count == 0 || count > kMaxNodes) return fail("has " + std::to_string(count) + " nodes; expected 1 to " + std::to_string(kMaxNodes));
    model_.nodes.resize(count);
    for (size_t i = 0; i < count; ++i) {
      if (!read_node(i, (*lists[0])[i]) || !read_attrs(i, (*lists[1])[i]) || !read_params(i, (*lists[2])[i])) return false;
      const MsgpackValue::Array* shims = (*lists[3])[i].array();
      if (!shims || !shims->empty()) return fail_at(i, "shims", "expected an empty list");
    }
    return true;
  }

  bool read_node(size_t index, const MsgpackValue& value) {
    ThincNode& node = model_.nodes[index];
    const MsgpackValue* name = value.find("name");
    if (!name || !name->text().data()) return fail_at(index, "name", "expected a string");
    node.name = name->text();
    const MsgpackValue* number = value.find("index");
    uint64_t found = 0;
    if (!number || !number->to_uint64(found) || found != index) return fail_at(index, "index", "expected " + std::to_string(index));
    return read_numbers(index, "dims", value.find("dims"), std::numeric_limits<uint32_t>::max(), node.dims) &&
           read_numbers(index, "refs", value.find("refs"), model_.nodes.size() - 1, node.refs);
  }

  bool read_numbers(size_t index, std::string_view what, const MsgpackValue* value, uint64_t max,
                    std::map<std::string, int64_t, std::less<>>& out) {
    const MsgpackValue::Map* members = value ? value->map() : nullptr;
    if (!members) return fail_at(index, what, "expected a map");
    for (const auto& [key, number] : *members) {
      if (!key.text().data()) return fail_at(index, what, "a key is not a string");
      if (number.is_nil()) continue;
      uint64_t found = 0;
      if (!number.to_uint64(found) || found > max) {
        return fail_at(index, what, std::string(key.text()) + " must be nil or a number up to " + std::to_string(max));
      }
      out.insert_or_assign(std::string(key.text()), static_cast<int64_t>(found));
    }
    return true;
  }

  bool read_attrs(size_t index, const MsgpackValue& value) {
    if (!value.map()) return fail_at(index, "attrs", "expected a map");
    for (const auto& [key, blob] : *value.map()) {
      if (!key.text().data()) return fail_at(index, "attrs", "a key is not a string");
      const auto* binary = std::get_if<MsgpackValue::Binary>(&blob.value);
      if (!binary) return fail_at(index, "attribute " + std::string(key.text()), "expected a binary");
      model_.nodes[index].attrs.insert_or_assign(std::string(key.text()), std::string(binary->bytes));
    }
    return true;
  }

  bool read_params(size_t index, const MsgpackValue& value) {
    if (!value.map()) return fail_at(index, "params", "expected a map");
    for (const auto& [key, array] : *value.map()) {
      if (!key.text().data()) return fail_at(index, "params", "a key is not a string");
      if (array.is_nil()) continue;
      Tensor tensor;
      if (!read_tensor(index, "parameter " + std::string(key.text()), array, tensor)) return false;
      model_.nodes[index].params.insert_or_assign(std::string(key.text()), std::move(tensor));
    }
    return true;
  }

  bool read_tensor(size_t index, std::string_view what, const MsgpackValue& array, Tensor& out) {
    if (!array.map()) return fail_at(index, what, "expected a NumPy array");
    const MsgpackValue* is_array = array.find("nd");
    const bool* flag = is_array ? std::get_if<bool>(&is_array->value) : nullptr;
    if (!flag || !*flag) return fail_at(index, what, "expected a NumPy array (\"nd\" is not true)");
    const MsgpackValue* kind = array.find("kind");
    if (kind && !kind->text().empty()) return fail_at(index, what, "is an array of records or objects; expected plain numbers");
    const MsgpackValue* type = array.find("type");
    if (!type || type->text() != "<f4") {
      return fail_at(index, what,
                     "expected numbers of type <f4, found " + std::string(type && type->text().data() ? type->text() : "none"));
    }
    uint64_t values = 0;
    if (!read_shape(index, what, array.find("shape"), out.shape, values)) return false;
    const MsgpackValue* data = array.find("data");
    const auto* binary = data ? std::get_if<MsgpackValue::Binary>(&data->value) : nullptr;
    if (!binary) return fail_at(index, what, "the data are missing");
    if (binary->bytes.size() % sizeof(float) != 0 || binary->bytes.size() / sizeof(float) != values) {
      return fail_at(index, what,
                     "has " + std::to_string(binary->bytes.size()) + " bytes of data where its shape asks for " + std::to_string(values) +
                         " numbers of 4 bytes");
    }
    out.data.resize(static_cast<size_t>(values));
    if (values > 0) std::memcpy(out.data.data(), binary->bytes.data(), binary->bytes.size());
    return true;
  }

  bool read_shape(size_t index, std::string_view what, const MsgpackValue* value, std::vector<uint32_t>& shape, uint64_t& values) {
    const MsgpackValue::Array* sizes = value ? value->array() : nullptr;
    if (!sizes || sizes->size() > kMaxRank)
      return fail_at(index, what, "expected a shape of at most " + std::to_string(kMaxRank) + " dimensions");
    values = 1;
    for (const MsgpackValue& size : *sizes) {
      uint64_t number = 0;
      if (!size.to_uint64(number) || number > std::numeric_limits<uint32_t>::max() ||
          (number > 0 && values > kMaxModelFileBytes / number)) {
        return fail_at(index, what, "its shape is impossible");
      }
      values *= number;
      shape.push_back(static_cast<uint32_t>(number));
    }
    return true;
  }

  std::string_view file_name_;
  ThincModel model_;
  Error error_;
};

}  // namespace

std::vector<const ThincNode*> ThincModel::named(std::string_view name) const {
  std::vector<const ThincNode*> found;
  for (const ThincNode& node : nodes) {
    if (node.name == name) found.push_back(&node);
  }
  return found;
}

Result<ThincModel> decode_thinc_model(std::string_view bytes, std::string_view file_name) { return ModelReader(file_name).read(bytes); }

Result<ThincModel> read_thinc_model(const std::filesystem::path& file) {
  const auto bytes = read_file(file, kMaxModelFileBytes);
  if (!bytes) return bytes.error();
  return decode_thinc_model(*bytes, file.string());
}

}  // namespace casus
