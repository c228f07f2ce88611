#include "article/html/page_rules.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/tsv.h"

namespace casus {
namespace {

constexpr std::array<std::string_view, kPageReasons> kReasonNames = {
    "",           "advert",  "author", "byline", "caption", "comments", "controls", "cookies", "error", "forum",   "hidden", "menu",
    "newsletter", "paywall", "player", "popup",  "related", "share",    "sidebar",  "tags",    "title", "outside", "head",   "tail"};

/// Longer names are made by programs; what they say stands at their beginning.
constexpr size_t kMaxWordsOfName = 12;
constexpr size_t kMaxWordsOfLine = 10;
constexpr size_t kMaxLineBytes = 160;

/// The hash of a word (FNV-1a), from one character to the next, and that of a sequence of words.
constexpr uint64_t kEmptyWord = 0xcbf29ce484222325;
constexpr uint64_t with_character(uint64_t hash, char c) { return (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3; }
constexpr uint64_t with_word(uint64_t sequence, uint64_t word) {
  const uint64_t mixed = (sequence * 0x9E3779B97F4A7C15 + word) * 0xFF51AFD7ED558CCD;
  return (mixed ^ (mixed >> 32)) | 1;  // never 0, which marks free places
}

/// Lines and names never meet: the hashes of lines begin elsewhere.
constexpr uint64_t kNameStart = 1;
constexpr uint64_t kLineStart = 2;

/// The words of a name, each as its hash; "PostTags", "post_tags" and "post-tag" have the same.
class NameWords {
 public:
  explicit NameWords(std::string_view name) {
    for (size_t i = 0; i < name.size() && count_ < kMaxWordsOfName; ++i) take(name[i]);
    close();
  }
  [[nodiscard]] std::span<const uint64_t> words() const { return std::span(words_).first(count_); }

 private:
  void take(char c) {
    const bool upper = is_ascii_upper(c);
    const bool letter = upper || is_ascii_lower(c) || is_ascii_digit(c);
    if (!letter || (upper && last_lower_)) close();
    last_lower_ = letter && !upper;
    if (!letter) return;
    before_last_ = hash_;
    last_before_last_ = last_;
    last_ = ascii_lower(c);
    hash_ = with_character(hash_, last_);
    ++size_;
  }

  void close() {
    if (size_ == 0 || count_ == kMaxWordsOfName) return;
    const bool plural = size_ > 3 && last_ == 's' && last_before_last_ != 's';
    words_[count_++] = plural ? before_last_ : hash_;
    hash_ = before_last_ = kEmptyWord;
    last_ = last_before_last_ = '\0';
    size_ = 0;
  }

  std::array<uint64_t, kMaxWordsOfName> words_{};
  size_t count_ = 0;
  uint64_t hash_ = kEmptyWord;
  uint64_t before_last_ = kEmptyWord;
  size_t size_ = 0;
  char last_ = '\0';
  char last_before_last_ = '\0';
  bool last_lower_ = false;
};

/// The words of a line, each as its hash, without signs at their ends: "More on this:" and "MORE ON THIS" have the same.
std::vector<uint64_t> line_words(std::string_view line) {
  std::vector<uint64_t> words;
  uint64_t hash = kEmptyWord;
  uint64_t until_letter = kEmptyWord;  // signs count only where a letter follows in the same word
  const auto close = [&] {
    if (until_letter != kEmptyWord) words.push_back(until_letter);
    hash = until_letter = kEmptyWord;
  };
  for (size_t i = 0; i < line.size() && words.size() < kMaxWordsOfLine; ++i) {
    char c = line[i];
    if (line.substr(i).starts_with("\u2019")) {
      c = '\'';
      i += 2;
    }
    const bool letter = is_ascii_alpha(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    if (c == ' ' || c == '\t' || c == '\n') {
      close();
    } else if (letter || until_letter != kEmptyWord) {
      hash = with_character(hash, ascii_lower(c));
      if (letter) until_letter = hash;
    }
  }
  if (words.size() < kMaxWordsOfLine) close();
  return words;
}

std::optional<PageReason> reason_of(std::string_view name) {
  const auto* const found = std::ranges::find(kReasonNames, name);
  const auto index = static_cast<size_t>(found - kReasonNames.begin());
  if (index == 0 || index >= static_cast<size_t>(PageReason::kTitle)) return std::nullopt;
  return static_cast<PageReason>(index);
}

}  // namespace

std::string_view page_reason_name(PageReason reason) { return kReasonNames[static_cast<size_t>(reason)]; }

Result<PageRules> PageRules::load(const std::filesystem::path& file) {
  PageRules rules;
  Result<void> read = read_tsv(file.string(), [&](std::span<const std::string_view> columns) { return rules.add(columns); });
  if (!read) return read.error();
  return rules;
}

std::optional<std::string> PageRules::add(std::span<const std::string_view> columns) {
  if (columns.size() != 3) return "a row has three columns: what, reason, words";
  if (columns[0] == "value") {
    add_values(columns[2]);
    return std::nullopt;
  }
  static constexpr std::array<std::pair<std::string_view, What>, 5> kWhats = {
      {{"out", What::kOut}, {"body", What::kBody}, {"live", What::kLive}, {"section", What::kSection}, {"wall", What::kWall}}};
  const auto* const found = std::ranges::find(kWhats, columns[0], &std::pair<std::string_view, What>::first);
  if (found == kWhats.end()) return "the first column is out, body, live, value, section or wall";
  const What what = found->second;
  PageReason reason = what == What::kWall ? PageReason::kPaywall : PageReason::kNone;
  if (what == What::kOut || what == What::kSection) {
    const std::optional<PageReason> named = reason_of(columns[1]);
    if (!named) return "there is no reason \"" + std::string(columns[1]) + "\"";
    reason = *named;
  } else if (columns[1] != "-") {
    return "the second column is - here";
  }
  if (what == What::kSection || what == What::kWall) return add_line(what, reason, columns[2]);
  return add_names(what, reason, columns[2]);
}

std::optional<std::string> PageRules::add_names(What what, PageReason reason, std::string_view names) {
  for (const std::string_view name : split_words(names)) {
    const NameWords words(name);
    uint64_t hash = kNameStart;
    for (size_t i = 0; i < words.words().size(); ++i) {
      hash = with_word(hash, words.words()[i]);
      const bool last = i + 1 == words.words().size();
      if (auto wrong = insert(hash, last ? what : What::kNothing, last ? reason : PageReason::kNone, false)) {
        return *wrong + ": " + std::string(name);
      }
    }
  }
  return std::nullopt;
}

void PageRules::add_values(std::string_view words) {
  for (const std::string_view word : split_words(words)) {
    const NameWords name(word);
    uint64_t hash = kNameStart;
    for (const uint64_t part : name.words()) {
      hash = with_word(hash, part);
      (void)insert(hash, What::kNothing, PageReason::kNone, false);
    }
    slot(hash).value = true;
  }
}

std::optional<std::string> PageRules::add_line(What what, PageReason reason, std::string_view line) {
  const bool open = line.ends_with(" ...");
  const std::vector<uint64_t> words = line_words(open ? line.substr(0, line.size() - 4) : line);
  if (words.empty() || words.size() == kMaxWordsOfLine) return "a line has 1 to " + std::to_string(kMaxWordsOfLine - 1) + " words";
  uint64_t hash = kLineStart;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    hash = with_word(hash, words[i]);
    (void)insert(hash, What::kNothing, PageReason::kNone, false);
  }
  // "Related" and "Related ..." are one entry, which then is open.
  hash = with_word(hash, words.back());
  if (const Entry* entry = find(hash); entry != nullptr && entry->what == what && entry->reason == reason && entry->open != open) {
    slot(hash).open = true;
    return std::nullopt;
  }
  return insert(hash, what, reason, open);
}

std::optional<std::string> PageRules::insert(uint64_t hash, What what, PageReason reason, bool open) {
  if ((used_ + 1) * 2 > table_.size()) grow();
  Entry& entry = slot(hash);
  if (entry.hash == 0) {
    entry.hash = hash;
    ++used_;
  }
  if (what == What::kNothing) return std::nullopt;
  if (entry.what != What::kNothing) return "is there twice";
  entry.what = what;
  entry.reason = reason;
  entry.open = open;
  return std::nullopt;
}

PageRules::Entry& PageRules::slot(uint64_t hash) {
  const size_t mask = table_.size() - 1;
  size_t at = (hash >> 20) & mask;
  while (table_[at].hash != 0 && table_[at].hash != hash) at = (at + 1) & mask;
  return table_[at];
}

const PageRules::Entry* PageRules::find(uint64_t hash) const {
  const size_t mask = table_.size() - 1;
  for (size_t at = (hash >> 20) & mask; table_[at].hash != 0; at = (at + 1) & mask) {
    if (table_[at].hash == hash) return &table_[at];
  }
  return nullptr;
}

void PageRules::grow() {
  std::vector<Entry> old(table_.size() * 2);
  old.swap(table_);
  for (const Entry& entry : old) {
    if (entry.hash != 0) slot(entry.hash) = entry;
  }
}

void PageRules::read_names(std::string_view names, PageMarks& marks) const {
  for (size_t begin = 0; begin < names.size();) {
    const size_t end = std::min(names.find_first_of(" \t\n\f\r", begin), names.size());
    if (end > begin) {
      const NameWords words(names.substr(begin, end - begin));
      read_name(words.words(), marks);
    }
    begin = end + 1;
  }
}

void PageRules::read_name(std::span<const uint64_t> words, PageMarks& marks) const {
  for (size_t i = 0; i < words.size(); ++i) {
    const Entry* best = nullptr;
    size_t best_end = i;
    bool value = false;
    uint64_t hash = kNameStart;
    for (size_t j = i; j < words.size(); ++j) {
      hash = with_word(hash, words[j]);
      const Entry* entry = find(hash);
      if (entry == nullptr) break;
      value = entry->value && j + 1 < words.size();
      if (entry->what == What::kNothing) continue;
      best = entry;
      best_end = j + 1;
      if (value) best = nullptr;
    }
    if (value && i == 0) return;
    if (best == nullptr) continue;
    i = best_end - 1;  // words count once
    if (best->what == What::kOut) marks.add(best->reason);
    if (best->what == What::kBody) marks.body = marks.body || best_end == words.size();
    if (best->what == What::kLive) marks.live = true;
  }
}

PageReason PageRules::line_says(std::string_view line, What what) const {
  if (line.size() > kMaxLineBytes && what == What::kSection) return PageReason::kNone;
  const std::vector<uint64_t> words = line_words(line.substr(0, kMaxLineBytes));
  uint64_t hash = kLineStart;
  for (size_t i = 0; i < words.size(); ++i) {
    hash = with_word(hash, words[i]);
    const Entry* entry = find(hash);
    if (entry == nullptr) break;
    if (entry->what == what && (entry->open || i + 1 == words.size())) return entry->reason;
  }
  return PageReason::kNone;
}

}  // namespace casus
