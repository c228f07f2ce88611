#include "server/parameters.h"

#include <algorithm>
#include <charconv>

#include "base/calendar.h"
#include "base/text.h"
#include "crisis/day_span.h"

namespace casus {
namespace {

constexpr int64_t kMostRows = 20'000;
constexpr int64_t kMostTop = 10'000;
constexpr int64_t kMostDrawn = 1'000;
constexpr int64_t kMostSeed = 1'000'000'000;

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = is_ascii_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

bool is_list(ParameterKind kind) {
  return kind == ParameterKind::kTexts || kind == ParameterKind::kActors || kind == ParameterKind::kChoices;
}

Problem wrong(const ParameterSpec& spec, std::string detail) {
  return {.status = 400, .detail = std::move(detail), .field = spec.name, .allowed = spec.allowed};
}

template <class T>
std::optional<T> number_of(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_allowed(const ParameterSpec& spec, std::string_view value) { return std::ranges::find(spec.allowed, value) != spec.allowed.end(); }

/// What is wrong with one value, or nothing. Choices are put in the case in which they are named.
std::optional<Problem> check(const ParameterSpec& spec, std::string& value) {
  switch (spec.kind) {
    case ParameterKind::kDay:
      if (value.size() != 10 || !parse_day(value)) return wrong(spec, "no such day: " + value + " (as in 2022-02-04)");
      break;
    case ParameterKind::kNumber: {
      const std::optional<int64_t> number = number_of<int64_t>(value);
      if (!number || *number < spec.least || *number > spec.most)
        return wrong(spec, "no whole number from " + std::to_string(spec.least) + " to " + std::to_string(spec.most) + ": " + value);
      break;
    }
    case ParameterKind::kShare: {
      const std::optional<double> number = number_of<double>(value);
      if (!number || !(*number >= 0 && *number <= 1)) return wrong(spec, "no number from 0 to 1: " + value);
      break;
    }
    case ParameterKind::kChoice:
    case ParameterKind::kChoices:
      if (is_allowed(spec, upper(value))) value = upper(value);
      if (!is_allowed(spec, value)) return wrong(spec, "no such " + spec.name + ": " + value);
      break;
    default:
      if (value.size() > kMostParameterBytes) return wrong(spec, "has more than " + std::to_string(kMostParameterBytes) + " bytes");
  }
  return std::nullopt;
}

std::vector<std::string> values_of(const ParameterSpec& spec, const std::string& text) {
  if (spec.kind != ParameterKind::kTexts && spec.kind != ParameterKind::kChoices) return {std::string(trim(text))};
  std::vector<std::string> values;
  for (const std::string_view value : split(text, ',')) {
    if (!trim(value).empty()) values.emplace_back(trim(value));
  }
  return values;
}

}  // namespace

ParameterSpecs parameter_specs(const Ontology& ontology) {
  std::vector<std::string> types;
  for (const EventType& type : ontology.types()) types.push_back(type.name);
  using Kind = ParameterKind;
  const std::vector<ParameterSpec> all = {
      {"actor", Kind::kActors, "Who takes part: a name, a country or its code, COUNTRY/SECTOR; several: one of them"},
      {"dyad", Kind::kText, "Between whom: A,B both ways, A>B one way"},
      {"type", Kind::kChoices, "Types of events", types},
      {"status", Kind::kChoices, "Statuses of events", {"actual", "planned", "conditional", "denied"}},
      {"since", Kind::kDay, "Acts of that day or later, as far as their days are known; of the brief: what is new"},
      {"until", Kind::kDay, "Acts of that day or earlier"},
      {"published-since", Kind::kDay, "Published on that day or later"},
      {"published-until", Kind::kDay, "Published on that day or earlier"},
      {"as-of", Kind::kDay, "Only what was published by that day: what one could know then"},
      {"outlet", Kind::kTexts, "Of these outlets, letter case aside"},
      {"place", Kind::kText, "Where it takes place: part of a name, or the code of a country"},
      {"article", Kind::kText, "Of one article: its article_id or doc"},
      {"min-confidence", Kind::kShare, "Leave out events of a lower confidence"},
      {"sort", Kind::kText, "Columns to sort by, with a minus from the greatest"},
      {"limit", Kind::kNumber, "So many records at most: 1,000 of a page of JSON, 10,000 of the other formats", {}, 1, kMostRows},
      {"draw", Kind::kNumber, "So many drawn at random, as casus sample draws them, instead of all in order", {}, 1, kMostDrawn},
      {"seed", Kind::kNumber, "Of `draw`: another number draws others", {}, 0, kMostSeed},
      {"cursor", Kind::kText, "Where the page begins: `next` of the page before"},
      {"columns", Kind::kTexts, "Flat records with these columns"},
      {"q", Kind::kText, "What to look for"},
      {"top", Kind::kNumber, "So many days, the heaviest", {}, 1, kMostTop},
      {"unit", Kind::kChoice, "What is counted", {"dyad", "country", "events", "incidents"}},
      {"by", Kind::kChoice, "Periods", {"day", "week", "month", "quarter", "year"}},
      {"bucket", Kind::kChoice, "The same as `by`", {"day", "week", "month", "quarter", "year"}},
      {"fill", Kind::kChoice, "A row for each period, or only where there are events", {"zero", "none"}},
      {"normalise", Kind::kChoice, "Adds events per article published in the period", {"none", "articles"}},
      {"codes", Kind::kChoices, "Codes of countries", {"iso3", "cow", "gw"}},
      {"of", Kind::kChoices, "What is counted", {"type", "status", "actor", "outlet", "country", "day", "published"}},
      {"undated", Kind::kChoice, "Whether acts that no report dates count by the day of their first report", {"0", "1"}},
  };
  ParameterSpecs specs;
  for (const ParameterSpec& spec : all) specs.emplace(spec.name, spec);
  return specs;
}

std::variant<Parameters, Problem> Parameters::read(const Target& target, std::span<const std::string_view> accepted,
                                                   const ParameterSpecs& specs) {
  Parameters read;
  for (const auto& [name, text] : target.parameters) {
    if (std::ranges::find(accepted, name) == accepted.end()) {
      Problem problem{.status = 400, .detail = "no such parameter here: " + name, .field = name};
      for (const std::string_view known : accepted) problem.allowed.emplace_back(known);
      return problem;
    }
    const ParameterSpec& spec = specs.find(name)->second;
    if (trim(text).empty()) continue;  // "since=" leaves nothing out, as on the command line
    std::vector<std::string>& values = read.values_[name];
    if (!values.empty() && !is_list(spec.kind)) return wrong(spec, "comes twice");
    for (std::string& value : values_of(spec, text)) {
      if (std::optional<Problem> problem = check(spec, value)) return *std::move(problem);
      if (values.size() == kMostValues) return wrong(spec, "has more than " + std::to_string(kMostValues) + " values");
      values.push_back(std::move(value));
    }
  }
  std::erase_if(read.values_, [](const auto& entry) { return entry.second.empty(); });
  return read;
}

std::string Parameters::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? "" : found->second.front();
}

std::vector<std::string> Parameters::list(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

std::optional<int64_t> Parameters::number(std::string_view name) const {
  const std::string value = text(name);
  return value.empty() ? std::nullopt : number_of<int64_t>(value);
}

double Parameters::share(std::string_view name) const { return number_of<double>(text(name)).value_or(0); }

std::optional<int32_t> Parameters::day(std::string_view name) const { return day_count(parse_day(text(name))); }

std::string Parameters::canonical(std::span<const std::string_view> without) const {
  std::string query;
  for (const auto& [name, values] : values_) {
    if (std::ranges::find(without, name) != without.end()) continue;
    for (const std::string& value : values) query += (query.empty() ? "" : "&") + name + "=" + encode_escapes(value);
  }
  return query;
}

}  // namespace casus
