#include "cli/dry_run.h"

#include <string_view>

#include "article/language_gate.h"
#include "base/json_writer.h"
#include "cli/text_width.h"

namespace casus {
namespace {

constexpr size_t kFormWidth = 10;
constexpr size_t kArticlesWidth = 10;
constexpr size_t kDatedWidth = 22;
constexpr size_t kLanguageWidth = 16;
constexpr size_t kFailureIndent = 4;

bool is_read(const Outcome& outcome) { return outcome.fate == Fate::kDone; }

void count(const Outcome& outcome, FileFindings& findings) {
  switch (outcome.fate) {
    case Fate::kDone: ++findings.articles; break;
    case Fate::kDuplicate:
    case Fate::kKnown: ++findings.duplicate; break;
    case Fate::kOtherLanguage: ++findings.other_language; break;
    case Fate::kUnreadable: ++findings.unreadable; break;
    case Fate::kEmpty: ++findings.empty; break;
  }
  if (outcome.fate == Fate::kOtherLanguage && outcome.error) ++findings.languages[other_language(*outcome.error)];
  if (outcome.article == nullptr) return;
  const ArticleFields& fields = outcome.article->fields();
  if (findings.form.empty()) findings.form = fields.form;
  if (!is_read(outcome)) return;
  if (!fields.published) ++findings.undated;
  if (fields.published) ++findings.published_from[fields.published_from.empty() ? "unknown" : fields.published_from];
  if (!fields.language.empty()) ++findings.languages[fields.language];
  for (const std::string& flag : fields.flags) ++findings.flags[flag];
}

void append_counts(std::string_view name, const auto& counts, JsonWriter& json) {
  json.key(name).begin_object();
  for (const auto& [what, number] : counts) json.key(what).number(number);
  json.end_object();
}

void append_findings(const FileFindings& findings, JsonWriter& json) {
  json.key("articles").number(findings.articles).key("duplicate").number(findings.duplicate);
  json.key("other_language").number(findings.other_language).key("unreadable").number(findings.unreadable);
  json.key("empty").number(findings.empty).key("undated").number(findings.undated);
  append_counts("published_from", findings.published_from, json);
  append_counts("languages", findings.languages, json);
  append_counts("flags", findings.flags, json);
}

void append_file_json(const FileFindings& findings, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("record", "file").field("file", findings.file).field("form", findings.form);
  append_findings(findings, json);
  json.key("failures").begin_array();
  for (const Error& failure : findings.failures) {
    json.begin_object().field("code", error_name(failure.code)).key("line").number(failure.line);
    json.field("message", failure.message).end_object();
  }
  json.end_array().end_object();
  out += '\n';
}

/// "3 meta, 1 url", or the words alone where there is one kind only.
std::string counts_text(const auto& counts) {
  std::string text;
  for (const auto& [what, number] : counts) {
    if (!text.empty()) text += ", ";
    if (counts.size() > 1) text += with_separators(number) + " ";
    text += one_line(what);
  }
  return text;
}

std::string dated_text(const FileFindings& findings) {
  if (findings.articles == 0) return "–";
  if (findings.published_from.empty()) return "none";
  const std::string from = counts_text(findings.published_from);
  return findings.undated == 0 ? from : with_separators(findings.articles - findings.undated) + " by " + from;
}

void append_row(const std::string& form, const std::string& articles, const std::string& dated, const std::string& language,
                const std::string& file, const ArticleStyle& style, std::string& out) {
  std::string line;
  append_padded(fit(form, kFormWidth - 2), kFormWidth, line);
  append_padded(articles, kArticlesWidth, line);
  append_padded(fit(dated, kDatedWidth - 2), kDatedWidth, line);
  append_padded(fit(language, kLanguageWidth - 2), kLanguageWidth, line);
  const size_t used = display_width(line);
  line += fit_end(one_line(file), style.columns > used ? style.columns - used : 0);
  out += line + "\n";
}

void append_indented(const std::string& text, const ArticleStyle& style, std::string& out) {
  out.append(kFailureIndent, ' ');
  out += fit(text, style.columns - kFailureIndent) + "\n";
}

void append_file_rows(const FileFindings& findings, const ArticleStyle& style, std::string& out) {
  const auto or_dash = [](const std::string& text) { return text.empty() ? std::string("–") : text; };
  append_row(or_dash(one_line(findings.form)), with_separators(findings.articles), dated_text(findings),
             or_dash(counts_text(findings.languages)), findings.file, style, out);
  for (const Error& failure : findings.failures) {
    const std::string line = failure.line > 0 ? "line " + std::to_string(failure.line) + ": " : "";
    append_indented(line + one_line(failure.message), style, out);
  }
  const uint64_t failed = findings.unreadable + findings.other_language + findings.empty;
  if (failed > findings.failures.size())
    append_indented("… and " + with_separators(failed - findings.failures.size()) + " more", style, out);
  if (findings.duplicate > 0) append_indented(with_separators(findings.duplicate) + " read before in this run", style, out);
  if (!findings.flags.empty()) append_indented("flags: " + counts_text(findings.flags), style, out);
}

void append_totals(const FileFindings& totals, uint64_t files, const PassedOver& passed_over, const ArticleStyle& style, std::string& out) {
  out += '\n';
  append_row("in all", with_separators(totals.articles), dated_text(totals), counts_text(totals.languages),
             with_separators(files) + (files == 1 ? " file" : " files"), style, out);
  if (totals.undated > 0) append_indented(with_separators(totals.undated) + " without a date", style, out);
  if (!passed_over.empty()) append_indented("passed over: " + counts_text(passed_over), style, out);
}

}  // namespace

void DryRun::take(const Outcome& outcome, std::string& out) {
  const std::string& file = outcome.article != nullptr ? outcome.article->fields().origin
                            : outcome.error            ? outcome.error->file
                                                       : current_.file;
  if (files_ == 0 || file != current_.file) {
    if (files_ > 0) tell(current_, out);
    current_ = {};
    current_.file = file;
    ++files_;
  }
  count(outcome, current_);
  count(outcome, totals_);
  if (outcome.error && current_.failures.size() < kMostFailures) current_.failures.push_back(*outcome.error);
}

void DryRun::tell(const FileFindings& findings, std::string& out) {
  if (format_ == Format::kNone) return;
  if (format_ == Format::kJsonLines) {
    append_file_json(findings, out);
    return;
  }
  if (!header_told_) append_row("FORM", "ARTICLES", "DATED BY", "LANGUAGE", "FILE", style_, out);
  header_told_ = true;
  append_file_rows(findings, style_, out);
}

void DryRun::finish(const PassedOver& passed_over, std::string& out) {
  if (files_ > 0) tell(current_, out);
  if (format_ == Format::kNone) return;
  if (format_ != Format::kJsonLines) {
    append_totals(totals_, files_, passed_over, style_, out);
    return;
  }
  JsonWriter json(out);
  json.begin_object().field("record", "totals").key("files").number(files_);
  append_findings(totals_, json);
  append_counts("passed_over", passed_over, json);
  json.end_object();
  out += '\n';
}

}  // namespace casus
