#include "reading/place_choice.h"

#include <algorithm>
#include <cmath>

namespace casus {
namespace {

// Points by which candidates are compared, tuned on every second article of sets of marked places (docs/accuracy.md, Places).
constexpr double kCountryPoints = 6.5;   ///< a country, whatever its size
constexpr double kDivisionPoints = 5.5;  ///< a region, sea or wider area
constexpr double kWorldPoints = 1.5;     ///< news on crises names it
constexpr double kCapitalPoints = 1.0;
constexpr double kAlternatePoints = -1.0;
constexpr double kCountryShare = 3.0;   ///< for the only country that an article speaks of
constexpr double kDivisionShare = 2.5;  ///< the same for a division
constexpr double kChosenWeight = 0.5;   ///< of another place that was chosen, against a country that is named
constexpr double kBesidePoints = 12.0;  ///< more than all else together
constexpr double kNearPoints = 2.0;     ///< for a place right beside another one that the article names
constexpr double kNearKm = 150;         ///< at this distance a bit more than a third of that is left
constexpr double kMostNear = 3;         ///< places that count at most

constexpr double kLeastTagged = 2.0;  ///< points below which a name means none of the candidates
constexpr double kLeastUntagged = 5.0;
constexpr double kRulingWeight = 1.5;     ///< mentions that make an article one on a country …
constexpr double kRulingShare = 0.75;     ///< … if it speaks of little else
constexpr uint32_t kLargeTown = 100'000;  ///< an area of its name is its own
constexpr int kRounds = 3;                ///< of choosing by distance to what was chosen before

double share(double weight, double total) { return total > 0 ? weight / (total + 1) : 0; }  // one mention is no whole article

/// What one article says for and against candidates.
class Chooser {
 public:
  Chooser(std::vector<PlaceName>& names, const PlaceContext& context) : names_(names), context_(context) {
    for (const auto& [division, weight] : context.divisions) divisions_total_ += weight;
  }

  void run() {
    for (int round = 0; round <= kRounds; ++round) {
      std::vector<const PlaceCandidate*> before;
      before.reserve(names_.size());
      for (const PlaceName& name : names_) before.push_back(name.choice);
      count(before);
      for (size_t i = 0; i < names_.size(); ++i) choose(i, before);
    }
  }

 private:
  /// Where the places that were chosen lie.
  void count(const std::vector<const PlaceCandidate*>& chosen) {
    chosen_ = {};
    for (const PlaceCandidate* candidate : chosen) {
      if (!candidate || candidate->kind != "city") continue;
      chosen_.countries[std::string(candidate->country)] += kChosenWeight;
      chosen_.divisions[{std::string(candidate->country), std::string(candidate->admin1)}] += kChosenWeight;
      chosen_.total += kChosenWeight;
    }
  }

  /// The weight of a key in the article and among what was chosen, without a candidate's own.
  template <class Map, class Key>
  static double weight(const Map& named, const Map& chosen, const Key& key, bool is_chosen) {
    const auto by_name = named.find(key), by_choice = chosen.find(key);
    const double others = by_choice == chosen.end() ? 0 : by_choice->second - (is_chosen ? kChosenWeight : 0);
    return (by_name == named.end() ? 0 : by_name->second) + others;
  }

  static bool lies_in(const PlaceCandidate& candidate, const PlaceBeside& beside) {
    return candidate.kind != "country" && candidate.country == beside.country &&
           (beside.admin1.empty() || candidate.admin1 == beside.admin1);
  }

  [[nodiscard]] double of_size(const PlaceCandidate& candidate) const {
    if (candidate.kind == "country") return kCountryPoints;
    if (candidate.kind != "city") return kDivisionPoints;
    const uint32_t population = candidate.is_world ? std::max(candidate.population, kLargeTown) : candidate.population;
    return std::log10(population + 10.0);
  }

  [[nodiscard]] double of_context(const PlaceCandidate& candidate, const PlaceCandidate* before) const {
    const bool is_chosen = &candidate == before && candidate.kind == "city", is_other = before && before->kind == "city";
    const double total = chosen_.total - (is_other ? kChosenWeight : 0);
    const std::string country(candidate.country);
    double points = kCountryShare * share(weight(context_.countries, chosen_.countries, country, is_chosen), context_.total + total);
    if (candidate.admin1.empty()) return points;
    const std::pair division(country, std::string(candidate.admin1));
    return points + kDivisionShare * share(weight(context_.divisions, chosen_.divisions, division, is_chosen), divisions_total_ + total);
  }

  [[nodiscard]] static double of_distance(const PlaceCandidate& candidate, size_t self, const std::vector<const PlaceCandidate*>& chosen) {
    if (!candidate.point || candidate.kind == "country") return 0;
    double nearness = 0;
    for (size_t i = 0; i < chosen.size(); ++i) {
      const PlaceCandidate* const other = chosen[i];
      if (i == self || other == nullptr || !other->point || other->kind == "country") continue;
      nearness += std::exp(-distance_km(*candidate.point, *other->point) / kNearKm);
    }
    return kNearPoints * std::min(nearness, kMostNear);
  }

  void choose(size_t index, const std::vector<const PlaceCandidate*>& before) {
    PlaceName& name = names_[index];
    const PlaceBeside* beside = nullptr;  // the first that a candidate fits
    for (const PlaceBeside& claim : name.beside) {
      if (!beside && std::any_of(name.candidates.begin(), name.candidates.end(), [&](const auto& c) { return lies_in(c, claim); }))
        beside = &claim;
    }
    const PlaceCandidate* best = nullptr;
    double best_points = 0;
    for (const PlaceCandidate& candidate : name.candidates) {
      double points = of_size(candidate) + of_context(candidate, before[index]) + of_distance(candidate, index, before);
      if (candidate.is_world) points += kWorldPoints;
      if (candidate.is_capital) points += kCapitalPoints;
      if (candidate.alternate) points += kAlternatePoints;
      if (beside && lies_in(candidate, *beside)) points += kBesidePoints;
      if (best && points <= best_points) continue;
      best = &candidate;
      best_points = points;
    }
    if (best && !best->is_world && best_points < (name.is_tagged ? kLeastTagged : kLeastUntagged)) best = nullptr;
    if (best && !beside && !name.beside.empty() && !best->is_world) best = nullptr;  // it is said to lie where none of them lies
    const bool unlike = best && name.only_divisions && best->kind == "city" && !beside && !is_supported(*best);
    settle(name, unlike ? nullptr : best, beside);
    if (unlike) name.country = std::string(best->country);  // some area of that name there, but not the town
  }

  /// Whether the article names the country's division that a town lies in: the county of its name may well lie in another.
  [[nodiscard]] bool is_supported(const PlaceCandidate& candidate) const {
    return candidate.is_world || candidate.population >= kLargeTown ||
           context_.divisions.contains({std::string(candidate.country), std::string(candidate.admin1)});
  }

  /// The country that nearly all of the article is about, by what it names and by the places chosen; "" if there is none.
  [[nodiscard]] std::string ruling_country() const {
    const double total = context_.total + chosen_.total;
    for (const std::map<std::string, double, std::less<>>* countries : {&context_.countries, &chosen_.countries}) {
      for (const auto& [country, own] : *countries) {
        const double points = weight(context_.countries, chosen_.countries, country, false);
        if (points >= kRulingWeight && points >= kRulingShare * total) return country;
      }
    }
    return {};
  }

  /// Writes the choice down with its reason.
  void settle(PlaceName& name, const PlaceCandidate* best, const PlaceBeside* beside) const {
    name.choice = best;
    name.is_sure = false;
    if (!best) {
      name.country = name.beside.empty() ? "" : name.beside.front().country;
      name.is_sure = !name.country.empty();
      name.rule = name.country.empty() ? "none of " + std::to_string(name.candidates.size()) : "beside";
      if (name.country.empty() && name.is_tagged) name.country = ruling_country();
      return;
    }
    name.country = std::string(best->country);
    const bool named = context_.countries.contains(best->country);
    name.is_sure = beside || best->is_world || named;
    name.rule = beside                        ? "beside"
                : best->is_world              ? "world"
                : name.candidates.size() == 1 ? "only one"
                : named                       ? "country of the article"
                                              : "largest";
  }

  std::vector<PlaceName>& names_;
  const PlaceContext& context_;
  PlaceContext chosen_ = {};  ///< of the round before
  double divisions_total_ = 0;
};

PlaceCandidate of_entry(const NameEntry& entry) {
  PlaceCandidate candidate;
  candidate.name = entry.name;
  candidate.country = entry.country;
  candidate.admin1 = entry.admin1;
  candidate.kind = entry.place;
  candidate.point = entry.point;
  if (entry.geonames_id != 0) candidate.geonames_id = entry.geonames_id;
  candidate.is_world = true;
  candidate.is_capital = entry.kind == NameKind::kCapital;
  return candidate;
}

PlaceCandidate of_hit(const GazetteerHit& hit) {
  PlaceCandidate candidate;
  candidate.name = hit.place.name;
  candidate.country = hit.place.country;
  candidate.admin1 = hit.place.admin1;
  candidate.kind = "city";
  candidate.point = hit.place.point;
  candidate.geonames_id = hit.place.geonames_id;
  candidate.population = hit.place.population;
  candidate.alternate = hit.alternate;
  return candidate;
}

/// The town of the gazetteer that an entry of data/world means takes its place: the largest of that name in its country.
void join(const PlaceCandidate& world, std::vector<PlaceCandidate>& towns) {
  const auto town = std::find_if(towns.begin(), towns.end(), [&](const PlaceCandidate& c) { return c.country == world.country; });
  if (world.kind != "city" || world.point || town == towns.end()) {
    towns.insert(towns.begin(), world);
    return;
  }
  town->is_world = true;
  town->is_capital = town->is_capital || world.is_capital;
  town->alternate = false;
}

}  // namespace

std::vector<PlaceCandidate> place_candidates(const Lexicon& lexicon, std::string_view text, DayNumber day) {
  std::vector<PlaceCandidate> candidates;
  for (const GazetteerHit& hit : lexicon.gazetteer().find(text)) candidates.push_back(of_hit(hit));
  const auto entries = lexicon.names().find(text);
  const NameEntry* first = NameTable::pick(entries, day);
  for (const NameEntry& entry : entries) {
    if (entry.place.empty() || (&entry != first && !entry.holds_on(day))) continue;
    join(of_entry(entry), candidates);
  }
  const bool known = std::any_of(candidates.begin(), candidates.end(), [](const PlaceCandidate& c) { return c.is_world; });
  if (known) std::erase_if(candidates, [](const PlaceCandidate& c) { return c.alternate; });  // "Mexico" is not Mexico City
  return candidates;
}

void choose_places(std::vector<PlaceName>& names, const PlaceContext& context) { Chooser(names, context).run(); }

}  // namespace casus
