#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "lexicon/data_folders.h"
#include "lexicon/lexicon.h"

namespace casus {

/// What a check found. An error makes dictionaries wrong; a warning may be meant.
struct DictionaryFinding {
  enum class Level : uint8_t { kError, kWarning };
  Level level = Level::kError;
  std::string check{};  ///< stable name of the kind of finding: "shared-name"
  Error place{};        ///< message, file, line (0: the file as a whole), remedy
};

/// The lemma that the language model's rules give a verb.
using LemmaOf = std::function<std::string(const std::string& verb)>;

/// Checks a data folder and those over it: whether they load, then names and terms of office, frames and word lists, and what of the
/// ontology has no entry. Findings by file and line; a fault that keeps them from loading is the only one.
/// `lemma_of`: tells words of frames that are no lemmas; empty: this is not checked.
[[nodiscard]] std::vector<DictionaryFinding> check_dictionaries(const std::filesystem::path& folder,
                                                                std::span<const std::filesystem::path> overlays, const LemmaOf& lemma_of);

/// The parts of it, for dictionaries that load.
void check_names(DataFolders& folders, const Lexicon& lexicon, std::vector<DictionaryFinding>& findings);
void check_frames(DataFolders& folders, const Lexicon& lexicon, const LemmaOf& lemma_of, std::vector<DictionaryFinding>& findings);

}  // namespace casus
