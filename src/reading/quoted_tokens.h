#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "reading/quotations.h"
#include "reading/syntax.h"

namespace casus {

/// Tokens [begin, end).
struct TokenRange {
  uint32_t begin = 0;
  uint32_t end = 0;

  [[nodiscard]] bool empty() const { return begin >= end; }
  [[nodiscard]] uint32_t size() const { return end - begin; }
  [[nodiscard]] bool contains(uint32_t token) const { return begin <= token && token < end; }
  friend bool operator==(const TokenRange&, const TokenRange&) = default;
};

/// The quotations of an article by the tokens that they hold.
/// Ownership: refers to syntax. Threads: immutable once built.
class QuotedTokens {
 public:
  explicit QuotedTokens(const Syntax& syntax);

  /// A quotation; `pieces` as tokens, its marks among them, one a paragraph.
  struct Quoted {
    std::vector<TokenRange> pieces;
    [[nodiscard]] uint32_t begin() const { return pieces.front().begin; }
    [[nodiscard]] uint32_t end() const { return pieces.back().end; }
  };

  [[nodiscard]] const std::vector<Quoted>& all() const { return quoted_; }
  /// Index in all() of the quotation that holds a token.
  [[nodiscard]] std::optional<uint32_t> at(uint32_t token) const;
  /// Index of the quotation that begins with this token, that ends right before it.
  [[nodiscard]] std::optional<uint32_t> begins_at(uint32_t token) const;
  [[nodiscard]] std::optional<uint32_t> ends_before(uint32_t token) const;
  /// Whether the tokens are in one paragraph.
  [[nodiscard]] bool same_paragraph(uint32_t a, uint32_t b) const { return paragraph_[a] == paragraph_[b]; }
  [[nodiscard]] uint32_t paragraph(uint32_t token) const { return paragraph_[token]; }
  [[nodiscard]] bool is_mark(uint32_t token) const;

 private:
  void number_paragraphs(const std::vector<ByteSpan>& paragraphs);

  const Syntax& syntax_;
  std::vector<Quoted> quoted_{};
  std::vector<uint32_t> index_;      ///< by token: 1 + quotation, 0 for none
  std::vector<uint32_t> paragraph_;  ///< by token
};

}  // namespace casus
