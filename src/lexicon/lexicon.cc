#include "lexicon/lexicon.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "lexicon/data_folders.h"
#include "lexicon/table_file.h"
#include "lexicon/word_lists.h"

namespace casus {

/// Builds a lexicon file by file; each step returns the first fault.
class LexiconLoader {
 public:
  LexiconLoader(DataFolders folders, std::shared_ptr<const Gazetteer> gazetteer) : folders_(std::move(folders)), lexicon_(new Lexicon()) {
    lexicon_->gazetteer_ = gazetteer ? std::move(gazetteer) : std::make_shared<const Gazetteer>();
  }

  Result<std::shared_ptr<const Lexicon>> load() {
    for (const auto step :
         {&LexiconLoader::load_ontology, &LexiconLoader::load_names, &LexiconLoader::load_terms, &LexiconLoader::load_words,
          &LexiconLoader::load_confidence, &LexiconLoader::load_type_rules, &LexiconLoader::load_frames}) {
      if (auto done = (this->*step)(); !done) return std::move(done).error();
    }
    index_patterns();
    lexicon_->fingerprint_ = folders_.fingerprint();
    return std::shared_ptr<const Lexicon>(std::move(lexicon_));
  }

 private:
  /// The frames of one folder.
  struct FrameLayer {
    std::vector<Frame> frames{};
    std::vector<Pattern> patterns{};
    std::vector<bool> gone{};  ///< by frame: switched off or replaced
    std::unordered_map<std::string, size_t> by_name{};
  };
  static constexpr size_t kMaxPatternsOff = 1'000;  ///< each is compared with all patterns below

  [[nodiscard]] Result<Table> table(std::string_view path) { return folders_.table(path); }

  Result<void> load_ontology() {
    auto types = table("ontology/types.tsv");
    if (!types) return std::move(types).error();
    auto modes = table("ontology/modes.tsv");
    if (!modes) return std::move(modes).error();
    auto contexts = table("ontology/contexts.tsv");
    if (!contexts) return std::move(contexts).error();
    auto sectors = table("ontology/sectors.tsv");
    if (!sectors) return std::move(sectors).error();
    auto cameo = table("ontology/cameo.tsv");
    if (!cameo) return std::move(cameo).error();
    auto ontology = Ontology::build(*types, *modes, *contexts, *sectors, *cameo);
    if (!ontology) return std::move(ontology).error();
    lexicon_->ontology_ = *std::move(ontology);
    return {};
  }

  Result<void> load_names() {
    auto countries = table("world/countries.tsv");
    if (!countries) return std::move(countries).error();
    auto centres = table("world/centres.tsv");
    if (!centres) return std::move(centres).error();
    if (auto done = lexicon_->names_.add_centres(*centres); !done) return done;
    if (auto done = lexicon_->names_.add_countries(*countries); !done) return done;
    const std::pair<std::string_view, NameKind> named[] = {{"world/seats.tsv", NameKind::kSeat},
                                                           {"world/organisations.tsv", NameKind::kOrganisation},
                                                           {"world/people.tsv", NameKind::kPerson}};
    for (const auto& [path, kind] : named) {
      auto entries = table(path);
      if (!entries) return std::move(entries).error();
      if (auto done = lexicon_->names_.add_named(*entries, kind, lexicon_->ontology_); !done) return done;
    }
    auto places = table("world/places.tsv");
    if (!places) return std::move(places).error();
    if (auto done = lexicon_->names_.add_places(*places); !done) return done;
    return lexicon_->names_.seal();
  }

  Result<void> load_terms() {
    if (auto done = add_terms("world/titles.tsv", TermKind::kTitle); !done) return done;
    return add_terms("world/groups.tsv", TermKind::kGroup);
  }

  Result<void> add_terms(std::string_view path, TermKind kind) {
    auto terms = table(path);
    if (!terms) return std::move(terms).error();
    for (size_t row = 0; row < terms->size(); ++row) {
      Term term{.words = std::string(terms->cell(row, "word")), .sector = std::string(terms->cell(row, "sector")), .kind = kind};
      const std::string_view written = terms->cell(row, "written");
      if (!written.empty() && written != "capital")
        return terms->error(row, "\"" + std::string(written) + "\" says not how it is written", "write capital, or nothing");
      term.needs_capital = !written.empty();
      if (term.words.empty()) return terms->error(row, "row without a word", "fill the cell or remove the row");
      if (!term.sector.empty() && !lexicon_->ontology_.has_sector(term.sector)) {
        return terms->error(row, "unknown sector \"" + term.sector + "\"", "use a code of sectors.tsv");
      }
      const auto blanks = static_cast<size_t>(std::count(term.words.begin(), term.words.end(), ' '));
      lexicon_->max_term_words_ = std::max(lexicon_->max_term_words_, blanks + 1);
      const std::string words = term.words;
      lexicon_->term_filter_.add(words);
      if (!lexicon_->terms_.emplace(words, std::move(term)).second) {
        return terms->error(row, "\"" + words + "\" stands twice among titles and groups", "remove one");
      }
    }
    return {};
  }

  Result<void> load_words() {
    for (const std::string_view path : {"reading/prepositions.tsv", "reading/status.tsv", "reading/speech.tsv", "reading/time.tsv",
                                        "reading/numbers.tsv", "reading/reference.tsv", "reading/places.tsv"}) {
      auto rows = table(path);
      if (!rows) return std::move(rows).error();
      if (auto done = lexicon_->words_.add(*rows); !done) return done;
    }
    auto units = table("reading/units.tsv");
    if (!units) return std::move(units).error();
    if (auto done = lexicon_->units_.add(*units); !done) return done;
    auto wrappers = table("reading/wrappers.tsv");
    if (!wrappers) return std::move(wrappers).error();
    return lexicon_->wrappers_.add(*wrappers);
  }

  Result<void> load_confidence() {
    auto rows = table("reading/confidence.tsv");
    if (!rows) return std::move(rows).error();
    return lexicon_->confidence_.add(*rows);
  }

  Result<void> load_type_rules() {
    auto rules = table("reading/type_rules.tsv");
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
                    .unwilling = std::string(rules->cell(row, "unwilling")),
                    .not_with = std::string(rules->cell(row, "not_with"))};
      if (!rule.unwilling.empty() && !lexicon_->ontology_.type(rule.unwilling))
        return rules->error(row, "unknown type \"" + rule.unwilling + "\"", "use a name of types.tsv");
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

  Result<WordLists> word_lists() {
    auto tables = folders_.list_tables();
    if (!tables) return std::move(tables).error();
    WordListBuilder lists;
    for (Table& table : *tables) {
      if (auto done = lists.add(std::move(table)); !done) return std::move(done).error();
    }
    return lists.build();
  }

  Result<void> load_frames() {
    auto files = folders_.frame_files();
    if (!files) return std::move(files).error();
    const auto prepositions = lexicon_->words_.all(WordClass::kPreposition);
    auto lists = word_lists();
    if (!lists) return std::move(lists).error();
    std::vector<FrameLayer> layers(1);
    uint32_t layer = 0;
    for (const DataFile& file : *files) {
      auto parsed = parse_frames(file.content, file.file, prepositions, *lists);
      if (!parsed) return std::move(parsed).error();
      if (file.layer != layer) layers.emplace_back();
      layer = file.layer;
      for (const FrameOff& off : parsed->off) {
        if (auto done = switch_off(off, file.file, std::span(layers).first(layers.size() - 1)); !done) return done;
      }
      append(*std::move(parsed), layers.back());
    }
    take_frames(layers);
    return check_frames();
  }

  static void append(FrameFile file, FrameLayer& layer) {
    const auto offset = static_cast<uint32_t>(layer.frames.size());
    for (Pattern& pattern : file.patterns) {
      pattern.frame += offset;
      layer.patterns.push_back(std::move(pattern));
    }
    for (Frame& frame : file.frames) {
      layer.by_name.emplace(frame.name, layer.frames.size());
      layer.frames.push_back(std::move(frame));
    }
    layer.gone.resize(layer.frames.size());
  }

  /// Takes a frame, or the patterns of it that say the same, out of the folders below.
  Result<void> switch_off(const FrameOff& off, const std::string& file, std::span<FrameLayer> below) {
    const auto fail = [&](ErrorCode code, std::string message, std::string remedy) {
      return Error{.code = code, .message = std::move(message), .file = file, .line = off.line, .remedy = std::move(remedy)};
    };
    if (off.pattern && ++patterns_off_ > kMaxPatternsOff) {
      return fail(ErrorCode::kTooLarge, "more than " + std::to_string(kMaxPatternsOff) + " patterns are switched off",
                  "switch whole frames off and write them anew");
    }
    bool found = false;
    for (FrameLayer& layer : below) {
      const auto frame = layer.by_name.find(off.frame);
      if (frame == layer.by_name.end() || layer.gone[frame->second]) continue;
      const auto is_meant = [&](const Pattern& pattern) { return pattern.frame == frame->second && pattern.says_the_same(*off.pattern); };
      if (!off.pattern) layer.gone[frame->second] = true;
      found = (off.pattern ? std::erase_if(layer.patterns, is_meant) > 0 : true) || found;
    }
    if (found) return {};
    const std::string what = off.pattern ? "such pattern in frame \"" : "frame \"";
    return fail(ErrorCode::kBadData, "there is no " + what + off.frame + "\" to switch off",
                "write it as the folder below has it, or remove the line");
  }

  /// Puts the frames of all folders together, the topmost first, since among patterns that fit equally well the first wins. A frame
  /// stands in the place of those of its name in the folders below.
  void take_frames(std::vector<FrameLayer>& layers) {
    std::unordered_set<std::string> above;
    for (size_t index = layers.size(); index-- > 0;) {
      FrameLayer& layer = layers[index];
      for (size_t i = 0; i < layer.frames.size(); ++i) layer.gone[i] = layer.gone[i] || above.contains(layer.frames[i].name);
      for (const Frame& frame : layer.frames) above.insert(frame.name);
      std::vector<uint32_t> moved(layer.frames.size());
      for (size_t i = 0; i < layer.frames.size(); ++i) {
        moved[i] = static_cast<uint32_t>(lexicon_->frames_.size());
        if (!layer.gone[i]) lexicon_->frames_.push_back(std::move(layer.frames[i]));
      }
      for (Pattern& pattern : layer.patterns) {
        if (layer.gone[pattern.frame]) continue;
        pattern.frame = moved[pattern.frame];
        lexicon_->patterns_.push_back(std::move(pattern));
      }
    }
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

  DataFolders folders_;
  std::unique_ptr<Lexicon> lexicon_;
  size_t patterns_off_ = 0;
};

Result<std::shared_ptr<const Lexicon>> Lexicon::load(const std::filesystem::path& folder, std::span<const std::filesystem::path> overlays,
                                                     std::shared_ptr<const Gazetteer> gazetteer) {
  auto folders = DataFolders::open(folder, overlays);
  if (!folders) return std::move(folders).error();
  return LexiconLoader(*std::move(folders), std::move(gazetteer)).load();
}

std::span<const uint32_t> Lexicon::patterns_of(PatternKind kind, std::string_view lemma) const {
  const auto& triggers = triggers_[static_cast<size_t>(kind)];
  const auto found = triggers.find(lemma);
  return found == triggers.end() ? std::span<const uint32_t>() : std::span<const uint32_t>(found->second);
}

const Term* Lexicon::find_term(std::string_view words) const {
  if (!term_filter_.may_hold(words)) return nullptr;
  const auto found = terms_.find(words);
  return found == terms_.end() ? nullptr : &found->second;
}

const TypeRule& Lexicon::rule_of(std::string_view type) const {
  static const TypeRule kDefault;
  const auto found = type_rules_.find(type);
  return found == type_rules_.end() ? kDefault : found->second;
}

}  // namespace casus
