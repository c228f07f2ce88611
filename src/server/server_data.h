#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <casus/report.h>
#include <casus/result.h>

#include "crisis/crisis_rules.h"
#include "lexicon/lexicon.h"
#include "server/answer_cache.h"
#include "server/crisis_cache.h"
#include "server/parameters.h"
#include "server/store_pool.h"
#include "server/suggestions.h"
#include "store/actor_names.h"
#include "store/panel_columns.h"
#include "store/store.h"

namespace casus {

/// Reads articles for the server: what casus code and casus explain do. Made by whoever has the model.
/// Threads: safe at once.
class ArticleCoder {
 public:
  ArticleCoder() = default;
  virtual ~ArticleCoder() = default;
  ArticleCoder(const ArticleCoder&) = delete;
  ArticleCoder& operator=(const ArticleCoder&) = delete;

  /// An article of a text, as casus code makes it of a file with these particulars. Errors: those of build_article.
  [[nodiscard]] virtual Result<ArticlePtr> article(ArticleFields fields, std::string text) = 0;
  [[nodiscard]] virtual Report code(const ArticlePtr& article) = 0;
  /// What casus explain --format jsonl says of one event; "" if reading this article does not give it.
  [[nodiscard]] virtual std::string explain(const ArticlePtr& article, const std::string& event_id) = 0;
  /// For the batches that it makes.
  [[nodiscard]] virtual const CoderInfo& info() const = 0;
};

/// The right to read articles: a few requests at a time have it, since each takes a processor.
/// Ownership: gives it back. Must not outlive its ServerData.
class CoderTurn {
 public:
  CoderTurn(std::shared_ptr<ArticleCoder> coder, std::atomic<unsigned>& at_work) : coder_(std::move(coder)), at_work_(&at_work) {}
  ~CoderTurn();
  CoderTurn(CoderTurn&& other) noexcept;
  CoderTurn& operator=(CoderTurn&&) = delete;
  CoderTurn(const CoderTurn&) = delete;
  CoderTurn& operator=(const CoderTurn&) = delete;

  [[nodiscard]] ArticleCoder& coder() const { return *coder_; }

 private:
  std::shared_ptr<ArticleCoder> coder_;
  std::atomic<unsigned>* at_work_;
};

/// What a server is given.
struct ServerSettings {
  std::string database{};
  std::filesystem::path data_folder{};
  std::string version{};                                                ///< of casus
  std::string token{};                                                  ///< that writing needs; "" where nothing may be written
  std::vector<std::string> host_names{};                                ///< beside localhost and numeric addresses
  std::function<Result<std::shared_ptr<ArticleCoder>>()> load_coder{};  ///< takes seconds, so that it runs beside; called once
  size_t cache_bytes = 128'000'000;                                     ///< of answers that are kept
};

/// What all answers share. Threads: safe at once, but for what says otherwise.
struct ServerData {
  ServerData(ServerSettings given, std::shared_ptr<const Lexicon> lexicon_given, std::shared_ptr<const CrisisRules> rules_given,
             ActorNames names_given);

  const ServerSettings settings;
  const std::shared_ptr<const Lexicon> lexicon;
  const std::shared_ptr<const CrisisRules> rules;
  const ActorNames names;
  const ParameterSpecs specs;
  StorePool stores;
  CrisisCache crises;
  AnswerCache answers;
  SuggestionCache suggestions;
  std::atomic<uint64_t> data_version = 1;  ///< counts the changes of the database that were seen since the start

  /// The database has changed: what was kept of it is forgotten.
  void note_change();

  /// A turn to read articles; waits while the model is loaded. Errors: kBusy where kMostCoding requests have one; those of loading.
  [[nodiscard]] Result<CoderTurn> coding();
  static constexpr unsigned kMostCoding = 2;

  /// PanelColumns::load, from the files once. Errors: the same.
  [[nodiscard]] Result<std::shared_ptr<const PanelColumns>> panel_columns(PanelUnit unit, const std::vector<std::string>& codes);

  std::mutex writing{};  ///< one request at a time writes

 private:
  std::mutex columns_mutex_{};
  std::map<std::pair<PanelUnit, std::vector<std::string>>, std::shared_ptr<const PanelColumns>> columns_{};
  std::atomic<unsigned> coding_ = 0;
  std::mutex coder_mutex_{};
  std::optional<Result<std::shared_ptr<ArticleCoder>>> coder_{};
};

}  // namespace casus
