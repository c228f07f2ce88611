#include "article/html/html_text.h"

#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

bool is_unseen(char32_t c) {
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

/// Whether a blank at this place would stand at the beginning of a line, or beside another.
bool wants_no_blank(const std::string& out) { return out.empty() || out.back() == ' ' || out.back() == '\n' || out.back() == '\t'; }

bool is_plain_ascii(char c) { return c > ' ' && c < 0x7F; }

void append_preformatted(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c != '\r') out += c;
  }
}

void cut_blanks(std::string& out) {
  while (!out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
}

/// Writes text nodes one after another and the breaks between them.
class Writer {
 public:
  explicit Writer(bool one_line) : one_line_(one_line) {}

  void text(std::string_view text, bool preformatted) {
    if (preformatted && !one_line_) return append_preformatted(text, out_);
    append_squeezed(text, out_);
  }
  void begin_line() {
    if (one_line_) return append_squeezed(" ", out_);
    cut_blanks(out_);
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
  }
  void begin_block() {
    if (one_line_) return append_squeezed(" ", out_);
    cut_blanks(out_);
    while (out_.ends_with('\n')) out_.pop_back();
    if (!out_.empty()) out_ += "\n\n";
  }
  void begin_row() {
    if (one_line_) return append_squeezed(" ", out_);
    cut_blanks(out_);
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  }
  void begin_cell() {
    if (one_line_) return append_squeezed(" ", out_);
    cut_blanks(out_);
    if (!out_.empty() && out_.back() != '\n') out_ += '\t';
  }
  std::string take() {
    const std::string_view kept = trim(out_);
    return std::string(kept);
  }

 private:
  std::string out_;
  bool one_line_;
};

bool is_cell(HtmlTag tag) { return tag == HtmlTag::kTd || tag == HtmlTag::kTh; }
bool is_row(HtmlTag tag) { return tag == HtmlTag::kTr || tag == HtmlTag::kTbody || tag == HtmlTag::kThead || tag == HtmlTag::kTfoot; }

void begin(HtmlTag tag, Writer& out) {
  if (is_cell(tag)) return out.begin_cell();
  if (is_row(tag)) return out.begin_row();
  if (tag == HtmlTag::kBr) return out.begin_line();
  if (is_block_tag(tag)) out.begin_block();
}

void end(HtmlTag tag, Writer& out) {
  if (is_cell(tag)) return;
  if (is_row(tag)) return out.begin_row();
  if (tag != HtmlTag::kBr && is_block_tag(tag)) out.begin_block();
}

}  // namespace

void append_squeezed(std::string_view text, std::string& out) {
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    while (at < text.size() && is_plain_ascii(text[at])) ++at;
    out.append(text, begin, at - begin);
    if (at == text.size()) return;
    const size_t here = at;
    const char32_t c = decode_utf8(text, at);
    if (is_unseen(c)) continue;
    if (c < ' ' || is_white_space(c)) {
      if (!wants_no_blank(out)) out += ' ';
    } else {
      out.append(text, here, at - here);
    }
  }
}

std::string_view cut_text(std::string_view text, size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

std::string visible_text(const HtmlTree& tree, uint32_t node, bool one_line) {
  Writer out(one_line);
  const uint32_t last = tree[node].end;
  uint32_t preformatted = 0;
  uint32_t open = node;  // the innermost element whose end was not reached
  for (uint32_t i = node; i < last;) {
    const HtmlNode& here = tree[i];
    const bool is_left_out = here.hidden || here.tag == HtmlTag::kHead || here.tag == HtmlTag::kScript;
    if (!is_left_out && here.tag == HtmlTag::kText) out.text(tree.text(i), preformatted > 0);
    if (!is_left_out && here.tag != HtmlTag::kText) {
      begin(here.tag, out);
      preformatted += here.tag == HtmlTag::kPre;
      open = i;
    }
    const uint32_t next = is_left_out ? here.end : i + 1;
    while (open != node && next >= tree[open].end) {
      end(tree[open].tag, out);
      preformatted -= tree[open].tag == HtmlTag::kPre;
      open = tree[open].parent;
    }
    i = next;
  }
  return out.take();
}

std::string html_to_text(std::string_view fragment) {
  const Result<HtmlTree> tree = parse_html(fragment, "utf-8", ArticleOptions{});
  return tree ? visible_text(*tree, 0, false) : std::string();
}

}  // namespace casus
