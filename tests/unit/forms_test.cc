// Files of every form that people have, each beside what is read from it: tests/forms/NAME and tests/forms/NAME.expected.
// With CASUS_UPDATE_FORMS=1 in the environment the expectations are written anew; read that difference.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/calendar.h"
#include "support/article_test.h"

namespace casus {
namespace {

const std::filesystem::path kForms = CASUS_SOURCE_DIR "/tests/forms";

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : "; ") + value;
  return out;
}

/// An article as text: its fields, a line each where they say something, then its blocks.
std::string dump(const Article& article) {
  const ArticleFields& fields = article.fields();
  std::string out = "=== " + fields.id + " (" + fields.form + ", line " + std::to_string(fields.origin_line) + ")\n";
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out += std::string(name) + ": " + value + "\n";
  };
  add("title", fields.title);
  add("outlet", fields.outlet);
  add("published", fields.published ? format_day(*fields.published) + " (" + fields.published_from + ")" : "");
  add("authors", joined(fields.authors));
  add("url", fields.url);
  add("dateline place", fields.dateline_place);
  add("flags", joined(fields.flags));
  for (const LeftOut& left : fields.left_out) add("left out/" + left.reason, left.text);
  for (const Warning& warning : article.warnings()) add("warning, line " + std::to_string(warning.line), warning.message);
  return out + "---\n" + dump_blocks(article) + "\n";
}

std::string dump_file(const std::filesystem::path& path) {
  ArticleOptions options = test_article_options();
  options.keep_left_out = true;
  const ReadItems items = read_items({path.string()}, options);
  std::string out;
  for (const ArticlePtr& article : items.articles) out += dump(*article);
  for (const Error& error : items.errors) {
    const std::string text = error.to_string();
    out += "error: " + text.substr(text.rfind("forms/") + 6) + "\n";
  }
  return out;
}

std::string read_whole(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

TEST(Forms, AreReadAsExpected) {
  const bool update = std::getenv("CASUS_UPDATE_FORMS") != nullptr;
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kForms)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".expected") continue;
    ++files;
    const std::string read = dump_file(entry.path()), expected_path = entry.path().string() + ".expected";
    if (update) std::ofstream(expected_path, std::ios::binary) << read;
    EXPECT_EQ(read, read_whole(expected_path)) << entry.path();
  }
  EXPECT_GE(files, 17u);
}

}  // namespace
}  // namespace casus
