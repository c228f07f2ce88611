#include "store/record_fixes.h"

#include <simdjson.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "base/json_writer.h"
#include "store/event_mark.h"

namespace casus {
namespace {

void actor_fields(JsonWriter& json, const NamedActor& actor) {
  json.field("name", actor.name).field("country", actor.country).field("sector", actor.sector);
}

void actors_json(JsonWriter& json, const char* key, const std::optional<std::vector<NamedActor>>& actors) {
  if (!actors) return;
  json.key(key).begin_array();
  for (const NamedActor& actor : *actors) {
    json.begin_object();
    actor_fields(json, actor);
    json.end_object();
  }
  json.end_array();
}

using Json = simdjson::dom::element;

/// Reads the fields of a fix's value. What is missing is left alone; what is of another kind is a fault.
class ValueReader {
 public:
  explicit ValueReader(Json object) : object_(object) {}

  bool read(const char* key, std::string& value) {
    std::string_view text;
    const auto error = object_[key].get(text);
    if (error == simdjson::SUCCESS) value = text;
    return note(error);
  }
  bool read(const char* key, double& value) { return note(object_[key].get(value)); }
  bool read(const char* key, int64_t& value) { return note(object_[key].get(value)); }
  bool read(const char* key, int& value) {
    int64_t number = 0;
    if (!note(object_[key].get(number))) return false;
    value = static_cast<int>(number);
    return true;
  }
  template <class T>
  void read(const char* key, std::optional<T>& value) {
    T known{};
    if (read(key, known)) value = std::move(known);
  }
  bool read(const char* key, std::vector<NamedActor>& actors) {
    return each(key, [&](ValueReader& one) { actors.push_back(one.actor()); });
  }
  NamedActor actor() {
    NamedActor actor;
    read("name", actor.name);
    read("country", actor.country);
    read("sector", actor.sector);
    return actor;
  }
  bool each(const char* key, const std::function<void(ValueReader&)>& take) {
    simdjson::dom::array list;
    if (!note(object_[key].get(list))) return false;
    for (const Json one : list) {
      ValueReader reader(one);
      take(reader);
      is_broken_ = is_broken_ || reader.is_broken_;
    }
    return true;
  }
  /// What stands under a key, read by itself.
  void under(const char* key, const std::function<void(ValueReader&)>& take) {
    Json inner;
    if (!note(object_[key].get(inner))) return;
    ValueReader reader(inner);
    take(reader);
    is_broken_ = is_broken_ || reader.is_broken_;
  }
  [[nodiscard]] bool is_broken() const { return is_broken_; }

 private:
  bool note(simdjson::error_code error) {
    if (error != simdjson::SUCCESS && error != simdjson::NO_SUCH_FIELD) is_broken_ = true;
    return error == simdjson::SUCCESS;
  }

  Json object_;
  bool is_broken_ = false;
};

/// The value of a fix of any kind that is about records.
struct ReadValue {
  EventMark mark{};
  EventChange change{};
  NamedActor actor{};
};

std::optional<ReadValue> read_value(simdjson::dom::parser& parser, const std::string& value) {
  const simdjson::padded_string padded(value);
  Json json;
  if (parser.parse(padded).get(json) != simdjson::SUCCESS || !json.is_object()) return std::nullopt;
  ReadValue read;
  ValueReader reader(json);
  read.actor = reader.actor();
  reader.under("event", [&](ValueReader& event) {
    event.read("type", read.mark.type);
    event.read("trigger", read.mark.trigger);
    event.read("sentence", read.mark.sentence);
    event.read("begin", read.mark.begin);
    event.read("end", read.mark.end);
  });
  reader.under("set", [&](ValueReader& set) {
    EventChange& change = read.change;
    set.read("type", change.type);
    set.read("mode", change.mode);
    set.read("status", change.status);
    set.read("date", change.date);
    set.read("cameo", change.cameo);
    set.read("goldstein", change.goldstein);
    set.read("score", change.score);
    set.read("quad", change.quad);
    set.read("source", change.source);
    set.read("target", change.target);
    set.each("actors", [&](ValueReader& one) {
      ActorBinding binding{.actor = one.actor()};
      one.read("words", binding.words);
      change.actors.push_back(std::move(binding));
    });
  });
  if (reader.is_broken()) return std::nullopt;
  return read;
}

Error broken_value(const Fix& fix, const std::string& file) {
  return {.code = ErrorCode::kBadDatabase,
          .message = "the value of fix " + std::to_string(fix.fix) + " is broken",
          .file = file,
          .remedy = "casus fix --undo --fix " + std::to_string(fix.fix) + " --db " + file + " takes it away"};
}

std::string actors_text(std::span<const Actor> actors) {
  std::string text;
  for (const Actor& actor : actors) {
    if (!text.empty()) text += ", ";
    text += actor.country;
    if (!actor.sector.empty()) text += "/" + actor.sector;
    if (!actor.country.empty() || !actor.sector.empty()) text += ' ';
    text += actor.name;
  }
  return text;
}

/// "Poland/POL/GOV", as it is given on the command line.
std::string named_text(const NamedActor& actor) {
  return actor.name + "/" + actor.country + (actor.sector.empty() ? "" : "/" + actor.sector);
}

bool is_named(const Actor& actor, const NamedActor& named) {
  return actor.name == named.name && actor.country == named.country && actor.sector == named.sector;
}

/// Applies fixes to one report.
class FixRun {
 public:
  explicit FixRun(const Report& coded) : fixed_{.report = coded, .acting = {}} {}

  void apply(const Fix& fix, const ReadValue& value) {
    acts_ = false;
    std::string id;
    if (fix.kind == kActorFix) {
      bind_everywhere(fix, {.words = fix.target, .actor = value.actor});
    } else if (Event* event = find(fix, value.mark); event != nullptr) {
      id = event->id;
      apply(fix, value, *event);
    }
    if (acts_) fixed_.acting.push_back({.fix = fix.fix, .event = id});
  }

  FixedReport take() { return std::move(fixed_); }

 private:
  void apply(const Fix& fix, const ReadValue& value, Event& event) {
    acts_ = true;
    if (fix.kind == kChangeFix) {
      change(fix, value.change, event);
      return;
    }
    for (Statement& statement : fixed_.report.statements) std::erase(statement.events, event.id);
    fixed_.report.events.erase(fixed_.report.events.begin() + (&event - fixed_.report.events.data()));
  }

  Event* find(const Fix& fix, const EventMark& mark) {
    std::vector<Event>& all = fixed_.report.events;
    const Article& article = *fixed_.report.article;
    const MarkedEvents events{.size = all.size(),
                              .event = [&](size_t i) -> const Event& { return all[i]; },
                              .sentence = [&](size_t i) { return article.view(all[i].sentence); }};
    const std::optional<size_t> found = find_marked(events, fix.target, mark, fix.kind == kRejectFix);
    return found ? &all[*found] : nullptr;
  }

  void change(const Fix& fix, const EventChange& change, Event& event) {
    set(fix, "type", change.type, event.type, event.fixed);
    set(fix, "mode", change.mode, event.mode, event.fixed);
    set(fix, "status", change.status, event.status, event.fixed);
    if (change.date && event.date != *change.date) {
      event.date_precision = date_precision_of(*change.date);
      event.date_span.reset();  // no words of the text say so
    }
    set(fix, "date", change.date, event.date, event.fixed);
    set(fix, "cameo", change.cameo, event.cameo, event.fixed);
    event.goldstein = change.goldstein.value_or(event.goldstein);
    event.score = change.score.value_or(event.score);
    event.quad = change.quad.value_or(event.quad);
    const std::vector<Actor> known = known_actors(event);
    set_side(fix, "source", change.source, known, event, event.source);
    set_side(fix, "target", change.target, known, event, event.target);
    for (const ActorBinding& binding : change.actors) {
      bind(fix, "source", binding, event.source, event.fixed);
      bind(fix, "target", binding, event.target, event.fixed);
    }
  }

  static void set(const Fix& fix, const char* field, const std::optional<std::string>& value, std::string& present,
                  std::vector<FixedField>& fixed) {
    if (!value || *value == present) return;
    note(fix, field, present, fixed);
    present = *value;
  }

  /// The first fix of a field keeps what was coded; of several the last has its name there.
  static void note(const Fix& fix, const std::string& field, const std::string& coded, std::vector<FixedField>& fixed) {
    const auto before = std::ranges::find(fixed, field, &FixedField::field);
    if (before == fixed.end()) {
      fixed.push_back({.field = field, .coded = coded, .author = fix.author, .made_at = fix.made_at});
      return;
    }
    before->author = fix.author;
    before->made_at = fix.made_at;
  }

  static std::vector<Actor> known_actors(const Event& event) {
    std::vector<Actor> known = event.source;
    known.insert(known.end(), event.target.begin(), event.target.end());
    return known;
  }

  void set_side(const Fix& fix, const char* field, const std::optional<std::vector<NamedActor>>& wanted, const std::vector<Actor>& known,
                Event& event, std::vector<Actor>& side) {
    if (!wanted) return;
    std::vector<Actor> actors;
    for (const NamedActor& named : *wanted) actors.push_back(actor_of(named, known, event));
    if (std::ranges::equal(side, *wanted, is_named)) return;
    note(fix, field, actors_text(side), event.fixed);
    side = std::move(actors);
  }

  /// With the words that stand for it in the event or its sentence, or with none, where the sentence does not name it.
  Actor actor_of(const NamedActor& named, const std::vector<Actor>& known, const Event& event) const {
    Actor actor{.text = {}, .name = named.name, .country = named.country, .sector = named.sector, .span = {}};
    const auto same = std::ranges::find_if(known, [&](const Actor& one) { return one.name == named.name || one.text == named.name; });
    if (same != known.end()) {
      actor.text = same->text;
      actor.span = same->span;
      return actor;
    }
    const std::string_view sentence = fixed_.report.article->view(event.sentence);
    const size_t at = named.name.empty() ? std::string_view::npos : sentence.find(named.name);
    const bool is_there = at != std::string_view::npos;
    actor.text = is_there ? named.name : "";
    actor.span.begin = event.sentence.begin + (is_there ? static_cast<uint32_t>(at) : 0);
    actor.span.end = actor.span.begin + static_cast<uint32_t>(actor.text.size());
    return actor;
  }

  void bind(const Fix& fix, const char* field, const ActorBinding& binding, std::vector<Actor>& side, std::vector<FixedField>& fixed) {
    const std::string before = actors_text(side);
    bool differs = false;
    for (Actor& actor : side) differs = bind_one(binding, actor) || differs;
    if (differs) note(fix, field, before, fixed);
  }
  void bind(const Fix& fix, const char* field, const ActorBinding& binding, Actor& actor, std::vector<FixedField>& fixed) {
    const std::string before = actors_text({&actor, 1});
    if (bind_one(binding, actor)) note(fix, field, before, fixed);
  }

  /// Whether it changes anything.
  bool bind_one(const ActorBinding& binding, Actor& actor) {
    if (actor.text != binding.words && actor.name != binding.words) return false;
    acts_ = true;
    if (is_named(actor, binding.actor)) return false;
    actor.name = binding.actor.name;
    actor.country = binding.actor.country;
    actor.sector = binding.actor.sector;
    return true;
  }

  void bind_everywhere(const Fix& fix, const ActorBinding& binding) {
    for (Event& event : fixed_.report.events) {
      bind(fix, "source", binding, event.source, event.fixed);
      bind(fix, "target", binding, event.target, event.fixed);
    }
    for (Statement& statement : fixed_.report.statements) {
      bind(fix, "speaker", binding, statement.speaker, statement.fixed);
      if (statement.addressee) bind(fix, "addressee", binding, *statement.addressee, statement.fixed);
    }
  }

  FixedReport fixed_;
  bool acts_ = false;
};

}  // namespace

std::string kept_mode(const EventType& type, const Event& event) { return type.mode(event.mode) != nullptr ? event.mode : ""; }

Result<NamedActor> read_named_actor(const std::string& text, const Ontology& ontology, const ActorNames& names) {
  const auto wrong = [](std::string message) { return Error{.code = ErrorCode::kBadOption, .message = std::move(message)}; };
  NamedActor actor;
  std::string rest = text;
  if (const size_t slash = rest.rfind('/'); slash != std::string::npos && ontology.has_sector(rest.substr(slash + 1))) {
    actor.sector = rest.substr(slash + 1);
    rest.resize(slash);
  }
  if (const size_t slash = rest.rfind('/'); slash != std::string::npos) {
    actor.country = rest.substr(slash + 1);
    rest.resize(slash);
    const bool is_code = actor.country.empty() || names.filter(actor.country).country == actor.country;
    if (!is_code) return wrong("neither the code of a country nor a sector: " + actor.country + " (as in Ukraine/UKR/GOV)");
  }
  actor.name = rest;
  if (actor.name.empty()) return wrong("an actor needs a name: NAME/COUNTRY/SECTOR, not " + text);
  return actor;
}

Result<ActorBinding> read_actor_binding(const std::string& text, const Ontology& ontology, const ActorNames& names) {
  const size_t equals = text.find('=');
  Result<NamedActor> named = read_named_actor(text.substr(equals + 1), ontology, names);
  if (!named) return std::move(named).error();
  return ActorBinding{.words = text.substr(0, equals), .actor = *std::move(named)};
}

void set_type_values(const Ontology& ontology, const EventType& type, const std::string& mode, std::string_view cameo, const Event& event,
                     EventChange& change) {
  const EventMode* const own = type.mode(mode);
  change.quad = type.quad;
  change.score = own == nullptr ? type.score : own->score;
  const CameoCode* code = ontology.cameo(cameo.empty() ? event.cameo : cameo);
  const bool fits = code != nullptr && (!cameo.empty() || code->type == type.name);
  if (!fits) code = ontology.general_cameo(type.name);
  change.cameo = code == nullptr ? "" : code->code;
  change.goldstein = code == nullptr ? 0 : code->goldstein;
}

std::string reject_value(const Article& article, const Event& event) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  mark_json(json, "event", event, article.view(event.sentence));
  json.end_object();
  return text;
}

std::string change_value(const Article& article, const Event& event, const EventChange& change) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  mark_json(json, "event", event, article.view(event.sentence));
  json.key("set").begin_object();
  for (const auto& [key, value] : {std::pair("type", &change.type), std::pair("mode", &change.mode), std::pair("status", &change.status),
                                   std::pair("date", &change.date), std::pair("cameo", &change.cameo)}) {
    if (*value) json.field(key, **value);
  }
  if (change.goldstein) json.key("goldstein").number(*change.goldstein);
  if (change.score) json.key("score").number(*change.score);
  if (change.quad) json.key("quad").number(*change.quad);
  actors_json(json, "source", change.source);
  actors_json(json, "target", change.target);
  if (!change.actors.empty()) json.key("actors").begin_array();
  for (const ActorBinding& binding : change.actors) {
    json.begin_object().field("words", binding.words);
    actor_fields(json, binding.actor);
    json.end_object();
  }
  if (!change.actors.empty()) json.end_array();
  json.end_object().end_object();
  return text;
}

std::string actor_value(const NamedActor& actor) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  actor_fields(json, actor);
  json.end_object();
  return text;
}

std::string date_precision_of(std::string_view date) {
  constexpr size_t kYear = 4, kMonth = 7, kDay = 10;
  if (date.find('/') != std::string_view::npos) return "interval";
  if (date.size() == kYear) return "year";
  if (date.size() == kMonth) return "month";
  return date.size() == kDay ? "day" : "";
}

std::string fix_text(const Fix& fix) {
  simdjson::dom::parser parser;
  const std::optional<ReadValue> read = is_record_fix(fix.kind) ? read_value(parser, fix.value) : std::nullopt;
  if (!read) return "";
  if (fix.kind == kRejectFix) return "no " + read->mark.type + " \"" + read->mark.trigger + "\"";
  if (fix.kind == kActorFix) return named_text(read->actor);
  std::string text;
  const auto add = [&](std::string_view words) { (text += text.empty() ? "" : ", ") += words; };
  const EventChange& change = read->change;
  for (const auto& [name, value] :
       {std::pair("type ", &change.type), std::pair("mode ", &change.mode), std::pair("status ", &change.status),
        std::pair("date ", &change.date), std::pair("cameo ", &change.cameo)}) {
    if (*value) add(name + (value->value().empty() ? "none" : **value));
  }
  for (const auto& [name, side] : {std::pair("source", &change.source), std::pair("target", &change.target)}) {
    if (!*side) continue;
    add(name + std::string((*side)->empty() ? " nobody" : ""));
    for (const NamedActor& actor : **side) text += " " + named_text(actor);
  }
  for (const ActorBinding& binding : change.actors) add("\"" + binding.words + "\" is " + named_text(binding.actor));
  return text;
}

Result<void> check_fix(const Fix& fix, const std::string& file) {
  simdjson::dom::parser parser;
  if (is_record_fix(fix.kind) && !read_value(parser, fix.value)) return broken_value(fix, file);
  return {};
}

Result<FixedReport> apply_fixes(const Report& coded, std::span<const Fix> fixes, const std::string& file) {
  FixRun run(coded);
  simdjson::dom::parser parser;
  for (const Fix& fix : fixes) {
    if (!is_record_fix(fix.kind)) continue;
    const std::optional<ReadValue> value = read_value(parser, fix.value);
    if (!value) return broken_value(fix, file);
    run.apply(fix, *value);
  }
  return run.take();
}

}  // namespace casus
