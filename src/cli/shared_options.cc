#include "cli/shared_options.h"

namespace casus {

CLI::Validator silent(CLI::Validator validator) {
  validator.description("");
  return validator;
}

void add_model_option(CLI::App& command, RawOptions& raw) {
  command.add_option("--model", raw.options.model, "Folder of a spaCy v3.8 English package (else CASUS_MODEL, else what ./run brought)")
      ->type_name("DIR");
}

void add_data_option(CLI::App& command, RawOptions& raw) {
  command.add_option("--data", raw.options.data, "Folder of ontology and dictionaries (else CASUS_DATA, else casus' own)")
      ->type_name("DIR");
}

void add_lexicon_option(CLI::App& command, RawOptions& raw) {
  command
      .add_option("--lexicon", raw.options.lexicons,
                  "Folder of your own dictionaries to lay over casus' own (docs/dictionaries.md); several in their order")
      ->type_name("DIR")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_judge_option(CLI::App& command, RawOptions& raw) {
  command.add_option("--judge", raw.options.judge, "The learned judge: a file, or off for rules alone (else CASUS_JUDGE, else casus' own)")
      ->type_name("FILE");
}

namespace {

/// Limits of archives and compressed files.
void add_limit_options(CLI::App& command, ArticleOptions& article) {
  const auto add = [&](const char* name, uint64_t& limit, const char* what) {
    command.add_option(name, limit, what)->type_name("N")->check(silent(CLI::PositiveNumber))->capture_default_str();
  };
  add("--max-expanded-bytes", article.max_expanded_bytes, "An input that expands to more is not read further");
  add("--max-expansion-ratio", article.max_expansion_ratio, "The same for one that expands to N times its size (beyond 256 MB)");
  add("--max-archive-members", article.max_archive_members, "The same for one with more members");
}

}  // namespace

void add_threads_option(CLI::App& command, RawOptions& raw) {
  command.add_option("--threads", raw.options.threads, "Articles at work at the same time (default: the processors here)")
      ->type_name("N")
      ->check(silent(CLI::Range(1U, kMaxThreads)));
}

void add_memory_option(CLI::App& command, RawOptions& raw) {
  command.add_option("--memory", raw.options.memory_bytes, "Most memory to take, as in 300M; an article that needs more is unreadable")
      ->type_name("SIZE")
      ->transform(silent(CLI::AsSizeValue(true)));
}

void add_errors_option(CLI::App& command, RawOptions& raw) {
  command.add_option("--errors", raw.options.errors_file, "Write every error and warning to FILE as JSON Lines (ten are printed)")
      ->type_name("FILE");
}

void add_output_options(CLI::App& command, RawOptions& raw, const std::string& formats) {
  command.add_option("--format", raw.format, "How results are printed: " + formats)->type_name("NAME");
  command.add_option("-o,--output", raw.options.output_file, "Write results to FILE, whole or not at all; its ending may tell the format")
      ->type_name("FILE");
}

void add_min_confidence_option(CLI::App& command, RawOptions& raw) {
  command.add_option("--min-confidence", raw.options.min_confidence, "Leave out events of a lower confidence, 0 to 1 (docs/confidence.md)")
      ->type_name("X")
      ->check(silent(CLI::Range(0.0, 1.0)));
}

CLI::Option* add_article_options(CLI::App& command, RawOptions& raw, const std::string& formats, const std::string& or_else,
                                 const std::string& limit) {
  CLI::Option* inputs = command.add_option("INPUT", raw.options.inputs,
                                           "Files, archives, folders, or - for standard input (forms: docs/inputs.md)" + or_else);
  inputs->required()->type_name("");
  add_output_options(command, raw, formats);
  add_threads_option(command, raw);
  add_reading_options(command, raw, limit);
  return inputs;
}

void add_reading_options(CLI::App& command, RawOptions& raw, const std::string& limit) {
  Options& options = raw.options;
  command.add_option(limit, options.limit, "Stop after N articles")->type_name("N")->check(silent(CLI::PositiveNumber));
  command.add_option("--published", raw.published, "Day of publication of articles that give none")->type_name("YYYY-MM-DD");
  command.add_option("--retrieved", raw.retrieved, "When web pages were fetched, for \"6 hours ago\"; a day, or with the time in UTC")
      ->type_name("YYYY-MM-DD[Thh:mm]");
  command.add_option("--columns", raw.columns, "Names of columns or fields, as in text=Body,title=Headline (usual ones are known)")
      ->type_name("FIELD=NAME,…");
  command.add_option("--outlet", options.article.outlet, "Outlet of articles that name none")->type_name("NAME");
  command.add_flag("--any-language", options.article.any_language, "Read text in other languages than English too");
  command.add_flag("--as-is", options.article.as_is, "Take the text as one block: no header lines, headings, datelines, noise, languages");
  command.add_option("--max-article-bytes", options.article.max_article_bytes, "Longer articles are errors")
      ->type_name("N")
      ->check(silent(CLI::PositiveNumber))
      ->capture_default_str();
  command.add_option("--max-line-bytes", options.article.max_line_bytes, "Longer lines, records or rows of JSON and tables are errors")
      ->type_name("N")
      ->check(silent(CLI::PositiveNumber))
      ->capture_default_str();
  add_limit_options(command, options.article);
  add_data_option(command, raw);
  add_errors_option(command, raw);
  command.add_flag("--stats", options.stats, "One JSON line with counts, seconds without loading, threads, kernels on standard error");
  command.add_flag("-q,--quiet", options.quiet, "No progress and no sums on standard error");
}

void add_duplicates_option(CLI::App& command, RawOptions& raw) {
  command.add_flag("--keep-duplicates", raw.options.keep_duplicates, "Read articles whose URL or text came before in this run as well");
}

}  // namespace casus
