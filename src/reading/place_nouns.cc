#include "reading/place_nouns.h"

#include <algorithm>
#include <string_view>

namespace casus {
namespace {

constexpr uint32_t kMaxPlaceSentencesBack = 2;    ///< that "there" and "the town" look
constexpr size_t kMaxMentionsBack = 30;           ///< places that "the town" looks at
constexpr uint32_t kMaxOwnerDistance = 6;         ///< tokens from "its" to "border"
constexpr std::string_view kForeign = "foreign";  ///< value of place nouns that may lie in another state than whose they are

}  // namespace

bool is_state_code(const std::string& country) { return country.size() == 3 && country != kInternational && country != kNonGovernmental; }

std::optional<Place> PlaceNouns::named(uint32_t noun) const {
  if (const PlaceMention* mention = actors_.places().at(noun)) {
    const NameHit* name = actors_.markup().name_at(noun);
    if (name && (name->entry->kind == NameKind::kDemonym || name->entry->kind == NameKind::kPeople)) return std::nullopt;
    return mention->of_act();
  }
  if (auto place = of_name(noun)) return place;
  if (!kind_of(noun)) return std::nullopt;
  if (auto place = owned(noun)) return place;
  return spoken_of(noun);
}

/// Seats of power, and self-declared states: names of bodies that are places too.
std::optional<Place> PlaceNouns::of_name(uint32_t noun) const {
  const NameHit* name = actors_.markup().name_at(noun);
  if (!name || name->fused || !is_state_code(name->entry->country)) return std::nullopt;
  const std::string_view entity = syntax_.doc().ent_type(syntax_.token(noun));
  const bool seat = name->entry->kind == NameKind::kSeat;
  const bool land = name->entry->kind == NameKind::kOrganisation && (entity == "GPE" || entity == "LOC");
  if (!seat && !land) return std::nullopt;
  Place place{.name = name->entry->name,
              .country = name->entry->country,
              .precision = seat ? "site" : "region",
              .span = syntax_.bytes(name->begin, name->end)};
  place.text = std::string(syntax_.doc().article().view(place.span));
  return place;
}

/// "Ukraine's borders", "the Ukraine border", "its border", "Polish soil", "a base in Syria": the country is known, a point is not.
std::optional<Place> PlaceNouns::owned(uint32_t noun) const {
  for (const uint32_t c : syntax_.children(noun)) {
    if (syntax_.dep(c) != Dep::kPrep || c < noun) continue;
    const std::string& word = syntax_.lower(c);
    const std::string* kind = lexicon_.words().find(WordClass::kPreposition, word);
    if (word != "of" && !(kind && *kind == "place")) continue;
    for (const uint32_t object : syntax_.preposition_objects(c)) {
      if (actors_.places().at(actors_.repaired_head(object))) return named(actors_.repaired_head(object));
    }
  }
  if (*kind_of(noun) == kForeign) return std::nullopt;  // "the Swedish embassy" is not in Sweden
  uint32_t begin = noun;
  const std::string country = owner_before(noun, begin);
  if (!is_state_code(country)) return std::nullopt;
  Place place{.country = country, .precision = "area", .span = syntax_.bytes(begin, noun + 1)};
  place.text = std::string(syntax_.doc().article().view(place.span));
  place.name = place.text;
  return place;
}

/// The country of whoever stands before a noun as its owner, and where that begins; "" if nobody does.
std::string PlaceNouns::owner_before(uint32_t noun, uint32_t& begin) const {
  std::string country;
  for (uint32_t t = std::max(syntax_.left_edge(noun), noun - std::min(noun, kMaxOwnerDistance)); t < noun && country.empty(); ++t) {
    if (syntax_.head(t) != noun && !syntax_.is_below(t, noun)) continue;
    const PlaceMention* mention = actors_.places().at(t);
    const NameHit* name = actors_.markup().name_at(t);
    if (name && !name->fused && is_state_code(name->entry->country))
      country = name->entry->country;
    else if (mention)
      country = mention->place.country;
    else if (syntax_.tag(t) == "PRP$" && !actors_.one(t).empty())
      country = actors_.one(t)[0].country;
    if (!country.empty()) begin = mention ? mention->begin : name ? name->begin : t;
  }
  return country;
}

/// "The town", "the island": the last of its kind that was named.
std::optional<Place> PlaceNouns::spoken_of(uint32_t noun) const {
  const auto determiner = syntax_.child(noun, Dep::kDet);
  if (!determiner || !lexicon_.words().has(WordClass::kDefinite, syntax_.lower(*determiner))) return std::nullopt;
  const std::string& kind = *kind_of(noun);
  if (kind.empty()) return std::nullopt;
  const auto& mentions = actors_.places().mentions();
  auto mention =
      std::lower_bound(mentions.begin(), mentions.end(), noun, [](const PlaceMention& one, uint32_t token) { return one.begin < token; });
  for (size_t steps = 0; mention != mentions.begin() && steps < kMaxMentionsBack; ++steps) {
    --mention;
    if (syntax_.token(noun).sentence - syntax_.token(mention->begin).sentence > kMaxPlaceSentencesBack) break;
    if (mention->place.precision != kind) continue;
    Place place = mention->of_act();
    place.span = syntax_.bytes(*determiner, noun + 1);
    place.text = std::string(syntax_.doc().article().view(place.span));
    return place;
  }
  return std::nullopt;
}

/// The last place before a word that something was said to be at.
const PlaceMention* PlaceNouns::last_before(uint32_t token) const {
  const auto& mentions = actors_.places().mentions();
  auto mention =
      std::lower_bound(mentions.begin(), mentions.end(), token, [](const PlaceMention& one, uint32_t at) { return one.begin < at; });
  for (size_t steps = 0; mention != mentions.begin() && steps < kMaxMentionsBack; ++steps) {
    --mention;
    if (syntax_.token(token).sentence - syntax_.token(mention->begin).sentence > kMaxPlaceSentencesBack) return nullptr;
    if (syntax_.dep(mention->end - 1) == Dep::kPobj) return &*mention;
  }
  return nullptr;
}

}  // namespace casus
