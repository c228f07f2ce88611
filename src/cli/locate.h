#pragma once

#include <filesystem>
#include <string>

namespace casus {

/// A folder or file that the program needs, and who said so: an option, a variable of the environment, or a usual place.
struct Located {
  std::filesystem::path path;
  std::string origin;  ///< "--model", "CASUS_MODEL", "installed", "source tree", "build tree"
  bool exists = false;
};

/// The folder of the language model. An option or a variable is taken as it is; else the first usual place that exists:
/// <program>/../share/casus/model, vendor/model of the source tree that the program was built from.
[[nodiscard]] Located locate_model(const std::string& option);

/// The same for ontology and dictionaries: --data, CASUS_DATA, <program>/../share/casus/data, data/ of the source tree.
[[nodiscard]] Located locate_data(const std::string& option);

/// The same for the example articles: CASUS_EXAMPLES, <program>/../share/casus/examples, examples/ of the source tree.
[[nodiscard]] Located locate_examples();

/// The same for the file of the gazetteer: CASUS_GAZETTEER, <program>/../share/casus/gazetteer.bin, gazetteer.bin of the build tree.
[[nodiscard]] Located locate_gazetteer();

/// The same for the judge: --judge, CASUS_JUDGE, <program>/../share/casus/judge.bin, judge.bin of the build tree.
[[nodiscard]] Located locate_judge(const std::string& option);

/// What to do when there is no model.
[[nodiscard]] std::string model_remedy();
[[nodiscard]] std::string data_remedy();
[[nodiscard]] std::string examples_remedy();
[[nodiscard]] std::string gazetteer_remedy();
[[nodiscard]] std::string judge_remedy();

}  // namespace casus
