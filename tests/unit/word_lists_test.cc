// Word lists of frames: lists that name lists, lists over lists, and that cycles and growth without bound are refused by name.
#include "lexicon/word_lists.h"

#include <gtest/gtest.h>

namespace casus {
namespace {

Result<WordLists> build(const std::vector<std::string>& folders) {
  WordListBuilder builder;
  for (size_t i = 0; i < folders.size(); ++i) {
    auto table = Table::parse("list\twords\n" + folders[i], std::to_string(i), {"list", "words"});
    if (!table) return std::move(table).error();
    if (auto done = builder.add(*std::move(table)); !done) return done.error();
  }
  return builder.build();
}

/// "FILE:LINE" of the fault; "" if there is none.
std::string fault_of(const std::vector<std::string>& folders) {
  const auto lists = build(folders);
  return lists.ok() ? "" : lists.error().file + ":" + std::to_string(lists.error().line);
}

TEST(word_lists, lists_name_lists_in_any_order) {
  const auto lists = build({"relief\ttent|@food\nfood\trice|wheat\n"});
  ASSERT_TRUE(lists.ok()) << lists.error().to_string();
  EXPECT_EQ(lists->at("relief"), "tent|rice|wheat");
}

TEST(word_lists, a_list_of_a_folder_above_counts_everywhere) {
  const auto lists = build({"relief\ttent|@food\nfood\trice\n", "food\t@food|millet\n"});
  ASSERT_TRUE(lists.ok()) << lists.error().to_string();
  EXPECT_EQ(lists->at("food"), "rice|millet");
  EXPECT_EQ(lists->at("relief"), "tent|rice|millet");
}

TEST(word_lists, a_list_can_be_switched_off) {
  const auto lists = build({"a\tx\nb\ty\n", "-a\n"});
  ASSERT_TRUE(lists.ok()) << lists.error().to_string();
  EXPECT_FALSE(lists->contains("a"));
  EXPECT_EQ(fault_of({"a\tx\nb\t@a\n", "-a\n"}), "0:3");
  EXPECT_EQ(fault_of({"a\tx\n", "-b\n"}), "1:2");
  EXPECT_EQ(fault_of({"-a\tx\n"}), "0:2");
}

TEST(word_lists, faults_are_named_by_file_and_line) {
  EXPECT_EQ(fault_of({"a\tx\na\ty\n"}), "0:3");
  EXPECT_EQ(fault_of({"a\tx\n", "b\t@c\n"}), "1:2");
  EXPECT_EQ(fault_of({"a\t@a\n"}), "0:2");
  EXPECT_EQ(fault_of({"a\t\n"}), "0:2");
  EXPECT_EQ(fault_of({"a\t|\n"}), "0:2");
  EXPECT_EQ(fault_of({"A\tx\n"}), "0:2");
}

TEST(word_lists, cycles_are_refused) {
  EXPECT_EQ(fault_of({"a\t@b\nb\t@c\nc\t@a\n"}), "0:4");
  EXPECT_EQ(fault_of({"a\t@b\nb\tx\n", "b\t@a\n"}), "1:2");
}

TEST(word_lists, depth_is_bounded) {
  std::string rows = "a\tx\n";
  for (char name = 'b'; name < 'z'; ++name) rows += std::string(1, name) + "\t@" + static_cast<char>(name - 1) + "\n";
  EXPECT_EQ(fault_of({rows}), "") << "each list was put in before the next needs it";
  std::string backwards = "a\tx\n";
  for (char name = 'b'; name < 'z'; ++name) backwards.insert(0, std::string(1, name) + "\t@" + static_cast<char>(name - 1) + "\n");
  EXPECT_NE(fault_of({backwards}), "");
}

TEST(word_lists, growth_is_bounded) {
  std::string doubling = "a\tword\n";
  for (char name = 'b'; name < 'z'; ++name) {
    const std::string before = std::string("@") + static_cast<char>(name - 1);
    doubling += std::string(1, name) + "\t" + before + "|" + before + "\n";
  }
  EXPECT_NE(fault_of({doubling}), "");
  std::string copies = "a\tx";
  for (size_t size = 0; size < kMaxDataLineBytes - 100; size += 2) copies += "|x";
  copies += "\n";
  for (size_t i = 0; i < 2 * kMaxListBytes / kMaxDataLineBytes; ++i) {
    std::string name;
    for (size_t rest = i; name.size() < 4; rest /= 26) name += static_cast<char>('a' + rest % 26);
    copies += name + "\t@a\n";
  }
  const auto lists = build({copies});
  ASSERT_FALSE(lists.ok());
  EXPECT_EQ(lists.error().code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace casus
