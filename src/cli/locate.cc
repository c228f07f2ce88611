#include "cli/locate.h"

#include <cstdlib>

namespace casus {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error) && !fs::is_directory(path, error);
}

// The folder above the one in which the program lies ("/usr" for "/usr/bin/casus"); empty if the system does not tell.
fs::path installation_prefix() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : program.parent_path().parent_path();
}

Located locate(const std::string& option, const char* option_name, const char* variable, const char* shared, const char* in_source) {
  if (!option.empty()) return {option, option_name, is_folder(option)};
  const char* value = std::getenv(variable);
  if (value != nullptr && *value != '\0') return {value, variable, is_folder(value)};
  const fs::path prefix = installation_prefix();
  if (!prefix.empty() && is_folder(prefix / shared)) return {prefix / shared, "installed", true};
  const fs::path source = fs::path(CASUS_SOURCE_DIR) / in_source;
  return {source, "source tree", is_folder(source)};
}

// A file that the build compiles.
Located locate_compiled(const std::string& option, const char* option_name, const char* variable, const char* shared, const char* built) {
  if (!option.empty()) return {option, option_name, is_there(option)};
  const char* value = std::getenv(variable);
  if (value != nullptr && *value != '\0') return {value, variable, is_there(value)};
  const fs::path installed = installation_prefix() / shared;
  if (is_there(installed)) return {installed, "installed", true};
  return {built, "build tree", is_there(built)};
}

}  // namespace

Located locate_model(const std::string& option) { return locate(option, "--model", "CASUS_MODEL", "share/casus/model", "vendor/model"); }

Located locate_data(const std::string& option) { return locate(option, "--data", "CASUS_DATA", "share/casus/data", "data"); }

Located locate_examples() { return locate("", "", "CASUS_EXAMPLES", "share/casus/examples", "examples"); }

Located locate_gazetteer() { return locate_compiled("", "", "CASUS_GAZETTEER", "share/casus/gazetteer.bin", CASUS_GAZETTEER); }

Located locate_judge(const std::string& option) {
  return locate_compiled(option, "--judge", "CASUS_JUDGE", "share/casus/judge.bin", CASUS_JUDGE);
}

std::string model_remedy() {
  return "run tools/fetch_vendor.sh (or ./run) in the source tree, or name the folder of a spaCy v3.8 English package with --model or "
         "CASUS_MODEL";
}

std::string data_remedy() { return "name casus' data folder with --data or CASUS_DATA"; }

std::string examples_remedy() { return "name the folder of casus' example articles with CASUS_EXAMPLES"; }

std::string judge_remedy() {
  return "run tools/fetch_vendor.sh (or ./run) in the source tree and build again, or name the file with --judge or CASUS_JUDGE";
}

std::string gazetteer_remedy() {
  return "run tools/fetch_vendor.sh (or ./run) in the source tree and build again, or name the file with CASUS_GAZETTEER";
}

}  // namespace casus
