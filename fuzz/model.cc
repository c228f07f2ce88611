// The files of a model package. The first byte chooses the reader, the rest is the file; what loads is used as well.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "language/attribute_ruler.h"
#include "language/config.h"
#include "language/lemmatizer.h"
#include "language/msgpack.h"
#include "language/thinc_model.h"

namespace casus {
namespace {

const std::vector<std::string_view> kWords = {"Gon",          "na",     "the",  " ", "\n", "N'T", "n\xe2\x80\x99t",
                                              "\xc3\x89LANS", "houses", "a-bs", "I", ""};

void use_msgpack(std::string_view bytes) {
  const auto value = decode_msgpack(bytes);
  if (!value) CASUS_ASSERT(value.error().byte <= bytes.size());
}

void use_thinc(std::string_view bytes) {
  const auto model = decode_thinc_model(bytes, "model");
  if (!model) return;
  for (const ThincNode& node : model->nodes) {
    for (const auto& [name, tensor] : node.params) {
      uint64_t count = 1;
      for (const uint32_t size : tensor.shape) count *= size;
      CASUS_ASSERT(count == tensor.data.size());
    }
  }
}

void use_ruler(std::string_view bytes) {
  LabelTable labels;
  const auto ruler = AttributeRuler::load(bytes, "patterns", labels);
  if (!ruler) return;
  std::string text;
  std::vector<Token> tokens;
  for (size_t i = 0; i < 3 * kWords.size(); ++i) {
    Token token;
    token.span.begin = static_cast<uint32_t>(text.size());
    text += kWords[i % kWords.size()];
    token.span.end = static_cast<uint32_t>(text.size());
    token.tag = static_cast<uint16_t>(i % labels.size());
    token.dep_label = static_cast<uint16_t>(i * 7 % labels.size());
    tokens.push_back(token);
  }
  (*ruler)->apply(text, tokens);
  for (const Token& token : tokens)
    CASUS_ASSERT(token.tag < labels.size() && token.morph < labels.size() && token.dep_label < labels.size());
}

void use_lemmatizer(std::string_view bytes) {
  for (const LemmaOrder order : {LemmaOrder::kRuleOrder, LemmaOrder::kIndexFirst}) {
    const auto lemmatizer = Lemmatizer::load(bytes, "lookups.bin", order);
    if (!lemmatizer) return;
    std::pmr::monotonic_buffer_resource arena;
    for (const std::string_view word : kWords) {
      for (int pos = 0; pos <= static_cast<int>(Pos::kSpace); ++pos) {
        CASUS_ASSERT((*lemmatizer)->lemma(word, static_cast<Pos>(pos), "Number=Plur", arena).size() <= word.size() + 1'000);
      }
    }
  }
}

void use_config(std::string_view bytes) {
  constexpr std::string_view kMeta = R"({"lang": "en", "name": "x", "version": "1"})";
  static_cast<void>(decode_pipeline_config(bytes, "config.cfg", kMeta, "meta.json"));
  static_cast<void>(decode_pipeline_config("", "config.cfg", bytes, "meta.json"));
}

}  // namespace
}  // namespace casus

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 'm': casus::use_msgpack(bytes); break;
    case 't': casus::use_thinc(bytes); break;
    case 'r': casus::use_ruler(bytes); break;
    case 'l': casus::use_lemmatizer(bytes); break;
    case 'c': casus::use_config(bytes); break;
    default: return -1;
  }
  return 0;
}
