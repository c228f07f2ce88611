// Any bytes as a table.
#include <cstddef>
#include <cstdint>

#include "article/csv_reader.h"
#include "article_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  casus::check_records<casus::CsvReader>(data, size);
  return 0;
}
