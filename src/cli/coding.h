#pragma once

#include <cstdint>
#include <memory>

#include <casus/report.h>

#include "cli/load.h"
#include "cli/options.h"
#include "language/language.h"
#include "store/store.h"

namespace casus {

/// Codes articles for one thread: parses, reads, leaves out what is too doubtful.
/// Ownership: shares model, lexicon and judge. Threads: one each.
class ReportMaker {
 public:
  /// `mentions`: whether reports have them. `max_words`: of its workspace.
  ReportMaker(const ReadingData& data, double min_confidence, bool mentions, uint32_t max_words = Workspace::kMaxWords);

  /// `tokens` gets how many the article has.
  [[nodiscard]] Report make(const ArticlePtr& article, uint64_t& tokens);

 private:
  ReadingData data_;
  Workspace workspace_;
  double min_confidence_;
  bool mentions_;
};

/// What of this run decides on records: casus, dictionaries, model, judge, options.
[[nodiscard]] CoderInfo coder_info(const ReadingData& data, const Options& options);

}  // namespace casus
