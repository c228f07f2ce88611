#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <casus/result.h>

namespace casus {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// One request, read whole.
struct HttpRequest {
  std::string method{};  ///< "GET", "HEAD", "POST", …, as sent
  std::string target{};  ///< path and query, as sent
  HttpHeaders headers{};
  std::string body{};

  /// The value of a header, letter case of its name aside; "" where there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Something that is being made beside, for which requests wait without taking a thread.
/// Threads: safe at once.
class Waiting {
 public:
  /// It is there: whoever waits is woken.
  void finish();
  /// Calls `wake` once it is there, on the thread of finish(), or at once.
  void then(std::function<void()> wake);

 private:
  std::mutex mutex_{};
  bool is_there_ = false;
  std::vector<std::function<void()>> waiters_{};
};

/// What is answered. Content-Length, Connection and what answers of every kind carry are added when it is sent.
struct HttpAnswer {
  int status = 200;
  HttpHeaders headers{};
  std::shared_ptr<const std::string> body{};  ///< null for none; may be shared by many answers
  bool is_stream = false;                     ///< the connection gets what HttpServer::publish is given from now on, after `body`
  /// Where it is not null nothing is sent yet: once it is there, `then` gives the answer, on any thread, while the request is still kept;
  /// 503 where that takes longer than HttpLimits::pending.
  std::shared_ptr<Waiting> waits_for{};
  std::function<HttpAnswer()> then{};
};

/// What a server takes at most. What is beyond is refused as HTTP has it (docs/server.md), and never waited for.
struct HttpLimits {
  uint32_t header_bytes = 16'384;      ///< of the request line and all headers: 431
  uint32_t target_bytes = 8'192;       ///< of path and query: 414
  uint64_t body_bytes = 8'000'000;     ///< 413
  uint32_t connections = 1'024;        ///< beyond them the one that has been idle longest is closed
  uint32_t streams = 512;              ///< connections that wait for events: 503
  uint32_t waiting_requests = 256;     ///< for a thread: 503
  uint32_t pending_requests = 256;     ///< for what is being made beside: 503
  size_t stream_bytes = 1'000'000;     ///< of events that a slow reader has not taken; beyond them it is cut off
  std::chrono::seconds request{15};    ///< until a request has come whole, and between two of a connection
  std::chrono::seconds pending{25};    ///< that a request waits for what is being made beside
  std::chrono::seconds answer{30};     ///< until an answer has been taken
  std::chrono::seconds heartbeat{15};  ///< between two signs of life to those that wait for events
  std::chrono::seconds shutdown{10};   ///< that running requests have to end
};

struct HttpOptions {
  std::string address = "127.0.0.1";  ///< numeric
  uint16_t port = 0;                  ///< 0: any that is free
  unsigned threads = 4;               ///< that answer; another one reads and writes
  HttpLimits limits{};
};

/// What a server is doing.
struct HttpGauges {
  uint32_t connections = 0;
  uint32_t streams = 0;
  uint32_t in_work = 0;    ///< requests with a thread, or waiting for one
  uint32_t pending = 0;    ///< requests that wait for what is being made beside
  uint64_t refused = 0;    ///< that were no HTTP, or over a limit
  uint64_t cut_off = 0;    ///< readers of events that were too slow
  uint64_t bytes_out = 0;  ///< of bodies
};

/// Answers one request. Called on several threads at once; what it throws is answered with 500.
using HttpHandler = std::function<HttpAnswer(const HttpRequest&)>;

/// An HTTP/1.1 server. Everything of the library that it is made with lies in its one source file.
/// Ownership: owns its socket and threads. Threads: run() on one thread; publish() and gauges() on any.
class HttpServer {
 public:
  HttpServer() = default;
  virtual ~HttpServer() = default;
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Begins to listen. Errors: kBadOption for an address that is none, kBusy for a port that is taken, kUnreadable where the system
  /// does not allow it.
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> listen(const HttpOptions& options, HttpHandler handler);

  [[nodiscard]] virtual uint16_t port() const = 0;

  /// Answers until `stop_asked`, which is asked several times a second; then takes no more, ends the streams, and gives running requests
  /// HttpLimits::shutdown to be answered.
  virtual void run(const std::function<bool()>& stop_asked) = 0;

  /// Sends a text to all streams, as it is.
  virtual void publish(std::string text) = 0;

  [[nodiscard]] virtual HttpGauges gauges() const = 0;
};

/// Whether the program was built with the library that serving takes.
[[nodiscard]] bool can_serve();

}  // namespace casus
