#pragma once

#include <string_view>
#include <vector>

#include <casus/article.h>

#include "article/page_words.h"

namespace casus {

/// Compares the day of publication with what the text dates, and sets the flag "date-doubtful" where they cannot both be right: a date line
/// or a dateline far from it, or a text that dates nothing but days of later years, more than once. Changes nothing without a day.
void check_date(std::string_view text, const std::vector<Block>& blocks, const PageWords& words, ArticleFields& fields);

}  // namespace casus
