#include "article/html/html_parser.h"

#include <time.h>

#include <algorithm>

namespace casus {
namespace {

constexpr size_t kChunkBytes = 16'384;  // small enough that no chunk takes long, whatever it holds

/// lexbor looks through all options of a list for each new one.
constexpr uint64_t kMostOptions = 2'000;

/// Time that this thread has worked; what other threads do on the machine does not count against the page.
int64_t thread_time_ns() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

uint64_t memory_of(const lexbor_mraw_t& pool) { return static_cast<uint64_t>(pool.mem->chunk_length) * pool.mem->chunk_min_size; }

/// Attributes are compared each with each, so there must not be many.
void cut_attributes(lxb_html_token_t& token, uint64_t most) {
  lxb_html_token_attr_t* attribute = token.attr_first;
  for (uint64_t count = 1; attribute != nullptr; ++count, attribute = attribute->next) {
    if (count < most) continue;
    attribute->next = nullptr;
    token.attr_last = attribute;
    return;
  }
}

}  // namespace

BoundedHtmlParser::BoundedHtmlParser(const ArticleOptions& options, Noscript noscript) : options_(options), noscript_(noscript) {}

BoundedHtmlParser::~BoundedHtmlParser() {
  lxb_html_document_destroy(document_);
  lxb_html_parser_destroy(parser_);
}

lxb_html_document_t* BoundedHtmlParser::parse(std::string_view html) {
  parser_ = lxb_html_parser_create();
  if (parser_ == nullptr || lxb_html_parser_init(parser_) != LXB_STATUS_OK) return nullptr;
  lxb_html_parser_scripting_set(parser_, noscript_ == Noscript::kLeftOut);  // else <noscript> has elements in it
  build_ = parser_->tkz->callback_token_done;
  build_context_ = parser_->tkz->callback_token_ctx;
  lxb_html_tokenizer_callback_token_done_set(parser_->tkz, &BoundedHtmlParser::on_token, this);
  document_ = lxb_html_parse_chunk_begin(parser_);
  if (document_ == nullptr) return nullptr;
  begin_ns_ = thread_time_ns();
  while (!html.empty() && stopped_.empty()) {
    const std::string_view chunk = html.substr(0, kChunkBytes);
    if (lxb_html_parse_chunk_process(parser_, reinterpret_cast<const lxb_char_t*>(chunk.data()), chunk.size()) != LXB_STATUS_OK)
      return nullptr;
    html.remove_prefix(chunk.size());
    if (stopped_.empty() && is_out_of_time()) stopped_ = "it takes longer than " + std::to_string(options_.max_html_ms) + " ms";
  }
  return lxb_html_parse_chunk_end(parser_) == LXB_STATUS_OK ? document_ : nullptr;
}

lxb_html_token_t* BoundedHtmlParser::on_token(lxb_html_tokenizer_t* tokenizer, lxb_html_token_t* token, void* self) {
  auto& parser = *static_cast<BoundedHtmlParser*>(self);
  if (token->tag_id != LXB_TAG__END_OF_FILE) parser.look_at(*token);
  if (token->tag_id != LXB_TAG__END_OF_FILE && (!parser.stopped_.empty() || parser.is_option_too_many(*token))) return token;
  return parser.build_(tokenizer, token, parser.build_context_);
}

void BoundedHtmlParser::look_at(lxb_html_token_t& token) {
  if (!stopped_.empty()) return;
  cut_attributes(token, options_.max_html_attributes);
  if (++tokens_ > options_.max_html_nodes) stopped_ = "it has more than " + std::to_string(options_.max_html_nodes) + " tags and texts";
  if (lexbor_array_length(parser_->tree->open_elements) > options_.max_html_depth)
    stopped_ = "more than " + std::to_string(options_.max_html_depth) + " of its elements are open at once";
  if (memory_of(*document_->dom_document.mraw) + memory_of(*document_->dom_document.text) > options_.max_html_memory_bytes)
    stopped_ = "its tree takes more than " + std::to_string(options_.max_html_memory_bytes) + " bytes";
}

bool BoundedHtmlParser::is_option_too_many(const lxb_html_token_t& token) {
  const bool is_option = token.tag_id == LXB_TAG_OPTION;
  if (is_option && (token.type & LXB_HTML_TOKEN_TYPE_CLOSE) == 0) ++options_seen_;
  if (options_seen_ <= kMostOptions) return false;
  if (is_option) return true;
  const lexbor_array_t* open = parser_->tree->open_elements;
  if (token.tag_id != LXB_TAG__TEXT || open->length == 0) return false;
  const auto* current = static_cast<const lxb_dom_node_t*>(open->list[open->length - 1]);
  return current->local_name == LXB_TAG_OPTION || current->local_name == LXB_TAG_SELECT;
}

bool BoundedHtmlParser::is_out_of_time() const {
  return thread_time_ns() - begin_ns_ > static_cast<int64_t>(std::min<uint64_t>(options_.max_html_ms, 86'400'000)) * 1'000'000;
}

}  // namespace casus
