#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <casus/article.h>
#include <casus/span.h>

namespace casus {

/// Who acts, or towards whom. Field by field as in the annotation guide.
struct Actor {
  std::string text;        ///< the words in the article
  std::string name;        ///< the full name, if the article gives it anywhere; else the text
  std::string country;     ///< ISO 3166-1 alpha-3, or IGO, NGO, NONE
  std::string sector;      ///< GOV, MIL, LEG, … or ""
  ByteSpan span;           ///< of `text`
  bool is_person = false;  ///< somebody whom the article or a dictionary names
};

/// A number tied to what it counts.
struct Quantity {
  std::optional<double> value;
  std::optional<double> min;
  std::optional<double> max;
  std::string unit;      ///< what is counted, as data/reading/units.tsv names it; else the noun
  std::string kind;      ///< of units.tsv: people, troops, dead, money, …; "" if the unit is not there
  std::string currency;  ///< ISO 4217, of kind money; "" if unknown
  std::string text;
  bool about = false;  ///< hedged: "roughly", "several thousand"
  ByteSpan span;
};

/// Where an act takes place, as named. Coordinates are nullopt where only the country is known.
struct Place {
  std::string text{};
  std::string name{};
  std::string country{};
  std::optional<double> lat{};
  std::optional<double> lon{};
  std::optional<uint64_t> geonames_id{};
  std::string precision{};  ///< country, region, city, site, water, area, or "" if unknown
  ByteSpan span{};
  std::string rule{};  ///< what decided between the places of that name; of an event's place why it is that
};

/// A noun phrase or pronoun that stands for an actor.
struct ActorMention {
  Actor actor;       ///< text and span are the mention's own words
  std::string rule;  ///< why it stands for that actor (docs/formats.md)
};

/// A field of a record that a person set otherwise than it was coded (docs/store.md).
struct FixedField {
  std::string field;    ///< "type", "source", "speaker", …: its name in records
  std::string coded;    ///< what was coded, as text; of actors "POL/GOV Poland, …"
  std::string author;   ///< who set it
  std::string made_at;  ///< when: "2022-02-04T16:30:00Z"
};

/// One political act with its status and all that it rests on (design.md, Records). Everything is copied out of the
/// document; spans are offsets into the article's text.
struct Event {
  std::string id;      ///< 16 hex digits: hash of article id, kind, type, status, trigger span
  std::string type;    ///< name of a type of the ontology
  std::string mode;    ///< name of a mode of that type, or ""
  std::string status;  ///< actual, planned, conditional, denied
  std::vector<Actor> source;
  std::vector<Actor> target;
  std::string date;            ///< YYYY, YYYY-MM, YYYY-MM-DD, start/end or ""
  std::string date_precision;  ///< day, week, month, year, interval or ""
  std::optional<ByteSpan> date_span;
  std::optional<Place> place;
  std::string attributed_to;
  std::optional<ByteSpan> attributed_to_span;
  std::string trigger;
  ByteSpan trigger_span;
  std::vector<Quantity> quantity;
  ByteSpan sentence;
  std::vector<ByteSpan> also;  ///< further sentences that report the same act
  std::string cameo;
  double goldstein = 0;
  double score = 0;  ///< the ontology's intensity of the type, or of the mode where it has one
  int quad = 0;
  std::vector<std::string> contexts;
  double confidence = 0;            ///< 0–1
  std::string rule;                 ///< the frame that fired, or what else decided
  std::vector<FixedField> fixed{};  ///< what people corrected; only of records from a database
};

/// A quotation or reported statement.
struct Statement {
  std::string id;
  Actor speaker;  ///< empty where nobody is named: "it is believed"
  std::optional<Actor> addressee;
  std::string cue;  ///< the verb or noun that reports
  ByteSpan cue_span;
  std::string kind;  ///< direct, indirect, mixed
  std::string text;  ///< the words; pieces joined by a space
  std::vector<ByteSpan> text_spans;
  std::string date;
  ByteSpan sentence;
  std::vector<std::string> events;  ///< ids of the events that its words carry
  std::vector<FixedField> fixed{};  ///< as Event::fixed
};

/// A time expression as it stands in the text, typed and valued as TimeML's TIMEX3 (docs/times.md).
struct TimeExpression {
  std::string text;
  std::string type;   ///< DATE, TIME, DURATION, SET
  std::string value;  ///< "" where it cannot be told
  ByteSpan span;
};

/// What one article says. Holds the article, and no pointers into the parse, so it can outlive that.
struct Report {
  ArticlePtr article;
  std::vector<Event> events;             ///< by sentence, then trigger offset
  std::vector<Statement> statements;     ///< by sentence, then cue offset
  std::vector<Place> places;             ///< every place that is named, in the order of the text
  std::vector<TimeExpression> times;     ///< every time that is named, in the order of the text
  std::vector<ActorMention> mentions{};  ///< every mention of an actor, in that order; only where reading was traced
};

}  // namespace casus
