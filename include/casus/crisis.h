#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <casus/report.h>

namespace casus {

/// Days since 1970-01-01, half-open: [begin, end).
struct DaySpan {
  int32_t begin = 0;
  int32_t end = 0;

  [[nodiscard]] constexpr int32_t days() const { return end - begin; }
  [[nodiscard]] constexpr bool overlaps(DaySpan other) const { return begin < other.end && other.begin < end; }
  [[nodiscard]] constexpr bool contains(int32_t day) const { return begin <= day && day < end; }

  friend constexpr auto operator<=>(const DaySpan&, const DaySpan&) = default;
};

/// An article of the crisis, with what is needed to name it as a source.
struct CrisisArticle {
  std::string article_id{};
  std::string doc{};
  std::string outlet{};
  std::string url{};
  std::string title{};
  std::optional<int32_t> published{};  ///< day since 1970-01-01
  uint32_t text_group = 0;             ///< articles of one group share their text: one independent source
  std::vector<int32_t> named_days{};   ///< days that the text names, ascending, each once
};

/// One side's part in an act: a state, a body, or people who belong to one. A minister is his government.
struct Party {
  std::string key{};                   ///< what is compared: "RUS", "UKR:CVL", "IGO:NATO"
  std::string country{};               ///< ISO 3166-1 alpha-3, IGO, NGO, NONE or ""
  std::string sector{};                ///< as most reports give it
  std::string name{};                  ///< of bodies and of groups without a country, else ""
  std::vector<std::string> persons{};  ///< full names, in the order in which the reports give them
};

/// An event in an article that tells of an incident.
struct Mention {
  uint32_t article = 0;  ///< index into Crisis::articles
  Event event{};
  std::string words{};          ///< the sentence that carries it
  DaySpan window{};             ///< when it takes place, as far as its date and the day of its report tell
  bool dated = false;           ///< the window comes from the event's own date
  std::vector<Party> source{};  ///< the parties behind Event::source and Event::target
  std::vector<Party> target{};
};

/// A statement with its article.
struct Saying {
  uint32_t article = 0;
  Statement statement{};
};

/// A status and the first article that gives it.
struct StatusChange {
  std::string status{};
  std::optional<int32_t> day{};  ///< on which that article was published
  uint32_t mention = 0;
};

/// A value of one field, and the mentions that give it. An incident with several values of a field is disputed there.
struct ReportedValue {
  std::string field{};  ///< date, place, or a kind of quantity: dead, troops, …
  std::string value{};  ///< as the reports say it
  std::vector<uint32_t> mentions{};
  bool conflicting = false;  ///< other values of the same field cannot be true beside it
};

/// What a person says of an incident (casus fix): that two are one act, that a mention is an act of its own, that it happened or not.
struct IncidentFix {
  int64_t fix = 0;                  ///< its number in the database
  std::string kind{};               ///< join, split, happened, not_happened
  uint32_t mention = 0;             ///< whose incident it is about
  std::optional<uint32_t> other{};  ///< of a join: the mention whose incident is the same act
  std::string author{};
  std::string made_at{};  ///< "2022-02-04T16:30:00Z"
};

/// One act, told by one report or many.
struct Incident {
  std::string id{};  ///< 16 hex digits: hash of its first report's event id, so that it stays when later reports come
  std::string type{};
  std::string mode{};
  std::string status{};              ///< of the last report
  std::vector<Party> source{};       ///< united from all mentions
  std::vector<Party> target{};       ///< the same
  std::vector<uint32_t> mentions{};  ///< indices into Crisis::mentions, by day of publication
  uint32_t lead = 0;                 ///< the mention that tells it best
  DaySpan window{};                  ///< when it took or takes place
  bool dated = false;                ///< some report gives the date
  std::vector<StatusChange> history{};
  std::vector<ReportedValue> values{};
  uint32_t articles = 0;
  uint32_t outlets = 0;  ///< distinct outlets; an article without one counts by itself
  uint32_t sources = 0;  ///< independent ones: outlets that do not share their text
  std::optional<int32_t> first_report{};
  std::optional<int32_t> last_report{};
  double confidence = 0;           ///< 0–1, that some mention is right
  double weight = 0;               ///< for ranking: more sources, more intense, more certain is more
  std::vector<uint32_t> fixes{};   ///< indices into Crisis::fixes: those that act on it
  std::optional<bool> happened{};  ///< as people say of what was announced, while no report tells it as done

  /// The day under which listings have it: of the act, or of the first report where no report dates it; nullopt if neither is known.
  [[nodiscard]] std::optional<int32_t> day() const { return dated ? std::optional(window.begin) : first_report; }
};

/// A day that articles name in whatever context: what they come back to matters.
struct NamedDay {
  int32_t day = 0;
  uint32_t texts = 0;  ///< independent ones that name it
  uint32_t later = 0;  ///< those of them that look back at it, published two days after it or later
};

/// What the articles tell together. Owns copies of all it holds; the reports may be freed.
/// Threads: immutable once built.
struct Crisis {
  std::optional<int32_t> as_of{};         ///< the day it is told as of; nullopt if no article has a day
  std::vector<CrisisArticle> articles{};  ///< by day of publication, then id
  std::vector<Mention> mentions{};        ///< by article, then as in its report
  std::vector<Saying> sayings{};          ///< the same
  std::vector<NamedDay> named_days{};     ///< by day
  std::vector<IncidentFix> fixes{};       ///< those that found their mentions, in the order in which they were made
  std::vector<Incident> incidents{};      ///< by day, then id
  uint64_t older = 0;                     ///< articles that were published too long before the as-of day to be told of (recent_part)
  uint64_t left_out = 0;  ///< articles that were published after the as-of day, or on an unknown one where there is such a day
};

}  // namespace casus
