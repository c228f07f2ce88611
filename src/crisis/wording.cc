#include "crisis/wording.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/calendar.h"
#include "base/text.h"
#include "base/utf8.h"
#include "crisis/day_span.h"

namespace casus {
namespace {

constexpr size_t kMostNamed = 4;
constexpr size_t kMostWords = 220;  // bytes of quoted words

constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                      "July",    "August",   "September", "October", "November", "December"};

Day calendar_day(int32_t day) { return Day(std::chrono::sys_days(std::chrono::days(day))); }

std::string_view month_of(Day day) { return kMonths[static_cast<unsigned>(day.month()) - 1]; }

std::string number_of(Day day) { return std::to_string(static_cast<unsigned>(day.day())); }

std::string year_of(Day day) { return std::to_string(static_cast<int>(day.year())); }

void replace_word(std::string_view word, std::string_view by, std::string& text) {
  const size_t at = text.find(word);
  if (at != std::string::npos) text.replace(at, word.size(), by);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  const size_t named = parts.size() > kMostNamed ? kMostNamed - 1 : parts.size();
  for (size_t i = 0; i < named; ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  if (named < parts.size()) text += " and " + std::to_string(parts.size() - named) + " others";
  return text;
}

}  // namespace

std::string on_one_line(std::string_view text) {
  std::string out;
  for (const std::string_view word : split_words(text)) out += (out.empty() ? "" : " ") + std::string(word);
  return out;
}

std::string shortened(std::string_view text, size_t most_bytes) {
  if (text.size() <= most_bytes) return std::string(text);
  size_t end = text.rfind(' ', most_bytes);
  if (end == std::string_view::npos || end == 0) end = valid_utf8_prefix(text.substr(0, most_bytes));
  return std::string(text.substr(0, end)) + " …";
}

std::string capitalised(std::string text) {
  if (!text.empty() && is_ascii_lower(text[0])) text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::vector<uint32_t> articles_of(const Incident& incident, const Crisis& crisis) {
  std::vector<uint32_t> articles;
  articles.reserve(incident.mentions.size());
  for (const uint32_t mention : incident.mentions) articles.push_back(crisis.mentions[mention].article);
  articles.erase(std::unique(articles.begin(), articles.end()), articles.end());
  return articles;
}

std::string Wording::country_text(std::string_view code) const {
  std::string_view name = rules_.name_of(code);
  if (name.empty()) name = lexicon_.names().country_name(code);
  return std::string(name.empty() ? code : name);
}

std::string Wording::party_text(const Party& party) const {
  if (party.key == party.country) return country_text(party.country);
  if (!party.name.empty()) return party.name.starts_with("The ") ? "t" + on_one_line(party.name).substr(1) : on_one_line(party.name);
  if (!party.persons.empty() && party.country.size() != 3) return "";
  std::string text(rules_.name_of(party.sector));
  if (text.empty()) return country_text(party.country);
  replace_word("COUNTRY", country_text(party.country), text);
  return text;
}

std::string Wording::people_text(const Party& party) const {
  if (party.persons.empty()) return party_text(party);
  std::string people = joined(party.persons);
  if (party.country.empty() || lexicon_.names().country_name(party.country).empty()) return people;
  return people + " of " + country_text(party.country);
}

std::string Wording::side_text(const std::vector<Party>& parties) const {
  std::vector<std::string> parts;
  for (const Party& party : parties) {
    std::string text = people_text(party);
    if (!text.empty()) parts.push_back(std::move(text));
  }
  return joined(parts);
}

/// Whether who denies an act is the one who is said to have done it, or speaks for the state that is.
bool Wording::denies_own_act(const Incident& incident) const {
  if (incident.status != "denied" || incident.source.size() != 1 || !incident.source.front().persons.empty()) return false;
  const Party& source = incident.source.front();
  const std::string denier = on_one_line(crisis_.mentions[incident.lead].event.attributed_to);
  if (denier.empty()) return false;
  const auto names_state = [&](const NameEntry& entry) { return !entry.country.empty() && entry.country == source.country; };
  return denier == source.name || std::ranges::any_of(lexicon_.names().find(denier), names_state);
}

std::string Wording::act_text(const Incident& incident) const {
  const Phrase* const phrase = rules_.phrase_of(incident.type, incident.mode);
  const StatusPhrase* const status = rules_.status_phrase(incident.status);
  std::string source = side_text(incident.source);
  const std::string target = side_text(incident.target);
  if (phrase == nullptr || status == nullptr) return source + " " + ascii_lowered(incident.type) + (target.empty() ? "" : " " + target);
  if (source.empty()) source = status->nobody;
  std::string verb =
      status->past ? (target.empty() ? phrase->past_alone : phrase->past) : (target.empty() ? phrase->plain_alone : phrase->plain);
  if (!target.empty()) verb += " " + target;
  if (denies_own_act(incident)) {
    const std::string past = target.empty() ? phrase->past_alone : phrase->past + " " + target;
    return source + " denies that it " + past;
  }
  const size_t actors = incident.source.empty() ? 1 : incident.source.size() + (incident.source[0].persons.size() > 1 ? 1 : 0);
  std::string text = actors > 1 ? status->more : status->one;
  replace_word("VERB", verb, text);
  replace_word("SOURCE", source, text);
  return text;
}

std::string Wording::day_words(int32_t day) const {
  const Day at = calendar_day(day);
  const bool this_year = crisis_.as_of && calendar_day(*crisis_.as_of).year() == at.year();
  return this_year ? number_of(at) + " " + std::string(month_of(at)) : dated_words(day);
}

std::string Wording::dated_words(int32_t day) {
  const Day at = calendar_day(day);
  return number_of(at) + " " + std::string(month_of(at)) + " " + year_of(at);
}

std::string Wording::range_words(DaySpan range) const {
  if (range.days() <= 1) return "on " + day_words(range.begin);
  const std::string whole = range_text(range);
  const Day first = calendar_day(range.begin), last = calendar_day(range.end - 1);
  if (whole.size() == 4) return "in " + whole;
  if (whole.size() == 7) return "in " + std::string(month_of(first)) + " " + year_of(first);
  const bool same_month = first.month() == last.month() && first.year() == last.year();
  return "between " + (same_month ? number_of(first) : day_words(range.begin)) + " and " + day_words(range.end - 1);
}

std::string Wording::when_text(const Incident& incident) const { return incident.dated ? range_words(incident.window) : ""; }

std::string Wording::incident_text(const Incident& incident) const {
  std::string text = act_text(incident);
  const std::optional<Place>& place = crisis_.mentions[incident.lead].event.place;
  if (place && (place->precision == "city" || place->precision == "site") && text.find(place->name) == std::string::npos)
    text += (place->precision == "site" ? " at " : " in ") + on_one_line(place->name);
  const std::string when = when_text(incident);
  if (!when.empty()) text += " " + when;
  const std::string who = on_whose_word(incident);
  if (!who.empty()) text += ", according to " + who;
  return capitalised(std::move(text));
}

std::string Wording::on_whose_word(const Incident& incident) const {
  const std::vector<uint32_t>& mentions = incident.mentions;
  const bool by_reporters = std::ranges::any_of(mentions, [&](uint32_t i) { return crisis_.mentions[i].event.attributed_to.empty(); });
  const bool on_a_word = incident.status == "actual" || (incident.status == "denied" && !denies_own_act(incident));
  if (by_reporters || !on_a_word) return "";
  std::string who = on_one_line(crisis_.mentions[incident.lead].event.attributed_to);
  who.erase(0, std::min(who.find_first_not_of("-–— "), who.size()));
  return who;
}

std::string Wording::words_of(const Incident& incident) const {
  const Phrase* const phrase = rules_.phrase_of(incident.type, incident.mode);
  if (phrase != nullptr && !phrase->words) return "";
  return shortened(on_one_line(crisis_.mentions[incident.lead].words), kMostWords);
}

std::string Wording::source_name(const CrisisArticle& article) const {
  if (!article.outlet.empty()) return on_one_line(article.outlet);
  return article.doc.empty() ? article.article_id : on_one_line(article.doc);
}

std::string Wording::sole_source_words(const std::vector<uint32_t>& articles) const {
  const bool named = std::ranges::any_of(articles, [&](uint32_t index) { return !crisis_.articles[index].outlet.empty(); });
  return named ? "one outlet: " : "one report: ";
}

std::string Wording::sources_text(const std::vector<uint32_t>& articles) const {
  std::vector<std::pair<std::string, std::optional<int32_t>>> outlets;
  for (const uint32_t index : articles) {
    const CrisisArticle& article = crisis_.articles[index];
    const std::string name = source_name(article);
    const auto found = std::ranges::find(outlets, name, &std::pair<std::string, std::optional<int32_t>>::first);
    if (found == outlets.end())
      outlets.emplace_back(name, article.published);
    else
      found->second = std::max(found->second, article.published);
  }
  std::string text;
  const size_t named = outlets.size() > kMostNamed ? kMostNamed - 1 : outlets.size();
  for (size_t i = 0; i < named; ++i) {
    text += (text.empty() ? "" : "; ") + outlets[i].first;
    if (const auto& day = outlets[i].second) text += ", " + day_words(*day);
  }
  if (named < outlets.size()) text += "; " + std::to_string(outlets.size() - named) + " more";
  return text;
}

}  // namespace casus
