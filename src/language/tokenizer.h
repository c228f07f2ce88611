#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

namespace casus {

/// A token as the tokenizer cuts it: bytes [begin, end) of the text given, whether one U+0020 follows, and the norm that a
/// tokenizer exception gives it ("" if none; lives in the tokenizer).
struct RawToken {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool space_after = false;
  std::string_view norm;
  uint64_t orth = 0;  ///< string_id of the token's text: what a table of lexemes can be keyed by (together with the norm)
};

/// spaCy's rule tokenizer (spacy.Tokenizer.v1 of English), compiled from a package's `tokenizer` file. Immutable.
/// The text pieces [begin, end) plus single spaces where space_after is set rebuild the text exactly.
class Tokenizer {
 public:
  /// Buffers and the memo table chunk → tokens of one worker.
  class Workspace {
   public:
    Workspace();
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    struct Impl;
    std::unique_ptr<Impl> impl;
  };

  /// `bytes`: content of the file; `file_name` for messages. Errors: kBadModel (which pattern the compiler does not know).
  [[nodiscard]] static Result<std::unique_ptr<const Tokenizer>> load(std::string_view bytes, std::string_view file_name);
  ~Tokenizer();

  /// Appends the tokens of `text` (valid UTF-8 below 4 GiB) to `tokens`.
  /// Threads: safe at once with different workspaces. A workspace may serve several tokenizers in turn; it forgets at each change.
  void tokenize(std::string_view text, Workspace& workspace, std::vector<RawToken>& tokens) const;

 private:
  struct Impl;
  explicit Tokenizer(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace casus
