#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "crisis/incidents.h"
#include "crisis/views.h"
#include "crisis/wording.h"
#include "lexicon/name_fold.h"

namespace casus {
namespace {

bool is_state(std::string_view country) { return country.size() == 3 && country != kInternational && country != kNonGovernmental; }

/// Where forces are: the country of the place, else that towards which they move, else the place's name.
struct Where {
  std::string key{};
  std::string country{};
  std::string name{};
};

Where where_of(const Mention& mention) {
  const std::optional<Place>& place = mention.event.place;
  if (place && !place->country.empty()) return {place->country, place->country, place->name};
  for (const Party& party : mention.target) {
    if (is_state(party.country)) return {party.country, party.country, ""};
  }
  if (place) return {ascii_lowered(fold_name(place->name)), "", place->name};
  return {};
}

std::string text_of(const Quantity& quantity) {
  const bool says_what = quantity.unit.empty() || quantity.text.ends_with(quantity.unit);
  return on_one_line(says_what ? quantity.text : quantity.text + " " + quantity.unit);
}

void widen(const Quantity& quantity, PostureLine& line) {
  const std::optional<double> low = quantity.value ? quantity.value : quantity.min;
  const std::optional<double> high = quantity.value ? quantity.value : quantity.max;
  if (low) line.low = std::min(line.low.value_or(*low), *low);
  if (high) line.high = std::max(line.high.value_or(*high), *high);
  line.about = line.about || quantity.about;
}

/// The lines in the making.
class Lines {
 public:
  Lines(const Crisis& crisis, const CrisisRules& rules) : crisis_(crisis), rules_(rules) {}

  void add(uint32_t index) {
    const Mention& mention = crisis_.mentions[index];
    const std::string& movement = rules_.rule_of(mention.event.type).posture;
    const bool counts = mention.event.status == "actual" || mention.event.status == "planned";
    if (movement.empty() || !counts || mention.source.empty()) return;
    for (const Quantity& quantity : mention.event.quantity) {
      if (rules_.is_force(quantity.kind)) add(mention, quantity, movement);
    }
  }

  [[nodiscard]] std::vector<PostureLine> finish() {
    std::vector<PostureLine> all;
    for (auto& [key, line] : lines_) {
      std::ranges::sort(line.articles);
      line.articles.erase(std::unique(line.articles.begin(), line.articles.end()), line.articles.end());
      line.sources = count_sources(crisis_.articles, line.articles);
      set_place(key, line);
      all.push_back(std::move(line));
    }
    return all;
  }

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string>;

  void add(const Mention& mention, const Quantity& quantity, const std::string& movement) {
    const Where where = where_of(mention);
    const Party& owner = mention.source.front();
    const Key key(owner.key, where.key, movement, mention.event.status, quantity.kind);
    PostureLine& line = lines_[key];
    line.owner = owner;
    line.owner.persons.clear();
    line.country = where.country;
    line.kind = quantity.kind;
    line.movement = movement;
    line.status = mention.event.status;
    widen(quantity, line);
    const std::string text = text_of(quantity);
    if (std::ranges::find(line.texts, text) == line.texts.end()) line.texts.push_back(text);
    line.articles.push_back(mention.article);
    if (const auto day = crisis_.articles[mention.article].published) {
      line.first_report = std::min(line.first_report.value_or(*day), *day);
      line.last_report = std::max(line.last_report, day);
    }
    if (where.name.empty()) return;
    Named& named = names_[key][where.name];
    ++named.times;
    if (const auto& place = mention.event.place; place && !named.point) named.point = point_of(*place);
  }

  /// How often a place is named, and where it is.
  struct Named {
    uint32_t times = 0;
    std::optional<Point> point{};
  };

  void set_place(const Key& key, PostureLine& line) const {
    const auto names = names_.find(key);
    if (names == names_.end()) return;
    const auto most = std::ranges::max_element(names->second, {}, [](const auto& name) { return name.second.times; });
    line.place = most->first;
    line.point = most->second.point;
  }

  const Crisis& crisis_;
  const CrisisRules& rules_;
  std::map<Key, PostureLine> lines_;
  std::map<Key, std::map<std::string, Named>> names_;
};

}  // namespace

std::vector<PostureLine> posture_of(const Crisis& crisis, const CrisisFilter& filter, const CrisisRules& rules) {
  Lines lines(crisis, rules);
  for (const uint32_t incident : kept_incidents(crisis, filter)) {
    for (const uint32_t mention : crisis.incidents[incident].mentions) lines.add(mention);
  }
  return lines.finish();
}

}  // namespace casus
