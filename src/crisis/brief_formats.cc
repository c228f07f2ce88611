#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"
#include "crisis/brief.h"
#include "crisis/day_span.h"
#include "crisis/view_records.h"

namespace casus {
namespace {

std::string quoted(const std::string& words) { return words.empty() ? "" : " “" + words + "”"; }

/// "[one outlet: DW, 12 February]"
std::string sources_of(const BriefLine& line, const Wording& wording) {
  if (line.articles.empty()) return "";
  return " [" + (line.one_outlet ? wording.sole_source_words(line.articles) : "") + wording.sources_text(line.articles) + "]";
}

std::string full_text(const BriefLine& line, const Wording& wording) { return line.text + quoted(line.words) + sources_of(line, wording); }

std::string more_text(const BriefSection& section) { return section.more == 0 ? "" : "and " + std::to_string(section.more) + " more"; }

/// Lines of whole words; the first begins where `out` ends, the others after `indent` blanks.
void append_wrapped(const std::string& text, size_t indent, size_t columns, std::string& out) {
  size_t used = indent;
  bool first = true;
  for (const std::string_view word : split_words(text)) {
    const size_t width =
        static_cast<size_t>(std::ranges::count_if(word, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    if (!first && used + 1 + width > columns) {
      out += '\n';
      out.append(indent, ' ');
      used = indent;
      first = true;
    }
    if (!first) out += ' ';
    out += word;
    used += width + (first ? 0 : 1);
    first = false;
  }
  out += '\n';
}

void append_escaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(text, out);
  return out;
}

/// What would begin or end mark-up within a line.
std::string markdown_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '*' || c == '_' || c == '`' || c == '[' || c == ']' || c == '<' || c == '#' || c == '|') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

void append_brief_text(const Brief& brief, const Wording& wording, size_t columns, std::string& out) {
  append_wrapped(brief.title, 0, columns, out);
  append_wrapped(brief.basis, 0, columns, out);
  for (const BriefSection& section : brief.sections) {
    out += '\n';
    append_wrapped(section.title, 0, columns, out);
    for (const BriefLine& line : section.lines) {
      out += "- ";
      append_wrapped(full_text(line, wording), 2, columns, out);
    }
    if (section.more > 0) out += "  " + more_text(section) + "\n";
  }
}

void append_brief_markdown(const Brief& brief, const Wording& wording, std::string& out) {
  out += "# " + markdown_text(brief.title) + "\n\n" + markdown_text(brief.basis) + "\n";
  for (const BriefSection& section : brief.sections) {
    out += "\n## " + markdown_text(section.title) + "\n\n";
    for (const BriefLine& line : section.lines) out += "- " + markdown_text(full_text(line, wording)) + "\n";
    if (section.more > 0) out += "- " + more_text(section) + "\n";
  }
}

void append_brief_html(const Brief& brief, const Wording& wording, std::string& out) {
  out += "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + escaped(brief.title) +
         "</title>\n</head>\n<body>\n";
  out += "<h1>" + escaped(brief.title) + "</h1>\n<p>" + escaped(brief.basis) + "</p>\n";
  for (const BriefSection& section : brief.sections) {
    out += "<h2>" + escaped(section.title) + "</h2>\n<ul>\n";
    for (const BriefLine& line : section.lines) {
      out += "<li>" + escaped(line.text);
      if (!line.words.empty()) out += " <q>" + escaped(line.words) + "</q>";
      out += " <small>" + escaped(sources_of(line, wording)) + "</small></li>\n";
    }
    if (section.more > 0) out += "<li>" + more_text(section) + "</li>\n";
    out += "</ul>\n";
  }
  out += "</body>\n</html>\n";
}

void append_brief_json(const Brief& brief, const Crisis& crisis, std::string& out) {
  std::vector<Record> sections;
  for (const BriefSection& section : brief.sections) {
    std::vector<Record> lines;
    for (const BriefLine& line : section.lines) {
      std::vector<Record> sources;
      sources.reserve(line.articles.size());
      for (const uint32_t article : line.articles) sources.push_back(source_record(crisis.articles[article]));
      Record record;
      record.add("text", line.text).add("words", line.words).add("one_outlet", line.one_outlet).add("incidents", line.incidents);
      lines.push_back(record.add("sources", std::move(sources)));
    }
    Record record;
    record.add("title", section.title).add("lines", std::move(lines));
    sections.push_back(record.add("more", static_cast<int64_t>(section.more)));
  }
  Record record;
  record.add("record", "brief").add("title", brief.title).add("as_of", day_text(crisis.as_of)).add("basis", brief.basis);
  append_json(record.add("sections", std::move(sections)), out);
  out += '\n';
}

}  // namespace casus
