#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <casus/report.h>

#include "base/json_writer.h"

namespace casus {

/// What an event was when a fix was made: by this it is found again after a newer reading gave it another id.
struct EventMark {
  std::string type{};
  std::string trigger{};
  std::string sentence{};
  int64_t begin = 0;  ///< of the trigger
  int64_t end = 0;
};

/// Appends the mark of an event as an object under a key, with its id and article if they are given.
void mark_json(JsonWriter& json, const char* key, const Event& event, std::string_view sentence, std::string_view id = "",
               std::string_view article_id = "");

/// The events of an article, wherever they are kept.
struct MarkedEvents {
  size_t size = 0;
  std::function<const Event&(size_t)> event;
  std::function<std::string_view(size_t)> sentence;
};

/// The index of the event that has this id, else of the only one whose trigger lies there, else of the only one with the words of trigger
/// and sentence. `same_type`: where the id is another, also the type must be that of the mark. Nothing where none or several fit.
[[nodiscard]] std::optional<size_t> find_marked(const MarkedEvents& events, std::string_view id, const EventMark& mark, bool same_type);

}  // namespace casus
