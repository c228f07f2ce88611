#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "store/panel.h"
#include "store/state_codes.h"

namespace casus {

/// The columns of a panel and the cells of its rows: the period, codes of the unit, then counts. Threads: immutable.
class PanelColumns {
 public:
  /// `codes`: iso3, cow, gw. Errors: kBadOption for codes that there are not; those of the tables of the data folder.
  [[nodiscard]] static Result<PanelColumns> load(const std::filesystem::path& data_folder, PanelUnit unit, std::vector<std::string> codes);

  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::vector<std::string> cells(const PanelRow& row) const;

 private:
  PanelColumns(PanelUnit unit, std::vector<std::string> systems, StateCodes codes, std::vector<std::string> types,
               std::vector<std::string> quads);
  [[nodiscard]] std::string code(const std::string& system, std::string_view iso3, std::string_view period) const;

  PanelUnit unit_;
  std::vector<std::string> systems_;
  StateCodes codes_;
  std::vector<std::string> types_;
  std::vector<std::string> quads_;
};

}  // namespace casus
