#include "article/text_form.h"

#include <algorithm>
#include <string>
#include <vector>

#include "article/json_reader.h"
#include "base/text.h"

namespace casus {
namespace {

bool begins(std::string_view text, std::string_view beginning) {
  return equals_ignoring_ascii_case(text.substr(0, beginning.size()), beginning);
}

bool is_name_char(char c) { return is_ascii_alpha(c) || is_ascii_digit(c) || c == '-' || c == ':' || c == '_' || c == '.'; }

/// The text behind `end`, which closes what it begins with; "" if nothing does.
std::string_view behind(std::string_view text, std::string_view end) {
  const size_t at = text.find(end);
  return at == std::string_view::npos ? "" : trim(text.substr(at + end.size()));
}

struct FirstElement {
  std::string name{};     ///< in small letters, without its prefix
  bool declared = false;  ///< behind an XML declaration
};

/// The first element of a document behind declarations and comments; the name that a document type gives counts as it.
FirstElement first_element(std::string_view text) {
  FirstElement element;
  while (text.starts_with('<')) {
    if (text.starts_with("<?")) {
      element.declared = element.declared || begins(text, "<?xml");
      text = behind(text, "?>");
    } else if (text.starts_with("<!--")) {
      text = behind(text, "-->");
    } else {
      text.remove_prefix(begins(text, "<!doctype") ? std::string_view("<!doctype").size() : 1);
      text = trim(text);
      const auto end = std::ranges::find_if_not(text, is_name_char);
      element.name = ascii_lowered(text.substr(0, static_cast<size_t>(end - text.begin())));
      element.name.erase(0, element.name.rfind(':') + 1);
      return element;
    }
  }
  return element;
}

/// Elements that pages and cut-outs of pages begin with.
constexpr std::string_view kHtmlElements[] = {"html",  "head",  "body", "title",   "meta",   "link", "script",
                                              "style", "div",   "main", "article", "p",      "h1",   "h2",
                                              "h3",    "table", "span", "nav",     "header", "base", "section"};

/// What the first element of a document tells.
struct RootElement {
  std::string_view name;
  FileForm form;
};
constexpr RootElement kRootElements[] = {{"rss", FileForm::kFeed},
                                         {"feed", FileForm::kFeed},
                                         {"rdf", FileForm::kFeed},
                                         {"urlset", FileForm::kSitemap},
                                         {"sitemapindex", FileForm::kSitemap},
                                         {"opml", FileForm::kSitemap},
                                         {"svg", FileForm::kImage}};

/// Lines of a mail's head: "Name: value", or the rest of the line above.
struct HeadCounts {
  size_t sure = 0;  ///< fields that only mails have
  size_t all = 0;   ///< fields that mails have
};
constexpr std::string_view kSureFields[] = {"received",     "return-path",    "message-id", "mime-version",
                                            "delivered-to", "dkim-signature", "from"};
constexpr std::string_view kOtherFields[] = {"to", "subject", "date", "reply-to", "sender", "content-type", "cc", "x-mailer"};

HeadCounts count_mail_fields(std::string_view text) {
  HeadCounts counts;
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty()) break;
    const size_t colon = line.find(':');
    if (line.starts_with(' ') || line.starts_with('\t')) continue;
    if (colon == std::string_view::npos || !std::ranges::all_of(line.substr(0, colon), is_name_char)) break;
    const std::string name = ascii_lowered(line.substr(0, colon));
    const bool sure = std::ranges::find(kSureFields, name) != std::end(kSureFields);
    counts.sure += sure;
    counts.all += sure || std::ranges::find(kOtherFields, name) != std::end(kOtherFields);
  }
  return counts;
}

bool is_mail(std::string_view text) {
  const HeadCounts counts = count_mail_fields(text);
  return counts.sure >= 1 && counts.all >= 2;
}

bool is_mailbox(std::string_view text) {
  const size_t newline = text.find('\n');
  return text.starts_with("From ") && newline != std::string_view::npos && count_mail_fields(text.substr(newline + 1)).all > 0;
}

std::string_view first_line(std::string_view text) { return trim(text.substr(0, text.find('\n'))); }

/// A cell of a first line without quotation marks, in small letters.
std::string cell_name(std::string_view cell) {
  cell = trim(cell);
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
  return ascii_lowered(cell);
}

}  // namespace

std::optional<FileForm> form_of_markup(std::string_view text) {
  if (begins(text, "{\\rtf")) return FileForm::kRtf;
  if (!text.starts_with('<')) return std::nullopt;
  const FirstElement element = first_element(text);
  const auto* root = std::ranges::find(kRootElements, element.name, &RootElement::name);
  if (root != std::end(kRootElements)) return root->form;
  if (std::ranges::find(kHtmlElements, element.name) != std::end(kHtmlElements) || begins(text, "<!doctype")) return FileForm::kHtml;
  if (element.declared) return FileForm::kXml;
  return std::nullopt;
}

std::optional<FileForm> form_of_json(std::string_view text, bool plain) {
  if (text.starts_with('[') && trim(text.substr(1)).starts_with('{')) return FileForm::kJson;
  if (text.starts_with('{') && (!plain || trim(text.substr(1)).starts_with('"')))
    return is_json_lines(text) ? FileForm::kJsonLines : FileForm::kJson;
  return std::nullopt;
}

std::optional<FileForm> form_of_lines(std::string_view text) {
  if (is_mailbox(text)) return FileForm::kMailbox;
  if (is_mail(text)) return FileForm::kMail;
  return std::nullopt;
}

bool is_index(std::string_view text) {
  return std::ranges::any_of(split(first_line(text), '\t'), [](std::string_view cell) { return cell_name(cell) == "file"; });
}

}  // namespace casus
