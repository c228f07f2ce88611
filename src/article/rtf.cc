#include "article/rtf.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "article/charset.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

/// Word processors write fewer than 20 levels; text below this many is passed over.
constexpr size_t kMaxGroups = 1000;
constexpr size_t kMaxFonts = 4096;
/// Longest control word of the format is shorter; the number behind it has at most ten digits and a sign.
constexpr size_t kMaxWordBytes = 40;
constexpr size_t kMaxDigits = 10;
constexpr int kEnd = -1;

struct NumberedCharset {
  int32_t number;
  std::string_view charset;
};
/// "\fcharset" of a font and "\ansicpg" of a document; others are windows-1252.
constexpr NumberedCharset kFontCharsets[] = {{77, "macintosh"},     {128, "shift_jis"},    {129, "euc-kr"},       {130, "euc-kr"},
                                             {134, "gbk"},          {136, "big5"},         {161, "windows-1253"}, {162, "windows-1254"},
                                             {163, "windows-1258"}, {177, "windows-1255"}, {178, "windows-1256"}, {186, "windows-1257"},
                                             {204, "windows-1251"}, {222, "windows-874"},  {238, "windows-1250"}};
constexpr NumberedCharset kCodePages[] = {{866, "ibm866"},        {874, "windows-874"},   {932, "shift_jis"},     {936, "gbk"},
                                          {949, "euc-kr"},        {950, "big5"},          {1250, "windows-1250"}, {1251, "windows-1251"},
                                          {1253, "windows-1253"}, {1254, "windows-1254"}, {1255, "windows-1255"}, {1256, "windows-1256"},
                                          {1257, "windows-1257"}, {1258, "windows-1258"}, {10000, "macintosh"},   {20866, "koi8-r"},
                                          {65001, "utf-8"}};
constexpr std::string_view kDefaultCharset = "windows-1252";

/// Destinations that are no text of the body; all others of that kind are marked by "\*".
constexpr std::string_view kSkippedDestinations[] = {
    "colortbl", "stylesheet", "info",    "pict",    "object",   "nonshppict", "themedata", "header",  "headerl",   "headerr",  "headerf",
    "footer",   "footerl",    "footerr", "footerf", "footnote", "annotation", "fldinst",   "filetbl", "listtable", "revtbl",   "xe",
    "tc",       "rxe",        "do",      "private", "template", "bkmkstart",  "bkmkend",   "atnid",   "atnauthor", "datafield"};

struct Character {
  std::string_view word;
  char32_t code_point;
};
constexpr Character kCharacters[] = {{"tab", U'\t'},        {"cell", U'\t'},    {"nestcell", U'\t'}, {"emdash", 0x2014},
                                     {"endash", 0x2013},    {"lquote", 0x2018}, {"rquote", 0x2019},  {"ldblquote", 0x201C},
                                     {"rdblquote", 0x201D}, {"bullet", 0x2022}, {"emspace", 0x2003}, {"enspace", 0x2002},
                                     {"qmspace", 0x2005}};
constexpr std::string_view kLineEnds[] = {"par", "line", "row", "nestrow", "page", "column", "sect"};

std::string_view charset_of(int32_t number, std::span<const NumberedCharset> known, std::string_view otherwise) {
  for (const NumberedCharset& entry : known) {
    if (entry.number == number) return entry.charset;
  }
  return otherwise;
}

bool is_one_of(std::string_view word, std::span<const std::string_view> words) { return std::ranges::find(words, word) != words.end(); }

int hex_value(int c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

RtfLines::RtfLines(LineReader file, uint64_t max_line_bytes)
    : file_(std::move(file)), max_line_bytes_(max_line_bytes), groups_(1), document_charset_(kDefaultCharset) {}

RtfLines::~RtfLines() = default;

std::vector<Warning> RtfLines::take_warnings() { return std::exchange(warnings_, {}); }

void RtfLines::warn_once(const std::string& message) {
  if (!warned_.insert(message).second) return;
  warnings_.push_back({.message = message, .line = file_line_});
}

int RtfLines::peek_byte() {
  if (at_ == view_.size()) {
    file_.skip(at_);
    view_ = file_.peek();
    at_ = 0;
    if (view_.empty()) return kEnd;
  }
  return static_cast<unsigned char>(view_[at_]);
}

int RtfLines::take_byte() {
  const int byte = peek_byte();
  if (byte == kEnd) return kEnd;
  ++at_;
  if (byte == '\n') ++file_line_;
  return byte;
}

std::optional<Result<std::string_view>> RtfLines::next_line() {
  line_ended_ = false;
  begin_of_line_ = file_line_;
  while (!line_ended_ && !ended_) {
    const int byte = take_byte();
    if (byte == kEnd) {
      ended_ = true;
    } else {
      step(static_cast<char>(byte));
    }
  }
  flush_bytes();
  if (!line_ended_ && text_.empty()) {
    if (std::exchange(told_end_, true)) return std::nullopt;
    if (groups_.size() > 1) warn_once("the document is cut off: not all of its groups are closed");
    return file_.next_line(0);  // At the end of what was read: what made it end, if it was a failure.
  }
  done_ = std::exchange(text_, {});
  return Result<std::string_view>(done_);
}

void RtfLines::step(char c) {
  if (c == '\\') return read_control();
  if (c == '{') return open_group();
  if (c == '}') return close_group();
  if (c == '\r' || c == '\n' || c == '\0') return;
  if (to_skip_ > 0) {
    --to_skip_;
    return;
  }
  if (groups_.size() == 1 && was_opened_) {
    if (is_white_space(static_cast<unsigned char>(c))) return;
    warn_once("there is text behind the end of the document");
  }
  put_byte(c);
}

void RtfLines::open_group() {
  flush_bytes();
  to_skip_ = 0;
  was_opened_ = true;
  if (groups_.size() > kMaxGroups) {
    warn_once("groups are nested too deep; their text is passed over");
    ++too_deep_;
  } else {
    groups_.push_back(groups_.back());
  }
}

void RtfLines::close_group() {
  flush_bytes();
  to_skip_ = 0;
  if (too_deep_ > 0) {
    --too_deep_;
  } else if (groups_.size() > 1) {
    groups_.pop_back();
  } else {
    warn_once("a group is closed that was not opened");
  }
}

/// What follows a backslash.
void RtfLines::read_control() {
  const int next = peek_byte();
  if (next == kEnd) return;
  if (is_ascii_alpha(static_cast<char>(next))) return apply_word(take_control_word());
  apply_symbol(static_cast<char>(take_byte()));
}

RtfLines::Control RtfLines::take_control_word() {
  Control control;
  while (peek_byte() != kEnd && is_ascii_alpha(static_cast<char>(peek_byte()))) {
    const auto c = static_cast<char>(take_byte());
    if (control.word.size() < kMaxWordBytes) control.word += c;
  }
  const bool negative = peek_byte() == '-';
  if (negative) static_cast<void>(take_byte());
  int64_t number = 0;
  size_t digits = 0;
  while (peek_byte() != kEnd && is_ascii_digit(static_cast<char>(peek_byte()))) {
    const int digit = take_byte() - '0';
    if (digits++ < kMaxDigits) number = number * 10 + digit;
  }
  number = std::min<int64_t>(number, INT32_MAX);
  if (digits > 0) control.number = static_cast<int32_t>(negative ? -number : number);
  if (peek_byte() == ' ') static_cast<void>(take_byte());
  return control;
}

void RtfLines::apply_symbol(char symbol) {
  if (symbol == '\'') {
    const int high = hex_value(peek_byte());
    if (high < 0) return warn_once("a character given by its number is broken");
    static_cast<void>(take_byte());
    const int low = hex_value(peek_byte());
    if (low < 0) return warn_once("a character given by its number is broken");
    static_cast<void>(take_byte());
    if (to_skip_ > 0) {
      --to_skip_;
    } else {
      put_byte(static_cast<char>(high * 16 + low));
    }
    return;
  }
  if (symbol == '*') {
    if (groups_.size() > 1) groups_.back().skipped = true;
    return;
  }
  if (to_skip_ > 0) {
    --to_skip_;
    return;
  }
  if (symbol == '\\' || symbol == '{' || symbol == '}') return put_byte(symbol);
  if (symbol == '~') return put(0xA0);
  if (symbol == '_') return put(0x2011);
  if (symbol == '\n' || symbol == '\r') return end_line();
}

void RtfLines::apply_word(const Control& control) {
  const std::string_view word = control.word;
  if (word == "bin") return skip_binary(control.number.value_or(0));
  if (word == "u") return apply_unicode(control.number.value_or('?'));
  if (to_skip_ > 0) {
    --to_skip_;
    return;
  }
  flush_bytes();
  if (is_one_of(word, kLineEnds)) return end_line();
  if (apply_character(word) || apply_state(control)) return;
  if (groups_.size() > 1 && is_one_of(word, kSkippedDestinations)) groups_.back().skipped = true;
}

bool RtfLines::apply_character(std::string_view word) {
  const auto found = std::ranges::find(kCharacters, word, &Character::word);
  if (found == std::end(kCharacters)) return false;
  put(found->code_point);
  return true;
}

/// Words that change how the text behind them is read. True if it was one.
bool RtfLines::apply_state(const Control& control) {
  const std::string_view word = control.word;
  Group& group = groups_.back();
  if (word == "f" || word == "fcharset") {
    define_font(control);
  } else if (word == "fonttbl") {
    group.font_table = true;
    group.skipped = true;
  } else if (word == "v" || word == "deleted") {
    group.hidden = control.number.value_or(1) != 0;
  } else if (word == "plain") {
    group.hidden = false;
    group.font = default_font_;
  } else if (word == "uc") {
    group.fallback = static_cast<uint16_t>(std::clamp(control.number.value_or(1), 0, 100));
  } else if (word == "ansicpg") {
    document_charset_ = charset_of(control.number.value_or(0), kCodePages, kDefaultCharset);
  } else if (word == "mac") {
    document_charset_ = "macintosh";
  } else if (word == "deff") {
    group.font = default_font_ = control.number.value_or(-1);
  } else {
    return false;
  }
  return true;
}

void RtfLines::define_font(const Control& control) {
  Group& group = groups_.back();
  if (control.word == "f") {
    group.font = control.number.value_or(0);
  } else if (group.font_table && (fonts_.size() < kMaxFonts || fonts_.contains(group.font))) {
    // Fonts of the default character sets (0 and 1), and of symbols (2), are those of the document.
    fonts_[group.font] = charset_of(control.number.value_or(0), kFontCharsets, "");
  }
}

/// A UTF-16 unit, signed 16 bits as written by most programs.
void RtfLines::apply_unicode(int32_t unit) {
  flush_bytes();
  to_skip_ = groups_.back().fallback;
  const auto code = static_cast<char32_t>(unit < 0 ? unit + 0x10000 : unit);
  const char32_t high = std::exchange(high_surrogate_, 0);
  if (high != 0 && code >= 0xDC00 && code <= 0xDFFF) return put(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00));
  if (high != 0) put(0xFFFD);
  if (code >= 0xD800 && code <= 0xDBFF) {
    high_surrogate_ = code;
  } else {
    put(code == 0 || code > 0x10FFFF ? 0xFFFD : code);
  }
}

void RtfLines::skip_binary(int32_t count) {
  for (; count > 0 && peek_byte() != kEnd; --count) static_cast<void>(take_byte());
  if (count > 0) warn_once("binary data is shorter than it says");
}

bool RtfLines::is_text_here() const { return too_deep_ == 0 && !groups_.back().skipped && !groups_.back().hidden; }

void RtfLines::put_byte(char c) {
  if (!is_text_here()) return;
  if (std::exchange(high_surrogate_, 0) != 0) put(0xFFFD);
  bytes_ += c;
  if (text_.size() + bytes_.size() >= max_line_bytes_) {
    warn_once("a line is over the limit of " + std::to_string(max_line_bytes_) + " bytes; it is read in pieces");
    end_line();
  }
}

void RtfLines::put(char32_t code_point) {
  flush_bytes();
  if (is_text_here()) append_utf8(code_point, text_);
}

void RtfLines::end_line() {
  flush_bytes();
  if (is_text_here()) line_ended_ = true;
}

std::string_view RtfLines::charset() const {
  const auto font = fonts_.find(groups_.back().font);
  return font == fonts_.end() || font->second.empty() ? document_charset_ : font->second;
}

/// Decodes what was gathered since the last control word, since a letter may have several bytes.
void RtfLines::flush_bytes() {
  if (bytes_.empty()) return;
  if (std::ranges::all_of(bytes_, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    text_ += bytes_;
  } else if (const std::optional<CharsetText> decoded = decode_charset(bytes_, charset())) {
    text_ += decoded->text;
  } else {
    text_ += decode_unlabelled(bytes_);
  }
  bytes_.clear();
}

bool looks_like_rtf(std::string_view start) {
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  return trim(start).starts_with("{\\rtf");
}

}  // namespace casus
