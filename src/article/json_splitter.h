#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <casus/result.h>

#include "article/record_fields.h"
#include "base/line_reader.h"

namespace casus {

/// Cuts the records out of a JSON document: the objects of its list, wherever the document wraps it ({"response": {"docs": [...]}}),
/// or the objects that stand one behind the other. Looks at strings and brackets only; what is in a record is for a parser.
/// Holds one record. Goes on behind broken ones: a string ends where its line does, and an object ends where the next one begins
/// in a place where none can be.
/// Threads: one at a time.
class JsonSplitter {
 public:
  struct Piece {
    std::string_view bytes;  ///< valid until the next call; `padding` more bytes can be read behind it
    uint64_t line = 0;       ///< where it begins, 1-based
    bool cut_off = false;    ///< the input ended in it
  };

  JsonSplitter(LineReader input, const RecordColumns& columns, uint64_t max_record_bytes, size_t padding);

  /// The next record, or whatever stands in its place; nullopt at the end.
  /// Errors: kTooLarge and kBadRecord with the line; kUnreadable and kInterrupted end the input.
  [[nodiscard]] std::optional<Result<Piece>> next();

  /// The title of a JSON Feed, as a JSON string with its quotation marks; "" of other documents.
  [[nodiscard]] std::string_view feed_title() const { return is_feed_ ? std::string_view(title_) : ""; }

  [[nodiscard]] uint64_t bytes_read() const { return input_.bytes_read(); }

 private:
  enum class StringEnd : uint8_t { kQuote, kLineEnd, kInputEnd };
  enum class Scan : uint8_t { kGoesOn, kEnds, kEndsBefore, kIsWrapper };

  [[nodiscard]] bool fill();
  [[nodiscard]] bool at_end() { return position_ == buffer_.size() && !fill(); }
  [[nodiscard]] char peek() { return at_end() ? '\0' : buffer_[position_]; }
  void skip_blanks();
  [[nodiscard]] StringEnd skip_string();
  [[nodiscard]] std::string take_key();
  void skip_value();
  void skip_line();

  [[nodiscard]] std::optional<Result<Piece>> next_in_list(char c);
  [[nodiscard]] std::optional<Result<Piece>> next_in_wrapper(char c);
  [[nodiscard]] std::optional<Result<Piece>> scan_record();
  [[nodiscard]] std::optional<Result<Piece>> scan_junk();
  [[nodiscard]] Scan scan_token();
  [[nodiscard]] Scan scan_string();
  [[nodiscard]] Scan scan_opening(char c);
  [[nodiscard]] Scan scan_closing(char c);
  [[nodiscard]] bool begins_next_record(size_t string_begin);
  void note_wrapper_string(std::string_view text, bool is_key);
  void begin_record();
  [[nodiscard]] Result<Piece> finish_record();
  [[nodiscard]] Error error(ErrorCode code, std::string message, uint64_t line) const;

  LineReader input_;
  const RecordColumns& columns_;
  uint64_t max_record_bytes_;
  size_t padding_;

  std::string buffer_{};
  size_t position_ = 0;  ///< in buffer_: the next byte to look at
  size_t keep_ = 0;      ///< in buffer_: what is before may go
  uint64_t line_ = 1;
  bool has_begun_ = false;
  bool ended_ = false;
  bool input_ended_ = false;
  bool is_feed_ = false;
  std::string title_{};  ///< of the document, a JSON string
  std::string outer_{};  ///< the wrappers '{' and lists '[' that are open around the records

  // The record at keep_.
  std::string open_{};  ///< its open brackets
  uint64_t record_line_ = 0;
  size_t wrappers_ = 0;      ///< so many of the outermost open objects may turn out to be wrappers
  char last_ = '\0';         ///< the last sign that was no blank; '"' for a string, 'a' for other values
  std::string key_{};        ///< the last string in the innermost wrapper, in small letters
  std::string first_key_{};  ///< the bytes of the record's first key with its quotation marks
  bool too_large_ = false;
  bool was_too_deep_ = false;
  size_t too_deep_ = 0;  ///< brackets that are open beyond those of open_
  bool cut_off_ = false;
};

}  // namespace casus
