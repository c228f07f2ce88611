#include "article/html/page_fields.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "base/tsv.h"

namespace casus {
namespace {

constexpr size_t kMaxNameBytes = 64;  // no name of the file is longer

using Field = PageFields::Field;
constexpr std::array<std::pair<std::string_view, Field>, 12> kPageFieldNames = {{{"title", Field::kTitle},
                                                                                 {"published", Field::kPublished},
                                                                                 {"updated", Field::kUpdated},
                                                                                 {"date", Field::kDate},
                                                                                 {"outlet", Field::kOutlet},
                                                                                 {"authors", Field::kAuthors},
                                                                                 {"url", Field::kUrl},
                                                                                 {"section", Field::kSection},
                                                                                 {"language", Field::kLanguage},
                                                                                 {"json", Field::kJson},
                                                                                 {"free", Field::kFree},
                                                                                 {"text", Field::kText}}};

/// The words of "entryDate published-on": at signs, white space and capitals, in small letters.
template <typename Use>
bool any_word(std::string_view text, const Use& use) {
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    const bool is_letter = is_ascii_alpha(c);
    const bool begins = is_ascii_upper(c) && i > 0 && is_ascii_lower(text[i - 1]);
    if ((!is_letter || begins) && !word.empty()) {
      if (use(word)) return true;
      word.clear();
    }
    if (is_letter && word.size() < kMaxNameBytes) word += ascii_lower(c);
  }
  return false;
}

}  // namespace

std::optional<PageFields::Use> PageFields::find(const Names& names, std::string_view name) {
  if (name.size() > kMaxNameBytes) return std::nullopt;
  const auto found = names.find(name);
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

PageFields::LinkedKind PageFields::linked_type(std::string_view type) const {
  const size_t slash = type.find_last_of("/#:");  // "http://schema.org/NewsArticle"
  if (slash != std::string_view::npos) type.remove_prefix(slash + 1);
  if (type.size() > kMaxNameBytes) return LinkedKind::kNone;
  const auto found = linked_types_.find(type);
  return found == linked_types_.end() ? LinkedKind::kNone : found->second;
}

bool PageFields::has_word(std::string_view text, const Words& words) {
  return any_word(text, [&](const std::string& word) { return words.contains(word); });
}

PageFields::DateLabel PageFields::date_label(std::string_view words) const {
  DateLabel last = DateLabel::kNone;
  (void)any_word(words, [&](const std::string& word) {
    if (published_words_.contains(word) || dated_words_.contains(word)) last = DateLabel::kPublished;
    if (updated_words_.contains(word)) last = DateLabel::kUpdated;
    return false;
  });
  return last;
}

PageFields::DateLabel PageFields::date_label_of_names(std::string_view names) const {
  if (has_word(names, published_words_)) return DateLabel::kPublished;
  return has_word(names, updated_words_) ? DateLabel::kUpdated : DateLabel::kNone;
}

bool PageFields::is_day_first(std::string_view language) const {
  if (language.size() > kMaxNameBytes) return false;
  std::string name(language);
  std::ranges::replace(name, '_', '-');
  return day_first_.contains(name);
}

bool PageFields::is_state_text(std::string_view key) const { return key.size() <= kMaxNameBytes && state_texts_.contains(key); }

bool PageFields::is_byline_word(std::string_view word) const {
  while (!word.empty() && word.back() == ':') word.remove_suffix(1);
  return word.size() <= kMaxNameBytes && byline_words_.contains(word);
}

bool PageFields::is_no_author(std::string_view name) const { return name.size() <= kMaxNameBytes && no_authors_.contains(name); }

std::optional<std::string> PageFields::add_names(Names& names, std::string_view field, std::string_view list, uint32_t row) {
  for (const auto& [name, value] : kPageFieldNames) {
    if (name != field) continue;
    for (const std::string_view key : split_words(list)) names.emplace(ascii_lowered(key), Use{value, row});
    return std::nullopt;
  }
  return "unknown field: " + std::string(field);
}

std::optional<std::string> PageFields::add_types(std::string_view kind, std::string_view list) {
  const LinkedKind value = kind == "article" ? LinkedKind::kArticle
                           : kind == "live"  ? LinkedKind::kLive
                           : kind == "page"  ? LinkedKind::kPage
                                             : LinkedKind::kNone;
  if (value == LinkedKind::kNone) return "unknown kind of type: " + std::string(kind);
  for (const std::string_view type : split_words(list)) linked_types_.emplace(ascii_lowered(type), value);
  return std::nullopt;
}

std::optional<std::string> PageFields::add(std::span<const std::string_view> columns, uint32_t row) {
  if (columns.size() != 3 || columns[2].empty()) return "a row has three columns: where, what, names";
  const auto [where, what, list] = std::array{columns[0], columns[1], columns[2]};
  if (where == "meta") return add_names(meta_, what, list, row);
  if (where == "microdata") return add_names(microdata_, what, list, row);
  if (where == "json-ld") return add_names(linked_keys_, what, list, row);
  if (where == "type") return add_types(what, list);
  if (where == "no-author") {
    no_authors_.insert(ascii_lowered(list));
    return std::nullopt;
  }
  if (where == "attribute" && what == "date") {
    for (const std::string_view name : split_words(list)) date_attributes_.push_back(ascii_lowered(name));
    return std::nullopt;
  }
  struct Kind {
    std::string_view where, what;
    Words& words;
  };
  for (const Kind& kind :
       {Kind{"name", "date", date_names_}, Kind{"name", "byline", byline_names_}, Kind{"word", "updated", updated_words_},
        Kind{"word", "published", published_words_}, Kind{"word", "date", dated_words_}, Kind{"word", "byline", byline_words_},
        Kind{"language", "day-first", day_first_}, Kind{"state", "text", state_texts_}}) {
    if (where != kind.where || what != kind.what) continue;
    for (const std::string_view word : split_words(list)) kind.words.insert(ascii_lowered(word));
    return std::nullopt;
  }
  return "unknown kind of row: " + std::string(where) + " " + std::string(what);
}

Result<PageFields> PageFields::load(const std::filesystem::path& file) {
  PageFields fields;
  uint32_t row = 0;
  Result<void> read = read_tsv(file.string(), [&](std::span<const std::string_view> columns) { return fields.add(columns, row++); });
  if (!read) return read.error();
  return fields;
}

}  // namespace casus
