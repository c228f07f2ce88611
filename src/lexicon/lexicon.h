#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <casus/result.h>

#include "base/word_filter.h"
#include "lexicon/confidence_table.h"
#include "lexicon/frame_file.h"
#include "lexicon/gazetteer.h"
#include "lexicon/names.h"
#include "lexicon/ontology.h"
#include "lexicon/units.h"
#include "lexicon/words.h"

namespace casus {

/// What kind of people or body a common noun names.
enum class TermKind : uint8_t {
  kTitle,  ///< an office: "foreign minister"
  kGroup   ///< a group or body: "troops", "parliament"
};

/// A common noun (or phrase) for actors.
struct Term {
  std::string words = {};  ///< lower case, the last word a lemma
  std::string sector = {};
  TermKind kind = TermKind::kTitle;
  bool needs_capital = false;  ///< it is that body only with a capital letter: "the House"
};

/// How the reader treats a type of act.
struct TypeRule {
  bool symmetric = false;                 ///< all sides do it: the first named is the source, the rest are targets
  bool is_speech = false;                 ///< the act is the source's own words, so nobody else is quoted for it
  bool content_is_event = true;           ///< whether acts inside its complement are events too
  std::string face_mode = {};             ///< the mode that the two below may sharpen
  std::string third_place_mode = {};      ///< where it happens on neither side's soil
  std::string many_sides_mode = {};       ///< with three or more sides
  bool place_is_target = false;           ///< where nobody is named, those who live at its place are
  std::vector<std::string> answers = {};  ///< types of acts that it may answer: then its target is who did those to its source
  std::string unwilling = {};             ///< type of saying that one will not do it; "": it is denied
  std::string not_with = {};              ///< sector with which there is no such act: interviews are no consultations
};

/// Dictionaries and ontology, compiled. Immutable after loading; shared by all threads.
class Lexicon {
 public:
  /// Reads a data folder: ontology/, world/, frames/*.frames, reading/ (docs/dictionaries.md); and over it, in this order, folders with
  /// any of the same files, whose entries are added, stand in the place of those of the same key, or switch them off.
  /// Errors: kNotFound, kUnreadable, kTooLarge, kBadEncoding, kBadData: always the first fault, with file, line, reason and
  /// remedy. Files are checked against each other too: an unknown type, mode, code or context of a frame is an error.
  /// `gazetteer` may be null: no places are known then beside those of world/.
  [[nodiscard]] static Result<std::shared_ptr<const Lexicon>> load(const std::filesystem::path& folder,
                                                                   std::span<const std::filesystem::path> overlays = {},
                                                                   std::shared_ptr<const Gazetteer> gazetteer = nullptr);

  /// Changes when a byte of the files does.
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }

  [[nodiscard]] const Ontology& ontology() const { return ontology_; }
  [[nodiscard]] const NameTable& names() const { return names_; }
  /// Towns of the world; empty if none was given.
  [[nodiscard]] const Gazetteer& gazetteer() const { return *gazetteer_; }
  [[nodiscard]] const WordTable& words() const { return words_; }
  [[nodiscard]] const UnitTable& units() const { return units_; }
  [[nodiscard]] const WrapperTable& wrappers() const { return wrappers_; }
  [[nodiscard]] const ConfidenceTable& confidence() const { return confidence_; }
  [[nodiscard]] const std::vector<Frame>& frames() const { return frames_; }
  [[nodiscard]] const std::vector<Pattern>& patterns() const { return patterns_; }

  /// Indices into patterns() of those that a lemma triggers, in file order.
  [[nodiscard]] std::span<const uint32_t> patterns_of(PatternKind kind, std::string_view lemma) const;
  /// The term that is exactly these words (lower case, last one a lemma), or null.
  [[nodiscard]] const Term* find_term(std::string_view words) const;
  /// Most words that a term has.
  [[nodiscard]] size_t max_term_words() const { return max_term_words_; }
  /// The rule of a type; the default one for types without an entry.
  [[nodiscard]] const TypeRule& rule_of(std::string_view type) const;

 private:
  Lexicon() = default;
  friend class LexiconLoader;

  std::string fingerprint_ = {};
  Ontology ontology_;
  NameTable names_;
  std::shared_ptr<const Gazetteer> gazetteer_ = {};
  WordTable words_;
  UnitTable units_;
  WrapperTable wrappers_;
  ConfidenceTable confidence_;
  std::vector<Frame> frames_ = {};
  std::vector<Pattern> patterns_ = {};
  std::unordered_map<std::string, std::vector<uint32_t>, StringHash, std::equal_to<>> triggers_[3];
  std::unordered_map<std::string, Term, StringHash, std::equal_to<>> terms_;
  WordFilter<16> term_filter_{};
  size_t max_term_words_ = 1;
  std::map<std::string, TypeRule, std::less<>> type_rules_;
};

}  // namespace casus
