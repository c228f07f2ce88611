#include "cli/messages.h"

#include <cstdio>

#include "base/json_writer.h"
#include "cli/text_width.h"

namespace casus {
namespace {

std::string count_of(uint64_t count, const char* what) { return with_separators(count) + " more " + what + (count == 1 ? "" : "s"); }

}  // namespace

Messages::Messages() = default;

Messages::~Messages() { progress(""); }

Result<void> Messages::write_errors_to(const std::string& path) {
  errors_file_.open(path, std::ios::binary | std::ios::trunc);
  if (!errors_file_)
    return Error{.code = ErrorCode::kUnwritable, .message = "cannot write", .file = path, .remedy = "--errors names a file to make"};
  return {};
}

void Messages::error(const Error& error) {
  const std::lock_guard lock(mutex_);
  if (++errors_ <= kMostPrinted) print("error: " + error.to_string());
  record("error", error);
}

void Messages::warning(const Error& warning) {
  const std::lock_guard lock(mutex_);
  if (++warnings_ <= kMostPrinted) print("warning: " + warning.to_string());
  record("warning", warning);
}

void Messages::skipped(const Error& reason) {
  const std::lock_guard lock(mutex_);
  if (++warnings_ <= kMostPrinted) print("skipped: " + reason.to_string());
  record("skipped", reason);
}

void Messages::note(std::string_view text) {
  const std::lock_guard lock(mutex_);
  print(text);
}

void Messages::finish() {
  const std::lock_guard lock(mutex_);
  if (errors_file_.is_open()) errors_file_.flush();
  std::string hidden;
  if (errors_ > kMostPrinted) hidden = count_of(errors_ - kMostPrinted, "error");
  if (warnings_ > kMostPrinted) hidden += (hidden.empty() ? "" : ", ") + count_of(warnings_ - kMostPrinted, "warning");
  if (!hidden.empty()) print("… and " + hidden + (errors_file_.is_open() ? "" : " (--errors FILE gets all)"));
  errors_ = warnings_ = 0;
}

void Messages::progress(std::string_view line) {
  const std::lock_guard lock(mutex_);
  draw(line);
}

void Messages::print(std::string_view text) {
  draw("");
  std::string line = "casus: ";
  line += text;
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void Messages::draw(std::string_view line) {
  if (line.empty() && !line_is_drawn_) return;
  std::string bytes = "\r\x1b[K";  // back to the first column, clear to the end of the line
  bytes += line;
  std::fwrite(bytes.data(), 1, bytes.size(), stderr);
  line_is_drawn_ = !line.empty();
}

void Messages::record(std::string_view level, const Error& error) {
  if (!errors_file_.is_open()) return;
  std::string line;
  JsonWriter json(line);
  json.begin_object().field("level", level);
  if (level != "warning") json.field("code", error_name(error.code));
  json.field("file", error.file).key("line").number(error.line).key("byte").number(error.byte);
  json.field("message", error.message).field("remedy", error.remedy).end_object();
  errors_file_ << line << '\n';
}

}  // namespace casus
