#include "cli/explanation.h"

#include <algorithm>
#include <filesystem>

namespace casus {
namespace {

constexpr size_t kMostWords = 5;  ///< of a part's list

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size() && i < kMostWords; ++i) text += (i == 0 ? "" : "|") + words[i];
  return words.size() > kMostWords ? text + "|…" : text;
}

std::string in_brackets(const std::vector<std::string>& words) { return words.empty() ? "" : "[" + listed(words) + "]"; }

/// "TARGET[troop|tank]@place", "[phone] call", "ANY".
std::string filler_text(const FramePart& part) {
  if (part.role == FrameRole::kNone) {
    if (part.words.empty() && part.modifiers.empty()) return "ANY";
    return in_brackets(part.modifiers) + (part.modifiers.empty() || part.words.empty() ? "" : " ") + listed(part.words);
  }
  const char* const kind = part.kind == SlotKind::kPlace ? "@place" : part.kind == SlotKind::kPerson ? "@person" : "";
  return (part.role == FrameRole::kSource ? "SOURCE" : "TARGET") + in_brackets(part.words) + kind;
}

std::string clause_text(const char* opening, const std::vector<std::string>& words, const FramePart& part) {
  const std::string subject = part.role == FrameRole::kNone ? "" : part.role == FrameRole::kSource ? " SOURCE" : " TARGET";
  return opening + in_brackets(words) + subject;
}

}  // namespace

std::string part_text(const FramePart& part) {
  switch (part.place) {
    case FramePlace::kThing: return "THING";
    case FramePlace::kNothing: return "NOTHING";
    case FramePlace::kObject: return (part.prepositions.empty() ? "" : "(" + listed(part.prepositions) + ") ") + filler_text(part);
    case FramePlace::kPreposition: return listed(part.prepositions) + " " + filler_text(part);
    case FramePlace::kParticle: return "+" + listed(part.words);
    case FramePlace::kInfinitive: return clause_text("to-do", part.words, part);
    case FramePlace::kClause: return clause_text("that", part.modifiers, part);
    case FramePlace::kWish: return clause_text("that-do", part.modifiers, part);
    case FramePlace::kGerund: return (part.prepositions.empty() ? "" : listed(part.prepositions) + " ") + "doing" + in_brackets(part.words);
    case FramePlace::kOwner: return filler_text(part) + "'s";
    case FramePlace::kSubject: break;
  }
  return part.role == FrameRole::kNone && !part.words.empty() ? "ANY" + in_brackets(part.words) : filler_text(part);
}

const Event* Reading::event(std::string_view id) const {
  const auto found = std::find_if(report.events.begin(), report.events.end(), [&](const Event& one) { return one.id == id; });
  return found == report.events.end() ? nullptr : &*found;
}

std::string Reading::place_in_data(const std::string& file, uint64_t line) const {
  if (line == 0) return "gazetteer";  // the places of the gazetteer are rows of no table
  const std::filesystem::path folder = std::filesystem::path(data_folder + "/").lexically_normal().parent_path();
  const std::filesystem::path inside = std::filesystem::path(file).lexically_normal().lexically_relative(folder);
  const bool is_inside = !inside.empty() && *inside.begin() != "..";
  return (is_inside ? (folder.filename() / inside).string() : file) + ":" + std::to_string(line);
}

bool Asked::wants(const Reading& reading, size_t sentence_index) const {
  if (sentence != 0 && sentence != sentence_index + 1) return false;
  if (event_id.empty()) return true;
  return std::any_of(reading.trace.acts.begin(), reading.trace.acts.end(),
                     [&](const auto& act) { return act.second.event_id == event_id && reading.sentence_of(act.first) == sentence_index; });
}

}  // namespace casus
