#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>
#include <casus/span.h>

#include "judge/encoder.h"
#include "judge/tensor_file.h"
#include "judge/word_piece.h"

namespace casus {

/// What act is this? Each part may be nobody (no spans); spans count the sentence's bytes.
struct JudgeQuestion {
  std::vector<ByteSpan> trigger{};
  std::vector<ByteSpan> source{};
  std::vector<ByteSpan> target{};
};

/// Questions about one sentence.
struct JudgeSentence {
  std::string_view text{};
  std::vector<JudgeQuestion> questions{};
  bool may_stop = false;  ///< its encoding may end early where the judge's gate finds no act likely: then no verdict holds an act
};

/// Whether source and target are an act's as asked, the other way round, or not the act's.
enum class Direction : uint8_t { kForward, kBackward, kNeither };

/// What the judge holds of a question: probabilities, in sum 1 for each head.
struct Verdict {
  float event = 0;                    ///< that the trigger reports an act; without one, that an act joins the sides
  std::vector<float> types{};         ///< in the order of Judge::types
  std::vector<float> statuses{};      ///< in the order of Judge::statuses
  std::vector<float> modes{};         ///< in the order of Judge::modes; over the modes of all types
  std::array<float, 3> directions{};  ///< by Direction
};

/// A mode of a type as the judge's answers have it; "" is the act without a mode.
struct JudgedMode {
  std::string type{};
  std::string mode{};
};

/// The small learned model that decides what rules propose (docs/judge.md): a BERT encoder that reads a sentence once, and heads on
/// the states of trigger, source, target and sentence.
/// Ownership: owns its weights. Threads: immutable, safe at once.
class Judge {
 public:
  static constexpr std::string_view kFormat = "casus judge 2";  ///< metadata "format" of its file

  /// Errors: those of TensorFile::open; kBadModel for a file that holds no judge of this format.
  [[nodiscard]] static Result<std::shared_ptr<const Judge>> open(const std::filesystem::path& path);
  [[nodiscard]] static Result<std::shared_ptr<const Judge>> of_file(std::shared_ptr<const TensorFile> file);

  [[nodiscard]] const std::vector<std::string>& types() const { return types_; }
  [[nodiscard]] const std::vector<std::string>& statuses() const { return statuses_; }
  [[nodiscard]] const std::vector<JudgedMode>& modes() const { return modes_; }

  /// A verdict on each question of each sentence, in that order. What lies behind the encoder's reach in a long sentence is nobody.
  /// A verdict depends on its sentence and question alone.
  [[nodiscard]] std::vector<std::vector<Verdict>> answer(std::span<const JudgeSentence> sentences) const;

 private:
  struct Batch;
  struct Scratch;
  [[nodiscard]] size_t row_width() const;
  void pool(const JudgeQuestion& question, const std::vector<WordPiece>& pieces, const float* states, const float* whole, float* row) const;
  void relate(size_t rows, Scratch& scratch) const;
  void stop_unlikely(std::span<const JudgeSentence> sentences, Batch& batch, Scratch& scratch) const;
  [[nodiscard]] bool is_likely(const JudgeSentence& sentence, const std::vector<WordPiece>& pieces, const float* states,
                               Scratch& scratch) const;
  void answer_rows(size_t rows, Scratch& scratch, std::vector<Verdict>& verdicts) const;
  void answer_batch(std::span<const JudgeSentence> sentences, Batch& batch, std::vector<std::vector<Verdict>>& verdicts) const;
  [[nodiscard]] Result<void> read_join(uint64_t outputs);
  [[nodiscard]] Result<void> read_gate();
  [[nodiscard]] Result<void> read_answers();
  [[nodiscard]] Result<void> read_heads();
  [[nodiscard]] Verdict verdict_of(const float* logits) const;
  [[nodiscard]] Verdict no_act() const;

  std::shared_ptr<const TensorFile> file_ = {};
  std::vector<std::string> types_ = {};
  std::vector<std::string> statuses_ = {};
  std::vector<JudgedMode> modes_ = {};
  std::unique_ptr<const WordPieces> pieces_ = {};
  Encoder encoder_ = {};
  std::array<std::span<const float>, 3> empty_ = {};  ///< of trigger, source, target: the state where there is none
  std::array<LinearLayer, 3> relate_ = {};            ///< the same: what each says of itself to the others
  std::array<PackedMatrix, 5> join_ = {};             ///< of the three, of the sentence, and of how the three stand to each other
  AlignedFloats join_bias_ = {};
  LinearLayer heads_ = {};
  size_t gate_block_ = 0;  ///< before which the gate stands; 0: there is none
  std::array<LinearLayer, 2> gate_ = {};
};

}  // namespace casus
