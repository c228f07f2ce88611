#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <casus/result.h>

#include "base/line_reader.h"

namespace casus {

/// What bytes can be taken for. Only the names (form_name) are shown and stored; numbers may change.
enum class FileForm : uint8_t {
  // Forms of articles.
  kText,
  kJsonLines,  ///< a JSON object a line
  kJson,       ///< any other JSON: an array, objects over several lines
  kCsv,        ///< also with semicolons
  kTsv,
  kIndex,  ///< a table that names files
  kHtml,
  kFeed,     ///< RSS, RDF or Atom
  kMail,     ///< one message with its headers
  kMailbox,  ///< messages one after another, each below a "From " line
  kRtf,      ///< rich text
  kFactiva,  ///< exports of press databases: told by open_reader, since it takes their layouts and more than the beginning
  kLexis,
  kProquest,
  // Containers of files of any form.
  kWarc,
  kZip,
  kTar,
  kGzip,
  kXz,
  kZstd,
  kBzip2,
  // What is known to be no article.
  kPdf,
  kImage,
  kMedia,  ///< sound and video
  kFont,
  kOffice,  ///< documents of word processors and the like
  kDatabase,
  kStyle,    ///< CSS
  kScript,   ///< programs as text, and what belongs to them
  kProgram,  ///< compiled
  kSitemap,  ///< lists of pages
  kXml,      ///< any other XML
  kArchive,  ///< archives and compressions that are not opened
  kBinary,   ///< anything else that is not text
};

/// What is to be done with a form.
enum class FormRole : uint8_t { kOneArticle, kManyArticles, kContainer, kNoArticle };

/// "jsonl", "html", "image", …: the stable name that reaches ArticleFields::form and the counts of what was passed over.
[[nodiscard]] std::string_view form_name(FileForm form);
[[nodiscard]] FormRole form_role(FileForm form);

/// Tells the form by the beginning of the bytes; the ending of `name` decides only between forms that the bytes leave open, and
/// endings of compressed files (.gz, …) count as not there. `start` is what peek_start gave.
[[nodiscard]] FileForm file_form(std::string_view name, std::string_view start);

/// That `name` has a form which is not read, as kUnreadable.
[[nodiscard]] Error unread_form(FileForm form, std::string name);

/// The beginning of an input as far as file_form needs it. Waits for no more than a record where it begins like JSON Lines.
[[nodiscard]] std::string_view peek_start(LineReader& file);

/// "jsonl" of "a/b.JSONL".
[[nodiscard]] std::string lowered_extension(std::string_view name);

/// "a/b.txt" of "a/b.txt.gz"; other names as they are.
[[nodiscard]] std::string_view without_compression_ending(std::string_view name);

}  // namespace casus
