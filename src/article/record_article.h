#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "article/page_words.h"
#include "article/record_fields.h"

namespace casus {

/// What one record says, by the fields that casus knows. Of several values of a field the one of the most preferred name stays.
class RecordValues {
 public:
  /// A value as it stands in the record, which may be empty; `more` adds to the values under the same name (paragraphs, authors).
  void offer(RecordColumns::Meaning meaning, std::string_view value, bool more = false);
  /// The field is there, but its value is none that could be used; counts if nothing else is said.
  void offer_unusable(RecordColumns::Meaning meaning, std::string_view name);
  void add_name(std::string_view name);  ///< of a column or field, for messages
  void clear();

  [[nodiscard]] bool has(RecordField field) const { return !slot(field).values.empty(); }
  [[nodiscard]] bool was_named(RecordField field) const { return slot(field).named; }
  [[nodiscard]] std::string_view unusable(RecordField field) const { return slot(field).unusable; }  ///< its name, or ""
  [[nodiscard]] const std::vector<std::string>& all(RecordField field) const { return slot(field).values; }
  [[nodiscard]] std::string_view first(RecordField field) const { return has(field) ? std::string_view(all(field)[0]) : ""; }
  [[nodiscard]] std::string joined(RecordField field, std::string_view between) const;
  [[nodiscard]] const std::string& names() const { return names_; }  ///< "title, date, …", cut off where there are many

 private:
  struct Slot {
    std::vector<std::string> values{};
    std::string unusable{};
    uint32_t rank = 0;
    bool named = false;
  };
  [[nodiscard]] Slot& slot(RecordField field) { return slots_[static_cast<size_t>(field)]; }
  [[nodiscard]] const Slot& slot(RecordField field) const { return slots_[static_cast<size_t>(field)]; }

  std::array<Slot, kRecordFields> slots_{};
  std::string names_{};
};

/// Base of readers whose input is a sequence of records: holds the articles that a record gave and hands them on one by one.
class RecordReader : public ArticleReader {
 public:
  [[nodiscard]] std::optional<Result<ArticlePtr>> next() final;

 protected:
  /// `known` holds for every record that does not say otherwise; its id begins the ids of those without, "ID:number".
  RecordReader(const std::string& name, std::string_view form, const ArticleOptions& options, ArticleFields known);

  /// Reads on until something is put out by put_record or put_error; false at the end of the input.
  [[nodiscard]] virtual bool read_more() = 0;

  /// Makes the articles of a record; what is wrong with it is put out as an error.
  void put_record(const RecordValues& values, ArticleFields known, std::vector<Warning> warnings);
  void put_error(Error error) { items_.emplace_back(std::move(error)); }
  [[nodiscard]] Error bad_record(std::string message, uint64_t line) const;
  [[nodiscard]] ArticleFields known_of(uint64_t line, std::string_view number) const;  ///< what is known of the record there

  [[nodiscard]] const RecordColumns& columns() const { return *columns_; }
  [[nodiscard]] const ArticleOptions& options() const { return options_; }

 private:
  ArticleOptions options_;
  std::shared_ptr<const RecordColumns> columns_;
  ArticleFields known_;
  std::deque<Result<ArticlePtr>> items_{};
};

/// The names in a line of authors: "By Jane Doe and John Roe; Max Mustermann", "['Jane Doe']".
[[nodiscard]] std::vector<std::string> split_authors(std::string_view text, const PageWords* page_words);

}  // namespace casus
