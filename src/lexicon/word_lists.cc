#include "lexicon/word_lists.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace casus {
namespace {

bool is_list_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

/// Calls `take(name)` for each list that a line names and `copy(text)` for what stands between; stops where `take` says false.
template <class Take, class Copy>
void walk_line(std::string_view line, Take take, Copy copy) {
  constexpr std::string_view kBeforeList = " \t|[(+";
  size_t begin = 0;
  for (size_t at = 0; at < line.size();) {
    if (line[at] != '@' || (at > 0 && kBeforeList.find(line[at - 1]) == std::string_view::npos)) {
      ++at;
      continue;
    }
    copy(line.substr(begin, at - begin));
    size_t end = at + 1;
    while (end < line.size() && is_list_letter(line[end])) ++end;
    if (!take(line.substr(at + 1, end - at - 1))) return;
    begin = at = end;
  }
  copy(line.substr(begin));
}

std::string unknown_list(std::string_view name) { return "unknown word list \"@" + std::string(name) + "\""; }
constexpr const char* kDefineIt = "define it in lists.tsv";
constexpr const char* kTooLong = "line is too long once its word lists are put in";

}  // namespace

ExpandedLine expand_lists(std::string_view line, const WordLists& lists) {
  ExpandedLine out;
  const auto take = [&](std::string_view name) {
    const auto list = lists.find(std::string(name));
    if (list == lists.end()) out = {.text = {}, .fault = unknown_list(name), .remedy = kDefineIt};
    if (list != lists.end()) out.text += list->second;
    if (out.text.size() > kMaxDataLineBytes) out = {.text = {}, .fault = kTooLong, .remedy = "name fewer lists"};
    return out.fault.empty();
  };
  walk_line(line, take, [&](std::string_view text) { out.text += text; });
  return out;
}

Result<void> WordListBuilder::add(Table table) {
  tables_.push_back(std::move(table));
  for (size_t row = 0; row < tables_.back().size(); ++row) {
    if (auto done = add_row(tables_.size() - 1, row); !done) return done;
  }
  return {};
}

Result<void> WordListBuilder::add_row(size_t table, size_t row) {
  const Table& rows = tables_[table];
  std::string name(rows.cell(row, "list"));
  const bool off = table > 0 && name.starts_with(kOffMark);
  if (off) name.erase(0, 1);
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_list_letter))
    return rows.error(row, "\"" + name + "\" is no name of a list", "use letters a to z and _");
  std::vector<Definition>& known = lists_[name];
  if (off) {
    if (known.empty()) return rows.error(row, "there is no list \"" + name + "\" to switch off", "remove the row");
    known.clear();
    return {};
  }
  if (split_list(rows.cell(row, "words"), '|').empty())
    return rows.error(row, "list \"" + name + "\" has no words", "write word|word, or remove it");
  if (!known.empty() && known.back().table == table) return rows.error(row, "list \"" + name + "\" stands twice", "remove one");
  known.push_back({table, row});
  return {};
}

/// What is put in already, what is at work, and how much there is.
struct WordListBuilder::Expansion {
  std::map<std::pair<std::string, size_t>, std::string> done{};
  std::vector<std::pair<std::string, size_t>> open{};
  size_t bytes = 0;
};

std::optional<Error> WordListBuilder::expand(const std::string& name, size_t version, size_t depth, Expansion& expansion) const {
  const Definition& definition = lists_.at(name)[version];
  const Table& rows = tables_[definition.table];
  if (depth > kMaxListDepth)
    return rows.error(definition.row, "lists name lists more than " + std::to_string(kMaxListDepth) + " deep", "name words, not lists");
  expansion.open.emplace_back(name, version);
  std::string text;
  std::optional<Error> fault;
  const auto take = [&](std::string_view view) {
    const std::string other(view);
    const auto found = lists_.find(other);
    const size_t known = found == lists_.end() ? 0 : found->second.size();
    const size_t wanted = other == name ? version : known;  // itself: the one below
    if (known == 0 || wanted == 0) {
      fault = other == name ? rows.error(definition.row, "list \"" + name + "\" names itself", "write its words")
                            : rows.error(definition.row, unknown_list(other), kDefineIt);
      return false;
    }
    const auto key = std::pair(other, wanted - 1);
    if (std::find(expansion.open.begin(), expansion.open.end(), key) != expansion.open.end()) {
      fault = rows.error(definition.row, "lists \"" + name + "\" and \"" + other + "\" name each other", "take one out of the other");
      return false;
    }
    if (!expansion.done.contains(key)) fault = expand(other, wanted - 1, depth + 1, expansion);
    if (!fault) text += expansion.done.at(key);
    if (!fault && text.size() > kMaxDataLineBytes) fault = rows.error(definition.row, kTooLong, "name fewer lists");
    return !fault;
  };
  walk_line(rows.cell(definition.row, "words"), take, [&](std::string_view part) { text += part; });
  if (fault) return fault;
  expansion.open.pop_back();
  expansion.bytes += text.size();
  if (expansion.bytes > kMaxListBytes) {
    Error error = rows.error(definition.row, "all lists are over " + std::to_string(kMaxListBytes) + " bytes", "name fewer lists");
    error.code = ErrorCode::kTooLarge;
    return error;
  }
  expansion.done.emplace(std::pair(name, version), std::move(text));
  return std::nullopt;
}

Result<WordLists> WordListBuilder::build() const {
  Expansion expansion;
  std::vector<const std::string*> names;  // in the order of the files, so that the first fault is the first in them
  for (const auto& [name, known] : lists_) {
    if (!known.empty()) names.push_back(&name);
  }
  const auto place = [&](const std::string* name) {
    const Definition& at = lists_.at(*name).back();
    return std::pair(at.table, at.row);
  };
  std::sort(names.begin(), names.end(), [&](const auto* a, const auto* b) { return place(a) < place(b); });
  WordLists lists;
  for (const std::string* name : names) {
    const auto key = std::pair(*name, lists_.at(*name).size() - 1);
    if (!expansion.done.contains(key)) {
      if (auto fault = expand(key.first, key.second, 1, expansion)) return *std::move(fault);
    }
    lists.emplace(*name, expansion.done.at(key));
  }
  return lists;
}

}  // namespace casus
