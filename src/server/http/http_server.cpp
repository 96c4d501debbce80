#include "tonecue/server/http_server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <deque>
#include <exception>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include "http_answer.h"
#include "http_guard.h"
#include "http_received.h"
#include "http_text.h"

namespace tonecue {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using std::chrono::milliseconds;
using ErrorValue = boost::system::error_code;

constexpr std::uint32_t kHeaderLimitBytes = 8192;
constexpr milliseconds kHangUp{1000};        // For the other side to read the last words.
constexpr milliseconds kLastWords{250};      // For what was published before the server stops.
constexpr milliseconds kAcceptPause{100};    // When the machine has no more connections to give.
constexpr int kStreamSendBytes = 64 * 1024;  // The kernel would keep megabytes for a sleeping page.

// Shared by all readers of one event.
using Text = std::shared_ptr<const std::string>;

class Session;

// What the sessions share; of the server's thread alone, but for the counter.
struct Floor {
  HttpConfig config;
  HttpHandler handler;
  std::optional<HttpGuard> guard;
  std::vector<Session*> sessions{};
  std::atomic<int> streams{0};
};

// One connection: request, answer, request, … or, from some answer on, a stream of events.
// Keeps itself alive by what it waits for.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Floor& floor) : stream_(std::move(socket)), floor_(floor) {
    floor_.sessions.push_back(this);
  }
  ~Session() {
    std::erase(floor_.sessions, this);
    leave_stream();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void read() {
    parser_.emplace();
    parser_->header_limit(kHeaderLimitBytes);
    parser_->body_limit(floor_.config.body_limit_bytes);
    stream_.expires_after(milliseconds(floor_.config.request_timeout_ms));
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](const ErrorValue& error, std::size_t /*bytes*/) {
                       self->take(error);
                     });
  }

  /// Sends an event, if this connection reads them and has not got it yet.
  void deliver(std::uint64_t id, const Text& text) {
    if (mode_ == Mode::stream && id > after_id_) send(text);
  }
  void deliver(const Text& text) { deliver(after_id_ + 1, text); }

  bool has_sent_all() const noexcept { return outbox_.empty(); }

  void close() {
    leave_stream();
    mode_ = Mode::closed;
    stream_.close();
  }

 private:
  enum class Mode { request, last_answer, stream, closed };

  void take(const ErrorValue& error) {
    if (mode_ == Mode::closed) return;
    if (error) {
      const auto words = complaint(error);
      return words ? answer(*words, {.keep_alive = false}) : close();
    }
    const AnswerFrame frame{.keep_alive = parser_->keep_alive(),
                            .head_only = parser_->get().method() == http::verb::head};
    const auto request = to_request(parser_->release());
    if (!request) return answer(plain_answer(400, "The address makes no sense."), frame);
    if (auto refusal = floor_.guard->refuse(*request)) return answer(*refusal, frame);
    HttpReply reply = ask(*request);
    if (const auto* response = std::get_if<HttpResponse>(&reply)) return answer(*response, frame);
    if (frame.head_only) return answer({200, "text/event-stream", ""}, frame);
    begin_stream(std::get<EventStream>(reply));
  }

  // The server outlives what goes wrong with one request.
  HttpReply ask(const HttpRequest& request) {
    try {
      return floor_.handler(request);
    } catch (const std::exception&) {
      return plain_answer(500, "The program could not answer this.");
    }
  }

  void answer(const HttpResponse& response, const AnswerFrame& frame) {
    mode_ = frame.keep_alive ? Mode::request : Mode::last_answer;
    stream_.expires_after(milliseconds(floor_.config.request_timeout_ms));
    send(std::make_shared<const std::string>(answer_text(response, frame)));
  }

  void begin_stream(const EventStream& start) {
    mode_ = Mode::stream;
    ++floor_.streams;
    after_id_ = start.after_id;
    stream_.expires_never();
    ErrorValue ignored;
    stream_.socket().set_option(asio::socket_base::send_buffer_size(kStreamSendBytes), ignored);
    send(std::make_shared<const std::string>(stream_head_text() + "retry: 1000\n" +
                                             event_text(start.after_id, start.event, start.data)));
    await_end();
  }

  void leave_stream() {
    if (mode_ == Mode::stream) --floor_.streams;
  }

  void send(const Text& text) {
    const bool idle = outbox_.empty();
    if (!idle && outbox_bytes_ + text->size() > floor_.config.backlog_limit_bytes) return close();
    outbox_.push_back(text);
    outbox_bytes_ += text->size();
    if (idle) write();
  }

  void write() {
    asio::async_write(stream_, asio::buffer(*outbox_.front()),
                      [self = shared_from_this()](const ErrorValue& error, std::size_t /*bytes*/) {
                        self->written(error);
                      });
  }

  void written(const ErrorValue& error) {
    if (mode_ == Mode::closed) return;
    if (error) return close();
    outbox_bytes_ -= outbox_.front()->size();
    outbox_.pop_front();
    if (!outbox_.empty()) return write();
    if (mode_ == Mode::request) return read();
    if (mode_ == Mode::last_answer) hang_up();
  }

  // Closed at once with unread bytes from the other side, the kernel would take the last answer
  // back (RFC 9112, 9.6).
  void hang_up() {
    ErrorValue ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(kHangUp);
    await_end();
  }

  // Nothing that still comes matters, but its end does.
  void await_end() {
    stream_.async_read_some(
        asio::buffer(ignored_),
        [self = shared_from_this()](const ErrorValue& error, std::size_t /*bytes*/) {
          if (self->mode_ == Mode::closed) return;
          return error ? self->close() : self->await_end();
        });
  }

  beast::tcp_stream stream_;
  Floor& floor_;
  beast::flat_buffer buffer_{std::size_t{kHeaderLimitBytes} * 8};
  std::optional<http::request_parser<http::string_body>> parser_;
  Mode mode_ = Mode::request;
  std::uint64_t after_id_ = 0;
  std::deque<Text> outbox_;
  std::size_t outbox_bytes_ = 0;
  std::array<char, 1024> ignored_{};
};

// Ctrl-C is the main thread's.
void block_signals() noexcept {
  sigset_t all{};
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

Result<void> validate(const HttpConfig& config) {
  constexpr int kHighestPort = 65535;
  if (config.port < 0 || config.port > kHighestPort) {
    return failure(ErrorCode::invalid_argument, "port must be from 0 to 65535");
  }
  if (config.most_connections < 1) {
    return failure(ErrorCode::invalid_argument, "most_connections must be at least 1");
  }
  if (config.request_timeout_ms < 1 || config.heartbeat_ms < 1) {
    return failure(ErrorCode::invalid_argument,
                   "request_timeout_ms and heartbeat_ms must be at least 1");
  }
  return {};
}

tl::unexpected<Error> cannot_listen(const HttpConfig& config, const ErrorValue& error) {
  const std::string where = "port " + std::to_string(config.port) + " of " + config.address;
  if (error == asio::error::address_in_use) {
    return failure(ErrorCode::exists, where +
                                          " is taken by another program; choose another port, or 0 "
                                          "for any free one");
  }
  if (error == asio::error::access_denied) {
    return failure(ErrorCode::unwritable,
                   where + " may not be opened by this user; choose one from 1024 on");
  }
  return failure(ErrorCode::invalid_argument,
                 where + " cannot be listened on (" + error.message() + ")");
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const HttpConfig& config, HttpHandler handler)
      : floor_{config, std::move(handler), std::nullopt} {}
  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  ErrorValue listen() {
    ErrorValue error;
    const auto address = asio::ip::make_address(floor_.config.address, error);
    if (error) return error;
    const tcp::endpoint endpoint(address, static_cast<std::uint16_t>(floor_.config.port));
    if (acceptor_.open(endpoint.protocol(), error); error) return error;
    if (acceptor_.set_option(tcp::acceptor::reuse_address(true), error); error) return error;
    if (acceptor_.bind(endpoint, error); error) return error;
    if (acceptor_.listen(asio::socket_base::max_listen_connections, error); error) return error;
    port_ = acceptor_.local_endpoint(error).port();
    return error;
  }

  void run() {
    floor_.guard.emplace(floor_.config.address, port_);
    accept();
    beat();
    thread_ = std::thread([this] {
      block_signals();
      io_.run();
    });
  }

  void stop() noexcept {
    if (!thread_.joinable()) return;
    try {
      asio::post(io_, [this] { stop_when_sent(std::chrono::steady_clock::now() + kLastWords); });
      thread_.join();
      ErrorValue ignored;
      acceptor_.close(ignored);
      for_each_session([](Session& session) { session.close(); });
    } catch (const std::exception&) {  // No memory: what is open closes with the queue.
      io_.stop();
      if (thread_.joinable()) thread_.join();
    }
  }

  std::uint64_t publish(std::string_view event, std::string_view data) {
    const std::uint64_t id = ++last_id_;
    asio::post(io_,
               [this, id, text = std::make_shared<const std::string>(event_text(id, event, data))] {
                 for_each_session([&](Session& session) { session.deliver(id, text); });
               });
    return id;
  }

  int port() const noexcept { return port_; }
  int streams() const noexcept { return floor_.streams; }

 private:
  // What was published last is ahead of this in the queue. A page that does not read is not waited
  // for to the end.
  void stop_when_sent(std::chrono::steady_clock::time_point limit) {
    const bool sent = std::ranges::all_of(floor_.sessions, &Session::has_sent_all);
    if (sent || std::chrono::steady_clock::now() >= limit) return io_.stop();
    heartbeat_.expires_after(milliseconds(1));
    heartbeat_.async_wait([this, limit](const ErrorValue& /*error*/) { stop_when_sent(limit); });
  }

  // Over a copy: a session that is closed may go.
  template <class Act>
  void for_each_session(const Act& act) {
    const std::vector<Session*> sessions = floor_.sessions;
    for (Session* session : sessions) act(*session);
  }

  void accept() {
    acceptor_.async_accept([this](const ErrorValue& error, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) return accept_later();
      if (std::ssize(floor_.sessions) < floor_.config.most_connections) {
        ErrorValue ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        std::make_shared<Session>(std::move(socket), floor_)->read();
      }
      accept();
    });
  }

  void accept_later() {
    pause_.expires_after(kAcceptPause);
    pause_.async_wait([this](const ErrorValue& error) {
      if (!error) accept();
    });
  }

  void beat() {
    heartbeat_.expires_after(milliseconds(floor_.config.heartbeat_ms));
    heartbeat_.async_wait([this](const ErrorValue& error) {
      if (error) return;
      const auto text = std::make_shared<const std::string>(": hb\n\n");
      for_each_session([&](Session& session) { session.deliver(text); });
      beat();
    });
  }

  Floor floor_;  // Before the queue: what waits in it knows the floor.
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  asio::steady_timer heartbeat_{io_};
  asio::steady_timer pause_{io_};
  int port_ = 0;
  std::uint64_t last_id_ = 0;
  std::thread thread_;
};

Result<HttpServer> HttpServer::create(const HttpConfig& config, HttpHandler handler) {
  if (const auto ok = validate(config); !ok) return tl::unexpected(ok.error());
  try {
    auto impl = std::make_unique<Impl>(config, std::move(handler));
    if (const ErrorValue error = impl->listen()) return cannot_listen(config, error);
    impl->run();
    return HttpServer(std::move(impl));
  } catch (const std::exception& error) {  // No thread, no descriptor to be had.
    return failure(ErrorCode::unwritable,
                   std::string("the local server cannot start (") + error.what() + ")");
  }
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

int HttpServer::port() const noexcept { return impl_->port(); }

int HttpServer::streams() const noexcept { return impl_->streams(); }

std::uint64_t HttpServer::publish(std::string_view event, std::string_view data) {
  return impl_->publish(event, data);
}

void HttpServer::stop() noexcept { impl_->stop(); }

}  // namespace tonecue
