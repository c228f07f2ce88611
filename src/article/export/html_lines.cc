#include "article/export/html_lines.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "article/html/html_decode.h"
#include "article/html/html_text.h"

namespace casus {
namespace {

/// Longer than any mark of the layouts, of which a part may stand at the end of what was read.
constexpr size_t kMaxMarkBytes = 100;

}  // namespace

std::optional<Result<std::string_view>> HtmlLines::next_line() {
  while (at_ >= text_.size()) {
    read_piece();
    if (html_.empty() && text_.empty()) return file_.next_line(0);  // the end, or what made reading fail
  }
  const size_t end = std::min(text_.find('\n', at_), text_.size());
  const std::string_view line = std::string_view(text_).substr(at_, end - at_);
  at_ = end + 1;
  return Result<std::string_view>(line);
}

/// Reads on until an article begins; gives the number of bytes before it.
size_t HtmlLines::find_end_of_piece() {
  size_t looked_at = 1;
  while (true) {
    const size_t begin = layout_.find_piece(html_, looked_at);
    if (begin != std::string::npos) return begin;
    if (html_.size() >= max_piece_bytes_) {
      const size_t tag = html_.rfind('<');
      return tag == std::string::npos || tag == 0 ? html_.size() : tag;
    }
    looked_at = html_.size() > kMaxMarkBytes ? html_.size() - kMaxMarkBytes : 1;
    const std::string_view more = file_.peek();
    if (more.empty()) return html_.size();
    html_ += more;
    file_.skip(more.size());
  }
}

void HtmlLines::read_piece() {
  const size_t end = find_end_of_piece();
  const std::string_view piece = std::string_view(html_).substr(0, end);
  piece_line_ = next_piece_line_;
  next_piece_line_ += static_cast<uint64_t>(std::ranges::count(piece, '\n'));
  DecodedHtml decoded;
  decode_html(piece, charset_, decoded);
  if (charset_.empty()) charset_ = decoded.encoding;
  std::ranges::move(decoded.warnings, std::back_inserter(warnings_));
  text_ = html_to_text(decoded.text);
  // Where nothing is visible, one empty line stands for the piece.
  if (!piece.empty()) text_ += '\n';
  at_ = 0;
  html_.erase(0, end);
}

}  // namespace casus
