#include "cli/coding.h"

#include <string>

#include "base/hash.h"
#include "base/json_writer.h"
#include "base/mapped_file.h"
#include "cli/build_info.h"
#include "cli/locate.h"
#include "lexicon/lexicon.h"
#include "reading/confidence.h"
#include "reading/reading.h"
#include "reading/trace.h"

namespace casus {
namespace {

constexpr uint64_t kMaxJudgeBytes = 4'000'000'000;

/// A hash of the judge's file, or "off".
std::string judge_name(const ReadingData& data, const Options& options) {
  if (data.judge == nullptr) return std::string(kNoJudge);
  const Result<MappedFile> file = MappedFile::open(locate_judge(options.judge).path, kMaxJudgeBytes);
  return file ? hash_hex(file->bytes()) : "unknown";
}

/// The gazetteer beside the dictionaries, which are all that the lexicon's own fingerprint knows.
std::string lexicon_name(const ReadingData& data) {
  const Result<MappedFile> file = MappedFile::open(locate_gazetteer().path, kMaxJudgeBytes);
  return data.lexicon->fingerprint() + (file ? "+" + hash_hex(file->bytes()) : "");
}

std::string options_text(const Options& options) {
  std::string text;
  if (options.min_confidence > 0) {
    text = "min-confidence=";
    JsonWriter(text).number(options.min_confidence);
  }
  if (options.mentions) text += text.empty() ? "mentions" : " mentions";
  return text;
}

}  // namespace

ReportMaker::ReportMaker(const ReadingData& data, double min_confidence, bool mentions, uint32_t max_words)
    : data_(data), workspace_(*data.model, max_words), min_confidence_(min_confidence), mentions_(mentions) {}

Report ReportMaker::make(const ArticlePtr& article, uint64_t& tokens) {
  const std::unique_ptr<const Document> doc = analyse(*article, *data_.model, workspace_);
  ReadingTrace trace;
  Report report = read_document(article, *doc, *data_.lexicon, mentions_ ? &trace : nullptr, data_.judge.get());
  drop_doubtful_events(min_confidence_, report);
  tokens = doc->tokens().size();
  return report;
}

CoderInfo coder_info(const ReadingData& data, const Options& options) {
  return {.version = build_info::kVersion,
          .lexicon = lexicon_name(data),
          .model = data.model->name(),
          .judge = judge_name(data, options),
          .options = options_text(options)};
}

}  // namespace casus
