// Explanations as JSON Lines.
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "cli/explanation.h"
#include "cli/parse_formats.h"

namespace casus {
namespace {

/// Writes one sentence's object.
class JsonExplanation {
 public:
  JsonExplanation(const Reading& reading, const Asked& asked, std::string& out)
      : reading_(reading), asked_(asked), article_(reading.doc.article()), json_(out) {}

  void write(size_t index) {
    const Document& doc = reading_.doc;
    const Sentence& sentence = doc.sentences()[index];
    json_.begin_object().field("record", "explanation").field("doc", article_.fields().id).field("article_id", article_.article_id());
    json_.key("sentence").number(static_cast<uint64_t>(index + 1)).field("text", article_.view(doc.span(sentence)));
    json_.key("first_token").number(sentence.begin).key("tokens").begin_array();
    for (const Token& token : doc.tokens(sentence)) append_token_json(doc, token, json_);
    json_.end_array();
    write_mentions(sentence);
    write_acts(sentence);
    json_.end_object();
  }

 private:
  /// A word: its token in the document, and its text, since it may stand in another sentence.
  void word(std::string_view key, std::optional<uint32_t> token) {
    json_.key(key);
    if (token)
      word(*token);
    else
      json_.null();
  }

  void word(uint32_t token) {
    json_.begin_object().key("token").number(token).field("text", reading_.doc.text(reading_.doc.tokens()[token]));
    json_.key("sentence").number(static_cast<uint64_t>(reading_.sentence_of(token) + 1)).end_object();
  }

  void words(std::string_view key, const std::vector<uint32_t>& tokens) {
    json_.key(key).begin_array();
    for (const uint32_t token : tokens) word(token);
    json_.end_array();
  }

  void actors(std::string_view key, const std::vector<Actor>& list) {
    json_.key(key).begin_array();
    for (const Actor& actor : list) {
      json_.begin_object().field("text", actor.text).field("name", actor.name).field("country", actor.country);
      json_.field("sector", actor.sector).key("begin").number(actor.span.begin).key("end").number(actor.span.end).end_object();
    }
    json_.end_array();
  }

  void name(std::string_view key, const NameEntry* entry) {
    json_.key(key);
    if (!entry) {
      json_.null();
      return;
    }
    json_.begin_object().field("name", entry->name).field("kind", name_kind_name(entry->kind));
    json_.field("country", entry->country).field("sector", entry->sector);
    json_.field("entry", reading_.place_in_data(reading_.lexicon.names().file_of(*entry), entry->line)).end_object();
  }

  void write_mentions(const Sentence& sentence) {
    const auto& mentions = reading_.trace.mentions;
    json_.key("mentions").begin_array();
    for (auto at = mentions.lower_bound(sentence.begin); at != mentions.lower_bound(sentence.end); ++at) {
      const MentionTrace& mention = at->second;
      json_.begin_object();
      word("head", mention.token);
      json_.field("rule", mention_rule_name(mention.rule));
      actors("actors", mention.actors);
      name("name", mention.name);
      json_.field("term", mention.term ? mention.term->words : "");
      person(mention.person);
      word("from", mention.from);
      json_.end_object();
    }
    json_.end_array();
  }

  void person(std::optional<uint32_t> index) {
    json_.key("person");
    if (!index) {
      json_.null();
      return;
    }
    const PersonTrace& person = reading_.trace.persons.at(*index);
    json_.begin_object().field("name", person.name).field("country", person.country).field("sector", person.sector);
    json_.key("titles").begin_array();
    for (const std::string& title : person.titles) json_.string(title);
    json_.end_array();
    word("told_at", person.told_at);
    name("name_entry", person.entry);
    json_.end_object();
  }

  void write_acts(const Sentence& sentence) {
    const auto& acts = reading_.trace.acts;
    json_.key("acts").begin_array();
    for (auto at = acts.lower_bound(sentence.begin); at != acts.lower_bound(sentence.end); ++at) {
      if (asked_.wants(at->second)) write_act(at->second);
    }
    json_.end_array();
  }

  void write_act(const ActTrace& act) {
    json_.begin_object();
    word("trigger", act.trigger);
    json_.field("fate", act_fate_name(act.fate)).field("event", act.event_id);
    word("other", act.other);
    json_.field("effect", wrapper_effect_name(act.effect)).key("steps").begin_array();
    for (const StatusStep& step : act.steps) {
      json_.begin_object();
      word("word", step.word);
      json_.field("cause", status_cause_name(step.cause)).field("effect", wrapper_effect_name(step.effect));
      json_.key("counts").boolean(step.counts).end_object();
    }
    json_.end_array().field("attributed_to", act.attributed_to);
    word("cue", act.attributed_to.empty() ? std::nullopt : act.cue);
    json_.field("target_origin", act.target_origin == TargetOrigin::kPart ? "" : target_origin_name(act.target_origin)).key("place");
    if (act.place) {
      json_.begin_object().field("text", act.place->text).field("country", act.place->country).field("rule", act.place->rule).end_object();
    } else {
      json_.null();
    }
    json_.key("judge");
    write_judged(act.judged);
    json_.key("confidence").begin_array();
    for (const ConfidenceTerm& term : act.confidence) {
      json_.begin_object().field("feature", term.feature).field("value", term.value);
      json_.key("log_odds").number(term.log_odds).end_object();
    }
    json_.end_array();
    json_.key("frames").begin_array();
    for (size_t i = 0; i < act.trials.size(); ++i) write_trial(act.trials[i], i == act.best);
    json_.end_array().end_object();
  }

  void write_judged(const std::optional<Decided>& judged) {
    if (!judged) {
      json_.null();
      return;
    }
    const auto number = [&](const char* name, float value) {
      json_.key(name).number(std::round(1000.0 * static_cast<double>(value)) / 1000);
    };
    json_.begin_object().field("type", judged->type).field("status", judged->status);
    number("event_probability", judged->judge_event);
    number("type_probability", judged->judge_type);
    number("status_probability", judged->judge_status);
    json_.end_object();
  }

  void write_trial(const FrameTrial& trial, bool best) {
    json_.begin_object().field("rule", trial.frame->name + "/" + std::to_string(trial.pattern->number)).field("type", trial.frame->type);
    json_.field("pattern", trial.pattern->text).field("entry", reading_.place_in_data(trial.frame->file, trial.pattern->line));
    json_.field("outcome", trial_outcome_name(trial.outcome)).key("best").boolean(best);
    json_.field("part", trial.part ? part_text(*trial.part) : "").field("fault", trial.part ? part_fault_name(trial.fault) : "");
    words("seen", trial.seen);
    json_.key("weight").number(trial.weight);
    words("words", trial.words);
    words("contents", trial.contents);
    actors("source", trial.source);
    actors("target", trial.target);
    json_.field("target_origin", target_origin_name(trial.target_origin)).end_object();
  }

  const Reading& reading_;
  const Asked& asked_;
  const Article& article_;
  JsonWriter json_;
};

}  // namespace

void append_explanation_json(const Reading& reading, const Asked& asked, std::string& out) {
  for (size_t i = 0; i < reading.doc.sentences().size(); ++i) {
    if (!asked.wants(reading, i)) continue;
    JsonExplanation(reading, asked, out).write(i);
    out += '\n';
  }
}

}  // namespace casus
