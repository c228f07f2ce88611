#include "article/csv_splitter.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace casus {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr size_t kMaxFields = 10'000;   ///< of a row; what follows is one field
constexpr uint64_t kLookBackShare = 4;  ///< rows that are tried in vain may cost so many times the input
constexpr uint64_t kLookBackBytes = 1 << 20;

}  // namespace

CsvSplitter::CsvSplitter(LineReader input, uint64_t max_row_bytes) : input_(std::move(input)), max_row_bytes_(max_row_bytes) {}

bool CsvSplitter::fill() {
  if (input_ended_) return false;
  const std::string_view more = input_.peek();
  input_ended_ = more.empty();
  if (input_ended_) return false;
  if (keep_ >= kDropBytes || keep_ == buffer_.size()) {
    buffer_.erase(0, keep_);
    position_ -= keep_;
    keep_ = 0;
  }
  buffer_ += more;
  taken_ += more.size();
  input_.skip(more.size());
  return true;
}

std::string_view CsvSplitter::head() {
  if (!std::exchange(has_begun_, true)) {
    if (input_.peek_at_least(kMark.size()).starts_with(kMark)) input_.skip(kMark.size());
    static_cast<void>(fill());
    lone_returns_ = buffer_.find('\n') == std::string::npos && buffer_.find('\r') != std::string::npos;
  }
  return std::string_view(buffer_).substr(position_);
}

void CsvSplitter::take_line_end() {
  if (at_end() || !is_line_end(buffer_[position_])) return;
  ++position_;
  ++line_;
}

void CsvSplitter::skip_line() {
  while (!at_end() && !is_line_end(buffer_[position_])) keep_ = ++position_;
  take_line_end();
  keep_ = position_;
}

/// Whether at position_ a field ends: at a separator, a line end or the end of the input.
bool CsvSplitter::ends_field() {
  if (at_end()) return true;
  const char c = buffer_[position_];
  if (c == separator_ || is_line_end(c)) return true;
  if (c != '\r') return false;
  const size_t offset = position_ - keep_;
  ++position_;
  const bool ends = at_end() || buffer_[position_] == '\n';
  position_ = keep_ + offset;
  return ends;
}

/// From behind the opening quotation mark to behind the closing one.
CsvSplitter::End CsvSplitter::scan_quoted(std::string& field, uint64_t max_bytes) {
  bool has_line_end = false;
  char before = '"';
  while (!at_end()) {
    if (position_ - keep_ > max_bytes) return End::kTooLarge;
    const char c = buffer_[position_++];
    if (c != '"') {
      has_line_end = has_line_end || is_line_end(c);
      line_ += is_line_end(c);
      field += before = c;
      continue;
    }
    if (!at_end() && buffer_[position_] == '"') {
      ++position_;
      field += before = '"';
      continue;
    }
    if (ends_field()) return End::kRow;
    // One that stands where fields begin opens the next row's field: this one was never closed.
    if (has_line_end && (before == separator_ || is_line_end(before))) return End::kUnclosed;
    row_.has_odd_quotes = true;
    field += before = '"';
  }
  return End::kUnclosed;
}

void CsvSplitter::scan_plain(std::string& field, uint64_t max_bytes) {
  while (!ends_field() && position_ - keep_ <= max_bytes) field += buffer_[position_++];
}

CsvSplitter::End CsvSplitter::scan_field(std::string& field, uint64_t max_bytes) {
  const bool quoted = !at_end() && buffer_[position_] == '"' && (separator_ != '\t' || may_look_back());
  const size_t offset = position_ - keep_;
  const uint64_t line = line_;
  const bool had_odd_quotes = row_.has_odd_quotes;
  if (quoted) {
    ++position_;
    const End end = scan_quoted(field, max_bytes);
    if (separator_ != '\t' || (end == End::kRow && row_.has_odd_quotes == had_odd_quotes)) return end;
    // Between tabs a quotation mark is often no more than that.
    looked_back_ += position_ - keep_ - offset;
    position_ = keep_ + offset;
    line_ = line;
    row_.has_odd_quotes = had_odd_quotes;
    field.clear();
  }
  scan_plain(field, max_bytes);
  return End::kRow;
}

CsvSplitter::End CsvSplitter::scan_row(uint64_t max_bytes) {
  row_ = Row{.line = line_};
  keep_ = position_;
  while (true) {
    std::string field;
    if (const End end = scan_field(field, max_bytes); end != End::kRow) return end;
    if (row_.fields.size() < kMaxFields) row_.fields.push_back(std::move(field));
    if (position_ - keep_ > max_bytes) return End::kTooLarge;
    if (at_end() || buffer_[position_] != separator_) break;
    ++position_;
  }
  if (!lone_returns_ && !at_end() && buffer_[position_] == '\r') ++position_;
  take_line_end();
  return End::kRow;
}

/// Back to the beginning of the row.
void CsvSplitter::go_back() {
  looked_back_ += position_ - keep_;
  position_ = keep_;
  line_ = row_.line;
}

bool CsvSplitter::may_look_back() const { return looked_back_ <= kLookBackShare * taken_ + kLookBackBytes; }

void CsvSplitter::reject_last() {
  go_back();
  skip_line();
  is_lost_ = true;
}

/// Looks for a row at the beginning of each line. Only rows of one line are tried once trying has cost too much.
bool CsvSplitter::find_next(const Judge& judge) {
  while (!at_end()) {
    const bool may_look = may_look_back();
    const End end = may_look ? scan_row(max_row_bytes_) : End::kUnclosed;
    if (end == End::kRow && !row_.has_odd_quotes && judge.looks_right(row_)) {
      is_lost_ = false;
      return true;
    }
    if (may_look) go_back();
    skip_line();
  }
  return false;
}

std::optional<Result<CsvSplitter::Row>> CsvSplitter::next(const Judge& judge) {
  static_cast<void>(head());
  if (is_lost_ && find_next(judge)) return Result<Row>(std::move(row_));
  while (!at_end()) {
    const End end = scan_row(max_row_bytes_);
    if (end == End::kRow) {
      const bool blank = row_.fields.size() == 1 && trim(row_.fields[0]).empty();
      if (blank) continue;
      return Result<Row>(std::move(row_));
    }
    Error error{.code = ErrorCode::kBadRecord, .message = {}, .file = input_.name(), .line = row_.line};
    error.message = "a quoted field has no end: a quotation mark is missing or one too many";
    if (end == End::kTooLarge) {
      error.code = ErrorCode::kTooLarge;
      error.message = "the row is over the limit of " + std::to_string(max_row_bytes_) + " bytes";
    }
    reject_last();
    return Result<Row>(std::move(error));
  }
  if (std::exchange(ended_, true)) return std::nullopt;
  // The reader tells by its next line whether its input has failed.
  if (std::optional<Result<std::string_view>> rest = input_.next_line(0); rest && !rest->ok()) return Result<Row>(rest->error());
  return std::nullopt;
}

}  // namespace casus
