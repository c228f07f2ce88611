#include "article/export/export_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "article/article_builder.h"
#include "base/text.h"

namespace casus {
namespace {

constexpr size_t kLookedAtBytes = 65'536;
/// Below the line that counts the words, Factiva names date, time, source, code and language.
constexpr size_t kMaxLinesToLanguage = 12;
constexpr size_t kMaxLinesToDate = 2;

/// What speaks for a layout in the lines at the beginning of a text.
struct Evidence {
  std::set<std::string_view> labels{};
  std::set<ExportField> fields{};
  uint16_t kinds = 0;
  bool has_source = false;  ///< length, date and language below each other

  [[nodiscard]] bool has(ExportField field) const { return fields.contains(field); }
  [[nodiscard]] bool has(ExportLayout::Kind kind) const { return (kinds & kind) != 0; }
};

class EvidenceFinder {
 public:
  EvidenceFinder(const ExportLayout& layout, const PageWords& words) : layout_(layout), words_(words) {}

  void look_at(std::string_view line) {
    if (trim(line).empty()) return;
    for (const std::optional<LabelledLine>& label : {layout_.head_label(line), layout_.tail_label(line), layout_.tag(line)}) {
      if (!label) continue;
      evidence_.labels.insert(label->label);
      evidence_.fields.insert(label->field);
    }
    const uint16_t kinds = layout_.kinds_of(line, words_);
    evidence_.kinds |= kinds;
    look_for_source(line, kinds);
  }

  [[nodiscard]] const Evidence& evidence() const { return evidence_; }

 private:
  void look_for_source(std::string_view line, uint16_t kinds) {
    if ((kinds & ExportLayout::kLength) != 0) {
      since_length_ = 0;
      has_date_ = false;
      return;
    }
    if (since_length_ > kMaxLinesToLanguage) return;
    ++since_length_;
    if (since_length_ <= kMaxLinesToDate) has_date_ = has_date_ || leading_day(line, words_).has_value();
    if (has_date_ && (kinds & (ExportLayout::kLanguage | ExportLayout::kCopyright)) != 0) evidence_.has_source = true;
  }

  const ExportLayout& layout_;
  const PageWords& words_;
  Evidence evidence_{};
  size_t since_length_ = kMaxLinesToLanguage + 1;
  bool has_date_ = false;
};

bool is_factiva(const Evidence& evidence) {
  constexpr size_t kMinTags = 5;
  const bool tagged = evidence.labels.size() >= kMinTags && evidence.has(ExportField::kTitle) && evidence.has(ExportField::kText);
  return tagged || evidence.has_source;
}

bool is_lexis(const Evidence& evidence) {
  constexpr size_t kMinLabels = 3;
  if (!evidence.has(ExportField::kLength)) return false;
  return evidence.has(ExportLayout::kBegin) || evidence.has(ExportLayout::kText) || evidence.has(ExportLayout::kEnd) ||
         evidence.labels.size() >= kMinLabels;
}

bool is_proquest(const Evidence& evidence) {
  constexpr size_t kMinLabels = 4;
  const bool has_text = evidence.has(ExportField::kText) || evidence.has(ExportField::kAbstract);
  if (has_text && evidence.has(ExportLayout::kBegin)) return true;
  return evidence.labels.size() >= kMinLabels && (has_text || evidence.has(ExportField::kId));
}

}  // namespace

std::optional<ExportDatabase> recognise_export(std::string_view text, const ExportLayouts& layouts) {
  EvidenceFinder factiva(layouts.layout(ExportDatabase::kFactiva), layouts.words());
  EvidenceFinder lexis(layouts.layout(ExportDatabase::kLexis), layouts.words());
  EvidenceFinder proquest(layouts.layout(ExportDatabase::kProquest), layouts.words());
  for (std::string_view line : split(text.substr(0, kLookedAtBytes), '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (EvidenceFinder* finder : {&factiva, &lexis, &proquest}) finder->look_at(line);
  }
  if (is_lexis(lexis.evidence())) return ExportDatabase::kLexis;
  if (is_proquest(proquest.evidence())) return ExportDatabase::kProquest;
  if (is_factiva(factiva.evidence())) return ExportDatabase::kFactiva;
  return std::nullopt;
}

ExportReader::ExportReader(std::unique_ptr<TextLines> lines, ExportDatabase database, ArticleFields known, const ArticleOptions& options)
    : lines_(std::move(lines)), database_(database), known_(std::move(known)), options_(options) {}

ExportReader::Item ExportReader::next() {
  while (!ended_) {
    std::optional<Result<std::string_view>> line = lines_->next_line();
    if (!line) {
      ended_ = true;
      return finish();
    }
    if (!line->ok()) return Result<ArticlePtr>(std::move(*line).error());
    if (Item item = take_line(**line)) return item;
  }
  return std::nullopt;
}

/// Adds a line to the article, or ends the article and gives it.
ExportReader::Item ExportReader::take_line(std::string_view text) {
  ExportLine line{.text = std::string(text), .number = lines_->line(), .kinds = kinds_of(text)};
  const bool begins = begins_article(line), ends = line.is(ExportLayout::kEnd);
  Item item;
  if (begins) item = finish();
  if (!line.is(ExportLayout::kBegin)) {
    article_bytes_ += text.size() + 1;
    too_large_ = too_large_ || article_bytes_ > options_.max_article_bytes;
    if (too_large_ && article_.size() > 1) article_.resize(1);
    if (!too_large_ || article_.empty()) article_.push_back(std::move(line));
  }
  if (ends) item = finish();
  return item;
}

uint16_t ExportReader::kinds_of(std::string_view line) const {
  const ExportLayout& layout = options_.export_layouts->layout(database_);
  const uint16_t kinds = layout.kinds_of(line, options_.export_layouts->words());
  if (kinds != 0) return kinds;
  // "AN   Document LBA0000020220210ei2a003x5"
  const std::optional<LabelledLine> tag = layout.tag(line);
  return tag && tag->field == ExportField::kId ? layout.kinds_of(tag->value, options_.export_layouts->words()) : kinds;
}

/// A line of its own between articles, or a second headline with a tag where the first article has no end.
bool ExportReader::begins_article(const ExportLine& line) const {
  if (line.is(ExportLayout::kBegin)) return true;
  const ExportLayout& layout = options_.export_layouts->layout(database_);
  const auto is_title = [&](const ExportLine& other) {
    const std::optional<LabelledLine> tag = layout.tag(other.text);
    return tag && tag->field == ExportField::kTitle;
  };
  return is_title(line) && std::ranges::any_of(article_, is_title);
}

/// The article whose lines have been gathered; nullopt if they are none.
ExportReader::Item ExportReader::finish() {
  Item item;
  if (std::ranges::all_of(article_, [](const ExportLine& line) { return line.is_blank(); })) {
    article_.clear();
  } else if (too_large_) {
    item = Result<ArticlePtr>(Error{.code = ErrorCode::kTooLarge,
                                    .message = "the article is over the limit of " + std::to_string(options_.max_article_bytes) + " bytes",
                                    .file = known_.origin,
                                    .line = article_.front().number});
  } else {
    const auto read = database_ == ExportDatabase::kFactiva ? read_factiva
                      : database_ == ExportDatabase::kLexis ? read_lexis
                                                            : read_proquest;
    std::optional<ExportedArticle> exported = read(article_, *options_.export_layouts);
    if (exported) {
      item = build(*std::move(exported));
    } else if (!is_furniture()) {
      item = build_plain();
    }
  }
  article_.clear();
  article_bytes_ = 0;
  too_large_ = false;
  return item;
}

/// Whether the lines belong to the export and not to an article: a cover page, a list of contents, rights.
bool ExportReader::is_furniture() const {
  const auto is_cover = [](const ExportLine& line) { return line.is(ExportLayout::kCover); };
  const auto says_nothing = [](const ExportLine& line) { return line.is_blank() || line.kinds != 0; };
  return std::ranges::any_of(article_, is_cover) || std::ranges::all_of(article_, says_nothing);
}

ArticleFields ExportReader::start_fields() const {
  const auto first = std::ranges::find_if(article_, [](const ExportLine& line) { return !line.is_blank(); });
  ArticleFields fields{.id = known_.id + ":" + std::to_string(first->number)};
  fields.form = export_database_name(database_);
  fields.origin = known_.origin;
  fields.origin_line = first->number;
  return fields;
}

Result<ArticlePtr> ExportReader::build(ExportedArticle exported) {
  ArticleFields fields = start_fields();
  std::vector<Warning> warnings = lines_->take_warnings();
  if (!exported.id.empty()) fields.id = exported.id;
  fields.title = exported.title;
  fields.outlet = exported.outlet;
  fields.url = exported.url;
  fields.authors = exported.authors;
  fields.dateline_place = exported.place;
  fields.published = leading_day(exported.date, options_.export_layouts->words());
  if (!fields.published) set_published(exported.date, "date", exported.date_line, options_, fields, warnings);
  if (fields.published) fields.published_from = "field";
  std::string text = std::move(exported.text);
  if (trim(text).empty() && !exported.abstract.empty()) {
    text = exported.abstract;
    fields.add_flag("abstract-only");
  } else if (!exported.abstract.empty()) {
    exported.leave_out(exported.abstract);
  }
  if (options_.keep_left_out) fields.left_out = std::move(exported.left_out);
  return build_article(std::move(fields), std::move(text), std::move(warnings), options_);
}

Result<ArticlePtr> ExportReader::build_plain() {
  ArticleFields fields = start_fields();
  std::vector<Warning> warnings = lines_->take_warnings();
  warnings.push_back({.message = "is not laid out as " + std::string(export_database_name(database_)) + " does it; read as plain text",
                      .line = fields.origin_line});
  std::string text;
  for (const ExportLine& line : article_) text += line.text + '\n';
  return build_article(std::move(fields), std::move(text), std::move(warnings), options_);
}

}  // namespace casus
