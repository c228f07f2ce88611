// The MessagePack decoder: every form that occurs in a spaCy package, and what a broken or hostile file may claim.
#include "language/msgpack.h"

#include <gtest/gtest.h>

#include <string>

namespace casus {
namespace {

using namespace std::string_literals;

Error error_of(const std::string& bytes, const MsgpackLimits& limits = {}) {
  const auto result = decode_msgpack(bytes, limits);
  if (result) return Error{.code = ErrorCode::kInterrupted, .message = "decoded without an error"};
  return result.error();
}

uint64_t number_of(const std::string& bytes) {
  const auto result = decode_msgpack(bytes);
  uint64_t number = 4711;
  EXPECT_TRUE(result && result->to_uint64(number));
  return number;
}

int64_t signed_of(const std::string& bytes) {
  const auto result = decode_msgpack(bytes);
  int64_t number = 4711;
  EXPECT_TRUE(result && result->to_int64(number));
  return number;
}

TEST(Msgpack, nil_and_booleans_are_read) {
  EXPECT_TRUE(decode_msgpack("\xc0")->is_nil());
  EXPECT_EQ(std::get<bool>(decode_msgpack("\xc2")->value), false);
  EXPECT_EQ(std::get<bool>(decode_msgpack("\xc3")->value), true);
}

TEST(Msgpack, unsigned_numbers_of_every_width_are_read) {
  EXPECT_EQ(number_of("\x00"s), 0U);
  EXPECT_EQ(number_of("\x7f"), 127U);
  EXPECT_EQ(number_of("\xcc\xff"), 255U);
  EXPECT_EQ(number_of("\xcd\x01\x00"s), 256U);
  EXPECT_EQ(number_of("\xce\x80\x00\x00\x00"s), 0x80000000U);
  EXPECT_EQ(number_of("\xcf\xff\xff\xff\xff\xff\xff\xff\xff"), ~uint64_t{0});
}

TEST(Msgpack, signed_numbers_of_every_width_are_read) {
  EXPECT_EQ(signed_of("\xff"), -1);
  EXPECT_EQ(signed_of("\xe0"), -32);
  EXPECT_EQ(signed_of("\xd0\x80"), -128);
  EXPECT_EQ(signed_of("\xd1\x80\x00"s), -32768);
  EXPECT_EQ(signed_of("\xd2\xff\xff\xff\xfe"), -2);
  EXPECT_EQ(signed_of("\xd3\x80\x00\x00\x00\x00\x00\x00\x00"s), std::numeric_limits<int64_t>::min());
}

TEST(Msgpack, a_positive_number_in_a_signed_form_counts_as_unsigned_too) {
  EXPECT_EQ(number_of("\xd0\x05"), 5U);
  EXPECT_EQ(number_of("\xd3\x00\x00\x00\x00\x00\x00\x00\x07"s), 7U);
}

TEST(Msgpack, numbers_that_do_not_fit_are_told_apart) {
  uint64_t number = 0;
  int64_t integer = 0;
  EXPECT_FALSE(decode_msgpack("\xff")->to_uint64(number));
  EXPECT_FALSE(decode_msgpack("\xcf\xff\xff\xff\xff\xff\xff\xff\xff")->to_int64(integer));
  EXPECT_FALSE(decode_msgpack("\xa1"
                              "1")
                   ->to_uint64(number));
  EXPECT_FALSE(decode_msgpack("\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00"s)->to_int64(integer));
}

TEST(Msgpack, floating_point_numbers_are_read) {
  EXPECT_EQ(std::get<double>(decode_msgpack("\xca\xbf\xc0\x00\x00"s)->value), -1.5);
  EXPECT_EQ(std::get<double>(decode_msgpack("\xcb\x3f\xb9\x99\x99\x99\x99\x99\x9a")->value), 0.1);
}

TEST(Msgpack, strings_and_binaries_are_views_into_the_buffer) {
  const std::string bytes =
      "\x92\xd9\x05"
      "h\xc3\xa9l.\xc4\x02\xff\x00"s;
  const auto result = decode_msgpack(bytes);
  ASSERT_TRUE(result);
  const auto& items = *result->array();
  EXPECT_EQ(items[0].text(), "hél.");
  EXPECT_EQ(items[0].text().data(), bytes.data() + 3);
  EXPECT_EQ(items[1].text(), "\xff\x00"s);
  EXPECT_TRUE(std::holds_alternative<MsgpackValue::Binary>(items[1].value));
}

TEST(Msgpack, long_forms_of_lengths_are_read) {
  const std::string text(70'000, 'x');
  for (const std::string& head : {"\xdb\x00\x01\x11\x70"s, "\xc6\x00\x01\x11\x70"s}) EXPECT_EQ(decode_msgpack(head + text)->text(), text);
  const std::string medium(300, 'y');
  for (const std::string& head : {"\xda\x01\x2c"s, "\xc5\x01\x2c"s}) EXPECT_EQ(decode_msgpack(head + medium)->text(), medium);
  for (const std::string& head : {"\xdc\x01\x2c"s, "\xdd\x00\x00\x01\x2c"s})
    EXPECT_EQ(decode_msgpack(head + medium)->array()->size(), 300U);
  for (const std::string& head : {"\xde\x00\x96"s, "\xdf\x00\x00\x00\x96"s}) EXPECT_EQ(decode_msgpack(head + medium)->map()->size(), 150U);
}

TEST(Msgpack, text_of_anything_else_has_no_data) {
  EXPECT_EQ(decode_msgpack("\x05")->text().data(), nullptr);
  EXPECT_NE(decode_msgpack("\xa0")->text().data(), nullptr);
}

TEST(Msgpack, map_members_are_found_by_string_and_binary_keys) {
  const std::string bytes =
      "\x83\xa1"
      "a\x01\xc4\x01"
      "b\x02\x03\x03"s;
  const auto result = decode_msgpack(bytes);
  ASSERT_TRUE(result);
  uint64_t number = 0;
  ASSERT_NE(result->find("a"), nullptr);
  ASSERT_NE(result->find("b"), nullptr);
  EXPECT_TRUE(result->find("b")->to_uint64(number));
  EXPECT_EQ(number, 2U);
  EXPECT_EQ(result->find("c"), nullptr);
  EXPECT_EQ(result->find(""), nullptr);
  EXPECT_EQ(decode_msgpack("\x90")->find("a"), nullptr);
}

TEST(Msgpack, the_last_of_two_equal_keys_wins) {
  const std::string bytes =
      "\x82\xa1"
      "a\x01\xa1"
      "a\x02";
  uint64_t number = 0;
  ASSERT_TRUE(decode_msgpack(bytes)->find("a")->to_uint64(number));
  EXPECT_EQ(number, 2U);
}

TEST(Msgpack, nested_containers_keep_their_order) {
  const std::string bytes = "\x93\x81\xa1k\x92\x01\x02\x90\x81\x92\x03\x04\x80"s;
  const auto result = decode_msgpack(bytes);
  ASSERT_TRUE(result);
  const auto& items = *result->array();
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].find("k")->array()->size(), 2U);
  EXPECT_TRUE(items[1].array()->empty());
  const auto& odd = *items[2].map();
  EXPECT_EQ(odd[0].first.array()->size(), 2U);
  EXPECT_TRUE(odd[0].second.map()->empty());
}

TEST(Msgpack, every_cut_off_file_is_refused) {
  const std::string whole =
      "\x85\xa1"
      "a\x93\x01\xcd\x01\x00\xce\x00\x01\x00\x00\xa1"
      "b\xc4\x03xyz\xa1"
      "c\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00\xa1"
      "d\xdc\x00\x02\xc0\xc3\xa1"
      "e\x81\xd9\x02zz\xd1\x80\x00"s;
  ASSERT_TRUE(decode_msgpack(whole));
  for (size_t length = 0; length < whole.size(); ++length) {
    const Error error = error_of(whole.substr(0, length));
    EXPECT_EQ(error.code, ErrorCode::kBadModel) << length;
    EXPECT_LE(error.byte, length) << length;
  }
}

TEST(Msgpack, trailing_bytes_are_refused_with_their_place) {
  const Error error = error_of("\x92\x01\x02\x03");
  EXPECT_EQ(error.code, ErrorCode::kBadModel);
  EXPECT_EQ(error.byte, 3U);
}

TEST(Msgpack, an_empty_file_is_refused) { EXPECT_EQ(error_of("").code, ErrorCode::kBadModel); }

TEST(Msgpack, huge_claimed_lengths_are_refused_without_the_memory) {
  for (const std::string& bytes : {"\xdd\xff\xff\xff\xff"s, "\xdf\xff\xff\xff\xff"s, "\xdb\xff\xff\xff\xffxx"s, "\xc6\xff\xff\xff\xffxx"s,
                                   "\xdc\xff\xff"s, "\xde\xff\xff"s, "\xd9\xff"s, "\xbf"s, "\x9f"s, "\x8f"s}) {
    EXPECT_EQ(error_of(bytes).code, ErrorCode::kBadModel);
  }
}

TEST(Msgpack, nested_claims_together_cannot_exceed_the_file) {
  std::string bytes;
  for (int i = 0; i < 20; ++i) bytes += "\xdc\x03\xe8"s;  // twenty arrays in each other, each of 1,000
  bytes.append(1'500, '\x01');                            // enough for one of them
  const Error error = error_of(bytes);
  EXPECT_EQ(error.code, ErrorCode::kBadModel);
  EXPECT_LT(error.byte, 60U);
}

TEST(Msgpack, depth_is_bounded) {
  const std::string at_limit = std::string(31, '\x91') + "\x90";
  EXPECT_TRUE(decode_msgpack(at_limit));
  EXPECT_EQ(error_of("\x91" + at_limit).code, ErrorCode::kBadModel);
  EXPECT_EQ(error_of(std::string(10'000'000, '\x91')).code, ErrorCode::kBadModel);
  EXPECT_EQ(error_of(std::string(10'000'000, '\x81')).code, ErrorCode::kBadModel);
}

TEST(Msgpack, number_of_values_is_bounded) {
  const std::string ten = "\x9a"s + std::string(10, '\x01');
  EXPECT_TRUE(decode_msgpack(ten, {.max_depth = 2, .max_values = 11}));
  EXPECT_EQ(error_of(ten, {.max_depth = 2, .max_values = 10}).code, ErrorCode::kBadModel);
}

TEST(Msgpack, extensions_and_reserved_bytes_are_refused) {
  for (const char head : {'\xc1', '\xc7', '\xc8', '\xc9', '\xd4', '\xd5', '\xd6', '\xd7', '\xd8'}) {
    const Error error = error_of("\x91"s + head + std::string(40, '\x00'));
    EXPECT_EQ(error.code, ErrorCode::kBadModel);
    EXPECT_EQ(error.byte, 1U);
  }
}

TEST(Msgpack, strings_that_are_not_utf8_are_refused) {
  const Error error = error_of("\x91\xa2\xc3\x28"s);
  EXPECT_EQ(error.code, ErrorCode::kBadModel);
  EXPECT_EQ(error.byte, 2U);
  EXPECT_TRUE(decode_msgpack("\x91\xc4\x02\xc3\x28"s));
}

}  // namespace
}  // namespace casus
