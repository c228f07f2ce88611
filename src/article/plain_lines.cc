#include "article/plain_lines.h"

#include <utility>

#include "article/charset.h"
#include "article/decode.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

class PlainLines final : public TextLines {
 public:
  PlainLines(LineReader file, uint64_t max_line_bytes) : file_(std::move(file)), max_line_bytes_(max_line_bytes) {}

  std::optional<Result<std::string_view>> next_line() override {
    std::optional<Result<std::string_view>> line = file_.next_line(max_line_bytes_);
    if (!line || !line->ok()) return line;
    std::string_view bytes = **line;
    if (file_.line() == 1 && bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
    // Old exports set pages apart by form feeds.
    while (bytes.starts_with('\f')) bytes.remove_prefix(1);
    if (is_valid_utf8(bytes) && bytes.find('\0') == std::string_view::npos) return Result<std::string_view>(bytes);
    decoded_ = decode(bytes);
    return Result<std::string_view>(decoded_);
  }

  [[nodiscard]] const std::string& name() const override { return file_.name(); }
  [[nodiscard]] uint64_t line() const override { return file_.line(); }
  [[nodiscard]] uint64_t bytes_read() const override { return file_.bytes_read(); }
  [[nodiscard]] std::vector<Warning> take_warnings() override { return std::exchange(warnings_, {}); }

 private:
  std::string decode(std::string_view bytes) {
    if (!is_valid_utf8(bytes) && !std::exchange(warned_, true)) {
      warnings_.push_back({.message = "the text is not UTF-8; such lines are read as windows-1252", .line = file_.line()});
    }
    DecodedText repaired = repair_text(decode_unlabelled(bytes), file_.line());
    for (Warning& warning : repaired.warnings) warnings_.push_back(std::move(warning));
    return std::move(repaired.text);
  }

  LineReader file_;
  uint64_t max_line_bytes_;
  std::string decoded_{};
  std::vector<Warning> warnings_{};
  bool warned_ = false;
};

/// What stands for the lines of an input that could not be decoded.
class FailedLines final : public TextLines {
 public:
  FailedLines(Error error, uint64_t bytes_read) : name_(error.file), bytes_read_(bytes_read), error_(std::move(error)) {}
  std::optional<Result<std::string_view>> next_line() override {
    std::optional<Error> error = std::exchange(error_, std::nullopt);
    if (!error) return std::nullopt;
    return Result<std::string_view>(*std::move(error));
  }
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] uint64_t line() const override { return 0; }
  [[nodiscard]] uint64_t bytes_read() const override { return bytes_read_; }
  [[nodiscard]] std::vector<Warning> take_warnings() override { return {}; }

 private:
  std::string name_;
  uint64_t bytes_read_;
  std::optional<Error> error_;
};

}  // namespace

std::unique_ptr<TextLines> plain_lines(LineReader file, uint64_t max_line_bytes, uint64_t max_text_bytes) {
  const std::string_view start = file.peek_at_least(2);
  if (!start.starts_with("\xFF\xFE") && !start.starts_with("\xFE\xFF"))
    return std::make_unique<PlainLines>(std::move(file), max_line_bytes);
  const Result<std::string> bytes = file.read_rest(max_text_bytes);
  if (!bytes) return std::make_unique<FailedLines>(bytes.error(), file.bytes_read());
  Result<DecodedText> decoded = decode_text(*bytes, file.name(), 2 * max_text_bytes);
  if (!decoded) return std::make_unique<FailedLines>(decoded.error(), file.bytes_read());
  return std::make_unique<PlainLines>(LineReader::of_bytes(std::move(decoded->text), file.name()), max_line_bytes);
}

}  // namespace casus
