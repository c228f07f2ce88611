// casus serve: a database in the browser, and as an API.
#include <algorithm>
#include <cstdlib>
#include <future>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "article/article_builder.h"
#include "base/files.h"
#include "base/text.h"
#include "cli/build_info.h"
#include "cli/coding.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/explanation.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/locate.h"
#include "language/language.h"
#include "reading/reading.h"
#include "reading/trace.h"
#include "server/api.h"
#include "server/change_watcher.h"
#include "server/http.h"
#include "server/server_data.h"

namespace casus {
namespace {

constexpr size_t kMostTokenBytes = 4'096;
constexpr size_t kTokenLetters = 32;
constexpr size_t kLeastTokenLetters = 16;

/// Reads articles for requests, with workspaces that are kept for the next ones.
class ServingCoder : public ArticleCoder {
 public:
  ServingCoder(ReadingData data, const Options& options)
      : data_(std::move(data)),
        article_options_(options.article),
        info_(coder_info(data_, options)),
        data_folder_(locate_data(options.data).path.string()) {}

  Result<ArticlePtr> article(ArticleFields fields, std::string text) override {
    return build_article(std::move(fields), std::move(text), {}, article_options_);
  }

  Report code(const ArticlePtr& article) override {
    std::unique_ptr<Workspace> workspace = take();
    const std::unique_ptr<const Document> doc = analyse(*article, *data_.model, *workspace);
    give_back(std::move(workspace));
    return read_document(article, *doc, *data_.lexicon, nullptr, data_.judge.get());
  }

  std::string explain(const ArticlePtr& article, const std::string& event_id) override {
    std::unique_ptr<Workspace> workspace = take();
    const std::unique_ptr<const Document> doc = analyse(*article, *data_.model, *workspace);
    give_back(std::move(workspace));
    ReadingTrace trace;
    const Report report = read_document(article, *doc, *data_.lexicon, &trace, data_.judge.get());
    const Reading reading{.report = report, .doc = *doc, .trace = trace, .lexicon = *data_.lexicon, .data_folder = data_folder_};
    std::string out;
    if (reading.event(event_id) != nullptr) append_explanation_json(reading, {.event_id = event_id}, out);
    return out;
  }

  [[nodiscard]] const CoderInfo& info() const override { return info_; }

 private:
  std::unique_ptr<Workspace> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<Workspace>(*data_.model);
    std::unique_ptr<Workspace> workspace = std::move(free_.back());
    free_.pop_back();
    return workspace;
  }
  void give_back(std::unique_ptr<Workspace> workspace) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(workspace));
  }

  ReadingData data_;
  ArticleOptions article_options_;
  CoderInfo info_;
  std::string data_folder_;
  std::mutex mutex_{};
  std::vector<std::unique_ptr<Workspace>> free_{};
};

int fail(const Error& error, Messages& messages) {
  messages.error(error);
  return error.code == ErrorCode::kBadOption ? kWrongUsage : kCannotWork;
}

std::string random_token() {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
  std::random_device random;
  std::string token;
  for (size_t i = 0; i < kTokenLetters; ++i) token += kLetters[random() % kLetters.size()];
  return token;
}

/// The token that writing needs: of a file, else of the environment, else a new one, which is shown.
Result<std::string> token_of(const ServeOptions& options, Messages& messages) {
  if (!options.allow_ingest) return std::string();
  std::string token;
  if (!options.token_file.empty()) {
    const Result<std::string> content = read_file(options.token_file, kMostTokenBytes);
    if (!content) return content.error();
    token = trim(*content);
  } else if (const char* given = std::getenv("CASUS_TOKEN"); given != nullptr) {
    token = trim(given);
  } else {
    token = random_token();
    messages.note("the token for writing: " + token);
  }
  if (token.size() >= kLeastTokenLetters) return token;
  return Error{.code = ErrorCode::kBadOption,
               .message = "the token has fewer than " + std::to_string(kLeastTokenLetters) + " letters",
               .file = options.token_file,
               .remedy = "a longer one, as of: openssl rand -hex 16"};
}

/// Loads the coder beside, so that the first request that needs it waits less.
std::function<Result<std::shared_ptr<ArticleCoder>>()> loading_coder(const Options& options, Messages& messages) {
  const auto loading = std::make_shared<std::future<Result<std::shared_ptr<ArticleCoder>>>>(
      std::async(std::launch::async, [options = Options(options), &messages]() mutable -> Result<std::shared_ptr<ArticleCoder>> {
        Result<ReadingData> data = load_reading_data(options, messages);
        if (!data) return std::move(data).error();
        return std::shared_ptr<ArticleCoder>(std::make_shared<ServingCoder>(*std::move(data), options));
      }));
  return [loading] { return loading->get(); };
}

std::string address_text(const ServeOptions& options, uint16_t port) {
  const bool is_v6 = options.address.find(':') != std::string::npos;
  const std::string host = options.address == "127.0.0.1" || options.address == "0.0.0.0" || options.address == "::" ? "localhost"
                           : is_v6 ? "[" + options.address + "]"
                                   : options.address;
  return "http://" + host + ":" + std::to_string(port) + "/";
}

}  // namespace

int serve_command(const Options& options, Messages& messages) {
  const InterruptGuard interrupt_guard;
  if (!can_serve()) return fail(HttpServer::listen({}, {}).error(), messages);
  const Result<Store> store = Store::open(options.database, options.serve.allow_ingest ? Database::Mode::kWrite : Database::Mode::kRead);
  if (!store) return fail(store.error(), messages);
  const Result<std::string> token = token_of(options.serve, messages);
  if (!token) return fail(token.error(), messages);
  const auto lexicon = load_lexicon(options.data, options.lexicons);
  if (!lexicon) return fail(lexicon.error(), messages);
  const auto rules = load_crisis_rules(options.data, (*lexicon)->ontology());
  if (!rules) return fail(rules.error(), messages);
  const std::filesystem::path data_folder = locate_data(options.data).path;
  Result<ActorNames> names = ActorNames::load(data_folder);
  if (!names) return fail(names.error(), messages);

  ServerData data({.database = options.database,
                   .data_folder = data_folder,
                   .version = build_info::kVersion,
                   .token = *token,
                   .host_names = options.serve.host_names,
                   .load_coder = loading_coder(options, messages)},
                  *lexicon, *rules, *std::move(names));
  Api api(data);
  const HttpOptions http{.address = options.serve.address, .port = options.serve.port, .threads = std::max(options.threads, 4U)};
  const Result<std::unique_ptr<HttpServer>> server =
      HttpServer::listen(http, [&](const HttpRequest& request) { return api.handle(request); });
  if (!server) return fail(server.error(), messages);
  {
    const ChangeWatcher watcher(
        data, [&](std::string text) { (*server)->publish(std::move(text)); }, [&](const Error& error) { messages.warning(error); });
    api.use(watcher, [&] { return (*server)->gauges(); });
    messages.note("open " + address_text(options.serve, (*server)->port()) + " in a browser; Ctrl-C ends");
    (*server)->run(InterruptGuard::interrupted);
  }
  messages.finish();
  return kFine;
}

}  // namespace casus
