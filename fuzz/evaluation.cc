// Any bytes as gold and, behind a NUL, as records: each is read or refused with its place, and what was read is compared.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "evaluation/article_scores.h"
#include "evaluation/coder_scores.h"
#include "evaluation/gold.h"
#include "evaluation/pair_scores.h"

namespace {

using namespace casus;

const EvaluationScheme& scheme() {
  static const auto loaded = EvaluationScheme::load(std::string(CASUS_SOURCE_DIR) + "/data").value();
  return *loaded;
}

bool is_share(double value) { return value >= 0 && value <= 1; }

void compare(const Gold& gold, const RecordsByDocument& coded, const EvaluationLimits& limits) {
  if (const auto* records = std::get_if<RecordsByDocument>(&gold)) {
    const Result<ArticleScores> scores = score_articles(*records, coded, scheme(), limits);
    if (!scores) return;
    CASUS_ASSERT(scores->who <= scores->gold_events && scores->who <= scores->coded_events);
    CASUS_ASSERT(scores->when <= scores->status && scores->status <= scores->who);
  } else if (const auto* rows = std::get_if<PairGold>(&gold)) {
    const PairScores scores = score_pairs(*rows, coded, scheme(), Half::kAll);
    CASUS_ASSERT(is_share(scores.macro_f1) && is_share(scores.interval.first) && is_share(scores.interval.second));
  } else {
    CASUS_ASSERT(is_share(score_coders(std::get<std::vector<CoderRound>>(gold), coded, scheme()).quad_f1()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const size_t end = bytes.find('\0');
  EvaluationLimits limits;
  limits.max_pairs = 10'000;
  limits.max_rows = 1'000;
  const Result<Gold> gold = read_gold(LineReader::of_bytes(bytes.substr(0, end), "gold"), scheme(), limits);
  RecordsByDocument coded;
  const std::string records = end == std::string::npos ? bytes : bytes.substr(end + 1);
  const Result<void> read = read_records(LineReader::of_bytes(records, "records"), limits, coded);
  if (!read) CASUS_ASSERT(read.error().line > 0);
  static_cast<void>(gold_documents(gold.ok() ? *gold : Gold()));
  if (gold.ok() && read.ok()) compare(*gold, coded, limits);
  return 0;
}
