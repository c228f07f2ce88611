#include "base/tsv.h"

#include <vector>

#include "base/line_reader.h"
#include "base/text.h"
#include "base/utf8.h"

namespace casus {
namespace {

constexpr uint64_t kMaxDataLineBytes = 65'536;

}  // namespace

Result<void> read_tsv(const std::string& path, const std::function<std::optional<std::string>(std::span<const std::string_view>)>& row) {
  Result<LineReader> reader = LineReader::open(path);
  if (!reader) return reader.error();
  while (std::optional<Result<std::string_view>> line = reader->next_line(kMaxDataLineBytes)) {
    if (!line->ok()) return line->error();
    const auto bad_line = [&](std::string message) {
      return Error{.code = ErrorCode::kBadData, .message = std::move(message), .file = path, .line = reader->line()};
    };
    if (!is_valid_utf8(**line)) return bad_line("is not UTF-8");
    if (trim(**line).empty() || (**line).starts_with('#')) continue;
    std::vector<std::string_view> columns = split(**line, '\t');
    for (std::string_view& column : columns) column = trim(column);
    if (std::optional<std::string> wrong = row(columns)) return bad_line(*std::move(wrong));
  }
  return {};
}

}  // namespace casus
