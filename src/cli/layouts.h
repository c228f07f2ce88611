#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <casus/report.h>
#include <casus/result.h>

#include "lexicon/lexicon.h"
#include "lexicon/table_file.h"
#include "store/state_codes.h"

namespace casus {

/// A column of another project's data.
struct LayoutColumn {
  std::string column{};
  std::string field{};  ///< what fills it; "" for nothing
  std::string note{};
};

/// How other data lay out events: data/layouts/NAME.tsv.
struct Layout {
  std::string name{};
  std::vector<LayoutColumn> columns{};
  bool has_pairs = true;   ///< a row for each pair of source and target, else one an event
  bool has_header = true;  ///< the first row names the columns
  std::string file{};      ///< as scripts expect it
};

/// An event as strict PLOVER has it.
struct ProjectedEvent {
  std::string type{};
  std::string mode{};
  bool is_announced = false;  ///< what happened is that it was announced, on the day of publication
};

/// Turns events into rows of other data, and planned ones into what was announced (data/ontology/plover_projection.tsv).
/// Threads: immutable after loading.
class LayoutWriter {
 public:
  /// Errors: of the tables.
  [[nodiscard]] static Result<LayoutWriter> load(const std::string& name, const std::string& data_option,
                                                 std::shared_ptr<const Lexicon> lexicon);

  [[nodiscard]] const Layout& layout() const { return layout_; }

  /// What the event is there; nothing if it is none.
  [[nodiscard]] std::optional<ProjectedEvent> project(const Report& report, const Event& event) const;

  /// The rows of a projected event. `no_text`: without words of the article.
  [[nodiscard]] std::vector<std::vector<std::string>> rows(const Report& report, const Event& event, const ProjectedEvent& projected,
                                                           bool no_text) const;

 private:
  struct Cameo {
    std::string code{};
    std::string label{};
    std::string goldstein{};
    std::string quad{};
    std::string type{};
    std::string mode{};
  };
  struct RowContext;

  [[nodiscard]] Result<void> read_layout(const std::string& folder);
  [[nodiscard]] Result<void> read_rules(const std::string& folder);
  [[nodiscard]] Result<void> read_names(const std::string& folder);
  [[nodiscard]] bool is_state(const std::string& country) const;
  [[nodiscard]] bool is_one_of(const std::vector<Actor>& actors, const Actor& somebody) const;
  [[nodiscard]] bool was_asked(const Report& report, const Event& event) const;
  [[nodiscard]] std::string speaker_of(const Report& report, const Event& event) const;
  [[nodiscard]] const Cameo* cameo_of(const Event& event, const ProjectedEvent& projected) const;
  [[nodiscard]] std::string cell(const std::string& field, const RowContext& row) const;
  [[nodiscard]] std::optional<std::string> cell_of_actor(std::string_view field, const RowContext& row) const;
  [[nodiscard]] std::optional<std::string> cell_of_code(std::string_view field, const RowContext& row) const;
  [[nodiscard]] std::optional<std::string> cell_of_place(std::string_view field, const RowContext& row) const;
  [[nodiscard]] std::optional<std::string> cell_of_day(std::string_view field, const RowContext& row) const;
  [[nodiscard]] std::optional<std::string> cell_of_event(std::string_view field, const RowContext& row) const;
  [[nodiscard]] std::string country_name(const std::string& code) const;

  Layout layout_{};
  std::shared_ptr<const Lexicon> lexicon_{};
  StateCodes states_{};
  std::map<std::array<std::string, 3>, std::string> projection_{};       ///< type, status, speaker
  std::map<std::array<std::string, 3>, std::string> projected_modes_{};  ///< by type, mode, projected type
  std::set<std::string> asks_{};                                         ///< types
  std::set<std::pair<std::string, std::string>> symmetric_{};
  std::map<std::string, Cameo> cameo_{};
  std::map<std::string, std::string> roles_{};  ///< by sector
  std::map<std::string, std::string> sector_names_{};
  std::map<std::string, std::string> quad_names_{};
  std::map<std::string, std::string> countries_{};  ///< name by code
};

}  // namespace casus
