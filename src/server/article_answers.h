#pragma once

#include <string>

#include <casus/report.h>
#include <casus/result.h>

#include "server/answer.h"
#include "server/server_data.h"

namespace casus {

/// An article with its text and all its records, by article_id or doc. Errors: kNotFound; kBadDatabase for what is damaged; of the file.
[[nodiscard]] Result<ApiAnswer> answer_article(ServerData& data, const ApiCall& call);
/// Why an event was coded: its article is read again. Errors: kNotFound; kBusy while others are read; those of loading the model.
[[nodiscard]] Result<ApiAnswer> answer_explanation(ServerData& data, const ApiCall& call);
/// Codes the text of the body; nothing is stored. Errors: kBadRecord for a body that is none; those of articles; as above.
[[nodiscard]] Result<ApiAnswer> answer_code(ServerData& data, const ApiCall& call);
/// Codes and stores the article of the body. Errors: as above; those of storing.
[[nodiscard]] Result<ApiAnswer> answer_new_article(ServerData& data, const ApiCall& call);

/// Appends the fields "text", "blocks", "events", "statements", "places", "times" of a report, with offsets for browsers.
void append_report_fields(const Report& report, std::string& out);

}  // namespace casus
