#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "server/change_watcher.h"
#include "server/gate.h"
#include "server/http.h"
#include "server/metrics.h"
#include "server/routes.h"
#include "server/server_data.h"
#include "server/web_files.h"

namespace casus {

/// Answers requests: the API below kApiBase, the files of the page, the page itself for its addresses, /healthz, /metrics.
/// Ownership: uses `data`, and the watcher once it is given. Threads: handle() is safe at once.
class Api {
 public:
  explicit Api(ServerData& data) : data_(data), gate_(data.settings.host_names, data.settings.token) {}

  /// For /stream and /metrics. Before the first request.
  void use(const ChangeWatcher& watcher, std::function<HttpGauges()> gauges) {
    watcher_ = &watcher;
    gauges_ = std::move(gauges);
  }

  [[nodiscard]] HttpAnswer handle(const HttpRequest& request);

 private:
  [[nodiscard]] HttpAnswer dispatch(const HttpRequest& request, std::string_view& route);
  [[nodiscard]] HttpAnswer answer_api(const HttpRequest& request, const Target& target, std::string_view& route);
  [[nodiscard]] HttpAnswer answer_route(const HttpRequest& request, const Target& target, const Route& route, std::string id,
                                        AnswerFormat format);
  [[nodiscard]] HttpAnswer answer_call(const Route& route, const ApiCall& call);
  [[nodiscard]] HttpAnswer answer_of_crisis(const Route& route, ApiCall call);
  [[nodiscard]] HttpAnswer answer_kept(const Route& route, const ApiCall& call);
  [[nodiscard]] std::string question_of(const ApiCall& call, uint64_t crisis_version) const;
  [[nodiscard]] static HttpAnswer answer_of(ApiAnswer answer, const ApiCall& call);
  [[nodiscard]] HttpAnswer send_kept(const ApiCall& call, const KeptAnswer& kept) const;
  [[nodiscard]] HttpAnswer stream(const HttpRequest& request) const;
  [[nodiscard]] HttpAnswer page(const HttpRequest& request, const Target& target) const;
  [[nodiscard]] HttpAnswer metrics_text() const;

  ServerData& data_;
  const Gate gate_;
  const WebFiles files_{};
  ServerMetrics metrics_{};
  const ChangeWatcher* watcher_ = nullptr;
  std::function<HttpGauges()> gauges_{};
};

}  // namespace casus
