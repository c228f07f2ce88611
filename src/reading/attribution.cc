#include "reading/attribution.h"

#include <algorithm>
#include <utility>

namespace casus {
namespace {

size_t size_of(const FoundStatement& found) {
  size_t size = 0;
  for (const TokenRange& piece : found.content) size += piece.size();
  return size;
}

}  // namespace

std::string without_article(std::string name) {
  for (const std::string_view article : {"the ", "The ", "a ", "A ", "an ", "An "}) {
    if (name.starts_with(article)) return name.substr(article.size());
  }
  return name;
}

/// Paints the longest statements first, so that each token ends with the innermost one around it.
Attributions::Attributions(const Syntax& syntax, const Lexicon& lexicon, const People& people,
                           const std::vector<FoundStatement>& statements)
    : syntax_(syntax), lexicon_(lexicon), innermost_(syntax.size(), 0) {
  for (const Person& person : people.persons()) persons_.insert(person.full_name());
  std::vector<const FoundStatement*> order;
  for (const FoundStatement& found : statements) {
    if (found.asserts && !found.statement.speaker.text.empty()) order.push_back(&found);
  }
  std::stable_sort(order.begin(), order.end(), [](const FoundStatement* a, const FoundStatement* b) { return size_of(*a) > size_of(*b); });
  for (const FoundStatement* found : order) {
    voices_.push_back({found->statement.speaker, found->cue, innermost_[found->content.front().begin]});
    for (const TokenRange& piece : found->content) {
      for (uint32_t t = piece.begin; t < piece.end; ++t) innermost_[t] = static_cast<uint32_t>(voices_.size());
    }
  }
}

bool Attributions::is_own_speech(const Actor& speaker, const std::vector<Actor>& source) const {
  if (source.empty() || speaker.country.empty() || speaker.country != source[0].country) return false;
  return speaker.name == source[0].name || !persons_.contains(source[0].name);
}

std::optional<Attribution> Attributions::named(const Actor& speaker) const {
  Attribution attribution{.name = without_article(speaker.name), .speakers = {speaker}, .span = speaker.span};
  if (attribution.name.empty() || lexicon_.words().has(WordClass::kPronoun, attribution.name)) return std::nullopt;
  return attribution;
}

/// "Reportedly attacked", "allegedly": kept as the word itself.
std::optional<Attribution> Attributions::hedge_at(uint32_t trigger, uint32_t& cue) const {
  const uint32_t verb = syntax_.is_verbal(trigger) ? trigger : syntax_.head(trigger);
  for (const uint32_t c : syntax_.children(verb)) {
    if (syntax_.dep(c) != Dep::kAdvmod || !lexicon_.words().has(WordClass::kHearsay, syntax_.lower(c))) continue;
    cue = c;
    return Attribution{.name = syntax_.lower(c), .speakers = {}, .span = syntax_.bytes(c, c + 1)};
  }
  return std::nullopt;
}

std::optional<Attribution> Attributions::of(uint32_t trigger, const std::vector<Actor>& source, bool is_speech, uint32_t& cue) const {
  uint32_t at = innermost_[trigger];
  for (size_t step = 0; at != 0 && step <= kMaxStatementDepth; ++step) {
    const Voice& voice = voices_[at - 1];
    auto attribution = is_speech && is_own_speech(voice.speaker, source) ? std::nullopt : named(voice.speaker);
    if (attribution && voice.cue != trigger) {
      cue = voice.cue;
      return attribution;
    }
    at = voice.around;
  }
  return hedge_at(trigger, cue);
}

}  // namespace casus
