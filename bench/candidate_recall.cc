// How many of the acts that gold has the reader offers to a judge at all: what frames find, alone and together with what is proposed
// beside them (src/reading/proposals.h). Coded are the documents of the inputs; of gold events the ones that are not optional count.
//
//     candidate_recall GOLD INPUT... [--half=even|odd] [--untaken] [--misses]
//
// GOLD: records of articles, whose articles are the inputs; or a table of marked pairs, whose documents `casus eval GOLD --documents`
// prints. Of a gold event:  trigger  some candidate of its passage shares a word with its trigger
//                   sides    some candidate of its passage has its sides, by country
//                   both     one and the same candidate does
//                   turned   as both, or with the sides the other way round, which a judge may turn
// A row of pairs is offered when a candidate of its sentence joins its source to its target; "turned": only the other way round.
// Words that a frame has used with both sides are not proposed again, but with --untaken. --misses: lists what is not offered, with what
// is.
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "article/article_source.h"
#include "cli/load.h"
#include "evaluation/compare.h"
#include "evaluation/gold.h"
#include "evaluation/pair_scores.h"
#include "reading/actors.h"
#include "reading/frame_match.h"
#include "reading/proposals.h"
#include "reading/syntax.h"

namespace {

struct Settings {
  casus::Options options{};
  std::string gold{};
  bool untaken = false;
  bool misses = false;
};

/// The candidates of documents as records, those of frames first.
struct Candidates {
  casus::RecordsByDocument by_frames{};
  casus::RecordsByDocument all{};
  size_t sentences = 0;
  size_t open_sentences = 0;  ///< with a candidate
  size_t hits = 0;
  size_t proposals = 0;
};

class Offering {
 public:
  Offering(casus::ReadingData data, bool untaken) : data_(std::move(data)), workspace_(*data_.model), untaken_(untaken) {}

  void read(const casus::ArticlePtr& article, Candidates& candidates) {
    const auto doc = casus::analyse(*article, *data_.model, workspace_);
    const casus::Syntax syntax(*doc);
    const casus::Actors actors(syntax, *data_.lexicon);
    casus::DocumentRecords& framed = candidates.by_frames[article->fields().id];
    casus::DocumentRecords& all = candidates.all[article->fields().id];
    std::unordered_set<uint32_t> taken, open;
    for (const casus::FrameHit& hit : casus::match_all(syntax, actors, *data_.lexicon)) {
      if (!untaken_ && !hit.source.empty() && !hit.target.empty()) {
        taken.insert(hit.trigger);
        taken.insert(hit.words.begin(), hit.words.end());
      }
      if (hit.frame->type == casus::kNoEvent) continue;
      open.insert(syntax.token(hit.trigger).sentence);
      for (const casus::FrameHit* told = &hit; told != nullptr; told = told->otherwise.get()) {
        framed.events.push_back(record(syntax, told->trigger, told->words, told->source, told->target));
        ++candidates.hits;
      }
    }
    all.events = framed.events;
    for (const casus::Proposal& proposal : casus::find_proposals(syntax, actors, *data_.lexicon, taken)) {
      open.insert(syntax.token(proposal.trigger).sentence);
      all.events.push_back(record(syntax, proposal.trigger, proposal.words, proposal.source, proposal.target));
      ++candidates.proposals;
    }
    candidates.sentences += doc->sentences().size();
    candidates.open_sentences += open.size();
  }

 private:
  static std::vector<casus::ActorRecord> side(const std::vector<casus::Actor>& actors) {
    std::vector<casus::ActorRecord> records;
    for (const casus::Actor& actor : actors)
      records.push_back({actor.text, actor.name, actor.country.empty() ? casus::kNoCountry : actor.country, actor.sector});
    return records;
  }

  static casus::EventRecord record(const casus::Syntax& syntax, uint32_t trigger, const std::vector<uint32_t>& words,
                                   const std::vector<casus::Actor>& source, const std::vector<casus::Actor>& target) {
    casus::EventRecord record;
    record.source = side(source);
    record.target = side(target);
    record.trigger = syntax.text(trigger);
    for (const uint32_t word : words) record.trigger.append(" ").append(syntax.text(word));
    record.sentence = syntax.doc().span(syntax.sentence(trigger)).in(syntax.doc().article().text());
    return record;
  }

  casus::ReadingData data_;
  casus::Workspace workspace_;
  bool untaken_;
};

struct Offered {
  size_t gold = 0, trigger = 0, sides = 0, both = 0, turned = 0;
};

void print_side(const std::vector<casus::ActorRecord>& side) {
  for (const casus::ActorRecord& actor : side) std::printf(" %s:%s", actor.country.c_str(), actor.text.c_str());
}

void print_sides(const casus::EventRecord& event) {
  std::printf("[");
  print_side(event.source);
  std::printf("] -> [");
  print_side(event.target);
  std::printf("]\t%s", event.trigger.c_str());
}

void print_offer(const casus::EventRecord& event) {
  std::printf("    ");
  print_sides(event);
  std::printf("\n");
}

void print_miss(const casus::EventRecord& gold, bool trigger, bool sides) {
  std::printf("%s%s%s\t", gold.type.c_str(), trigger ? "" : " -trigger", sides ? "" : " -sides");
  print_sides(gold);
  std::printf("\t%s\n", gold.sentence.c_str());
}

/// Counts the gold events of one document.
void count(const casus::DocumentRecords& gold, casus::DocumentRecords& coded, const casus::EvaluationScheme& scheme, bool misses,
           Offered& offered) {
  casus::Vocabulary vocabulary(scheme);
  std::vector<casus::ComparedEvent> events;
  for (const casus::EventRecord& event : coded.events) events.push_back(casus::compared(event, vocabulary));
  for (const casus::EventRecord& event : gold.events) {
    if (event.optional) continue;
    const casus::ComparedEvent wanted = casus::compared(event, vocabulary);
    casus::EventRecord turned = event;
    std::swap(turned.source, turned.target);
    const casus::ComparedEvent turned_about = casus::compared(turned, vocabulary);
    bool has_trigger = false, has_sides = false, has_both = false, has_turned = false;
    for (size_t i = 0; i < events.size(); ++i) {
      coded.events[i].type = event.type;  // the judge says which: types only tell whether sides may be turned
      if (casus::passage_likeness(wanted, events[i]) < casus::kSamePassage) continue;
      const bool same_trigger = casus::common(wanted.trigger, events[i].trigger) > 0;
      const bool same_sides = casus::compare_sides(wanted, events[i], scheme) != casus::Sides::kDiffer;
      has_trigger = has_trigger || same_trigger;
      has_sides = has_sides || same_sides;
      has_both = has_both || (same_trigger && same_sides);
      has_turned = has_turned || (same_trigger && casus::compare_sides(turned_about, events[i], scheme) != casus::Sides::kDiffer);
    }
    ++offered.gold;
    offered.trigger += has_trigger ? 1 : 0;
    offered.sides += has_sides ? 1 : 0;
    offered.both += has_both ? 1 : 0;
    offered.turned += has_both || has_turned ? 1 : 0;
    if (!misses || has_both) continue;
    print_miss(event, has_trigger, has_sides);
    for (size_t i = 0; i < events.size(); ++i) {
      const bool near = casus::passage_likeness(wanted, events[i]) >= casus::kSamePassage;
      if (!near || casus::common(wanted.trigger, events[i].trigger) == 0) continue;
      print_offer(coded.events[i]);
    }
  }
}

double share(size_t part, size_t whole) { return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole); }

void measure(const casus::RecordsByDocument& gold, Candidates& candidates, const casus::EvaluationScheme& scheme,
             const Settings& settings) {
  std::vector<Offered> rows;
  for (casus::RecordsByDocument* coded : {&candidates.by_frames, &candidates.all}) {
    Offered& offered = rows.emplace_back();
    for (const auto& [document, records] : gold)
      count(records, (*coded)[document], scheme, settings.misses && coded == &candidates.all, offered);
  }
  std::printf("%-22s %8s %8s %8s %8s of %zu events\n", "", "trigger", "sides", "both", "turned", rows[0].gold);
  for (size_t i = 0; i < rows.size(); ++i) {
    const Offered& row = rows[i];
    std::printf("%-22s %8.3f %8.3f %8.3f %8.3f\n", i == 0 ? "frames" : "frames and proposals", share(row.trigger, row.gold),
                share(row.sides, row.gold), share(row.both, row.gold), share(row.turned, row.gold));
  }
}

void measure(const casus::PairGold& gold, const Candidates& candidates, const casus::EvaluationScheme& scheme, const Settings& settings) {
  for (const casus::RecordsByDocument* coded : {&candidates.by_frames, &candidates.all}) {
    Offered offered;
    for (const casus::PairAnswer& answer : casus::score_pairs(gold, *coded, scheme, settings.options.half).answers) {
      using Lack = casus::PairAnswer::Lack;
      const bool joined = answer.lack == Lack::kNone || answer.lack == Lack::kNoClass;
      ++offered.gold;
      offered.sides += joined ? 1 : 0;
      offered.turned += answer.lack == Lack::kReversed ? 1 : 0;
      if (!joined && settings.misses && coded == &candidates.all) {
        std::printf("%s %s\t[%s] -> [%s]\t%s\n", answer.row->gold_class.c_str(), std::string(casus::lack_name(answer.lack)).c_str(),
                    answer.row->source.c_str(), answer.row->target.c_str(), answer.row->sentence.c_str());
        for (const casus::EventRecord& event : *answer.events) print_offer(event);
      }
    }
    std::printf("%-22s offered %.3f, turned %.3f of %zu rows\n", coded == &candidates.by_frames ? "frames" : "frames and proposals",
                share(offered.sides, offered.gold), share(offered.turned, offered.gold), offered.gold);
  }
}

void measure(const std::vector<casus::CoderRound>& /*rounds*/, const Candidates& /*candidates*/, const casus::EvaluationScheme& /*scheme*/,
             const Settings& /*settings*/) {
  std::printf("rounds of coders mark no sides\n");
}

bool read_arguments(int count, char** arguments, Settings& settings) {
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--half=even")
      settings.options.half = casus::Half::kEven;
    else if (argument == "--half=odd")
      settings.options.half = casus::Half::kOdd;
    else if (argument == "--untaken")
      settings.untaken = true;
    else if (argument == "--misses")
      settings.misses = true;
    else if (settings.gold.empty())
      settings.gold = argument;
    else
      settings.options.inputs.emplace_back(argument);
  }
  return !settings.options.inputs.empty();
}

int fail(const casus::Error& error, casus::Messages& messages) {
  messages.error(error);
  return 2;
}

}  // namespace

int main(int argument_count, char** arguments) {
  Settings settings;
  if (!read_arguments(argument_count, arguments, settings)) {
    std::fprintf(stderr, "usage: candidate_recall GOLD INPUT... [--half=even|odd] [--untaken] [--misses]\n");
    return 2;
  }
  casus::Messages messages;
  auto data = casus::load_reading_data(settings.options, messages);
  if (!data) return fail(data.error(), messages);
  const auto scheme = casus::load_evaluation_scheme("");
  if (!scheme) return fail(scheme.error(), messages);
  const auto gold = casus::read_gold({settings.gold}, **scheme, casus::EvaluationLimits());
  if (!gold) return fail(gold.error(), messages);
  Offering offering(*std::move(data), settings.untaken);
  Candidates candidates;
  casus::ArticleSource source(settings.options.inputs, settings.options.article);
  while (auto article = source.next()) {
    if (article->ok()) offering.read(**article, candidates);
  }
  std::visit([&](const auto& golden) { measure(golden, candidates, **scheme, settings); }, *gold);
  std::printf("%zu sentences, %zu with a candidate; %zu of frames, %zu proposals\n", candidates.sentences, candidates.open_sentences,
              candidates.hits, candidates.proposals);
  return 0;
}
