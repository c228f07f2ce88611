#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_reader.h"
#include "article/record_fields.h"

namespace casus {

class ExportLayouts;
class NoiseRules;

/// How inputs are read. Fields given here fill what the inputs leave unsaid.
struct ArticleOptions {
  std::string outlet{};                                    ///< of articles that name none
  std::optional<std::chrono::year_month_day> published{};  ///< of articles that give none
  std::optional<std::chrono::sys_seconds> retrieved{};     ///< when pages were fetched, for dates such as "6 hours ago"; of records of web
                                                           ///< archives that say it themselves theirs
  std::shared_ptr<const NoiseRules> noise_rules{};         ///< NoiseRules::load of data/article; without them nothing is noise
  std::shared_ptr<const ExportLayouts> export_layouts{};   ///< ExportLayouts::load of data/article; without them no export is known
  std::shared_ptr<const RecordColumns> columns{};          ///< RecordColumns::load; without it fields have casus' own names alone
  std::vector<ColumnChoice> column_choices{};              ///< what the user says about names of columns and fields
  bool inputs_are_found = false;                 ///< nobody named the files: those that are no articles are passed over, as in folders
  bool keep_left_out = false;                    ///< fill ArticleFields::left_out
  bool any_language = false;                     ///< read text in other languages too (language_gate.h)
  bool as_is = false;                            ///< the text is one block: no header lines, headings, datelines, noise
  uint64_t max_article_bytes = 4'000'000;        ///< a longer text is an error of that article (kTooLarge)
  uint64_t max_line_bytes = 16'000'000;          ///< a longer line of a JSON Lines file or index is skipped and reported; 4 MB of text
                                                 ///< are 12 MB where each letter is escaped
  uint64_t max_mail_bytes = 50'000'000;          ///< of one mail with what is attached to it; a longer one is an error
  uint64_t max_blocks = 20'000;                  ///< of an article; what follows them is one block, with a warning
  uint64_t max_folder_entries = 1'000'000;       ///< of one folder; a larger one is reported and not read
  uint64_t max_folder_depth = 64;                ///< of folders in folders; deeper ones are reported and not read
  uint64_t max_html_bytes = 32'000'000;          ///< of a web page; a larger one is an error (kTooLarge)
  uint64_t max_html_depth = 512;                 ///< open elements of a page, as browsers have it; the page is read so far, with a warning
  uint64_t max_html_nodes = 1'000'000;           ///< tags and texts of a page; beyond them the same
  uint64_t max_html_memory_bytes = 512'000'000;  ///< that the tree of a page takes while it is parsed; beyond it the same
  uint64_t max_html_ms = 3'000;                  ///< of the thread's time to parse a page; beyond it the same
  uint64_t max_html_attributes = 256;            ///< of one tag; further ones are left out
  uint64_t max_html_attribute_bytes = 65'536;    ///< of one value; cut off there, with a warning
  uint64_t max_feed_bytes = 64'000'000;          ///< of a feed (RSS, Atom); a larger one is an error (kTooLarge)
  uint64_t max_record_bytes = 64'000'000;        ///< of one record of a web archive, also when unpacked; a larger one is reported
  uint64_t max_nesting = 6;                  ///< of compressions and archives within each other (.tar.gz is two); deeper ones are reported
  uint64_t max_archive_members = 1'000'000;  ///< of one input, archives within archives counted; the rest is reported
  uint64_t max_expanded_bytes = 1'000'000'000'000;  ///< that one input may expand to; the rest is reported and not read
  uint64_t max_expansion_ratio = 100;               ///< of what an input expands to and its size, beyond expansion_floor_bytes
  uint64_t expansion_floor_bytes = 256'000'000;     ///< that any input may expand to
};

/// Articles one after another from a list of inputs: files of any form, recognised by what they contain; folders (with INDEX.tsv what
/// that names; else every file below, by name); "-" for standard input. src/article/README.md tells the forms. Streams: holds one
/// article, not the input (of folders without an index the names).
/// A failure is an item like an article is, so that one bad record never ends a batch; nullopt is the end.
/// Threads: one at a time, but bytes_read() at any time.
class ArticleSource {
 public:
  ArticleSource(std::vector<std::string> inputs, ArticleOptions options);
  ~ArticleSource();
  ArticleSource(ArticleSource&&) noexcept;
  ArticleSource& operator=(ArticleSource&&) noexcept;
  [[nodiscard]] std::optional<Result<ArticlePtr>> next();

  /// Bytes read so far and bytes of all inputs, for progress; total is 0 while unknown (standard input). The first call of
  /// bytes_total walks through folders.
  [[nodiscard]] uint64_t bytes_read() const;
  [[nodiscard]] uint64_t bytes_total() const;

  /// What was looked at so far and is no article, by reason: files in folders and members of archives of other forms, records of web
  /// archives that are no pages. An input that the user named is never among them: it is an error. Threads: as next().
  [[nodiscard]] PassedOver passed_over() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Makes an article of decoded text, for callers that have no file: finds header lines, headings, datelines and noise.
/// Broken UTF-8 and NUL bytes are replaced, with a warning. The text must be below 4 GiB; no other limit of `options` than
/// max_blocks is applied, and the language does not matter. An empty text makes an article without blocks.
[[nodiscard]] ArticlePtr make_article(ArticleFields fields, std::string text, const ArticleOptions& options = {});

}  // namespace casus
