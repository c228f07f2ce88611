#include "article/mail/mime.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "article/charset.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxFields = 1000;
constexpr size_t kMaxHeadBytes = 1'000'000;
constexpr size_t kMaxFieldBytes = 100'000;
constexpr size_t kMaxParts = 1000;
constexpr size_t kMaxDepth = 20;
constexpr size_t kMaxParameters = 50;

/// Takes the next line off `text`, without its end.
std::string_view take_line(std::string_view& text) {
  const size_t newline = text.find('\n');
  std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_field_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7F' && c != ':'; });
}

int base64_value(char c) {
  if (is_ascii_upper(c)) return c - 'A';
  if (is_ascii_lower(c)) return c - 'a' + 26;
  if (is_ascii_digit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string decode_q(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '_', ' ');
  return decode_quoted_printable(spaced);
}

/// The next "=?charset?encoding?text?=".
struct EncodedWord {
  size_t begin = std::string_view::npos;
  size_t end = 0;
  std::string charset{};
  std::string bytes{};
};

EncodedWord find_encoded_word(std::string_view text, size_t from) {
  for (size_t begin = text.find("=?", from); begin != std::string_view::npos; begin = text.find("=?", begin + 2)) {
    const size_t charset_end = text.find('?', begin + 2);
    if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?') continue;
    const char encoding = ascii_lower(text[charset_end + 1]);
    const size_t end = text.find("?=", charset_end + 3);
    if (end == std::string_view::npos || (encoding != 'q' && encoding != 'b')) continue;
    const std::string_view charset = text.substr(begin + 2, charset_end - begin - 2);
    const std::string_view word = text.substr(charset_end + 3, end - charset_end - 3);
    return {.begin = begin,
            .end = end + 2,
            .charset = ascii_lowered(charset.substr(0, charset.find('*'))),
            .bytes = encoding == 'b' ? decode_base64(word) : decode_q(word)};
  }
  return {};
}

std::string decode_bytes(std::string_view bytes, std::string_view charset) {
  if (std::optional<CharsetText> decoded = decode_charset(bytes, charset)) return std::move(decoded->text);
  return decode_unlabelled(bytes);
}

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const std::string_view word : split_words(text)) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

std::optional<unsigned> number_of(std::string_view digits) {
  unsigned value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// The months as RFC 5322 writes them.
std::optional<unsigned> month_of(std::string_view word) {
  constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  const auto* found = std::ranges::find(kMonths, ascii_lowered(word.substr(0, 3)));
  return found == std::end(kMonths) ? std::nullopt : std::optional(static_cast<unsigned>(found - std::begin(kMonths)) + 1);
}

/// Years of two or three digits are those of RFC 5322's obsolete syntax.
unsigned full_year(unsigned year, size_t digits) {
  if (digits == 2) return year + (year < 50 ? 2000 : 1900);
  return digits == 3 ? year + 1900 : year;
}

/// Finds the parts of a mail by an explicit stack, since pieces lie in pieces.
class MimeSplitter {
 public:
  MimeParts split(const MailHead& head, std::string_view body) {
    add(head, body, {.body = {}, .depth = 0, .alternative = 0, .in_digest = false});
    while (!pending_.empty()) {
      Pending piece = pending_.back();
      pending_.pop_back();
      const MailHead piece_head = MailHead::take(piece.body);
      add(piece_head, piece.body, piece);
    }
    return std::move(result_);
  }

 private:
  struct Pending {
    std::string_view body;  ///< with its head
    size_t depth;
    uint32_t alternative;
    bool in_digest;
  };

  void add(const MailHead& head, std::string_view body, const Pending& piece) {
    MimeValue type = MimeValue::parse(head.raw("content-type"));
    if (type.value.find('/') == std::string::npos) type.value = piece.in_digest ? "message/rfc822" : "text/plain";
    const std::string_view boundary = type.parameter("boundary");
    if (type.value.starts_with("multipart/") && !boundary.empty()) {
      if (piece.depth < kMaxDepth) return split_pieces(type.value, boundary, body, piece);
      result_.too_many = true;
      return;
    }
    if (result_.parts.size() >= kMaxParts) {
      result_.too_many = true;
      return;
    }
    add_part(head, type, body, piece.alternative);
  }

  void add_part(const MailHead& head, const MimeValue& type, std::string_view body, uint32_t alternative) {
    const MimeValue disposition = MimeValue::parse(head.raw("content-disposition"));
    MimePart part{.type = type.value, .charset = std::string(type.parameter("charset"))};
    // A multipart without a boundary is text, as far as one can tell.
    if (part.type.starts_with("multipart/")) part.type = "text/plain";
    part.disposition = disposition.value;
    const std::string_view name = disposition.parameter("filename");
    part.file_name = decode_encoded_words(name.empty() ? type.parameter("name") : name);
    part.encoding = ascii_lowered(trim(head.raw("content-transfer-encoding")));
    part.flowed = equals_ignoring_ascii_case(type.parameter("format"), "flowed");
    part.del_space = equals_ignoring_ascii_case(type.parameter("delsp"), "yes");
    part.alternative = alternative;
    part.body = body;
    result_.parts.push_back(std::move(part));
  }

  void split_pieces(const std::string& type, std::string_view boundary, std::string_view body, const Pending& outer) {
    Pending inner{.body = {}, .depth = outer.depth + 1, .alternative = outer.alternative, .in_digest = type == "multipart/digest"};
    if (type == "multipart/alternative") inner.alternative = ++alternatives_;
    const size_t first = pending_.size();
    const char* begin = nullptr;
    bool closed = false;
    while (!body.empty() && !closed) {
      const char* line_begin = body.data();
      const std::string_view line = take_line(body);
      if (!line.starts_with("--") || !line.substr(2).starts_with(boundary)) continue;
      closed = line.substr(2 + boundary.size()).starts_with("--");
      if (begin != nullptr) push(inner, begin, line_begin);
      begin = body.data();
    }
    if (!closed) result_.cut_off = true;
    if (!closed && begin != nullptr) push(inner, begin, body.data() + body.size());
    std::reverse(pending_.begin() + static_cast<ptrdiff_t>(first), pending_.end());
  }

  void push(Pending piece, const char* begin, const char* end) {
    if (pending_.size() >= kMaxParts) {
      result_.too_many = true;
      return;
    }
    piece.body = std::string_view(begin, static_cast<size_t>(end - begin));
    // The line end above a boundary belongs to the boundary.
    if (piece.body.ends_with('\n')) piece.body.remove_suffix(1);
    if (piece.body.ends_with('\r')) piece.body.remove_suffix(1);
    pending_.push_back(piece);
  }

  std::vector<Pending> pending_{};
  MimeParts result_{};
  uint32_t alternatives_ = 0;
};

/// Takes the value of a parameter off `rest`: a word, or what stands in quotation marks.
std::string take_parameter_value(std::string_view& rest) {
  std::string value;
  if (!rest.starts_with('"')) {
    const size_t end = std::min(rest.find(';'), rest.size());
    value = trim(rest.substr(0, end));
    rest.remove_prefix(end);
    return value;
  }
  size_t at = 1;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    value += rest[at];
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return value;
}

}  // namespace

MailHead MailHead::take(std::string_view& message) {
  MailHead head;
  size_t bytes = 0;
  while (!message.empty()) {
    const std::string_view line = take_line(message);
    if (line.empty()) break;
    bytes += line.size();
    if (bytes > kMaxHeadBytes) continue;
    const bool goes_on = (line.front() == ' ' || line.front() == '\t') && !head.fields_.empty();
    if (goes_on) {
      std::string& value = head.fields_.back().value;
      if (value.size() < kMaxFieldBytes) value += ' ' + std::string(trim(line));
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_field_name(trim(line.substr(0, colon))) || head.fields_.size() >= kMaxFields) continue;
    head.fields_.push_back(
        {.name = ascii_lowered(trim(line.substr(0, colon))), .value = std::string(trim(line.substr(colon + 1).substr(0, kMaxFieldBytes)))});
  }
  return head;
}

std::string_view MailHead::raw(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &Field::name);
  return found == fields_.end() ? std::string_view() : std::string_view(found->value);
}

std::string MailHead::text(std::string_view name) const { return single_spaced(decode_encoded_words(raw(name))); }

MimeValue MimeValue::parse(std::string_view field) {
  MimeValue result;
  const size_t end = std::min(field.find(';'), field.size());
  result.value = ascii_lowered(trim(field.substr(0, end)));
  std::string_view rest = field.substr(end);
  while (!rest.empty() && result.parameters.size() < kMaxParameters) {
    rest.remove_prefix(1);
    const size_t equals = rest.find_first_of("=;");
    if (equals == std::string_view::npos || rest[equals] == ';') {
      rest.remove_prefix(std::min(rest.find(';'), rest.size()));
      continue;
    }
    std::string name = ascii_lowered(trim(rest.substr(0, equals)));
    rest = rest.substr(equals + 1);
    while (rest.starts_with(' ') || rest.starts_with('\t')) rest.remove_prefix(1);
    std::string value = take_parameter_value(rest);
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    result.parameters.push_back({.name = std::move(name), .value = std::move(value)});
  }
  return result;
}

std::string_view MimeValue::parameter(std::string_view name) const {
  const auto found = std::ranges::find(parameters, name, &Parameter::name);
  return found == parameters.end() ? std::string_view() : std::string_view(found->value);
}

std::string MimePart::decoded_body() const {
  if (encoding == "base64") return decode_base64(body);
  if (encoding == "quoted-printable") return decode_quoted_printable(body);
  return std::string(body);
}

MimeParts split_mime(const MailHead& head, std::string_view body) { return MimeSplitter().split(head, body); }

std::string decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    // Padding ends a run of letters; some programs write several runs one after another.
    if (c == '=') {
      count = 0;
      bits = 0;
    }
    const int value = base64_value(c);
    if (value < 0) continue;
    bits = (bits << 6) | static_cast<uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const bool has_end = text.find('\n') != std::string_view::npos;
    std::string_view line = take_line(text);
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    const bool soft = line.ends_with('=');
    if (soft) line.remove_suffix(1);
    for (size_t i = 0; i < line.size(); ++i) {
      const int high = line[i] == '=' && i + 2 < line.size() ? hex_value(line[i + 1]) : -1;
      const int low = high >= 0 ? hex_value(line[i + 2]) : -1;  // broken ones stay as they are
      if (low < 0) {
        out += line[i];
      } else {
        out += static_cast<char>(high * 16 + low);
        i += 2;
      }
    }
    if (has_end && !soft) out += '\n';
  }
  return out;
}

std::string decode_encoded_words(std::string_view text) {
  std::string out, bytes, charset;
  const auto flush = [&] { out += decode_bytes(std::exchange(bytes, {}), charset); };
  size_t at = 0;
  while (true) {
    EncodedWord word = find_encoded_word(text, at);
    const std::string_view between = text.substr(at, word.begin == std::string_view::npos ? word.begin : word.begin - at);
    const bool adjoins = !bytes.empty() && trim(between).empty() && word.begin != std::string_view::npos;
    if (!adjoins || word.charset != charset) flush();
    if (!adjoins) out += decode_unlabelled(between);
    if (word.begin == std::string_view::npos) return out;
    charset = std::move(word.charset);
    bytes += word.bytes;
    at = word.end;
  }
}

std::optional<Day> read_mail_day(std::string_view date) {
  std::vector<std::string_view> words = split_words(date);
  if (!words.empty() && words.front().find_first_of("0123456789") == std::string_view::npos) words.erase(words.begin());
  if (words.size() < 3) return std::nullopt;
  const std::optional<unsigned> day = number_of(words[0]), month = month_of(words[1]), year = number_of(words[2]);
  if (!day || !month || !year) return std::nullopt;
  return make_day(full_year(*year, words[2].size()), *month, *day);
}

std::string sender_name(std::string_view from) {
  const size_t address = from.find('<');
  if (address == std::string_view::npos) return "";
  std::string_view name = trim(from.substr(0, address));
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
  std::string plain(name);
  std::erase(plain, '\\');
  std::string decoded = single_spaced(decode_encoded_words(plain));
  // Some programs put the address there once more.
  return decoded.find('@') == std::string::npos ? decoded : "";
}

std::string join_flowed(std::string_view text, bool del_space) {
  std::string out;
  bool joins = false;
  while (!text.empty()) {
    std::string_view line = take_line(text);
    if (line.starts_with(' ')) line.remove_prefix(1);
    if (!out.empty() && !joins) out += '\n';
    joins = line.ends_with(' ') && line != "-- " && !line.starts_with('>');
    out += joins && del_space ? line.substr(0, line.size() - 1) : line;
  }
  return out + '\n';
}

}  // namespace casus
