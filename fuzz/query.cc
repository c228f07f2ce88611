// Any bytes as the address of a request: refused with a reason, or taken apart so that writing it down again says the same. What is
// accepted fits what the parameters allow, and cursors that are accepted make conditions.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "lexicon/lexicon.h"
#include "server/answer_writer.h"
#include "server/gate.h"
#include "server/parameters.h"
#include "server/routes.h"
#include "server/target.h"
#include "store/listing_cursor.h"

using namespace casus;

namespace {

const ParameterSpecs& specs() {
  static const ParameterSpecs kSpecs = [] {
    const auto lexicon = Lexicon::load(CASUS_SOURCE_DIR "/data");
    if (!lexicon) std::abort();
    return parameter_specs((*lexicon)->ontology());
  }();
  return kSpecs;
}

void check(bool holds) {
  if (!holds) std::abort();
}

void check_parameters(const Target& target, const Route& route) {
  const std::variant<Parameters, Problem> read = Parameters::read(target, route.parameters, specs());
  if (const auto* problem = std::get_if<Problem>(&read)) {
    check(problem->status == 400 && !problem->detail.empty());
    check(!problem_json(*problem).empty());
    return;
  }
  const auto& parameters = std::get<Parameters>(read);
  const Result<Target> again = parse_target("/?" + parameters.canonical());
  if (!again) return;  // more parameters than an address may have, where lists were long
  const std::variant<Parameters, Problem> same = Parameters::read(*again, route.parameters, specs());
  if (const auto* kept = std::get_if<Parameters>(&same)) check(kept->canonical() == parameters.canonical());
}

void check_cursor(std::string_view text) {
  constexpr std::string_view kOrder = "e.first_day IS NULL, e.first_day, e.confidence DESC, a.sort_key, e.position";
  const Result<std::vector<std::string>> cursor = read_cursor(kOrder, text);
  if (cursor) static_cast<void>(condition_behind(kOrder, *cursor).ok());
  const Result<std::vector<std::string>> made = read_cursor(kOrder, write_cursor(kOrder, {"n", std::string("t") + "x", "r0.5"}));
  check(made && made->size() == 3);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(is_numeric_address(host_of(text)));
  check_cursor(text);
  const Result<Target> target = parse_target(text);
  if (!target) {
    check(!target.error().message.empty());
    return 0;
  }
  for (const std::string& part : target->path)
    check(part != ".." && part.find('/') == std::string::npos && part.find('\0') == std::string::npos);
  for (const Route& route : routes()) check_parameters(*target, route);
  static_cast<void>(match_routes(target->path));
  return 0;
}
