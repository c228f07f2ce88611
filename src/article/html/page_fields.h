#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <casus/result.h>

#include "base/folded.h"

namespace casus {

/// What the names that pages use for their fields stand for: meta tags, JSON-LD types and keys, microdata, words beside dates, names of
/// classes (data/article/fields.tsv, which explains them).
/// Threads: immutable after loading; shared by all.
class PageFields {
 public:
  enum class Field : uint8_t { kTitle, kPublished, kUpdated, kDate, kOutlet, kAuthors, kUrl, kSection, kLanguage, kJson, kFree, kText };
  enum class LinkedKind : uint8_t { kNone, kPage, kArticle, kLive };
  struct Use {
    Field field = Field::kTitle;
    uint32_t rank = 0;  ///< the lower, the better among the names of the field
  };

  /// Errors: kNotFound, kUnreadable, kTooLarge; kBadData with file and line.
  [[nodiscard]] static Result<PageFields> load(const std::filesystem::path& file);

  // Names are compared without regard to ASCII case. nullopt: no such name.
  [[nodiscard]] std::optional<Use> meta(std::string_view name) const { return find(meta_, name); }
  [[nodiscard]] std::optional<Use> microdata(std::string_view name) const { return find(microdata_, name); }
  [[nodiscard]] std::optional<Use> linked_key(std::string_view name) const { return find(linked_keys_, name); }
  [[nodiscard]] LinkedKind linked_type(std::string_view type) const;

  /// Whether one of the words of a class or id says that the element holds a date, or who wrote the text.
  [[nodiscard]] bool is_date_name(std::string_view names) const { return has_word(names, date_names_); }
  [[nodiscard]] bool is_byline_name(std::string_view names) const { return has_word(names, byline_names_); }

  /// What a text before a date says that it is the date of; its last such word counts ("Published Feb. 1, updated").
  enum class DateLabel : uint8_t { kNone, kPublished, kUpdated };
  [[nodiscard]] DateLabel date_label(std::string_view words) const;
  /// The same for the names of an element: first publication goes before change ("entry-date published updated").
  [[nodiscard]] DateLabel date_label_of_names(std::string_view names) const;
  /// Names of data-… attributes that hold a date for scripts to show.
  [[nodiscard]] std::span<const std::string> date_attributes() const { return date_attributes_; }
  /// Whether who writes in this language ("en-GB") puts the day first in 10/02/2022; false where that is not certain.
  [[nodiscard]] bool is_day_first(std::string_view language) const;
  /// Whether a key of JSON that is not JSON-LD may hold the text of an article.
  [[nodiscard]] bool is_state_text(std::string_view key) const;
  /// Whether a word before a name only says that it is one ("By").
  [[nodiscard]] bool is_byline_word(std::string_view word) const;
  /// Whether a name is no person's ("admin", "staff reporter").
  [[nodiscard]] bool is_no_author(std::string_view name) const;

 private:
  using Names = std::unordered_map<std::string, Use, FoldedHash, FoldedEqual>;
  using Words = std::unordered_set<std::string, FoldedHash, FoldedEqual>;
  [[nodiscard]] static std::optional<Use> find(const Names& names, std::string_view name);
  [[nodiscard]] static bool has_word(std::string_view text, const Words& words);
  [[nodiscard]] std::optional<std::string> add(std::span<const std::string_view> columns, uint32_t row);
  [[nodiscard]] std::optional<std::string> add_names(Names& names, std::string_view field, std::string_view list, uint32_t row);
  [[nodiscard]] std::optional<std::string> add_types(std::string_view kind, std::string_view list);

  Names meta_, microdata_, linked_keys_;
  std::unordered_map<std::string, LinkedKind, FoldedHash, FoldedEqual> linked_types_;
  Words date_names_, byline_names_, updated_words_, published_words_, dated_words_, byline_words_, no_authors_, day_first_, state_texts_;
  std::vector<std::string> date_attributes_;
};

}  // namespace casus
