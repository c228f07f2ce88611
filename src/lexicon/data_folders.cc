#include "lexicon/data_folders.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "base/hash.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFramesFolder = "frames";
constexpr std::string_view kFramesEnding = ".frames";
constexpr std::string_view kArticleFolder = "article";
constexpr std::string_view kFolders[] = {"ontology", "world", "reading", kFramesFolder};

bool is_known(std::string_view folder, const fs::path& name) {
  if (folder == kFramesFolder && name.extension() == kFramesEnding) return true;
  const std::string path = std::string(folder) + "/" + name.string();
  if (path == kListsPath) return true;
  return std::any_of(table_forms().begin(), table_forms().end(), [&](const TableForm& form) { return form.path == path; });
}

/// The files of a sub-folder by name; none if there is no such folder.
Result<std::vector<fs::path>> files_of(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) return found;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) found.push_back(entry->path());
  if (failed) {
    return Error{.code = ErrorCode::kUnreadable,
                 .message = "cannot list the folder: " + failed.message(),
                 .file = folder.string(),
                 .remedy = "give a folder that can be read"};
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// Whether an overlay holds what an overlay may hold, and something of it.
Result<void> check_overlay(const fs::path& overlay) {
  size_t known = 0;
  for (const std::string_view folder : kFolders) {
    auto files = files_of(overlay / folder);
    if (!files) return std::move(files).error();
    for (const fs::path& file : *files) {
      const bool data = file.extension() == ".tsv" || file.extension() == kFramesEnding;
      if (is_known(folder, file.filename())) {
        ++known;
      } else if (data) {
        return Error{.code = ErrorCode::kBadData,
                     .message = "no file of this name is read from a lexicon",
                     .file = file.string(),
                     .remedy = "name it as casus' own data folder does (docs/dictionaries.md), or move it away"};
      }
    }
  }
  std::error_code failed;
  if (fs::exists(overlay / kArticleFolder, failed)) {
    return Error{.code = ErrorCode::kBadData,
                 .message = "the tables for reading articles cannot be overlaid",
                 .file = (overlay / kArticleFolder).string(),
                 .remedy = "give a whole data folder with --data"};
  }
  if (known > 0) return {};
  return Error{.code = ErrorCode::kBadData,
               .message = "holds no dictionary",
               .file = overlay.string(),
               .remedy = "give a folder with files such as world/people.tsv or frames/NAME.frames"};
}

}  // namespace

std::span<const TableForm> table_forms() {
  static const std::vector<TableForm> kForms = {
      {"ontology/types.tsv", {"name", "quad", "score", "target"}, {"name"}},
      {"ontology/modes.tsv", {"type", "mode", "score"}, {"type", "mode"}},
      {"ontology/contexts.tsv", {"name"}, {"name"}},
      {"ontology/sectors.tsv", {"code", "state", "at_home"}, {"code"}},
      {"ontology/cameo.tsv", {"code", "goldstein", "type", "contexts"}, {"code"}},
      {"world/countries.tsv", {"iso3", "name", "aliases", "demonyms", "people", "capital"}, {"iso3"}},
      {"world/seats.tsv", {"name", "aliases", "country", "sector"}, {"name"}},
      {"world/organisations.tsv", {"name", "aliases", "country", "sector"}, {"name"}},
      {"world/people.tsv", {"name", "aliases", "country", "sector"}, {"name", "country", "office", "valid_from"}},
      {"world/places.tsv", {"name", "aliases", "country", "kind"}, {"name", "country"}},
      {"world/centres.tsv", {"iso3", "geonames_id", "lat", "lon"}, {"iso3"}},
      {"world/titles.tsv", {"word", "sector"}, {"word"}},
      {"world/groups.tsv", {"word", "sector"}, {"word"}},
      {"reading/prepositions.tsv", {"word", "class", "value"}, {"word", "class"}},
      {"reading/status.tsv", {"word", "class", "value"}, {"word", "class"}},
      {"reading/speech.tsv", {"word", "class", "value"}, {"word", "class"}},
      {"reading/time.tsv", {"word", "class", "value"}, {"word", "class"}},
      {"reading/numbers.tsv", {"word", "class", "value"}, {"word", "class"}},
      {"reading/units.tsv", {"singular", "plural", "kind", "name", "currency", "country"}, {"singular", "country"}},
      {"reading/reference.tsv", {"word", "class", "value"}, {"word", "class"}},
      {"reading/places.tsv", {"word", "class", "value"}, {"word", "class"}},
      {"reading/wrappers.tsv", {"word", "kind", "effect"}, {"word", "kind"}},
      {"reading/confidence.tsv", {"feature", "value", "log_odds"}, {"feature", "value"}},
      {"reading/type_rules.tsv",
       {"type", "symmetric", "speech", "content", "face_mode", "third_place_mode", "many_sides_mode", "not_with", "place", "answers",
        "unwilling"},
       {"type"}}};
  return kForms;
}

Result<DataFolders> DataFolders::open(const fs::path& folder, std::span<const fs::path> overlays) {
  DataFolders folders;
  folders.folders_.push_back(folder);
  folders.folders_.insert(folders.folders_.end(), overlays.begin(), overlays.end());
  if (overlays.size() > kMaxOverlays) {
    return Error{.code = ErrorCode::kTooLarge,
                 .message = "more than " + std::to_string(kMaxOverlays) + " folders lie over the data folder",
                 .file = overlays[kMaxOverlays].string(),
                 .remedy = "join some of them"};
  }
  for (const fs::path& path : folders.folders_) {
    std::error_code failed;
    if (fs::is_directory(path, failed)) continue;
    const bool base = &path == &folders.folders_.front();
    return Error{.code = ErrorCode::kNotFound,
                 .message = base ? "no such data folder" : "no such folder of dictionaries",
                 .file = path.string(),
                 .remedy = base ? "give the folder that holds ontology/, world/, frames/ and reading/"
                                : "give a folder with files such as world/people.tsv or frames/NAME.frames"};
  }
  for (const fs::path& overlay : overlays) {
    if (auto fine = check_overlay(overlay); !fine) return std::move(fine).error();
  }
  return folders;
}

Result<DataFile> DataFolders::read(size_t layer, std::string_view path) {
  const fs::path file = folders_[layer] / path;
  auto content = read_file(file, kMaxDataFileBytes);
  if (!content) return std::move(content).error();
  read_ += std::to_string(layer) + '\t' + std::string(path) + '\t' + hash_hex(*content) + '\n';
  return DataFile{.file = file.string(), .content = *std::move(content), .layer = static_cast<uint32_t>(layer)};
}

Result<Table> DataFolders::table(std::string_view path) {
  const auto form = std::find_if(table_forms().begin(), table_forms().end(), [&](const TableForm& known) { return known.path == path; });
  std::vector<Table> tables;
  for (size_t layer = 0; layer < folders_.size(); ++layer) {
    std::error_code failed;
    if (layer > 0 && !fs::exists(folders_[layer] / path, failed)) continue;
    auto file = read(layer, path);
    if (!file) return std::move(file).error();
    auto table = Table::parse(std::move(file->content), std::move(file->file), form->columns);
    if (!table) return std::move(table).error();
    tables.push_back(*std::move(table));
  }
  for (size_t over = 1; over < tables.size(); ++over) {
    if (auto done = tables[0].overlay(std::move(tables[over]), form->key); !done) return std::move(done).error();
  }
  return std::move(tables[0]);
}

Result<std::vector<Table>> DataFolders::list_tables() {
  std::vector<Table> tables;
  for (size_t layer = 0; layer < folders_.size(); ++layer) {
    std::error_code failed;
    if (!fs::exists(folders_[layer] / kListsPath, failed)) continue;
    auto file = read(layer, kListsPath);
    if (!file) return std::move(file).error();
    auto table = Table::parse(std::move(file->content), std::move(file->file), {"list", "words"});
    if (!table) return std::move(table).error();
    tables.push_back(*std::move(table));
  }
  return tables;
}

Result<std::vector<DataFile>> DataFolders::frame_files() {
  std::vector<DataFile> files;
  for (size_t layer = 0; layer < folders_.size(); ++layer) {
    const fs::path folder = folders_[layer] / kFramesFolder;
    std::error_code failed;
    if (layer == 0 && !fs::is_directory(folder, failed)) {
      return Error{
          .code = ErrorCode::kNotFound, .message = "no such folder", .file = folder.string(), .remedy = "give a complete data folder"};
    }
    auto paths = files_of(folder);
    if (!paths) return std::move(paths).error();
    for (const fs::path& path : *paths) {
      if (path.extension() != kFramesEnding) continue;
      auto file = read(layer, (fs::path(kFramesFolder) / path.filename()).string());
      if (!file) return std::move(file).error();
      files.push_back(*std::move(file));
    }
  }
  return files;
}

std::string DataFolders::fingerprint() const { return hash_hex(read_); }

}  // namespace casus
