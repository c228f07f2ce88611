// Time expressions, found and valued in texts without a model: only the tags that the rules ask for are made up here.
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "parsed_document.h"
#include "reading/reading.h"
#include "reading/times.h"
#include "shipped_lexicon.h"

namespace casus {
namespace {

/// A line a word, all under the first: names are capital, numbers digits, verbs end in "!" ("came!" in the past, "comes!!" ahead).
std::string lines_of(std::string_view text) {
  std::istringstream words{std::string(text)};
  std::string lines;
  bool first = true;
  for (std::string word; words >> word; first = false) {
    std::string tag = "NN NOUN";
    if (word.ends_with("!!"))
      tag = "VBZ VERB";
    else if (word.ends_with("!"))
      tag = "VBD VERB";
    else if (is_ascii_digit(word[0]))
      tag = "CD NUM";
    else if (word == "," || word == "." || word == "(" || word == ")")
      tag = ". PUNCT";
    else if (word == "that")
      tag = "DT DET";
    else if (word == "on" || word == "in" || word == "at" || word == "by" || word == "from")
      tag = "IN ADP";
    else if (is_ascii_upper(word[0]))
      tag = "NNP PROPN";
    while (word.ends_with("!")) word.pop_back();
    lines += word + " " + ascii_lowered(word) + " " + tag + (first ? " ROOT 0\n" : " dep 1\n");
  }
  return lines;
}

/// "words=TYPE:value; …" of a text.
std::string found_in(std::string_view text, std::string_view published = "2022-02-10") {
  const ParsedDocument parsed(lines_of(text), published);
  const Syntax syntax(parsed.doc());
  std::string out;
  for (const TimeExpression& time : Times(syntax, shipped_lexicon()).expressions()) {
    EXPECT_EQ(parsed.article()->view(time.span), time.text);
    out += (out.empty() ? "" : "; ") + time.text + "=" + time.type + ":" + time.value;
  }
  return out;
}

struct Row {
  std::string_view text;
  std::string_view found;
};

void expect_rows(const std::vector<Row>& rows, std::string_view published = "2022-02-10") {
  for (const Row& row : rows) EXPECT_EQ(found_in(row.text, published), row.found) << row.text;
}

TEST(time_expressions, full_dates_in_all_orders) {
  expect_rows({{"came! on 10 May 1940 .", "10 May 1940=DATE:1940-05-10"},
               {"came! on May 10 , 1940 .", "May 10 , 1940=DATE:1940-05-10"},
               {"came! on the 10th of May 1940 .", "the 10th of May 1940=DATE:1940-05-10"},
               {"came! on Saturday , June 24 , 1950 .", "Saturday , June 24 , 1950=DATE:1950-06-24"},
               {"came! on Sept. 3 , 1939 .", "Sept. 3 , 1939=DATE:1939-09-03"},
               {"came! on 1940-05-10 .", "1940-05-10=DATE:1940-05-10"},
               {"came! on 5/10/1940 .", "5/10/1940=DATE:1940-05-10"},
               {"came! on 25/10/1940 .", "25/10/1940=DATE:1940-10-25"},
               {"came! on 10.5.1940 .", "10.5.1940=DATE:1940-05-10"},
               {"came! in May 1940 .", "May 1940=DATE:1940-05"},
               {"came! in May of 1940 .", "May of 1940=DATE:1940-05"}});
}

TEST(time_expressions, partial_dates_take_the_year_nearest_to_publication) {
  expect_rows({{"came! on May 10 .", "May 10=DATE:2021-05-10"},
               {"comes!! on May 10 .", "May 10=DATE:2022-05-10"},
               {"came! in December .", "December=DATE:2021-12"},
               {"came! in January .", "January=DATE:2022-01"},
               {"came! last March .", "last March=DATE:2021-03"},
               {"comes!! next January .", "next January=DATE:2023-01"},
               {"came! in March of last year .", "March of last year=DATE:2021-03"}});
}

TEST(time_expressions, ends_of_a_stretch_lend_each_other_what_they_lack) {
  expect_rows({{"came! on Feb. 10-20 .", "Feb. 10=DATE:2022-02-10; 20=DATE:2022-02-20"},
               {"came! on 26-30 November 1950 .", "26=DATE:1950-11-26; 30 November 1950=DATE:1950-11-30"},
               {"came! in August-September 1950 .", "August=DATE:1950-08; September 1950=DATE:1950-09"},
               {"came! from 31 May to 1 June 1916 .", "31 May=DATE:1916-05-31; 1 June 1916=DATE:1916-06-01"},
               {"came! from November to March 1917 .", "November=DATE:1916-11; March 1917=DATE:1917-03"},
               {"came! in 1939-40 .", "1939=DATE:1939; 40=DATE:1940"},
               {"came! from 264 to 241 BC .", "264=DATE:BC0264; 241 BC=DATE:BC0241"}});
}

TEST(time_expressions, years_decades_centuries_seasons_quarters) {
  expect_rows({{"came! in 2014 .", "2014=DATE:2014"},
               {"came! in 490 BC .", "490 BC=DATE:BC0490"},
               {"came! in the 1930s .", "the 1930s=DATE:193"},
               {"came! in the '90s .", "the '90s=DATE:199"},
               {"came! in the late 1930s .", "the late 1930s=DATE:193"},
               {"came! in the 19th century .", "the 19th century=DATE:18"},
               {"came! in the summer of 1916 .", "the summer of 1916=DATE:1916-SU"},
               {"came! last summer .", "last summer=DATE:2021-SU"},
               {"came! in autumn 1918 .", "autumn 1918=DATE:1918-FA"},
               {"came! in the third quarter of 2012 .", "the third quarter of 2012=DATE:2012-Q3"},
               {"came! in Q3 2012 .", "Q3 2012=DATE:2012-Q3"},
               {"came! in the first half of 2012 .", "the first half of 2012=DATE:2012-H1"},
               {"came! in early 1942 .", "early 1942=DATE:1942"},
               {"came! in mid-May 1942 .", "mid-May 1942=DATE:1942-05"},
               {"came! by the end of 1914 .", "the end of 1914=DATE:1914"}});
}

TEST(time_expressions, days_from_publication) {
  expect_rows({{"came! on Tuesday .", "Tuesday=DATE:2022-02-08"},
               {"comes!! on Tuesday .", "Tuesday=DATE:2022-02-15"},
               {"came! last Friday .", "last Friday=DATE:2022-02-04"},
               {"came! on Monday morning .", "Monday morning=TIME:2022-02-07TMO"},
               {"came! yesterday evening .", "yesterday evening=TIME:2022-02-09TEV"},
               {"came! overnight .", "overnight=TIME:2022-02-10TNI"},
               {"came! last night .", "last night=TIME:2022-02-09TNI"},
               {"came! today .", "today=DATE:2022-02-10"},
               {"comes!! the day after tomorrow .", "the day after tomorrow=DATE:2022-02-12"},
               {"came! last week .", "last week=DATE:2022-W05"},
               {"comes!! next month .", "next month=DATE:2022-03"},
               {"came! earlier this year .", "earlier this year=DATE:2022"},
               {"came! later in the week .", "later in the week=DATE:2022-W06"},
               {"came! six months ago .", "six months ago=DATE:2021-08"},
               {"came! two and a half years ago .", "two and a half years ago=DATE:2019-08"},
               {"came! in recent weeks .", "recent weeks=DATE:PAST_REF"},
               {"is now .", "now=DATE:PRESENT_REF"}});
}

TEST(time_expressions, times_counted_from_the_passage) {
  expect_rows({{"came! on 3 May 2021 . went! two days later .", "3 May 2021=DATE:2021-05-03; two days later=DATE:2021-05-05"},
               {"came! on 3 May 2021 . went! the following day .", "3 May 2021=DATE:2021-05-03; the following day=DATE:2021-05-04"},
               {"came! on 3 May 2021 . went! the same month .", "3 May 2021=DATE:2021-05-03; the same month=DATE:2021-05"},
               {"came! on 3 May 2021 . went! two weeks earlier .", "3 May 2021=DATE:2021-05-03; two weeks earlier=DATE:2021-W16"},
               {"came! on 3 May 2021 . went! that night .", "3 May 2021=DATE:2021-05-03; that night=TIME:2021-05-03TNI"}});
}

TEST(time_expressions, without_a_day_of_publication_the_passage_gives_the_year) {
  expect_rows({{"came! in May 1940 . went! on 3 September .", "May 1940=DATE:1940-05; 3 September=DATE:1940-09-03"},
               {"came! in May 1940 . went! that summer .", "May 1940=DATE:1940-05; that summer=DATE:1940-SU"},
               {"came! in May 1940 . fell! in 1453 . went! in June .", "May 1940=DATE:1940-05; 1453=DATE:1453; June=DATE:1940-06"},
               {"came! on Tuesday .", "Tuesday=DATE:"}},
              "");
}

TEST(time_expressions, hours) {
  expect_rows({{"came! at 5:30 pm .", "5:30 pm=TIME:2022-02-10T17:30"},
               {"came! at 8 p.m. Friday .", "8 p.m. Friday=TIME:2022-02-04T20:00"},
               {"came! at noon .", "noon=TIME:2022-02-10T12:00"},
               {"came! at 0900 GMT .", "0900 GMT=TIME:2022-02-10T09:00"},
               {"came! at 11 a.m. on 3 May 2021 .", "11 a.m.=TIME:2021-05-03T11:00; 3 May 2021=DATE:2021-05-03"},
               {"came! at 12:75 .", ""}});
}

TEST(time_expressions, lengths_and_sets) {
  expect_rows({{"lasted! for three years .", "three years=DURATION:P3Y"},
               {"lasted! more than 20 years .", "more than 20 years=DURATION:P20Y"},
               {"lasted! for several weeks .", "several weeks=DURATION:PXW"},
               {"lasted! a month-long siege .", "a month-long=DURATION:P1M"},
               {"lasted! half an hour .", "half an hour=DURATION:PT0.5H"},
               {"lasted! the first two months of 1939 .", "the first two months of 1939=DURATION:P2M"},
               {"came! in the past two months .", "the past two months=DURATION:P2M"},
               {"came! every Monday .", "every Monday=SET:XXXX-WXX-1"},
               {"came! on Mondays .", "Mondays=SET:XXXX-WXX-1"},
               {"came! every two weeks .", "every two weeks=SET:P2W"},
               {"came! daily .", "daily=SET:XXXX-XX-XX"},
               {"a 20-year-old man came!", ""},
               {"he was! 18 years old .", ""}});
}

TEST(time_expressions, numbers_and_words_that_are_no_times) {
  expect_rows({{"sent! 2000 troops .", ""},
               {"paid! $ 1,950 .", ""},
               {"may go .", ""},
               {"the fall of Saigon", ""},
               {"the 7th Army came!", ""},
               {"a second attack came!", ""},
               {"version 3.5.2 came!", ""}});
}

TEST(time_expressions, days_that_do_not_exist_are_read_as_far_as_they_can_be) {
  expect_rows({{"came! on 31 February 2020 .", "31 February 2020=DATE:2020-02"},
               {"came! on 2020-13-01 .", ""},
               {"came! on 13/13/2020 .", ""},
               {"came! on 0/0/0000 .", ""},
               {"came! on May 0 .", "May=DATE:2021-05"},
               {"came! in the year 0 .", ""},
               {"came! in 99999 .", ""},
               {"came! in May 99999 .", "May=DATE:2021-05"},
               {"came! 99999999999999999999 years ago .", "years ago=DATE:PAST_REF"},
               {"came! 900000 years ago .", "900000 years ago=DATE:"},
               {"came! in the 999th century .", ""}});
}

TEST(time_expressions, the_layer_prints_records_and_nothing_else) {
  const ParsedDocument parsed(lines_of("came! on Tuesday ."), "2022-02-10");
  const Report report = read_document(parsed.article(), parsed.doc(), shipped_lexicon());
  std::string out;
  append_records_json(report, {.events = false, .statements = false, .places = false, .times = true}, out);
  EXPECT_NE(out.find(R"("record":"time","doc":"by-hand")"), std::string::npos) << out;
  EXPECT_NE(out.find(R"("begin":8,"end":15,"text":"Tuesday","type":"DATE","value":"2022-02-08"})"), std::string::npos) << out;
  out.clear();
  append_records_json(report, {}, out);
  EXPECT_EQ(out, "");
}

std::string repeated(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(time_expressions, ten_thousand_dates_in_a_sentence_are_all_found) {
  const ParsedDocument parsed(lines_of("came! " + repeated("on 3 May 2021 , ", 10'000)), "2022-02-10");
  const Syntax syntax(parsed.doc());
  const Times times(syntax, shipped_lexicon());
  EXPECT_EQ(times.expressions().size(), 10'000u);
  EXPECT_EQ(times.of(0, false)->value, "2021-05-03");
}

TEST(time_expressions, pages_of_digits_and_of_half_expressions_end) {
  EXPECT_EQ(found_in("came! " + std::string(100'000, '7')), "");
  EXPECT_EQ(found_in("came! " + repeated("7 ", 5'000)), "");
  EXPECT_EQ(found_in("came! " + repeated("the end of ", 2'000)), "");
  EXPECT_EQ(found_in("came! " + repeated("more than ", 2'000)), "");
}

}  // namespace
}  // namespace casus
