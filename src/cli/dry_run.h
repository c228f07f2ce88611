#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <casus/result.h>

#include "cli/article_formats.h"
#include "cli/options.h"
#include "cli/run.h"

namespace casus {

/// What was found in one file, or in all of them.
struct FileFindings {
  using Counts = std::map<std::string, uint64_t>;

  std::string file{};
  std::string form{};  ///< of its articles; "" if none could be read
  uint64_t articles = 0;
  uint64_t duplicate = 0;
  uint64_t other_language = 0;
  uint64_t unreadable = 0;
  uint64_t empty = 0;
  uint64_t undated = 0;
  Counts published_from{};  ///< articles by what gave their day
  Counts languages{};       ///< articles by language: "en", or the name of one that is passed over
  Counts flags{};
  std::vector<Error> failures{};  ///< the first kMostFailures of what was not read, and why
};

/// Tells for each file what it is and what would be read of it, and the totals at the end. Files come one after another, so one at a
/// time is held; a file that comes back is told again.
class DryRun : public RunObserver {
 public:
  static constexpr size_t kMostFailures = 20;  ///< of a file that are told one by one

  DryRun(Format format, ArticleStyle style) : format_(format), style_(style) {}

  void take(const Outcome& outcome, std::string& out) override;
  void finish(const PassedOver& passed_over, std::string& out) override;

 private:
  void tell(const FileFindings& findings, std::string& out);

  Format format_;
  ArticleStyle style_;
  bool header_told_ = false;
  uint64_t files_ = 0;
  FileFindings current_{};
  FileFindings totals_{};
};

}  // namespace casus
