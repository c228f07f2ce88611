#include "cli/parse_formats.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "cli/text_width.h"
#include "language/unicode.h"

namespace casus {
namespace {

constexpr uint8_t kIobInside = 1;
constexpr uint8_t kIobBegin = 3;

bool is_blank(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (!unicode::is_space(decode_utf8(text, at))) return false;
  }
  return true;
}

std::string entity_tag(const Document& doc, const Token& token) {
  if (token.ent_iob != kIobBegin && token.ent_iob != kIobInside) return {};
  return (token.ent_iob == kIobBegin ? "B-" : "I-") + std::string(doc.ent_type(token));
}

// Everything that some reader takes for the end of a line (Python's splitlines has the longest list), beside white space.
bool is_line_end(char32_t c) { return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029; }

// A text in a comment or field, where a line end or a tab would break the format.
std::string in_one_field(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    append_utf8(c == '\t' || is_line_end(c) ? U' ' : c, out);
  }
  return out;
}

std::string or_underscore(std::string_view text) { return text.empty() ? "_" : in_one_field(text); }

// The escapes of UDPipe's SpacesAfter, and \uXXXX for line ends that those lack.
std::string escape_spaces(std::string_view spaces) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (size_t at = 0; at < spaces.size();) {
    const char32_t c = decode_utf8(spaces, at);
    switch (c) {
      case ' ': out += "\\s"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      default:
        if (is_line_end(c)) {
          out += "\\u";
          for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[(c >> shift) & 15];
        } else {
          append_utf8(c, out);
        }
    }
  }
  return out;
}

// The white space at the beginning of `text`.
std::string_view leading_spaces(std::string_view text) {
  size_t end = 0;
  for (size_t at = 0; at < text.size(); end = at) {
    if (!unicode::is_space(decode_utf8(text, at))) break;
  }
  return text.substr(0, end);
}

/// CoNLL-U of one document. Rows are the tokens that are more than white space.
class ConlluWriter {
 public:
  ConlluWriter(const Document& doc, std::string& out) : doc_(doc), tokens_(doc.tokens()), text_(doc.article().text()), out_(out) {
    row_.resize(tokens_.size());
    for (const Sentence& sentence : doc.sentences()) number_rows(sentence);
  }

  void write() {
    size_t number = 0;
    for (const Sentence& sentence : doc_.sentences()) {
      const auto begin = row_.begin() + sentence.begin;
      const auto end = row_.begin() + sentence.end;
      if (std::all_of(begin, end, [](uint32_t row) { return row == 0; })) continue;
      write_comments(sentence, ++number);
      for (uint32_t i = sentence.begin; i < sentence.end; ++i) {
        if (row_[i] > 0) write_row(i);
      }
      out_ += '\n';
    }
  }

 private:
  void number_rows(const Sentence& sentence) {
    uint32_t row = 0;
    for (uint32_t i = sentence.begin; i < sentence.end; ++i) {
      if (!is_blank(doc_.text(tokens_[i]))) row_[i] = ++row;
    }
  }

  void write_comments(const Sentence& sentence, size_t number) {
    std::string id = in_one_field(doc_.article().fields().id);
    if (number == 1) out_ += "# newdoc id = " + id + "\n";
    std::ranges::replace(id, ' ', '_');
    out_ += "# sent_id = " + id + "-" + std::to_string(number) + "\n";
    out_ += "# text = " + in_one_field(doc_.span(sentence).in(text_)) + "\n";
  }

  // A head that has no row (white space heads nothing in a sound parse, but a model may say so) is passed over to its own.
  uint32_t head_row(uint32_t index) const {
    uint32_t head = tokens_[index].head;
    for (size_t step = 0; row_[head] == 0 && tokens_[head].head != head && step < tokens_.size(); ++step) head = tokens_[head].head;
    return head == index ? 0 : row_[head];
  }

  std::string misc(uint32_t index) {
    std::string misc;
    const auto add = [&](const std::string& item) { misc += (misc.empty() ? "" : "|") + item; };
    const Token& token = tokens_[index];
    if (const std::string tag = entity_tag(doc_, token); !tag.empty()) add("ner=" + tag);
    const std::string_view after = leading_spaces(std::string_view(text_).substr(token.span.end));
    if (after.empty() && token.span.end < text_.size()) add("SpaceAfter=No");
    if (!after.empty() && after != " ") add("SpacesAfter=" + escape_spaces(after));
    if (!first_row_written_) {
      const std::string_view before = leading_spaces(std::string_view(text_).substr(0, token.span.begin));
      if (!before.empty() && before.size() == token.span.begin) add("SpacesBefore=" + escape_spaces(before));
    }
    first_row_written_ = true;
    return misc.empty() ? "_" : misc;
  }

  void write_row(uint32_t index) {
    const Token& token = tokens_[index];
    const std::array<std::string, 10> fields = {std::to_string(row_[index]),
                                                or_underscore(doc_.text(token)),
                                                or_underscore(token.lemma),
                                                or_underscore(pos_name(token.pos)),
                                                or_underscore(doc_.tag(token)),
                                                or_underscore(doc_.morph(token)),
                                                std::to_string(head_row(index)),
                                                or_underscore(doc_.dep(token)),
                                                "_",
                                                misc(index)};
    for (size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) out_ += '\t';
      out_ += fields[i];
    }
    out_ += '\n';
  }

  const Document& doc_;
  std::span<const Token> tokens_;
  std::string_view text_;
  std::string& out_;
  std::vector<uint32_t> row_;  // of each token in its sentence, from 1; 0 for white space
  bool first_row_written_ = false;
};

constexpr size_t kColumnCount = 8;
using TableRow = std::array<std::string, kColumnCount>;

// Lines are cut at `columns`, unless it is 0.
void append_table(const std::vector<TableRow>& rows, size_t columns, std::string& out) {
  std::array<size_t, kColumnCount> widths{};
  for (const TableRow& row : rows) {
    for (size_t i = 0; i < kColumnCount; ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  for (const TableRow& row : rows) {
    std::string line;
    for (size_t i = 0; i < kColumnCount; ++i) append_padded("  " + row[i], i + 1 < kColumnCount ? widths[i] + 2 : 0, line);
    line.erase(line.find_last_not_of(' ') + 1);
    out += columns > 0 ? fit(line, columns) : line;
    out += '\n';
  }
}

// White-space tokens are shown by their escapes.
std::string shown(std::string_view text) { return is_blank(text) ? escape_spaces(text) : one_line(text); }

}  // namespace

void append_conllu(const Document& doc, std::string& out) { ConlluWriter(doc, out).write(); }

void append_token_json(const Document& doc, const Token& token, JsonWriter& json) {
  json.begin_object().field("text", doc.text(token));
  json.key("begin").number(token.span.begin).key("end").number(token.span.end);
  json.field("lemma", token.lemma).field("tag", doc.tag(token)).field("pos", pos_name(token.pos)).field("morph", doc.morph(token));
  json.field("dep", doc.dep(token)).key("head").number(token.head).field("ent", entity_tag(doc, token));
  json.key("space_after").boolean(token.space_after).end_object();
}

void append_parse_json(const Document& doc, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("id", doc.article().fields().id).key("sentences").begin_array();
  for (const Sentence& sentence : doc.sentences()) json.begin_array().number(sentence.begin).number(sentence.end).end_array();
  json.end_array().key("tokens").begin_array();
  for (const Token& token : doc.tokens()) append_token_json(doc, token, json);
  json.end_array().end_object();
  out += '\n';
}

void append_sentence_table(const Document& doc, const Sentence& sentence, size_t columns, std::string& out) {
  std::vector<TableRow> rows = {{"#", "TOKEN", "LEMMA", "TAG", "POS", "RELATION", "HEAD", "ENTITY"}};
  for (uint32_t i = sentence.begin; i < sentence.end; ++i) {
    const Token& token = doc.tokens()[i];
    const bool is_root = token.head == i;
    const std::string head =
        is_root ? "–" : std::to_string(token.head - sentence.begin + 1) + " " + shown(doc.text(doc.tokens()[token.head]));
    rows.push_back({std::to_string(i - sentence.begin + 1), shown(doc.text(token)), shown(token.lemma), std::string(doc.tag(token)),
                    std::string(pos_name(token.pos)), std::string(doc.dep(token)), head, entity_tag(doc, token)});
  }
  append_table(rows, columns, out);
}

void append_parse_table(const Document& doc, std::string& out) {
  for (size_t i = 0; i < doc.sentences().size(); ++i) {
    const Sentence& sentence = doc.sentences()[i];
    out += one_line(doc.article().fields().id) + " · sentence " + std::to_string(i + 1) + ": ";
    out += one_line(doc.span(sentence).in(doc.article().text())) + "\n";
    append_sentence_table(doc, sentence, 0, out);
    out += '\n';
  }
}

}  // namespace casus
