#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <optional>

#include "article/page_words.h"

namespace casus {

/// "KYIV, Ukraine, Feb 2 (Reuters) -" at the beginning of a paragraph.
struct Dateline {
  size_t end = 0;        ///< offset behind the dash (or what stands for it)
  size_t body = 0;       ///< offset where the running text begins
  std::string place{};   ///< "KYIV, Ukraine"; "" if there is none
  std::string agency{};  ///< "Reuters"; the first if there are several; "" if there is none
};

/// What speaks for a dateline besides its form.
struct DatelineSetting {
  std::string_view outlet{};  ///< of the article, which may stand in the agency's place
  bool first = false;         ///< the paragraph is the article's first running text: no agency or date is needed
  bool colon = false;         ///< and a colon may stand for the dash ("MOSCOW: "), since no other line begins so, as in a transcript
};

/// Finds a dateline at the beginning of `paragraph`. Without `page_words` only the plainest form, capitals and a dash, is known.
[[nodiscard]] std::optional<Dateline> find_dateline(std::string_view paragraph, DatelineSetting setting, const PageWords* page_words);

/// Whether the line begins with words in capitals and a colon, as datelines of some papers and speakers in transcripts do.
[[nodiscard]] bool begins_with_label(std::string_view line);

}  // namespace casus
