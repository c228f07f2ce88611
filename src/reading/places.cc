#include "reading/places.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "lexicon/name_fold.h"
#include "reading/place_choice.h"

namespace casus {
namespace {

constexpr uint32_t kMaxNameTokens = 6;
constexpr uint32_t kMaxBeside = 5;       ///< tokens between a name and the country that it is said to lie in
constexpr size_t kMaxNames = 500;        ///< different ones in an article; further ones stay without a place
constexpr double kDatelineWeight = 3.0;  ///< against one of a mention
constexpr size_t kMaxInitials = 4;       ///< capitals alone up to here are initials

bool starts_upper(std::string_view text) {
  return !text.empty() && (is_ascii_upper(text.front()) || static_cast<unsigned char>(text.front()) >= 0xC3);
}

bool is_state(std::string_view country) { return country.size() == 3 && country != kInternational && country != kNonGovernmental; }

/// A name where it stands.
struct Spot {
  uint32_t begin = 0;
  uint32_t end = 0;
  size_t name = 0;
  bool is_division = false;  ///< "Hama province"
};

/// Finds the names of places in one document.
class Finder {
 public:
  Finder(const Syntax& syntax, const Lexicon& lexicon, const Markup& markup)
      : syntax_(syntax), lexicon_(lexicon), markup_(markup), day_(day_number(syntax.doc().article().fields().published)) {}

  std::vector<PlaceMention> find() {
    collect();
    const PlaceContext context = read_context();
    read_neighbours();
    choose_places(names_, context);
    std::vector<PlaceMention> mentions;
    mentions.reserve(spots_.size());
    for (const Spot& spot : spots_) mentions.push_back(mention_of(spot));
    return mentions;
  }

 private:
  [[nodiscard]] std::string_view entity(uint32_t token) const { return syntax_.doc().ent_type(syntax_.token(token)); }
  [[nodiscard]] bool is_place_entity(uint32_t token) const {
    const std::string_view type = entity(token);
    return type == "GPE" || type == "LOC" || type == "FAC";
  }
  /// The name between two tokens; one in capitals alone ("CINCINNATI") as it is written else.
  [[nodiscard]] std::string text_of(uint32_t begin, uint32_t end) const {
    std::string text = spelled(syntax_, begin, end);
    const bool capitals = text.size() > kMaxInitials && std::none_of(text.begin(), text.end(), is_ascii_lower);
    for (size_t i = 1; capitals && i < text.size(); ++i) {
      if (is_ascii_alpha(text[i - 1])) text[i] = ascii_lower(text[i]);
    }
    return text;
  }

  [[nodiscard]] bool has(WordClass word_class, uint32_t token) const { return lexicon_.words().has(word_class, syntax_.lower(token)); }

  /// Where the entity at a token begins and ends.
  [[nodiscard]] std::pair<uint32_t, uint32_t> entity_at(uint32_t token) const {
    const Sentence& sentence = syntax_.sentence(token);
    uint32_t begin = token, end = token + 1;
    while (begin > sentence.begin && syntax_.token(begin).ent_iob == 1) --begin;
    while (end < sentence.end && syntax_.token(end).ent_iob == 1) ++end;
    return {begin, end};
  }

  void collect() {
    for (uint32_t at = 0; at < syntax_.size();) {
      const NameHit* hit = markup_.name_at(at);
      uint32_t end = hit ? hit->end : at + 1;
      if (hit && hit->begin == at && !hit->entry->place.empty() && !hit->fused) {
        if (const uint32_t longer = town_end(at); longer > end) end = longer;
        add(at, end);
      } else if (!hit) {
        if (const uint32_t town = town_end(at); town > at) {
          add(at, town);
          end = town;
        } else if (const uint32_t unknown = unknown_end(at); unknown > at) {
          add(at, unknown);
          end = unknown;
        }
      }
      at = end;
    }
  }

  /// Where the longest name of the gazetteer that begins at a token and may be a place there ends; the token itself if there is none.
  [[nodiscard]] uint32_t town_end(uint32_t begin) const {
    if (!starts_upper(syntax_.text(begin)) && syntax_.lower(begin) != "al") return begin;
    const bool tagged = is_place_entity(begin);
    if (!tagged && !stands_as_place(begin)) return begin;
    const uint32_t limit = std::min({syntax_.sentence(begin).end, begin + kMaxNameTokens, tagged ? entity_at(begin).second : ~0u});
    uint32_t best = begin;
    for (uint32_t end = begin + 1; end <= limit; ++end) {
      const std::string phrase = text_of(begin, end);
      if (is_whole(begin, end) && !lexicon_.gazetteer().find(phrase).empty()) best = end;
      if (!lexicon_.gazetteer().has_prefix(phrase)) break;
    }
    return best;
  }

  /// Whether a name of one place may end here: not within a longer name, unless the rest only says what kind of place it is.
  [[nodiscard]] bool is_whole(uint32_t begin, uint32_t end) const {
    const Sentence& sentence = syntax_.sentence(begin);
    if (end == sentence.end) return true;
    if (is_place_entity(begin)) {
      const uint32_t entity_end = entity_at(begin).second;
      for (uint32_t t = end; t < entity_end; ++t) {
        if (syntax_.text(t) == ",") return true;
        if (!has(WordClass::kDivisionNoun, t)) return false;
      }
      return true;
    }
    return syntax_.pos(end) != Pos::kPropn && syntax_.text(end) != "-" && syntax_.tag(end) != "POS";
  }

  /// Behind a preposition of place, though the entity recogniser sees none.
  [[nodiscard]] bool stands_as_place(uint32_t token) const {
    if (syntax_.pos(token) != Pos::kPropn || token == syntax_.sentence(token).begin) return false;
    const std::string_view type = entity(token);
    if (!type.empty() && type != "ORG" && type != "PERSON") return false;
    if (syntax_.token(token).ent_iob == 1) return false;
    const std::string* value = lexicon_.words().find(WordClass::kPreposition, syntax_.lower(token - 1));
    return value && *value == "place";
  }

  /// The end of an entity of places that nothing is known of.
  [[nodiscard]] uint32_t unknown_end(uint32_t begin) const {
    const std::string_view type = entity(begin);
    if ((type != "GPE" && type != "LOC") || !starts_upper(syntax_.text(begin))) return begin;
    const auto [first, last] = entity_at(begin);
    for (uint32_t t = begin; t < last; ++t) {
      if (markup_.name_at(t)) return begin;
    }
    for (uint32_t t = first; t < begin; ++t) {
      if (starts_upper(syntax_.text(t))) return begin;
    }
    return last;
  }

  void add(uint32_t begin, uint32_t end) {
    const std::string key = fold_name(text_of(begin, end));
    const auto [found, is_new] = by_key_.try_emplace(key, names_.size());
    if (is_new && names_.size() >= kMaxNames) {
      by_key_.erase(found);
      return;
    }
    if (is_new) {
      PlaceName name;
      name.candidates = place_candidates(lexicon_, text_of(begin, end), day_);
      names_.push_back(std::move(name));
    }
    names_[found->second].is_tagged = names_[found->second].is_tagged || is_place_entity(begin);
    const bool division = end < syntax_.sentence(begin).end && has(WordClass::kDivisionNoun, end);
    if (!division) names_[found->second].only_divisions = false;
    spots_.push_back({begin, end, found->second, division});
  }

  [[nodiscard]] PlaceContext read_context() const {
    PlaceContext context;
    const auto count = [&](std::string_view country, std::string_view admin1, double weight) {
      if (!is_state(country)) return;
      context.countries[std::string(country)] += weight;
      context.total += weight;
      if (!admin1.empty()) context.divisions[{std::string(country), std::string(admin1)}] += weight;
    };
    for (uint32_t t = 0; t < syntax_.size(); ++t) {
      const NameHit* hit = markup_.name_at(t);
      if (!hit || hit->begin != t || hit->entry->kind == NameKind::kPerson || hit->entry->place == "city" || is_shared(*hit)) continue;
      count(hit->entry->country, hit->entry->admin1, 1);
    }
    const std::string& dateline = syntax_.doc().article().fields().dateline_place;
    if (dateline.empty()) return context;
    std::vector<PlaceName> names(1);
    names[0].candidates = place_candidates(lexicon_, dateline, day_);
    choose_places(names, context);
    if (names[0].choice) count(names[0].choice->country, names[0].choice->admin1, kDatelineWeight);
    return context;
  }

  /// Whether places of several countries have the name, so that it tells of none: "Georgia".
  [[nodiscard]] bool is_shared(const NameHit& hit) const {
    const auto entries = lexicon_.names().find(hit.entry->key);
    return std::any_of(entries.begin(), entries.end(), [&](const NameEntry& entry) {
      return !entry.place.empty() && entry.holds_on(day_) && entry.country != hit.entry->country;
    });
  }

  // ---- what stands beside a name

  void read_neighbours() {
    for (const Spot& spot : spots_) {
      for (const auto& claim : {behind(spot), before(spot)}) {
        std::vector<PlaceBeside>& beside = names_[spot.name].beside;
        if (claim && std::find(beside.begin(), beside.end(), *claim) == beside.end()) beside.push_back(*claim);
      }
    }
  }

  /// The country or division that a name at a token stands for, as the lexicon has it.
  [[nodiscard]] std::optional<PlaceBeside> container_at(uint32_t token) const {
    const NameHit* hit = markup_.name_at(token);
    if (!hit || !is_state(hit->entry->country)) return std::nullopt;
    const std::string& kind = hit->entry->place;
    if (kind == "country") return PlaceBeside{hit->entry->country, ""};
    if (kind == "region") return PlaceBeside{hit->entry->country, hit->entry->admin1};
    return std::nullopt;
  }

  /// "Hama, Syria", "Hama in northern Syria", "Paris, TX".
  [[nodiscard]] std::optional<PlaceBeside> behind(const Spot& spot) const {
    const uint32_t limit = std::min(syntax_.sentence(spot.begin).end, spot.end + kMaxBeside);
    uint32_t at = spot.end;
    if (at < limit && has(WordClass::kDivisionNoun, at)) ++at;
    if (at + 1 >= limit) return std::nullopt;
    const bool comma = syntax_.text(at) == ",";
    if (!comma && syntax_.lower(at) != "in" && syntax_.lower(at) != "of") return std::nullopt;
    ++at;
    if (comma && is_list_item(spot, at)) return std::nullopt;
    while (at + 1 < limit && !comma && !markup_.name_at(at) && (syntax_.pos(at) == Pos::kAdj || syntax_.pos(at) == Pos::kDet)) ++at;
    if (auto container = container_at(at)) return container;
    return comma ? postal_code(spot, at) : std::nullopt;
  }

  /// "Paris, London and Syria": a country that stands in a list beside others of its kind tells nothing.
  [[nodiscard]] bool is_list_item(const Spot& spot, uint32_t at) const {
    const auto& own = names_[spot.name].candidates;
    const NameHit* hit = markup_.name_at(at);
    if (!hit) return false;
    return std::any_of(own.begin(), own.end(), [&](const PlaceCandidate& c) { return c.is_world && c.kind == hit->entry->place; });
  }

  /// A code of two capitals behind a comma that is a division of a candidate's country.
  [[nodiscard]] std::optional<PlaceBeside> postal_code(const Spot& spot, uint32_t at) const {
    const std::string_view code = syntax_.text(at);
    if (code.size() != 2 || !is_ascii_upper(code[0]) || !is_ascii_upper(code[1])) return std::nullopt;
    for (const PlaceCandidate& candidate : names_[spot.name].candidates) {
      if (candidate.admin1 == code) return PlaceBeside{std::string(candidate.country), std::string(code)};
    }
    return std::nullopt;
  }

  /// "Syria's Hama", "Nigeria's northern city of Kano", "the Syrian town of Hama".
  [[nodiscard]] std::optional<PlaceBeside> before(const Spot& spot) const {
    const uint32_t first = std::max(syntax_.sentence(spot.begin).begin, spot.begin - std::min(spot.begin, kMaxBeside));
    for (uint32_t t = spot.begin; t-- > first;) {
      const NameHit* hit = markup_.name_at(t);
      if (hit) {
        const bool owner = syntax_.tag(t + 1) == "POS", adjective = hit->entry->kind == NameKind::kDemonym;
        if (hit->fused || (!owner && !adjective) || !is_state(hit->entry->country)) return std::nullopt;
        if (!owner && t + 1 == spot.begin) return std::nullopt;
        return PlaceBeside{hit->entry->country, ""};
      }
      const Pos pos = syntax_.pos(t);
      const bool of = syntax_.lower(t) == "of";
      if (pos != Pos::kAdj && pos != Pos::kNoun && syntax_.tag(t) != "POS" && !of) return std::nullopt;
    }
    return std::nullopt;
  }

  // ---- results

  [[nodiscard]] PlaceMention mention_of(const Spot& spot) const {
    const PlaceName& name = names_[spot.name];
    PlaceMention mention{.begin = spot.begin, .end = spot.end, .is_sure = name.is_sure};
    Place& place = mention.place;
    place.span = syntax_.bytes(spot.begin, spot.end);
    place.text = std::string(syntax_.doc().article().view(place.span));
    place.name = place.text;
    place.country = name.country;
    place.rule = name.rule;
    if (const PlaceCandidate* choice = name.choice) {
      place.name = std::string(choice->name);
      place.precision = spot.is_division && choice->kind == "city" ? "region" : std::string(choice->kind);
      if (choice->point) {
        place.lat = choice->point->lat;
        place.lon = choice->point->lon;
      }
      if (choice->geonames_id) place.geonames_id = *choice->geonames_id;
    }
    return mention;
  }

  const Syntax& syntax_;
  const Lexicon& lexicon_;
  const Markup& markup_;
  DayNumber day_;
  std::map<std::string, size_t> by_key_ = {};
  std::vector<PlaceName> names_ = {};
  std::vector<Spot> spots_ = {};
};

}  // namespace

Places::Places(const Syntax& syntax, const Lexicon& lexicon, const Markup& markup)
    : mentions_(Finder(syntax, lexicon, markup).find()), index_(syntax.size(), 0) {
  for (size_t i = 0; i < mentions_.size(); ++i) {
    std::fill(index_.begin() + mentions_[i].begin, index_.begin() + mentions_[i].end, static_cast<uint32_t>(i + 1));
  }
}

}  // namespace casus
