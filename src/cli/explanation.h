#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <casus/document.h>
#include <casus/report.h>

#include "cli/event_table.h"
#include "lexicon/lexicon.h"
#include "reading/trace.h"

namespace casus {

/// An article as it was read, with all that was decided on the way. Ownership: refers to all of it.
struct Reading {
  const Report& report;
  const Document& doc;
  const ReadingTrace& trace;
  const Lexicon& lexicon;
  std::string data_folder{};  ///< of the lexicon: files below it are named from there

  [[nodiscard]] size_t sentence_of(uint32_t token) const { return doc.tokens()[token].sentence; }
  /// The event with this id, or null.
  [[nodiscard]] const Event* event(std::string_view id) const;
  /// "data/frames/aid.frames:12".
  [[nodiscard]] std::string place_in_data(const std::string& file, uint64_t line) const;
};

/// What of an article is asked for.
struct Asked {
  size_t sentence = 0;     ///< from 1; 0 for all
  std::string event_id{};  ///< only what belongs to this event, and the sentences that tell of it; "" for all

  [[nodiscard]] bool wants(const Reading& reading, size_t sentence_index) const;
  [[nodiscard]] bool wants(const ActTrace& act) const { return event_id.empty() || act.event_id == event_id; }
};

/// Appends, sentence by sentence, for people: the parse; who is mentioned and why it is that; for each word that frames were tried at
/// which fired, what changed the status, what became of it, and why the others failed.
void append_explanation_text(const Reading& reading, const Asked& asked, const TableStyle& style, std::string& out);

/// The same as JSON Lines, one object a sentence (docs/formats.md).
void append_explanation_json(const Reading& reading, const Asked& asked, std::string& out);

/// A part of a pattern as docs/dictionaries.md writes it; of its words the first few.
[[nodiscard]] std::string part_text(const FramePart& part);

}  // namespace casus
