// What bytes are taken for: by what they contain, by their name only where that leaves it open.
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "article/file_form.h"
#include "article/open_reader.h"
#include "support/article_test.h"

namespace casus {
namespace {

using namespace std::string_view_literals;

std::string form(std::string_view bytes, std::string_view name = "input") { return std::string(form_name(file_form(name, bytes))); }

/// The form of the first article of these bytes.
std::string opened_form(std::string bytes, std::string name = "a") {
  Result<std::unique_ptr<ArticleReader>> reader =
      open_reader(LineReader::of_bytes(std::move(bytes), std::move(name)), {}, test_article_options());
  if (!reader) return reader.error().to_string();
  const ReadItems items = read_all(**reader);
  return items.articles.empty() ? "none" : items.articles[0]->fields().form;
}

TEST(Forms, ContentGoesBeforeTheName) {
  EXPECT_EQ(form("%PDF-1.4", "a.txt"), "pdf");
  EXPECT_EQ(form("\x1F\x8B\x08", "a.html"), "gzip");
  EXPECT_EQ(form("<!DOCTYPE html><p>Talks", "a.jsonl"), "html");
  EXPECT_EQ(form("{\"text\":\"One.\"}\n", "a.txt"), "jsonl");
  EXPECT_EQ(form("WARC/1.0\r\n", "a.txt"), "warc");
  EXPECT_EQ(form("\x89PNG\r\n", "a.txt"), "image");
}

TEST(Forms, NameDecidesWhatTheContentLeavesOpen) {
  EXPECT_EQ(form("{One.", "a.txt"), "text");
  EXPECT_EQ(form("{One.", "a.jsonl"), "jsonl");
  EXPECT_EQ(form("broken first line\n{}", "a.jsonl"), "jsonl");
  EXPECT_EQ(form("broken first line\n{}", "a.jsonl.gz"), "jsonl");
  EXPECT_EQ(form("a,b\n1,2\n", "a.csv"), "csv");
  EXPECT_EQ(form("a,b\n1,2\n", "a.md"), "text");
  EXPECT_EQ(form("Talks fail <b>again</b>", "a.html"), "html");
  EXPECT_EQ(form("Talks fail <b>again</b>", "a.txt"), "text");
}

TEST(Forms, Markup) {
  EXPECT_EQ(form("\xEF\xBB\xBF\n <!-- saved --><html>"), "html");
  EXPECT_EQ(form("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\"><html>"), "html");
  EXPECT_EQ(form("<div class=story><p>Talks failed."), "html");
  EXPECT_EQ(form("<?xml version='1.0'?><rss version='2.0'>"), "feed");
  EXPECT_EQ(form("<?xml version='1.0'?><?xml-stylesheet href='a'?><feed xmlns='x'>"), "feed");
  EXPECT_EQ(form("<rdf:RDF>"), "feed");
  EXPECT_EQ(form("<?xml version='1.0'?><urlset>"), "sitemap");
  EXPECT_EQ(form("<?xml version='1.0'?><records>"), "xml");
  EXPECT_EQ(form("<svg viewBox='0 0 1 1'>"), "image");
  EXPECT_EQ(form("{\\rtf1\\ansi"), "rtf");
  EXPECT_EQ(form("<Reuters> The talks failed."), "text");
  EXPECT_EQ(form("<"), "text");
  EXPECT_EQ(form("<!-- never closed"), "text");
}

TEST(Forms, MarkupInUtf16) {
  EXPECT_EQ(form("\xFF\xFE<\0h\0t\0m\0l\0>\0"sv), "html");
  EXPECT_EQ(form("\xFE\xFF\0<\0h\0t\0m\0l\0>"sv), "html");
}

TEST(Forms, Json) {
  EXPECT_EQ(form(" [ {\"text\": 1}]"), "json");
  EXPECT_EQ(form("[1, 2]"), "text");
  EXPECT_EQ(form("\n{ \"text\": 1}"), "jsonl");
}

TEST(Forms, Tables) {
  EXPECT_EQ(form("file\tid\n", "a.tsv"), "index");
  EXPECT_EQ(form("nothing\n", "corpus/INDEX.tsv"), "index");
  EXPECT_EQ(form("title\tdate\n", "a.tsv"), "tsv");
}

TEST(Forms, TablesWithoutAnEnding_AreToldByTheColumnsThatAreKnown) {
  EXPECT_EQ(opened_form("id\ttext\n1\tOne."), "csv");
  EXPECT_EQ(opened_form("\"Title\",\"Date\",\"Text\"\nTalks,2022-02-10,One.\n"), "csv");
  EXPECT_EQ(opened_form("Title;Body\nTalks;One.\n"), "csv");
  EXPECT_EQ(opened_form("Headline|Full Text\nTalks|One.\n"), "csv");
  EXPECT_EQ(opened_form("Headline|Full Text\nTalks|One.\n", "a.txt"), "text") << "the name says that it is none";
  EXPECT_EQ(opened_form("The title, the text and the date were wrong.\n"), "text");
}

TEST(Forms, Mails) {
  EXPECT_EQ(form("Return-Path: <a@b.example>\r\nReceived: from x\r\n by y\r\nSubject: Talks\r\n\r\nBody"), "mail");
  EXPECT_EQ(form("From: Daily Post <a@b.example>\nSubject: Talks fail\n\nBody"), "mail");
  EXPECT_EQ(form("From a@b.example Thu Feb 10 10:00:00 2022\nFrom: a@b.example\nSubject: Talks\n"), "mailbox");
  EXPECT_EQ(form("From Moscow to Kyiv\nTalks failed: again.\n"), "text");
  EXPECT_EQ(form("Title: Talks fail\nPublished: 2022-02-10\n\nThe talks failed.\n"), "text");
  EXPECT_EQ(form("Subject: Talks\n\nThe talks failed.\n"), "text");
}

TEST(Forms, Exports) { EXPECT_EQ(form("They handed over 250 DOCUMENTS.\n"), "text"); }

TEST(Forms, Containers) {
  EXPECT_EQ(form("\x28\xB5\x2F\xFD"), "zstd");
  EXPECT_EQ(form("\xFD\x37zXZ\0"sv), "xz");
  EXPECT_EQ(form("BZh91AY"), "bzip2");
  EXPECT_EQ(form("PK\x03\x04" + std::string(26, '\0') + "a.txt"), "zip");
  EXPECT_EQ(form("PK\x03\x04" + std::string(26, '\0') + "[Content_Types].xml", "a.docx"), "office");
  EXPECT_EQ(form("PK\x05\x06"), "zip");
}

TEST(Forms, Tar_IsToldByItsChecksum) {
  std::string header(512, '\0');
  header.replace(0, 5, "a.txt").replace(148, 8, "        ");
  uint64_t sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  char octal[8];
  std::snprintf(octal, sizeof octal, "%06o", static_cast<unsigned>(sum));
  header.replace(148, 7, std::string(octal) + '\0');
  EXPECT_EQ(form(header), "tar");
  header[0] = 'b';
  EXPECT_EQ(form(header), "binary");
}

TEST(Forms, BinaryIsNoText) {
  EXPECT_EQ(form(std::string(5000, '\0')), "binary");
  EXPECT_EQ(form(std::string(50, '\1')), "binary");
  EXPECT_EQ(form("\x7F"
                 "ELF"),
            "program");
  EXPECT_EQ(form("T\0h\0e\0 \0t\0a\0l\0k\0s\0 \0f\0a\0i\0l\0e\0d\0 \0"sv), "text") << "UTF-16 without a mark";
  EXPECT_EQ(form("The talks\0 failed \x1B[1magain."sv), "text");
  EXPECT_EQ(form(""), "text");
}

TEST(Forms, EveryFormHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (uint8_t i = 0; i <= static_cast<uint8_t>(FileForm::kBinary); ++i) names.insert(form_name(static_cast<FileForm>(i)));
  EXPECT_EQ(names.size(), static_cast<size_t>(FileForm::kBinary) + 1);
}

TEST(Names, CompressionEndings) {
  EXPECT_EQ(without_compression_ending("a/b.txt.GZ"), "a/b.txt");
  EXPECT_EQ(without_compression_ending("a.gz/b"), "a.gz/b");
  EXPECT_EQ(without_compression_ending(".gz"), ".gz");
}

}  // namespace
}  // namespace casus
