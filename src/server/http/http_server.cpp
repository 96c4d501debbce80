#include "tonecue/server/http_server.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "http_session.h"
#include "http_text.h"
#include "http_tls.h"
#include "http_wires.h"
#include "http_workers.h"

namespace tonecue {
namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using std::chrono::milliseconds;
using ErrorValue = boost::system::error_code;

constexpr milliseconds kLastWords{250};    // For what was published before the server stops.
constexpr milliseconds kAcceptPause{100};  // When the machine has no more connections to give.
constexpr int kMostWorkers = 64;

Result<void> validate(const HttpConfig& config) {
  constexpr int kHighestPort = 65535;
  if (config.port < 0 || config.port > kHighestPort) {
    return failure(ErrorCode::invalid_argument, "port must be from 0 to 65535");
  }
  if (config.workers < 0 || config.workers > kMostWorkers) {
    return failure(ErrorCode::invalid_argument, "workers must be from 0 to 64");
  }
  if (config.most_connections < 1 || config.most_connections_per_address < 1) {
    return failure(ErrorCode::invalid_argument,
                   "most_connections and most_connections_per_address must be at least 1");
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
  Impl(const HttpConfig& config, HttpHandlers handlers) : floor_{config, std::move(handlers)} {}
  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> set_up_tls() {
    if (!floor_.config.tls) return {};
    context_.emplace(ssl::context::tls_server);
    return tonecue::set_up_tls(context_->native_handle(), *floor_.config.tls);
  }

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
    floor_.guard.emplace(port_, floor_.config.tls.has_value(), floor_.config.host_names);
    workers_.emplace(floor_.config.workers,
                     [this](HttpWorkers::Task task) { asio::post(io_, std::move(task)); });
    floor_.workers = &*workers_;
    accept();
    beat();
    thread_ = start_thread([this] { io_.run(); });
  }

  void stop() noexcept {
    if (!thread_.joinable()) return;
    try {
      workers_->stop();  // What they found lies in the queue then.
      asio::post(io_, [this] { stop_when_sent(std::chrono::steady_clock::now() + kLastWords); });
      thread_.join();
      ErrorValue ignored;
      acceptor_.close(ignored);
      for_each_session([](HttpSession& session) { session.close(); });
    } catch (const std::exception&) {  // No memory: what is open closes with the queue.
      io_.stop();
      if (thread_.joinable()) thread_.join();
    }
  }

  std::uint64_t publish(std::string_view event, std::string_view data) {
    const std::scoped_lock lock(mutex_);  // In the queue they stand as they are numbered.
    const std::uint64_t id = ++last_id_;
    asio::post(io_,
               [this, id, text = std::make_shared<const std::string>(event_text(id, event, data))] {
                 for_each_session([&](HttpSession& session) { session.deliver(id, text); });
               });
    return id;
  }

  int port() const noexcept { return port_; }
  int streams() const noexcept { return floor_.streams; }

 private:
  // What was published last is ahead of this in the queue. A page that does not read is not waited
  // for to the end.
  void stop_when_sent(std::chrono::steady_clock::time_point limit) {
    const bool sent = std::ranges::all_of(floor_.sessions, &HttpSession::has_sent_all);
    if (sent || std::chrono::steady_clock::now() >= limit) return io_.stop();
    heartbeat_.expires_after(milliseconds(1));
    heartbeat_.async_wait([this, limit](const ErrorValue& /*error*/) { stop_when_sent(limit); });
  }

  // Over a copy: a session that is closed may go.
  template <class Act>
  void for_each_session(const Act& act) {
    const std::vector<HttpSession*> sessions = floor_.sessions;
    for (HttpSession* session : sessions) act(*session);
  }

  void accept() {
    acceptor_.async_accept([this](const ErrorValue& error, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) return accept_later();
      take(context_ ? tls_wire(std::move(socket), *context_) : plain_wire(std::move(socket)));
      accept();
    });
  }

  void take(std::unique_ptr<HttpWire> wire) {
    const HttpConfig& config = floor_.config;
    if (std::ssize(floor_.sessions) >= config.most_connections) return;
    const auto held = std::ranges::count(floor_.sessions, wire->remote(), &HttpSession::remote);
    if (held >= config.most_connections_per_address) return;
    std::make_shared<HttpSession>(std::move(wire), floor_)->begin();
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
      for_each_session([&](HttpSession& session) { session.beat(text); });
      beat();
    });
  }

  HttpFloor floor_;  // Before the queue, as the next: what waits in it knows them.
  std::optional<ssl::context> context_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  asio::steady_timer heartbeat_{io_};
  asio::steady_timer pause_{io_};
  int port_ = 0;
  std::mutex mutex_;  // For the next.
  std::uint64_t last_id_ = 0;
  std::optional<HttpWorkers> workers_;  // What waits in it goes before the queue.
  std::thread thread_;
};

Result<HttpServer> HttpServer::create(const HttpConfig& config, HttpHandler handler) {
  return create(config, HttpHandlers{std::move(handler)});
}

Result<HttpServer> HttpServer::create(const HttpConfig& config, HttpHandlers handlers) {
  if (const auto ok = validate(config); !ok) return tl::unexpected(ok.error());
  try {
    auto impl = std::make_unique<Impl>(config, std::move(handlers));
    if (const auto ok = impl->set_up_tls(); !ok) return tl::unexpected(ok.error());
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
