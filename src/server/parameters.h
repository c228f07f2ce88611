#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lexicon/ontology.h"
#include "server/problem.h"
#include "server/target.h"

namespace casus {

/// What a parameter of the API may be.
enum class ParameterKind : uint8_t {
  kText,     ///< anything, of at most kMostParameterBytes
  kTexts,    ///< several, by commas or by giving the parameter again
  kActors,   ///< several, each by giving the parameter again, since names have commas
  kDay,      ///< YYYY-MM-DD
  kNumber,   ///< whole
  kShare,    ///< 0 to 1
  kChoice,   ///< one of `allowed`
  kChoices,  ///< several of them
};

struct ParameterSpec {
  std::string name{};
  ParameterKind kind = ParameterKind::kText;
  std::string about{};                 ///< for the description of the API
  std::vector<std::string> allowed{};  ///< of choices
  int64_t least = 0;                   ///< of numbers
  int64_t most = 0;
};

inline constexpr size_t kMostParameterBytes = 1'000;
inline constexpr size_t kMostValues = 50;  ///< of a parameter that may have several

/// All parameters of the API by name: the same names as the options of the commands, the same meaning everywhere.
using ParameterSpecs = std::map<std::string, ParameterSpec, std::less<>>;
[[nodiscard]] ParameterSpecs parameter_specs(const Ontology& ontology);

/// The parameters of a request, checked.
class Parameters {
 public:
  /// Takes those that are `accepted`; another one, a value that is not allowed, and one that may come once but comes twice are problems.
  [[nodiscard]] static std::variant<Parameters, Problem> read(const Target& target, std::span<const std::string_view> accepted,
                                                              const ParameterSpecs& specs);

  [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
  /// The value, "" without one.
  [[nodiscard]] std::string text(std::string_view name) const;
  /// The values, none without.
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
  [[nodiscard]] std::optional<int64_t> number(std::string_view name) const;
  [[nodiscard]] double share(std::string_view name) const;  ///< 0 without one
  /// A day as days since 1970-01-01.
  [[nodiscard]] std::optional<int32_t> day(std::string_view name) const;

  /// The query that means the same whatever the order it came in, without those parameters.
  [[nodiscard]] std::string canonical(std::span<const std::string_view> without = {}) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_{};
};

}  // namespace casus
