#include "server/server_data.h"

#include <utility>

namespace casus {

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
