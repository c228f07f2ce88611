// Checks of data/frames: patterns that can never win, words that are no lemmas, unused lists, and what of the ontology has no frame.
#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "lexicon/check.h"

namespace casus {
namespace {

/// What a pattern demands of a sentence besides its trigger, as a key.
std::string demands_of(const Pattern& pattern) {
  std::string key = std::to_string(static_cast<int>(pattern.kind));
  const auto add = [&](const std::vector<std::string>& words) {
    for (const std::string& word : words) key.append(word).push_back('|');
    key.push_back(';');
  };
  add(pattern.modifiers);
  for (const FramePart& part : pattern.parts) {
    for (const int number : {static_cast<int>(part.place), static_cast<int>(part.role), static_cast<int>(part.kind), part.optional ? 1 : 0})
      key.append(std::to_string(number)).push_back(',');
    add(part.prepositions);
    add(part.words);
    add(part.modifiers);
  }
  return key;
}

class FrameChecker {
 public:
  FrameChecker(DataFolders& folders, const Lexicon& lexicon, const LemmaOf& lemma_of, std::vector<DictionaryFinding>& findings)
      : folders_(folders), lexicon_(lexicon), lemma_of_(lemma_of), findings_(findings) {}

  void run() {
    check_dead_patterns();
    check_frames_without_patterns();
    check_unused_lists();
    if (lemma_of_) check_lemmas();
    check_ontology();
  }

 private:
  void add(DictionaryFinding::Level level, std::string check, std::string message, std::string file, uint64_t line, std::string remedy) {
    findings_.push_back(
        {level,
         std::move(check),
         {.code = ErrorCode::kBadData, .message = std::move(message), .file = std::move(file), .line = line, .remedy = std::move(remedy)}});
  }

  [[nodiscard]] const Frame& frame_of(const Pattern& pattern) const { return lexicon_.frames()[pattern.frame]; }

  /// Of patterns that demand the same, the first wins always.
  void check_dead_patterns() {
    std::unordered_map<std::string, const Pattern*> first;
    for (const Pattern& pattern : lexicon_.patterns()) {
      const std::string demands = demands_of(pattern);
      std::vector<std::pair<const Pattern*, std::string>> dead;  // a pattern that wins, and the words for which it does
      for (const std::string& trigger : pattern.triggers) {
        const auto [winner, added] = first.emplace(std::string(trigger).append("\n").append(demands), &pattern);
        if (added || winner->second == &pattern) continue;
        if (dead.empty() || dead.back().first != winner->second) dead.emplace_back(winner->second, "");
        std::string& words = dead.back().second;
        if (!words.empty()) words += '|';
        words += trigger;
      }
      for (const auto& [winner, words] : dead) report_dead(pattern, *winner, words);
    }
  }

  void report_dead(const Pattern& pattern, const Pattern& winner, const std::string& words) {
    const Frame &frame = frame_of(pattern), &winning = frame_of(winner);
    const std::string where = "frame " + winning.name + " (" + winning.file + ", line " + std::to_string(winner.line) + ")";
    if (frame.type != winning.type) {
      add(DictionaryFinding::Level::kError, "contradiction",
          words + ": the same pattern is " + winning.type + " in " + where + " and " + frame.type + " here", frame.file, pattern.line,
          "remove one, or bind it to more words");
    } else {
      add(DictionaryFinding::Level::kWarning, "dead-pattern", words + ": never used, the same pattern stands in " + where, frame.file,
          pattern.line, "remove it");
    }
  }

  void check_frames_without_patterns() {
    std::vector<bool> has(lexicon_.frames().size());
    for (const Pattern& pattern : lexicon_.patterns()) has[pattern.frame] = true;
    for (size_t i = 0; i < has.size(); ++i) {
      const Frame& frame = lexicon_.frames()[i];
      if (!has[i])
        add(DictionaryFinding::Level::kWarning, "empty-frame", "frame " + frame.name + " has no pattern", frame.file, frame.line,
            "write one, or remove it");
    }
  }

  void check_unused_lists() {
    const auto files = folders_.frame_files();
    const auto tables = folders_.list_tables();
    if (!files || !tables) return;  // they have just been loaded
    std::unordered_set<std::string> used;
    for (const DataFile& file : *files) take_names(file.content, used);
    for (const Table& table : *tables) {
      for (size_t row = 0; row < table.size(); ++row) take_names(table.cell(row, "words"), used);
    }
    for (const Table& table : *tables) {
      for (size_t row = 0; row < table.size(); ++row) {
        const std::string name(table.cell(row, "list"));
        if (used.contains(name) || name.starts_with(kOffMark)) continue;
        const Error place = table.error(row, "", "");
        add(DictionaryFinding::Level::kWarning, "unused-list", "no frame names the list \"" + name + "\"", place.file, place.line,
            "remove it");
      }
    }
  }

  static void take_names(std::string_view text, std::unordered_set<std::string>& used) {
    for (size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
      size_t end = at + 1;
      while (end < text.size() && ((text[end] >= 'a' && text[end] <= 'z') || text[end] == '_')) ++end;
      used.emplace(text.substr(at + 1, end - at - 1));
    }
  }

  /// Whether the model leads the -ing form of a verb back to it; its rules cut "dress" itself to "dres", which is none.
  [[nodiscard]] bool is_base_form(const std::string& verb) const {
    const std::string stem = verb.ends_with('e') ? verb.substr(0, verb.size() - 1) : verb;
    return lemma_of_(stem + "ing") == verb;
  }

  void check_lemmas() {
    std::set<std::string> told;
    for (const Pattern& pattern : lexicon_.patterns()) {
      if (pattern.kind != PatternKind::kVerb) continue;  // nouns are looked up by the word itself too: "talks"
      for (const std::string& trigger : pattern.triggers) {
        if (trigger.find(kPhraseMark) != std::string::npos || !told.insert(trigger).second) continue;
        const std::string lemma = lemma_of_(trigger);
        if (lemma == trigger || !is_base_form(lemma) || is_base_form(trigger)) continue;
        add(DictionaryFinding::Level::kWarning, "no-lemma",
            std::string("\"").append(trigger).append("\" is no lemma: the language model makes it \"").append(lemma) + "\"",
            frame_of(pattern).file, pattern.line, "write " + lemma);
      }
    }
  }

  void check_ontology() {
    std::set<std::string, std::less<>> types, codes;
    std::set<std::pair<std::string, std::string>> modes;
    for (const Frame& frame : lexicon_.frames()) {
      types.insert(frame.type);
      codes.insert(frame.cameo);
      modes.emplace(frame.type, frame.mode);
    }
    const auto missing = [&](DictionaryFinding::Level level, const Table& table, size_t row, const std::string& what) {
      const Error place = table.error(row, "", "");
      add(level, "no-frame", "no frame gives " + what, place.file, place.line, "write one in frames/");
    };
    if (const auto table = folders_.table("ontology/types.tsv")) {
      for (size_t row = 0; row < table->size(); ++row) {
        const std::string type(table->cell(row, "name"));
        if (!types.contains(type)) missing(DictionaryFinding::Level::kError, *table, row, type);
      }
    }
    if (const auto table = folders_.table("ontology/modes.tsv")) {
      for (size_t row = 0; row < table->size(); ++row) {
        const std::string type(table->cell(row, "type")), mode(table->cell(row, "mode"));
        const TypeRule& rule = lexicon_.rule_of(type);
        const bool sharpened = mode == rule.third_place_mode || mode == rule.many_sides_mode;  // made by the reader
        if (!sharpened && !modes.contains({type, mode}))
          missing(DictionaryFinding::Level::kWarning, *table, row, std::string(type).append(" ").append(mode));
      }
    }
    if (const auto table = folders_.table("ontology/cameo.tsv")) {
      for (size_t row = 0; row < table->size(); ++row) {
        const std::string code(table->cell(row, "code"));
        const bool told_above = code.size() > 3 && codes.contains(table->cell(row, "parent"));
        if (!table->cell(row, "type").empty() && !codes.contains(code) && !told_above)
          missing(DictionaryFinding::Level::kWarning, *table, row, "CAMEO code " + code);
      }
    }
  }

  DataFolders& folders_;
  const Lexicon& lexicon_;
  const LemmaOf& lemma_of_;
  std::vector<DictionaryFinding>& findings_;
};

}  // namespace

void check_frames(DataFolders& folders, const Lexicon& lexicon, const LemmaOf& lemma_of, std::vector<DictionaryFinding>& findings) {
  FrameChecker(folders, lexicon, lemma_of, findings).run();
}

}  // namespace casus
