#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <casus/result.h>

namespace casus {

/// What a record (a row, a JSON object, an entry of a feed) can say.
enum class RecordField : uint8_t { kText, kSummary, kTitle, kPublished, kUpdated, kOutlet, kUrl, kId, kAuthors, kLanguage };
inline constexpr size_t kRecordFields = 10;

/// "text", "summary", "title", …: the names that `--columns` and data/article/columns.tsv use.
[[nodiscard]] std::string_view record_field_name(RecordField field);
[[nodiscard]] std::optional<RecordField> record_field(std::string_view name);

/// One mapping of the user's: the column `name` is `field`.
struct ColumnChoice {
  RecordField field = RecordField::kText;
  std::string name{};
};

/// Reads "text=Body,title=Headline,published=Date". A field may be given several names; the first that a record has counts.
/// Errors: kBadOption with what is wrong.
[[nodiscard]] Result<std::vector<ColumnChoice>> parse_column_choices(std::string_view text);

/// Which column or field of a record says what (data/article/columns.tsv, or the names of the fields alone).
/// Names are compared by their letters and figures only, without case.
/// Threads: immutable after loading; shared by all.
class RecordColumns {
 public:
  struct Meaning {
    RecordField field = RecordField::kText;
    uint32_t rank = 0;  ///< 0 for the most preferred name of the field
  };

  /// Knows the names of the fields alone.
  RecordColumns();

  /// Errors: kNotFound, kUnreadable, kTooLarge; kBadData with file and line.
  [[nodiscard]] static Result<std::shared_ptr<const RecordColumns>> load(const std::string& path);

  /// The same, but a field that `choices` names is looked for under those names only.
  [[nodiscard]] RecordColumns with(const std::vector<ColumnChoice>& choices) const;

  /// `key` is as flat_column_name gives it; of nested fields the names one behind the other.
  [[nodiscard]] std::optional<Meaning> meaning(std::string_view key) const;
  [[nodiscard]] bool leads_on(std::string_view key) const { return leading_.contains(key); }  ///< "source": there is "source.name"
  [[nodiscard]] bool holds_record(std::string_view name) const {
    return inside_.contains(name);
  }  ///< an object that is the record; small letters
  [[nodiscard]] bool holds_records(std::string_view name) const {
    return lists_.contains(name);
  }  ///< the list of a document; small letters
  [[nodiscard]] bool is_markup(std::string_view tag) const { return markup_.contains(tag); }  ///< in small letters
  [[nodiscard]] std::string_view language_code(std::string_view name) const;                  ///< "" if unknown
  [[nodiscard]] const std::vector<std::string>& teaser_ends() const { return teaser_ends_; }  ///< # stands for figures

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Names = std::unordered_set<std::string, Hash, std::equal_to<>>;
  template <class T>
  using NameMap = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

  void add_name(RecordField field, std::string_view name);
  [[nodiscard]] std::optional<std::string> add(std::string_view kind, std::string_view name, std::string_view value);

  NameMap<Meaning> meanings_{};
  NameMap<std::string> codes_{};
  Names leading_{}, inside_{}, lists_{}, markup_{};
  std::vector<std::string> teaser_ends_{};
  std::array<uint32_t, kRecordFields> counts_{};
};

/// Appends the letters (made small) and figures of a name to `out`: "Pub_Date" gives "pubdate".
void append_flat_column_name(std::string_view name, std::string& out);
[[nodiscard]] std::string flat_column_name(std::string_view name);

}  // namespace casus
