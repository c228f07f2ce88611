#include "article/html/linked_data.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

#include "article/html/html_text.h"
#include "base/text.h"

namespace casus {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;
using Field = PageFields::Field;
using Kind = PageFields::LinkedKind;

constexpr size_t kMaxDepth = 64;
constexpr size_t kMaxArticles = 64;  // of a page; a list of what else there is to read can be long
constexpr size_t kMaxAuthors = 32;
constexpr size_t kMaxValueBytes = 4096;

/// Writes JSON that simdjson takes: what is not quite JSON in pages is mended on the way.
class Mender {
 public:
  explicit Mender(std::string_view json) : json_(json) { out_.reserve(json.size()); }

  std::string mend() {
    while (at_ < json_.size()) {
      if (in_string_) {
        take_in_string();
      } else if (!skip_wrapping()) {
        take_outside();
      }
    }
    return std::move(out_);
  }

 private:
  void take_in_string() {
    const char c = json_[at_++];
    if (c == '\\' && at_ < json_.size()) {
      const char next = json_[at_++];
      if (std::string_view("\"\\/bfnrtu").find(next) != std::string_view::npos) out_ += '\\';
      out_ += static_cast<unsigned char>(next) < ' ' ? ' ' : next;
      return;
    }
    if (c == '"') in_string_ = false;
    out_ += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }

  void take_outside() {
    const char c = json_[at_++];
    if (c == '"') in_string_ = true;
    if (c == '}' || c == ']') drop_last_comma();
    out_ += c;
  }

  void drop_last_comma() {
    size_t end = out_.size();
    while (end > 0 && static_cast<unsigned char>(out_[end - 1]) <= ' ') --end;
    if (end > 0 && out_[end - 1] == ',') out_[end - 1] = ' ';
  }

  /// Passes over comments and what hides scripts from old browsers.
  bool skip_wrapping() {
    const std::string_view rest = json_.substr(at_);
    for (const std::string_view mark : {"<!--", "-->", "<![CDATA[", "]]>", ";"}) {
      if (rest.starts_with(mark) && (mark != "]]>" || rest.find_first_of("}]", 3) == std::string_view::npos)) return skip(mark.size());
    }
    if (rest.starts_with("/*")) return skip(std::min(rest.find("*/", 2), rest.size() - 2) + 2);
    if (rest.starts_with("//")) return skip(std::min(rest.find('\n'), rest.size()));
    return false;
  }
  bool skip(size_t bytes) {
    at_ += bytes;
    return true;
  }

  std::string_view json_;
  std::string out_;
  size_t at_ = 0;
  bool in_string_ = false;
};

/// A value as a reader would see it: references of HTML that crept into JSON are resolved.
std::string plain(std::string_view text) {
  text = cut_text(text, kMaxValueBytes);
  if (text.find('&') != std::string_view::npos || text.find('<') != std::string_view::npos) return html_to_text(text);
  std::string out;
  append_squeezed(text, out);
  return std::string(trim(out));
}

/// A value of isAccessibleForFree and its like that means no, also as the text that many pages write.
bool is_no(std::string_view value) { return equals_ignoring_ascii_case(value, "false") || equals_ignoring_ascii_case(value, "no"); }

std::optional<std::string_view> text_of(const element& object, std::string_view key) {
  std::string_view text;
  if (object.type() != element_type::OBJECT || object.at_key(key).get_string().get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

/// Reads the articles out of one parsed text.
class Reader {
 public:
  Reader(const PageFields& fields, LinkedData& data) : fields_(fields), data_(data) {}

  void read(const element& root, Kind given) {
    std::vector<Place> stack{{.value = root}};
    std::vector<std::pair<element, Kind>> found;
    while (!stack.empty()) {
      const Place here = stack.back();
      stack.pop_back();
      if (here.depth > kMaxDepth) continue;
      if (here.value.type() == element_type::ARRAY) push_all(here, stack);
      if (here.value.type() != element_type::OBJECT) continue;
      const Kind kind = given != Kind::kNone && here.depth == 0 ? given : kind_of(here.value);
      note(here.value, kind);
      if (here.is_page && kind != Kind::kNone) found.emplace_back(here.value, kind);
      push_inner(here, kind, stack);
    }
    for (const auto& [object, kind] : found) {
      if (data_.articles.size() < kMaxArticles) add(object, kind);
    }
  }

 private:
  struct Place {
    element value{};
    size_t depth = 0;
    bool is_page = true;  ///< the page or a part of it, and nothing that it only points to
  };

  /// What counts wherever it stands.
  void note(const element& object, Kind kind) {
    if (kind == Kind::kLive) data_.has_live_blog = true;
    const auto id = text_of(object, "@id");
    if (id && object.at_key("name").error() == simdjson::SUCCESS) by_id_.emplace(*id, object);
  }

  static void push_all(const Place& list, std::vector<Place>& stack) {
    const size_t begin = stack.size();
    for (const element item : simdjson::dom::array(list.value)) stack.push_back({item, list.depth + 1, list.is_page});
    std::reverse(stack.begin() + static_cast<ptrdiff_t>(begin), stack.end());
  }

  /// Where an object that is no article itself may have one: the last of the names is looked into first.
  static bool leads_to_article(std::string_view key, Kind kind) {
    if (key == "@graph" || key == "@included") return true;
    return kind != Kind::kArticle && (key == "mainEntity" || key == "mainEntityOfPage" || key == "subjectOf");
  }

  void push_inner(const Place& object, Kind kind, std::vector<Place>& stack) {
    const size_t begin = stack.size();
    for (const auto& [key, value] : simdjson::dom::object(object.value)) {
      const auto use = fields_.linked_key(key);
      if (use && use->field == Field::kFree && says_no(value)) data_.is_for_subscribers = true;
      if (value.type() != element_type::OBJECT && value.type() != element_type::ARRAY) continue;
      stack.push_back({value, object.depth + 1, object.is_page && leads_to_article(key, kind)});
    }
    std::reverse(stack.begin() + static_cast<ptrdiff_t>(begin), stack.end());
  }

  static bool says_no(const element& value) {
    if (value.type() == element_type::BOOL) return !bool(value);
    return value.type() == element_type::STRING && is_no(std::string_view(value));
  }

  [[nodiscard]] Kind kind_of(const element& object) const {
    element type;
    if (object.at_key("@type").get(type) != simdjson::SUCCESS && object.at_key("type").get(type) != simdjson::SUCCESS) return Kind::kNone;
    if (type.type() == element_type::STRING) return fields_.linked_type(std::string_view(type));
    Kind kind = Kind::kNone;
    if (type.type() != element_type::ARRAY) return kind;
    for (const element item : simdjson::dom::array(type)) {
      if (item.type() == element_type::STRING) kind = std::max(kind, fields_.linked_type(std::string_view(item)));
    }
    return kind;
  }

  void add(const element& object, Kind kind) {
    LinkedArticle article{.kind = kind};
    std::array<uint32_t, 16> ranks;
    ranks.fill(std::numeric_limits<uint32_t>::max());
    for (const auto& [key, value] : simdjson::dom::object(object)) {
      const std::optional<PageFields::Use> use = fields_.linked_key(key);
      if (!use || use->rank >= ranks[static_cast<size_t>(use->field)]) continue;
      if (take(value, use->field, article)) ranks[static_cast<size_t>(use->field)] = use->rank;
    }
    data_.articles.push_back(std::move(article));
  }

  /// Whether there was something to take.
  bool take(const element& value, Field field, LinkedArticle& article) {
    if (field == Field::kAuthors) {
      article.authors.clear();
      take_authors(value, article.authors);
      return !article.authors.empty();
    }
    if (field == Field::kText) {
      if (value.type() == element_type::STRING) article.text = std::string_view(value);
      return !article.text.empty();
    }
    std::string* target = target_of(field, article);
    if (target == nullptr) return false;
    std::string text = value_text(value, field == Field::kUrl ? "@id" : "name");
    if (text.empty()) return false;
    *target = std::move(text);
    return true;
  }

  static std::string* target_of(Field field, LinkedArticle& article) {
    switch (field) {
      case Field::kTitle: return &article.title;
      case Field::kPublished: return &article.published;
      case Field::kUpdated: return &article.updated;
      case Field::kOutlet: return &article.outlet;
      case Field::kUrl: return &article.url;
      case Field::kSection: return &article.section;
      case Field::kLanguage: return &article.language;
      case Field::kDate:
      case Field::kAuthors:
      case Field::kFree:
      case Field::kText:
      case Field::kJson: return nullptr;
    }
    return nullptr;
  }

  /// A string, a number, the first of a list, or what an object is called.
  [[nodiscard]] std::string value_text(element value, std::string_view key) const {
    for (size_t depth = 0; depth < 4; ++depth) {
      if (value.type() == element_type::STRING) return plain(std::string_view(value));
      if (value.type() == element_type::INT64) return std::to_string(int64_t(value));
      if (value.type() == element_type::OBJECT) return object_text(value, key);
      element first;
      if (value.type() != element_type::ARRAY || value.at(0).get(first) != simdjson::SUCCESS) return "";
      value = first;
    }
    return "";
  }

  [[nodiscard]] std::string object_text(const element& object, std::string_view key) const {
    if (const auto text = text_of(object, key)) return plain(*text);
    element list;  // names in several languages, or one in a list
    if (object.at_key(key).get(list) == simdjson::SUCCESS && list.type() == element_type::ARRAY) return value_text(list, key);
    const auto id = text_of(object, "@id");
    const auto known = id ? by_id_.find(*id) : by_id_.end();
    if (known == by_id_.end()) return "";
    const auto text = text_of(known->second, key);
    return text ? plain(*text) : "";
  }

  void take_authors(const element& value, std::vector<std::string>& authors) const {
    const auto add_one = [&](const element& author) {
      std::string name = value_text(author, "name");
      if (!name.empty() && authors.size() < kMaxAuthors) authors.push_back(std::move(name));
    };
    if (value.type() != element_type::ARRAY) return add_one(value);
    for (const element author : simdjson::dom::array(value)) add_one(author);
  }

  const PageFields& fields_;
  LinkedData& data_;
  std::unordered_map<std::string_view, element> by_id_;
};

/// Where the value of the first `"key":` at or behind `from` begins in what is no JSON; npos if there is none.
size_t scan_for_value(std::string_view json, std::string_view key, size_t from = 0) {
  const std::string quoted = "\"" + std::string(key) + "\"";
  for (size_t at = json.find(quoted, from); at != std::string_view::npos; at = json.find(quoted, at + 1)) {
    const size_t colon = json.find_first_not_of(" \t\r\n", at + quoted.size());
    if (colon == std::string_view::npos || json[colon] != ':') continue;
    return json.find_first_not_of(" \t\r\n[", colon + 1);
  }
  return std::string_view::npos;
}

/// The string behind `"key":` in what is no JSON; "" if there is none.
std::string scan_for(std::string_view json, std::string_view key) {
  size_t at = scan_for_value(json, key);
  if (at == std::string_view::npos || json[at] != '"') return "";
  std::string value;
  for (++at; at < json.size() && json[at] != '"' && value.size() < kMaxValueBytes; ++at) {
    if (json[at] == '\\' && json.substr(at, 2) == "\\u") return "";  // a sign that may be half of one
    if (json[at] == '\\') ++at;
    if (at < json.size()) value += json[at];
  }
  return plain(value);
}

/// What counts wherever it stands, out of what is no JSON.
void scan_for_notes(std::string_view json, const PageFields& fields, LinkedData& data) {
  for (size_t at = scan_for_value(json, "@type"); at != std::string_view::npos; at = scan_for_value(json, "@type", at)) {
    const size_t end = json[at] == '"' ? json.find('"', at + 1) : std::string_view::npos;
    if (end != std::string_view::npos && fields.linked_type(json.substr(at + 1, end - at - 1)) == Kind::kLive) data.has_live_blog = true;
  }
  const size_t free = scan_for_value(json, "isAccessibleForFree");
  if (free == std::string_view::npos) return;
  std::string_view value = json.substr(json[free] == '"' ? free + 1 : free);
  value = value.substr(0, value.find_first_of("\",}] \t\r\n"));
  if (is_no(value)) data.is_for_subscribers = true;
}

bool is_script_with_json(const HtmlTree& tree, uint32_t node) {
  return tree[node].tag == HtmlTag::kScript && tree[node + 1].parent == node;
}

bool is_linked_data(const HtmlTree& tree, uint32_t script) {
  return ascii_lowered(tree.attribute(script, HtmlAttribute::kType).substr(0, 64)).find("ld+json") != std::string::npos;
}

/// Takes the text of an object whose title is the right one, if it is longer than what there is.
void take_text_of(const element& object, const PageFields& fields, const std::function<bool(std::string_view)>& is_title,
                  std::string& longest) {
  bool has_title = false;
  std::string_view text;
  for (const auto& [key, value] : simdjson::dom::object(object)) {
    if (value.type() != element_type::STRING) continue;
    const auto use = fields.linked_key(key);
    const std::string_view own(value);
    if (use && use->field == Field::kTitle) has_title = has_title || is_title(own);
    if (fields.is_state_text(key) && own.size() > text.size()) text = own;
  }
  if (has_title && text.size() > longest.size()) longest = text;
}

void take_state_text(const element& root, const PageFields& fields, const std::function<bool(std::string_view)>& is_title,
                     std::string& longest) {
  std::vector<std::pair<element, size_t>> stack{{root, 0}};
  while (!stack.empty()) {
    const auto [here, depth] = stack.back();
    stack.pop_back();
    if (depth > kMaxDepth) continue;
    if (here.type() == element_type::OBJECT) {
      take_text_of(here, fields, is_title, longest);
      for (const auto& [key, value] : simdjson::dom::object(here)) stack.emplace_back(value, depth + 1);
    }
    if (here.type() != element_type::ARRAY) continue;
    for (const element item : simdjson::dom::array(here)) stack.emplace_back(item, depth + 1);
  }
}

}  // namespace

void read_linked_text(std::string_view json, const PageFields& fields, Kind kind, LinkedData& data) {
  const std::string mended = Mender(json).mend();
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(mended).get(root) == simdjson::SUCCESS) return Reader(fields, data).read(root, kind);
  scan_for_notes(mended, fields, data);
  LinkedArticle article{.kind = Kind::kPage,  // whose keys these are nobody knows
                        .title = scan_for(mended, "headline"),
                        .published = scan_for(mended, "datePublished"),
                        .updated = scan_for(mended, "dateModified")};
  if (!article.title.empty() || !article.published.empty()) data.articles.push_back(std::move(article));
}

LinkedData read_linked_data(const HtmlTree& tree, const PageFields& fields) {
  LinkedData data;
  for (uint32_t i = 0; i + 1 < tree.size(); ++i) {
    if (is_script_with_json(tree, i) && is_linked_data(tree, i)) read_linked_text(tree.text(i + 1), fields, Kind::kNone, data);
  }
  return data;
}

std::string find_state_text(const HtmlTree& tree, const PageFields& fields, const std::function<bool(std::string_view)>& is_title) {
  std::string longest;
  for (uint32_t i = 0; i + 1 < tree.size(); ++i) {
    if (!is_script_with_json(tree, i) || is_linked_data(tree, i)) continue;
    simdjson::dom::parser parser;
    element root;
    const std::string_view json = tree.text(i + 1);
    if (parser.parse(json.data(), json.size()).get(root) == simdjson::SUCCESS) take_state_text(root, fields, is_title, longest);
  }
  return longest;
}

}  // namespace casus
