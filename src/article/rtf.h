#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/text_lines.h"
#include "base/line_reader.h"

namespace casus {

/// The text of a rich text document, line by line: each paragraph, line break and table row is a line, cells are set apart by
/// tabs. Pictures, objects, headers, footers, notes, styles, hidden and deleted text and the addresses of links are no text.
/// Streams: holds one line and what the open groups say. Broken documents are read as far as they go; warnings() tells of it.
/// Threads: one at a time.
class RtfLines final : public TextLines {
 public:
  /// `max_line_bytes`: a longer line is handed on in pieces.
  RtfLines(LineReader file, uint64_t max_line_bytes);
  ~RtfLines() override;

  [[nodiscard]] std::optional<Result<std::string_view>> next_line() override;
  [[nodiscard]] const std::string& name() const override { return file_.name(); }
  [[nodiscard]] uint64_t line() const override { return begin_of_line_; }
  [[nodiscard]] uint64_t bytes_read() const override { return file_.bytes_read(); }
  [[nodiscard]] std::vector<Warning> take_warnings() override;

 private:
  /// What holds inside a group; a group begins with what holds around it.
  struct Group {
    bool skipped = false;     ///< no text in here
    bool hidden = false;      ///< hidden or deleted text
    bool font_table = false;  ///< "\f" defines fonts
    uint16_t fallback = 1;    ///< characters behind "\u" for readers without Unicode
    int32_t font = -1;
  };

  /// A control word with its number, or a control symbol.
  struct Control {
    std::string word{};
    std::optional<int32_t> number{};
  };

  [[nodiscard]] int peek_byte();
  [[nodiscard]] int take_byte();
  void step(char c);
  void open_group();
  void close_group();
  void read_control();
  [[nodiscard]] Control take_control_word();
  void apply_symbol(char symbol);
  void apply_word(const Control& control);
  [[nodiscard]] bool apply_state(const Control& control);
  [[nodiscard]] bool apply_character(std::string_view word);
  void apply_unicode(int32_t unit);
  void define_font(const Control& control);
  void skip_binary(int32_t count);
  void put_byte(char c);
  void put(char32_t code_point);
  void end_line();
  void flush_bytes();
  [[nodiscard]] std::string_view charset() const;
  [[nodiscard]] bool is_text_here() const;
  void warn_once(const std::string& message);

  LineReader file_;
  std::string_view view_{};  ///< what comes next of the file
  size_t at_ = 0;            ///< how much of it has been taken
  uint64_t max_line_bytes_;
  std::vector<Group> groups_;
  uint64_t too_deep_ = 0;                        ///< open groups over the limit of depth
  std::map<int32_t, std::string_view> fonts_{};  ///< font number: name of its character set
  std::string_view document_charset_;
  int32_t default_font_ = -1;
  std::string bytes_{};  ///< text that is not decoded yet
  std::string text_{};   ///< of the line that is being read
  std::string done_{};   ///< the line that was handed out
  bool line_ended_ = false;
  bool ended_ = false;
  bool told_end_ = false;
  bool was_opened_ = false;  ///< a group was
  uint16_t to_skip_ = 0;     ///< characters of a fallback still to come
  char32_t high_surrogate_ = 0;
  uint64_t file_line_ = 1;
  uint64_t begin_of_line_ = 1;
  std::vector<Warning> warnings_{};
  std::set<std::string> warned_{};
};

/// Whether the bytes begin as a rich text document does, white space aside.
[[nodiscard]] bool looks_like_rtf(std::string_view start);

}  // namespace casus
