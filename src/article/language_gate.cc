#include "article/language_gate.h"

#include <cstdio>  // which the next header needs and does not include

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

constexpr std::string_view kReason = "other-language";
constexpr std::string_view kMixedFlag = "mixed-language";
constexpr std::string_view kIsIn = "is in ", kNotIn = ", not in English";

constexpr size_t kMaxJudgedBytes = 4096;   // of one block: more would tell nothing new
constexpr size_t kMinSequenceBytes = 200;  // below it letter sequences err
constexpr size_t kMinSureBytes = 100;      // below it they err even where all of the text seems to be in one other language
constexpr int kMinSurePercent = 95;
constexpr int kMinOtherPercent = 70;  // of the text that must be in the other language
constexpr int kMaxEnglishPercent = 20;
constexpr size_t kMinLetters = 8;        // below it a script may be one name
constexpr size_t kMinForeignShare = 75;  // per cent of letters that are not Latin
constexpr size_t kIdeographWeight = 3;   // one says as much as some letters
constexpr size_t kMinEnglishShare = 10;  // per cent of words
constexpr size_t kFewEnglishShare = 5;   // above it letter sequences are not believed
constexpr size_t kMinWords = 4;

enum class Verdict : uint8_t { kUndecided, kEnglish, kOther };

std::string_view judged_part(std::string_view text) {
  return text.size() <= kMaxJudgedBytes ? text : text.substr(0, valid_utf8_prefix(text.substr(0, kMaxJudgedBytes)));
}

bool is_latin(char32_t c) {
  if (c < 0x80) return is_ascii_alpha(static_cast<char>(c));
  return (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c < 0x1F00);
}

bool is_ideograph(char32_t c) {
  return (c >= 0x3040 && c < 0xA4D0) || (c >= 0xAC00 && c < 0xD7B0) || (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x40000);
}

/// Letters of other scripts: blocks of signs, forms and pictures lie outside.
bool is_foreign(char32_t c) {
  return (c >= 0x370 && c < 0x1E00) || (c >= 0x1F00 && c < 0x2000) || (c >= 0xA4D0 && c < 0xAC00) || (c >= 0xFB1D && c < 0xFE00) ||
         (c >= 0xFE70 && c < 0xFEFF);
}

bool has_foreign_letters(std::string_view text) {
  // What such letters begin with; U+2000 to U+2FFF, with the usual signs, are none. Most texts have too few to look closer.
  const auto may_be_foreign = [](char c) { return static_cast<unsigned char>(c) >= 0xCD && c != '\xE2'; };
  if (static_cast<size_t>(std::ranges::count_if(text, may_be_foreign)) * kIdeographWeight < kMinLetters) return false;
  size_t latin = 0;
  size_t foreign = 0;
  for (size_t position = 0; position < text.size();) {
    const char32_t c = decode_utf8(text, position);
    if (is_latin(c)) {
      ++latin;
    } else if (is_ideograph(c)) {
      foreign += kIdeographWeight;
    } else if (is_foreign(c)) {
      ++foreign;
    }
  }
  return foreign >= kMinLetters && foreign * 100 >= (foreign + latin) * kMinForeignShare;
}

/// Per cent of the words that are among the commonest of English.
size_t english_share(std::string_view text, const PageWords* page_words) {
  if (page_words == nullptr) return 0;
  const std::vector<std::string_view> words = split_words(text);
  if (words.size() < kMinWords) return 0;
  const auto is_english = [&](std::string_view word) { return page_words->is_english(word); };
  return static_cast<size_t>(std::ranges::count_if(words, is_english)) * 100 / words.size();
}

struct Detected {
  CLD2::Language language = CLD2::UNKNOWN_LANGUAGE;  ///< of the greatest part
  int percent = 0;
  int english_percent = 0;
  bool reliable = false;
};

Detected detect(std::string_view text) {
  constexpr size_t kLanguages = 3;
  CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[kLanguages];
  int percents[kLanguages];
  double scores[kLanguages];
  int text_bytes = 0;
  Detected detected;
  CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, &hints, 0, languages, percents, scores, nullptr,
                                 &text_bytes, &detected.reliable);
  detected.language = languages[0];
  detected.percent = percents[0];
  for (size_t i = 0; i < kLanguages; ++i) {
    if (languages[i] == CLD2::ENGLISH) detected.english_percent = percents[i];
  }
  return detected;
}

/// "German" from the detector's "GERMAN"; its variants and invented languages are named by what they are.
std::string language_name(CLD2::Language language) {
  if (language == CLD2::UNKNOWN_LANGUAGE || language == CLD2::ENGLISH) return "another language";
  if (language == CLD2::CHINESE_T) language = CLD2::CHINESE;
  std::string name = ascii_lowered(CLD2::LanguageName(language));
  if (name.starts_with("x_")) name.erase(0, 2);
  std::ranges::replace(name, '_', ' ');
  if (!name.empty() && is_ascii_lower(name[0])) name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

/// The judgement of one text, block by block.
class LanguageJudge {
 public:
  LanguageJudge(std::string_view text, const PageWords* words, const std::vector<Block>& blocks)
      : text_(text), words_(words), blocks_(blocks), verdicts_(blocks.size(), Verdict::kUndecided) {
    for (size_t i = 0; i < blocks.size(); ++i) {
      if (is_read(i)) verdicts_[i] = judge(view(i));
    }
    judge_undecided();
  }

  [[nodiscard]] bool is_other(size_t block) const { return verdicts_[block] == Verdict::kOther; }
  [[nodiscard]] size_t bytes(Verdict verdict) const {
    size_t sum = 0;
    for (size_t i = 0; i < blocks_.size(); ++i) sum += is_read(i) && verdicts_[i] == verdict ? blocks_[i].span.size() : 0;
    return sum;
  }
  /// Whether running text is in English; titles and sub-heads alone do not make it so.
  [[nodiscard]] bool has_english_paragraph() const {
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (blocks_[i].kind == BlockKind::kParagraph && verdicts_[i] == Verdict::kEnglish) return true;
    }
    return false;
  }
  /// The language of what is not English.
  [[nodiscard]] std::string other_name() const {
    std::string other;
    for (size_t i = 0; i < blocks_.size() && other.size() < kMaxJudgedBytes; ++i) {
      if (is_other(i)) other += std::string(judged_part(view(i))) + "\n";
    }
    return language_name(detect(other).language);
  }

 private:
  [[nodiscard]] std::string_view view(size_t block) const { return blocks_[block].span.in(text_); }
  [[nodiscard]] bool is_read(size_t block) const { return blocks_[block].kind != BlockKind::kNoise; }

  [[nodiscard]] Verdict judge(std::string_view whole) const {
    const std::string_view text = judged_part(whole);
    if (has_foreign_letters(text)) return Verdict::kOther;
    const size_t share = english_share(text, words_);
    if (share >= kMinEnglishShare) return Verdict::kEnglish;
    return text.size() < kMinSureBytes ? Verdict::kUndecided : judge_sequences(text, share);
  }

  [[nodiscard]] static Verdict judge_sequences(std::string_view text, size_t share) {
    const Detected detected = detect(text);
    if (!detected.reliable) return Verdict::kUndecided;
    if (detected.language == CLD2::ENGLISH) return Verdict::kEnglish;
    if (text.size() < kMinSequenceBytes) {
      return share == 0 && detected.percent >= kMinSurePercent && detected.english_percent == 0 ? Verdict::kOther : Verdict::kUndecided;
    }
    const bool other = detected.percent >= kMinOtherPercent && detected.english_percent < kMaxEnglishPercent && share < kFewEnglishShare;
    return other ? Verdict::kOther : Verdict::kUndecided;
  }

  /// Undecided neighbours are judged as one text, and what is too short even so stays undecided.
  void judge_undecided() {
    std::string joined;
    size_t first = 0;
    const auto decide = [&](size_t end) {
      const size_t share = english_share(joined, words_);
      const Verdict verdict = joined.size() < kMinSureBytes ? Verdict::kUndecided
                              : share >= kMinEnglishShare   ? Verdict::kEnglish
                                                            : judge_sequences(joined, share);
      for (size_t i = first; i < end; ++i) {
        if (is_read(i) && verdicts_[i] == Verdict::kUndecided) verdicts_[i] = verdict;
      }
      joined.clear();
      first = end;
    };
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (!is_read(i)) continue;
      if (verdicts_[i] != Verdict::kUndecided || joined.size() >= kMaxJudgedBytes) decide(i);
      if (verdicts_[i] == Verdict::kUndecided) joined += std::string(judged_part(view(i))) + "\n";
    }
    decide(blocks_.size());
  }

  std::string_view text_;
  const PageWords* words_;
  const std::vector<Block>& blocks_;
  std::vector<Verdict> verdicts_;
};

}  // namespace

Result<void> keep_english(std::string_view text, const ArticleOptions& options, const PageWords* words, ArticleFields& fields,
                          std::vector<Block>& blocks) {
  if (options.any_language || options.as_is) return {};
  const LanguageJudge judge(text, words, blocks);
  const size_t other = judge.bytes(Verdict::kOther);
  if (other > 0 && !judge.has_english_paragraph() && other >= judge.bytes(Verdict::kUndecided)) {
    return Error{.code = ErrorCode::kOtherLanguage,
                 .message = std::string(kIsIn) + judge.other_name() + std::string(kNotIn),
                 .file = fields.origin,
                 .line = fields.origin_line,
                 .remedy = "--any-language reads it all the same"};
  }
  if (judge.bytes(Verdict::kEnglish) > 0) fields.language = "en";
  if (other == 0) return {};
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (!judge.is_other(i) || blocks[i].kind == BlockKind::kNoise) continue;
    blocks[i].kind = BlockKind::kNoise;
    blocks[i].reason = kReason;
  }
  fields.add_flag(kMixedFlag);
  return {};
}

std::string other_language(const Error& error) {
  std::string_view name = error.message;
  if (name.starts_with(kIsIn)) name.remove_prefix(kIsIn.size());
  return std::string(name.substr(0, name.find(kNotIn)));
}

}  // namespace casus
