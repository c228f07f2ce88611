#include "article/export/export_layout.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "base/tsv.h"

namespace casus {
namespace {

/// Longer lines are running text.
constexpr size_t kMaxWordingBytes = 300;

constexpr std::string_view kDatabases[] = {"factiva", "lexis", "proquest"};

constexpr std::pair<std::string_view, uint16_t> kKinds[] = {
    {"begin", ExportLayout::kBegin},         {"end", ExportLayout::kEnd},     {"length", ExportLayout::kLength},
    {"text", ExportLayout::kText},           {"after", ExportLayout::kAfter}, {"language", ExportLayout::kLanguage},
    {"copyright", ExportLayout::kCopyright}, {"cover", ExportLayout::kCover},
};

constexpr std::pair<std::string_view, ExportField> kFields[] = {
    {"-", ExportField::kNone},        {"id", ExportField::kId},
    {"title", ExportField::kTitle},   {"author", ExportField::kAuthor},
    {"outlet", ExportField::kOutlet}, {"date", ExportField::kDate},
    {"place", ExportField::kPlace},   {"length", ExportField::kLength},
    {"text", ExportField::kText},     {"abstract", ExportField::kAbstract},
    {"url", ExportField::kUrl},
};

template <typename Value, size_t N>
std::optional<Value> value_of(const std::pair<std::string_view, Value> (&known)[N], std::string_view name) {
  const auto* found = std::ranges::find(known, name, &std::pair<std::string_view, Value>::first);
  return found == std::end(known) ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::string_view export_database_name(ExportDatabase database) { return kDatabases[static_cast<size_t>(database)]; }

std::optional<std::string> ExportLayout::add(std::span<const std::string_view> columns) {
  const std::string_view kind = columns[1], wording = columns[2];
  if (wording.empty()) return "the wording is missing";
  if (const std::optional<uint16_t> line_kind = value_of(kKinds, kind)) {
    if (columns.size() != 3) return "only labels and tags have a field";
    Result<WordTemplate> parsed = WordTemplate::parse(wording);
    if (!parsed) return parsed.error().message;
    const char first = wording.starts_with("{number}") ? kDigit : first_byte(wording);
    wordings_.push_back({.kind = *line_kind, .first = first, .wording = *std::move(parsed)});
    return std::nullopt;
  }
  if (kind == "page" || kind == "piece") {
    if (columns.size() != 3) return "only labels and tags have a field";
    (kind == "page" ? pages_ : pieces_).push_back(ascii_lowered(wording));
    return std::nullopt;
  }
  std::vector<Label>* labels = kind == "head" ? &head_ : kind == "tail" ? &tail_ : kind == "tag" ? &tags_ : nullptr;
  if (labels == nullptr) return "unknown kind: " + std::string(kind);
  const std::optional<ExportField> field = columns.size() == 4 ? value_of(kFields, columns[3]) : std::nullopt;
  if (!field) return "a label or tag needs its field in the fourth column";
  labels->push_back({.wording = std::string(wording), .field = *field});
  return std::nullopt;
}

char ExportLayout::first_byte(std::string_view text) { return is_ascii_digit(text.front()) ? kDigit : ascii_lower(text.front()); }

bool ExportLayout::is_in_page(std::string_view html) const {
  const std::string lowered = ascii_lowered(html);
  return std::ranges::any_of(pages_, [&](const std::string& mark) { return lowered.find(mark) != std::string::npos; });
}

size_t ExportLayout::find_piece(std::string_view html, size_t begin) const {
  for (size_t at = html.find('<', begin); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const auto begins = [&](const std::string& mark) { return equals_ignoring_ascii_case(html.substr(at, mark.size()), mark); };
    if (std::ranges::any_of(pieces_, begins)) return at;
  }
  return std::string_view::npos;
}

uint16_t ExportLayout::kinds_of(std::string_view line, const PageWords& page_words) const {
  if (line.size() > kMaxWordingBytes) return 0;
  line = trim(line);
  if (line.empty()) return 0;
  const char first = first_byte(line);
  if (std::ranges::find(wordings_, first, &Wording::first) == wordings_.end()) return 0;
  std::vector<std::string_view> words = split_words(line);
  std::erase_if(words, WordTemplate::is_separator_word);
  if (words.empty()) return 0;
  uint16_t kinds = 0;
  for (const Wording& wording : wordings_) {
    if (wording.first == first && (kinds & wording.kind) == 0 && wording.wording.matches(words, {page_words, ""})) kinds |= wording.kind;
  }
  return kinds;
}

std::optional<LabelledLine> ExportLayout::find_label(const std::vector<Label>& labels, std::string_view line) {
  line = trim(line);
  if (line.empty()) return std::nullopt;
  for (const Label& label : labels) {
    if (label.wording.front() != line.front() || !line.starts_with(label.wording)) continue;
    const std::string_view rest = line.substr(label.wording.size());
    // A label without a colon is a line of its own.
    if (!label.wording.ends_with(':') && !trim(rest).empty()) continue;
    return LabelledLine{.label = label.wording, .field = label.field, .value = trim(rest)};
  }
  return std::nullopt;
}

std::optional<LabelledLine> ExportLayout::tag(std::string_view line) const {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (line.empty() || !is_ascii_upper(line.front())) return std::nullopt;
  for (const Label& label : tags_) {
    if (!line.starts_with(label.wording)) continue;
    const std::string_view rest = line.substr(label.wording.size());
    const std::string_view value = trim(rest);
    // One blank alone would make a tag of words in capitals: "IN MOSCOW".
    const bool set_apart = value.empty() || rest.starts_with('\t') || rest.starts_with("  ") || rest.starts_with(" \t") ||
                           rest.starts_with("\u00A0") || rest.starts_with(" \u00A0");
    if (set_apart) return LabelledLine{.label = label.wording, .field = label.field, .value = value};
  }
  return std::nullopt;
}

std::optional<std::string> ExportLayouts::add(std::span<const std::string_view> columns) {
  if (columns.size() < 3 || columns.size() > 4) return "a row has a database, a kind, a wording and, for labels and tags, a field";
  const auto* found = std::ranges::find(kDatabases, columns[0]);
  if (found == std::end(kDatabases)) return "unknown database: " + std::string(columns[0]);
  return layouts_[static_cast<size_t>(found - std::begin(kDatabases))].add(columns);
}

Result<std::shared_ptr<const ExportLayouts>> ExportLayouts::load(const std::filesystem::path& folder) {
  Result<PageWords> words = PageWords::load((folder / "words.tsv").string());
  if (!words) return words.error();
  std::shared_ptr<ExportLayouts> layouts(new ExportLayouts(*std::move(words)));
  Result<void> read =
      read_tsv((folder / "exports.tsv").string(), [&](std::span<const std::string_view> columns) { return layouts->add(columns); });
  if (!read) return read.error();
  return std::shared_ptr<const ExportLayouts>(std::move(layouts));
}

}  // namespace casus
