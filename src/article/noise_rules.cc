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
  max_chars_ = std::max(max_chars_, max_chars);
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
  for (uint32_t i = 0; i < rules_.size(); ++i) rules_by_word_[std::string(rules_[i].wording.key())].push_back(i);
}

/// The rules that may fit a line, in their order: most need a word that it does not have.
std::vector<uint32_t> NoiseRules::candidates(std::span<const std::string_view> words, Zone zone, size_t chars) const {
  std::vector<uint32_t> found;
  const auto add = [&](std::string_view word) {
    const auto rules = rules_by_word_.find(word);
    if (rules == rules_by_word_.end()) return;
    for (const uint32_t index : rules->second) {
      if (rules_[index].zone == zone && chars <= rules_[index].max_chars) found.push_back(index);
    }
  };
  add("");
  std::string lowered;  // one buffer for all words
  for (const std::string_view word : words) {
    lowered.clear();
    for (const char c : word) lowered += ascii_lower(c);
    const std::string_view key = lowered;
    add(key);
    const size_t end = key.find_last_not_of(".,!");
    if (end != std::string_view::npos && end + 1 != key.size()) add(key.substr(0, end + 1));
  }
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

std::string_view NoiseRules::reason(std::string_view line, Zone zone, std::string_view outlet) const {
  if (line.size() > max_chars_ * 4) return "";
  const size_t chars = utf8_length(line);
  if (chars > max_chars_) return "";
  if (zone == Zone::kAny && !has_letter_or_digit(line)) return "separator";
  const std::string straight = with_straight_apostrophes(line);
  std::vector<std::string_view> words = split_words(straight);
  std::erase_if(words, WordTemplate::is_separator_word);
  for (const uint32_t index : candidates(words, zone, chars)) {
    if (rules_[index].wording.matches(words, {words_, outlet})) return rules_[index].reason;
  }
  return "";
}

}  // namespace casus
