#include "article/feed_reader.h"

#include <algorithm>
#include <pugixml.hpp>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "article/html/html_decode.h"
#include "article/record_text.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr unsigned kParsing = pugi::parse_default | pugi::parse_ws_pcdata;
constexpr unsigned kMaxRepairs = 100;      ///< broken places in a feed behind which reading goes on
constexpr size_t kDeclarationBytes = 200;  ///< <?xml …?> is found within these
constexpr size_t kMaxPrefixes = 100;

/// The prefixes by which modules of feeds are known, for feeds that call them otherwise.
struct Module {
  std::string_view address;
  std::string_view prefix;
};
constexpr Module kModules[] = {{"http://purl.org/rss/1.0/modules/content/", "content:"},
                               {"http://purl.org/dc/elements/1.1/", "dc:"},
                               {"http://purl.org/dc/terms/", "dcterms:"},
                               {"http://www.w3.org/2005/Atom", ""},
                               {"http://purl.org/rss/1.0/", ""},
                               {"http://rssnamespace.org/feedburner/ext/1.0", "feedburner:"}};

/// What an element of an item says. Of several the one with the lowest rank counts.
struct Known {
  std::string_view name;
  RecordColumns::Meaning meaning;
};
constexpr Known kElements[] = {{"content:encoded", {RecordField::kText, 0}},
                               {"content", {RecordField::kText, 1}},
                               {"body", {RecordField::kText, 2}},
                               {"description", {RecordField::kSummary, 0}},
                               {"summary", {RecordField::kSummary, 1}},
                               {"dc:description", {RecordField::kSummary, 2}},
                               {"title", {RecordField::kTitle, 0}},
                               {"dc:title", {RecordField::kTitle, 1}},
                               {"pubDate", {RecordField::kPublished, 0}},
                               {"published", {RecordField::kPublished, 1}},
                               {"dc:date", {RecordField::kPublished, 2}},
                               {"issued", {RecordField::kPublished, 3}},
                               {"dcterms:issued", {RecordField::kPublished, 4}},
                               {"dcterms:created", {RecordField::kPublished, 5}},
                               {"created", {RecordField::kPublished, 6}},
                               {"updated", {RecordField::kUpdated, 0}},
                               {"modified", {RecordField::kUpdated, 1}},
                               {"dcterms:modified", {RecordField::kUpdated, 2}},
                               {"feedburner:origLink", {RecordField::kUrl, 0}},
                               {"guid", {RecordField::kId, 0}},
                               {"id", {RecordField::kId, 1}},
                               {"dc:identifier", {RecordField::kId, 2}},
                               {"dc:creator", {RecordField::kAuthors, 0}},
                               {"author", {RecordField::kAuthors, 1}},
                               {"dc:language", {RecordField::kLanguage, 0}},
                               {"source", {RecordField::kOutlet, 0}},
                               {"dc:source", {RecordField::kOutlet, 1}}};
constexpr RecordColumns::Meaning kLink{RecordField::kUrl, 1}, kPermanentGuid{RecordField::kUrl, 2}, kAbout{RecordField::kUrl, 3};
constexpr RecordColumns::Meaning kUpdatedOnly{RecordField::kPublished, 9}, kFeedLanguage{RecordField::kLanguage, 9};

/// Writes a subtree as markup.
class StringWriter : public pugi::xml_writer {
 public:
  void write(const void* data, size_t size) override { text.append(static_cast<const char*>(data), size); }
  std::string text{};
};

std::string_view local_name(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The text in an element; with elements in it (XHTML) their markup.
std::string content_of(pugi::xml_node node) {
  StringWriter out;
  const bool has_elements = std::ranges::any_of(node.children(), [](pugi::xml_node child) { return child.type() == pugi::node_element; });
  for (const pugi::xml_node child : node.children()) {
    if (has_elements && child.type() == pugi::node_element) {
      child.print(out, "", pugi::format_raw | pugi::format_no_declaration);
    } else {
      out.text += child.value();
    }
  }
  return std::move(out.text);
}

/// "Jane Doe" of "jane@post.example (Jane Doe)".
std::string_view author_name(std::string_view text) {
  text = trim(text);
  const size_t open = text.find('(');
  if (open == std::string_view::npos || !text.ends_with(')') || text.substr(0, open).find('@') == std::string_view::npos) return text;
  return text.substr(open + 1, text.size() - open - 2);
}

bool is_item(pugi::xml_node node) {
  const std::string_view name = local_name(node.name());
  return node.type() == pugi::node_element && (name == "item" || name == "entry");
}

/// The next node in the order of the document; what lies in `node` only if `inside`.
pugi::xml_node next_node(pugi::xml_node node, bool inside) {
  if (inside && node.first_child()) return node.first_child();
  while (node && !node.next_sibling()) node = node.parent();
  return node.next_sibling();
}

pugi::xml_node next_item(pugi::xml_node node, bool inside) {
  for (node = next_node(node, inside); node; node = next_node(node, true)) {
    if (is_item(node)) return node;
  }
  return {};
}

/// The name in encoding="…" of an XML declaration, or "".
std::string_view declared_encoding(std::string_view start) {
  start = start.substr(0, kDeclarationBytes);
  start = start.substr(0, start.find("?>"));
  const size_t at = start.find("encoding");
  if (!trim(start).starts_with("<?xml") || at == std::string_view::npos) return "";
  const size_t open = start.find_first_of("\"'", at);
  if (open == std::string_view::npos) return "";
  return start.substr(open + 1, start.find(start[open], open + 1) - open - 1);
}

}  // namespace

struct FeedReader::Impl {
  explicit Impl(LineReader reader) : input(std::move(reader)) {}

  /// Parses from `begin` on, where the feed or one of its items begins.
  void parse(size_t begin) {
    part_begin = begin;
    const std::string_view part = std::string_view(text).substr(begin);
    const unsigned parsing = begin == 0 ? kParsing : kParsing | pugi::parse_fragment;
    const pugi::xml_parse_result result = document.load_buffer(part.data(), part.size(), parsing, pugi::encoding_utf8);
    // Items that were looked for have no root, and the tags that end it stand alone.
    fault = result ? "" : result.description();
    fault_at = begin + static_cast<size_t>(std::max<ptrdiff_t>(result.offset, 0));
    node = document;
    inside = true;
  }

  [[nodiscard]] uint64_t line_at(size_t offset) {
    if (offset < counted_to) counted_to = 0, lines_counted = 1;
    const auto begin = text.begin() + static_cast<ptrdiff_t>(counted_to), end = text.begin() + static_cast<ptrdiff_t>(offset);
    lines_counted += static_cast<uint64_t>(std::count(begin, end, '\n'));
    counted_to = offset;
    return lines_counted;
  }

  [[nodiscard]] size_t offset_of(pugi::xml_node item) const {
    return std::min(part_begin + static_cast<size_t>(std::max<ptrdiff_t>(item.offset_debug(), 0)), text.size());
  }

  /// Whether the XML broke before the item was closed.
  [[nodiscard]] bool is_broken(pugi::xml_node item) const {
    if (fault.empty()) return false;
    const size_t begin = offset_of(item);
    const std::string closing = "</" + std::string(item.name());
    const size_t end = text.find(closing, begin);
    return end == std::string::npos || end >= fault_at;
  }

  /// Where behind `from` an item begins; npos if nowhere.
  [[nodiscard]] size_t find_item(size_t from) const {
    size_t best = std::string::npos;
    for (const std::string_view name : {"<item", "<entry"}) {
      size_t at = from;
      while ((at = text.find(name, at)) != std::string::npos) {
        const char behind = at + name.size() < text.size() ? text[at + name.size()] : '\0';
        if (behind == '>' || behind == ' ' || behind == '\n' || behind == '\t' || behind == '\r') break;
        ++at;
      }
      best = std::min(best, at);
    }
    return best;
  }

  void read_head() {
    for (pugi::xml_node root : document.children()) {
      if (root.type() != pugi::node_element) continue;
      const std::string_view name = local_name(root.name());
      is_atom = name == "feed";
      is_feed = is_atom || name == "rss" || name == "RDF" || name == "channel";
      read_prefixes(root);
      const pugi::xml_node channel = is_atom || name == "channel" ? root : find_child(root, "channel");
      for (const pugi::xml_node child : channel.children()) {
        if (std::string_view(child.name()) == "title" && title.empty()) title = content_of(child);
        if (local_name(child.name()) == "language") language = child.child_value();
      }
      if (language.empty()) language = root.attribute("xml:lang").value();
      return;
    }
  }

  static pugi::xml_node find_child(pugi::xml_node node, std::string_view name) {
    return node.find_child([&](pugi::xml_node child) { return local_name(child.name()) == name; });
  }

  void read_prefixes(pugi::xml_node root) {
    for (const pugi::xml_attribute attribute : root.attributes()) {
      const std::string_view name = attribute.name();
      if (!name.starts_with("xmlns:") || prefixes.size() == kMaxPrefixes) continue;
      const auto* module = std::ranges::find(kModules, std::string_view(attribute.value()), &Module::address);
      if (module != std::end(kModules)) prefixes.emplace(std::string(name.substr(6)) + ":", module->prefix);
    }
  }

  /// The name of an element with the usual prefix.
  [[nodiscard]] std::string usual_name(std::string_view name) const {
    const size_t colon = name.find(':');
    if (colon == std::string_view::npos) return std::string(name);
    const auto found = prefixes.find(std::string(name.substr(0, colon + 1)));
    return found == prefixes.end() ? std::string(name) : std::string(found->second) + std::string(name.substr(colon + 1));
  }

  void read_item(pugi::xml_node item, RecordValues& values) const {
    for (const pugi::xml_node child : item.children()) {
      if (child.type() == pugi::node_element) read_element(usual_name(child.name()), child, values);
    }
    values.offer(kUpdatedOnly, values.first(RecordField::kUpdated));
    values.offer(kAbout, item.attribute("rdf:about").value());
    values.offer(kFeedLanguage, language);
  }

  static void read_element(const std::string& name, pugi::xml_node element, RecordValues& values) {
    if (name == "link") return read_link(element, values);
    const auto* known = std::ranges::find(kElements, name, &Known::name);
    if (known == std::end(kElements)) return;
    if (name == "author" || name == "source") {
      const pugi::xml_node inner = find_child(element, name == "author" ? "name" : "title");
      const std::string text = content_of(inner ? inner : element);
      return values.offer(known->meaning, name == "author" ? author_name(text) : std::string_view(text), name == "author");
    }
    const std::string text = content_of(element);
    values.offer(known->meaning, text, known->meaning.field == RecordField::kAuthors);
    const bool is_permanent = name == "guid" && std::string_view(element.attribute("isPermaLink").value()) != "false";
    if (is_permanent && trim(text).starts_with("http")) values.offer(kPermanentGuid, text);
  }

  static void read_link(pugi::xml_node element, RecordValues& values) {
    const std::string_view relation = element.attribute("rel").value(), address = element.attribute("href").value();
    if (relation.empty() || relation == "alternate") values.offer(kLink, address.empty() ? element.child_value() : address);
  }

  LineReader input;
  std::string text{};
  pugi::xml_document document{};
  pugi::xml_node node{};  ///< the last item that was handed on, or the document
  bool inside = false;    ///< the next item may lie in `node`
  bool is_open = false;
  bool is_atom = false, is_feed = false;
  std::string title{}, language{};
  std::unordered_map<std::string, std::string_view> prefixes{};
  std::string fault{};  ///< what is wrong with the XML, or ""
  size_t fault_at = 0;
  size_t part_begin = 0;
  unsigned repairs = 0;
  size_t counted_to = 0;
  uint64_t lines_counted = 1;
  uint64_t number = 0;
};

FeedReader::FeedReader(LineReader input, const ArticleOptions& options, ArticleFields known)
    : RecordReader(input.name(), "rss", options, std::move(known)), impl_(std::make_unique<Impl>(std::move(input))) {}
FeedReader::~FeedReader() = default;

uint64_t FeedReader::bytes_read() const { return impl_->input.bytes_read(); }

bool FeedReader::open() {
  Impl& feed = *impl_;
  feed.is_open = true;
  Result<std::string> bytes = feed.input.read_rest(options().max_feed_bytes);
  if (!bytes) {
    put_error(std::move(bytes).error());
    return false;
  }
  DecodedHtml decoded;
  decode_html(*bytes, declared_encoding(*bytes), decoded);
  feed.text = std::string(decoded.text);
  for (Warning& warning : decoded.warnings) warnings_.push_back(std::move(warning));
  feed.parse(0);
  feed.read_head();
  if (feed.is_feed) return true;
  put_error(bad_record(feed.fault.empty() ? "is XML and no feed" : "is broken XML: " + feed.fault, feed.line_at(feed.fault_at)));
  return false;
}

bool FeedReader::read_more() {
  Impl& feed = *impl_;
  if (ended_) return false;
  if (!feed.is_open && !open()) {
    ended_ = true;
    return true;
  }
  feed.node = next_item(feed.node, std::exchange(feed.inside, false));
  if (feed.node && !feed.is_broken(feed.node)) {
    put_item();
    return true;
  }
  ended_ = feed.fault.empty() || !repair();
  return true;
}

void FeedReader::put_item() {
  Impl& feed = *impl_;
  const uint64_t line = feed.line_at(feed.offset_of(feed.node));
  RecordValues values;
  feed.read_item(feed.node, values);
  ArticleFields here = known_of(line, std::to_string(++feed.number));
  if (!trim(feed.title).empty()) here.outlet = plain_line(feed.title, columns());
  here.form = feed.is_atom ? "atom" : "rss";
  put_record(values, std::move(here), std::exchange(warnings_, {}));
}

/// Says what is broken, and goes on at the next item behind it. False if there is none.
bool FeedReader::repair() {
  Impl& feed = *impl_;
  // Items that were looked for stand alone; the tags behind them close what was around them, which is no fault.
  const bool in_item = !feed.node.empty();
  const bool is_fault = in_item || feed.part_begin == 0;
  const size_t begin = in_item ? feed.offset_of(feed.node) : feed.fault_at;
  if (is_fault) {
    ++feed.number;
    const std::string_view lost = in_item ? "; the item that begins here is lost" : "; what stands before was read";
    put_error(bad_record("is broken XML: " + feed.fault + std::string(lost), feed.line_at(begin)));
  }
  const size_t next = feed.find_item(begin);
  if (next == std::string::npos) return false;
  if (++feed.repairs > kMaxRepairs) {
    put_error(bad_record("is broken in more than " + std::to_string(kMaxRepairs) + " places; the rest is not read", feed.line_at(next)));
    return false;
  }
  feed.parse(next);
  return true;
}

}  // namespace casus
