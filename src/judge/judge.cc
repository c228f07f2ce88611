#include "judge/judge.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <utility>

#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kPiecesABatch = 1024;
constexpr size_t kRowsABlock = 64;    ///< of questions
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

/// The mean of some states; nothing if there are none.
bool put_mean(const std::vector<const float*>& states, size_t width, float* out) {
  if (states.empty()) return false;
  kernels().sum_rows(states.data(), states.size(), width, out);
  for (float& value : std::span(out, width)) value /= static_cast<float>(states.size());
  return true;
}

/// The mean of the states of a whole sentence, one behind the other.
void put_whole(const float* states, size_t pieces, size_t width, float* out) {
  std::vector<const float*> all;
  all.reserve(pieces);
  for (size_t p = 0; p < pieces; ++p) all.push_back(states + p * width);
  put_mean(all, width, out);
}

}  // namespace

/// Buffers of answer_batch, to be used again.
struct Judge::Scratch {
  EncoderScratch encoder{};
  AlignedFloats whole{};
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
  std::vector<uint32_t> lengths{};
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
  if (auto read = judge->read_gate(); !read) return std::move(read).error();
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
  if (auto read = read_join(hidden[0]); !read) return read;
  const size_t answers = 2 + types_.size() + modes_.size() + statuses_.size() + kDirections;
  auto heads = LinearLayer::read(*file_, "heads", answers, hidden[0]);
  if (!heads) return std::move(heads).error();
  heads_ = *std::move(heads);
  return {};
}

/// The layer that joins the parts of a row, a matrix for each, so that none has more inputs than products by tiles take.
Result<void> Judge::read_join(uint64_t outputs) {
  const size_t width = encoder_.width(), inputs = (kParts + 1) * width + kParts * relate_[0].padded_outputs();
  auto weights = file_->floats("join.weight", {outputs, inputs});
  if (!weights) return std::move(weights).error();
  auto bias = file_->floats("join.bias", {outputs});
  if (!bias) return std::move(bias).error();
  for (size_t part = 0; part < join_.size(); ++part) {
    const size_t first = part * width, count = part <= kParts ? width : inputs - first;
    std::vector<float> columns;
    for (size_t output = 0; output < outputs; ++output) {
      const auto row = weights->subspan(output * inputs + first, count);
      columns.insert(columns.end(), row.begin(), row.end());
    }
    join_[part] = PackedMatrix(columns, outputs, count);
  }
  join_bias_.assign(bias->begin(), bias->end());
  return {};
}

/// The gate, if the file has one.
Result<void> Judge::read_gate() {
  const std::string_view after = file_->metadata("gate_after");
  if (after.empty()) return {};
  size_t block = 0;
  const auto [end, fault] = std::from_chars(after.data(), after.data() + after.size(), block);
  const auto hidden = file_->shape("gate.hidden.weight");
  if (fault != std::errc() || end != after.data() + after.size() || block == 0 || block >= encoder_.blocks() || hidden.empty() ||
      hidden[0] == 0 || hidden[0] % kLanes != 0 || hidden[0] > kMaxHiddenWidth)
    return file_->fault("has a gate that cannot be run");
  auto first = LinearLayer::read(*file_, "gate.hidden", hidden[0], (kParts + 1) * encoder_.width()),
       last = LinearLayer::read(*file_, "gate.answer", 1, hidden[0]);
  if (!first) return std::move(first).error();
  if (!last) return std::move(last).error();
  gate_ = {*std::move(first), *std::move(last)};
  gate_block_ = block;
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

/// The verdict on a question that was not asked to the end.
Verdict Judge::no_act() const {
  const auto none = [](size_t count) { return std::vector<float>(count, 1.0F / static_cast<float>(count)); };
  return {
      .event = 0, .types = none(types_.size()), .statuses = none(statuses_.size()), .modes = none(modes_.size()), .directions = {0, 0, 1}};
}

size_t Judge::row_width() const { return (kParts + 1) * encoder_.width() + kParts * relate_[0].padded_outputs(); }

/// A question about a sentence as a row: the means of the states of its parts and of the whole sentence; behind them is room for what
/// relates them.
void Judge::pool(const JudgeQuestion& question, const std::vector<WordPiece>& pieces, const float* states, const float* whole,
                 float* row) const {
  const size_t width = encoder_.width();
  std::vector<const float*> chosen;
  for (const auto& [part, spans] : {std::pair(0U, &question.trigger), {1U, &question.source}, {2U, &question.target}}) {
    chosen.clear();
    for (size_t p = 0; p < pieces.size() && !spans->empty(); ++p) {
      if (touches(pieces[p], *spans)) chosen.push_back(states + p * width);
    }
    if (!put_mean(chosen, width, row + part * width)) std::ranges::copy(empty_[part], row + part * width);
  }
  std::copy_n(whole, width, row + kParts * width);
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

/// Whether the gate takes some question about a sentence for one that an act can come of.
bool Judge::is_likely(const JudgeSentence& sentence, const std::vector<WordPiece>& pieces, const float* states, Scratch& scratch) const {
  const size_t width = encoder_.width(), pitch = (kParts + 1) * width, hidden = gate_[0].padded_outputs(),
               answers = gate_[1].padded_outputs();
  ensure_size(scratch.whole, width);
  ensure_size(scratch.pooled, sentence.questions.size() * pitch);
  put_whole(states, pieces.size(), width, scratch.whole.data());
  size_t rows = 0;
  for (const JudgeQuestion& question : sentence.questions) {
    if (!question.trigger.empty()) pool(question, pieces, states, scratch.whole.data(), scratch.pooled.data() + rows++ * pitch);
  }
  ensure_size(scratch.joined, rows * hidden);
  ensure_size(scratch.logits, rows * answers);
  gate_[0].run(scratch.pooled.data(), rows, scratch.joined.data(), scratch.encoder.bytes);
  gate_[1].run_gelu(scratch.joined.data(), rows, scratch.logits.data(), scratch.encoder.bytes);
  for (size_t row = 0; row < rows; ++row) {
    if (scratch.logits[row * answers] > 0) return true;
  }
  return false;
}

/// Takes the sentences out of the batch of which the gate expects nothing; they keep no verdict that holds an act.
void Judge::stop_unlikely(std::span<const JudgeSentence> sentences, Batch& batch, Scratch& scratch) const {
  std::vector<bool> is_kept;
  Batch kept;
  const float* states = scratch.encoder.states.data();
  for (size_t i = 0; i < batch.sentences.size(); states += batch.lengths[i] * encoder_.width(), ++i) {
    const JudgeSentence& sentence = sentences[batch.sentences[i]];
    is_kept.push_back(!sentence.may_stop || is_likely(sentence, batch.pieces[i], states, scratch));
    if (!is_kept.back()) continue;
    kept.sentences.push_back(batch.sentences[i]);
    kept.pieces.push_back(std::move(batch.pieces[i]));
    kept.lengths.push_back(batch.lengths[i]);
  }
  encoder_.keep(is_kept, batch.lengths, scratch.encoder);
  batch = std::move(kept);
}

/// Verdicts on rows of pooled states, from the parts' states to the answers.
void Judge::answer_rows(size_t rows, Scratch& scratch, std::vector<Verdict>& verdicts) const {
  const size_t hidden = join_bias_.size(), answers = heads_.padded_outputs(), width = encoder_.width();
  ensure_size(scratch.joined, rows * hidden);
  ensure_size(scratch.part, rows * hidden);
  ensure_size(scratch.logits, rows * answers);
  relate(rows, scratch);
  kernels().multiply(scratch.pooled.data(), row_width(), rows, join_[0], join_bias_.data(), scratch.joined.data(), hidden);
  for (size_t part = 1; part < join_.size(); ++part) {
    kernels().multiply(scratch.pooled.data() + part * width, row_width(), rows, join_[part], nullptr, scratch.part.data(), hidden);
    for (size_t i = 0; i < rows * hidden; ++i) scratch.joined[i] += scratch.part[i];
  }
  heads_.run_gelu(scratch.joined.data(), rows, scratch.logits.data(), scratch.encoder.bytes);
  for (size_t row = 0; row < rows; ++row) verdicts.push_back(verdict_of(scratch.logits.data() + row * answers));
}

void Judge::answer_batch(std::span<const JudgeSentence> sentences, Batch& batch, std::vector<std::vector<Verdict>>& verdicts) const {
  thread_local Scratch scratch;
  std::vector<uint32_t> ids;
  for (const auto& pieces : batch.pieces) {
    for (const WordPiece& piece : pieces) ids.push_back(piece.id);
  }
  encoder_.embed(ids, batch.lengths, scratch.encoder);
  encoder_.run(0, gate_block_, batch.lengths, scratch.encoder);
  if (gate_block_ > 0) stop_unlikely(sentences, batch, scratch);
  encoder_.run(gate_block_, encoder_.blocks(), batch.lengths, scratch.encoder);
  // The questions of many sentences together, so that the layers' weights are not fetched for each.
  ensure_size(scratch.whole, encoder_.width());
  ensure_size(scratch.pooled, kRowsABlock * row_width());
  std::vector<Verdict> answers;
  size_t rows = 0;
  const float* states = scratch.encoder.states.data();
  for (size_t i = 0; i < batch.sentences.size(); states += batch.lengths[i] * encoder_.width(), ++i) {
    put_whole(states, batch.lengths[i], encoder_.width(), scratch.whole.data());
    for (const JudgeQuestion& question : sentences[batch.sentences[i]].questions) {
      pool(question, batch.pieces[i], states, scratch.whole.data(), scratch.pooled.data() + rows++ * row_width());
      if (rows == kRowsABlock) answer_rows(std::exchange(rows, 0), scratch, answers);
    }
  }
  answer_rows(rows, scratch, answers);
  size_t next = 0;
  for (const size_t sentence : batch.sentences) {
    for (Verdict& verdict : verdicts[sentence]) verdict = std::move(answers[next++]);
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
    verdicts[i].assign(sentences[i].questions.size(), no_act());
    auto pieces = pieces_->split(sentences[i].text, encoder_.max_pieces());
    if (batch.rows + pieces.size() > kPiecesABatch) flush();
    batch.rows += pieces.size();
    batch.sentences.push_back(i);
    batch.lengths.push_back(static_cast<uint32_t>(pieces.size()));
    batch.pieces.push_back(std::move(pieces));
  }
  flush();
  return verdicts;
}

}  // namespace casus
