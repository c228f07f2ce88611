#include "cli/memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>

#include "language/language.h"

namespace casus {
namespace {

constexpr uint64_t kMegabyte = 1'000'000;
/// What a thread takes besides its tables: its stack, batches of both networks, an article with its records, what the allocator holds back.
constexpr uint64_t kThreadBytes = 50 * kMegabyte;
/// The reader's part of a run: input, finished articles that wait for earlier ones, groups of records on their way to a database.
constexpr uint64_t kSharedBytes = 30 * kMegabyte;
constexpr uint64_t kWordBytes = 2'800;
constexpr uint32_t kFewestWords = 4'096;

struct Taken {
  uint64_t data = 0;   ///< bytes that the process took for itself, as the system counts them
  uint64_t files = 0;  ///< bytes of files that are mapped, whether their pages are there or not
};

/// From Linux's /proc; zeros where that is missing.
Taken taken_now() {
  Taken out;
  std::ifstream statm("/proc/self/statm");
  uint64_t total = 0, resident = 0, shared = 0, code = 0, unused = 0, data = 0;
  if (statm >> total >> resident >> shared >> code >> unused >> data) out.data = data * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  std::ifstream maps("/proc/self/maps");
  constexpr int kHex = 16;
  for (std::string line; std::getline(maps, line);) {
    if (line.find('/') == std::string::npos) continue;
    uint64_t begin = 0, end = 0;
    const char* const last = line.data() + line.size();
    const auto first = std::from_chars(line.data(), last, begin, kHex);
    if (first.ptr != last) std::from_chars(first.ptr + 1, last, end, kHex);
    out.files += end - std::min(begin, end);
  }
  return out;
}

std::string megabytes(uint64_t bytes) { return std::to_string((bytes + kMegabyte - 1) / kMegabyte) + "M"; }

}  // namespace

Result<uint32_t> bound_memory(uint64_t most_bytes, unsigned threads) {
  if (most_bytes == 0) return Workspace::kMaxWords;
  const Taken taken = taken_now();
  const uint64_t needed = taken.data + taken.files + kSharedBytes + threads * (kThreadBytes + kFewestWords * kWordBytes);
  if (most_bytes < needed) {
    return Error{.code = ErrorCode::kBadOption,
                 .message = "--memory " + megabytes(most_bytes) + " is too little: what is loaded and " + std::to_string(threads) +
                            (threads == 1 ? " thread need " : " threads need ") + megabytes(needed),
                 .remedy = "give more, use fewer --threads, or code by rules: --judge off"};
  }
  // What is mapped from files counts against the bound, but the system counts only what the process takes for itself.
  rlimit limit{};
  if (getrlimit(RLIMIT_DATA, &limit) == 0) {
    limit.rlim_cur = std::min<rlim_t>(most_bytes - taken.files, limit.rlim_max);
    setrlimit(RLIMIT_DATA, &limit);
  }
  const uint64_t spare = (most_bytes - needed) / threads / kWordBytes;
  return static_cast<uint32_t>(std::min<uint64_t>(Workspace::kMaxWords, (kFewestWords + spare) / kFewestWords * kFewestWords));
}

}  // namespace casus
