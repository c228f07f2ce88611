#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "crisis/views.h"

namespace casus {
namespace {

/// Days before which a turn is not looked for: what was likely is not known yet.
constexpr size_t kKnownDays = 2;

std::map<int32_t, uint32_t> articles_by_day(const Crisis& crisis) {
  std::map<int32_t, uint32_t> days;
  for (const CrisisArticle& article : crisis.articles) {
    if (article.published) ++days[*article.published];
  }
  return days;
}

using Pair = std::pair<std::string, std::string>;

std::set<Pair> pairs_of(const Incident& incident, const CrisisFilter& filter) {
  std::set<Pair> pairs;
  for (const Party& source : incident.source) {
    for (const Party& target : incident.target) {
      if (source.key != target.key && filter.keeps_pair(source, target))
        pairs.emplace(std::min(source.key, target.key), std::max(source.key, target.key));
    }
  }
  return pairs;
}

/// The mean Goldstein value of what was told so far, older acts counting less. A day without acts changes nothing but their age.
class Smoothed {
 public:
  [[nodiscard]] double add(int32_t day, double sum, double count) {
    const double fade = std::exp2(-static_cast<double>(day - last_) / kHalfLifeDays);
    sum_ = sum_ * fade + sum;
    count_ = count_ * fade + count;
    last_ = day;
    return count_ > 0 ? sum_ / count_ : 0;
  }

 private:
  double sum_ = 0;
  double count_ = 0;
  int32_t last_ = 0;
};

double rounded(double value) { return std::round(value * 1000) / 1000; }

}  // namespace

std::vector<DyadDay> dyads_of(const Crisis& crisis, const CrisisFilter& filter) {
  const std::map<int32_t, uint32_t> articles = articles_by_day(crisis);
  std::map<Pair, std::map<int32_t, DyadDay>> dyads;
  for (const uint32_t index : kept_incidents(crisis, filter)) {
    const Incident& incident = crisis.incidents[index];
    const Event& event = crisis.mentions[incident.lead].event;
    const std::optional<int32_t> on = incident.day();
    if (incident.status != "actual" || !on || event.quad < 1 || event.quad > 4) continue;
    for (const Pair& pair : pairs_of(incident, filter)) {
      DyadDay& day = dyads[pair][*on];
      ++day.quads[static_cast<size_t>(event.quad - 1)];
      day.goldstein += event.goldstein;
      day.incidents.push_back(index);
    }
  }
  std::vector<DyadDay> all;
  for (auto& [pair, days] : dyads) {
    Smoothed smoothed;
    double before = 0;
    size_t known = 0;
    for (auto& [number, day] : days) {
      day.a = pair.first;
      day.b = pair.second;
      day.day = number;
      const auto published = articles.find(number);
      day.articles = published == articles.end() ? 0 : published->second;
      const double mean = day.goldstein / static_cast<double>(day.incidents.size());
      day.change = known >= kKnownDays && std::abs(mean - before) >= kTurn;
      before = smoothed.add(number, day.goldstein, static_cast<double>(day.incidents.size()));
      ++known;
      day.smoothed = rounded(before);
      day.goldstein = rounded(day.goldstein);
      all.push_back(std::move(day));
    }
  }
  return all;
}

}  // namespace casus
