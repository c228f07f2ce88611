#include "crisis/crisis_filter.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace casus {
namespace {

/// Whether the actor stands on a side, as the event names it or as the party behind that.
bool has_actor(const ActorFilter& actor, const std::vector<Actor>& named, const std::vector<Party>& parties) {
  return std::ranges::any_of(named, [&](const Actor& one) { return is_meant(actor, one); }) ||
         std::ranges::any_of(parties, [&](const Party& party) { return is_meant(actor, party); });
}

bool is_source(const ActorFilter& actor, const Mention& mention) { return has_actor(actor, mention.event.source, mention.source); }

bool is_target(const ActorFilter& actor, const Mention& mention) { return has_actor(actor, mention.event.target, mention.target); }

bool is_listed(const std::vector<std::string>& list, const std::string& value) {
  return list.empty() || std::ranges::find(list, value) != list.end();
}

bool is_code(std::string_view text) { return text.size() == 3 && std::ranges::all_of(text, is_ascii_upper); }

/// The countries that the mentions name, for the remedy.
std::string known_countries(const Crisis& crisis) {
  constexpr size_t kMost = 12;
  std::set<std::string> codes;
  for (const Incident& incident : crisis.incidents) {
    for (const std::vector<Party>* side : {&incident.source, &incident.target}) {
      for (const Party& party : *side) {
        if (is_code(party.country)) codes.insert(party.country);
      }
    }
  }
  std::string text;
  size_t left = kMost;
  for (const std::string& code : codes) {
    if (left-- == 0) break;
    text += (text.empty() ? "" : ", ") + code;
  }
  return text.empty() ? "no actor" : text;
}

/// Whom the dictionaries know by the name.
std::optional<ActorFilter> find_known(std::string_view who, const Lexicon& lexicon) {
  if (who == kInternational || who == kNonGovernmental || who == kNoCountry) return ActorFilter{.country = std::string(who)};
  if (is_code(who) && !lexicon.names().country_name(who).empty()) return ActorFilter{.country = std::string(who)};
  for (const NameEntry& entry : lexicon.names().find(who)) {
    if (entry.kind == NameKind::kPerson) return ActorFilter{.name = entry.name};
    if (entry.country == kInternational || entry.country == kNonGovernmental)
      return ActorFilter{.country = entry.country, .name = entry.name};
    if (!entry.country.empty() && entry.kind != NameKind::kPlace) return ActorFilter{.country = entry.country};
  }
  return std::nullopt;
}

}  // namespace

bool CrisisFilter::keeps_days(DaySpan days) const { return (!since || days.end > *since) && (!until || days.begin <= *until); }

bool CrisisFilter::keeps_article(const CrisisArticle& article) const {
  if (published_since && (!article.published || *article.published < *published_since)) return false;
  if (published_until && (!article.published || *article.published > *published_until)) return false;
  return outlets.empty() ||
         std::ranges::any_of(outlets, [&](const std::string& outlet) { return ascii_lowered(outlet) == ascii_lowered(article.outlet); });
}

bool CrisisFilter::keeps_pair(const Party& a, const Party& b) const {
  const auto are = [&](const ActorFilter& one, const ActorFilter& other) {
    return (is_meant(one, a) && is_meant(other, b)) || (is_meant(one, b) && is_meant(other, a));
  };
  if (dyad && !are(dyad->source, dyad->target)) return false;
  return actors.empty() || std::ranges::any_of(actors, [&](const ActorFilter& actor) { return is_meant(actor, a) || is_meant(actor, b); });
}

bool CrisisFilter::keeps_speaker(const std::vector<Party>& speaker) const {
  const auto speaks = [&](const ActorFilter& actor) {
    return std::ranges::any_of(speaker, [&](const Party& party) { return is_meant(actor, party); });
  };
  if (dyad && !speaks(dyad->source) && !(dyad->both_ways && speaks(dyad->target))) return false;
  return actors.empty() || std::ranges::any_of(actors, speaks);
}

bool CrisisFilter::keeps_dyad(const Mention& mention) const {
  if (!dyad) return true;
  if (is_source(dyad->source, mention) && is_target(dyad->target, mention)) return true;
  return dyad->both_ways && is_source(dyad->target, mention) && is_target(dyad->source, mention);
}

bool CrisisFilter::keeps_mention(const Mention& mention, const CrisisArticle& article) const {
  if (!keeps_article(article)) return false;
  if (!keeps_dyad(mention)) return false;
  if (!place.empty()) {
    const std::optional<Place>& at = mention.event.place;
    if (!at || (at->country != place && ascii_lowered(at->name).find(ascii_lowered(place)) == std::string::npos)) return false;
  }
  return actors.empty() ||
         std::ranges::any_of(actors, [&](const ActorFilter& actor) { return is_source(actor, mention) || is_target(actor, mention); });
}

bool CrisisFilter::asks_for_mentions() const {
  return !actors.empty() || dyad || !place.empty() || !outlets.empty() || published_since || published_until;
}

bool CrisisFilter::keeps(const Incident& incident, const Crisis& crisis) const {
  if (!is_listed(types, incident.type) || !is_listed(statuses, incident.status)) return false;
  if (since || until) {
    const std::optional<int32_t> day = incident.day();
    if (!day || !keeps_days(incident.dated ? incident.window : DaySpan{*day, *day + 1})) return false;
  }
  return !asks_for_mentions() || std::ranges::any_of(incident.mentions, [&](uint32_t index) {
    const Mention& mention = crisis.mentions[index];
    return keeps_mention(mention, crisis.articles[mention.article]);
  });
}

Result<ActorFilter> find_actor(std::string_view text, const Crisis& crisis, const Lexicon& lexicon) {
  text = trim(text);
  const size_t slash = text.rfind('/');
  const std::string_view who = text.substr(0, slash);
  const std::string sector(slash == std::string_view::npos ? "" : text.substr(slash + 1));
  if (std::optional<ActorFilter> known = find_known(who, lexicon)) {
    known->sector = sector;
    return *std::move(known);
  }
  const ActorFilter named{.sector = sector, .name = std::string(who)};
  const auto takes_part = [&](const Mention& mention) { return is_source(named, mention) || is_target(named, mention); };
  if (!who.empty() && std::ranges::any_of(crisis.mentions, takes_part)) return named;
  return Error{.code = ErrorCode::kBadOption,
               .message = "no such actor: " + std::string(text),
               .remedy = "give a country (code or name), a body or a person of the articles; there are: " + known_countries(crisis)};
}

Result<DyadFilter> find_dyad(std::string_view text, const Crisis& crisis, const Lexicon& lexicon) {
  const size_t arrow = text.find('>');
  const size_t split_at = arrow == std::string_view::npos ? text.find(',') : arrow;
  if (split_at == std::string_view::npos) {
    return Error{
        .code = ErrorCode::kBadOption, .message = "a dyad has two sides: " + std::string(text), .remedy = "A,B for both ways, A>B for one"};
  }
  Result<ActorFilter> source = find_actor(text.substr(0, split_at), crisis, lexicon);
  if (!source) return std::move(source).error();
  Result<ActorFilter> target = find_actor(text.substr(split_at + 1), crisis, lexicon);
  if (!target) return std::move(target).error();
  return DyadFilter{.source = *std::move(source), .target = *std::move(target), .both_ways = arrow == std::string_view::npos};
}

}  // namespace casus
