#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <casus/article.h>
#include <casus/result.h>

#include "article/article_source.h"
#include "article/page_words.h"

namespace casus {

/// Keeps what is in English. Each block is judged by itself: by its letters (most of them not Latin: another language), by the commonest
/// words of English (data/article/words.tsv), else by its letter sequences where it is long enough. Short neighbours that stay
/// undecided are judged together; what is undecided then counts as English.
/// Marks blocks in another language as noise with the reason "other-language", and the article with the flag "mixed-language";
/// fills fields.language ("en", or "" if nothing could be decided). Does nothing with options.any_language or options.as_is.
/// Errors: kOtherLanguage if no text in English is left, with the name of the language; then fields and blocks are as they were.
/// `words` may be null: then letters and their sequences alone decide.
[[nodiscard]] Result<void> keep_english(std::string_view text, const ArticleOptions& options, const PageWords* words, ArticleFields& fields,
                                        std::vector<Block>& blocks);

/// The language that an error of keep_english names: "German".
[[nodiscard]] std::string other_language(const Error& error);

}  // namespace casus
