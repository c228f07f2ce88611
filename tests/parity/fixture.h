#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <casus/result.h>
#include <casus/span.h>

namespace casus::parity {

/// A decision of spaCy that was nearly undecided: the token it was about and by how much the best beat the second.
struct Margin {
  uint32_t token = 0;
  double margin = 0;
};

/// An entity as spaCy has it: tokens [begin, end).
struct FixtureEntity {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string type;
};

/// What spaCy says about one token.
struct FixtureToken {
  ByteSpan span;
  bool space_after = false;
  bool sentence_start = false;
  std::string tag, pos, morph, dep, lemma;
  std::string norm;  ///< "" where it is the lower-cased text
  uint32_t head = 0;
};

/// What spaCy says about one text. The margins are those below the fixture's limit, in order of the decisions.
struct FixtureDocument {
  std::string name;
  std::string text;
  std::vector<FixtureToken> tokens;
  std::vector<FixtureEntity> entities;
  std::vector<Margin> tag_margins, parse_margins, entity_margins;
};

/// A fixture of tools/make_parity_fixture.py (docs/parity.md tells the form).
struct Fixture {
  std::string made_with;  ///< the JSON text of the header's member
  std::map<std::string, uint64_t> noise_floor;
  double margin_limit = 0;
  std::vector<FixtureDocument> documents;
};

/// Errors: kNotFound, kUnreadable, kBadRecord with the line.
[[nodiscard]] Result<Fixture> read_fixture(const std::filesystem::path& path);

}  // namespace casus::parity
