// casus demo: the example articles and a database of them, to play with.
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/locate.h"
#include "cli/output.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

constexpr const char* kArticlesFolder = "articles";
constexpr const char* kDatabase = "demo.db";
constexpr const char* kReadMe = "README.md";  // of the examples: tells of their place in the source tree

Error cannot_make(const fs::path& path, const std::string& reason) {
  return {.code = ErrorCode::kUnwritable,
          .message = "cannot be made: " + reason,
          .file = path.string(),
          .remedy = "name a new folder in one that may be written to"};
}

/// Copies the examples into a folder, which must be new or empty: nothing of anybody's is written over.
Result<void> copy_examples(const fs::path& examples, const fs::path& folder) {
  std::error_code failed;
  if (fs::exists(folder, failed) && !(fs::is_directory(folder, failed) && fs::is_empty(folder, failed))) {
    return Error{.code = ErrorCode::kUnwritable,
                 .message = "is there already, and is no empty folder",
                 .file = folder.string(),
                 .remedy = "name a new folder, or take this one away"};
  }
  const fs::path articles = folder / kArticlesFolder;
  fs::create_directories(articles, failed);
  if (failed) return cannot_make(articles, failed.message());
  fs::copy(examples, articles, fs::copy_options::recursive, failed);
  if (failed) return cannot_make(articles, failed.message());
  fs::remove(articles / kReadMe, failed);
  return {};
}

std::string next_steps(const std::string& articles, const std::string& database) {
  const std::string db = " --db " + database;
  return "The articles are in " + articles + ", what casus codes in them in " + database + ". Try:\n\n" + "  casus events" + db +
         " --dyad Argentina,'United Kingdom'\n" + "  casus statements" + db + " --actor Khrushchev\n" +
         "  casus search '\"no fly zone\" OR blockade'" + db + "\n" + "  casus panel" + db + " --unit dyad --by month --fill none\n" +
         "  casus brief " + articles + "/cuba_1962\n" + "  casus events" + db +
         " --type THREATEN --columns id,source_name,target_name,sentence\n" + "  casus fix ID --reject" + db +
         "          an event that is none, by its id\n" + "  casus export " + (fs::path(database).parent_path() / "export").string() + db +
         "\n";
}

}  // namespace

int demo_command(const Options& options, Messages& messages) {
  const Located examples = locate_examples();
  if (!examples.exists) {
    messages.error({.code = ErrorCode::kNotFound,
                    .message = "the example articles are not there",
                    .file = examples.path.string(),
                    .remedy = examples_remedy()});
    return kCannotWork;
  }
  const fs::path folder = options.output_file;
  if (const Result<void> copied = copy_examples(examples.path, folder); !copied.ok()) {
    messages.error(copied.error());
    return kCannotWork;
  }
  Options ingest = options;
  ingest.command = Command::kIngest;
  ingest.output_file = "/dev/null";  // a run closes what it writes to, and standard output is for the next steps
  ingest.inputs = {(folder / kArticlesFolder).string()};
  ingest.database = (folder / kDatabase).string();
  if (const int status = ingest_command(ingest, messages); status != kFine) return status;
  Output output;
  output.write(next_steps(ingest.inputs.front(), ingest.database));
  output.close();
  if (output.state() != Output::State::kFailed) return kFine;
  messages.error({.code = ErrorCode::kUnwritable, .message = "cannot write the next steps: " + output.reason()});
  return kCannotWork;
}

}  // namespace casus
