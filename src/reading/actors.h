#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <casus/report.h>

#include "lexicon/lexicon.h"
#include "reading/markup.h"
#include "reading/people.h"
#include "reading/places.h"
#include "reading/syntax.h"
#include "reading/trace.h"

namespace casus {

/// Every noun phrase and pronoun of an article that stands for actors, resolved: names, titles, groups, bodies, short forms,
/// pronouns, "the two sides".
/// Ownership: refers to syntax and lexicon. Threads: immutable once built.
class Actors {
 public:
  /// `trace`: gets persons, mentions and why they are whom they are, or null.
  Actors(const Syntax& syntax, const Lexicon& lexicon, ReadingTrace* trace = nullptr);

  /// The actors of the noun phrase with this head and of those coordinated with it; empty if it stands for none.
  [[nodiscard]] std::vector<Actor> all(uint32_t head) const;
  /// The actors of this noun phrase alone.
  [[nodiscard]] const std::vector<Actor>& one(uint32_t head) const;
  /// Whose a thing is: "Russia's demands", "the US decision", "visits from leaders": for nouns that are no actors.
  [[nodiscard]] std::vector<Actor> owners(uint32_t head) const;
  /// The actors that own a noun by "'s", adjective or name before it; not by a preposition.
  [[nodiscard]] std::vector<Actor> owners_before(uint32_t head) const;

  [[nodiscard]] const Markup& markup() const { return markup_; }
  [[nodiscard]] const Places& places() const { return places_; }
  [[nodiscard]] const People& people() const { return people_; }
  /// Who does what a noun speaks of: its owners before it, or those behind "by", "of", "from".
  [[nodiscard]] std::vector<Actor> doers(uint32_t noun) const;
  /// Somebody of whom only the proper name is known, where a side is wanted: "found Roe guilty"; empty if the words are no such name.
  [[nodiscard]] std::vector<Actor> named(uint32_t head) const;
  /// The noun phrase as a side of which nothing is known but the country of a name in it.
  [[nodiscard]] Actor thing(uint32_t head) const;
  /// What a part is a part of: for "some" of "some of its troops" the troops; other nouns themselves.
  [[nodiscard]] uint32_t part_of(uint32_t noun) const;
  /// The head that counts where the parser takes a day for the head: "visit Kyiv Wednesday".
  [[nodiscard]] uint32_t repaired_head(uint32_t head) const;

 private:
  enum class Kind : uint8_t { kPerson, kThing, kPlural };
  struct Salient {
    uint32_t token = 0;
    Kind kind = Kind::kThing;
    bool subject = false;
    bool main = false;  ///< subject of a main clause
  };

  struct Story {
    std::string country{};             ///< in which it plays, or ""
    std::vector<std::string> sides{};  ///< the two countries that it is about, or none
  };

  [[nodiscard]] const Markup& with_places();
  void name_everybody();
  void name_partitives();
  [[nodiscard]] uint32_t phrase_head(uint32_t end_token) const;
  [[nodiscard]] bool is_partitive(uint32_t token) const;
  void resolve_references();
  [[nodiscard]] std::vector<Actor> describe(uint32_t head) const;
  [[nodiscard]] Actor of_person(const PersonMention& mention) const;
  [[nodiscard]] Actor of_name(const NameHit& hit, uint32_t head) const;
  [[nodiscard]] std::vector<Actor> of_apposition(uint32_t noun, uint32_t begin, const TermHit& office) const;
  [[nodiscard]] std::vector<Actor> of_term(const TermHit& hit, uint32_t head) const;
  [[nodiscard]] bool was_once(const NameHit& name, uint32_t head) const;
  [[nodiscard]] std::vector<const NameHit*> names_before(uint32_t head, uint32_t begin) const;
  [[nodiscard]] std::vector<Actor> places_behind(uint32_t head, uint32_t& end) const;
  [[nodiscard]] Actor make(uint32_t begin, uint32_t end, std::string country, std::string sector) const;
  [[nodiscard]] uint32_t phrase_begin(uint32_t head, uint32_t limit) const;

  void refer(uint32_t token);
  void refer_to_relative(uint32_t token);
  void refer_to_countryman(uint32_t token, const NameHit& name);
  [[nodiscard]] std::vector<Actor> of_pronoun(uint32_t token, const std::string& person) const;
  [[nodiscard]] std::vector<Actor> of_speaker(uint32_t token) const;
  [[nodiscard]] bool is_kind(uint32_t noun, Kind kind) const;
  [[nodiscard]] std::vector<Actor> governing_speaker(uint32_t token, Kind kind) const;
  [[nodiscard]] bool is_fellow(uint32_t mention, uint32_t token) const;
  [[nodiscard]] std::vector<uint32_t> listed(uint32_t head) const;
  [[nodiscard]] static bool may_be_side(const Actor& actor);
  [[nodiscard]] std::vector<Actor> of_pair(uint32_t token, bool persons_only, const std::vector<std::string>& among) const;
  [[nodiscard]] std::vector<std::string> countries_so_far(uint32_t token) const;
  [[nodiscard]] std::vector<Actor> of_both_sides(uint32_t token) const;
  [[nodiscard]] std::string only_country_before(uint32_t token) const;
  [[nodiscard]] std::string other_side(uint32_t token, const std::string& own) const;
  [[nodiscard]] Story story() const;
  [[nodiscard]] std::string fronted_country(uint32_t token) const;
  [[nodiscard]] bool may_be_of_another(const std::string& name, const std::string& country) const;
  void place_strangers();
  [[nodiscard]] std::vector<Actor> as_before(uint32_t token) const;
  [[nodiscard]] std::optional<uint32_t> antecedent(uint32_t token, Kind kind, uint32_t sentences_back) const;
  [[nodiscard]] bool is_salient(uint32_t token) const;
  void remember(uint32_t token);

  void note(uint32_t token, MentionTrace why) const;
  [[nodiscard]] std::vector<Actor> noted(std::vector<Actor> actors, uint32_t token, const MentionTrace& why) const;
  void fill_trace() const;

  const Syntax& syntax_;
  const Lexicon& lexicon_;
  Markup markup_;
  Places places_;
  People people_;
  std::unordered_map<uint32_t, std::vector<Actor>> found_;
  std::vector<Salient> salient_;
  Story story_{};
  ReadingTrace* trace_;
};

}  // namespace casus
