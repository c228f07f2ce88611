#include "evaluation/compare.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"

namespace casus {
namespace {

constexpr double kSameWords = 0.6;        // of two statements
constexpr double kSameAttribution = 0.5;  // of the words for whoever is quoted

enum EventField : uint8_t { kMode, kSourceSector, kTargetSector, kPlace, kAttributedTo, kAmount, kUnit };
enum StatementField : uint8_t { kKind, kCue };

ComparedSide compared_side(const std::vector<ActorRecord>& actors, Vocabulary& vocabulary) {
  std::vector<std::string> countries, sectors;
  for (const ActorRecord& actor : actors) {
    countries.push_back(actor.country);
    if (!actor.sector.empty()) sectors.push_back(actor.sector);
  }
  return {.countries = vocabulary.ids(countries), .sectors = vocabulary.ids(sectors)};
}

bool same_sides(const ComparedEvent& gold, const IdSet& source, const IdSet& target) {
  if (!alike(gold.source.countries, source)) return false;
  if (gold.record->any_target) return true;
  // Nobody stands on both sides who does not in gold.
  return alike(gold.target.countries, target) &&
         is_part_of(intersection(source, target), intersection(gold.source.countries, gold.target.countries));
}

bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_ascii_digit); }

/// Whether it is YYYY, YYYY-MM or YYYY-MM-DD; whether there is such a day is not asked.
bool is_date_end(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  if (!all_digits(text.substr(0, 4))) return false;
  if (text.size() == 4) return true;
  const std::string_view month = text.substr(5, 2);
  if (text[4] != '-' || !all_digits(month) || month < "01" || month > "12") return false;
  return text.size() == 7 || (text[7] == '-' && all_digits(text.substr(8)));
}

std::string last_day(int year, unsigned month) {
  using namespace std::chrono;
  const year_month_day_last last{std::chrono::year(year) / std::chrono::month(month) / std::chrono::last};
  return std::to_string(static_cast<unsigned>(last.day()));
}

int number_of(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

}  // namespace

ComparedEvent compared(const EventRecord& event, Vocabulary& vocabulary) {
  ComparedEvent out{.record = &event};
  out.sentences.push_back(vocabulary.words(event.sentence));
  for (const std::string& mention : event.also) out.sentences.push_back(vocabulary.words(mention));
  out.trigger = vocabulary.words(event.trigger);
  out.attributed_to = vocabulary.words(event.attributed_to);
  out.source = compared_side(event.source, vocabulary);
  out.target = compared_side(event.target, vocabulary);
  std::vector<std::string> amounts;
  std::string units;
  for (const AmountRecord& quantity : event.quantity) {
    amounts.push_back(quantity.amount);
    units += quantity.unit + ' ';
  }
  out.amounts = vocabulary.ids(amounts);
  out.units = vocabulary.lemmas(units);
  return out;
}

ComparedStatement compared(const StatementRecord& statement, Vocabulary& vocabulary) {
  return {.record = &statement, .text = vocabulary.words(statement.text), .cue = vocabulary.lemmas(statement.cue)};
}

Sides compare_sides(const ComparedEvent& gold, const ComparedEvent& coded, const EvaluationScheme& scheme) {
  const IdSet& source = coded.source.countries;
  const IdSet& target = coded.target.countries;
  if (same_sides(gold, source, target)) return Sides::kSame;
  return scheme.turns_in_articles(coded.record->type) && same_sides(gold, target, source) ? Sides::kTurned : Sides::kDiffer;
}

bool is_type(const EventRecord& gold, std::string_view type) {
  return gold.type == type || std::ranges::find(gold.alt_types, type) != gold.alt_types.end();
}

double passage_likeness(const ComparedEvent& gold, const ComparedEvent& coded) {
  if (coded.record->sentence.empty()) return 0;
  double best = 0;
  for (const IdBag& mention : gold.sentences) best = std::max(best, dice(mention, coded.sentences[0]));
  return best;
}

std::optional<std::pair<std::string, std::string>> date_range(std::string_view date) {
  const size_t slash = date.find('/');
  std::string first(date.substr(0, slash));
  std::string last(slash == std::string_view::npos ? date : date.substr(slash + 1));
  if (first.empty() && last.empty()) return std::nullopt;
  for (const std::string* end : {&first, &last}) {
    if (!end->empty() && !is_date_end(*end)) return std::nullopt;
  }
  if (first.empty()) first = "0001";
  if (last.empty()) last = "9999";
  if (first.size() == 4) first += "-01";
  if (first.size() == 7) first += "-01";
  if (last.size() == 4) last += "-12";
  if (last.size() == 7) {
    const int year = number_of(std::string_view(last).substr(0, 4));
    const auto month = static_cast<unsigned>(number_of(std::string_view(last).substr(5)));
    last += "-" + last_day(year, month);
  }
  if (first > last) return std::nullopt;
  return std::pair(std::move(first), std::move(last));
}

bool is_date(std::string_view gold, std::string_view coded) {
  if (gold.empty() || coded.empty()) return gold == coded;
  const auto wanted = date_range(gold);
  const auto given = date_range(coded);
  return wanted && given && wanted->first <= given->first && given->second <= wanted->second;
}

double likeness(const ComparedEvent& gold, const ComparedEvent& coded, const EvaluationScheme& scheme) {
  // The words, which cost most, are looked at last.
  if (!is_type(*gold.record, coded.record->type) || compare_sides(gold, coded, scheme) == Sides::kDiffer) return 0;
  const double passage = passage_likeness(gold, coded);
  if (passage < kSamePassage) return 0;
  double sum = 1 + 2 * passage;
  sum += gold.record->status == coded.record->status ? 1 : 0;
  sum += is_date(gold.record->date, coded.record->date) ? 1 : 0;
  sum += common(gold.trigger, coded.trigger) > 0 ? 1 : 0;
  return sum;
}

double likeness(const ComparedStatement& gold, const ComparedStatement& coded) {
  if (gold.record->speaker.country != coded.record->speaker.country) return 0;
  const double words = dice(gold.text, coded.text);
  return words >= kSameWords ? words : 0;
}

std::vector<std::pair<size_t, size_t>> pair_off(std::vector<PairCandidate> candidates, size_t gold_count, size_t coded_count) {
  std::ranges::sort(candidates, [](const PairCandidate& a, const PairCandidate& b) {
    if (a.likeness != b.likeness) return a.likeness > b.likeness;
    if (a.optional != b.optional) return b.optional;
    return std::pair(a.gold, a.coded) < std::pair(b.gold, b.coded);
  });
  std::vector<bool> gold_used(gold_count), coded_used(coded_count);
  std::vector<std::pair<size_t, size_t>> pairs;
  for (const PairCandidate& candidate : candidates) {
    if (gold_used[candidate.gold] || coded_used[candidate.coded]) continue;
    gold_used[candidate.gold] = true;
    coded_used[candidate.coded] = true;
    pairs.emplace_back(candidate.gold, candidate.coded);
  }
  return pairs;
}

std::optional<double> FieldAgreement::where_stated() const {
  const uint64_t stated = total() - empty;
  return stated == 0 ? std::nullopt : std::optional(static_cast<double>(same) / static_cast<double>(stated));
}

void FieldAgreement::add(bool gold_has, bool coded_has, bool is_same) {
  uint64_t& count = !gold_has && !coded_has ? empty : !coded_has ? missed : !gold_has ? extra : is_same ? same : differs;
  ++count;
}

EventFields::EventFields()
    : fields_{{"mode"}, {"source sector"}, {"target sector"}, {"place country"}, {"attributed_to"}, {"quantity value"}, {"quantity unit"}} {
}

void EventFields::add(const ComparedEvent& gold, const ComparedEvent& coded, Sides sides) {
  const auto add_texts = [&](EventField field, const std::string& a, const std::string& b, bool is_same) {
    fields_[field].add(!a.empty(), !b.empty(), is_same);
  };
  const auto add_sets = [&](EventField field, const IdSet& a, const IdSet& b) { fields_[field].add(!a.empty(), !b.empty(), alike(a, b)); };
  const EventRecord& a = *gold.record;
  const EventRecord& b = *coded.record;
  const bool turned = sides == Sides::kTurned;
  if (a.type == b.type) add_texts(kMode, a.mode, b.mode, a.mode == b.mode);  // modes belong to a type
  add_sets(kSourceSector, gold.source.sectors, (turned ? coded.target : coded.source).sectors);
  if (!a.any_target) add_sets(kTargetSector, gold.target.sectors, (turned ? coded.source : coded.target).sectors);
  add_texts(kPlace, a.place_country, b.place_country, a.place_country == b.place_country);
  add_texts(kAttributedTo, a.attributed_to, b.attributed_to, dice(gold.attributed_to, coded.attributed_to) >= kSameAttribution);
  add_sets(kAmount, gold.amounts, coded.amounts);
  add_sets(kUnit, gold.units, coded.units);
}

StatementFields::StatementFields() : fields_{{"kind"}, {"cue"}} {}

void StatementFields::add(const ComparedStatement& gold, const ComparedStatement& coded) {
  const std::string& a = gold.record->kind;
  const std::string& b = coded.record->kind;
  fields_[kKind].add(!a.empty(), !b.empty(), a == b);
  const bool same_cue = is_part_of(gold.cue, coded.cue) || is_part_of(coded.cue, gold.cue);
  fields_[kCue].add(!gold.cue.empty(), !coded.cue.empty(), same_cue);
}

}  // namespace casus
