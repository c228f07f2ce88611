#pragma once

#include <span>
#include <string>
#include <string_view>

namespace casus {

/// The known word that a mistyped one most likely meant, or "": at most a third of its letters differ.
[[nodiscard]] std::string suggest(std::string_view word, std::span<const std::string> known);

}  // namespace casus
