#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>

#include "article/export/export_layout.h"

namespace casus {

/// A line of an export.
struct ExportLine {
  std::string text{};
  uint64_t number = 0;  ///< 1-based, in its input
  uint16_t kinds = 0;   ///< ExportLayout::Kind
  [[nodiscard]] bool is(ExportLayout::Kind kind) const { return (kinds & kind) != 0; }
  [[nodiscard]] bool is_blank() const;
};

/// An article as its database tells it.
struct ExportedArticle {
  std::string id{};
  std::string url{};
  std::string title{};
  std::string outlet{};
  std::string place{};  ///< of the dateline
  std::string abstract{};
  std::string date{};  ///< as written
  uint64_t date_line = 0;
  std::vector<std::string> authors{};
  std::string text{};
  std::vector<LeftOut> left_out{};  ///< what no field takes

  /// Puts a value where its field belongs; a second value of a field is left out, of text and abstract goes below the first.
  void take(ExportField field, std::string_view label, std::string_view value, uint64_t line);
  void leave_out(std::string_view text);
  /// Appends lines to the text, without blank ones at its beginning.
  void add_text(std::string_view line);
};

/// What one article of an export says; nullopt if its lines are not laid out as that database does it.
[[nodiscard]] std::optional<ExportedArticle> read_factiva(std::span<const ExportLine> lines, const ExportLayouts& layouts);
[[nodiscard]] std::optional<ExportedArticle> read_lexis(std::span<const ExportLine> lines, const ExportLayouts& layouts);
[[nodiscard]] std::optional<ExportedArticle> read_proquest(std::span<const ExportLine> lines, const ExportLayouts& layouts);

/// The names of a byline: without "By", the places and offices behind commas, and with "Doe, Jane; Roe, Richard" turned round.
[[nodiscard]] std::vector<std::string> split_authors(std::string_view byline, const PageWords& words);

/// The day that a line begins with, whatever follows: "January 11, 2010 Monday 10:50 AM GMT".
[[nodiscard]] std::optional<Day> leading_day(std::string_view line, const PageWords& words);

}  // namespace casus
