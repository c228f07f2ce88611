// Mails and mailboxes: what is their text, and mails that are broken, huge or made to hurt.
#include <string>

#include "article/mail/mime.h"
#include "support/article_test.h"

namespace casus {
namespace {

class Mails : public testing::Test {
 protected:
  ReadItems read(std::string_view bytes, const ArticleOptions& options = test_article_options()) {
    return read_items({folder_.write("mail.eml", bytes)}, options);
  }
  /// The blocks of the only article.
  std::string blocks(std::string_view bytes) {
    const ReadItems items = read(bytes);
    EXPECT_EQ(items.articles.size(), 1u);
    EXPECT_TRUE(items.errors.empty());
    return items.articles.empty() ? "" : dump_blocks(*items.articles[0]);
  }
  TestFolder folder_;
};

const std::string kHead =
    "From: Post <a@post.example>\nSubject: Talks fail\nDate: Thu, 10 Feb 2022 10:00:00 +0100\nMessage-ID: <1@post.example>\n";
const std::string kText = "The talks failed on Thursday.";
const std::string kBlocks = "paragraph: The talks failed on Thursday.\n";

TEST_F(Mails, PlainText) {
  const ReadItems items = read(kHead + "\n" + kText + "\n");
  ASSERT_EQ(items.articles.size(), 1u);
  const ArticleFields& fields = items.articles[0]->fields();
  EXPECT_EQ(fields.id, "1@post.example");
  EXPECT_EQ(fields.title, "Talks fail");
  EXPECT_EQ(fields.outlet, "Post");
  EXPECT_EQ(fields.published, parse_day("2022-02-10"));
  EXPECT_EQ(fields.published_from, "field");
  EXPECT_TRUE(fields.flags.empty());
  EXPECT_EQ(dump_blocks(*items.articles[0]), kBlocks);
}

TEST_F(Mails, CarriageReturnsAndFolding) {
  EXPECT_EQ(blocks("From: a\r\n <a@post.example>\r\nSubject: Talks\r\n\tfail\r\nTo: b\r\n\r\n" + kText + "\r\n"), kBlocks);
}

TEST_F(Mails, CharacterSets) {
  const auto with = [&](const std::string& type, const std::string& body) {
    return blocks(kHead + "Content-Type: " + type + "\n\n" + body);
  };
  EXPECT_EQ(with("text/plain; charset=windows-1251", "\xCC\xE8\xF0."), "paragraph: Мир.\n");
  EXPECT_EQ(with("text/plain; charset=\"utf-8\"", "Мир."), "paragraph: Мир.\n");
  EXPECT_EQ(with("text/plain; charset=unknown-8bit", "Z\xFCrich."), "paragraph: Zürich.\n");
  EXPECT_EQ(with("text/plain", "Z\xFCrich."), "paragraph: Zürich.\n");
  EXPECT_EQ(with("text/html; charset=koi8-r", "<p>\xED\xC9\xD2.</p>"), "paragraph: Мир.\n");
}

TEST_F(Mails, Attachments_ThatAreArticles_AreRead) {
  const ReadItems items =
      read(kHead +
           "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nSee below.\n--x\nContent-Type: text/plain\nContent-Disposition: "
           "attachment; filename=\"report.txt\"\n\n" +
           kText + "\n--x\nContent-Type: application/pdf\nContent-Disposition: attachment\n\n%PDF\n--x--\n");
  ASSERT_EQ(items.articles.size(), 2u);
  EXPECT_EQ(items.articles[1]->fields().id, "1@post.example/report.txt");
  EXPECT_EQ(dump_blocks(*items.articles[1]), kBlocks);
}

TEST_F(Mails, Digests_GiveTheirMails) {
  const std::string one = "--x\n\n" + kHead + "\n" + kText + "\n";
  EXPECT_EQ(read("From: a <a@b>\nSubject: Digest\nContent-Type: multipart/digest; boundary=x\n\n" + one + one + "--x--\n").articles.size(),
            2u);
}

TEST_F(Mails, WithoutText_AreErrors) {
  EXPECT_EQ(read(kHead + "\n").errors.at(0).message, "the mail has no text");
  EXPECT_EQ(read(kHead + "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n").errors.at(0).code, ErrorCode::kEmpty);
  EXPECT_EQ(read(kHead + "Content-Type: text/html\n\n<script>x</script>\n").errors.at(0).code, ErrorCode::kEmpty);
}

TEST_F(Mails, DaysThatAreNone_AreWarnings) {
  const ReadItems items = read("From: a <a@b>\nSubject: s\nDate: Thu, 32 Foo 99999\n\n" + kText);
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_FALSE(items.articles[0]->fields().published);
  EXPECT_EQ(items.articles[0]->warnings().size(), 1u);
}

TEST_F(Mails, BoundaryThatNeverEnds_IsReadAsFarAsItGoes) {
  const ReadItems items = read(kHead + "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n" + kText);
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_EQ(dump_blocks(*items.articles[0]), kBlocks);
  EXPECT_EQ(items.articles[0]->warnings().at(0).message, "the mail is cut off: one of its parts has no end");
  EXPECT_EQ(read(kHead + "Content-Type: multipart/mixed; boundary=y\n\n" + kText).errors.size(), 1u) << "a boundary that never comes";
  EXPECT_EQ(blocks(kHead + "Content-Type: multipart/mixed\n\n" + kText), kBlocks) << "no boundary at all";
  EXPECT_EQ(blocks(kHead + "Content-Type: multipart/mixed; boundary=\"\"\n\n" + kText), kBlocks);
}

TEST_F(Mails, TenThousandNestedParts_EndSoon) {
  std::string nested = kHead + "Content-Type: multipart/mixed; boundary=b0\n\n--b0\n\n" + kText + "\n";
  for (int i = 0; i < 10'000; ++i) {
    const std::string outer = std::to_string(i), inner = std::to_string(i + 1);
    nested += "--b" + outer + "\nContent-Type: multipart/mixed; boundary=b" + inner + "\n\n";
  }
  const ReadItems items = read(nested);
  ASSERT_EQ(items.articles.size(), 1u);
  EXPECT_EQ(items.articles[0]->warnings().back().message, "the mail has too many parts; not all were read");
}

TEST_F(Mails, MailsInMails_EndSoon) {
  std::string nested = kHead;
  for (int i = 0; i < 1000; ++i) nested += "Content-Type: message/rfc822\n\nFrom: a <a@b>\nSubject: s\n";
  const ReadItems items = read(nested + "\n" + kText);
  EXPECT_LE(items.articles.size() + items.errors.size(), 2u);
}

TEST_F(Mails, HundredThousandParts_AreCounted) {
  std::string many = kHead + "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n" + kText + "\n";
  for (int i = 0; i < 100'000; ++i) many += "--x\n\n";
  EXPECT_EQ(read(many).articles.size(), 1u);
}

TEST_F(Mails, OverTheLimit_IsAnError) {
  ArticleOptions options = test_article_options();
  options.max_mail_bytes = 1000;
  EXPECT_EQ(read(kHead + "\n" + std::string(2000, 'a'), options).errors.at(0).code, ErrorCode::kTooLarge);
  const std::string from = "From a@b Thu Feb 10 10:00:00 2022\n";
  const ReadItems items = read(
      from + kHead + "\n" + kText + "\n\n" + from + kHead + "\n" + std::string(2000, 'a') + "\n\n" + from + kHead + "\n" + kText + "\n",
      options);
  EXPECT_EQ(items.articles.size(), 2u);
  ASSERT_EQ(items.errors.size(), 1u);
  EXPECT_EQ(items.errors[0].line, 9u);
}

TEST_F(Mails, CutOffAnywhere_GiveAnArticleOrAnError) {
  const std::string mail = kHead +
                           "Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n"
                           "Content-Transfer-Encoding: base64\n\nPHA+VGhlIHRhbGtzIGZhaWxlZC48L3A+\n--x--\n";
  for (size_t size = kHead.size(); size <= mail.size(); ++size) {
    const ReadItems items = read(mail.substr(0, size));
    EXPECT_EQ(items.articles.size() + items.errors.size(), 1u) << size;
  }
}

TEST(MailDecoding, Base64) {
  EXPECT_EQ(decode_base64("VGFs\r\na3M="), "Talks");
  EXPECT_EQ(decode_base64("VGFsa3M"), "Talks") << "no padding";
  EXPECT_EQ(decode_base64("VA==VA=="), "TT") << "two runs";
  EXPECT_EQ(decode_base64("!?* \x01"), "");
  EXPECT_EQ(decode_base64("===="), "");
}

TEST(MailDecoding, QuotedPrintable) {
  EXPECT_EQ(decode_quoted_printable("a=E9b=\nc  \nd\n"),
            "a\xE9"
            "bc\nd\n");
  EXPECT_EQ(decode_quoted_printable("1=2 =XY =4"), "1=2 =XY =4");
  EXPECT_EQ(decode_quoted_printable("a="), "a");
}

TEST(MailDecoding, EncodedWords) {
  EXPECT_EQ(decode_encoded_words("=?utf-8?B?0JzQuNGA?= and =?iso-8859-1?Q?Z=FCrich_=3F?="), "Мир and Zürich ?");
  EXPECT_EQ(decode_encoded_words("=?utf-8?B?0Jw=?= =?utf-8?B?0LjRgA==?="), "Мир") << "no space between words";
  EXPECT_EQ(decode_encoded_words("=?utf-8?Q?=D0?= =?utf-8?Q?=9C?="), "М") << "a letter over two words";
  EXPECT_EQ(decode_encoded_words("=?utf-8?X?a?= =?utf-8?Q =? ?="), "=?utf-8?X?a?= =?utf-8?Q =? ?=");
  EXPECT_EQ(decode_encoded_words("=?no-such-charset?Q?caf=E9?="), "café");
}

TEST(MailDecoding, Days) {
  EXPECT_EQ(read_mail_day("Thu, 10 Feb 2022 23:30:00 -0500"), parse_day("2022-02-10"));
  EXPECT_EQ(read_mail_day("1 Jan 98 00:00 GMT"), parse_day("1998-01-01"));
  EXPECT_EQ(read_mail_day("10 February 2022"), parse_day("2022-02-10"));
  for (const std::string_view wrong : {"", "Thu", "31 Feb 2022 10:00", "0 Jan 2022", "10 Foo 2022", "1 Jan 99999", "99999999999 Jan 2022"})
    EXPECT_FALSE(read_mail_day(wrong)) << wrong;
}

TEST(MailDecoding, Senders) {
  EXPECT_EQ(sender_name("\"Daily \\\"Post\\\"\" <a@b>"), "Daily \"Post\"");
  EXPECT_EQ(sender_name("a@b"), "");
  EXPECT_EQ(sender_name("\"a@b\" <a@b>"), "");
  EXPECT_EQ(sender_name("<"), "");
}

TEST(MailDecoding, FlowedLines) {
  EXPECT_EQ(join_flowed("One \ntwo.\nThree.\n> a \n> b\n-- \nme\n", false), "One two.\nThree.\n> a \n> b\n-- \nme\n");
  EXPECT_EQ(join_flowed("Ka \nbul", true), "Kabul\n");
}

}  // namespace
}  // namespace casus
