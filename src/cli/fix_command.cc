// casus fix: people correct records of a database.
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/load.h"
#include "cli/locate.h"
#include "cli/output.h"
#include "cli/record_table.h"
#include "cli/suggest.h"
#include "cli/terminal.h"
#include "crisis/incidents.h"
#include "reading/record_rows.h"
#include "store/actor_names.h"
#include "store/incident_fixes.h"
#include "store/record_cells.h"
#include "store/record_fixes.h"
#include "store/store.h"
#include "store/stored_crisis.h"

namespace casus {
namespace {

Error bad_option(std::string message) { return {.code = ErrorCode::kBadOption, .message = std::move(message)}; }

/// The user's name on this machine.
std::string user_name() {
  const passwd* const user = ::getpwuid(::geteuid());
  if (user != nullptr && user->pw_name != nullptr) return user->pw_name;
  const char* const named = std::getenv("USER");
  return named == nullptr || *named == '\0' ? std::to_string(::geteuid()) : named;
}

std::string author_of(const FixOptions& options) { return options.author.empty() ? user_name() : options.author; }

/// An event of a database, and where it is.
struct FoundEvent {
  int64_t row = 0;  ///< of its article
  ArticlePtr article{};
  Event coded{};
  std::optional<Event> shown{};  ///< with the fixes there are; nothing if it is rejected

  /// What a further fix changes.
  [[nodiscard]] const Event& present() const { return shown ? *shown : coded; }
};

/// Finds events by the beginning of their ids, among those that are shown and those that were rejected.
class EventFinder {
 public:
  explicit EventFinder(Store& store) : store_(store) {}

  Result<FoundEvent> find(const std::string& beginning) {
    const Result<std::map<std::string, int64_t>> known = matching(beginning);
    if (!known) return known.error();
    if (known->empty()) return none(beginning);
    if (known->size() > 1) {
      std::string ids;
      for (const auto& [id, row] : *known) ids += " " + id;
      return bad_option("several events begin with " + beginning + ":" + ids);
    }
    return load(known->begin()->first, known->begin()->second);
  }

 private:
  Error none(const std::string& id) {
    return {.code = ErrorCode::kNotFound,
            .message = "has no event " + id,
            .file = store_.path(),
            .remedy = "casus events --db " + store_.path() + " --columns id,type,sentence shows ids"};
  }

  Result<std::map<std::string, int64_t>> matching(const std::string& beginning) {
    Result<Query> query = store_.database().prepare(
        "SELECT id, article FROM events WHERE substr(id, 1, ?1) = ?2 UNION SELECT id, article FROM coded_events WHERE substr(id, 1, ?1) = "
        "?2");
    if (!query) return std::move(query).error();
    query->bind(static_cast<int64_t>(beginning.size())).bind(beginning);
    std::map<std::string, int64_t> found;
    for (;;) {
      const Result<bool> row = query->step();
      if (!row) return row.error();
      if (!*row) return found;
      found.emplace(query->text(0), query->integer(1));
    }
  }

  Result<FoundEvent> load(const std::string& id, int64_t row) {
    const Result<std::optional<StoredReport>> coded = store_.load_coded(row);
    if (!coded) return coded.error();
    const Result<std::optional<StoredReport>> shown = store_.load(row);
    if (!shown) return shown.error();
    const std::optional<StoredReport>&as_coded = *coded, &as_shown = *shown;
    std::optional<Event> event = as_coded ? event_of(as_coded->report, id) : std::nullopt;
    if (!as_coded || !event) return none(id);
    return FoundEvent{.row = row,
                      .article = as_coded->report.article,
                      .coded = *std::move(event),
                      .shown = as_shown ? event_of(as_shown->report, id) : std::nullopt};
  }

  static std::optional<Event> event_of(const Report& report, const std::string& id) {
    const auto found = std::ranges::find(report.events, id, &Event::id);
    return found == report.events.end() ? std::nullopt : std::optional(*found);
  }

  Store& store_;
};

/// Checks what people give against ontology and countries, and makes it what a fix holds.
class FixValues {
 public:
  FixValues(const Ontology& ontology, const ActorNames& names) : ontology_(ontology), names_(names) {}

  [[nodiscard]] Result<ActorBinding> binding(const std::string& text) const { return read_actor_binding(text, ontology_, names_); }

  /// What is to be set of an event as it is, with what the ontology tells of a new type.
  [[nodiscard]] Result<EventChange> change(const FixOptions& options, const Event& event) const {
    EventChange change{.status = options.status, .date = options.date};
    if (Result<void> done = set_type(options, event, change); !done.ok()) return done.error();
    for (const auto& [wanted, side] : {std::pair(&options.source, &change.source), std::pair(&options.target, &change.target)}) {
      if (!*wanted) continue;
      auto& actors = side->emplace();
      for (const std::string& text : **wanted) {
        if (text.empty()) continue;
        Result<NamedActor> named = read_named_actor(text, ontology_, names_);
        if (!named) return std::move(named).error();
        actors.push_back(*std::move(named));
      }
    }
    for (const std::string& text : options.actors) {
      Result<ActorBinding> bound = binding(text);
      if (!bound) return std::move(bound).error();
      change.actors.push_back(*std::move(bound));
    }
    return change;
  }

 private:
  Result<void> set_type(const FixOptions& options, const Event& event, EventChange& change) const {
    if (!options.type && !options.mode && !options.cameo) return {};
    const std::string name = options.type.value_or(event.type);
    const EventType* const type = ontology_.type(name);
    if (type == nullptr) return no_type(name);
    const std::string mode = options.mode.value_or(kept_mode(*type, event));
    if (!mode.empty() && type->mode(mode) == nullptr) return no_mode(*type, mode);
    if (options.cameo && ontology_.cameo(*options.cameo) == nullptr)
      return bad_option("--cameo: no such code: " + *options.cameo + " (a string: 01 is not 1)");
    if (options.type) change.type = name;
    if (mode != event.mode) change.mode = mode;
    set_type_values(ontology_, *type, mode, options.cameo.value_or(""), event, change);
    return {};
  }

  [[nodiscard]] Error no_type(const std::string& name) const {
    std::vector<std::string> known;
    for (const EventType& type : ontology_.types()) known.push_back(type.name);
    return no_such("--type: no such type: " + name, name, known);
  }
  static Error no_mode(const EventType& type, const std::string& name) {
    std::vector<std::string> known;
    known.reserve(type.modes.size());
    for (const EventMode& mode : type.modes) known.push_back(mode.name);
    return no_such("--mode: " + type.name + " has no mode " + name, name, known);
  }
  static Error no_such(std::string message, const std::string& name, const std::vector<std::string>& known) {
    const std::string meant = suggest(name, known);
    if (!meant.empty()) message += "; did you mean " + meant + "?";
    std::string there_are;
    for (const std::string& one : known) there_are += " " + one;
    return bad_option(message + " (there are:" + (there_are.empty() ? " none" : there_are) + ")");
  }

  const Ontology& ontology_;
  const ActorNames& names_;
};

/// The dictionaries and rules of incidents, and the crisis that the database tells; each loaded once, when it is first asked for.
class CrisisOfStore {
 public:
  CrisisOfStore(const Options& options, Store& store) : options_(options), store_(store) {}

  Result<const Lexicon*> lexicon() {
    if (lexicon_) return lexicon_.get();
    Result<std::shared_ptr<const Lexicon>> loaded = load_lexicon(options_.data, {});
    if (!loaded) return std::move(loaded).error();
    lexicon_ = *std::move(loaded);
    return lexicon_.get();
  }

  Result<const Crisis*> get() {
    if (crisis_) return &*crisis_;
    const Result<const CrisisRules*> rules = this->rules();
    if (!rules) return rules.error();
    Result<StoredCrisis> stored = load_crisis(store_, **rules, *lexicon_);
    if (!stored) return std::move(stored).error();
    crisis_ = std::move(stored->crisis);
    return &*crisis_;
  }

  /// Brings the stored incidents up to what a fix changed; where that is all of them, the next run does it.
  Result<void> keep_up() {
    const Result<const CrisisRules*> rules = this->rules();
    if (!rules) return rules.error();
    const Result<bool> done = update_incidents(store_, **rules, *lexicon_, false);
    return done ? Result<void>() : done.error();
  }

 private:
  /// The rules; with them there is the lexicon.
  Result<const CrisisRules*> rules() {
    if (rules_) return rules_.get();
    const Result<const Lexicon*> lexicon = this->lexicon();
    if (!lexicon) return lexicon.error();
    auto loaded = load_crisis_rules(options_.data, (*lexicon)->ontology());
    if (!loaded) return std::move(loaded).error();
    rules_ = *std::move(loaded);
    return rules_.get();
  }

  const Options& options_;
  Store& store_;
  std::shared_ptr<const Lexicon> lexicon_{};
  std::shared_ptr<const CrisisRules> rules_{};
  std::optional<Crisis> crisis_{};
};

/// The mention whose event's id begins so.
Result<uint32_t> find_mention(const std::string& beginning, const Crisis& crisis) {
  std::map<std::string, uint32_t> found;
  for (uint32_t i = 0; i < crisis.mentions.size(); ++i) {
    if (crisis.mentions[i].event.id.starts_with(beginning)) found.emplace(crisis.mentions[i].event.id, i);
  }
  if (found.size() == 1) return found.begin()->second;
  if (found.empty()) return Error{.code = ErrorCode::kNotFound, .message = "there is no event " + beginning + " that tells of an incident"};
  std::string ids;
  for (const auto& [id, mention] : found) ids += " " + id;
  return bad_option("several events begin with " + beginning + ":" + ids);
}

std::string text_of(const Fix& fix) { return is_incident_fix(fix.kind) ? incident_fix_text(fix) : fix_text(fix); }

/// One call of the command.
class FixCall {
 public:
  FixCall(const Options& options, Store& store, Messages& messages)
      : options_(options), fix_(options.fix), store_(store), messages_(messages), crisis_(options, store) {}

  Result<void> run() {
    if (Result<void> done = fix_.undo ? undo() : enter(); !done.ok()) return done;
    return crisis_.keep_up();
  }

 private:
  Result<void> enter() {
    if (fix_.changes_incident()) return enter_incident();
    const Result<const Lexicon*> lexicon = crisis_.lexicon();
    if (!lexicon) return lexicon.error();
    const Result<ActorNames> names = ActorNames::load(locate_data(options_.data).path);
    if (!names) return names.error();
    const FixValues values((*lexicon)->ontology(), *names);
    return fix_.event.empty() ? enter_names(values) : enter_event(values);
  }

  Result<void> enter_event(const FixValues& values) {
    const Result<FoundEvent> found = EventFinder(store_).find(fix_.event);
    if (!found) return found.error();
    const Article& article = *found->article;
    Fix fix{.kind = std::string(fix_.reject ? kRejectFix : kChangeFix),
            .article_id = article.article_id(),
            .target = found->coded.id,
            .author = author_of(fix_)};
    if (fix_.reject) {
      fix.value = reject_value(article, found->coded);
    } else {
      const Result<EventChange> change = values.change(fix_, found->present());
      if (!change) return change.error();
      fix.value = change_value(article, found->coded, *change);
    }
    return enter(fix, "event " + found->coded.id);
  }

  Result<void> enter_incident() {
    const Result<const Crisis*> crisis = crisis_.get();
    if (!crisis) return crisis.error();
    Result<Fix> fix = fix_of_incident(**crisis);
    if (!fix) return std::move(fix).error();
    fix->author = author_of(fix_);
    return enter(*fix, (fix_.split ? "event " : "incident ") + fix_.event);
  }

  Result<Fix> fix_of_incident(const Crisis& crisis) {
    if (fix_.split) {
      const Result<uint32_t> mention = find_mention(fix_.event, crisis);
      return mention ? split_fix(crisis, *mention) : mention.error();
    }
    const Result<uint32_t> incident = incident_of(fix_.event, crisis);
    if (!incident) return incident.error();
    if (fix_.happened) return outcome_fix(crisis, *incident, *fix_.happened);
    const Result<uint32_t> other = incident_of(fix_.join, crisis);
    return other ? join_fix(crisis, *incident, *other) : other.error();
  }

  Result<uint32_t> incident_of(const std::string& beginning, const Crisis& crisis) {
    const Result<FoundIncident> found = find_incident(beginning, crisis);
    if (!found) return found.error();
    if (found->merged)
      messages_.note("incident " + found->asked + " has become part of " + crisis.incidents[found->incident].id +
                     ", which was reported first");
    return found->incident;
  }

  Result<void> enter_names(const FixValues& values) {
    const Result<std::string> article_id = article_of(fix_.article);
    if (!article_id) return article_id.error();
    for (const std::string& text : fix_.actors) {
      const Result<ActorBinding> bound = values.binding(text);
      if (!bound) return bound.error();
      const Fix fix{.kind = std::string(kActorFix),
                    .article_id = *article_id,
                    .target = bound->words,
                    .value = actor_value(bound->actor),
                    .author = author_of(fix_)};
      if (Result<void> done = enter(fix, "\"" + bound->words + "\""); !done.ok()) return done;
    }
    return {};
  }

  Result<std::string> article_of(const std::string& name) {
    if (name.empty()) return std::string();
    Result<Query> query = store_.database().prepare("SELECT article_id FROM articles WHERE ?1 IN (article_id, doc)");
    if (!query) return std::move(query).error();
    const Result<bool> row = query->bind(name).step();
    if (!row) return row.error();
    if (*row) return query->string(0);
    return Error{.code = ErrorCode::kNotFound,
                 .message = "has no article " + name,
                 .file = store_.path(),
                 .remedy = "casus articles --db " + store_.path() + " lists what there is"};
  }

  Result<void> enter(const Fix& fix, const std::string& about) {
    const Result<int64_t> number = store_.enter_fix(fix);
    if (!number) return number.error();
    messages_.note("fix " + std::to_string(*number) + ", by " + fix.author + ": " + about + ": " + text_of(fix) +
                   "; casus fix --undo --fix " + std::to_string(*number) + " --db " + store_.path() + " takes it back");
    return {};
  }

  Result<void> undo() {
    if (fix_.number) return undo(*fix_.number);
    const Result<std::vector<int64_t>> numbers = fixes_about(fix_.event);
    if (!numbers) return numbers.error();
    if (numbers->empty())
      return Error{.code = ErrorCode::kNotFound,
                   .message = "has no fix of " + fix_.event,
                   .file = store_.path(),
                   .remedy = "casus fix --list --db " + store_.path() + " shows those there are; names are fixed by themselves"};
    for (const int64_t number : *numbers) {
      if (Result<void> done = undo(number); !done.ok()) return done;
    }
    return {};
  }

  /// The fixes of an event; where there is none of that id, of an incident.
  Result<std::vector<int64_t>> fixes_about(const std::string& id) {
    const Result<FoundEvent> event = EventFinder(store_).find(id);
    if (event) return fixes_of(*event);
    if (event.error().code != ErrorCode::kNotFound) return event.error();
    const Result<const Crisis*> crisis = crisis_.get();
    if (!crisis) return crisis.error();
    const Result<uint32_t> incident = incident_of(id, **crisis);
    if (!incident) return incident.error().code == ErrorCode::kNotFound ? event.error() : incident.error();
    std::vector<int64_t> numbers;
    for (const uint32_t index : (*crisis)->incidents[*incident].fixes) numbers.push_back((*crisis)->fixes[index].fix);
    return numbers;
  }

  /// The fixes of an event and of no other, whatever id it had when they were made.
  Result<std::vector<int64_t>> fixes_of(const FoundEvent& found) {
    const Result<std::vector<ActingFix>> acting = store_.acting_fixes(found.row);
    if (!acting) return acting.error();
    std::vector<int64_t> numbers;
    for (const ActingFix& one : *acting) {
      if (one.event == found.coded.id) numbers.push_back(one.fix);
    }
    return numbers;
  }

  Result<void> undo(int64_t number) {
    const std::string author = author_of(fix_);
    if (Result<void> done = store_.undo_fix(number, author); !done.ok()) return done;
    messages_.note("fix " + std::to_string(number) + " is undone, by " + author);
    return {};
  }

  const Options& options_;
  const FixOptions& fix_;
  Store& store_;
  Messages& messages_;
  CrisisOfStore crisis_;
};

const std::vector<std::string> kListColumns = {"fix",    "kind",    "article_id", "target",    "what",
                                               "author", "made_at", "undone_by",  "undone_at", "acts"};

/// Whether each fix acts: "yes", "no" (what it is about has gone, or is read otherwise), "undone".
class ActingFixes {
 public:
  ActingFixes(const Options& options, Store& store) : store_(store), crisis_(options, store) {}

  Result<std::string> state(const Fix& fix) {
    if (!fix.undone_at.empty()) return std::string("undone");
    if (is_incident_fix(fix.kind)) return state_of_incident(fix);
    if (!is_record_fix(fix.kind)) return std::string("yes");
    const Result<bool> acts = fix.article_id.empty() ? acts_anywhere(fix) : acts_on(fix, fix.article_id);
    if (!acts) return acts.error();
    return std::string(*acts ? "yes" : "no");
  }

 private:
  Result<bool> acts_on(const Fix& fix, const std::string& article_id) {
    const Result<std::optional<int64_t>> row = store_.find(article_id);
    if (!row) return row.error();
    const std::optional<int64_t>& number = *row;
    return number ? acts_on(fix, *number) : Result<bool>(false);
  }
  Result<bool> acts_on(const Fix& fix, int64_t row) {
    const Result<std::vector<ActingFix>> acting = store_.acting_fixes(row);
    if (!acting) return acting.error();
    return std::ranges::find(*acting, fix.fix, &ActingFix::fix) != acting->end();
  }
  Result<bool> acts_anywhere(const Fix& fix) {
    Result<Query> query = store_.database().prepare("SELECT article FROM articles WHERE coded_hash IS NOT NULL");
    if (!query) return std::move(query).error();
    for (;;) {
      const Result<bool> row = query->step();
      if (!row) return row.error();
      if (!*row) return false;
      const Result<bool> acts = acts_on(fix, query->integer(0));
      if (!acts || *acts) return acts;
    }
  }

  Result<std::string> state_of_incident(const Fix& fix) {
    const Result<const Crisis*> crisis = crisis_.get();
    if (!crisis) return crisis.error();
    for (const Incident& incident : (*crisis)->incidents) {
      for (const uint32_t index : incident.fixes) {
        if ((*crisis)->fixes[index].fix == fix.fix) return std::string("yes");
      }
    }
    return std::string("no");
  }

  Store& store_;
  CrisisOfStore crisis_;
};

Result<void> list_fixes(const Options& options, Store& store, Output& output) {
  const Result<std::vector<Fix>> fixes = read_fixes(store.database(), {.undone = true});
  if (!fixes) return fixes.error();
  ActingFixes acting(options, store);
  std::string out;
  ColumnTable table(kListColumns, terminal_columns(STDOUT_FILENO), options.output_file.empty() && wants_bold(STDOUT_FILENO));
  const RowDialect dialect = options.format == Format::kTsv ? RowDialect::kTabs : RowDialect::kCommas;
  const bool is_rows = options.format == Format::kCsv || options.format == Format::kTsv;
  if (is_rows) append_row(kListColumns, dialect, out);
  for (const Fix& fix : *fixes) {
    const Result<std::string> state = acting.state(fix);
    if (!state) return state.error();
    const std::vector<std::string> cells = {
        std::to_string(fix.fix), fix.kind,      fix.article_id, fix.target, text_of(fix), fix.author, fix.made_at,
        fix.undone_by,           fix.undone_at, *state};
    if (is_rows) append_row(cells, dialect, out);
    if (options.format == Format::kTable) table.add(cells, out);
    if (options.format != Format::kJsonLines) continue;
    append_cells_json(kListColumns, cells, out);
    out += '\n';
  }
  if (options.format == Format::kTable) table.finish(out);
  output.write(out);
  return {};
}

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  if (error.code == ErrorCode::kBadOption) return kWrongUsage;
  return error.code == ErrorCode::kNotFound ? kSomeFailed : kCannotWork;
}

int list_command(const Options& options, Store& store, Messages& messages) {
  Output output;
  if (!options.output_file.empty()) {
    if (const Result<void> opened = output.open(options.output_file); !opened.ok()) return fail(opened.error(), messages);
  }
  const Result<void> done = list_fixes(options, store, output);
  output.close(done.ok());
  if (!done.ok()) return fail(done.error(), messages);
  if (output.state() != Output::State::kFailed) return kFine;
  return fail({.code = ErrorCode::kUnwritable, .message = "cannot be written: " + output.reason(), .file = output.name()}, messages);
}

}  // namespace

int fix_command(const Options& options, Messages& messages) {
  Result<Store> store = Store::open(options.database, options.fix.list ? Database::Mode::kRead : Database::Mode::kWrite);
  if (!store) {
    messages.error(store.error());
    return kCannotWork;
  }
  if (options.fix.list) return list_command(options, *store, messages);
  const Result<void> done = FixCall(options, *store, messages).run();
  return done.ok() ? kFine : fail(done.error(), messages);
}

}  // namespace casus
