#include "store/record_kind.h"

#include <span>
#include <string_view>

#include "article/article_json.h"
#include "reading/reading.h"
#include "reading/record_rows.h"
#include "store/record_cells.h"

namespace casus {
namespace {

std::vector<std::string> strings(std::span<const std::string_view> names) { return {names.begin(), names.end()}; }

}  // namespace

std::vector<std::string> RecordKind::columns() const {
  std::vector<std::string> names = strings(listed_ == Listed::kEvents       ? event_row_columns()
                                           : listed_ == Listed::kStatements ? statement_row_columns()
                                                                            : article_row_columns());
  if (is_search_) names.emplace_back("words");
  return names;
}

std::vector<std::string> RecordKind::cells(const Shown& shown) const {
  const Report& report = *shown.report;
  std::vector<std::string> cells = listed_ == Listed::kEvents ? event_cells(*report.article, report.events[shown.record])
                                   : listed_ == Listed::kStatements
                                       ? statement_cells(*report.article, report.statements[shown.record])
                                       : article_cells(*report.article, report.events.size(), report.statements.size(), shown.duplicate_of);
  if (is_search_) cells.push_back(shown.words);
  return cells;
}

void RecordKind::append_json(const Shown& shown, std::string& out) const {
  if (listed_ == Listed::kArticles) {
    append_article_json(*shown.report->article, false, out);
    return;
  }
  append_records_json(alone(shown), Layers{}, out);
}

Report RecordKind::alone(const Shown& shown) const {
  Report one{.article = shown.report->article, .events = {}, .statements = {}, .places = {}, .times = {}};
  if (listed_ == Listed::kEvents) one.events.push_back(shown.report->events[shown.record]);
  if (listed_ == Listed::kStatements) one.statements.push_back(shown.report->statements[shown.record]);
  return one;
}

bool RecordKind::is_there(const Shown& shown) const {
  if (listed_ == Listed::kEvents) return shown.record < shown.report->events.size();
  return listed_ != Listed::kStatements || shown.record < shown.report->statements.size();
}

std::vector<std::string> ColumnChoices::of(const std::vector<std::string>& cells) const {
  std::vector<std::string> chosen;
  chosen.reserve(indices.size());
  for (const size_t index : indices) chosen.push_back(cells[index]);
  return chosen;
}

}  // namespace casus
