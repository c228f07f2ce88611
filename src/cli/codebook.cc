#include "cli/codebook.h"

#include <algorithm>

#include "base/json_writer.h"
#include "cli/build_info.h"
#include "cli/incident_export.h"
#include "reading/record_rows.h"
#include "store/record_cells.h"

namespace casus {
namespace {

constexpr std::string_view kOfAll = "";

/// What a column means. An entry of a table goes before one of all tables.
struct ColumnMeaning {
  std::string_view table;
  std::string_view column;
  std::string_view type;  ///< of Frictionless table schemas: string, date, number, integer
  std::string_view meaning;
};
constexpr ColumnMeaning kMeanings[] = {
    {"events", "id", "string", "id of the event: a hash of article, type, status and trigger; the same whatever else is in the database"},
    {"statements", "id", "string", "id of the statement, made likewise"},
    {"incidents", "id", "string", "id of the incident: a hash of the event by which it was first reported"},
    {"incidents", "status", "string",
     "actual once a report says that it happened, else that of the last report: planned, conditional, denied"},
    {"incidents", "date", "string", "when, as the report that dates it best has it; empty where none dates it"},
    {"incidents", "first_day", "date", "first day of the date"},
    {"incidents", "last_day", "date", "last day of the date"},
    {"incidents", "source_keys", "string", "parties that act: codes of states, STATE:SECTOR, names of bodies; joined by |"},
    {"incidents", "source_persons", "string", "persons who act, as reports name them, joined by |"},
    {"incidents", "target_keys", "string", "parties towards whom, as source_keys"},
    {"incidents", "target_persons", "string", "persons towards whom"},
    {"incidents", "articles", "integer", "how many articles tell of it, duplicates apart"},
    {"incidents", "outlets", "integer", "of how many outlets"},
    {"incidents", "sources", "integer", "how many of them are independent: those that share an outlet or their text are one"},
    {"incidents", "first_report", "date", "day of publication of the first report"},
    {"incidents", "last_report", "date", "day of publication of the last report"},
    {"incidents", "confidence", "number", "0 to 1, that at least one independent source is right"},
    {"incidents", "weight", "number", "for ranking: more with sources, intensity, persons on both sides and a date"},
    {"incidents", "conflicts", "string", "fields on which reports cannot all be right: date, place, kinds of numbers; joined by |"},
    {"incidents", "lead", "string", "id of the event that tells it best"},
    {"incidents", "fixed", "string", "what people said of it: join, split, happened, not_happened, by whom and when; joined by |"},
    {"incidents", "text", "string", "the act as a sentence"},
    {"incident_mentions", "incident", "string", "id of the incident"},
    {"incident_mentions", "event", "string", "id of the event"},
    {"incident_mentions", "status", "string", "of that event"},
    {"incident_mentions", "date", "string", "of that event"},
    {"incident_mentions", "id", "string",
     "id that the incident would have if this were its first report: what had it before it was merged leads here"},
    {kOfAll, "doc", "string", "the article's own id: of its input, else the name of its file"},
    {kOfAll, "article_id", "string", "id of the article: a hash of its address if it has one, else of its text"},
    {kOfAll, "published", "date", "day of publication"},
    {kOfAll, "outlet", "string", "who published it"},
    {kOfAll, "url", "string", "address of the article"},
    {kOfAll, "title", "string", "headline"},
    {kOfAll, "authors", "string", "names joined by |"},
    {kOfAll, "published_from", "string", "what told the day of publication: field, meta, url, text, option, …"},
    {kOfAll, "updated", "date", "day of the last change, where it is told"},
    {kOfAll, "language", "string", "ISO 639-1 code of the text"},
    {kOfAll, "form", "string", "what the input was: text, html, jsonl, rss, …"},
    {kOfAll, "flags", "string", "paywalled, corrected, live, summary, date-doubtful, …, joined by |"},
    {kOfAll, "dateline_place", "string", "place named in the dateline"},
    {kOfAll, "bytes", "integer", "length of the text in bytes of UTF-8"},
    {"articles", "events", "integer", "how many events were coded in it"},
    {"articles", "statements", "integer", "how many statements"},
    {kOfAll, "duplicate_of", "string",
     "article_id of the article that has the same words, was published first, and stands for it; empty for originals"},
    {"old_versions", "events", "integer", "always 0: old versions are not coded"},
    {"old_versions", "statements", "integer", "always 0"},
    {"articles", "text", "string", "the text that all offsets count in"},
    {"old_versions", "text", "string", "the text of that version"},
    {kOfAll, "type", "string", "type of the event (PLOVER)"},
    {"times", "type", "string", "DATE, TIME, DURATION or SET, as in TimeML's TIMEX3"},
    {"times", "value", "string", "as in TimeML's TIMEX3"},
    {kOfAll, "mode", "string", "finer kind of the type"},
    {kOfAll, "status", "string", "actual, planned, conditional or denied. Only actual events happened"},
    {kOfAll, "source_text", "string",
     "who acts, in the words of the text; several joined by |, as in all fields of a side, which run parallel"},
    {kOfAll, "source_name", "string", "who acts: full names"},
    {kOfAll, "source_country", "string", "ISO 3166-1 alpha-3, former states their former code, XKX Kosovo; IGO, NGO; NONE for blocs"},
    {kOfAll, "source_sector", "string", "GOV, MIL, REB, CVL, … (PLOVER)"},
    {kOfAll, "target_text", "string", "towards whom, in the words of the text"},
    {kOfAll, "target_name", "string", "towards whom: full names"},
    {kOfAll, "target_country", "string", "as source_country"},
    {kOfAll, "target_sector", "string", "as source_sector"},
    {kOfAll, "date", "string", "when the act takes place: YYYY-MM-DD, YYYY-MM, YYYY or start/end; empty where the text does not tell"},
    {kOfAll, "date_precision", "string", "day, week, month, year or interval"},
    {kOfAll, "place_text", "string", "where, in the words of the text"},
    {kOfAll, "place_name", "string", "where: the name of the place"},
    {kOfAll, "place_country", "string", "ISO 3166-1 alpha-3 of the place"},
    {kOfAll, "place_lat", "number", "latitude in degrees, WGS 84"},
    {kOfAll, "place_lon", "number", "longitude in degrees, WGS 84"},
    {kOfAll, "place_geonames_id", "integer", "id of the place at GeoNames"},
    {kOfAll, "place_precision", "string",
     "country, region, city, site, water or area: a country's point is its middle, not where it happened"},
    {kOfAll, "attributed_to", "string", "on whose word the text rests the event; empty for the reporter's own"},
    {kOfAll, "trigger", "string", "the words that carry the act"},
    {kOfAll, "quantity_text", "string", "numbers of the event in their words, joined by |; the other fields of quantities run parallel"},
    {kOfAll, "quantity_value", "string", "the number; empty for ranges and for what is only hinted at"},
    {kOfAll, "quantity_min", "string", "lower end of a range"},
    {kOfAll, "quantity_max", "string", "upper end of a range"},
    {kOfAll, "quantity_unit", "string", "what is counted"},
    {kOfAll, "quantity_kind", "string", "people, troops, dead, money, …"},
    {kOfAll, "quantity_currency", "string", "ISO 4217 code of money"},
    {kOfAll, "sentence", "string", "the sentence that carries the record"},
    {kOfAll, "also", "string", "further sentences that tell the same act, joined by |"},
    {kOfAll, "cameo", "string", "CAMEO code of the act; a string: 01 is not 1"},
    {kOfAll, "goldstein", "number", "Goldstein value of that code, -10 to 10"},
    {kOfAll, "score", "number", "PLOVER's intensity of the type or mode, -10 to 10"},
    {kOfAll, "quad", "integer", "quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"},
    {kOfAll, "contexts", "string", "what the text is about, joined by |"},
    {kOfAll, "confidence", "number", "how sure casus is, 0 to 1: of events of 0.7 about seven in ten are right"},
    {kOfAll, "rule", "string", "what decided: the entry of a dictionary, or a rule"},
    {kOfAll, "fixed", "string", "what people corrected: the field, what was coded, by whom and when it was changed; several joined by |"},
    {"fixes", "kind", "string", "reject (it is no event), change (fields of an event), actor (whom a name means), or of incidents"},
    {"fixes", "target", "string", "what it is about: id of an event, words of a name"},
    {"fixes", "article_id", "string", "of the article that it is about; empty where of all"},
    {"fixes", "value", "string", "what was set, as JSON, with the type and words by which the event is found again"},
    {"fixes", "author", "string", "who made it"},
    {"fixes", "made_at", "string", "when, UTC"},
    {"fixes", "undone_by", "string", "who undid it; empty while it acts"},
    {"fixes", "undone_at", "string", "when it was undone, UTC"},
    {kOfAll, "trigger_begin", "integer", "where the trigger begins, in bytes of the text"},
    {kOfAll, "trigger_end", "integer", "where it ends"},
    {kOfAll, "speaker_text", "string", "who speaks, in the words of the text"},
    {kOfAll, "speaker_name", "string", "who speaks: full name"},
    {kOfAll, "speaker_country", "string", "as source_country"},
    {kOfAll, "speaker_sector", "string", "as source_sector"},
    {kOfAll, "addressee_text", "string", "to whom, in the words of the text"},
    {kOfAll, "addressee_name", "string", "to whom: full name"},
    {kOfAll, "addressee_country", "string", "as source_country"},
    {kOfAll, "addressee_sector", "string", "as source_sector"},
    {kOfAll, "cue", "string", "the word that reports the statement"},
    {kOfAll, "kind", "string", "direct, indirect or mixed"},
    {"statements", "text", "string", "what was said; pieces joined by a blank"},
    {"statements", "events", "string", "ids of the events that the words carry, joined by |"},
    {kOfAll, "cue_begin", "integer", "where the cue begins, in bytes of the text"},
    {kOfAll, "cue_end", "integer", "where it ends"},
    {kOfAll, "begin", "integer", "where the words begin, in bytes of the text"},
    {kOfAll, "end", "integer", "where they end"},
    {kOfAll, "text", "string", "the words in the text"},
    {kOfAll, "name", "string", "full name"},
    {kOfAll, "country", "string", "as source_country"},
    {kOfAll, "sector", "string", "as source_sector"},
    {kOfAll, "lat", "number", "latitude in degrees, WGS 84"},
    {kOfAll, "lon", "number", "longitude in degrees, WGS 84"},
    {kOfAll, "geonames_id", "integer", "id of the place at GeoNames"},
    {kOfAll, "precision", "string", "country, region, city, site, water or area"}};

constexpr std::string_view kColumnsWithWords[] = {"title",          "text",          "sentence",   "also",          "trigger",
                                                  "source_text",    "target_text",   "place_text", "quantity_text", "speaker_text",
                                                  "addressee_text", "attributed_to", "cue",        "value"};

struct TableMeaning {
  std::string_view name;
  std::string_view meaning;
};
constexpr TableMeaning kTables[] = {{"articles", "what was read: one row an article"},
                                    {"events", "political acts: who did what to whom, when, where, on whose word"},
                                    {"statements", "who said what to whom"},
                                    {"places", "every place that is named"},
                                    {"times", "every time that is named"},
                                    {"mentions", "every mention of an actor, where the database has them (casus ingest --mentions)"},
                                    {"incidents", "acts of all articles together: each once, however many report it (casus incidents)"},
                                    {"incident_mentions", "which events tell of an incident"},
                                    {"old_versions", "earlier texts of articles that were corrected"},
                                    {"fixes", "what people corrected (casus fix); records have it already"}};

const ColumnMeaning* meaning_of(std::string_view table, std::string_view column) {
  const ColumnMeaning* of_all = nullptr;
  for (const ColumnMeaning& meaning : kMeanings) {
    if (meaning.column != column) continue;
    if (meaning.table == table) return &meaning;
    if (meaning.table == kOfAll) of_all = &meaning;
  }
  return of_all;
}

std::string_view meaning_of_table(std::string_view name) {
  const auto found = std::ranges::find(kTables, name, &TableMeaning::name);
  return found == std::end(kTables) ? "" : found->meaning;
}

}  // namespace

std::vector<ExportedTable> exported_tables() {
  const auto list = [](auto columns) { return std::vector<std::string_view>(columns.begin(), columns.end()); };
  std::vector<std::string_view> articles = list(article_row_columns());
  articles.emplace_back("text");
  return {{"articles", articles},
          {"events", list(event_row_columns())},
          {"statements", list(statement_row_columns())},
          {"places", {"article_id", "begin", "end", "text", "name", "country", "lat", "lon", "geonames_id", "precision", "rule"}},
          {"times", {"article_id", "begin", "end", "text", "type", "value"}},
          {"mentions", {"article_id", "begin", "end", "text", "name", "country", "sector", "rule"}},
          {"incidents", incident_row_columns()},
          {"incident_mentions", incident_mention_columns()},
          {"old_versions", articles},
          {"fixes", {"article_id", "kind", "target", "value", "author", "made_at", "undone_by", "undone_at"}}};
}

bool has_words(std::string_view table, std::string_view column) {
  if (column == "value" && table != "fixes") return false;  // of a time
  return std::ranges::find(kColumnsWithWords, column) != std::end(kColumnsWithWords);
}

std::string codebook_markdown(std::span<const TableSummary> tables) {
  std::string out =
      "# Codebook\n\nWritten by casus " + std::string(build_info::kVersion) +
      ". UTF-8; CSV as in RFC 4180, empty means missing (`NA` would be Namibia); several values of a cell are joined by `|`. JSON Lines "
      "have the same records, one a line.\n";
  for (const TableSummary& table : tables) {
    out += "\n## " + table.name + "\n" + std::string(meaning_of_table(table.name)) + ". Rows: " + std::to_string(table.rows) +
           ".\n\n| column | type | meaning |\n|---|---|---|\n";
    for (const std::string& column : table.columns) {
      const ColumnMeaning* meaning = meaning_of(table.name, column);
      out += "| `" + column + "` | " + std::string(meaning == nullptr ? "" : meaning->type) + " | ";
      for (const char c : meaning == nullptr ? std::string_view() : meaning->meaning) out += c == '|' ? "\\|" : std::string(1, c);
      out += " |\n";
    }
  }
  return out;
}

std::string datapackage_json(std::span<const TableSummary> tables) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("profile", "tabular-data-package").field("name", "casus-export").key("resources").begin_array();
  for (const TableSummary& table : tables) {
    json.begin_object().field("name", table.name).field("path", table.name + ".csv").field("profile", "tabular-data-resource");
    json.field("description", meaning_of_table(table.name))
        .field("encoding", "utf-8")
        .key("schema")
        .begin_object()
        .key("fields")
        .begin_array();
    for (const std::string& column : table.columns) {
      const ColumnMeaning* meaning = meaning_of(table.name, column);
      json.begin_object().field("name", column).field("type", meaning == nullptr ? "string" : meaning->type);
      json.field("description", meaning == nullptr ? "" : meaning->meaning).end_object();
    }
    json.end_array().key("missingValues").begin_array().string("").end_array().end_object().end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

}  // namespace casus
