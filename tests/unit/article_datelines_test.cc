// Datelines: what is one, what is none, and what it tells.
#include <string>
#include <tuple>

#include "article/dateline.h"
#include "support/article_test.h"

namespace casus {
namespace {

/// "dateline|place|agency|body" of a first paragraph; "" without a dateline.
std::string found(std::string_view text, DatelineSetting setting = {.first = true, .colon = true}) {
  const auto dateline = find_dateline(text, setting, &test_noise_rules()->words());
  if (!dateline) return "";
  return std::string(text.substr(0, dateline->end)) + "|" + dateline->place + "|" + dateline->agency + "|" +
         std::string(text.substr(dateline->body));
}

std::string found_later(std::string_view text) { return found(text, {}); }

TEST(Dateline, PlaceDateAgency) {
  EXPECT_EQ(found("MOSCOW, Feb 2 (Reuters) - Russia said."), "MOSCOW, Feb 2 (Reuters) -|MOSCOW|Reuters|Russia said.");
  EXPECT_EQ(found("PURCHASE, N.Y., April 1 (UPI) — He spoke."), "PURCHASE, N.Y., April 1 (UPI) —|PURCHASE, N.Y.|UPI|He spoke.");
  EXPECT_EQ(found("KYIV, Ukraine, Feb. 2, 2022 (AP) -- It fell."), "KYIV, Ukraine, Feb. 2, 2022 (AP) --|KYIV, Ukraine|AP|It fell.");
  EXPECT_EQ(found("MOSCOW, Feb 2 (Reuters) -Russia said."), "MOSCOW, Feb 2 (Reuters) -|MOSCOW|Reuters|Russia said.");
}

TEST(Dateline, PlaceAgency) {
  EXPECT_EQ(found("KYIV, Ukraine (AP) — It fell."), "KYIV, Ukraine (AP) —|KYIV, Ukraine|AP|It fell.");
  EXPECT_EQ(found("Mexico City (AFP) – It fell."), "Mexico City (AFP) –|Mexico City|AFP|It fell.");
  EXPECT_EQ(found("MOSCOW/KYIV (Reuters) - It fell."), "MOSCOW/KYIV (Reuters) -|MOSCOW/KYIV|Reuters|It fell.");
  EXPECT_EQ(found("KYIV (Reuters/AP) - It fell."), "KYIV (Reuters/AP) -|KYIV|Reuters|It fell.");
  EXPECT_EQ(found("MOSCOW (AFP): It fell."), "MOSCOW (AFP):|MOSCOW|AFP|It fell.");
}

TEST(Dateline, AgencyBetweenSlashes) {
  EXPECT_EQ(found("MOSCOW, February 2. /TASS/. Russia said."), "MOSCOW, February 2. /TASS/.|MOSCOW|TASS|Russia said.");
  EXPECT_EQ(found("MINSK, February 2 /BelTA/ - It fell."), "MINSK, February 2 /BelTA/ -|MINSK|BelTA|It fell.");
  EXPECT_EQ(found("He said and/or wrote this/that."), "");
  EXPECT_EQ(found("The 24/7 patrols of the EU/NATO border went on."), "");
}

TEST(Dateline, StopBeforeTheDate) {
  EXPECT_EQ(found("MOSCOW. Feb 2 (Interfax) - It fell."), "MOSCOW. Feb 2 (Interfax) -|MOSCOW|Interfax|It fell.");
  EXPECT_EQ(found("ST. PETERSBURG, Feb 2 (Reuters) - It fell."), "ST. PETERSBURG, Feb 2 (Reuters) -|ST. PETERSBURG|Reuters|It fell.");
}

TEST(Dateline, AgencyAlone) {
  EXPECT_EQ(found("(CNN)The president said."), "(CNN)||CNN|The president said.");
  EXPECT_EQ(found("(Reuters) - The president said."), "(Reuters) -||Reuters|The president said.");
  EXPECT_EQ(found("Aug 27 (Reuters) - The president said."), "Aug 27 (Reuters) -||Reuters|The president said.");
}

TEST(Dateline, OutletThatNoListHas) {
  EXPECT_EQ(found("LONDON, April 3 (Meridian Wire) - It sails."), "LONDON, April 3 (Meridian Wire) -|LONDON|Meridian Wire|It sails.");
  EXPECT_EQ(found("London (Meridian Wire) - It sails."), "");
  EXPECT_EQ(found("London (Meridian Wire) - It sails.", {.outlet = "Meridian Wire"}),
            "London (Meridian Wire) -|London|Meridian Wire|It sails.");
}

TEST(Dateline, PlaceAndDash) {
  EXPECT_EQ(found("WASHINGTON – The secretary will go."), "WASHINGTON –|WASHINGTON||The secretary will go.");
  EXPECT_EQ(found("ST. LOUIS — \"We go.\""), "ST. LOUIS —|ST. LOUIS||\"We go.\"");
  EXPECT_EQ(found("SÃO PAULO - Police came."), "SÃO PAULO -|SÃO PAULO||Police came.");
  EXPECT_EQ(found("Kyiv, Ukraine – People left."), "Kyiv, Ukraine –|Kyiv, Ukraine||People left.");
}

TEST(Dateline, PlaceAndColon) {
  EXPECT_EQ(found("ISLAMABAD: The army said."), "ISLAMABAD:|ISLAMABAD||The army said.");
  EXPECT_EQ(found("ISLAMABAD: The army said.", {.first = true}), "");
}

TEST(Dateline, PlaceInSmallLettersAndColon) {
  EXPECT_EQ(found("New Delhi: The army said."), "New Delhi:|New Delhi||The army said.");
  EXPECT_EQ(found("New Delhi, India: The army said."), "New Delhi, India:|New Delhi, India||The army said.");
  EXPECT_EQ(found("Fatehpur, Feb 3: The army said."), "Fatehpur, Feb 3:|Fatehpur||The army said.");
  for (const char* text : {"Warning: The army said.", "Putin: The army said.", "Mr. Putin: The army said.", "New Delhi: the army said.",
                           "Monday, Feb 3: The army said.", "Correction, Feb 3: The army said.", "Editor's note, Feb 3: The army said.",
                           "The plan: New Delhi gives in.", "New Delhi:The army said."})
    EXPECT_EQ(found(text), "") << text;
  EXPECT_EQ(found("New Delhi: The army said.", {.first = true}), "");
}

TEST(Dateline, LaterParagraphs_NeedAgencyOrDate) {
  EXPECT_EQ(found_later("MOSCOW (Reuters) - Russia said."), "MOSCOW (Reuters) -|MOSCOW|Reuters|Russia said.");
  EXPECT_EQ(found_later("MOSCOW, Feb 2 - Russia said."), "MOSCOW, Feb 2 -|MOSCOW||Russia said.");
  EXPECT_EQ(found_later("MOSCOW - Russia said."), "");
  EXPECT_EQ(found_later("MOSCOW: Russia said."), "");
}

TEST(Dateline, IsNot_AnAsideInASentence) {
  EXPECT_EQ(found("Moscow – which has denied this – said no."), "");
  EXPECT_EQ(found("Mehmet Oz — Surgeon and star — has spoken."), "");
  EXPECT_EQ(found("NATO – The alliance – said no."), "");
  EXPECT_EQ(found("NATO (North Atlantic Treaty Organization) - The alliance said."), "");
  EXPECT_EQ(found("US-Russia talks - Another round ends."), "");
  EXPECT_EQ(found("If we lived in normal times -- With perspective -- a man"), "");
}

TEST(Dateline, IsNot_AnotherBracket) {
  EXPECT_EQ(found("Biden (left) - The president said."), "");
  EXPECT_EQ(found("Ukraine's president (AP) said no."), "");
  EXPECT_EQ(found("(As told to friends) The president said."), "");
}

TEST(Dateline, IsNot_ALabel) {
  EXPECT_EQ(found("EXCLUSIVE – The minister has gone."), "");
  EXPECT_EQ(found("BREAKING: The minister has gone."), "");
}

TEST(Dateline, WithoutABody_IsNone) {
  EXPECT_EQ(found("MOSCOW -"), "");
  EXPECT_EQ(found("MOSCOW (Reuters)"), "");
  EXPECT_EQ(found("MOSCOW:"), "");
  EXPECT_EQ(found(""), "");
  EXPECT_EQ(found("-"), "");
  EXPECT_EQ(found(") -"), "");
  EXPECT_EQ(found("() - He said."), "");
  EXPECT_EQ(found(", - He said."), "");
}

TEST(Dateline, WithoutWords_OnlyThePlainForm) {
  EXPECT_TRUE(find_dateline("WASHINGTON – He said.", {.first = true}, nullptr));
  EXPECT_FALSE(find_dateline("WASHINGTON, Feb 2 (AP) – He said.", {.first = true}, nullptr));
}

TEST(DatelineBlock, IsSplitOffItsParagraph) {
  const ArticlePtr article =
      make_article({}, "Talks fail\n\nMOSCOW, Feb 2 (Reuters) - Russia said no.\nIt was late.\n", test_article_options());
  EXPECT_EQ(dump_blocks(*article),
            "title: Talks fail\ndateline: MOSCOW, Feb 2 (Reuters) -\nparagraph: Russia said no.\nparagraph: It was late.\n");
  EXPECT_EQ(article->fields().dateline_place, "MOSCOW");
  EXPECT_EQ(article->fields().outlet, "Reuters");
}

TEST(DatelineBlock, OutletIsOnlyFilled_WhereNothingElseNamesOne) {
  ArticleFields fields;
  fields.outlet = "Yahoo";
  EXPECT_EQ(make_article(fields, "MOSCOW (Reuters) - Russia said no.", test_article_options())->fields().outlet, "Yahoo");
  ArticleOptions options = test_article_options();
  options.outlet = "Mirror";
  EXPECT_EQ(make_article({}, "MOSCOW (Reuters) - Russia said no.", options)->fields().outlet, "Mirror");
}

TEST(DatelineBlock, StandfirstMayStandBeforeIt) {
  EXPECT_EQ(dump_blocks("Talks fail\nMinisters leave Geneva without a date.\nGENEVA — It was the third try.\n"),
            "title: Talks fail\nparagraph: Ministers leave Geneva without a date.\ndateline: GENEVA —\nparagraph: It was the third try.\n");
}

TEST(DatelineBlock, SpeakersInATranscript_AreNone) {
  EXPECT_EQ(dump_blocks("FALLIN: We do.\nTAPPER: Do you?\n"), "paragraph: FALLIN: We do.\nparagraph: TAPPER: Do you?\n");
}

}  // namespace
}  // namespace casus
