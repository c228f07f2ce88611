#pragma once

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "article/export/export_layout.h"
#include "article/noise_rules.h"
#include "article/record_fields.h"

namespace casus {

/// The project's own rules, loaded once a program.
inline std::shared_ptr<const NoiseRules> test_noise_rules() {
  static const Result<std::shared_ptr<const NoiseRules>> rules = NoiseRules::load(CASUS_SOURCE_DIR "/data/article");
  if (!rules) {
    ADD_FAILURE() << rules.error().to_string();
    std::abort();
  }
  return *rules;
}

inline std::shared_ptr<const ExportLayouts> test_export_layouts() {
  static const Result<std::shared_ptr<const ExportLayouts>> layouts = ExportLayouts::load(CASUS_SOURCE_DIR "/data/article");
  if (!layouts) {
    ADD_FAILURE() << layouts.error().to_string();
    std::abort();
  }
  return *layouts;
}

/// The project's own names of columns, the same.
inline std::shared_ptr<const RecordColumns> test_columns() {
  static const Result<std::shared_ptr<const RecordColumns>> columns = RecordColumns::load(CASUS_SOURCE_DIR "/data/article/columns.tsv");
  if (!columns) {
    ADD_FAILURE() << columns.error().to_string();
    std::abort();
  }
  return *columns;
}

inline ArticleOptions test_article_options() {
  return ArticleOptions{.noise_rules = test_noise_rules(), .export_layouts = test_export_layouts(), .columns = test_columns()};
}

/// A folder of its own that goes with the object.
class TestFolder {
 public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "casus_test_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  [[nodiscard]] std::string path(std::string_view name = "") const { return name.empty() ? path_.string() : (path_ / name).string(); }

  /// Writes a file, and the folders that it lies in; gives its path.
  std::string write(std::string_view name, std::string_view bytes) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }

 private:
  std::filesystem::path path_;
};

/// All items of some inputs.
struct ReadItems {
  std::vector<ArticlePtr> articles{};
  std::vector<Error> errors{};

  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const ArticlePtr& article : articles) ids.push_back(article->fields().id);
    return ids;
  }
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const ArticlePtr& article : articles) texts.push_back(article->text());
    return texts;
  }
  [[nodiscard]] std::vector<std::string> faults() const {
    std::vector<std::string> faults;
    for (const Error& error : errors) faults.push_back(error.to_string());
    return faults;
  }
};

/// All items of one reader.
inline ReadItems read_all(ArticleReader& reader) {
  ReadItems items;
  while (std::optional<Result<ArticlePtr>> item = reader.next()) {
    if (item->ok()) {
      items.articles.push_back(**item);
    } else {
      items.errors.push_back(item->error());
    }
  }
  return items;
}

inline ReadItems read_items(std::vector<std::string> inputs, const ArticleOptions& options = test_article_options()) {
  ReadItems items;
  ArticleSource source(std::move(inputs), options);
  while (std::optional<Result<ArticlePtr>> item = source.next()) {
    if (item->ok()) {
      items.articles.push_back(**item);
    } else {
      items.errors.push_back(item->error());
    }
  }
  return items;
}

/// The blocks of an article, a line each: "kind: text", of noise "noise/reason: text", line ends inside as "~".
inline std::string dump_blocks(const Article& article) {
  std::string out;
  for (const Block& block : article.blocks()) {
    out += block_kind_name(block.kind);
    if (!block.reason.empty()) out += "/" + block.reason;
    out += ": ";
    for (const char c : article.view(block.span)) out += c == '\n' ? '~' : c;
    out += '\n';
  }
  return out;
}

inline std::string dump_blocks(std::string_view text, const ArticleFields& fields = {}) {
  return dump_blocks(*make_article(fields, std::string(text), test_article_options()));
}

}  // namespace casus
