#include "cli/load.h"

#include <future>
#include <utility>

#include "cli/locate.h"

namespace casus {
namespace {

template <class T>
Result<T> with_remedy(Result<T> result, const char* what, const Located& place, const std::string& remedy) {
  if (result.ok()) return result;
  Error error = std::move(result).error();
  if (!place.exists) error = {.code = ErrorCode::kNotFound, .message = std::string("no ") + what + " there", .file = place.path.string()};
  if (error.remedy.empty()) error.remedy = remedy;
  return error;
}

/// The first type or status of a judge that nothing here understands, "" if there is none.
std::string foreign_answer(const Judge& judge, const Ontology& ontology) {
  for (const std::string& type : judge.types()) {
    if (!ontology.type(type)) return "type " + type;
  }
  for (const std::string& status : judge.statuses()) {
    if (!is_status(status)) return "status " + status;
  }
  return "";
}

}  // namespace

Result<std::shared_ptr<const LanguageModel>> load_model(const std::string& option) {
  const Located place = locate_model(option);
  return with_remedy(LanguageModel::load(place.path), "language model", place, model_remedy());
}

Result<std::shared_ptr<const Lexicon>> load_lexicon(const std::string& option, const std::vector<std::string>& overlays,
                                                    std::shared_ptr<const Gazetteer> gazetteer) {
  const Located place = locate_data(option);
  const std::vector<std::filesystem::path> over(overlays.begin(), overlays.end());
  return with_remedy(Lexicon::load(place.path, over, std::move(gazetteer)), "ontology and dictionaries", place, data_remedy());
}

Result<std::shared_ptr<const EvaluationScheme>> load_evaluation_scheme(const std::string& option) {
  const Located place = locate_data(option);
  return with_remedy(EvaluationScheme::load(place.path), "tables of comparison", place, data_remedy());
}

Result<std::shared_ptr<const CrisisRules>> load_crisis_rules(const std::string& option, const Ontology& ontology) {
  const Located place = locate_data(option);
  return with_remedy(CrisisRules::load(place.path, ontology), "tables of incidents", place, data_remedy());
}

Result<std::shared_ptr<const Gazetteer>> load_gazetteer() {
  const Located place = locate_gazetteer();
  return with_remedy(Gazetteer::open(place.path), "gazetteer", place, gazetteer_remedy());
}

Result<std::shared_ptr<const Gazetteer>> load_gazetteer_if_any(Messages& messages) {
  auto gazetteer = load_gazetteer();
  if (gazetteer || gazetteer.error().code != ErrorCode::kNotFound) return gazetteer;
  Error lack = gazetteer.error();
  lack.message += "; only the places of data/world are known";
  messages.warning(lack);
  return std::shared_ptr<const Gazetteer>();
}

Result<std::shared_ptr<const Judge>> load_judge(const std::string& option) {
  const Located place = locate_judge(option);
  if (place.path == kNoJudge) return std::shared_ptr<const Judge>();
  return with_remedy(Judge::open(place.path), "judge", place, judge_remedy());
}

Result<std::shared_ptr<const Judge>> load_judge_if_any(const std::string& option, const Ontology& ontology, Messages& messages) {
  auto judge = load_judge(option);
  if (!judge && (!option.empty() || judge.error().code != ErrorCode::kNotFound)) return judge;
  if (!judge) {
    Error lack = judge.error();
    lack.message += "; acts are read by rules alone";
    messages.warning(lack);
    return std::shared_ptr<const Judge>();
  }
  if (!*judge) return judge;
  const std::string foreign = foreign_answer(**judge, ontology);
  if (foreign.empty()) return judge;
  messages.warning({.code = ErrorCode::kBadData,
                    .message = "the judge knows a " + foreign + " that the ontology has not; acts are read by rules alone",
                    .remedy = "train a judge on this ontology (docs/judge.md), or say --judge off"});
  return std::shared_ptr<const Judge>();
}

Result<ReadingData> load_reading_data(Options& options, Messages& messages) {
  const auto gazetteer = load_gazetteer_if_any(messages);
  if (!gazetteer) return gazetteer.error();
  auto lexicon_loading = std::async(std::launch::async, [&] { return load_lexicon(options.data, options.lexicons, *gazetteer); });
  const auto model = load_model(options.model);
  const auto article_data = load_article_data(options.data);
  const auto lexicon = lexicon_loading.get();
  if (!model) return model.error();
  if (!lexicon) return lexicon.error();
  if (!article_data) return article_data.error();
  article_data->give(options.article);
  const auto judge = load_judge_if_any(options.judge, (*lexicon)->ontology(), messages);
  if (!judge) return judge.error();
  return ReadingData{.model = *model, .lexicon = *lexicon, .judge = *judge};
}

Result<ArticleData> load_article_data(const std::string& option) {
  const Located place = locate_data(option);
  Result<std::shared_ptr<const NoiseRules>> rules =
      with_remedy(NoiseRules::load(place.path / "article"), "rules of noise", place, data_remedy());
  if (!rules) return std::move(rules).error();
  Result<std::shared_ptr<const ExportLayouts>> layouts =
      with_remedy(ExportLayouts::load(place.path / "article"), "layouts of exports", place, data_remedy());
  if (!layouts) return std::move(layouts).error();
  Result<std::shared_ptr<const RecordColumns>> columns =
      with_remedy(RecordColumns::load((place.path / "article" / "columns.tsv").string()), "names of columns", place, data_remedy());
  if (!columns) return std::move(columns).error();
  return ArticleData{.noise_rules = *std::move(rules), .export_layouts = *std::move(layouts), .columns = *std::move(columns)};
}

}  // namespace casus
