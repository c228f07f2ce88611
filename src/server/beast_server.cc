// The one file that includes Boost.Beast: it takes half a minute and much memory to compile.
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <exception>
#include <list>
#include <mutex>
#include <optional>
#include <span>

#include "server/http.h"
#include "server/problem.h"

namespace casus {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using net::ip::tcp;
using Stream = beast::tcp_stream;
using Clock = std::chrono::steady_clock;

constexpr auto kNoThrow = net::as_tuple(net::use_awaitable);
constexpr std::chrono::milliseconds kTick{50};
constexpr std::chrono::milliseconds kAcceptPause{100};  // after the system had no descriptor left
constexpr size_t kBufferBytes = 65'536;

/// One connection.
struct Connection {
  explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}

  Stream stream;
  bool idle = true;          ///< no request has come, or is being answered
  bool was_refused = false;  ///< what it still sends is not read
  Clock::time_point idle_since = Clock::now();
};
using Connections = std::list<std::shared_ptr<Connection>>;

/// What a connection that waits for events has not got yet.
struct Subscriber {
  explicit Subscriber(const Stream::executor_type& executor) : wakes(executor) {}

  net::steady_timer wakes;
  std::string pending{};
  bool is_over = false;  ///< gone, or too slow
};

/// Runs things on the thread of a server, as long as that is there.
class Waker {
 public:
  explicit Waker(net::io_context& io) : io_(&io) {}

  void post(std::function<void()> what) {
    const std::lock_guard lock(mutex_);
    if (io_ != nullptr) net::post(*io_, std::move(what));
  }
  void forget_server() {
    const std::lock_guard lock(mutex_);
    io_ = nullptr;
  }

 private:
  std::mutex mutex_{};
  net::io_context* io_;
};

/// Readers take what they are given, writers send it: the requests of a connection one after another, since the next is read only when
/// the last is answered. All but the handlers runs on the thread of run().
class BeastServer : public HttpServer {
 public:
  BeastServer(const HttpOptions& options, HttpHandler handler)
      : limits_(options.limits), handler_(std::move(handler)), workers_(options.threads), acceptor_(io_) {}

  ~BeastServer() override {
    waker_->forget_server();
    workers_.stop();
    workers_.join();
  }

  error_code bind(const tcp::endpoint& endpoint) {
    error_code error;
    error = acceptor_.open(endpoint.protocol(), error);
    if (!error) error = acceptor_.set_option(net::socket_base::reuse_address(true), error);
    if (!error) error = acceptor_.bind(endpoint, error);
    if (!error) error = acceptor_.listen(net::socket_base::max_listen_connections, error);
    if (!error) port_ = acceptor_.local_endpoint(error).port();
    return error;
  }

  [[nodiscard]] uint16_t port() const override { return port_; }

  void run(const std::function<bool()>& stop_asked) override {
    net::co_spawn(io_, accept(), net::detached);
    net::co_spawn(io_, watch(stop_asked), net::detached);
    io_.run();
    workers_.join();
  }

  void publish(std::string text) override {
    net::post(io_, [this, shared = std::make_shared<const std::string>(std::move(text))] { hand_out(*shared); });
  }

  [[nodiscard]] HttpGauges gauges() const override {
    return {.connections = open_connections_,
            .streams = open_streams_,
            .in_work = in_work_,
            .pending = pending_,
            .refused = refused_,
            .cut_off = cut_off_,
            .bytes_out = bytes_out_};
  }

 private:
  using Request = http::request<http::string_body>;
  using Parser = http::request_parser<http::string_body>;

  // --- connections

  net::awaitable<void> accept() {
    while (!stopping_) {
      auto [error, socket] = co_await acceptor_.async_accept(kNoThrow);
      if (stopping_) break;
      if (error) {
        net::steady_timer pause(io_, kAcceptPause);
        co_await pause.async_wait(kNoThrow);
        continue;
      }
      if (!make_room()) {
        ++refused_;
        continue;
      }
      error = socket.set_option(tcp::no_delay(true), error);
      connections_.push_back(std::make_shared<Connection>(std::move(socket)));
      open_connections_ = static_cast<uint32_t>(connections_.size());
      net::co_spawn(io_, serve(std::prev(connections_.end())), net::detached);
    }
  }

  /// Closes the connection that has been idle longest when there are as many as may be, so that idle ones keep nobody out. False where
  /// all are at work.
  bool make_room() {
    if (connections_.size() < limits_.connections) return true;
    std::shared_ptr<Connection> longest;
    for (const auto& connection : connections_) {
      if (connection->idle && (longest == nullptr || connection->idle_since < longest->idle_since)) longest = connection;
    }
    if (longest != nullptr) longest->stream.close();
    return longest != nullptr;
  }

  net::awaitable<void> serve(Connections::iterator place) {
    const std::shared_ptr<Connection> connection = *place;  // NOLINT(performance-unnecessary-copy-initialization): outlives its place
    try {
      beast::flat_buffer buffer(kBufferBytes);
      while (co_await answer_next(*connection, buffer)) {
      }
      // Whoever still sends gets the answer before the end of the connection.
      error_code ignored;
      ignored = connection->stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
      co_await drain(*connection);
    } catch (const std::exception&) {
      ++refused_;  // no memory for this one
    }
    connection->stream.close();
    connections_.erase(place);
    open_connections_ = static_cast<uint32_t>(connections_.size());
  }

  /// Reads away a little of what a client sends that was refused: a connection closed over unread bytes takes the answer with it.
  net::awaitable<void> drain(Connection& connection) {
    if (!connection.was_refused || stopping_) co_return;
    connection.stream.expires_after(std::chrono::seconds(1));
    std::array<char, 4096> waste{};
    for (int i = 0; i < 64; ++i) {
      const auto [error, bytes] = co_await connection.stream.async_read_some(net::buffer(waste), kNoThrow);
      if (error) co_return;
    }
  }

  // --- requests

  /// Whether another request may follow.
  net::awaitable<bool> answer_next(Connection& connection, beast::flat_buffer& buffer) {
    set_idle(connection, true);
    Parser parser;
    parser.header_limit(limits_.header_bytes);
    parser.body_limit(limits_.body_bytes);
    connection.stream.expires_after(limits_.request);
    if (stopping_) co_return false;
    auto [error, bytes] = co_await http::async_read_header(connection.stream, buffer, parser, kNoThrow);
    if (error) co_return co_await refuse(connection, error, bytes > 0 || buffer.size() > 0);
    set_idle(connection, false);
    if (const std::optional<Problem> wrong = wrong_head(parser)) co_return co_await refuse(connection, *wrong);
    if (parser.get()[http::field::expect] == "100-continue") {
      http::response<http::empty_body> go_on(http::status::continue_, 11);
      std::tie(error, bytes) = co_await http::async_write(connection.stream, go_on, kNoThrow);
      if (error) co_return false;
    }
    std::tie(error, bytes) = co_await http::async_read(connection.stream, buffer, parser, kNoThrow);
    if (error) co_return co_await refuse(connection, error, true);
    Request request = parser.release();
    const bool keeps = request.keep_alive() && !stopping_;
    const bool is_head = request.method() == http::verb::head;
    HttpAnswer response = co_await handle(std::move(request));
    if (response.is_stream) co_return co_await stream(connection, response);
    co_return co_await send(connection, response, keeps, is_head);
  }

  static void set_idle(Connection& connection, bool idle) {
    connection.idle = idle;
    connection.idle_since = Clock::now();
  }

  /// What is wrong with a request before its body is read.
  [[nodiscard]] std::optional<Problem> wrong_head(const Parser& parser) const {
    const auto& head = parser.get();
    if (head.version() != 10 && head.version() != 11) return Problem{.status = 505, .detail = "HTTP/1.1 is spoken here"};
    if (head.target().size() > limits_.target_bytes)
      return Problem{.status = 414, .detail = "path and query have more than " + std::to_string(limits_.target_bytes) + " bytes"};
    if (head.count(http::field::host) > 1 || (head.version() == 11 && head.count(http::field::host) == 0))
      return Problem{.status = 400, .detail = "a request has one Host header", .field = "Host"};
    if (head.count(http::field::transfer_encoding) > 0 && head.count(http::field::content_length) > 0)
      return Problem{.status = 400, .detail = "a body has one length", .field = "Transfer-Encoding"};
    const auto length = parser.content_length();
    if (length && *length > limits_.body_bytes) return too_large();
    return std::nullopt;
  }

  [[nodiscard]] Problem too_large() const {
    return {.status = 413, .detail = "a body has at most " + std::to_string(limits_.body_bytes) + " bytes"};
  }

  net::awaitable<bool> refuse(Connection& connection, error_code error, bool has_begun) {
    if (error == http::error::end_of_stream || !has_begun) co_return false;
    if (error == beast::error::timeout || error == net::error::operation_aborted || error == net::error::connection_reset) {
      ++refused_;
      co_return false;
    }
    Problem problem{.status = 400, .detail = "this is no HTTP request: " + error.message()};
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
      problem = {.status = 431, .detail = "a request's head has at most " + std::to_string(limits_.header_bytes) + " bytes"};
    if (error == http::error::body_limit) problem = too_large();
    co_return co_await refuse(connection, problem);
  }

  net::awaitable<bool> refuse(Connection& connection, const Problem& problem) {
    ++refused_;
    connection.was_refused = true;
    co_await send(connection, problem_response(problem), false, false);
    co_return false;
  }

  static HttpRequest plain(Request&& request) {
    HttpRequest made{.method = std::string(request.method_string()), .target = std::string(request.target())};
    for (const auto& field : request) made.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    made.body = std::move(request.body());
    return made;
  }

  net::awaitable<HttpAnswer> handle(Request&& whole) {
    if (in_work_ >= limits_.waiting_requests) {
      ++refused_;
      co_return problem_response({.status = 503, .detail = "too many requests are waiting"});
    }
    const auto request = std::make_shared<const HttpRequest>(plain(std::move(whole)));
    const std::function<HttpAnswer()> ask = [this, request] { return handler_(*request); };
    HttpAnswer response = co_await in_turn(ask);
    if (response.waits_for == nullptr) co_return response;
    if (pending_ >= limits_.pending_requests) {
      ++refused_;
      co_return problem_response({.status = 503, .detail = "too many requests are waiting for what is being put together"});
    }
    ++pending_;
    const bool is_there = co_await wait_for(*response.waits_for);
    --pending_;
    if (!is_there) co_return problem_response({.status = 503, .detail = "what is asked for is still being put together"});
    co_return co_await in_turn(response.then);
  }

  /// Has it made on a thread of the workers. `make` must outlive that: g++ 12 destroys temporaries of co_await twice.
  net::awaitable<HttpAnswer> in_turn(const std::function<HttpAnswer()>& make) {
    ++in_work_;
    HttpAnswer response = co_await net::co_spawn(workers_, work(make), net::use_awaitable);
    --in_work_;
    co_return response;
  }

  static net::awaitable<HttpAnswer> work(const std::function<HttpAnswer()>& make) {
    try {
      co_return make();
    } catch (const std::exception& exception) {
      co_return problem_response({.status = 500, .detail = std::string("internal error: ") + exception.what()});
    }
  }

  /// Whether it is there in time.
  net::awaitable<bool> wait_for(Waiting& waiting) {
    struct Wait {
      explicit Wait(net::io_context& io) : timer(io) {}
      net::steady_timer timer;
      bool is_there = false;
    };
    const auto wait = std::make_shared<Wait>(io_);
    wait->timer.expires_after(limits_.pending);
    waiting.then([waker = waker_, wait = std::weak_ptr(wait)] {
      waker->post([wait] {
        const std::shared_ptr<Wait> waits = wait.lock();
        if (waits == nullptr) return;
        waits->is_there = true;
        waits->timer.cancel();
      });
    });
    if (!wait->is_there) co_await wait->timer.async_wait(kNoThrow);
    co_return wait->is_there;
  }

  // --- answers

  net::awaitable<bool> send(Connection& connection, const HttpAnswer& response, bool keeps, bool is_head) {
    const std::string_view body = response.body == nullptr ? std::string_view() : std::string_view(*response.body);
    http::response<http::span_body<const char>> message;
    message.version(11);
    message.result(static_cast<unsigned>(response.status));
    message.reason(status_reason(response.status));
    for (const auto& [name, value] : response.headers) message.insert(name, value);
    message.keep_alive(keeps);
    if (response.status != 304 && response.status != 204) message.content_length(body.size());
    if (!is_head && response.status != 304) message.body() = {body.data(), body.size()};
    http::response_serializer<http::span_body<const char>> serializer(message);
    connection.stream.expires_after(limits_.answer);
    error_code error;
    size_t bytes = 0;
    if (is_head)
      std::tie(error, bytes) = co_await http::async_write_header(connection.stream, serializer, kNoThrow);
    else
      std::tie(error, bytes) = co_await http::async_write(connection.stream, serializer, kNoThrow);
    bytes_out_ += bytes;
    co_return !error && keeps;
  }

  static std::string_view status_reason(int status) {
    if (status == 200) return "OK";
    if (status == 201) return "Created";
    if (status == 204) return "No Content";
    if (status == 304) return "Not Modified";
    if (status == 308) return "Permanent Redirect";
    return status_title(status);
  }

  /// Sends events until one side has enough. Always the last of a connection.
  net::awaitable<bool> stream(Connection& connection, const HttpAnswer& response) {
    if (open_streams_ >= limits_.streams) {
      ++refused_;
      co_return co_await send(connection, problem_response({.status = 503, .detail = "too many readers of events"}), false, false);
    }
    const auto subscriber = std::make_shared<Subscriber>(connection.stream.get_executor());
    subscribers_.push_back(subscriber);
    open_streams_ = static_cast<uint32_t>(subscribers_.size());
    subscriber->pending = "HTTP/1.1 " + std::to_string(response.status) + " OK\r\nConnection: close\r\n";
    for (const auto& [name, value] : response.headers) subscriber->pending.append(name).append(": ").append(value).append("\r\n");
    subscriber->pending += "\r\n";
    if (response.body != nullptr) subscriber->pending += *response.body;
    connection.stream.expires_never();
    net::co_spawn(io_,
                  notice_end(*std::ranges::find_if(connections_, [&](const auto& one) { return one.get() == &connection; }), subscriber),
                  net::detached);
    co_await send_events(connection, *subscriber);
    subscriber->is_over = true;
    std::erase(subscribers_, subscriber);
    open_streams_ = static_cast<uint32_t>(subscribers_.size());
    co_return false;
  }

  net::awaitable<void> send_events(Connection& connection, Subscriber& subscriber) {
    while (!subscriber.is_over) {
      if (subscriber.pending.empty() && !stopping_) {
        subscriber.wakes.expires_after(limits_.heartbeat);
        co_await subscriber.wakes.async_wait(kNoThrow);
        if (subscriber.is_over) co_return;
        if (subscriber.pending.empty() && !stopping_) subscriber.pending = ": alive\n\n";
      }
      if (subscriber.pending.empty()) co_return;
      const std::string sent = std::exchange(subscriber.pending, "");
      connection.stream.expires_after(limits_.answer);
      const auto [error, bytes] = co_await net::async_write(connection.stream, net::buffer(sent), kNoThrow);
      bytes_out_ += bytes;
      if (error) co_return;
    }
  }

  /// Whoever reads events sends nothing: what comes is the end.
  static net::awaitable<void> notice_end(std::shared_ptr<Connection> connection, std::shared_ptr<Subscriber> subscriber) {
    std::array<char, 256> waste{};
    for (;;) {
      const auto [error, bytes] = co_await connection->stream.async_read_some(net::buffer(waste), kNoThrow);
      if (error) break;
    }
    subscriber->is_over = true;
    subscriber->wakes.cancel();
  }

  void hand_out(const std::string& text) {
    for (const auto& subscriber : subscribers_) {
      if (subscriber->pending.size() + text.size() > limits_.stream_bytes) {
        if (!subscriber->is_over) ++cut_off_;
        subscriber->is_over = true;
      } else {
        subscriber->pending += text;
      }
      subscriber->wakes.cancel();
    }
  }

  // --- the end

  net::awaitable<void> watch(const std::function<bool()>& stop_asked) {
    net::steady_timer timer(io_);
    while (!stop_asked()) {
      timer.expires_after(kTick);
      co_await timer.async_wait(kNoThrow);
    }
    stopping_ = true;
    acceptor_.close();
    for (const auto& subscriber : subscribers_) subscriber->wakes.cancel();
    const Clock::time_point last = Clock::now() + limits_.shutdown;
    while (!connections_.empty() && Clock::now() < last) {
      for (const auto& connection : connections_) {
        if (connection->idle) connection->stream.close();
      }
      timer.expires_after(kTick);
      co_await timer.async_wait(kNoThrow);
    }
    io_.stop();
  }

  const HttpLimits limits_;
  HttpHandler handler_;
  net::io_context io_{1};
  const std::shared_ptr<Waker> waker_ = std::make_shared<Waker>(io_);
  net::thread_pool workers_;
  tcp::acceptor acceptor_;
  uint16_t port_ = 0;
  Connections connections_{};
  std::vector<std::shared_ptr<Subscriber>> subscribers_{};
  bool stopping_ = false;
  std::atomic<uint32_t> open_connections_ = 0;
  std::atomic<uint32_t> open_streams_ = 0;
  std::atomic<uint32_t> in_work_ = 0;
  std::atomic<uint32_t> pending_ = 0;
  std::atomic<uint64_t> refused_ = 0;
  std::atomic<uint64_t> cut_off_ = 0;
  std::atomic<uint64_t> bytes_out_ = 0;
};

/// Each connection takes a descriptor, and the system allows few unless asked.
void allow_descriptors() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

bool can_serve() { return true; }

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const HttpOptions& options, HttpHandler handler) {
  error_code error;
  const net::ip::address address = net::ip::make_address(options.address, error);
  if (error) {
    return Error{.code = ErrorCode::kBadOption,
                 .message = "--address: no numeric address: " + options.address,
                 .remedy = "127.0.0.1 for this machine alone, 0.0.0.0 or :: for all networks"};
  }
  allow_descriptors();
  auto server = std::make_unique<BeastServer>(options, std::move(handler));
  error = server->bind({address, options.port});
  if (!error) return std::unique_ptr<HttpServer>(std::move(server));
  const bool taken = error == net::error::address_in_use;
  return Error{.code = taken ? ErrorCode::kBusy : ErrorCode::kUnreadable,
               .message = "cannot listen at " + options.address + ":" + std::to_string(options.port) + ": " + error.message(),
               .remedy = taken ? "--port with another number, or 0 for any that is free" : "--address and --port that are allowed here"};
}

}  // namespace casus
