// Speed of reading web pages: bytes of HTML per second of one thread's processor time, and how much of what lexbor's parse alone takes.
// Workload: the .html files of the folders given, in memory, decoded as UTF-8 pages are. First every page is read once and an article
// must come of nine in ten, or nothing is timed. Each round times the stages one after another over all pages; the table has medians.
//
//     html_speed DATA_ARTICLE FOLDER... [--rounds=7]
#include <lexbor/html/html.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "article/html/body.h"
#include "article/noise_rules.h"
#include "timing.h"

namespace {

using casus::ArticleOptions;

struct Times {
  double lexbor = 0;
  double tree = 0;
  double body = 0;
  double article = 0;
};

double since(double start) { return thread_seconds() - start; }

double lexbor_alone(const std::string& page) {
  const double start = thread_seconds();
  lxb_html_document_t* document = lxb_html_document_create();
  const lxb_status_t status = lxb_html_document_parse(document, reinterpret_cast<const lxb_char_t*>(page.data()), page.size());
  lxb_html_document_destroy(document);
  return status == LXB_STATUS_OK ? since(start) : 0;
}

/// Adds the times of one page; whether an article came of it.
bool read_page(const std::string& page, const ArticleOptions& options, Times& times) {
  times.lexbor += lexbor_alone(page);
  double start = thread_seconds();
  const auto tree = casus::parse_html(page, "", options);
  times.tree += since(start);
  if (!tree) return false;
  start = thread_seconds();
  casus::HtmlBody body = casus::find_body(*tree, {}, options);
  times.body += since(start);
  start = thread_seconds();
  const auto article = casus::build_marked_article({}, std::move(body.story.pieces), {}, options);
  times.article += since(start);
  return article.ok();
}

std::vector<std::string> read_pages(const std::filesystem::path& folder) {
  std::vector<std::string> pages;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".html") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    pages.push_back(bytes.str());
  }
  return pages;
}

}  // namespace

int main(int count, char** arguments) {
  size_t rounds = 7;
  std::vector<std::string> pages;
  for (int i = 2; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument.starts_with("--rounds=")) {
      rounds = std::max<size_t>(1, std::strtoul(argument.c_str() + 9, nullptr, 10));
      continue;
    }
    for (std::string& page : read_pages(argument)) pages.push_back(std::move(page));
  }
  const auto rules =
      count < 3 ? casus::Result<std::shared_ptr<const casus::NoiseRules>>(casus::Error{}) : casus::NoiseRules::load(arguments[1]);
  if (!rules || pages.empty()) {
    std::fprintf(stderr, "usage: html_speed DATA_ARTICLE FOLDER... [--rounds=7]\n");
    return 2;
  }
  const ArticleOptions options = {.noise_rules = *rules};
  size_t bytes = 0;
  size_t read = 0;
  Times warm_up;
  for (const std::string& page : pages) {
    bytes += page.size();
    read += read_page(page, options, warm_up) ? 1 : 0;
  }
  if (read * 10 < pages.size() * 9) {
    std::fprintf(stderr, "only %zu of %zu pages gave an article\n", read, pages.size());
    return 1;
  }
  std::vector<Times> all(rounds);
  for (Times& times : all) {
    for (const std::string& page : pages) (void)read_page(page, options, times);
  }
  const double lexbor = median(all, &Times::lexbor);
  const double tree = median(all, &Times::tree);
  const double body = median(all, &Times::body);
  const double article = median(all, &Times::article);
  const double megabytes = static_cast<double>(bytes) / 1e6;
  std::printf("%zu pages, %.1f MB, %zu rounds\n", pages.size(), megabytes, rounds);
  std::printf("%-28s %8s %14s\n", "stage", "MB/s", "times lexbor");
  const auto line = [&](const char* stage, double seconds) {
    std::printf("%-28s %8.0f %14.2f\n", stage, megabytes / seconds, seconds / lexbor);
  };
  line("lexbor alone", lexbor);
  line("decode, parse, flat tree", tree);
  line("body", body);
  line("noise, datelines, article", article);
  line("HTML to article", tree + body + article);
  return 0;
}
