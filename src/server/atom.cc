#include "server/atom.h"

#include <algorithm>
#include <utility>

#include "base/calendar.h"

namespace casus {
namespace {

constexpr std::string_view kUnknownDay = "1970-01-01";  // Atom wants a day for everything
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string names_of(const std::vector<Actor>& actors) {
  std::string text;
  for (const Actor& actor : actors) text += (text.empty() ? "" : ", ") + (actor.name.empty() ? actor.country : actor.name);
  return text;
}

std::string title_of(const Event& event) {
  const std::string source = names_of(event.source), target = names_of(event.target);
  return event.type + " (" + event.status + "): " + source + (target.empty() ? "" : " → " + target);
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t')
          escaped += kReplacement;
        else
          escaped += c;
    }
  }
  return escaped;
}

AtomFeed::AtomFeed(const ApiCall& call)
    : address_("http://" + std::string(call.request.header("Host"))), self_(address_ + call.request.target) {}

void AtomFeed::add(const RecordKind& kind, const Shown& shown) {
  const Article& article = *shown.report->article;
  const ArticleFields& fields = article.fields();
  Entry entry{.kind = "article",
              .id = article.article_id(),
              .title = fields.title.empty() ? fields.id : fields.title,
              .day = fields.published ? format_day(*fields.published) : "",
              .outlet = fields.outlet,
              .page = "/articles/" + article.article_id()};
  if (kind.listed() == Listed::kEvents) {
    const Event& event = shown.report->events[shown.record];
    entry.kind = "event";
    entry.id = event.id;
    entry.title = title_of(event);
    entry.summary = article.view(event.sentence);
  } else if (kind.listed() == Listed::kStatements) {
    const Statement& statement = shown.report->statements[shown.record];
    entry.kind = "statement";
    entry.id = statement.id;
    entry.title = statement.speaker.name.empty() ? "Somebody said" : statement.speaker.name;
    entry.summary = statement.text;
  }
  if (kind.is_search()) entry.summary = shown.words;
  add(entry);
}

void AtomFeed::add(const Entry& entry) {
  const std::string updated = (entry.day.empty() ? std::string(kUnknownDay) : entry.day) + "T00:00:00Z";
  newest_ = std::max(newest_, updated);
  entries_ += "<entry><id>urn:casus:" + std::string(entry.kind) + ":" + entry.id + "</id><title>" + xml_escaped(entry.title) +
              "</title><updated>" + updated + "</updated><link href=\"" + xml_escaped(address_ + entry.page) + "\"/>";
  entries_ += "<author><name>" + xml_escaped(entry.outlet.empty() ? "unknown outlet" : entry.outlet) + "</name></author>";
  if (!entry.summary.empty()) entries_ += "<summary>" + xml_escaped(entry.summary) + "</summary>";
  entries_ += "</entry>\n";
}

std::string AtomFeed::finish() {
  std::string feed = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n";
  feed += "<id>" + xml_escaped(self_) + "</id><title>casus</title><link rel=\"self\" href=\"" + xml_escaped(self_) + "\"/><updated>" +
          (newest_.empty() ? std::string(kUnknownDay) + "T00:00:00Z" : newest_) + "</updated>\n";
  return feed + std::exchange(entries_, "") + "</feed>\n";
}

}  // namespace casus
