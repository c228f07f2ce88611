// Any bytes as a database: refused, or listed, searched, summed and checked without reading outside of them. What is shown of it fits its
// hashes.
#include <sqlite3.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "store/inspect.h"
#include "store/listing.h"
#include "store/panel.h"
#include "store/store.h"

using namespace casus;

namespace {

constexpr int kMostRows = 50;
constexpr int kMostSteps = 2'000'000;  // of SQLite's machine, so that no input runs for long

int steps = 0;
int on_progress(void* /*unused*/) { return ++steps > kMostSteps / 1000 ? 1 : 0; }

void list(Store& store, Listed listed) {
  const Result<std::string> order = order_of(listed, "-published");
  Result<Listing> listing = Listing::open(store.database(), {.listed = listed, .order = *order, .limit = kMostRows});
  if (!listing) return;
  for (int i = 0; i < kMostRows; ++i) {
    const Result<std::optional<ListedRow>> row = listing->next();
    if (!row || !*row) return;
    static_cast<void>(store.load((*row)->article).ok());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const int descriptor = memfd_create("fuzz", 0);
  if (descriptor < 0) return 0;
  if (write(descriptor, data, size) != static_cast<ssize_t>(size)) {
    close(descriptor);
    return 0;
  }
  const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
  steps = 0;
  if (Result<Store> store = Store::open(path, Database::Mode::kRead); store.ok()) {
    sqlite3_progress_handler(store->database().handle(), 1000, on_progress, nullptr);
    for (const Listed listed : {Listed::kArticles, Listed::kEvents, Listed::kStatements}) list(*store, listed);
    static_cast<void>(search(store->database(), "border", {.listed = Listed::kArticles, .limit = kMostRows}).ok());
    static_cast<void>(make_panel(store->database(), {.fill_zero = false}, [](const PanelRow&) { return true; }).ok());
    static_cast<void>(inspect_store(*store).ok());
    static_cast<void>(check_store(*store, [](const Error&) {}).ok());
  }
  close(descriptor);
  return 0;
}
