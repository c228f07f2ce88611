#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <casus/result.h>

#include "store/sqlite.h"

namespace casus {

// Kinds of fixes. They reach the database: never rename. Those of records are applied by the store (record_fixes.h); others, such as of
// incidents (crisis/incident_edits.h), when incidents are made.
inline constexpr std::string_view kRejectFix = "reject";  ///< of an event: it is none
inline constexpr std::string_view kChangeFix = "change";  ///< of an event: fields have other values
inline constexpr std::string_view kActorFix = "actor";    ///< of a name: whom it means, in one article or in all

/// A correction that a person made. It is entered once and acts, whatever is read again or ingested anew, until it is undone; what was
/// undone is kept. Fixes act in the order in which they were entered.
struct Fix {
  int64_t fix = 0;           ///< its number; 0 before it is entered
  std::string kind{};        ///< kRejectFix, kChangeFix, …
  std::string article_id{};  ///< of the article that it is about; "" where of no single one
  std::string target{};  ///< what it is about: the id of an event; of kActorFix the words of the name; of incidents the id of an event that
                         ///< tells of one
  std::string value{};   ///< a JSON object, by kind
  std::string author{};
  std::string made_at{};  ///< "2022-02-04T16:30:00Z"; given by the store when it is entered
  std::string undone_by{};
  std::string undone_at{};  ///< "" while it acts
};

/// Which fixes are asked for; what is empty leaves nothing out.
struct FixFilter {
  std::vector<std::string_view> kinds{};
  std::string article_id{};  ///< those about this article, and those about no single one
  std::string target{};
  bool undone = false;  ///< those that were undone too
};

/// Fixes in the order in which they were entered. Errors: those of the file.
[[nodiscard]] Result<std::vector<Fix>> read_fixes(Database& database, const FixFilter& filter = {});

/// Writes a fix down, inside of a transaction, and gives its number. What it is about is as before: Store::enter_fix applies it too.
/// Errors: those of the file.
[[nodiscard]] Result<int64_t> insert_fix(Database& database, const Fix& fix);

/// Marks a fix as undone, inside of a transaction. Errors: kNotFound if there is no such fix or it is undone already; those of the file.
[[nodiscard]] Result<Fix> mark_undone(Database& database, int64_t fix, const std::string& author);

/// Whether fixes of a kind are about records, so that the store applies them.
[[nodiscard]] bool is_record_fix(std::string_view kind);

}  // namespace casus
