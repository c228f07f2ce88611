#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <casus/article.h>
#include <casus/document.h>
#include <casus/result.h>

namespace casus {

/// A spaCy v3.8 English CNN pipeline, read from its package folder: tokenizer, tok2vec, tagger, parser, attribute ruler,
/// lemmatizer, named entities. Immutable after loading; shared by all threads.
class LanguageModel {
 public:
  /// Reads a package folder: the one that holds config.cfg and meta.json, or any folder above it with just one such inside.
  /// Errors: kNotFound, kBadModel (naming the file, the node or tensor, and what was expected).
  [[nodiscard]] static Result<std::shared_ptr<const LanguageModel>> load(const std::filesystem::path& folder);
  ~LanguageModel();

  [[nodiscard]] const std::string& name() const;  ///< "en_core_web_sm 3.8.0", from meta.json
  [[nodiscard]] const std::filesystem::path& folder() const;
  [[nodiscard]] const std::shared_ptr<const LabelTable>& labels() const;

  struct Parts;  // language/language.cc
  [[nodiscard]] const Parts& parts() const { return *parts_; }

 private:
  explicit LanguageModel(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

/// Buffers and memo tables that one worker reuses from article to article; keeps its capacity. One per thread.
class Workspace {
 public:
  /// Words that its tables keep; once there are more all are forgotten and learnt anew. 65,536 answer 98 % of newswire and take 95 MB,
  /// fewer take 2.8 kB each. What is found does not depend on it.
  static constexpr uint32_t kMaxWords = 65'536;
  explicit Workspace(const LanguageModel& model, uint32_t max_words = kMaxWords);
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  struct Impl;
  [[nodiscard]] Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// Bounds on what one article may cost.
struct LanguageOptions {
  uint32_t max_block_tokens = 25'000;  ///< a longer block is analysed in pieces of this length (4 kB of buffers a token)
  uint32_t max_sentence_tokens = 500;  ///< a longer sentence is cut there: what reads sentences may take time by the square of it
};

/// Splits an article's blocks into sentences and tokens and analyses them; noise and dateline blocks are passed over.
/// Units:     spans are byte offsets into article.text().
/// Ownership: the result points into `article`, which must outlive it; `workspace` is used during the call only.
/// Threads:   safe at once with different workspaces; `model` is only read.
[[nodiscard]] std::unique_ptr<Document> analyse(const Article& article, const LanguageModel& model, Workspace& workspace,
                                                const LanguageOptions& options = {});

/// The lemma that the model's rules give a word as a verb, in lower case; for checking word lists.
[[nodiscard]] std::string lemma_of_verb(const LanguageModel& model, std::string_view word);

}  // namespace casus
