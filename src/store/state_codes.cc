#include "store/state_codes.h"

#include <charconv>

#include "base/files.h"
#include "lexicon/table_file.h"

namespace casus {
namespace {

constexpr int kLastYear = 9999;

int year_or(std::string_view text, int otherwise) {
  int year = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), year);
  return read.ec == std::errc() ? year : otherwise;
}

}  // namespace

Result<StateCodes> StateCodes::load(const std::filesystem::path& data_folder) {
  const std::string path = (data_folder / "world" / "codes.tsv").string();
  Result<std::string> content = read_file(path, kMaxDataFileBytes);
  if (!content) return std::move(content).error();
  const Result<Table> table = Table::parse(*std::move(content), path, {"iso3", "system", "code", "valid_from", "valid_to"});
  if (!table) return table.error();
  StateCodes codes;
  for (size_t row = 0; row < table->size(); ++row) {
    std::vector<Period>& periods = codes.systems_[std::string(table->cell(row, "system"))][std::string(table->cell(row, "iso3"))];
    periods.push_back({.code = std::string(table->cell(row, "code")),
                       .from = year_or(table->cell(row, "valid_from"), 0),
                       .to = year_or(table->cell(row, "valid_to"), kLastYear)});
  }
  return codes;
}

std::string_view StateCodes::code(std::string_view system, std::string_view iso3, int year) const {
  const auto states = systems_.find(system);
  if (states == systems_.end()) return "";
  const auto periods = states->second.find(iso3);
  if (periods == states->second.end()) return "";
  for (const Period& period : periods->second) {
    if (period.from <= year && year <= period.to) return period.code;
  }
  return "";
}

}  // namespace casus
