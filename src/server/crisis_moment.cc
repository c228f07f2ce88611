#include "server/crisis_moment.h"

#include "crisis/incidents.h"

namespace casus {

CrisisMoment::CrisisMoment(Crisis told, const CrisisRules& rules, const Lexicon& lexicon, uint64_t version_given)
    : crisis(std::move(told)), wording(crisis, rules, lexicon), version(version_given), index(crisis), rows(crisis.incidents.size()) {
  for (uint32_t i = 0; i < crisis.incidents.size(); ++i) {
    incidents.emplace(crisis.incidents[i].id, i);
    for (const uint32_t mention : crisis.incidents[i].mentions) {
      if (mention != crisis.incidents[i].mentions.front()) merged.emplace(incident_id(crisis.mentions[mention].event), i);
      auto& known = of_articles[crisis.articles[crisis.mentions[mention].article].article_id];
      if (known.empty() || known.back().first != i) known.emplace_back(i, mention);
    }
  }
}

}  // namespace casus
