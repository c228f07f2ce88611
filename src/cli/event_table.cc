#include "cli/event_table.h"

#include <algorithm>

#include "base/calendar.h"
#include "cli/sides_text.h"
#include "cli/text_width.h"

namespace casus {
namespace {

constexpr size_t kDateWidth = 14;
constexpr size_t kTypeWidth = 22;
constexpr size_t kStatusWidth = 12;
constexpr size_t kIndent = 2;
constexpr size_t kWordsIndent = kIndent + kDateWidth;

std::string bold(const TableStyle& style, const std::string& text) { return style.bold ? "\x1b[1m" + text + "\x1b[0m" : text; }

// The sentence around the trigger, which is marked, in `width` columns.
std::string words_text(const Report& report, const Event& event, const TableStyle& style, size_t width) {
  const Article& article = *report.article;
  if (!event.sentence.contains(event.trigger_span)) return fit(one_line(article.view(event.sentence)), width);
  std::string trigger = one_line(article.view(event.trigger_span));
  const size_t marks = style.bold ? 0 : 2;
  trigger = fit(trigger, width > marks ? width - marks : 0);

  // A letter stands in for the trigger, so that the spaces beside it stay.
  std::string before = one_line(std::string(article.view({event.sentence.begin, event.trigger_span.begin})) + "x");
  before.pop_back();
  std::string after = one_line("x" + std::string(article.view({event.trigger_span.end, event.sentence.end})));
  after.erase(0, 1);

  const size_t used = display_width(trigger) + marks;
  const size_t room = width > used ? width - used : 0;
  const size_t after_width = display_width(after);
  const size_t for_before = room - std::min(after_width, room / 2);
  before = fit_end(before, for_before);
  after = fit(after, room - display_width(before));
  return before + (style.bold ? bold(style, trigger) : "[" + trigger + "]") + after;
}

std::string heading_text(const Article& article, size_t width) {
  const ArticleFields& fields = article.fields();
  std::string text = one_line(fields.id);
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += (text.empty() ? "" : " · ") + one_line(part);
  };
  add(fields.outlet);
  if (fields.published) add(format_day(*fields.published));
  add(fields.title);
  return fit(text, width);
}

void append_event(const Report& report, const Event& event, const TableStyle& style, std::string& out) {
  std::string line(kIndent, ' ');
  append_padded(date_text(event.date) + " ", kDateWidth, line);
  std::string type = one_line(event.type);
  if (!event.mode.empty()) type += " " + one_line(event.mode);
  append_padded(type + " ", kTypeWidth, line);
  append_padded(one_line(event.status) + " ", kStatusWidth, line);
  const size_t used = display_width(line);
  line += dyad_text(actors_text(event.source), actors_text(event.target), style.columns > used ? style.columns - used : 0);
  out += line;
  out += '\n';
  out.append(kWordsIndent, ' ');
  out += words_text(report, event, style, style.columns - kWordsIndent);
  out += '\n';
}

}  // namespace

std::string actors_text(const std::vector<Actor>& actors) {
  std::string text;
  for (const Actor& actor : actors)
    text += (text.empty() ? "" : ", ") + actor_text(actor.country, actor.sector, actor.name.empty() ? actor.text : actor.name);
  return text;
}

std::string event_table_header(const TableStyle& style) {
  std::string line(kIndent, ' ');
  append_padded("DATE", kDateWidth, line);
  append_padded("TYPE, MODE", kTypeWidth, line);
  append_padded("STATUS", kStatusWidth, line);
  line += "SOURCE → TARGET";
  return bold(style, line) + "\n";
}

void append_event_table(const Report& report, const TableStyle& style, std::string& out) {
  out += '\n';
  out += bold(style, heading_text(*report.article, style.columns));
  out += '\n';
  for (const Event& event : report.events) append_event(report, event, style, out);
  if (report.events.empty()) out += "  no events\n";
}

}  // namespace casus
