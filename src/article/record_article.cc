#include "article/record_article.h"

#include <utility>

#include "article/article_builder.h"
#include "article/decode.h"
#include "article/html/html_reader.h"
#include "article/noise_rules.h"
#include "article/record_day.h"
#include "article/record_text.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kMaxNamesBytes = 300;  ///< of the names of columns in a message
constexpr size_t kMaxShownBytes = 60;   ///< of a value in a message
constexpr size_t kMaxAuthors = 50;
constexpr size_t kMaxAuthorBytes = 100;  ///< a longer one is no name
constexpr size_t kShortTextBytes = 600;  ///< a teaser; what services call "summary" is sometimes the whole text
constexpr size_t kMaxFieldBytes = 4096;

const PageWords* words_of(const ArticleOptions& options) {
  return options.noise_rules == nullptr ? nullptr : &options.noise_rules->words();
}

std::string shown(std::string_view text) {
  if (text.size() > kMaxShownBytes) return "a text of " + std::to_string(text.size()) + " bytes";
  return "\"" + std::string(text) + "\"";
}

/// Repaired and cut to a bound that no sensible field reaches.
std::string sound(std::string_view text) { return repair_text(std::string(trim(text.substr(0, kMaxFieldBytes))), 0).text; }

/// One record on its way to its article.
class RecordArticle {
 public:
  RecordArticle(const RecordValues& values, ArticleFields known, const RecordColumns& columns, const ArticleOptions& options,
                std::vector<Warning> warnings)
      : values_(values), columns_(columns), options_(options), warnings_(std::move(warnings)), fields_(std::move(known)) {}

  void make(std::deque<Result<ArticlePtr>>& out) {
    const bool has_text = values_.has(RecordField::kText);
    if (!has_text && !values_.has(RecordField::kSummary)) return out.push_back(no_text());
    std::string text = values_.joined(has_text ? RecordField::kText : RecordField::kSummary, "\n\n");
    if (text.size() > options_.max_article_bytes) {
      out.push_back(error("the text is over the limit of " + std::to_string(options_.max_article_bytes) + " bytes", ErrorCode::kTooLarge));
      return;
    }
    read_fields();
    DecodedText repaired = repair_text(std::move(text), fields_.origin_line);
    for (Warning& warning : repaired.warnings) warn(std::move(warning.message));
    const TextMarkup markup = find_markup(repaired.text, columns_);
    if (markup == TextMarkup::kPage) return put_page(repaired.text, out);
    text = without_markup(repaired.text, markup);
    flag_teaser(text, has_text);
    out.push_back(build_article(std::move(fields_), std::move(text), std::move(warnings_), options_));
  }

 private:
  void warn(std::string message) { warnings_.push_back({.message = std::move(message), .line = fields_.origin_line}); }

  [[nodiscard]] Error error(std::string message, ErrorCode code, std::string remedy = "") const {
    return Error{
        .code = code, .message = std::move(message), .file = fields_.origin, .line = fields_.origin_line, .remedy = std::move(remedy)};
  }

  [[nodiscard]] Error no_text() const {
    if (!values_.unusable(RecordField::kText).empty()) return error("its text is not a string", ErrorCode::kBadRecord);
    if (values_.was_named(RecordField::kText) || values_.was_named(RecordField::kSummary))
      return error("the article has no text", ErrorCode::kEmpty);
    const std::string& names = values_.names();
    if (names.empty()) return error("has no fields", ErrorCode::kBadRecord);
    return error("has no text; its fields are: " + names, ErrorCode::kBadRecord, "name the one with the text: --columns text=NAME");
  }

  [[nodiscard]] std::string line_of(RecordField field) {
    if (!values_.has(field) && !values_.unusable(field).empty())
      warn("\"" + std::string(values_.unusable(field)) + "\" is not a string; passed over");
    return plain_line(sound(values_.first(field)), columns_);
  }

  void read_fields() {
    fill(fields_.id, RecordField::kId);
    fill(fields_.url, RecordField::kUrl);
    fill(fields_.outlet, RecordField::kOutlet);
    fill(fields_.title, RecordField::kTitle);
    if (const std::optional<Day> published = day_of(RecordField::kPublished)) {
      fields_.published = published;
      fields_.published_from = "field";
    }
    fields_.updated = day_of(RecordField::kUpdated);
    if (fields_.updated == fields_.published) fields_.updated.reset();
    read_authors();
    fields_.language = language();
  }

  void fill(std::string& known, RecordField field) {
    std::string said = line_of(field);
    if (!said.empty()) known = std::move(said);
  }

  std::optional<Day> day_of(RecordField field) {
    const std::string text = line_of(field);
    if (text.empty()) return std::nullopt;
    const std::optional<Day> day = read_record_day(text, words_of(options_));
    if (!day) {
      warn("\"" + std::string(record_field_name(field)) + "\" is " + shown(text) +
           ", which is no day that could be read (YYYY-MM-DD); passed over");
    }
    return day;
  }

  void read_authors() {
    for (const std::string& value : values_.all(RecordField::kAuthors)) {
      for (std::string& name : split_authors(plain_line(sound(value), columns_), words_of(options_))) {
        if (fields_.authors.size() < kMaxAuthors) fields_.authors.push_back(std::move(name));
      }
    }
  }

  /// "en" of "en-US", "English" and "eng"; "" for what is not known.
  [[nodiscard]] std::string language() {
    const std::string name = ascii_lowered(line_of(RecordField::kLanguage));
    if (const std::string_view code = columns_.language_code(name); !code.empty()) return std::string(code);
    const bool is_code =
        name.size() >= 2 && is_ascii_lower(name[0]) && is_ascii_lower(name[1]) && (name.size() == 2 || name[2] == '-' || name[2] == '_');
    return is_code ? name.substr(0, 2) : std::string();
  }

  void put_page(const std::string& page, std::deque<Result<ArticlePtr>>& out) {
    std::vector<Result<ArticlePtr>> articles = read_html_articles(std::move(fields_), page, "utf-8", options_);
    for (Result<ArticlePtr>& article : articles) out.push_back(std::move(article));
  }

  void flag_teaser(std::string& text, bool is_text) {
    const size_t mark = find_teaser_end(text, columns_);
    const bool in_brackets = mark != std::string::npos && text[mark] == '[';
    const bool is_short = text.size() < kShortTextBytes;
    if (in_brackets) {
      if (options_.keep_left_out) fields_.left_out.push_back({.text = std::string(trim(text.substr(mark))), .reason = "teaser-end"});
      text.resize(mark);
    }
    if (in_brackets || (!is_text && (is_short || mark != std::string::npos))) fields_.add_flag(kSummaryFlag);
  }

  const RecordValues& values_;
  const RecordColumns& columns_;
  const ArticleOptions& options_;
  std::vector<Warning> warnings_;
  ArticleFields fields_;
};

bool is_name_end(std::string_view word) { return word == "&" || word == "|" || word == "/"; }

/// Puts a comma, semicolon or other sign between names where it has none: as a list of words.
std::string spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ',' || c == ';' || c == '|') {
      out += " | ";
    } else if (c != '[' && c != ']' && c != '"') {
      out += c;
    }
  }
  return out;
}

/// A name without the quotes that lists of programs put around it, "By" is gone before.
std::string_view bare_name(std::string_view name) {
  name = trim(name);
  while (name.size() >= 2 && name.front() == '\'' && name.back() == '\'') name = trim(name.substr(1, name.size() - 2));
  return name;
}

}  // namespace

std::vector<std::string> split_authors(std::string_view text, const PageWords* page_words) {
  constexpr std::string_view kBy = "by";
  text = trim(text);
  const bool has_by = equals_ignoring_ascii_case(text.substr(0, kBy.size()), kBy) && trim(text.substr(kBy.size(), 1)).empty();
  if (has_by) text.remove_prefix(kBy.size());
  std::vector<std::string> names;
  std::string name;
  const auto take = [&] {
    const std::string_view bare = bare_name(name);
    if (!bare.empty() && bare.size() <= kMaxAuthorBytes) names.emplace_back(bare);
    name.clear();
  };
  const std::string pieces = spaced(text);
  for (const std::string_view word : split_words(pieces)) {
    if (is_name_end(word) || (page_words != nullptr && page_words->is_joiner(word))) {
      take();
    } else {
      name.append(name.empty() ? "" : " ").append(word);
    }
  }
  take();
  return names;
}

void RecordValues::offer(RecordColumns::Meaning meaning, std::string_view value, bool more) {
  Slot& slot = this->slot(meaning.field);
  slot.named = true;
  if (trim(value).empty()) return;
  const bool first = slot.values.empty();
  if (!first && (meaning.rank > slot.rank || (meaning.rank == slot.rank && !more))) return;
  if (!first && meaning.rank < slot.rank) slot.values.clear();
  slot.rank = meaning.rank;
  slot.values.emplace_back(value);
}

void RecordValues::offer_unusable(RecordColumns::Meaning meaning, std::string_view name) {
  if (slot(meaning.field).unusable.empty()) slot(meaning.field).unusable = sound(name);
}

void RecordValues::add_name(std::string_view name) {
  if (names_.size() > kMaxNamesBytes) return;
  names_ += (names_.empty() ? "" : ", ") + sound(name.substr(0, kMaxShownBytes));
  if (names_.size() > kMaxNamesBytes) names_ += ", …";
}

void RecordValues::clear() { *this = RecordValues(); }

std::string RecordValues::joined(RecordField field, std::string_view between) const {
  std::string text;
  for (const std::string& value : all(field)) text.append(text.empty() ? "" : between).append(value);
  return text;
}

RecordReader::RecordReader(const std::string& name, std::string_view form, const ArticleOptions& options, ArticleFields known)
    : options_(options), columns_(options.columns), known_(std::move(known)) {
  if (known_.origin.empty()) known_.origin = name;
  if (known_.id.empty()) known_.id = file_stem(name);
  if (known_.form.empty()) known_.form = form;
  if (columns_ == nullptr) columns_ = std::make_shared<const RecordColumns>();
  if (!options_.column_choices.empty()) columns_ = std::make_shared<const RecordColumns>(columns_->with(options_.column_choices));
}

std::optional<Result<ArticlePtr>> RecordReader::next() {
  while (items_.empty()) {
    if (!read_more()) {
      if (items_.empty()) return std::nullopt;
      break;
    }
  }
  Result<ArticlePtr> item = std::move(items_.front());
  items_.pop_front();
  return item;
}

void RecordReader::put_record(const RecordValues& values, ArticleFields known, std::vector<Warning> warnings) {
  RecordArticle(values, std::move(known), *columns_, options_, std::move(warnings)).make(items_);
}

Error RecordReader::bad_record(std::string message, uint64_t line) const {
  return Error{.code = ErrorCode::kBadRecord, .message = std::move(message), .file = known_.origin, .line = line};
}

ArticleFields RecordReader::known_of(uint64_t line, std::string_view number) const {
  ArticleFields known = known_;
  known.id += ":" + std::string(number);
  known.origin_line = line;
  return known;
}

}  // namespace casus
