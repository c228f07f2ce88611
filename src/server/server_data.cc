#include "server/server_data.h"

#include <utility>

namespace casus {
namespace {

constexpr size_t kMostColumns = 32;

}  // namespace

CoderTurn::~CoderTurn() {
  if (coder_ != nullptr) --*at_work_;
}

CoderTurn::CoderTurn(CoderTurn&& other) noexcept : coder_(std::move(other.coder_)), at_work_(other.at_work_) {}

ServerData::ServerData(ServerSettings given, std::shared_ptr<const Lexicon> lexicon_given, std::shared_ptr<const CrisisRules> rules_given,
                       ActorNames names_given)
    : settings(std::move(given)),
      lexicon(std::move(lexicon_given)),
      rules(std::move(rules_given)),
      names(std::move(names_given)),
      specs(parameter_specs(lexicon->ontology())),
      stores(settings.database),
      crises(stores, rules, lexicon),
      answers(settings.cache_bytes),
      suggestions(settings.data_folder) {}

void ServerData::note_change() {
  ++data_version;
  answers.clear();
}

Result<std::shared_ptr<const PanelColumns>> ServerData::panel_columns(PanelUnit unit, const std::vector<std::string>& codes) {
  const std::lock_guard lock(columns_mutex_);
  const auto found = columns_.find({unit, codes});
  if (found != columns_.end()) return found->second;
  Result<PanelColumns> loaded = PanelColumns::load(settings.data_folder, unit, codes);
  if (!loaded) return std::move(loaded).error();
  if (columns_.size() == kMostColumns) columns_.clear();  // of which requests make as many as they like
  return columns_.emplace(std::pair(unit, codes), std::make_shared<const PanelColumns>(*std::move(loaded))).first->second;
}

Result<CoderTurn> ServerData::coding() {
  std::shared_ptr<ArticleCoder> coder;
  {
    const std::lock_guard lock(coder_mutex_);
    if (!coder_) coder_ = settings.load_coder();
    if (!*coder_) return coder_->error();
    coder = **coder_;
  }
  if (coding_.fetch_add(1) >= kMostCoding) {
    --coding_;
    return Error{.code = ErrorCode::kBusy, .message = "other texts are being read", .remedy = "ask again in a second"};
  }
  return CoderTurn(std::move(coder), coding_);
}

}  // namespace casus
