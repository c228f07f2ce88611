#include "judge/judge.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kPiecesABatch = 512;
constexpr size_t kMaxAnswers = 1000;  ///< of a head
constexpr size_t kDirections = 3;
constexpr size_t kParts = 3;  ///< trigger, source, target

/// The words of a metadata text, blanks between.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// Logits become probabilities, in double precision so that every build agrees to the last float.
void softmax(std::span<const float> logits, std::span<float> out) {
  const float top = *std::ranges::max_element(logits);
  double sum = 0;
  for (const float value : logits) sum += std::exp(double{value} - top);
  for (size_t i = 0; i < logits.size(); ++i) out[i] = static_cast<float>(std::exp(double{logits[i]} - top) / sum);
}

bool touches(const WordPiece& piece, const std::vector<ByteSpan>& spans) {
  return piece.span.begin < piece.span.end &&
         std::ranges::any_of(spans, [&](const ByteSpan& span) { return piece.span.begin < span.end && span.begin < piece.span.end; });
}

}  // namespace

/// Sentences that are encoded together.
struct Judge::Batch {
  std::vector<size_t> sentences{};
  std::vector<std::vector<WordPiece>> pieces{};
  size_t rows = 0;
};

Result<std::shared_ptr<const Judge>> Judge::open(const std::filesystem::path& path) {
  auto file = TensorFile::open(path);
  if (!file) return std::move(file).error();
  return of_file(*std::move(file));
}

Result<std::shared_ptr<const Judge>> Judge::of_file(std::shared_ptr<const TensorFile> file) {
  auto judge = std::make_shared<Judge>();
  judge->file_ = std::move(file);
  if (auto read = judge->read_answers(); !read) return std::move(read).error();
  if (auto read = judge->read_heads(); !read) return std::move(read).error();
  return std::shared_ptr<const Judge>(std::move(judge));
}

Result<void> Judge::read_answers() {
  if (file_->metadata("format") != kFormat) {
    const std::string found(file_->metadata("format"));
    return file_->fault(found.empty() ? "holds no judge" : "holds a \"" + found + "\", this casus reads \"" + std::string(kFormat) + "\"");
  }
  types_ = words_of(file_->metadata("types"));
  statuses_ = words_of(file_->metadata("statuses"));
  for (const std::string& word : words_of(file_->metadata("modes"))) {
    const size_t colon = word.find(':');
    if (colon == std::string::npos) return file_->fault("has a mode \"" + word + "\" that is not TYPE:MODE");
    modes_.push_back({.type = word.substr(0, colon), .mode = word.substr(colon + 1)});
  }
  if (types_.empty() || statuses_.empty() || modes_.empty() || std::max(types_.size(), modes_.size()) > kMaxAnswers)
    return file_->fault("does not name its types, statuses and modes");
  return {};
}

Result<void> Judge::read_heads() {
  auto vocabulary = file_->text("vocabulary");
  if (!vocabulary) return std::move(vocabulary).error();
  auto pieces = WordPieces::of_vocabulary(*vocabulary, file_->name());
  if (!pieces) return std::move(pieces).error();
  auto encoder = Encoder::read(*file_);
  if (!encoder) return std::move(encoder).error();
  pieces_ = std::make_unique<const WordPieces>(*std::move(pieces));
  encoder_ = *std::move(encoder);
  if (pieces_->size() > encoder_.vocabulary_size()) return file_->fault("has fewer word vectors than word pieces");
  const size_t width = encoder_.width();
  constexpr std::array<const char*, kParts> kNames = {"empty.trigger", "empty.source", "empty.target"};
  for (size_t part = 0; part < kParts; ++part) {
    auto empty = file_->floats(kNames[part], {width});
    if (!empty) return std::move(empty).error();
    empty_[part] = *empty;
  }
  const auto hidden = file_->shape("join.weight");
  if (hidden.empty() || hidden[0] == 0 || hidden[0] % kLanes != 0 || hidden[0] > kMaxHiddenWidth)
    return file_->fault("has a layer \"join\" of a width that cannot be run");
  auto join = LinearLayer::read(*file_, "join", hidden[0], (kParts + 1) * width);
  if (!join) return std::move(join).error();
  const size_t answers = 2 + types_.size() + modes_.size() + statuses_.size() + kDirections;
  auto heads = LinearLayer::read(*file_, "heads", answers, hidden[0]);
  if (!heads) return std::move(heads).error();
  join_ = *std::move(join);
  heads_ = *std::move(heads);
  return {};
}

Verdict Judge::verdict_of(const float* logits) const {
  Verdict verdict;
  verdict.types.resize(types_.size());
  verdict.modes.resize(modes_.size());
  verdict.statuses.resize(statuses_.size());
  std::array<float, 2> event = {};
  for (const std::span<float> head : {std::span<float>(event), std::span<float>(verdict.types), std::span<float>(verdict.modes),
                                      std::span<float>(verdict.statuses), std::span<float>(verdict.directions)}) {
    softmax(std::span(logits, head.size()), head);
    logits += head.size();
  }
  verdict.event = event[1];
  return verdict;
}

void Judge::answer_batch(std::span<const JudgeSentence> sentences, const Batch& batch, std::vector<std::vector<Verdict>>& verdicts) const {
  thread_local EncoderScratch scratch;
  std::vector<uint32_t> ids, lengths;
  for (const auto& pieces : batch.pieces) {
    lengths.push_back(static_cast<uint32_t>(pieces.size()));
    for (const WordPiece& piece : pieces) ids.push_back(piece.id);
  }
  encoder_.run(ids, lengths, scratch);
  const size_t width = encoder_.width(), hidden = join_.weights.padded_outputs;
  AlignedFloats pooled((kParts + 1) * width), joined(hidden), logits(heads_.weights.padded_outputs);
  const float* states = scratch.states.data();
  for (size_t i = 0; i < batch.sentences.size(); ++i) {
    const auto& pieces = batch.pieces[i];
    const auto add_mean = [&](const auto& is_in, const float* otherwise, float* out) {
      const auto count = std::ranges::count_if(pieces, is_in);
      if (count == 0) {
        std::copy_n(otherwise, width, out);
        return;
      }
      std::fill_n(out, width, 0.0F);
      for (size_t p = 0; p < pieces.size(); ++p) {
        if (!is_in(pieces[p])) continue;
        for (size_t k = 0; k < width; ++k) out[k] += states[p * width + k];
      }
      for (size_t k = 0; k < width; ++k) out[k] /= static_cast<float>(count);
    };
    const auto anywhere = [](const WordPiece&) { return true; };
    add_mean(anywhere, states, pooled.data() + kParts * width);
    for (const JudgeQuestion& question : sentences[batch.sentences[i]].questions) {
      const std::array<const std::vector<ByteSpan>*, kParts> parts = {&question.trigger, &question.source, &question.target};
      for (size_t part = 0; part < kParts; ++part) {
        add_mean([&](const WordPiece& piece) { return touches(piece, *parts[part]); }, empty_[part].data(), pooled.data() + part * width);
      }
      join_.run(pooled.data(), 1, joined.data());
      kernels().gelu(joined.data(), hidden);
      heads_.run(joined.data(), 1, logits.data());
      verdicts[batch.sentences[i]].push_back(verdict_of(logits.data()));
    }
    states += pieces.size() * width;
  }
}

std::vector<std::vector<Verdict>> Judge::answer(std::span<const JudgeSentence> sentences) const {
  std::vector<std::vector<Verdict>> verdicts(sentences.size());
  Batch batch;
  const auto flush = [&] {
    if (!batch.sentences.empty()) answer_batch(sentences, batch, verdicts);
    batch = {};
  };
  for (size_t i = 0; i < sentences.size(); ++i) {
    if (sentences[i].questions.empty()) continue;
    auto pieces = pieces_->split(sentences[i].text, encoder_.max_pieces());
    if (batch.rows + pieces.size() > kPiecesABatch) flush();
    batch.rows += pieces.size();
    batch.sentences.push_back(i);
    batch.pieces.push_back(std::move(pieces));
  }
  flush();
  return verdicts;
}

}  // namespace casus
