#pragma once

#include <memory>
#include <string>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "article/expansion.h"
#include "article/file_form.h"
#include "base/line_reader.h"

namespace casus {

/// Where a file lies: by itself, in a folder, in archives and compressions within each other.
struct Nesting {
  std::shared_ptr<Expansion> expansion{};  ///< of the whole input; null outside of archives and compressions
  uint64_t depth = 0;                      ///< compressions and archives around the file
  bool named = true;                       ///< the user named it; else it is one of many, and passed over if it is no article
};

/// Recognises what `file` is and opens the reader of its form: the one place where forms and readers meet.
/// `known` is what the container of the file says of it (url, charset, outlet, published; warnings are not lost but the caller's); its id
/// names a single article and begins the ids ("ID:line") of many, "" for the file's name without its ending; its origin names the file in
/// articles, "" for the reader's own name. What `known` leaves unsaid the bytes may say.
/// Errors: kUnreadable for a form that is not read.
[[nodiscard]] Result<std::unique_ptr<ArticleReader>> open_reader(LineReader file, ArticleFields known, const ArticleOptions& options);

/// The same for a file inside of something.
[[nodiscard]] Result<std::unique_ptr<ArticleReader>> open_reader(LineReader file, ArticleFields known, const ArticleOptions& options,
                                                                 Nesting nesting);

/// The same for an input as the user names it: a file, a folder, "-".
[[nodiscard]] Result<std::unique_ptr<ArticleReader>> open_input(const std::string& input, const ArticleOptions& options);

}  // namespace casus
