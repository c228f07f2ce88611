#include "article/json_splitter.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxDepth = 1000;      ///< of brackets in a record
constexpr size_t kMaxWrappers = 4;      ///< objects around the list
constexpr size_t kMaxTitleBytes = 500;  ///< of a feed
constexpr size_t kMaxKeyBytes = 100;    ///< a longer key means nothing

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_sign(char c) { return c == ',' || c == ':' || c == '{' || c == '}' || c == '[' || c == ']' || c == '"'; }

std::string_view without_blanks_behind(std::string_view text) {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

JsonSplitter::JsonSplitter(LineReader input, const RecordColumns& columns, uint64_t max_record_bytes, size_t padding)
    : input_(std::move(input)), columns_(columns), max_record_bytes_(max_record_bytes), padding_(padding) {}

Error JsonSplitter::error(ErrorCode code, std::string message, uint64_t line) const {
  return Error{.code = code, .message = std::move(message), .file = input_.name(), .line = line};
}

/// Reads one more piece of the input; what lies before keep_ goes.
bool JsonSplitter::fill() {
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
  buffer_.reserve(buffer_.size() + padding_);
  input_.skip(more.size());
  return true;
}

void JsonSplitter::skip_blanks() {
  while (!at_end() && is_blank(buffer_[position_])) {
    line_ += buffer_[position_] == '\n';
    ++position_;
  }
}

/// From behind the opening quotation mark to behind the closing one. A line end is left: no string goes beyond it.
JsonSplitter::StringEnd JsonSplitter::skip_string() {
  while (!at_end()) {
    const size_t found = buffer_.find_first_of("\"\\\n", position_);
    position_ = std::min(found, buffer_.size());
    if (found == std::string::npos) {
      too_large_ = too_large_ || position_ - keep_ > max_record_bytes_;
      if (too_large_) keep_ = position_;
      continue;
    }
    if (buffer_[found] == '\n') return StringEnd::kLineEnd;
    ++position_;
    if (buffer_[found] == '"') return StringEnd::kQuote;
    if (!at_end() && buffer_[position_] != '\n') ++position_;
  }
  return StringEnd::kInputEnd;
}

/// A key of a wrapper and its colon; in small letters, "" for one that is too long.
std::string JsonSplitter::take_key() {
  keep_ = position_++;
  too_large_ = false;
  const StringEnd end = skip_string();
  const size_t size = position_ - keep_;
  const bool is_key = end == StringEnd::kQuote && !too_large_ && size <= kMaxKeyBytes;
  std::string lowered = is_key ? ascii_lowered(std::string_view(buffer_).substr(keep_ + 1, size - 2)) : std::string();
  skip_blanks();
  if (peek() == ':') ++position_;
  skip_blanks();
  return lowered;
}

/// A value in a wrapper that is no list of records: to the comma or bracket behind it.
void JsonSplitter::skip_value() {
  uint64_t depth = 0;
  while (!at_end()) {
    keep_ = position_;
    const char c = buffer_[position_];
    if (depth == 0 && (c == ',' || c == '}' || c == ']')) return;
    ++position_;
    line_ += c == '\n';
    if (c == '"') static_cast<void>(skip_string());
    depth += c == '{' || c == '[';
    depth -= c == '}' || c == ']';
  }
}

void JsonSplitter::skip_line() {
  while (!at_end() && buffer_[position_] != '\n') keep_ = ++position_;
}

std::optional<Result<JsonSplitter::Piece>> JsonSplitter::next() {
  if (!has_begun_) {
    const std::string_view start = input_.peek_at_least(3);
    if (start.starts_with("\xEF\xBB\xBF")) input_.skip(3);
    has_begun_ = true;
  }
  while (!ended_) {
    keep_ = position_;
    skip_blanks();
    keep_ = position_;
    if (at_end()) break;
    const char c = buffer_[position_];
    std::optional<Result<Piece>> item = outer_.ends_with('{') ? next_in_wrapper(c) : next_in_list(c);
    if (item) return item;
  }
  if (std::exchange(ended_, true)) return std::nullopt;
  // The reader tells by its next line whether its input has failed.
  if (std::optional<Result<std::string_view>> rest = input_.next_line(0); rest && !rest->ok()) return Result<Piece>(rest->error());
  if (outer_.empty()) return std::nullopt;
  return Result<Piece>(error(ErrorCode::kBadRecord, "the list of records is not closed; the file seems to be cut off", line_));
}

/// In a list, or outside of everything.
std::optional<Result<JsonSplitter::Piece>> JsonSplitter::next_in_list(char c) {
  const bool outside = outer_.empty();
  if (c == '{' || (c == '[' && !outside)) return scan_record();
  if (c == '[') outer_ += '[';
  if (c == ']' && !outside) outer_.pop_back();
  if (c == ',' || c == '[' || (c == ']' && !outside)) {
    ++position_;
    return std::nullopt;
  }
  return scan_junk();
}

std::optional<Result<JsonSplitter::Piece>> JsonSplitter::next_in_wrapper(char c) {
  if (c == '"') {
    const bool is_list = columns_.holds_records(take_key());
    const char opening = peek();
    if (!is_list || (opening != '[' && opening != '{') || outer_.size() > 2 * kMaxWrappers) {
      skip_value();
      return std::nullopt;
    }
    outer_ += opening;
  } else if (c == '}') {
    outer_.pop_back();
  } else if (c != ',') {
    return scan_junk();
  }
  ++position_;
  return std::nullopt;
}

/// Something in the place of a record that is no object: to the end of its line, or to the next comma or bracket.
std::optional<Result<JsonSplitter::Piece>> JsonSplitter::scan_junk() {
  begin_record();
  if (outer_.empty()) {
    while (!at_end() && buffer_[position_] != '\n' && position_ - keep_ <= max_record_bytes_) ++position_;
  } else if (buffer_[position_] == '"') {
    ++position_;
    static_cast<void>(skip_string());
  } else {
    ++position_;
    while (!at_end() && !is_sign(buffer_[position_]) && buffer_[position_] != '\n' && position_ - keep_ <= max_record_bytes_) ++position_;
  }
  const uint64_t line = record_line_;
  keep_ = position_;
  return Result<Piece>(error(ErrorCode::kBadRecord, "is not a JSON object", line));
}

void JsonSplitter::begin_record() {
  keep_ = position_;
  record_line_ = line_;
  open_.clear();
  key_.clear();
  first_key_.clear();
  last_ = '\0';
  too_large_ = was_too_deep_ = cut_off_ = false;
  too_deep_ = wrappers_ = 0;
}

std::optional<Result<JsonSplitter::Piece>> JsonSplitter::scan_record() {
  begin_record();
  Scan scan = scan_opening(peek());
  // Records are wrapped by objects that stand outside of everything, never by records of a list.
  wrappers_ = outer_.find('[') == std::string::npos && open_ == "{" ? 1 : 0;
  while (scan == Scan::kGoesOn) {
    if (at_end()) {
      // What made the input end says more than that this record has no end.
      if (std::optional<Error> failure = input_.take_failure()) {
        ended_ = true;
        return Result<Piece>(*std::move(failure));
      }
      cut_off_ = true;
      break;
    }
    if (position_ - keep_ > max_record_bytes_) too_large_ = true;
    if (too_large_) keep_ = position_;
    scan = scan_token();
  }
  if (scan == Scan::kIsWrapper) return std::nullopt;
  return finish_record();
}

Result<JsonSplitter::Piece> JsonSplitter::finish_record() {
  if (too_large_ || position_ - keep_ > max_record_bytes_)
    return error(ErrorCode::kTooLarge, "the record is over the limit of " + std::to_string(max_record_bytes_) + " bytes", record_line_);
  if (was_too_deep_) return error(ErrorCode::kBadRecord, "is not JSON: it is nested too deep", record_line_);
  const std::string_view bytes = std::string_view(buffer_).substr(keep_, position_ - keep_);
  return Piece{.bytes = without_blanks_behind(bytes), .line = record_line_, .cut_off = cut_off_};
}

JsonSplitter::Scan JsonSplitter::scan_token() {
  const char c = buffer_[position_];
  if (c == '"') return scan_string();
  if (c == '{' || c == '[') return scan_opening(c);
  if (c == '}' || c == ']') return scan_closing(c);
  ++position_;
  line_ += c == '\n';
  if (!is_blank(c)) last_ = is_sign(c) ? c : 'a';
  return Scan::kGoesOn;
}

JsonSplitter::Scan JsonSplitter::scan_string() {
  const size_t begin = position_ - keep_;
  ++position_;
  const bool is_key = open_.ends_with('{') && last_ != ':';
  const StringEnd end = skip_string();
  if (too_large_) keep_ = position_;
  if (end == StringEnd::kQuote && !too_large_ && begins_next_record(begin)) {
    // The quotation mark that was missing or one too many lies before; the next record's own bracket and key end this string.
    position_ = buffer_.rfind('{', position_ - 1);
    return Scan::kEndsBefore;
  }
  last_ = '"';
  const std::string_view text = too_large_ ? "" : std::string_view(buffer_).substr(keep_ + begin, position_ - keep_ - begin);
  if (is_key && first_key_.empty() && text.size() <= kMaxKeyBytes) first_key_ = text;
  if (wrappers_ > 0 && open_.size() == wrappers_ && text.size() >= 2) note_wrapper_string(text, is_key);
  return Scan::kGoesOn;
}

/// A key or a value of what may be a wrapper, with its quotation marks.
void JsonSplitter::note_wrapper_string(std::string_view text, bool is_key) {
  if (is_key) {
    key_ = text.size() <= kMaxKeyBytes ? ascii_lowered(text.substr(1, text.size() - 2)) : std::string();
    return;
  }
  if (key_ == "version" && text.find("jsonfeed.org") != std::string_view::npos) is_feed_ = true;
  if (key_ == "title" && text.size() <= kMaxTitleBytes) title_ = text;
  // What has a text of its own is a record, whatever lists it has.
  const std::optional<RecordColumns::Meaning> meaning = columns_.meaning(flat_column_name(key_));
  if (meaning && meaning->field == RecordField::kText) wrappers_ = 0;
}

/// Whether the string from `begin` to position_ is none: it ends in "},{" and what follows its end is the key that records begin with.
bool JsonSplitter::begins_next_record(size_t begin) {
  if (first_key_.size() < 2) return false;
  std::string_view text = std::string_view(buffer_).substr(keep_ + begin, position_ - keep_ - begin - 1);
  for (const char sign : {'{', ',', '}'}) {
    text = without_blanks_behind(text);
    if (!text.ends_with(sign)) return false;
    text.remove_suffix(1);
  }
  while (buffer_.size() - position_ < first_key_.size() && fill()) {
  }
  return std::string_view(buffer_).substr(position_).starts_with(std::string_view(first_key_).substr(1));
}

JsonSplitter::Scan JsonSplitter::scan_opening(char c) {
  // An object stands behind a colon, or in a list; else one that is before it was not closed.
  if (c == '{' && open_.ends_with('{') && last_ != ':' && last_ != '{') return Scan::kEndsBefore;
  const bool in_wrapper = wrappers_ > 0 && open_.size() == wrappers_ && last_ == ':' && columns_.holds_records(key_);
  ++position_;
  if (open_.size() == kMaxDepth) {
    ++too_deep_;
    was_too_deep_ = true;
    return Scan::kGoesOn;
  }
  open_ += c;
  last_ = c;
  if (!in_wrapper) return Scan::kGoesOn;
  if (c == '{' && wrappers_ < kMaxWrappers) {
    ++wrappers_;
  } else if (c == '[') {
    skip_blanks();
    if (peek() != '{') return Scan::kGoesOn;
    outer_ += open_;
    return Scan::kIsWrapper;
  }
  return Scan::kGoesOn;
}

JsonSplitter::Scan JsonSplitter::scan_closing(char c) {
  if (too_deep_ > 0) {
    --too_deep_;
    ++position_;
    return Scan::kGoesOn;
  }
  const char opening = c == '}' ? '{' : '[';
  const size_t at = open_.rfind(opening);
  // A bracket that nothing here has opened closes what is around.
  if (at == std::string::npos) return Scan::kEndsBefore;
  ++position_;
  open_.resize(at);
  wrappers_ = std::min(wrappers_, open_.size());
  last_ = c;
  return open_.empty() ? Scan::kEnds : Scan::kGoesOn;
}

}  // namespace casus
