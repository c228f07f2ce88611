#include "lexicon/lexicon.h"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "lexicon/table_file.h"

namespace casus {

/// Builds a lexicon file by file; each step returns the first fault.
class LexiconLoader {
 public:
  explicit LexiconLoader(std::filesystem::path folder) : folder_(std::move(folder)), lexicon_(new Lexicon()) {}

  Result<std::shared_ptr<const Lexicon>> load() {
    std::error_code failed;
    if (!std::filesystem::is_directory(folder_, failed)) {
      return Error{.code = ErrorCode::kNotFound,
                   .message = "no such data folder",
                   .file = folder_.string(),
                   .remedy = "give the folder that holds ontology/, world/, frames/ and reading/"};
    }
    for (const auto step : {&LexiconLoader::load_ontology, &LexiconLoader::load_names, &LexiconLoader::load_terms,
                            &LexiconLoader::load_words, &LexiconLoader::load_type_rules, &LexiconLoader::load_frames}) {
      if (auto done = (this->*step)(); !done) return std::move(done).error();
    }
    index_patterns();
    return std::shared_ptr<const Lexicon>(std::move(lexicon_));
  }

 private:
  [[nodiscard]] Result<Table> table(std::string_view path, const std::vector<std::string_view>& columns) const {
    const std::filesystem::path file = folder_ / path;
    auto content = read_file(file, kMaxDataFileBytes);
    if (!content) return std::move(content).error();
    return Table::parse(*std::move(content), file.string(), columns);
  }

  /// The files of a sub-folder that end in `extension`, by name.
  [[nodiscard]] Result<std::vector<std::filesystem::path>> files(std::string_view sub_folder, std::string_view extension) const {
    std::vector<std::filesystem::path> found;
    std::error_code failed;
    const std::filesystem::path folder = folder_ / sub_folder;
    for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
      if (entry->path().extension() == extension) found.push_back(entry->path());
    }
    if (failed) {
      return Error{.code = ErrorCode::kNotFound,
                   .message = "cannot list the folder: " + failed.message(),
                   .file = folder.string(),
                   .remedy = "give a complete data folder"};
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  Result<void> load_ontology() {
    auto types = table("ontology/types.tsv", {"name", "quad", "score", "target"});
    if (!types) return std::move(types).error();
    auto modes = table("ontology/modes.tsv", {"type", "mode", "score"});
    if (!modes) return std::move(modes).error();
    auto contexts = table("ontology/contexts.tsv", {"name"});
    if (!contexts) return std::move(contexts).error();
    auto sectors = table("ontology/sectors.tsv", {"code", "state"});
    if (!sectors) return std::move(sectors).error();
    auto cameo = table("ontology/cameo.tsv", {"code", "goldstein", "type", "contexts"});
    if (!cameo) return std::move(cameo).error();
    auto ontology = Ontology::build(*types, *modes, *contexts, *sectors, *cameo);
    if (!ontology) return std::move(ontology).error();
    lexicon_->ontology_ = *std::move(ontology);
    return {};
  }

  Result<void> load_names() {
    auto countries = table("world/countries.tsv", {"iso3", "name", "aliases", "demonyms", "people", "capital"});
    if (!countries) return std::move(countries).error();
    if (auto done = lexicon_->names_.add_countries(*countries); !done) return done;
    const std::pair<std::string_view, NameKind> named[] = {{"world/seats.tsv", NameKind::kSeat},
                                                           {"world/organisations.tsv", NameKind::kOrganisation},
                                                           {"world/people.tsv", NameKind::kPerson}};
    for (const auto& [path, kind] : named) {
      auto entries = table(path, {"name", "aliases", "country", "sector"});
      if (!entries) return std::move(entries).error();
      if (auto done = lexicon_->names_.add_named(*entries, kind, lexicon_->ontology_); !done) return done;
    }
    auto places = table("world/places.tsv", {"name", "aliases", "country", "kind"});
    if (!places) return std::move(places).error();
    if (auto done = lexicon_->names_.add_places(*places); !done) return done;
    return lexicon_->names_.seal();
  }

  Result<void> load_terms() {
    if (auto done = add_terms("world/titles.tsv", TermKind::kTitle); !done) return done;
    return add_terms("world/groups.tsv", TermKind::kGroup);
  }

  Result<void> add_terms(std::string_view path, TermKind kind) {
    auto terms = table(path, {"word", "sector"});
    if (!terms) return std::move(terms).error();
    for (size_t row = 0; row < terms->size(); ++row) {
      Term term{.words = std::string(terms->cell(row, "word")), .sector = std::string(terms->cell(row, "sector")), .kind = kind};
      if (term.words.empty()) return terms->error(row, "row without a word", "fill the cell or remove the row");
      if (!term.sector.empty() && !lexicon_->ontology_.has_sector(term.sector)) {
        return terms->error(row, "unknown sector \"" + term.sector + "\"", "use a code of sectors.tsv");
      }
      const auto blanks = static_cast<size_t>(std::count(term.words.begin(), term.words.end(), ' '));
      lexicon_->max_term_words_ = std::max(lexicon_->max_term_words_, blanks + 1);
      const std::string words = term.words;
      if (!lexicon_->terms_.emplace(words, std::move(term)).second) {
        return terms->error(row, "\"" + words + "\" stands twice among titles and groups", "remove one");
      }
    }
    return {};
  }

  Result<void> load_words() {
    for (const std::string_view path : {"reading/prepositions.tsv", "reading/status.tsv", "reading/speech.tsv", "reading/time.tsv",
                                        "reading/numbers.tsv", "reading/reference.tsv"}) {
      auto rows = table(path, {"word", "class", "value"});
      if (!rows) return std::move(rows).error();
      if (auto done = lexicon_->words_.add(*rows); !done) return done;
    }
    auto wrappers = table("reading/wrappers.tsv", {"word", "kind", "effect"});
    if (!wrappers) return std::move(wrappers).error();
    return lexicon_->wrappers_.add(*wrappers);
  }

  Result<void> load_type_rules() {
    auto rules = table("reading/type_rules.tsv", {"type", "symmetric", "speech", "content", "face_mode", "third_place_mode",
                                                  "many_sides_mode", "not_with", "place", "answers"});
    if (!rules) return std::move(rules).error();
    for (size_t row = 0; row < rules->size(); ++row) {
      const std::string name(rules->cell(row, "type"));
      const EventType* type = lexicon_->ontology_.type(name);
      if (!type) return rules->error(row, "unknown type \"" + name + "\"", "use a name of types.tsv");
      TypeRule rule{.symmetric = rules->cell(row, "symmetric") == "yes",
                    .is_speech = rules->cell(row, "speech") == "yes",
                    .content_is_event = rules->cell(row, "content") != "dropped",
                    .face_mode = std::string(rules->cell(row, "face_mode")),
                    .third_place_mode = std::string(rules->cell(row, "third_place_mode")),
                    .many_sides_mode = std::string(rules->cell(row, "many_sides_mode")),
                    .place_is_target = rules->cell(row, "place") == "target",
                    .not_with = std::string(rules->cell(row, "not_with"))};
      if (!rule.not_with.empty() && !lexicon_->ontology_.has_sector(rule.not_with))
        return rules->error(row, "unknown sector \"" + rule.not_with + "\"", "use a code of sectors.tsv");
      for (const std::string_view answered : rules->list(row, "answers")) {
        if (!lexicon_->ontology_.type(answered))
          return rules->error(row, "unknown type \"" + std::string(answered) + "\"", "use a name of types.tsv");
        rule.answers.emplace_back(answered);
      }
      for (const std::string& mode : {rule.face_mode, rule.third_place_mode, rule.many_sides_mode}) {
        if (!mode.empty() && !type->mode(mode)) return rules->error(row, "unknown mode \"" + mode + "\"", "use a mode of modes.tsv");
      }
      if (!lexicon_->type_rules_.emplace(name, rule).second) return rules->error(row, "type " + name + " stands twice", "remove one");
    }
    return {};
  }

  /// The word lists of frames; a folder without them has none.
  Result<WordLists> word_lists() const {
    const std::filesystem::path path = folder_ / "frames" / "lists.tsv";
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) return WordLists();
    auto content = read_file(path, kMaxDataFileBytes);
    if (!content) return std::move(content).error();
    return parse_word_lists(*std::move(content), path.string());
  }

  Result<void> load_frames() {
    auto paths = files("frames", ".frames");
    if (!paths) return std::move(paths).error();
    const auto prepositions = lexicon_->words_.all(WordClass::kPreposition);
    auto lists = word_lists();
    if (!lists) return std::move(lists).error();
    for (const std::filesystem::path& path : *paths) {
      auto content = read_file(path, kMaxDataFileBytes);
      if (!content) return std::move(content).error();
      auto parsed = parse_frames(*content, path.string(), prepositions, *lists);
      if (!parsed) return std::move(parsed).error();
      const auto offset = static_cast<uint32_t>(lexicon_->frames_.size());
      for (Pattern& pattern : parsed->patterns) {
        pattern.frame += offset;
        lexicon_->patterns_.push_back(std::move(pattern));
      }
      for (Frame& frame : parsed->frames) lexicon_->frames_.push_back(std::move(frame));
    }
    return check_frames();
  }

  Result<void> check_frames() const {
    std::map<std::string_view, const Frame*> seen;
    for (const Frame& frame : lexicon_->frames_) {
      const auto [first, added] = seen.emplace(frame.name, &frame);
      if (!added) {
        return fault(
            frame,
            "frame \"" + frame.name + "\" stands already in " + first->second->file + " on line " + std::to_string(first->second->line),
            "give it another name");
      }
      if (frame.type == kNoEvent) continue;
      const EventType* type = lexicon_->ontology_.type(frame.type);
      if (!type) return fault(frame, "unknown type \"" + frame.type + "\"", "use a name of ontology/types.tsv, or NONE");
      if (!frame.mode.empty() && !type->mode(frame.mode)) {
        return fault(frame, "type " + frame.type + " has no mode \"" + frame.mode + "\"", "use a mode of ontology/modes.tsv, or -");
      }
      if (!lexicon_->ontology_.cameo(frame.cameo))
        return fault(frame, "unknown CAMEO code \"" + frame.cameo + "\"", "use a code of ontology/cameo.tsv");
      for (const std::string& context : frame.contexts) {
        if (!lexicon_->ontology_.has_context(context))
          return fault(frame, "unknown context \"" + context + "\"", "use a name of ontology/contexts.tsv");
      }
    }
    return {};
  }

  static Error fault(const Frame& frame, std::string message, std::string remedy) {
    return {
        .code = ErrorCode::kBadData, .message = std::move(message), .file = frame.file, .line = frame.line, .remedy = std::move(remedy)};
  }

  void index_patterns() {
    for (uint32_t index = 0; index < lexicon_->patterns_.size(); ++index) {
      const Pattern& pattern = lexicon_->patterns_[index];
      for (const std::string& trigger : pattern.triggers) {
        const size_t mark = trigger.rfind(kPhraseMark);
        const std::string head = mark == std::string::npos ? trigger : trigger.substr(mark + 1);
        auto& indices = lexicon_->triggers_[static_cast<size_t>(pattern.kind)][head];
        if (indices.empty() || indices.back() != index) indices.push_back(index);
      }
    }
  }

  std::filesystem::path folder_;
  std::unique_ptr<Lexicon> lexicon_;
};

Result<std::shared_ptr<const Lexicon>> Lexicon::load(const std::filesystem::path& folder) { return LexiconLoader(folder).load(); }

std::span<const uint32_t> Lexicon::patterns_of(PatternKind kind, std::string_view lemma) const {
  const auto& triggers = triggers_[static_cast<size_t>(kind)];
  const auto found = triggers.find(lemma);
  return found == triggers.end() ? std::span<const uint32_t>() : std::span<const uint32_t>(found->second);
}

const Term* Lexicon::find_term(std::string_view words) const {
  const auto found = terms_.find(words);
  return found == terms_.end() ? nullptr : &found->second;
}

const TypeRule& Lexicon::rule_of(std::string_view type) const {
  static const TypeRule kDefault;
  const auto found = type_rules_.find(type);
  return found == type_rules_.end() ? kDefault : found->second;
}

}  // namespace casus
