// Any bytes as what a page says about itself: JSON-LD, a value of each kind of field, an address; what is taken is valid text and days that
// can be.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "article/html/metadata.h"
#include "article/html/page_authors.h"
#include "article/html/page_dates.h"
#include "article_check.h"

namespace {

void check_text(std::string_view text) { CASUS_ASSERT(casus::is_valid_utf8(text) && text.find('\0') == std::string_view::npos); }

void check_page(std::string_view html, std::string_view url) {
  using namespace casus;
  const Result<HtmlTree> tree = parse_html(html, "utf-8", fuzz_options());
  if (!tree) return;
  const PageMetadata page = read_metadata(*tree, url, fuzz_options());
  for (const std::string& text : {page.title, page.outlet, page.url, page.section}) check_text(text);
  for (const std::string& author : page.authors) check_text(author);
  CASUS_ASSERT(page.published.has_value() == !page.published_from.empty());
  CASUS_ASSERT(!page.published || (page.published->ok() && page.published->year() < std::chrono::year(10'000)));
  CASUS_ASSERT(!page.updated || (page.updated->ok() && *page.updated >= *page.published));
  CASUS_ASSERT(page.headline < tree->size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casus;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const PageWords& words = fuzz_options().noise_rules->words();
  for (const TextDate& date : find_dates(bytes, words)) CASUS_ASSERT(date.day.ok() && date.begin < date.end && date.end <= bytes.size());
  if (const auto stamp = read_stamp(bytes, words)) CASUS_ASSERT(stamp->day.ok());
  for (const std::string& name : names_of(bytes, fuzz_options().noise_rules->fields(), "Post")) CASUS_ASSERT(!name.empty());
  check_page(bytes, bytes);
  check_page("<script type='application/ld+json'>" + bytes, "https://post.example/" + bytes);
  return 0;
}
