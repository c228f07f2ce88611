// Calendar, demands, posture, dyads, timeline, actors, filters.
#include <gtest/gtest.h>

#include "crisis/brief.h"
#include "crisis/day_span.h"
#include "crisis/view_records.h"
#include "crisis/views.h"
#include "crisis_reports.h"

namespace casus {
namespace {

Event visit(const std::string& date, const std::string& status, const std::string& who = "DEU=Olaf Scholz") {
  return act("CONSULT", "visit", {who}, {"UKR"}, date, status);
}

std::vector<std::string> outcomes(const std::vector<Report>& reports) {
  const Crisis crisis = crisis_of(reports);
  std::vector<std::string> names;
  for (const CalendarEntry& entry : calendar_of(crisis, {}, shipped_rules(), shipped_lexicon()))
    names.emplace_back(outcome_name(entry.outcome));
  return names;
}

using Names = std::vector<std::string>;

TEST(calendar, a_plan_is_ahead_until_its_days_are_over) {
  EXPECT_EQ(outcomes({report("A", "2022-02-10", {visit("2022-02-14", "planned")})}), Names{"ahead"});
  EXPECT_EQ(outcomes({report("A", "2022-02-10", {visit("2022-02-14", "planned")}), report("B", "2022-02-14", {})}), Names{"ahead"});
  EXPECT_EQ(outcomes({report("A", "2022-02-10", {visit("2022-02-14", "planned")}), report("B", "2022-02-16", {})}), Names{"no word since"});
}

TEST(calendar, a_later_report_tells_what_became_of_it) {
  EXPECT_EQ(
      outcomes({report("A", "2022-02-10", {visit("2022-02-14", "planned")}), report("B", "2022-02-15", {visit("2022-02-14", "actual")})}),
      Names{"took place"});
  EXPECT_EQ(
      outcomes({report("A", "2022-02-10", {visit("2022-02-14", "planned")}), report("B", "2022-02-12", {visit("2022-02-14", "denied")})}),
      Names{"called off"});
  EXPECT_EQ(
      outcomes({report("A", "2022-02-10", {visit("2022-02-14", "planned")}), report("B", "2022-02-12", {visit("2022-02-21", "planned")})}),
      (Names{"moved", "ahead"}));
}

TEST(calendar, the_visit_of_somebody_else_is_no_move) {
  EXPECT_EQ(outcomes({report("A", "2022-02-10", {visit("2022-02-14", "planned")}),
                      report("B", "2022-02-12", {visit("2022-02-21", "planned", "DEU=Annalena Baerbock")})}),
            (Names{"ahead", "ahead"}));
}

TEST(calendar, icalendar_has_stable_uids_and_escapes) {
  const Crisis crisis =
      crisis_of({report("A, B; C", "2022-02-10", {visit("2022-02-14", "planned"), visit("", "planned", "FRA=Emmanuel Macron")})});
  std::string ics;
  append_calendar_ics(calendar_of(crisis, {}, shipped_rules(), shipped_lexicon()), crisis,
                      Wording(crisis, shipped_rules(), shipped_lexicon()), ics);
  EXPECT_NE(ics.find("DTSTART;VALUE=DATE:20220214\r\nDTEND;VALUE=DATE:20220215\r\nSTATUS:TENTATIVE\r\n"), std::string::npos) << ics;
  const Incident& dated = crisis.incidents.at(crisis.incidents[0].dated ? 0 : 1);
  EXPECT_NE(ics.find("UID:" + dated.id + "@casus\r\n"), std::string::npos) << ics;
  EXPECT_NE(ics.find("A\\, B\\; C"), std::string::npos);
  EXPECT_EQ(ics.find("BEGIN:VEVENT"), ics.rfind("BEGIN:VEVENT"));  // the undated one has no day
}

std::vector<Demand> demands(const std::vector<Report>& reports) {
  return demands_of(crisis_of(reports), {}, shipped_rules(), shipped_lexicon());
}

TEST(demands, a_refusal_towards_the_asker_is_the_answer) {
  const Report asked = report("A", "2022-01-18", {act("REQUEST", "yield", {"RUS"}, {"IGO/IGO=NATO"})});
  EXPECT_EQ(demands({asked}).at(0).answer, "");
  EXPECT_EQ(demands({asked, report("B", "2022-01-20", {act("REJECT", "", {"IGO/IGO=NATO"}, {"RUS"})})}).at(0).answer, "rejected");
  EXPECT_EQ(demands({asked, report("B", "2022-01-20", {act("CONCEDE", "", {"IGO/IGO=NATO"}, {"RUS"})})}).at(0).answer, "accepted");
}

TEST(demands, refusals_of_others_or_from_before_are_no_answer) {
  const Report asked = report("A", "2022-01-18", {act("REQUEST", "yield", {"RUS"}, {"IGO/IGO=NATO"})});
  EXPECT_EQ(demands({asked, report("B", "2022-01-20", {act("REJECT", "", {"UKR"}, {"RUS"})})}).at(0).answer, "");
  EXPECT_EQ(demands({asked, report("B", "2022-01-10", {act("REJECT", "", {"IGO/IGO=NATO"}, {"RUS"})})}).at(0).answer, "");
}

TEST(demands, words_are_those_of_the_statement_that_makes_it) {
  Event event = act("REQUEST", "yield", {"RUS"}, {"IGO/IGO=NATO"});
  event.trigger_span = {6, 14};
  Report made = report("A", "2022-01-18", {event}, "Putin demanded a pledge.");
  Statement statement{};
  statement.cue_span = {6, 14};
  statement.text = "a pledge";
  made.statements.push_back(statement);
  EXPECT_EQ(demands({made}).at(0).words, "a pledge");
}

Event forces(double count, bool about, const std::string& status = "actual", const std::string& type = "MOBILIZE") {
  Event event = act(type, type == "MOBILIZE" ? "troops" : "withdraw", {"RUS"}, {"UKR"}, "", status);
  event.quantity = {troops(count, about)};
  return event;
}

TEST(posture, forces_of_one_owner_at_one_place_are_one_line_with_their_range) {
  const Crisis crisis = crisis_of(
      {report("A", "2021-12-07", {forces(94000, true)}), report("B", "2022-01-18", {forces(100000, false)}),
       report("C", "2022-02-12", {forces(100000, true), forces(5000, false, "denied"), forces(150, false, "actual", "RETREAT")})});
  const std::vector<PostureLine> lines = posture_of(crisis, {}, shipped_rules());
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].movement, "arrival");
  EXPECT_EQ(*lines[0].low, 94000);
  EXPECT_EQ(*lines[0].high, 100000);
  EXPECT_TRUE(lines[0].about);
  EXPECT_EQ(lines[0].sources, 3u);
  EXPECT_EQ(lines[1].movement, "withdrawal");
}

TEST(posture, deaths_are_no_forces) {
  Event event = forces(12, false);
  event.quantity[0].kind = "dead";
  EXPECT_TRUE(posture_of(crisis_of({report("A", "2022-02-12", {event})}), {}, shipped_rules()).empty());
}

TEST(dyads, an_act_counts_once_however_many_report_it_and_only_if_it_happened) {
  const Event attack = act("ASSAULT", "", {"RUS"}, {"UKR"}, "2022-02-12");
  const Crisis crisis = crisis_of({report("A", "2022-02-12", {attack, act("ASSAULT", "", {"UKR"}, {"RUS"}, "", "denied")}),
                                   report("B", "2022-02-12", {attack}), report("C", "2022-02-12", {})});
  const std::vector<DyadDay> days = dyads_of(crisis, {});
  ASSERT_EQ(days.size(), 1u);
  EXPECT_EQ(days[0].a + days[0].b, "RUSUKR");
  EXPECT_EQ(days[0].quads, (std::array<uint32_t, 4>{0, 0, 0, 1}));
  EXPECT_EQ(days[0].articles, 3u);
}

TEST(dyads, a_filter_of_two_leaves_their_dyad_alone) {
  const Crisis crisis = crisis_of({report("A", "2022-02-12", {act("REQUEST", "", {"USA"}, {"RUS", "UKR"}, "2022-02-12")})});
  EXPECT_EQ(dyads_of(crisis, {}).size(), 2u);
  EXPECT_EQ(dyads_of(crisis, {.actors = {{.country = "UKR"}}}).size(), 1u);
  const std::vector<DyadDay> days = dyads_of(crisis, {.dyad = DyadFilter{.source = {.country = "RUS"}, .target = {.country = "USA"}}});
  ASSERT_EQ(days.size(), 1u);
  EXPECT_EQ(days[0].a + days[0].b, "RUSUSA");
}

TEST(dyads, a_turn_is_told_and_dates_far_apart_cost_nothing) {
  std::vector<Event> events = {act("ASSAULT", "", {"RUS"}, {"UKR"}, "1600-01-01"), act("ASSAULT", "", {"RUS"}, {"UKR"}, "9999-12-31")};
  for (const char* date : {"2022-02-01", "2022-02-02"}) events.push_back(act("CONSULT", "", {"RUS"}, {"UKR"}, date));
  events.push_back(act("ASSAULT", "", {"RUS"}, {"UKR"}, "2022-02-24"));
  const std::vector<DyadDay> days = dyads_of(crisis_of({report("A", "2022-02-24", events)}), {});
  ASSERT_EQ(days.size(), 5u);
  EXPECT_FALSE(days[2].change);
  EXPECT_TRUE(days[3].change);
}

TEST(timeline, top_takes_the_days_of_weight_in_order) {
  const auto calls = [](const std::string& date) { return act("CONSULT", "phone", {"USA=Joe Biden"}, {"RUS=Vladimir Putin"}, date); };
  const Crisis crisis = crisis_of({report("A", "2022-02-20", {calls("2022-02-12"), calls("2022-02-01"), calls("2022-02-19")}),
                                   report("B", "2022-02-20", {calls("2022-02-12"), calls("2022-02-19")}),
                                   report("C", "2022-02-20", {act("CONSULT", "phone", {"USA"}, {"RUS"}, "2022-02-19", "denied")})});
  const std::vector<TimelineDay> days = timeline_of(crisis, {}, 2);
  ASSERT_EQ(days.size(), 2u);
  EXPECT_EQ(day_text(days[0].day), "2022-02-12");
  EXPECT_EQ(day_text(days[1].day), "2022-02-19");
  EXPECT_EQ(timeline_of(crisis, {}, 0).size(), 3u);
}

TEST(timeline, a_day_that_texts_come_back_to_weighs_more) {
  const auto calls = [](const std::string& date) { return act("CONSULT", "phone", {"USA=Joe Biden"}, {"RUS=Vladimir Putin"}, date); };
  const auto top_day = [&](const std::string& named) {
    Report made = report("A", "2022-02-20", {calls("2022-02-12"), calls("2022-02-19")});
    Report other = report("B", "2022-02-20", {calls("2022-02-19")});
    TimeExpression time{};
    time.value = named;
    for (int i = 0; i < 3; ++i) other.times.push_back(time);  // one text, however often it names the day
    made.times.push_back(time);
    return day_text(timeline_of(crisis_of({made, other}), {}, 1).at(0).day);
  };
  EXPECT_EQ(top_day("2022-02-12"), "2022-02-12");
  EXPECT_EQ(top_day("2022-02-12T10:00"), "2022-02-12");
  EXPECT_EQ(top_day("2022-02"), "2022-02-19");
  EXPECT_EQ(top_day("P3D"), "2022-02-19");
}

TEST(timeline, a_text_that_looks_back_says_more_than_those_of_the_day) {
  const auto naming = [](const std::string& outlet, const std::string& published, const std::string& date) {
    Report made = report(outlet, published, {act("CONSULT", "phone", {"USA=Joe Biden"}, {"RUS=Vladimir Putin"}, date)});
    TimeExpression time{};
    time.value = date;
    made.times.push_back(time);
    return made;
  };
  const auto top_day = [&](const std::string& published) {
    const Crisis crisis =
        crisis_of({naming("A", published, "2022-02-12"), naming("B", "2022-02-18", "2022-02-18"), naming("C", "2022-02-19", "2022-02-18")});
    return day_text(timeline_of(crisis, {}, 1).at(0).day);
  };
  EXPECT_EQ(top_day("2022-02-12"), "2022-02-18");
  EXPECT_EQ(top_day("2022-02-13"), "2022-02-18");
  EXPECT_EQ(top_day("2022-02-14"), "2022-02-12");
}

TEST(filters, actors_go_by_code_name_body_and_person) {
  const Crisis crisis = crisis_of({report("A", "2022-02-12",
                                          {act("CONSULT", "phone", {"USA=Joe Biden"}, {"RUS=Vladimir Putin"}, "2022-02-12"),
                                           act("ACCUSE", "", {"RUS"}, {"IGO/IGO=NATO"}, "2022-02-12")})});
  const auto count = [&](const std::string& name) {
    const auto found = find_actor(name, crisis, shipped_lexicon());
    return found ? static_cast<int>(kept_incidents(crisis, {.actors = {*found}}).size()) : -1;
  };
  EXPECT_EQ(count("RUS"), 2);
  EXPECT_EQ(count("Moscow"), 2);
  EXPECT_EQ(count("United States"), 1);
  EXPECT_EQ(count("NATO"), 1);
  EXPECT_EQ(count("Putin"), 1);
  EXPECT_EQ(count("Ruritania"), -1);
}

TEST(filters, days_of_the_act_decide) {
  const Crisis crisis = crisis_of({report("A", "2022-02-20", {act("CONSULT", "", {"USA"}, {"RUS"}, "2022-02-12")})});
  const int32_t day = parse_day_range("2022-02-12")->begin;
  EXPECT_EQ(kept_incidents(crisis, {.since = day, .until = day}).size(), 1u);
  EXPECT_EQ(kept_incidents(crisis, {.since = day + 1}).size(), 0u);
  EXPECT_EQ(kept_incidents(crisis, {.until = day - 1}).size(), 0u);
}

TEST(filters, an_incident_is_shown_if_a_mention_is) {
  Event bombing = act("ASSAULT", "aerial", {"RUS/MIL=Russian air force"}, {"GEO"}, "2008-08-09");
  bombing.place = Place{.text = "Gori", .name = "Gori", .country = "GEO"};
  const Crisis crisis = crisis_of(
      {report("Wire", "2008-08-09", {bombing}), report("Post", "2008-08-11", {bombing, act("REJECT", "", {"GEO"}, {"RUS"}, "")})});
  const auto kept = [&](const CrisisFilter& filter) { return kept_incidents(crisis, filter).size(); };
  const auto actor = [&](const char* name) { return *find_actor(name, crisis, shipped_lexicon()); };
  const auto dyad = [&](const char* name) { return *find_dyad(name, crisis, shipped_lexicon()); };
  EXPECT_EQ(kept({.actors = {actor("RUS/MIL")}}), 1u);
  EXPECT_EQ(kept({.actors = {actor("RUS/JRN"), actor("Georgia")}}), 2u);
  EXPECT_EQ(kept({.dyad = dyad("Russia>Georgia")}), 1u);
  EXPECT_EQ(kept({.dyad = dyad("Russia,Georgia")}), 2u);
  EXPECT_EQ(kept({.dyad = dyad("Russia>Germany")}), 0u);
  EXPECT_EQ(kept({.types = {"REJECT", "AID"}}), 1u);
  EXPECT_EQ(kept({.statuses = {"planned"}}), 0u);
  EXPECT_EQ(kept({.outlets = {"WIRE"}}), 1u);
  EXPECT_EQ(kept({.place = "gor"}), 1u);
  EXPECT_EQ(kept({.place = "RUS"}), 0u);
  const int32_t day = parse_day_range("2008-08-10")->begin;
  EXPECT_EQ(kept({.published_since = day}), 2u);
  EXPECT_EQ(kept({.published_until = day}), 1u);
  EXPECT_FALSE(find_dyad("Russia", crisis, shipped_lexicon()).ok());
}

TEST(brief, html_and_markdown_hold_nothing_that_reports_could_forge) {
  Event event = act("ACCUSE", "", {"RUS"}, {"IGO/IGO=NATO"}, "2022-02-12");
  const Crisis crisis = crisis_of({report("<b>Out\"let</b>", "2022-02-12", {event}, "<script>alert('x')</script> [a](b) *words*")});
  const Wording wording(crisis, shipped_rules(), shipped_lexicon());
  const Brief brief = brief_of(crisis, {}, shipped_rules(), shipped_lexicon());
  std::string html, markdown;
  append_brief_html(brief, wording, html);
  append_brief_markdown(brief, wording, markdown);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(&#39;x&#39;)"), std::string::npos) << html;
  EXPECT_EQ(html.find("<b>"), std::string::npos);
  EXPECT_NE(markdown.find("\\<script>"), std::string::npos) << markdown;
  EXPECT_NE(markdown.find("\\[a\\](b) \\*words\\*"), std::string::npos);
}

TEST(brief, every_line_names_its_sources_and_one_outlet_is_said) {
  const Event call = act("CONSULT", "phone", {"USA=Joe Biden"}, {"RUS=Vladimir Putin"}, "2022-02-12");
  const auto text_of = [](const std::vector<Report>& reports) {
    const Crisis crisis = crisis_of(reports);
    std::string text;
    append_brief_text(brief_of(crisis, {}, shipped_rules(), shipped_lexicon()), Wording(crisis, shipped_rules(), shipped_lexicon()), 200,
                      text);
    return text;
  };
  EXPECT_NE(text_of({report("A", "2022-02-12", {call})}).find("[one outlet: A, 12 February]"), std::string::npos);
  const std::string unnamed = text_of({report("", "2022-02-12", {call})});
  EXPECT_NE(unnamed.find("[one report: "), std::string::npos) << unnamed;
  EXPECT_EQ(unnamed.find("outlet"), std::string::npos) << unnamed;
  EXPECT_NE(text_of({report("A", "2022-02-12", {call}), report("B", "2022-02-13", {call})}).find("[A, 12 February; B, 13 February]"),
            std::string::npos);
}

TEST(brief, of_nothing_says_so) {
  const Brief brief = brief_of(crisis_of({}), {}, shipped_rules(), shipped_lexicon());
  EXPECT_EQ(brief.basis, "No article is there.");
  EXPECT_TRUE(brief.sections.empty());
}

}  // namespace
}  // namespace casus
