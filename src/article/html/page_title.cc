#include "article/html/page_title.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace casus {
namespace {

using Field = PageFields::Field;
using Kind = PageFields::LinkedKind;

constexpr size_t kMaxTitleBytes = 1000;  // longer is no headline

constexpr size_t kMaxOutletWords = 5;
/// An outlet's name may be followed by little more ("BBC News", "Boston Globe Media"), a long one by as much again.
constexpr size_t kMinOutletBytes = 3;
constexpr size_t kMaxEndingBytes = 6;
constexpr size_t kMinSureBytes = 8;

/// A title's words in small letters with one blank between them; signs are no words.
std::string bare_words(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_word = is_ascii_alpha(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    if (is_word && c != '\xE2') out += ascii_lower(c);
    if (!is_word && c != '\'' && !out.empty() && out.back() != ' ') out += ' ';
  }
  return std::string(trim(out));
}

/// Where a separator such as " | " stands last or first in a title; npos if nowhere.
struct Cut {
  size_t begin = std::string_view::npos;
  size_t end = 0;
};
constexpr std::array<std::string_view, 13> kSeparators = {" | ", " - ", " – ", " — ", " :: ", " » ", " « ",
                                                          " · ", " • ", " / ", " < ", " > ",  "| "};

Cut last_cut(std::string_view title) {
  Cut cut;
  for (const std::string_view separator : kSeparators) {
    const size_t found = title.rfind(separator);
    if (found != std::string_view::npos && (cut.begin == std::string_view::npos || found > cut.begin))
      cut = {found, found + separator.size()};
  }
  return cut;
}

Cut first_cut(std::string_view title) {
  Cut cut;
  for (const std::string_view separator : kSeparators) {
    const size_t found = title.find(separator);
    if (found != std::string_view::npos && found < cut.begin) cut = {found, found + separator.size()};
  }
  return cut;
}

/// Whether a part of a title is an outlet: the same words, or the same letters ("The Daily Post", "dailypost.com").
bool is_outlet(std::string_view part, const std::vector<std::string>& outlets) {
  const auto packed = [](std::string_view text) {
    std::string out = bare_words(text);
    std::erase(out, ' ');
    if (out.starts_with("the")) out.erase(0, 3);
    return out;
  };
  const std::string name = packed(part);
  if (split_words(part).size() > kMaxOutletWords) return false;
  return !name.empty() && std::ranges::any_of(outlets, [&](const std::string& outlet) {
    const std::string known = packed(outlet);
    const size_t most = known.size() + std::max<size_t>(kMaxEndingBytes, known.size() < kMinSureBytes ? 0 : known.size());
    return known == name || (known.size() >= kMinOutletBytes && name.starts_with(known) && name.size() <= most);
  });
}

struct Candidate {
  std::string text;
  std::string words;
};

class TitleChooser {
 public:
  TitleChooser(const PageClaims& claims, const std::vector<std::string>& outlets) : claims_(claims), outlets_(outlets) {
    for (const LinkedArticle& article : claims.linked.articles) {
      if (article.kind == Kind::kArticle || article.kind == Kind::kLive) add(article.title);
    }
    for (const PageClaim& claim : claims.meta) add_title(claim);
    for (const PageClaim& claim : claims.microdata) add_title(claim);
    for (const LinkedArticle& article : claims.linked.articles) {
      if (article.kind == Kind::kPage) add(article.title);
    }
    add(claims.page_title);
  }

  [[nodiscard]] PageTitle choose() const {
    if (const auto title = confirmed_heading()) return *title;
    if (const auto title = heading_around_candidate()) return *title;
    if (const auto title = heading_inside_candidate()) return *title;
    if (const auto title = minor_heading()) return *title;
    if (const auto title = only_heading()) return *title;
    if (!candidates_.empty()) return {candidates_.front().text, 0};
    if (!claims_.page_title.empty() && claims_.headings.empty()) return {claims_.page_title, 0};
    if (!claims_.headings.empty()) return {claims_.headings[0].text, claims_.headings[0].node};
    return {};
  }

 private:
  static constexpr size_t kMinWords = 3;  // fewer say little about a page

  void add_title(const PageClaim& claim) {
    if (claim.field == Field::kTitle) add(claim.value);
  }
  void add(std::string_view title) {
    if (title.empty() || title.size() > kMaxTitleBytes) return;
    std::string text = without_outlet(title, outlets_);
    std::string words = bare_words(text);
    if (!words.empty() && !is_outlet(text, outlets_)) candidates_.push_back({std::move(text), std::move(words)});
  }

  /// An <h1> with the words of a candidate.
  [[nodiscard]] std::optional<PageTitle> confirmed_heading() const {
    for (const Candidate& candidate : candidates_) {
      for (const PageClaims::Heading& heading : claims_.headings) {
        if (bare_words(heading.text) == candidate.words) return PageTitle{heading.text, heading.node};
      }
    }
    return std::nullopt;
  }

  /// An <h1> that holds a candidate and something else, such as a section's name.
  [[nodiscard]] std::optional<PageTitle> heading_around_candidate() const {
    for (const Candidate& candidate : candidates_) {
      if (split_words(candidate.words).size() < kMinWords) continue;
      for (const PageClaims::Heading& heading : claims_.headings) {
        if (holds(bare_words(heading.text), candidate.words)) return PageTitle{candidate.text, heading.node};
      }
    }
    return std::nullopt;
  }

  /// An <h1> that a candidate holds, with something else that is no known outlet.
  [[nodiscard]] std::optional<PageTitle> heading_inside_candidate() const {
    for (const PageClaims::Heading& heading : claims_.headings) {
      const std::string words = bare_words(heading.text);
      if (split_words(words).size() < kMinWords || is_outlet(heading.text, outlets_)) continue;
      const bool is_held = std::ranges::any_of(candidates_, [&](const Candidate& candidate) { return holds(candidate.words, words); });
      if (is_held) return PageTitle{heading.text, heading.node};
    }
    return std::nullopt;
  }

  /// An <h2> or <h3> with the words of a candidate, or of what stands behind a candidate's colon ("Blog: Talks fail in Geneva"), on pages
  /// whose <h1> is the site's name.
  [[nodiscard]] std::optional<PageTitle> minor_heading() const {
    for (const Candidate& candidate : candidates_) {
      const size_t colon = candidate.text.find(": ");
      const std::string behind = colon == std::string::npos ? "" : bare_words(std::string_view(candidate.text).substr(colon));
      for (const PageClaims::Heading& heading : claims_.minor_headings) {
        const std::string words = bare_words(heading.text);
        if (split_words(words).size() >= kMinWords && (words == candidate.words || words == behind))
          return PageTitle{heading.text, heading.node};
      }
    }
    return std::nullopt;
  }

  /// The only <h1> there is, though it may stand there more than once.
  [[nodiscard]] std::optional<PageTitle> only_heading() const {
    if (claims_.headings.empty()) return std::nullopt;
    const PageClaims::Heading& first = claims_.headings.front();
    const std::string words = bare_words(first.text);
    const bool is_only =
        std::ranges::all_of(claims_.headings, [&](const PageClaims::Heading& other) { return bare_words(other.text) == words; });
    if (!is_only || split_words(words).size() < kMinWords || is_outlet(first.text, outlets_)) return std::nullopt;
    return PageTitle{without_outlet(first.text, outlets_), first.node};
  }

  /// Whether `words` stand in `text` as whole words.
  static bool holds(const std::string& text, const std::string& words) {
    return (" " + text + " ").find(" " + words + " ") != std::string::npos;
  }

  const PageClaims& claims_;
  const std::vector<std::string>& outlets_;
  std::vector<Candidate> candidates_;
};

}  // namespace

std::string without_outlet(std::string_view title, const std::vector<std::string>& outlets) {
  title = trim(title);
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    const Cut last = last_cut(title);
    if (last.begin != std::string_view::npos && (is_outlet(title.substr(last.end), outlets) || trim(title.substr(last.end)).empty())) {
      title = trim(title.substr(0, last.begin));
      has_changed = true;
      continue;
    }
    const Cut first = first_cut(title);
    if (first.begin != std::string_view::npos && is_outlet(title.substr(0, first.begin), outlets)) {
      title = trim(title.substr(first.end));
      has_changed = true;
    }
  }
  while (!title.empty() && (title.back() == '|' || title.ends_with(" -"))) title = trim(title.substr(0, title.size() - 1));
  return std::string(title);
}

PageTitle choose_title(const PageClaims& claims, const std::vector<std::string>& outlets) { return TitleChooser(claims, outlets).choose(); }

}  // namespace casus
