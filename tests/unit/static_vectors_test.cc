// Word vectors of a package: the .npy file and the map from words to rows.
#include "language/static_vectors.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

namespace casus {
namespace {

std::string npy(const std::string& shape, const std::vector<float>& data, const std::string& type = "<f4") {
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(header.size());
  out += '\0';
  out += header;
  out.append(reinterpret_cast<const char*>(data.data()), data.size() * sizeof(float));
  return out;
}

class StaticVectorsTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::path(testing::TempDir()) / ("casus_vectors_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
                                                     "_" + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] Result<StaticVectors> read(const std::string& vectors, const std::string& key2row) const {
    std::ofstream(folder_ / "vectors", std::ios::binary) << vectors;
    std::ofstream(folder_ / "key2row", std::ios::binary) << key2row;
    return read_static_vectors(folder_);
  }

  std::filesystem::path folder_;
};

TEST_F(StaticVectorsTest, rows_are_found_by_word) {
  const auto vectors = read(npy("(2, 3)", {1, 2, 3, 4, 5, 6}), "\x82\x07\x01\x09\x01");
  ASSERT_TRUE(vectors.ok()) << vectors.error().to_string();
  ASSERT_NE(vectors->find(7), nullptr);
  EXPECT_EQ(vectors->find(7), vectors->find(9));
  EXPECT_EQ(vectors->find(7)[2], 6.0F);
  EXPECT_EQ(vectors->find(8), nullptr);
}

TEST_F(StaticVectorsTest, empty_vectors_are_fine) {
  const auto vectors = read(npy("(0, 0)", {}), "\x80");
  ASSERT_TRUE(vectors.ok()) << vectors.error().to_string();
  EXPECT_EQ(vectors->rows, 0U);
}

TEST_F(StaticVectorsTest, broken_files_are_named) {
  const std::string good = npy("(2, 3)", {1, 2, 3, 4, 5, 6});
  for (const std::string& bad :
       {std::string("junk"), good.substr(0, 9), good.substr(0, 30), good.substr(0, good.size() - 1), npy("(3, 3)", {1, 2}),
        npy("(2, 3)", {1, 2, 3, 4, 5, 6}, "<f8"), npy("(99999999999, 99999999999)", {1}), npy("(2)", {1, 2})}) {
    const auto vectors = read(bad, "\x80");
    ASSERT_FALSE(vectors.ok());
    EXPECT_EQ(vectors.error().code, ErrorCode::kBadModel);
    EXPECT_NE(vectors.error().file.find("vectors"), std::string::npos);
  }
}

TEST_F(StaticVectorsTest, rows_out_of_range_are_refused) {
  EXPECT_FALSE(read(npy("(2, 3)", {1, 2, 3, 4, 5, 6}), "\x81\x07\x02").ok());
  EXPECT_FALSE(read(npy("(2, 3)", {1, 2, 3, 4, 5, 6}), "\xc0").ok());
}

TEST_F(StaticVectorsTest, a_missing_file_is_named) {
  const auto vectors = read_static_vectors(folder_ / "nowhere");
  ASSERT_FALSE(vectors.ok());
  EXPECT_EQ(vectors.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace casus
