#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "article/article_source.h"
#include "article/html/html_tree.h"

extern "C" {
#include <lexbor/html/parser.h>
}

namespace casus {

/// One run of lexbor over a page, kept within limits: looks at each token before lexbor builds on it, and stops where lexbor's time
/// or memory would run away (deep nesting, formatting repeated in every paragraph, thousands of attributes on one tag).
/// Ownership: owns lexbor's document, which is freed with it.
class BoundedHtmlParser {
 public:
  BoundedHtmlParser(const ArticleOptions& options, Noscript noscript);
  ~BoundedHtmlParser();
  BoundedHtmlParser(const BoundedHtmlParser&) = delete;
  BoundedHtmlParser& operator=(const BoundedHtmlParser&) = delete;

  /// Parses `html`, valid UTF-8, as far as the limits allow. Call it once. nullptr if there is no memory.
  [[nodiscard]] lxb_html_document_t* parse(std::string_view html);

  /// Why the page was not read to its end; "" if it was.
  [[nodiscard]] const std::string& stopped() const { return stopped_; }

 private:
  static lxb_html_token_t* on_token(lxb_html_tokenizer_t* tokenizer, lxb_html_token_t* token, void* self);
  void look_at(lxb_html_token_t& token);
  [[nodiscard]] bool is_option_too_many(const lxb_html_token_t& token);
  [[nodiscard]] bool is_out_of_time() const;

  const ArticleOptions& options_;
  const Noscript noscript_;
  lxb_html_parser_t* parser_ = nullptr;
  lxb_html_document_t* document_ = nullptr;
  lxb_html_tokenizer_token_f build_ = nullptr;  ///< lexbor's own use of a token
  void* build_context_ = nullptr;
  uint64_t tokens_ = 0;
  uint64_t options_seen_ = 0;  ///< <option>, of lists to choose from
  int64_t begin_ns_ = 0;
  std::string stopped_;
};

}  // namespace casus
