// What lines of news pages say that are not the article, and sentences of articles that sound like them.
#include <string>
#include <utility>
#include <vector>

#include "support/article_test.h"

namespace casus {
namespace {

using Zone = NoiseRules::Zone;
using Lines = std::vector<std::pair<const char*, const char*>>;  ///< reason, line

/// As blocks ask: wherever, then in the zone.
std::string reason(std::string_view line, Zone zone = Zone::kAny, std::string_view outlet = "Daily Post") {
  const std::string_view anywhere = test_noise_rules()->reason(line, Zone::kAny, outlet);
  return std::string(anywhere.empty() ? test_noise_rules()->reason(line, zone, outlet) : anywhere);
}

void expect(const Lines& lines, Zone zone = Zone::kAny) {
  for (const auto& [expected, line] : lines) EXPECT_EQ(reason(line, zone), expected) << line;
}

TEST(Wordings, links_to_other_articles) {
  expect({{"read-more", "READ MORE: Envoys meet again"},
          {"read-more", "Read more"},
          {"read-more", "Also read | Envoys meet again"},
          {"read-more", "Related article: Envoys meet again"},
          {"read-more", "Related coverage"},
          {"read-more", "You may also like"},
          {"read-more", "Recommended for you"},
          {"read-more", "Most popular"},
          {"read-more", "In case you missed it: the week in pictures"},
          {"read-more", "Follow AP's coverage of the war at https://post.example/war"},
          {"read-more", "Live updates: Troops at the border"}});
}

TEST(Wordings, what_a_page_offers) {
  expect({{"page-control", "ADVERTISEMENT"},
          {"page-control", "Story continues below advertisement"},
          {"page-control", "Article continues after this message"},
          {"page-control", "Share this article"},
          {"page-control", "Facebook Twitter WhatsApp Email"},
          {"page-control", "Click to share on Facebook (Opens in new window)"},
          {"page-control", "Link copied!"},
          {"page-control", "Save for later"},
          {"page-control", "View image in fullscreen"},
          {"page-control", "Your browser does not support the audio element."},
          {"page-control", "Please enable JavaScript to play this video."},
          {"topics", "Tags: Ukraine, Russia, NATO"},
          {"topics", "Filed under: World"},
          {"reading-time", "3 mins read"},
          {"reading-time", "Reading time: 5 minutes"}});
}

TEST(Wordings, comments_cookies_accounts) {
  expect({{"comments", "Leave a comment"},
          {"comments", "Be the first to comment"},
          {"comments", "Your email address will not be published. Required fields are marked *"},
          {"comments", "12 Comments"},
          {"cookies", "We use cookies to give you the best experience."},
          {"cookies", "We and our partners store and access information on your device."},
          {"cookies", "By signing up, you agree to our terms of use."},
          {"cookies", "Manage preferences"},
          {"newsletter", "Sign up for our daily newsletter"},
          {"newsletter", "Get the latest headlines every morning"},
          {"newsletter", "You can unsubscribe at any time."},
          {"newsletter", "Already have an account? Log in"},
          {"newsletter", "Please enter a valid email address"},
          {"newsletter", "Thanks for signing up!"},
          {"newsletter", "Download the Daily Post app from the App Store or Google Play"},
          {"newsletter", "Available on Google Play"},
          {"paywall", "Subscribe to continue reading"},
          {"paywall", "To read the full story, subscribe or log in."},
          {"paywall", "You have reached your limit of free articles."}});
}

TEST(Wordings, authors_and_helpers) {
  expect({{"contributing", "Reporting by Jane Doe; Editing by John Roe"},
          {"contributing", "(Reporting by Jane Doe in Kyiv; editing by John Roe)"},
          {"contributing", "With files from The Canadian Press"},
          {"contributing", "Edited by: John Roe"},
          {"contributing", "Translated by Jane Doe"},
          {"contributing", "Additional reporting from Jane Doe"},
          {"follow", "Follow Jane Doe on Twitter: @janedoe"},
          {"follow", "Follow us on Google News"},
          {"follow", "Follow Daily Post on Telegram"},
          {"follow", "Jane Doe can be reached at jane@post.example"}});
  expect({{"contributing", "The Associated Press contributed to this report."},
          {"contributing", "Associated Press writer Jane Doe in Moscow contributed to this report."},
          {"contributing", "Reuters contributed to this report"},
          {"contributing", "Jane Doe and John Roe contributed reporting."},
          {"author", "Jane Doe is a correspondent based in Kyiv."},
          {"author", "Jane Doe is a senior foreign policy reporter at the paper."},
          {"author", "The writer is a former diplomat."},
          {"author", "Views expressed in this article are the author's own."},
          {"agency-tail", "ar/sms (AFP, AP, Reuters)"},
          {"contributing", "(With inputs from ANI)"},
          {"agency-tail", "— Reuters"},
          {"agency-tail", "Agencies"},
          {"agency-tail", "(End)"}},
         Zone::kTail);
  expect({{"byline", "By Jane Doe"},
          {"byline", "By Jane Doe and Agence France-Presse"},
          {"byline", "By Jane Doe for the Sunday Post"},
          {"byline", "Reuters in Kyiv"},
          {"byline", "Daily Post Staff"},
          {"byline", "Our Special Correspondent"},
          {"date", "Published 4 January 2022, 10:15 GMT"},
          {"date", "Published: Jan 4, 2022 10:15 GMT Updated: Jan 5, 2022"},
          {"updated", "Last updated on 5 January 2022"}},
         Zone::kHead);
}

TEST(Wordings, what_newsrooms_say_of_their_text) {
  expect({{"correction", "Correction: An earlier version of this article gave a wrong date."},
          {"correction", "CORRECTION: The minister is 61, not 60."},
          {"correction", "An earlier version of this story misstated the number of troops."},
          {"correction", "This article was amended on 3 May 2022 to correct the spelling of a name."},
          {"correction", "(Corrects paragraph 3 to say three ships, not two)"},
          {"correction", "This version corrects the name of the envoy in the second paragraph."},
          {"correction", "Clarification: The talks were held in Vienna and in Geneva."},
          {"editors-note", "This story has been updated."},
          {"editors-note", "This story has been updated with comments of the ministry."},
          {"editors-note", "This is a developing story and will be updated."},
          {"editors-note", "(Updates with quotes, background)"},
          {"editors-note", "(Adds details, quote)"},
          {"editors-note", "More details to follow."},
          {"syndication", "This article first appeared in the Sunday Post."},
          {"syndication", "(This story has not been edited by Daily Post staff and is published from a syndicated feed.)"},
          {"copyright", "All rights reserved."},
          {"copyright", "Copyright 2022 The Associated Press. All rights reserved."},
          {"copyright", "© 2022 Daily Post"},
          {"copyright", "This material may not be published, broadcast, rewritten or redistributed."}});
}

TEST(Wordings, credits_of_pictures) {
  expect({{"credit", "Photo: AFP"},
          {"credit", "(Photo: Jane Doe/AFP)"},
          {"credit", "Image source, Getty Images"},
          {"credit", "Image caption, Soldiers at the border"},
          {"credit", "File photo"},
          {"credit", "FILE - Soldiers march in Minsk, Feb. 2, 2022. (AP Photo/Jane Doe, File)"},
          {"credit", "Soldiers march in Minsk. [File: Jane Doe/Reuters]"},
          {"credit", "Soldiers march in Minsk. Photograph: Jane Doe/EPA"},
          {"credit", "Getty Images"}});
}

TEST(Wordings, sentences_that_sound_like_them_are_text) {
  const char* const kSentences[] = {"Read the whole of the treaty before you sign it, the minister told parliament.",
                                    "More than 100 people were killed in the attack.",
                                    "Also on Wednesday, Britain's foreign secretary flew to Moscow.",
                                    "Follow-up talks are planned for Friday.",
                                    "Followers of the cleric marched through the city on Friday.",
                                    "Save the Children said that 40 schools had been hit.",
                                    "Print shops in the capital were raided on Monday.",
                                    "Share prices fell after the announcement.",
                                    "Comments by the minister angered Ankara.",
                                    "Comment was not available from the ministry.",
                                    "Cookies were handed out to the protesters on the square.",
                                    "Accepting the offer, Kyiv released twelve prisoners.",
                                    "Support for the president fell to 40 percent.",
                                    "Get out of the city, the governor told residents.",
                                    "Subscribers to the mobile network lost service during the attack.",
                                    "Sign of the times: the embassy closed its doors.",
                                    "Corrections officers were taken hostage in the prison.",
                                    "Correcting himself, the spokesman said that 30 had died.",
                                    "An earlier attack killed two soldiers.",
                                    "A previous round of talks failed.",
                                    "This is a breaking point for the alliance, he said.",
                                    "This story of two brothers ended at the border.",
                                    "Updated missiles were shown at the parade.",
                                    "Additional troops arrived on Monday.",
                                    "Reporting restrictions were lifted on Tuesday.",
                                    "Photographs released by the Kremlin showed a long table.",
                                    "Image was everything for the regime.",
                                    "Video footage showed tanks on the bridge.",
                                    "Live ammunition was fired at the crowd.",
                                    "Close allies of the president left the country.",
                                    "Next week the ministers meet again.",
                                    "Related charges were dropped by the court.",
                                    "Donate blood, the mayor asked the people of Kharkiv.",
                                    "Translated documents were shown to the judges.",
                                    "Edited footage of the raid was shown on television.",
                                    "With agencies closed, refugees slept in the station.",
                                    "Register, or face arrest, the occupiers told residents.",
                                    "Topics of the talks were gas and grain.",
                                    "Copyright rules are part of the trade deal.",
                                    "Warning: sirens sounded in Lviv, where the mayor told residents to take shelter.",
                                    "The envoy can be reached only through Oman, officials say, and he was told so by the ministry.",
                                    "Experts contributed to this assessment, the agency said.",
                                    "Thousands signed up for the territorial defence.",
                                    "Stay in your homes, the governor said.",
                                    "Join us or leave, the rebels told the soldiers.",
                                    "Terms of the truce were not disclosed."};
  for (const char* sentence : kSentences) {
    EXPECT_EQ(reason(sentence), "") << sentence;
    EXPECT_EQ(reason(sentence, Zone::kHead), "") << sentence;
  }
}

TEST(Wordings, last_sentences_of_articles_are_text) {
  for (const char* sentence :
       {"\"We are ready,\" he told AFP.", "The minister is a former general.", "Putin is a master of the game, he said.", "Kyiv denied it.",
        "Washington contributed 200 tanks.", "Macron reported from the talks that there was progress.", "The end came on Friday.",
        "Russia contributed to the crisis, she said.", "Ukraine is a candidate for membership in the European Union."}) {
    EXPECT_EQ(reason(sentence, Zone::kTail), "") << sentence;
  }
}

TEST(Wordings, the_only_sentence_is_text) {
  for (const char* sentence : {"Jane Doe is a correspondent based in Kyiv.", "The Associated Press contributed to this report."}) {
    EXPECT_EQ(dump_blocks(sentence), "paragraph: " + std::string(sentence) + "\n");
  }
}

ArticlePtr article(std::string text) { return make_article({}, std::move(text), test_article_options()); }

TEST(Changes, corrections_are_kept_and_flagged) {
  const ArticlePtr corrected = article("The talks failed on Friday.\n\nCorrection: The talks failed on Friday, not Thursday.");
  EXPECT_EQ(corrected->fields().flags, std::vector<std::string>{"corrected"});
  EXPECT_EQ(corrected->blocks().back().reason, "correction");
  EXPECT_TRUE(article("The talks failed on Friday.\n\nThis story has been updated.")->fields().flags.empty());
  EXPECT_TRUE(article("The army corrected its toll on Friday.")->fields().flags.empty());
}

TEST(Changes, paywalls_are_flagged) {
  EXPECT_EQ(article("The talks failed on Friday.\n\nSubscribe to continue reading")->fields().flags, std::vector<std::string>{"paywalled"});
  EXPECT_TRUE(article("The talks failed on Friday.\n\nSubscribe to our newsletter")->fields().flags.empty());
}

TEST(Changes, day_of_the_last_one_is_taken) {
  const ArticlePtr updated = article("January 4, 2022\n\nLast updated: January 6, 2022\n\nThe talks failed on Friday.");
  EXPECT_EQ(updated->fields().published, parse_day("2022-01-04"));
  EXPECT_EQ(updated->fields().updated, parse_day("2022-01-06"));
  EXPECT_FALSE(article("Updated 2 hours ago\n\nThe talks failed on Friday.")->fields().updated);
}

}  // namespace
}  // namespace casus
