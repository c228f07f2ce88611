#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <casus/report.h>

#include "base/calendar.h"

namespace casus {

/// A folder of its own that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    // In memory where that can be: what is tested is not the disk.
    const std::filesystem::path memory = "/dev/shm";
    const bool has_memory = ::access(memory.c_str(), W_OK) == 0;
    std::string name = ((has_memory ? memory : std::filesystem::temp_directory_path()) / "casus-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code failed;
    std::filesystem::remove_all(path_, failed);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_{};
};

/// What made_report is made of; the rest is always the same.
struct ReportParts {
  std::string text = "Warsaw said on Friday, \"We close the border to 3 trucks.\" Poland warned Belarus near Brest.";
  std::string url{};
  std::string doc = "made";
  std::string published = "2022-02-04";
  std::string outlet = "Meridian Wire";
  std::string updated{};
  std::vector<std::string> flags{};
};

/// A report with a record of each kind and each field filled in some of them; its words need not make sense.
inline Report made_report(const ReportParts& parts = {}) {
  ArticleFields fields;
  fields.id = parts.doc;
  fields.url = parts.url;
  fields.outlet = parts.outlet;
  fields.title = "Border \"closed\"";
  fields.published = parse_day(parts.published);
  fields.published_from = "field";
  fields.updated = parse_day(parts.updated);
  fields.authors = {"A. Writer", "B. Writer"};
  fields.language = "en";
  fields.form = "text";
  fields.flags = parts.flags;
  fields.dateline_place = "WARSAW";
  fields.origin = "made.txt";
  const auto size = static_cast<uint32_t>(parts.text.size());
  std::vector<Block> blocks = {{.span = {0, 6}, .kind = BlockKind::kDateline},
                               {.span = {6, 20}, .kind = BlockKind::kNoise, .reason = "read-more"},
                               {.span = {20, size}}};
  Report report;
  report.article = std::make_shared<const Article>(std::move(fields), parts.text, std::move(blocks),
                                                   std::vector<Warning>{{.message = "odd", .line = 3}});
  const auto words = [&](ByteSpan span) { return std::string(report.article->view(span)); };
  const Actor warsaw{.text = words({0, 6}), .name = "Poland", .country = "POL", .sector = "GOV", .span = {0, 6}};
  const Actor unknown{.text = words({0, 4}), .name = words({0, 4}), .country = "", .sector = "CVL", .span = {0, 4}};
  const Actor belarus{.text = words({10, 15}), .name = "Belarus", .country = "BLR", .sector = "GOV", .span = {10, 15}};

  Event event;
  event.id = "00000000000000e1";
  event.type = "COERCE";
  event.mode = "restrict";
  event.status = "actual";
  event.source = {warsaw, unknown};
  event.target = {belarus};
  event.date = "2022-02-04";
  event.date_precision = "day";
  event.date_span = ByteSpan{12, 21};
  event.place = Place{.text = words({4, 9}),
                      .name = "Brest",
                      .country = "BLR",
                      .lat = 52.0975,
                      .lon = 23.6877,
                      .geonames_id = 629634,
                      .precision = "city",
                      .span = {4, 9}};
  event.attributed_to = "Warsaw";
  event.attributed_to_span = ByteSpan{0, 6};
  event.trigger = words({7, 11});
  event.trigger_span = {7, 11};
  event.quantity = {{.value = 3, .min = {}, .max = {}, .unit = "truck", .kind = "things", .currency = {}, .text = "3", .span = {2, 3}},
                    {.value = {},
                     .min = 0.1,
                     .max = 1e9,
                     .unit = "US dollar",
                     .kind = "money",
                     .currency = "USD",
                     .text = "x",
                     .about = true,
                     .span = {1, 2}}};
  event.sentence = {0, 20};
  event.also = {{20, 25}, {30, 33}};
  event.cameo = "172";
  event.goldstein = -5;
  event.score = -7;
  event.quad = 4;
  event.contexts = {"economic", "territory"};
  event.confidence = 0.7312345678901234;
  event.rule = "close-border";
  Event bare;
  bare.id = "00000000000000e2";
  bare.type = "ASSAULT";
  bare.status = "denied";
  bare.trigger = "other words than those of its span";
  bare.trigger_span = {9, 12};
  bare.sentence = {9, 20};
  bare.quad = 4;
  report.events = {event, bare};

  Statement statement;
  statement.id = "00000000000000a1";
  statement.speaker = warsaw;
  statement.addressee = belarus;
  statement.cue = "said";
  statement.cue_span = {7, 11};
  statement.kind = "mixed";
  statement.text_spans = {{20, 25}, {26, 30}};
  statement.text = words({20, 25}) + " " + words({26, 30});
  statement.date = "2022-02";
  statement.sentence = {0, 40};
  statement.events = {event.id};
  Statement nobody;
  nobody.id = "00000000000000a2";
  nobody.kind = "indirect";
  nobody.cue = "believed";
  nobody.cue_span = {8, 9};
  nobody.text_spans = {{2, 3}};
  nobody.text = "words of its own";
  nobody.sentence = {2, 3};
  report.statements = {statement, nobody};
  report.places = {*event.place,
                   Place{.text = words({3, 4}), .name = "", .country = "POL", .precision = "country", .span = {3, 4}, .rule = "only"}};
  report.times = {{.text = words({12, 21}), .type = "DATE", .value = "2022-02-04", .span = {12, 21}},
                  {.text = "now", .type = "DATE", .value = "", .span = {5, 5}}};
  report.mentions = {{.actor = warsaw, .rule = "name"}, {.actor = unknown, .rule = "pronoun"}};
  return report;
}

}  // namespace casus
