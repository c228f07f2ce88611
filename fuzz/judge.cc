// Any bytes as a judge: refused, or asked without reading outside of them.
#include <cstdint>
#include <span>
#include <string>

#include "judge/judge.h"

using namespace casus;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto file = TensorFile::of_bytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  if (!file) return 0;
  for (const auto& [name, entry] : (*file)->tensors()) static_cast<void>((*file)->copied_floats(name).ok());
  const auto judge = Judge::of_file(*std::move(file));
  if (!judge) return 0;
  const JudgeSentence sentence{.text = "Troops crossed the border \xC3\xA9\xFF.",
                               .questions = {{.trigger = {{7, 14}}, .source = {{0, 6}}}, {}}};
  static_cast<void>((*judge)->answer(std::span(&sentence, 1)));
  return 0;
}
