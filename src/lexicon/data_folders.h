#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "lexicon/table_file.h"

namespace casus {

/// Bound on folders that lie over one another.
inline constexpr size_t kMaxOverlays = 64;

/// A table that the lexicon is made of.
struct TableForm {
  std::string_view path;                  ///< within a data folder
  std::vector<std::string_view> columns;  ///< without these it is no such table
  std::vector<std::string_view> key;      ///< the columns that say what a row is about
};

/// All of them but the word lists of frames.
[[nodiscard]] std::span<const TableForm> table_forms();

/// The path of the word lists of frames in a data folder.
inline constexpr std::string_view kListsPath = "frames/lists.tsv";

/// A text file of a data folder, and how many folders lie below that folder.
struct DataFile {
  std::string file{};  ///< as errors name it
  std::string content{};
  uint32_t layer = 0;
};

/// Data folders that lie over one another: the first is complete, each other one holds any of the same files.
class DataFolders {
 public:
  /// Errors: kNotFound for what is no folder; kBadData for a folder above the first that holds none of the files, or one of a name
  /// that nothing reads, which would be lost in silence; kTooLarge for more than kMaxOverlays.
  [[nodiscard]] static Result<DataFolders> open(const std::filesystem::path& folder, std::span<const std::filesystem::path> overlays);

  /// The table at a path of table_forms(), with those of the folders above laid over it. Errors: as read_file, Table.
  [[nodiscard]] Result<Table> table(std::string_view path);
  /// The word lists, one table a folder that has some.
  [[nodiscard]] Result<std::vector<Table>> list_tables();
  /// The frame files, folder after folder, within one by name.
  [[nodiscard]] Result<std::vector<DataFile>> frame_files();

  /// Changes when a byte of a file that was read does.
  [[nodiscard]] std::string fingerprint() const;

 private:
  [[nodiscard]] Result<DataFile> read(size_t layer, std::string_view path);

  std::vector<std::filesystem::path> folders_;
  std::string read_;  ///< path and hash of each file that was read
};

}  // namespace casus
