// Compressed files and archives: what is in them is read, whatever they claim; bombs and breaks are errors and the rest goes on.
#include <string>

#include "article/decompress.h"
#include "support/archives.h"
#include "support/source_items.h"

namespace casus {
namespace {

using Ids = std::vector<std::string>;

class Compressed : public testing::TestWithParam<const char*> {
 protected:
  TestFolder folder_;
};

TEST_P(Compressed, Text_IsOneArticle) {
  const SourceItems items = read_source(folder_.write("talks.txt.gz", compressed(GetParam(), "Title: Talks fail\n\nThe talks failed.\n")));
  ASSERT_EQ(items.ids(), Ids{"talks"});
  EXPECT_EQ(items.articles[0]->fields().title, "Talks fail");
  EXPECT_EQ(items.articles[0]->fields().form, "text");
  EXPECT_EQ(items.articles[0]->fields().origin, folder_.path("talks.txt.gz"));
}

TEST_P(Compressed, NameWithoutTheEnding_IsTheSame) {
  EXPECT_EQ(read_source(folder_.write("talks.txt", compressed(GetParam(), "The talks failed.\n"))).ids(), Ids{"talks"});
}

TEST_P(Compressed, JsonLinesInManyMembers_AreAllRead) {
  const std::string one = compressed(GetParam(), "{\"text\":\"One.\"}\n{\"te"), two = compressed(GetParam(), "xt\":\"Two.\"}\n"),
                    none = compressed(GetParam(), "");
  EXPECT_EQ(read_source(folder_.write("a.jsonl.gz", one + none + two + none)).ids(), (Ids{"a:1", "a:2"}));
}

TEST_P(Compressed, CutOffAnywhere_IsAnErrorAfterWhatWasWhole) {
  std::string lines;
  for (int i = 0; i < 200; ++i) lines += "{\"text\":\"Talk number " + std::to_string(i * 7919 % 1000) + " failed.\"}\n";
  const std::string whole = compressed(GetParam(), lines);
  for (size_t size = 8; size < whole.size(); size += 37) {
    const SourceItems items = read_source(folder_.write("a.jsonl", whole.substr(0, size)));
    ASSERT_GE(items.errors.size(), 1u) << size;
    EXPECT_EQ(items.errors.back().code, ErrorCode::kUnreadable);
    EXPECT_EQ(items.errors.back().message, "seems to be cut off: its compressed data has no end");
    EXPECT_EQ(items.errors.back().file, folder_.path("a.jsonl"));
  }
}

TEST_P(Compressed, ChangedBytes_NeverDoHarm) {
  const std::string whole = compressed(GetParam(), "{\"text\":\"The talks failed on Friday, and failed again on Saturday.\"}\n");
  for (size_t i = 4; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0x55);
    const SourceItems items = read_source(folder_.write("a.jsonl", changed));
    EXPECT_LE(items.articles.size(), 1u);
  }
}

TEST_P(Compressed, SomethingElseBehind_IsSaid) {
  const SourceItems items = read_source(folder_.write("a.jsonl", compressed(GetParam(), "{\"text\":\"One.\"}\n") + "something else"));
  EXPECT_EQ(items.ids(), Ids{"a:1"});
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_NE(items.errors[0].message.find("has something else behind its"), std::string::npos);
}

TEST_P(Compressed, ZerosBehind_ArePadding) {
  const std::string padded = compressed(GetParam(), "{\"text\":\"One.\"}\n") + std::string(5000, '\0');
  const SourceItems items = read_source(folder_.write("a.jsonl", padded));
  EXPECT_EQ(items.ids(), Ids{"a:1"});
  EXPECT_TRUE(items.errors.empty());
}

/// Where the stream fails behind blanks, what was seen of it before must not be looked at in its old place.
TEST_P(Compressed, BlanksAndThenNothing_AreAnError) {
  const std::string whole = compressed(GetParam(), std::string(300, '\n') + std::string(100'000, ' '));
  const SourceItems items = read_source(folder_.write("a", whole.substr(0, whole.size() - 6)));
  EXPECT_TRUE(items.ids().empty());
  EXPECT_EQ(items.errors.size(), 1u);
}

TEST_P(Compressed, Bomb_EndsWithAnErrorAndTheRestGoesOn) {
  ArticleOptions options = test_article_options();
  options.expansion_floor_bytes = 1'000'000;
  const std::string bomb = folder_.write("bomb", compressed(GetParam(), "{\"text\":\"" + std::string(20'000'000, 'x')));
  const ReadItems items = read_items({bomb, folder_.write("b.txt", "Two.")}, options);
  EXPECT_EQ(items.ids(), Ids{"b"});
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].code, ErrorCode::kTooLarge);
  EXPECT_EQ(items.errors[0].file, bomb);
  EXPECT_FALSE(items.errors[0].remedy.empty());
}

TEST_P(Compressed, ExpandedBytes_AreLimited) {
  ArticleOptions options = test_article_options();
  options.max_expanded_bytes = 1000;
  std::string lines;
  for (int i = 0; i < 10'000; ++i) lines += "{\"text\":\"Talk " + std::to_string(i) + ".\"}\n";
  const SourceItems items = read_source(folder_.write("a.jsonl", compressed(GetParam(), lines)), options);
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].to_string(),
            folder_.path("a.jsonl") +
                ": expands to more than 1000 bytes; what follows is not read (raise --max-expanded-bytes if it is what it should be)");
}

TEST_P(Compressed, DeeperThanTheLimit_IsAnError) {
  ArticleOptions options = test_article_options();
  options.max_nesting = 3;
  std::string bytes = "The talks failed.";
  for (int i = 0; i < 3; ++i) bytes = compressed(GetParam(), bytes);
  EXPECT_EQ(read_source(folder_.write("a.txt", bytes), options).articles.size(), 1u);
  const SourceItems items = read_source(folder_.write("a.txt", compressed(GetParam(), bytes)), options);
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].message, "lies more than 3 archives and compressions deep; not read");
}

TEST_P(Compressed, Decompress_OfBytesInMemory) {
  ArticleOptions options;
  Expansion expansion(options);
  const std::string text(200'000, 'x');
  const std::pair<const char*, Compression> names[] = {
      {"gzip", Compression::kGzip}, {"xz", Compression::kXz}, {"zstd", Compression::kZstd}, {"bzip2", Compression::kBzip2}};
  for (const auto& [name, compression] : names) {
    if (std::string_view(name) != GetParam()) continue;
    const std::string whole = compressed(name, text);
    EXPECT_EQ(*decompress(whole, compression, 200'000, expansion), text);
    EXPECT_EQ(decompress(whole, compression, 199'999, expansion).error().code, ErrorCode::kTooLarge);
    EXPECT_EQ(decompress(whole.substr(0, whole.size() - 1), compression, 200'000, expansion).error().code, ErrorCode::kUnreadable);
    EXPECT_EQ(decompress("no such data", compression, 200'000, expansion).error().code, ErrorCode::kUnreadable);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Compressed, testing::Values("gzip", "xz", "zstd", "bzip2"),
                         [](const auto& parameter) { return std::string(parameter.param); });

class Archives : public testing::TestWithParam<const char*> {
 protected:
  SourceItems read(const std::vector<TestMember>& members, const ArticleOptions& options = test_article_options()) {
    return read_source(folder_.write("pages.zip", make_archive(GetParam(), "", members)), options);
  }
  TestFolder folder_;
};

TEST_P(Archives, MembersAreReadInOrder) {
  const SourceItems items = read({{.path = "b/two.txt", .bytes = "Title: Two\n\nThe talks failed."},
                                  {.path = "a", .type = AE_IFDIR},
                                  {.path = "a/one.jsonl", .bytes = "{\"text\":\"One.\"}\n{\"id\":\"x\",\"text\":\"Two.\"}\n"}});
  EXPECT_EQ(items.ids(), (Ids{"pages.zip!b/two.txt", "pages.zip!a/one.jsonl:1", "x"}));
  EXPECT_EQ(items.articles.at(0)->fields().origin, folder_.path("pages.zip!b/two.txt"));
  EXPECT_EQ(items.articles.at(0)->fields().title, "Two");
  EXPECT_TRUE(items.errors.empty());
}

TEST_P(Archives, WhatIsNoArticle_IsCountedByForm) {
  const SourceItems items = read({{.path = "logo.png", .bytes = "\x89PNG\r\n\x1A\n"},
                                  {.path = "page.css", .bytes = "p { color: red }"},
                                  {.path = ".hidden/a.txt", .bytes = "One."},
                                  {.path = "__MACOSX/a.txt", .bytes = "One."},
                                  {.path = "README", .bytes = "About it."},
                                  {.path = "INDEX.tsv", .bytes = "file\na.txt\n"},
                                  {.path = "a.txt", .bytes = "Two."}});
  EXPECT_EQ(items.ids(), Ids{"pages.zip!a.txt"});
  EXPECT_EQ(items.passed_over, (PassedOver{{"hidden", 2}, {"image", 1}, {"index", 1}, {"readme", 1}, {"style", 1}}));
}

TEST_P(Archives, FaultOfAMember_IsNamedAndTheRestGoesOn) {
  const SourceItems items =
      read({{.path = "a.txt", .bytes = ""}, {.path = "b.jsonl", .bytes = "{\"id\":1}\n"}, {.path = "c.txt", .bytes = "Two."}});
  EXPECT_EQ(items.ids(), Ids{"pages.zip!c.txt"});
  EXPECT_EQ(items.messages(), (Ids{"pages.zip!a.txt: the article has no text", "pages.zip!b.jsonl: has no text; its fields are: id"}));
}

TEST_P(Archives, PathsThatLeadOut_WriteNothing) {
  const SourceItems items = read({{.path = "../../outside.txt", .bytes = "One."},
                                  {.path = "/absolute.txt", .bytes = "Two."},
                                  {.path = "line\nend\x1B.txt", .bytes = "Three."}});
  EXPECT_EQ(items.ids(), (Ids{"pages.zip!../../outside.txt", "pages.zip!/absolute.txt", "pages.zip!line?end?.txt"}));
  size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) files += entry.is_regular_file();
  EXPECT_EQ(files, 1u);
}

TEST_P(Archives, LinksAreNotFollowed) {
  folder_.write("secret.txt", "Not for you.");
  const SourceItems items =
      read({{.path = "a.txt", .type = AE_IFLNK, .link = folder_.path("secret.txt")}, {.path = "b.txt", .bytes = "One."}});
  EXPECT_EQ(items.ids(), Ids{"pages.zip!b.txt"});
  EXPECT_EQ(items.passed_over, (PassedOver{{"link", 1}}));
}

TEST_P(Archives, ArchiveInAnArchive_IsRead) {
  const std::string inner = make_archive(GetParam(), "", {{.path = "c.txt", .bytes = "One."}});
  const SourceItems items = read({{.path = "a/b.zip", .bytes = inner}, {.path = "d.txt.gz", .bytes = compressed("gzip", "Two.")}});
  EXPECT_EQ(items.ids(), (Ids{"pages.zip!a/b.zip!c.txt", "pages.zip!d.txt.gz"}));
}

TEST_P(Archives, DeeperThanTheLimit_IsAnErrorOfThatMember) {
  std::string inner = make_archive(GetParam(), "", {{.path = "c.txt", .bytes = "One."}});
  for (int i = 0; i < 6; ++i) inner = make_archive(GetParam(), "", {{.path = "b.zip", .bytes = inner}});
  const SourceItems items = read({{.path = "a.zip", .bytes = inner}, {.path = "d.txt", .bytes = "Two."}});
  EXPECT_EQ(items.ids(), Ids{"pages.zip!d.txt"});
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].message, "lies more than 6 archives and compressions deep; not read");
}

TEST_P(Archives, MembersAreLimitedOverAllArchives) {
  ArticleOptions options = test_article_options();
  options.max_archive_members = 5;
  std::vector<TestMember> members;
  for (int i = 0; i < 3; ++i) members.push_back({.path = std::to_string(i) + ".txt", .bytes = "One."});
  const std::string inner = make_archive(GetParam(), "", members);
  const SourceItems items =
      read({{.path = "a.zip", .bytes = inner}, {.path = "b.zip", .bytes = inner}, {.path = "c.txt", .bytes = "One."}}, options);
  EXPECT_EQ(items.articles.size(), 3u);
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].message, "has more than 5 members; those that follow are not read");
}

TEST_P(Archives, BombsWithinEachOther_EndWithOneError) {
  ArticleOptions options = test_article_options();
  options.expansion_floor_bytes = 1'000'000;
  std::string inner = make_archive("zip", "", {{.path = "0.jsonl", .bytes = "{\"text\":\"" + std::string(2'000'000, 'x')}});
  for (int i = 0; i < 3; ++i) {
    std::vector<TestMember> members;
    for (int k = 0; k < 8; ++k) members.push_back({.path = std::to_string(k) + ".zip", .bytes = inner});
    inner = make_archive("zip", "", members);
  }
  const SourceItems items = read_source(folder_.write("bomb.zip", inner), options);
  EXPECT_TRUE(items.articles.empty());
  ASSERT_GE(items.errors.size(), 1u);
  EXPECT_EQ(items.errors.back().code, ErrorCode::kTooLarge);
  EXPECT_EQ(items.errors.size(), 1u);
}

TEST_P(Archives, CutOffAnywhere_IsAnErrorOrLess) {
  const std::string whole =
      make_archive(GetParam(), "", {{.path = "a.txt", .bytes = "The talks failed."}, {.path = "b.txt", .bytes = "They go on."}});
  for (size_t size = 1; size < whole.size(); size += 11) {
    const SourceItems items = read_source(folder_.write("cut", whole.substr(0, size)));
    EXPECT_LE(items.articles.size(), 2u);
    EXPECT_GE(items.articles.size() + items.errors.size(), 1u);
  }
}

TEST_P(Archives, ChangedBytes_NeverDoHarm) {
  const std::string whole =
      make_archive(GetParam(), "", {{.path = "a.txt", .bytes = "The talks failed."}, {.path = "b.txt", .bytes = "They go on."}});
  for (size_t i = 0; i < std::min<size_t>(whole.size(), 1600); i += 3) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0xA5);
    EXPECT_LE(read_source(folder_.write("changed", changed)).articles.size(), 2u);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Archives, testing::Values("zip", "gnutar", "pax"),
                         [](const auto& parameter) { return std::string(parameter.param); });

TEST(TarFiles, InEveryCompression) {
  const TestFolder folder;
  for (const char* filter : {"", "gzip", "xz", "zstd", "bzip2"}) {
    const std::string bytes = make_archive("pax", filter, {{.path = "a.txt", .bytes = "One."}, {.path = "b.txt", .bytes = "Two."}});
    EXPECT_EQ(read_source(folder.write("a.tar.any", bytes)).articles.size(), 2u) << filter;
  }
}

TEST(TarFiles, DevicesArePassedOver) {
  const TestFolder folder;
  const SourceItems items =
      read_source(folder.write("a.tar", make_archive("pax", "", {{.path = "null", .type = AE_IFCHR}, {.path = "a.txt", .bytes = "One."}})));
  EXPECT_EQ(items.ids(), Ids{"a.tar!a.txt"});
  EXPECT_EQ(items.passed_over, (PassedOver{{"device", 1}}));
}

TEST(ZipFiles, EmptyOne_HasNothing) {
  const TestFolder folder;
  const SourceItems items = read_source(folder.write("a.zip", make_archive("zip", "", {})));
  EXPECT_TRUE(items.articles.empty());
  EXPECT_TRUE(items.errors.empty());
}

TEST(ZipFiles, OfficeDocuments_AreNoArchives) {
  const TestFolder folder;
  const std::string bytes = make_archive("zip", "", {{.path = "[Content_Types].xml", .bytes = "<Types/>"}});
  EXPECT_EQ(read_source(folder.write("a.docx", bytes)).messages(), Ids{"a.docx: is an office document, a form that is not read"});
}

TEST(ArchivesOnTheWay, InFoldersAndAsStandardInput) {
  const TestFolder folder;
  folder.write("in/a.zip", make_archive("zip", "", {{.path = "x.txt", .bytes = "One."}, {.path = "x.png", .bytes = "\x89PNG\r\n\x1A\n"}}));
  folder.write("in/b.txt.gz", compressed("gzip", "Two."));
  folder.write("in/c.png.gz", compressed("gzip", "\x89PNG\r\n\x1A\n"));
  const SourceItems items = read_source(folder.path("in"));
  EXPECT_EQ(items.ids(), (Ids{"a.zip!x.txt", "b"}));
  EXPECT_EQ(items.passed_over, (PassedOver{{"image", 2}}));
  EXPECT_TRUE(items.errors.empty());
}

TEST(ArchivesOnTheWay, ProgressEndsAtTheTotal) {
  const TestFolder folder;
  folder.write("a.zip", make_archive("zip", "", {{.path = "x.txt", .bytes = "One."}}));
  folder.write("b.txt.gz", compressed("gzip", "Two."));
  folder.write("c.png", "\x89PNG\r\n\x1A\n");
  ArticleSource source({folder.path()}, test_article_options());
  while (source.next()) {
  }
  EXPECT_EQ(source.bytes_read(), source.bytes_total());
}

/// Faults and ids of a file of tests/broken_inputs.
SourceItems read_broken(const std::string& name) { return read_source(CASUS_SOURCE_DIR "/tests/broken_inputs/article/" + name); }

TEST(BrokenContainers, Warc) {
  const SourceItems lying = read_broken("lying.warc");
  EXPECT_EQ(lying.ids(), (Ids{"lying:1", "lying:4"}));
  EXPECT_EQ(lying.messages(), (Ids{"lying.warc: record 2: does not end behind the 90 bytes that it gives as its length",
                                   "lying.warc: record 3: does not end behind the 300 bytes that it gives as its length",
                                   "lying.warc: record 5: is cut off"}));
  const SourceItems member = read_broken("broken_member.warc.gz");
  ASSERT_EQ(member.articles.size(), 2u);
  EXPECT_EQ(member.articles[1]->fields().url, "https://post.example/2");
  EXPECT_EQ(member.messages(), Ids{"broken_member.warc.gz: its gzip data is broken"});
}

TEST(BrokenContainers, CutOffAndLeadingOut) {
  EXPECT_EQ(read_broken("cut_off.txt.gz").messages(), Ids{"cut_off.txt.gz: seems to be cut off: its compressed data has no end"});
  const SourceItems paths = read_broken("paths.tar");
  EXPECT_EQ(paths.ids(), (Ids{"paths.tar!../../outside.txt", "paths.tar!/absolute.txt", "paths.tar!good.txt"}));
  EXPECT_EQ(paths.passed_over, (PassedOver{{"device", 1}, {"link", 1}}));
}

}  // namespace
}  // namespace casus
