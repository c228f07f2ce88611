#pragma once

#include <string>
#include <vector>

#include "article/export/export_layout.h"
#include "article/text_lines.h"
#include "base/line_reader.h"

namespace casus {

/// The visible lines of a web page with many articles, which is cut into pieces where articles begin (ExportLayout::find_piece).
/// Streams: holds one piece; one over `max_piece_bytes` is cut further, at a tag.
class HtmlLines final : public TextLines {
 public:
  /// `layout` must outlive the object.
  HtmlLines(LineReader file, const ExportLayout& layout, uint64_t max_piece_bytes)
      : file_(std::move(file)), layout_(layout), max_piece_bytes_(max_piece_bytes) {}

  [[nodiscard]] std::optional<Result<std::string_view>> next_line() override;
  [[nodiscard]] const std::string& name() const override { return file_.name(); }
  [[nodiscard]] uint64_t line() const override { return piece_line_; }  ///< where the piece begins
  [[nodiscard]] uint64_t bytes_read() const override { return file_.bytes_read(); }
  [[nodiscard]] std::vector<Warning> take_warnings() override { return std::exchange(warnings_, {}); }

 private:
  [[nodiscard]] size_t find_end_of_piece();
  void read_piece();

  LineReader file_;
  const ExportLayout& layout_;
  uint64_t max_piece_bytes_;
  std::string html_{};     ///< what was read and is not turned into lines yet
  std::string charset_{};  ///< of the first piece, which declares it
  std::string text_{};
  size_t at_ = 0;  ///< in text_
  uint64_t piece_line_ = 0;
  uint64_t next_piece_line_ = 1;
  std::vector<Warning> warnings_{};
};

}  // namespace casus
