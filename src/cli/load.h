#pragma once

#include <memory>
#include <string>
#include <vector>

#include <casus/result.h>

#include "article/article_source.h"
#include "article/export/export_layout.h"
#include "article/noise_rules.h"
#include "article/record_fields.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "crisis/crisis_rules.h"
#include "evaluation/scheme.h"
#include "judge/judge.h"
#include "language/language.h"
#include "lexicon/gazetteer.h"
#include "lexicon/lexicon.h"

namespace casus {

/// The language model, and ontology and dictionaries, from the folders that the options name or the usual places (cli/locate.h), with
/// remedies in the errors. `overlays`: folders of dictionaries to lay over them, in this order.
[[nodiscard]] Result<std::shared_ptr<const LanguageModel>> load_model(const std::string& option);
[[nodiscard]] Result<std::shared_ptr<const Lexicon>> load_lexicon(const std::string& option, const std::vector<std::string>& overlays,
                                                                  std::shared_ptr<const Gazetteer> gazetteer = nullptr);
/// What comparing with gold takes of the same folder as the lexicon.
[[nodiscard]] Result<std::shared_ptr<const EvaluationScheme>> load_evaluation_scheme(const std::string& option);

/// What incidents and the views on them take of the same folder.
[[nodiscard]] Result<std::shared_ptr<const CrisisRules>> load_crisis_rules(const std::string& option, const Ontology& ontology);

/// The gazetteer's file from the usual places.
[[nodiscard]] Result<std::shared_ptr<const Gazetteer>> load_gazetteer();
/// The same for whoever can do without: where there is none, null, and a warning to `messages`. A damaged one is an error.
[[nodiscard]] Result<std::shared_ptr<const Gazetteer>> load_gazetteer_if_any(Messages& messages);

/// What an option names where no judge is wanted.
inline constexpr std::string_view kNoJudge = "off";

/// The judge that an option or CASUS_JUDGE names (kNoJudge: null), or that lies in the usual places.
[[nodiscard]] Result<std::shared_ptr<const Judge>> load_judge(const std::string& option);
/// The same where rules alone do too: where nobody names one and there is none, or its answers are not of this ontology, null, and a
/// warning to `messages`.
[[nodiscard]] Result<std::shared_ptr<const Judge>> load_judge_if_any(const std::string& option, const Ontology& ontology,
                                                                     Messages& messages);

/// What reading articles takes of data/article: what marks lines as not the article, how press databases lay out exports,
/// what columns are called.
struct ArticleData {
  std::shared_ptr<const NoiseRules> noise_rules{};
  std::shared_ptr<const ExportLayouts> export_layouts{};
  std::shared_ptr<const RecordColumns> columns{};

  void give(ArticleOptions& options) const {
    options.noise_rules = noise_rules;
    options.export_layouts = export_layouts;
    options.columns = columns;
  }
};
/// From the same folder as the lexicon.
[[nodiscard]] Result<ArticleData> load_article_data(const std::string& option);

/// What reading articles for acts takes.
struct ReadingData {
  std::shared_ptr<const LanguageModel> model{};
  std::shared_ptr<const Lexicon> lexicon{};
  std::shared_ptr<const Judge> judge{};  ///< null: by rules alone
};
/// Model, lexicon and judge as the options name them, side by side, with the gazetteer where there is one; gives `options.article` its
/// data.
[[nodiscard]] Result<ReadingData> load_reading_data(Options& options, Messages& messages);

}  // namespace casus
