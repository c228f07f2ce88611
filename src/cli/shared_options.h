#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/options.h"

// What several commands take. For the files that declare options alone: everybody else takes cli/options.h, which has no third-party
// header.

namespace casus {

/// What the options' texts are parsed into before they are checked.
struct RawOptions {
  Options options;
  std::string format;
  std::string published;
  std::string retrieved;
  std::string columns;
  std::string half;
  std::string layers;
  std::string types;
  std::string statuses;
  std::string outlets;
  std::string output_columns;
  std::string unit = "dyad";
  std::string period = "month";
  std::string fill = "zero";
  std::string codes = "iso3";
};

inline constexpr size_t kShortestId = 4;  ///< of the beginning of an id, by which records are named

/// A check that says nothing in the help: CLI11 would describe it in a language of its own.
[[nodiscard]] CLI::Validator silent(CLI::Validator validator);

void add_model_option(CLI::App& command, RawOptions& raw);
void add_data_option(CLI::App& command, RawOptions& raw);
void add_lexicon_option(CLI::App& command, RawOptions& raw);
void add_judge_option(CLI::App& command, RawOptions& raw);
void add_memory_option(CLI::App& command, RawOptions& raw);
void add_errors_option(CLI::App& command, RawOptions& raw);
void add_threads_option(CLI::App& command, RawOptions& raw);
void add_output_options(CLI::App& command, RawOptions& raw, const std::string& formats);
void add_duplicates_option(CLI::App& command, RawOptions& raw);
void add_min_confidence_option(CLI::App& command, RawOptions& raw);

/// How articles are read: what every command that reads them takes, but for the inputs and where results go.
void add_reading_options(CLI::App& command, RawOptions& raw, const std::string& limit = "--limit");

/// What every command takes that reads articles and prints results.
CLI::Option* add_article_options(CLI::App& command, RawOptions& raw, const std::string& formats, const std::string& or_else = "",
                                 const std::string& limit = "--limit");

}  // namespace casus
