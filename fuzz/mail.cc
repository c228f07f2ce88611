// Any bytes as a mailbox, which has mails and their parts: each gives articles or errors, and the reader comes to an end.
#include <cstddef>
#include <cstdint>
#include <string>

#include "article/mail/mail_reader.h"
#include "article_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casus;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::unique_ptr<ArticleReader> reader = open_mailbox(LineReader::of_bytes(std::move(bytes), "fuzz"), {}, fuzz_options());
  while (const std::optional<Result<ArticlePtr>> item = reader->next()) {
    if (item->ok()) check_article(***item);
  }
  return 0;
}
