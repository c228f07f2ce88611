// Any bytes as a JSON document.
#include <cstddef>
#include <cstdint>

#include "article/json_reader.h"
#include "article_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  casus::check_records<casus::JsonReader>(data, size);
  return 0;
}
