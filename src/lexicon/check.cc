#include "lexicon/check.h"

#include <algorithm>
#include <tuple>

namespace casus {

std::vector<DictionaryFinding> check_dictionaries(const std::filesystem::path& folder, std::span<const std::filesystem::path> overlays,
                                                  const LemmaOf& lemma_of) {
  std::vector<DictionaryFinding> findings;
  const auto lexicon = Lexicon::load(folder, overlays);
  auto folders = DataFolders::open(folder, overlays);
  if (!lexicon || !folders) {
    findings.push_back({DictionaryFinding::Level::kError, "load", lexicon ? folders.error() : lexicon.error()});
    return findings;
  }
  check_names(*folders, **lexicon, findings);
  check_frames(*folders, **lexicon, lemma_of, findings);
  std::stable_sort(findings.begin(), findings.end(), [](const DictionaryFinding& a, const DictionaryFinding& b) {
    return std::tie(a.place.file, a.place.line) < std::tie(b.place.file, b.place.line);
  });
  return findings;
}

}  // namespace casus
