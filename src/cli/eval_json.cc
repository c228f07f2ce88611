#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "cli/eval_formats.h"

namespace casus {
namespace {

void append_rates(const Rates& rates, JsonWriter& json) {
  json.key("precision").number(rates.precision).key("recall").number(rates.recall).key("f1").number(rates.f1);
}

void append_level(std::string_view name, uint64_t gold, uint64_t coded, uint64_t right, JsonWriter& json) {
  json.key(name).begin_object().key("gold").number(gold).key("coded").number(coded).key("right").number(right);
  append_rates(rates(right, coded, gold), json);
  json.end_object();
}

void append_fields(std::string_view name, const std::vector<FieldAgreement>& fields, JsonWriter& json) {
  json.key(name).begin_object();
  for (const FieldAgreement& field : fields) {
    if (field.total() == 0) continue;
    json.key(field.name).begin_object().key("same").number(field.same).key("empty").number(field.empty);
    json.key("differs").number(field.differs).key("missed").number(field.missed).key("extra").number(field.extra).end_object();
  }
  json.end_object();
}

void append_types(const Tallies& types, JsonWriter& json) {
  json.key("types").begin_object();
  for (const auto& [name, tally] : types) {
    json.key(name).begin_object().key("gold").number(tally.gold).key("found").number(tally.found);
    json.key("other_type").number(tally.other_type).key("other_side").number(tally.other_side);
    json.key("coded").number(tally.coded).key("right").number(tally.right);
    append_rates(tally.rates(), json);
    json.end_object();
  }
  json.end_object();
}

void append_statuses(const Tallies& statuses, JsonWriter& json) {
  json.key("statuses").begin_object();
  for (const auto& [name, tally] : statuses) {
    json.key(name).begin_object().key("gold").number(tally.gold).key("found").number(tally.found);
    json.key("coded").number(tally.coded).key("right").number(tally.right);
    append_rates(rates(tally.right, tally.coded, tally.gold), json);
    json.end_object();
  }
  json.end_object();
}

void append_confusions(std::string_view name, const Confusions& confusions, JsonWriter& json) {
  json.key(name).begin_array();
  for (const auto& [names, times] : confusions)
    json.begin_object().field("gold", names.first).field("coded", names.second).key("times").number(times).end_object();
  json.end_array();
}

void append_actors(std::string_view name, const std::vector<ActorRecord>& actors, JsonWriter& json) {
  json.key(name).begin_array();
  for (const ActorRecord& actor : actors) {
    json.begin_object().field("text", actor.text).field("name", actor.name).field("country", actor.country);
    json.field("sector", actor.sector).end_object();
  }
  json.end_array();
}

void append_event(const EventRecord& event, JsonWriter& json) {
  json.begin_object().key("line").number(event.line).field("type", event.type).field("mode", event.mode).field("status", event.status);
  append_actors("source", event.source, json);
  append_actors("target", event.target, json);
  json.field("date", event.date).field("trigger", event.trigger).field("sentence", event.sentence).end_object();
}

void append_event_or_null(std::string_view name, const EventRecord* event, JsonWriter& json) {
  json.key(name);
  if (event == nullptr) {
    json.null();
  } else {
    append_event(*event, json);
  }
}

void append_events(const std::vector<EventRecord>& events, JsonWriter& json) {
  json.key("coded").begin_array();
  for (const EventRecord& event : events) append_event(event, json);
  json.end_array();
}

std::string_view kind_name(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::kFound: return "found";
    case Finding::Kind::kNear: return "near";
    case Finding::Kind::kMissed: return "missed";
    case Finding::Kind::kExtra: break;
  }
  return "extra";
}

void append_findings(const std::vector<DocumentFindings>& findings, JsonWriter& json) {
  json.key("misses").begin_array();
  for (const DocumentFindings& document : findings) {
    for (const SentenceFindings& sentence : document.sentences) {
      for (const Finding& finding : sentence.findings) {
        if (finding.kind == Finding::Kind::kFound && finding.differs.empty()) continue;
        json.begin_object().field("doc", document.document).field("kind", kind_name(finding.kind)).key("differs").begin_array();
        for (const Difference difference : finding.differs) json.string(difference_name(difference));
        json.end_array();
        append_event_or_null("gold", finding.gold, json);
        append_event_or_null("coded", finding.coded, json);
        json.end_object();
      }
    }
  }
  json.end_array();
}

void append_pair_misses(const std::vector<PairAnswer>& answers, JsonWriter& json) {
  json.key("misses").begin_array();
  for (const PairAnswer& answer : answers) {
    if (answer.is_right()) continue;
    const PairRow& row = *answer.row;
    json.begin_object().field("doc", row.document).field("class", row.gold_class).field("answer", answer.event_class);
    json.field("lack", lack_name(answer.lack)).field("source", row.source).field("target", row.target).field("sentence", row.sentence);
    append_events(*answer.events, json);
    json.end_object();
  }
  json.end_array();
}

void append_differences(const std::vector<CoderDifference>& differences, JsonWriter& json) {
  json.key("misses").begin_array();
  for (const CoderDifference& difference : differences) {
    json.begin_object().field("file", difference.round->file).field("doc", difference.sentence->document);
    json.field("answer", difference.machine).key("people").begin_array();
    for (const std::string_view root : difference.people) json.string(root);
    json.end_array().field("sentence", difference.sentence->sentence);
    append_events(*difference.events, json);
    json.end_object();
  }
  json.end_array();
}

void append_agreement(std::string_view name, const RaterAgreement& agreement, JsonWriter& json) {
  json.key(name).begin_object().key("f1").number(agreement.f1).key("kappa").number(agreement.kappa).key("agree").number(agreement.agree);
  json.key("pairs").number(agreement.pairs).key("both").number(agreement.both).key("both_pairs").number(agreement.both_pairs).end_object();
}

}  // namespace

void append_scores_json(const ArticleScores& scores, bool misses, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("gold", "articles").key("documents").number(scores.documents);
  json.key("other_documents").number(scores.other_documents).key("spared_events").number(scores.spared_events);
  append_level("who", scores.gold_events, scores.coded_events, scores.who, json);
  append_level("status", scores.gold_events, scores.coded_events, scores.status, json);
  append_level("when", scores.gold_events, scores.coded_events, scores.when, json);
  append_level("statements", scores.gold_statements, scores.coded_statements, scores.statements, json);
  append_fields("event_fields", scores.event_fields.fields(), json);
  append_fields("statement_fields", scores.statement_fields.fields(), json);
  append_types(scores.types, json);
  append_confusions("type_confusions", scores.type_confusions, json);
  append_statuses(scores.statuses, json);
  append_confusions("status_confusions", scores.status_confusions, json);
  if (misses) append_findings(scores.findings, json);
  json.end_object();
  out += '\n';
}

void append_scores_json(const PairScores& scores, bool misses, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("gold", "pairs").key("rows").number(static_cast<uint64_t>(scores.answers.size()));
  json.key("answered").number(scores.answered).key("accuracy").number(scores.accuracy);
  json.key("quad_accuracy").number(scores.quad_accuracy).key("macro_f1").number(scores.macro_f1);
  json.key("interval").begin_array().number(scores.interval.first).number(scores.interval.second).end_array();
  json.key("classes").begin_object();
  for (const ClassScore& score : scores.classes) {
    json.key(score.name).begin_object().key("rows").number(score.rows).key("answered").number(score.answered);
    json.key("right").number(score.right);
    append_rates(score.rates(), json);
    json.end_object();
  }
  json.end_object();
  append_confusions("confusions", scores.confusions, json);
  if (misses) append_pair_misses(scores.answers, json);
  json.end_object();
  out += '\n';
}

void append_scores_json(const CoderScores& scores, bool misses, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("gold", "coders").key("rounds").begin_array();
  for (const RoundScore& round : scores.rounds) {
    json.begin_object().field("name", round.name).key("sentences").number(round.sentences).key("people").number(round.people);
    json.key("lines").begin_object();
    for (const RaterLine& line : round.lines) {
      json.key(line.name).begin_object();
      append_agreement("people", line.people, json);
      append_agreement("machine", line.machine, json);
      json.end_object();
    }
    json.end_object().end_object();
  }
  json.end_array();
  if (misses) append_differences(scores.differences, json);
  json.end_object();
  out += '\n';
}

}  // namespace casus
