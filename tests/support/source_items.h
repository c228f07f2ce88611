#pragma once

#include <string>
#include <utility>
#include <vector>

#include "support/article_test.h"

namespace casus {

/// Items of one source and what it passed over.
struct SourceItems : ReadItems {
  PassedOver passed_over{};

  [[nodiscard]] std::vector<std::string> messages() const {
    std::vector<std::string> all;
    for (const Error& error : errors) all.push_back(error.file.substr(error.file.rfind('/') + 1) + ": " + error.message);
    return all;
  }
};

inline SourceItems read_source(const std::string& input, const ArticleOptions& options = test_article_options()) {
  SourceItems items;
  ArticleSource source({input}, options);
  while (std::optional<Result<ArticlePtr>> item = source.next()) {
    if (item->ok()) items.articles.push_back(**item);
    if (!item->ok()) items.errors.push_back(item->error());
  }
  items.passed_over = source.passed_over();
  return items;
}

}  // namespace casus
