#include "article/noise_rules.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "base/tsv.h"
#include "base/utf8.h"

namespace casus {
namespace {

constexpr size_t kMaxReasonBytes = 32;
constexpr size_t kMaxRuleChars = 2000;

std::optional<NoiseRules::Zone> zone_of(std::string_view name) {
  if (name == "any") return NoiseRules::Zone::kAny;
  if (name == "head") return NoiseRules::Zone::kHead;
  if (name == "tail") return NoiseRules::Zone::kTail;
  return std::nullopt;
}

/// With straight apostrophes, so that rules need only one form.
std::string with_straight_apostrophes(std::string_view line) {
  std::string out(line);
  for (const std::string_view curly : {"\u2019", "\u2018"}) {
    for (size_t at = 0; (at = out.find(curly, at)) != std::string::npos;) out.replace(at, curly.size(), "'");
  }
  return out;
}

bool has_letter_or_digit(std::string_view line) {
  const auto counts = [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c); };
  if (std::ranges::any_of(line, counts)) return true;
  // Dashes, bullets, stars and box drawings lie from U+2000 to U+2BFF; other code points may be letters.
  for (size_t position = 0; position < line.size();) {
    const char32_t c = decode_utf8(line, position);
    if (c >= 0xC0 && c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x2BFF)) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> NoiseRules::add(std::span<const std::string_view> columns) {
  if (columns.size() != 4) return "a rule has four columns: reason, where, at most, wording";
  const auto [reason, zone, most, pattern] = std::tuple(columns[0], zone_of(columns[1]), columns[2], columns[3]);
  if (reason.empty() || reason.size() > kMaxReasonBytes) return "the reason has 1 to " + std::to_string(kMaxReasonBytes) + " bytes";
  if (!zone) return "the second column is any, head or tail";
  size_t max_chars = 0;
  const auto read = std::from_chars(most.data(), most.data() + most.size(), max_chars);
  if (read.ec != std::errc() || read.ptr != most.data() + most.size() || max_chars == 0 || max_chars > kMaxRuleChars) {
    return "the third column is a number of characters, 1 to " + std::to_string(kMaxRuleChars);
  }
  Result<WordTemplate> wording = WordTemplate::parse(pattern);
  if (!wording) return wording.error().message;
  rules_.push_back({.reason = std::string(reason), .zone = *zone, .max_chars = max_chars, .wording = *std::move(wording)});
  return std::nullopt;
}

Result<std::shared_ptr<const NoiseRules>> NoiseRules::load(const std::filesystem::path& folder) {
  Result<PageWords> words = PageWords::load((folder / "words.tsv").string());
  if (!words) return words.error();
  std::shared_ptr<NoiseRules> rules(new NoiseRules(*std::move(words)));
  Result<PageFields> fields = PageFields::load(folder / "fields.tsv");
  if (!fields) return fields.error();
  rules->fields_ = *std::move(fields);
  Result<void> read =
      read_tsv((folder / "noise.tsv").string(), [&](std::span<const std::string_view> columns) { return rules->add(columns); });
  if (!read) return read.error();
  rules->index_rules();
  Result<PageRules> page = PageRules::load(folder / "page.tsv");
  if (!page) return page.error();
  rules->page_ = *std::move(page);
  return std::shared_ptr<const NoiseRules>(std::move(rules));
}

void NoiseRules::index_rules() {
  for (uint32_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = rules_[i];
    Index& index = indices_[static_cast<size_t>(rule.zone)];
    index.max_chars = std::max(index.max_chars, rule.max_chars);
    if (const std::string_view first = rule.wording.first_word(); !first.empty()) {
      index.by_first[std::string(first)].push_back(i);
      continue;
    }
    index.by_any[std::string(rule.wording.key())].push_back(i);
    index.max_chars_by_any = std::max(index.max_chars_by_any, rule.max_chars);
  }
}

/// The rules that may fit a line, in their order: most need a word that it does not have.
std::vector<uint32_t> NoiseRules::candidates(std::span<const std::string_view> words, const Index& index, size_t chars) const {
  std::vector<uint32_t> found;
  const auto add = [&](const Index::ByWord& table, std::string_view word) {
    const auto rules = table.find(word);
    if (rules == table.end()) return;
    for (const uint32_t rule : rules->second) {
      if (chars <= rules_[rule].max_chars) found.push_back(rule);
    }
  };
  const auto add_both = [&](const Index::ByWord& table, std::string_view word) {
    add(table, word);
    const size_t end = word.find_last_not_of(".,!");
    if (end != std::string_view::npos && end + 1 != word.size()) add(table, word.substr(0, end + 1));
  };
  if (!words.empty()) add_both(index.by_first, words.front());
  if (chars <= index.max_chars_by_any) {
    add(index.by_any, "");
    for (const std::string_view word : words) add_both(index.by_any, word);
  }
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

std::string_view NoiseRules::reason(std::string_view line, Zone zone, std::string_view outlet) const {
  const Index& index = indices_[static_cast<size_t>(zone)];
  if (line.size() > index.max_chars * 4) return "";
  const size_t chars = utf8_length(line);
  if (chars > index.max_chars) return "";
  if (zone == Zone::kAny && !has_letter_or_digit(line)) return "separator";
  const std::string straight = with_straight_apostrophes(line);
  std::vector<std::string_view> words = split_words(straight);
  std::erase_if(words, WordTemplate::is_separator_word);
  for (const uint32_t rule : candidates(words, index, chars)) {
    if (rules_[rule].wording.matches(words, {words_, outlet})) return rules_[rule].reason;
  }
  return "";
}

}  // namespace casus
