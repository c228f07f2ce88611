#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lexicon/lexicon.h"
#include "reading/markup.h"
#include "reading/syntax.h"

namespace casus {

/// A person as one article tells of him or her.
struct Person {
  std::vector<std::string> names;  ///< words of the fullest form of the name
  std::string country;
  std::string sector;
  std::vector<std::string> titles;   ///< term words of the offices named
  std::optional<uint32_t> told_at;   ///< last token of the name where the article first tells office or country
  const NameEntry* entry = nullptr;  ///< of the dictionary, where it filled what the article leaves open

  [[nodiscard]] std::string full_name() const;
};

/// A mention of a person: tokens [begin, end) with title and nationality, the name itself at [name_begin, end).
struct PersonMention {
  uint32_t begin = 0;
  uint32_t name_begin = 0;
  uint32_t end = 0;
  uint32_t person = 0;  ///< index into People::persons()
};

/// Everybody whom an article names, found by title patterns and by the entity recogniser, short forms joined to full names.
/// What the article says of a person comes before what the dictionary knows.
class People {
 public:
  People(const Syntax& syntax, const Lexicon& lexicon, const Markup& markup);

  [[nodiscard]] const PersonMention* mention_at(uint32_t token) const {
    return index_[token] == 0 ? nullptr : &mentions_[index_[token] - 1];
  }
  [[nodiscard]] const std::vector<PersonMention>& mentions() const { return mentions_; }
  [[nodiscard]] const std::vector<Person>& persons() const { return persons_; }

 private:
  struct Found;
  [[nodiscard]] std::optional<Found> name_from(uint32_t begin) const;
  [[nodiscard]] bool is_name_word(uint32_t token) const;
  void read_left(Found& found) const;
  void read_apposition(Found& found) const;
  void read_region(Found& found, uint32_t begin, uint32_t end, bool possessive_is_office) const;
  void join(Found& found);
  [[nodiscard]] std::optional<uint32_t> known(const std::vector<std::string>& names) const;
  [[nodiscard]] static bool may_be(const std::vector<std::string>& names, const std::vector<std::string>& full);
  void register_words(uint32_t person);
  [[nodiscard]] const NameEntry* entry_of(const Person& person, const std::set<std::string_view>& countries, DayNumber day) const;
  [[nodiscard]] std::set<std::string_view> countries_named() const;
  void consult_dictionary();

  const Syntax& syntax_;
  const Lexicon& lexicon_;
  const Markup& markup_;
  std::vector<PersonMention> mentions_;
  std::vector<Person> persons_;
  std::unordered_map<std::string, std::vector<uint32_t>> by_word_;  ///< first and last words of names to persons
  std::vector<uint32_t> index_;                                     ///< by token: 1 + mention, 0 for none
};

}  // namespace casus
