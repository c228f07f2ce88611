#include "reading/story_days.h"

#include <algorithm>
#include <string>
#include <unordered_set>

namespace casus {
namespace {

/// Clauses that tell of another time than the sentence does.
bool looks_aside(Dep dep) { return dep == Dep::kRelcl || dep == Dep::kAcl || dep == Dep::kAdvcl || dep == Dep::kPcomp; }

}  // namespace

StoryDays::StoryDays(const Syntax& syntax, const std::vector<TimeMention>& mentions, std::optional<Day> published)
    : syntax_(syntax), published_(published), ruled_by_(syntax.doc().sentences().size()) {
  rule_sentences(mentions);
}

/// Goes through the text once: a sentence is ruled by its own day, or by that of the sentence before if it goes on telling of its people.
void StoryDays::rule_sentences(const std::vector<TimeMention>& mentions) {
  const auto sentences = syntax_.doc().sentences();
  std::unordered_set<std::string> people;
  std::optional<size_t> first, now;
  size_t next = 0;
  for (size_t s = 0; s < sentences.size(); ++s) {
    std::optional<size_t> own;
    for (; next < mentions.size() && mentions[next].said.token_begin < sentences[s].end; ++next) {
      if (!own && rules(mentions[next])) own = next;
    }
    if (own) {
      people.clear();
      now = own;
    } else if (now) {
      const auto subject = subject_of(sentences[s]);
      const bool goes_on = subject && (points_back(*subject) || people.contains(syntax_.lower(*subject)));
      if (!goes_on) now.reset();
    }
    if (own && !first) {
      first = own;
      std::fill(ruled_by_.begin(), ruled_by_.begin() + static_cast<std::ptrdiff_t>(s), first);
    }
    ruled_by_[s] = now;
    for (uint32_t token = sentences[s].begin; now && token < sentences[s].end; ++token) {
      if (syntax_.pos(token) == Pos::kPropn) people.insert(syntax_.lower(token));
    }
  }
}

/// "He", "the two sides", "the leaders": people told of before.
bool StoryDays::points_back(uint32_t subject) const {
  if (syntax_.pos(subject) == Pos::kPron) return true;
  const auto article = syntax_.child(subject, Dep::kDet);
  return syntax_.tag(subject) == "NNS" && article && syntax_.lower(*article) == "the" && syntax_.right_edge(subject) == subject + 1;
}

/// Of the verb at the root.
std::optional<uint32_t> StoryDays::subject_of(const Sentence& sentence) const {
  for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
    if (syntax_.head(token) != token || !syntax_.is_verbal(token)) continue;
    return syntax_.surface_subject(token);
  }
  return std::nullopt;
}

/// A day that is over or going on, said in a main clause, not as the end of a stretch.
bool StoryDays::rules(const TimeMention& mention) const {
  const auto& point = mention.meaning.point;
  if (!point || point->grain != Grain::kDay || mention.joins_next || mention.bounds) return false;
  const auto days = days_of(*point);
  if (!days || (published_ && std::chrono::sys_days{days->first} > std::chrono::sys_days{*published_})) return false;
  uint32_t at = mention.said.token_end - 1;
  for (int step = 0; step < kMaxWalk && syntax_.head(at) != at; ++step) {
    if (looks_aside(syntax_.dep(at))) return false;
    at = syntax_.head(at);
  }
  return true;
}

bool StoryDays::is_headline(uint32_t token) const {
  const BlockKind kind = syntax_.doc().article().blocks()[syntax_.sentence(token).block].kind;
  return kind == BlockKind::kTitle || kind == BlockKind::kHeading;
}

bool StoryDays::is_present(uint32_t verb) const {
  return (syntax_.tag(verb) == "VBZ" || syntax_.tag(verb) == "VBP") && !syntax_.child(verb, Dep::kAux);
}

/// Simple past, or the pluperfect that reported speech makes of it; in headlines the present.
bool StoryDays::is_told(uint32_t verb) const {
  if (is_headline(verb)) return syntax_.tag(verb) == "VBZ" || syntax_.tag(verb) == "VBP" || syntax_.tag(verb) == "VBD";
  bool had = false, was = false;
  for (const uint32_t c : first_children(syntax_, verb)) {
    if (syntax_.dep(c) != Dep::kAux && syntax_.dep(c) != Dep::kAuxpass) continue;
    if (syntax_.tag(c) != "VBD") return false;
    (syntax_.lemma(c) == "have" ? had : was) = true;
  }
  const bool reported = syntax_.dep(verb) == Dep::kCcomp;
  return had ? reported : was || syntax_.tag(verb) == "VBD";
}

/// Whether an act that a noun names is what its verb tells ("issued a warning", "talks began"), not what it is about.
bool StoryDays::is_done_there(uint32_t noun) const {
  const Dep dep = syntax_.dep(noun);
  return dep == Dep::kDobj || dep == Dep::kNsubj || dep == Dep::kNsubjpass || dep == Dep::kAttr;
}

bool StoryDays::continues_story(uint32_t trigger) const {
  if (!syntax_.is_verbal(trigger) && !is_done_there(trigger)) return false;
  uint32_t at = trigger;
  bool told = false;
  for (int step = 0; step < kMaxWalk; ++step) {
    if (syntax_.is_verbal(at)) {
      const bool shares = !told && (syntax_.dep(at) == Dep::kConj || syntax_.tag(at) == "VBG" || syntax_.tag(at) == "VB");
      if (!is_told(at) && !shares && !(told && is_present(at))) return false;
      told = told || is_told(at);
      const bool news = syntax_.dep(at) == Dep::kAdvcl && is_present(syntax_.head(at));  // "fears persist after the leaders spoke"
      if (looks_aside(syntax_.dep(at)) && syntax_.tag(at) != "VBG" && !is_headline(at) && !news) return false;
    } else if (looks_aside(syntax_.dep(at))) {
      return false;
    }
    if (syntax_.head(at) == at) break;
    at = syntax_.head(at);
  }
  return told;
}

std::optional<size_t> StoryDays::ruling(uint32_t trigger) const {
  const std::optional<size_t> mention = ruled_by_[syntax_.token(trigger).sentence];
  return mention && continues_story(trigger) ? mention : std::nullopt;
}

}  // namespace casus
