#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <casus/report.h>

#include "base/calendar.h"
#include "crisis/crisis_builder.h"
#include "crisis/crisis_rules.h"
#include "shipped_lexicon.h"

namespace casus {

/// The tables of data/crisis as they are shipped; loaded once.
inline const CrisisRules& shipped_rules() {
  static const auto loaded = CrisisRules::load(CASUS_SOURCE_DIR "/data", shipped_lexicon().ontology());
  EXPECT_TRUE(loaded.ok()) << loaded.error().to_string();
  return **loaded;
}

/// "RUS", "RUS/MIL", "RUS=Vladimir Putin", "IGO/IGO=NATO".
inline Actor actor(const std::string& text) {
  Actor made;
  const size_t name = text.find('=');
  const std::string codes = text.substr(0, name);
  const size_t sector = codes.find('/');
  made.country = codes.substr(0, sector);
  made.sector = sector == std::string::npos ? "GOV" : codes.substr(sector + 1);
  made.name = name == std::string::npos ? std::string(shipped_lexicon().names().country_name(made.country)) : text.substr(name + 1);
  made.text = made.name;
  return made;
}

inline std::vector<Actor> actors(const std::vector<std::string>& texts) {
  std::vector<Actor> made;
  for (const std::string& text : texts) made.push_back(actor(text));
  return made;
}

/// An event that a test goes on to change; its id is made by ReportMaker.
inline Event act(const std::string& type, const std::string& mode, const std::vector<std::string>& source,
                 const std::vector<std::string>& target, const std::string& date = "", const std::string& status = "actual") {
  Event event{};
  event.type = type;
  event.mode = mode;
  event.status = status;
  event.source = actors(source);
  event.target = actors(target);
  event.date = date;
  event.confidence = 0.8;
  const EventType* const known = shipped_lexicon().ontology().type(type);
  event.quad = known == nullptr ? 0 : known->quad;
  event.score = known == nullptr ? 0 : known->score;
  event.goldstein = event.score;
  return event;
}

inline Quantity troops(double value, bool about = false) {
  Quantity quantity{};
  quantity.value = value;
  quantity.unit = "troops";
  quantity.kind = "troops";
  quantity.text = std::to_string(static_cast<int>(value));
  quantity.about = about;
  return quantity;
}

/// A report of an article of these words; each event rests on the whole text.
inline Report report(const std::string& outlet, const std::string& day, std::vector<Event> events, std::string text = "") {
  static int number = 0;
  ArticleFields fields;
  fields.outlet = outlet;
  fields.id = "doc" + std::to_string(++number);
  fields.published = parse_day(day);
  if (text.empty()) text = outlet + " on " + day + " in report " + std::to_string(number) + ".";
  std::vector<Block> blocks{{.span = {0, static_cast<uint32_t>(text.size())}}};
  Report made{};
  made.article = std::make_shared<const Article>(fields, text, blocks);
  for (size_t i = 0; i < events.size(); ++i) {
    events[i].id = made.article->article_id() + "-" + std::to_string(i);
    events[i].sentence = blocks[0].span;
    made.events.push_back(std::move(events[i]));
  }
  return made;
}

inline Crisis crisis_of(const std::vector<Report>& reports, CrisisOptions options = {}) {
  return build_crisis(reports, shipped_rules(), shipped_lexicon(), options);
}

/// The only incident there is, or a failure.
inline Incident only_incident(const std::vector<Report>& reports) {
  const Crisis crisis = crisis_of(reports);
  EXPECT_EQ(crisis.incidents.size(), 1u);
  return crisis.incidents.empty() ? Incident{} : crisis.incidents.front();
}

inline size_t count_incidents(const std::vector<Report>& reports) { return crisis_of(reports).incidents.size(); }

}  // namespace casus
