#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <casus/report.h>
#include <casus/result.h>

#include "lexicon/ontology.h"
#include "store/actor_names.h"
#include "store/fixes.h"

namespace casus {

/// Whom a name means: its full name, country and sector as in Actor.
struct NamedActor {
  std::string name{};
  std::string country{};
  std::string sector{};
};

/// Words of a text and whom they mean.
struct ActorBinding {
  std::string words{};  ///< as they stand in the text, or the full name that was coded
  NamedActor actor{};
};

/// An actor as people write it: "Ukraine/UKR/GOV", with parts left out from the end. Errors: kBadOption.
[[nodiscard]] Result<NamedActor> read_named_actor(const std::string& text, const Ontology& ontology, const ActorNames& names);
/// The same after the words that mean it: "Minsk=Belarus/BLR/GOV". Errors: the same.
[[nodiscard]] Result<ActorBinding> read_actor_binding(const std::string& text, const Ontology& ontology, const ActorNames& names);

/// What a fix sets of an event; what is nullopt stays as it was coded. What the ontology tells of a type (quad, score, …) is set with it by
/// whoever makes the fix, so that a database needs no ontology to be read.
struct EventChange {
  std::optional<std::string> type{};
  std::optional<std::string> mode{};
  std::optional<std::string> status{};
  std::optional<std::string> date{};  ///< its precision follows from its form
  std::optional<std::string> cameo{};
  std::optional<double> goldstein{};
  std::optional<double> score{};
  std::optional<int> quad{};
  std::optional<std::vector<NamedActor>> source{};
  std::optional<std::vector<NamedActor>> target{};
  std::vector<ActorBinding> actors{};  ///< whoever of its source and target has such words
};

/// Sets what the ontology tells of an event under another type or mode: score, quad class, and the code: `cameo` if it is not "", else the
/// event's own where that is one of the type, else the type's most general. `mode`: one of the type's, or "".
void set_type_values(const Ontology& ontology, const EventType& type, const std::string& mode, std::string_view cameo, const Event& event,
                     EventChange& change);
/// The mode that an event keeps under a type: its own, if the type has it.
[[nodiscard]] std::string kept_mode(const EventType& type, const Event& event);

/// Values for Fix::value. `event`, as coded, is what the fix will know it by: later readings may give it another id.
[[nodiscard]] std::string reject_value(const Article& article, const Event& event);
[[nodiscard]] std::string change_value(const Article& article, const Event& event, const EventChange& change);
[[nodiscard]] std::string actor_value(const NamedActor& actor);

/// How exactly a date is known, by its form: day, month, year, interval, or "" for "".
[[nodiscard]] std::string date_precision_of(std::string_view date);

/// A fix that found what it is about.
struct ActingFix {
  int64_t fix = 0;
  std::string event{};  ///< id of the event, as it is now; "" for names
};

/// The records of a report with fixes applied.
struct FixedReport {
  Report report{};
  std::vector<ActingFix> acting{};
};

/// Applies fixes of the kinds that are about records to a report as coded, in their order; others are passed over.
/// An event is found by its id, else, since a newer reading may have given it another, by its trigger's place, else, since its article may
/// have a new text, by the words of trigger and sentence; only where one event fits. A rejection holds only for the type that was rejected.
/// Errors: kBadDatabase for a value that is none; `file` is named.
[[nodiscard]] Result<FixedReport> apply_fixes(const Report& coded, std::span<const Fix> fixes, const std::string& file);

/// What a fix says, for people: "type AID, date 2022-02", "no COERCE", "Poland/POL/MIL". "" for kinds that are not about records.
[[nodiscard]] std::string fix_text(const Fix& fix);

/// Whether the value of a fix can be read. Errors: as apply_fixes; none for kinds that are not about records.
[[nodiscard]] Result<void> check_fix(const Fix& fix, const std::string& file);

}  // namespace casus
