// Incidents of a long made history, beside the truth.
//   crisis_speed [EVENTS]    1,000,000 events by default, in a fifth as many articles; its rates: tests/support/made_history.h
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "crisis/brief.h"
#include "crisis/crisis_builder.h"
#include "crisis/crisis_rules.h"
#include "made_history.h"
#include "timing.h"

namespace {

using namespace casus;

template <class T>
T checked(Result<T> result) {
  if (result) return *std::move(result);
  std::fprintf(stderr, "crisis_speed: %s\n", result.error().to_string().c_str());
  std::exit(3);
}

/// The most memory that the process has held, in MB.
long peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

void print(const char* what, const Agreement& agreement) {
  std::printf("%-24s B3 precision %.3f, recall %.3f, F1 %.3f\n", what, agreement.precision, agreement.recall, agreement.f1());
}

}  // namespace

int main(int argc, char** argv) {
  const size_t events = argc > 1 ? static_cast<size_t>(std::atoll(argv[1])) : 1'000'000;
  const auto lexicon = checked(Lexicon::load(CASUS_SOURCE_DIR "/data"));
  const auto rules = checked(CrisisRules::load(CASUS_SOURCE_DIR "/data", lexicon->ontology()));
  const MadeHistory history(events, *lexicon);
  std::printf("%zu events in %zu articles, %zu incidents; %ld MB\n", history.events(), history.reports().size(), history.incidents(),
              peak_megabytes());
  print("by dyad, type and day", agreement_of_dyad_type_day(history));
  double began = thread_seconds();
  const Crisis crisis = build_crisis(history.reports(), *rules, *lexicon);
  std::printf("built %zu incidents in %.1f s; %ld MB\n", crisis.incidents.size(), thread_seconds() - began, peak_megabytes());
  print("casus", agreement_of(history, crisis));
  began = thread_seconds();
  const Brief brief = brief_of(crisis, {}, *rules, *lexicon);
  std::printf("brief of %zu sections in %.2f s\n", brief.sections.size(), thread_seconds() - began);
}
