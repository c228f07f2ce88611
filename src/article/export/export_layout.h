#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "article/page_words.h"
#include "article/word_template.h"

namespace casus {

/// The press databases whose exports are known. The names (export_database_name) reach JSON as forms: never rename.
enum class ExportDatabase : uint8_t { kFactiva, kLexis, kProquest };
[[nodiscard]] std::string_view export_database_name(ExportDatabase database);

/// What a database says of an article under a label.
enum class ExportField : uint8_t { kNone, kId, kTitle, kAuthor, kOutlet, kDate, kPlace, kLength, kText, kAbstract, kUrl };

/// A label or tag and what stands behind it on its line.
struct LabelledLine {
  std::string_view label{};
  ExportField field = ExportField::kNone;
  std::string_view value{};
};

/// The wordings by which one database lays out its exports. Threads: immutable after loading.
class ExportLayout {
 public:
  /// What a whole line may be; several at once.
  enum Kind : uint16_t {
    kBegin = 1,
    kEnd = 2,
    kLength = 4,
    kText = 8,
    kAfter = 16,
    kLanguage = 32,
    kCopyright = 64,
    kCover = 128,
  };

  /// The kinds of a line, as a sum; 0 for lines that are longer than any wording needs.
  [[nodiscard]] uint16_t kinds_of(std::string_view line, const PageWords& words) const;

  [[nodiscard]] std::optional<LabelledLine> head_label(std::string_view line) const { return find_label(head_, line); }
  [[nodiscard]] std::optional<LabelledLine> tail_label(std::string_view line) const { return find_label(tail_, line); }
  [[nodiscard]] std::optional<LabelledLine> tag(std::string_view line) const;

  /// Whether the bytes of a web page tell that it is such an export.
  [[nodiscard]] bool is_in_page(std::string_view html) const;
  /// Where an article begins in the bytes of a web page, from `begin` on; npos if none does.
  [[nodiscard]] size_t find_piece(std::string_view html, size_t begin) const;

 private:
  friend class ExportLayouts;
  struct Label {
    std::string wording;
    ExportField field;
  };
  struct Wording {
    uint16_t kind;
    char first;  ///< the byte it begins with, in small letters; kDigit for a number
    WordTemplate wording;
  };

  static constexpr char kDigit = '0';
  [[nodiscard]] static char first_byte(std::string_view text);
  [[nodiscard]] static std::optional<LabelledLine> find_label(const std::vector<Label>& labels, std::string_view line);
  [[nodiscard]] std::optional<std::string> add(std::span<const std::string_view> columns);

  std::vector<Wording> wordings_{};
  std::vector<Label> head_{}, tail_{}, tags_{};
  std::vector<std::string> pages_{}, pieces_{};  ///< in small letters
};

/// The layouts of all databases (data/article/exports.tsv). Threads: immutable after loading; shared by all.
class ExportLayouts {
 public:
  /// Reads exports.tsv and words.tsv of the folder data/article. Errors: kNotFound, kUnreadable, kTooLarge; kBadData with file and
  /// line.
  [[nodiscard]] static Result<std::shared_ptr<const ExportLayouts>> load(const std::filesystem::path& folder);

  [[nodiscard]] const ExportLayout& layout(ExportDatabase database) const { return layouts_[static_cast<size_t>(database)]; }
  [[nodiscard]] const PageWords& words() const { return words_; }

 private:
  explicit ExportLayouts(PageWords words) : words_(std::move(words)) {}
  [[nodiscard]] std::optional<std::string> add(std::span<const std::string_view> columns);

  PageWords words_;
  std::array<ExportLayout, 3> layouts_{};
};

}  // namespace casus
