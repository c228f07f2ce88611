#include "judge/judge.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kPiecesABatch = 1024;
constexpr size_t kMaxAnswers = 1000;  ///< of a head
constexpr size_t kDirections = 3;
constexpr size_t kParts = 3;  ///< trigger, source, target

/// The words of a metadata text.
std::vector<std::string> words_of(std::string_view text) {
  const auto words = split_words(text);
  return {words.begin(), words.end()};
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

/// Buffers of answer_batch, to be used again.
struct Judge::Scratch {
  EncoderScratch encoder{};
  AlignedFloats pooled{};
  AlignedFloats part{};
  std::array<AlignedFloats, kParts> related{};
  AlignedFloats joined{};
  AlignedFloats logits{};
};

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
  constexpr std::array<const char*, kParts> kRelations = {"relate.trigger", "relate.source", "relate.target"};
  const auto related = file_->shape("relate.trigger.weight");
  if (related.empty() || related[0] == 0 || related[0] % kLanes != 0 || related[0] > kMaxHiddenWidth)
    return file_->fault("has a layer \"relate\" of a width that cannot be run");
  for (size_t part = 0; part < kParts; ++part) {
    auto relate = LinearLayer::read(*file_, kRelations[part], related[0], width);
    if (!relate) return std::move(relate).error();
    relate_[part] = *std::move(relate);
  }
  auto join = LinearLayer::read(*file_, "join", hidden[0], row_width());
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

size_t Judge::row_width() const { return (kParts + 1) * encoder_.width() + kParts * relate_[0].padded_outputs(); }

/// Each question about a sentence as a row: the means of the states of its parts and of the whole sentence; room for what relates them.
void Judge::pool(const JudgeSentence& sentence, const std::vector<WordPiece>& pieces, const float* states, float* rows) const {
  const size_t width = encoder_.width();
  std::vector<const float*> chosen;
  const auto put_mean = [&](const auto& is_in, std::span<const float> otherwise, float* out) {
    chosen.clear();
    for (size_t p = 0; p < pieces.size(); ++p) {
      if (is_in(pieces[p])) chosen.push_back(states + p * width);
    }
    if (chosen.empty()) {
      std::ranges::copy(otherwise, out);
      return;
    }
    kernels().sum_rows(chosen.data(), chosen.size(), width, out);
    for (float& value : std::span(out, width)) value /= static_cast<float>(chosen.size());
  };
  std::vector<float> whole(width);
  put_mean([](const WordPiece&) { return true; }, whole, whole.data());
  for (const JudgeQuestion& question : sentence.questions) {
    for (const auto& [part, spans] : {std::pair(0U, &question.trigger), {1U, &question.source}, {2U, &question.target}}) {
      put_mean([&](const WordPiece& piece) { return touches(piece, *spans); }, empty_[part], rows + part * width);
    }
    std::ranges::copy(whole, rows + kParts * width);
    rows += row_width();
  }
}

/// How the parts of each row stand to each other: products of what each says of itself.
void Judge::relate(size_t rows, Scratch& scratch) const {
  const size_t width = encoder_.width(), related = relate_[0].padded_outputs();
  ensure_size(scratch.part, rows * width);
  for (size_t part = 0; part < kParts; ++part) {
    for (size_t row = 0; row < rows; ++row)
      std::copy_n(scratch.pooled.data() + row * row_width() + part * width, width, scratch.part.data() + row * width);
    ensure_size(scratch.related[part], rows * related);
    relate_[part].run(scratch.part.data(), rows, scratch.related[part].data(), scratch.encoder.bytes);
  }
  const auto& [trigger, source, target] = scratch.related;
  for (size_t row = 0; row < rows; ++row) {
    float* out = scratch.pooled.data() + row * row_width() + (kParts + 1) * width;
    for (const auto& [one, other] : {std::pair(&trigger, &source), {&trigger, &target}, {&source, &target}}) {
      for (size_t k = 0; k < related; ++k) *out++ = (*one)[row * related + k] * (*other)[row * related + k];
    }
  }
}

void Judge::answer_batch(std::span<const JudgeSentence> sentences, const Batch& batch, std::vector<std::vector<Verdict>>& verdicts) const {
  thread_local Scratch scratch;
  std::vector<uint32_t> ids, lengths;
  for (const auto& pieces : batch.pieces) {
    lengths.push_back(static_cast<uint32_t>(pieces.size()));
    for (const WordPiece& piece : pieces) ids.push_back(piece.id);
  }
  encoder_.embed(ids, lengths, scratch.encoder);
  encoder_.run(0, encoder_.blocks(), lengths, scratch.encoder);
  const size_t width = encoder_.width(), hidden = join_.padded_outputs(), answers = heads_.padded_outputs();
  const float* states = scratch.encoder.states.data();
  for (size_t i = 0; i < batch.sentences.size(); states += batch.pieces[i].size() * width, ++i) {
    const JudgeSentence& sentence = sentences[batch.sentences[i]];
    const size_t rows = sentence.questions.size();
    ensure_size(scratch.pooled, rows * row_width());
    ensure_size(scratch.joined, rows * hidden);
    ensure_size(scratch.logits, rows * answers);
    pool(sentence, batch.pieces[i], states, scratch.pooled.data());
    relate(rows, scratch);
    join_.run(scratch.pooled.data(), rows, scratch.joined.data(), scratch.encoder.bytes);
    kernels().gelu(scratch.joined.data(), rows * hidden);
    heads_.run(scratch.joined.data(), rows, scratch.logits.data(), scratch.encoder.bytes);
    for (size_t row = 0; row < rows; ++row) verdicts[batch.sentences[i]].push_back(verdict_of(scratch.logits.data() + row * answers));
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
