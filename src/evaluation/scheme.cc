#include "evaluation/scheme.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/files.h"
#include "base/utf8.h"
#include "lexicon/table_file.h"

namespace casus {
namespace {

constexpr size_t kStemLetters = 3;  // that an ending leaves
constexpr std::array<std::string_view, 4> kStatusNames = {"actual", "planned", "conditional", "denied"};
constexpr size_t kActual = 0;
constexpr size_t kDenied = 3;

Result<Table> read_table(const std::filesystem::path& file, const std::vector<std::string_view>& columns) {
  Result<std::string> content = read_file(file, kMaxDataFileBytes);
  if (!content) return std::move(content).error();
  return Table::parse(*std::move(content), file.string(), columns);
}

Error stands_twice(const Table& table, size_t row, std::string_view what) {
  return table.error(row, "\"" + std::string(what) + "\" stands twice", "remove one");
}

/// Any other status than the named ones is taken for actual.
size_t status_index(std::string_view status) {
  const auto found = std::ranges::find(kStatusNames, status);
  return found == kStatusNames.end() ? kActual : static_cast<size_t>(found - kStatusNames.begin());
}

}  // namespace

Result<std::shared_ptr<const EvaluationScheme>> EvaluationScheme::load(const std::filesystem::path& data_folder) {
  const std::shared_ptr<EvaluationScheme> scheme(new EvaluationScheme());
  const std::filesystem::path folder = data_folder / "evaluation";
  // Classes first: the other tables name them.
  for (const auto step : {&EvaluationScheme::load_classes, &EvaluationScheme::load_types, &EvaluationScheme::load_cameo_roots,
                          &EvaluationScheme::load_words}) {
    if (Result<void> done = ((*scheme).*step)(folder); !done) return done.error();
  }
  return std::shared_ptr<const EvaluationScheme>(scheme);
}

Result<void> EvaluationScheme::load_classes(const std::filesystem::path& folder) {
  const Result<Table> table = read_table(folder / "classes.tsv", {"class", "quad"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row) {
    const std::string name(table->cell(row, "class"));
    const std::string quad(table->cell(row, "quad"));
    if (name.empty() || quad.empty()) return table->error(row, "empty cell", "give a class and its quad class");
    if (!quads_.emplace(name, quad).second) return stands_twice(*table, row, name);
  }
  return {};
}

Result<void> EvaluationScheme::load_types(const std::filesystem::path& folder) {
  const Result<Table> table = read_table(folder / "types.tsv", {"type", "turns", "actual", "planned", "conditional", "denied"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row) {
    const std::string type(table->cell(row, "type"));
    std::array<std::string, kStatuses> classes;
    for (size_t i = 0; i < kStatuses; ++i) {
      classes[i] = table->cell(row, kStatusNames[i]);
      if (!classes[i].empty() && !quads_.contains(classes[i]))
        return table->error(row, "unknown class \"" + classes[i] + "\"", "use a name of classes.tsv");
    }
    if (type.empty()) return table->error(row, "empty type", "fill the cell or remove the row");
    if (!classes_of_types_.emplace(type, std::move(classes)).second) return stands_twice(*table, row, type);
    for (const std::string_view gold : table->list(row, "turns")) {
      if (gold != "articles" && gold != "pairs")
        return table->error(row, "unknown gold \"" + std::string(gold) + "\" in turns", "write articles, pairs or both with | between");
      (gold == "articles" ? turned_in_articles_ : turned_in_pairs_).insert(type);
    }
  }
  return {};
}

Result<void> EvaluationScheme::load_cameo_roots(const std::filesystem::path& folder) {
  const Result<Table> table = read_table(folder / "cameo_roots.tsv", {"root", "class"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row) {
    const std::string_view text = table->cell(row, "root");
    const std::string name(table->cell(row, "class"));
    unsigned root = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), root);
    if (failed != std::errc() || end != text.data() + text.size())
      return table->error(row, "\"" + std::string(text) + "\" is no root", "write a number such as 2");
    if (!name.empty() && !quads_.contains(name)) return table->error(row, "unknown class \"" + name + "\"", "use a name of classes.tsv");
    if (!cameo_roots_.emplace(root, name).second) return stands_twice(*table, row, text);
  }
  return {};
}

Result<void> EvaluationScheme::load_words(const std::filesystem::path& folder) {
  const Result<Table> table = read_table(folder / "words.tsv", {"kind", "word", "lemma"});
  if (!table) return table.error();
  for (size_t row = 0; row < table->size(); ++row) {
    const std::string_view kind = table->cell(row, "kind");
    const std::string word(table->cell(row, "word"));
    const std::string lemma(table->cell(row, "lemma"));
    if (word.empty()) return table->error(row, "empty word", "fill the cell or remove the row");
    if (kind == "irregular" && !lemma.empty()) {
      if (!irregular_.emplace(word, lemma).second) return stands_twice(*table, row, word);
    } else if (kind == "ending" && lemma.empty()) {
      endings_.push_back(word);
    } else if (kind == "small" && lemma.empty()) {
      small_words_.insert(word);
    } else {
      return table->error(row, "no such word of comparison", "write irregular with a lemma, or ending or small without one");
    }
  }
  // The longest one that leaves a stem is cut off.
  std::ranges::stable_sort(endings_, [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  return {};
}

std::string_view EvaluationScheme::class_of(std::string_view type, std::string_view status) const {
  const size_t index = status_index(status);
  const auto found = classes_of_types_.find(type);
  if (found != classes_of_types_.end()) return found->second[index];
  return index == kDenied ? std::string_view() : type;
}

std::string_view EvaluationScheme::quad_of(std::string_view event_class) const {
  const auto found = quads_.find(event_class);
  return found == quads_.end() ? std::string_view() : found->second;
}

const std::string* EvaluationScheme::class_of_cameo_root(unsigned root) const {
  const auto found = cameo_roots_.find(root);
  return found == cameo_roots_.end() ? nullptr : &found->second;
}

std::string EvaluationScheme::lemma(std::string_view word) const {
  if (const auto found = irregular_.find(word); found != irregular_.end()) word = found->second;
  for (const std::string& ending : endings_) {
    if (!word.ends_with(ending) || utf8_length(word.substr(0, word.size() - ending.size())) < kStemLetters) continue;
    word.remove_suffix(ending.size());
    break;
  }
  std::string lemma;  // with doubled letters made single: "stopped" is "stop"
  std::string_view last;
  for (size_t at = 0; at < word.size();) {
    const size_t begin = at;
    static_cast<void>(decode_utf8(word, at));
    const std::string_view letter = word.substr(begin, at - begin);
    const bool doubles = letter == last;
    if (!doubles) lemma += letter;
    last = doubles ? std::string_view() : letter;
  }
  return lemma;
}

}  // namespace casus
