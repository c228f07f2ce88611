#pragma once

#include <casus/result.h>

#include "server/answer.h"
#include "server/server_data.h"

namespace casus {

/// Whether records can be corrected here.
inline constexpr bool kCanFix = true;

/// The corrections that people made, undone ones too, in their order. Errors: of the file.
[[nodiscard]] Result<ApiAnswer> answer_fixes(ServerData& data, const ApiCall& call);
/// Enters the correction of an event: {"event":ID,"reject":true} or with what the fields are to be. Errors: kBadRecord for a body that is
/// none; kNotFound for no such event; of the file.
[[nodiscard]] Result<ApiAnswer> answer_new_fix(ServerData& data, const ApiCall& call);
/// Undoes one. Errors: kNotFound; of the file.
[[nodiscard]] Result<ApiAnswer> answer_undone_fix(ServerData& data, const ApiCall& call);

}  // namespace casus
