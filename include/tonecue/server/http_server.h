/// @file
/// A small HTTP server with event streams.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/server/http_message.h"

namespace tonecue {

struct HttpConfig {
  std::string address = "127.0.0.1";  ///< A numeric address of this machine.
  int port = 0;                       ///< [0, 65535]; 0: any free one.
  int most_connections = 128;         ///< At least 1; one more is closed at once.
  int request_timeout_ms = 10000;     ///< At least 1; for a whole request, and between two.
  int heartbeat_ms = 15000;           ///< At least 1; between two signs of life of a quiet stream.
  std::size_t body_limit_bytes = 4096;
  std::size_t backlog_limit_bytes =
      std::size_t{256} * 1024;  ///< Unread events; who has more is cut off.
};

/// HTTP/1.1 on one thread of its own (Boost.Asio, Boost.Beast). Requests go to one handler; events
/// go to everybody who holds an event stream.
///
///     auto server = HttpServer::create({.port = 0}, [](const HttpRequest& request) -> HttpReply {
///       if (request.path == "/events") return EventStream{"hello", "{}", 0};
///       return HttpResponse{404, "text/plain", "Not here."};
///     });
///     server->publish("tick", "1");
///
/// Answered without the handler: what is no HTTP (400), too long (413, 431), sent to another name
/// than this address (403: a page elsewhere that had its own name resolved to this machine), or
/// posted by a page of another origin (403). Every answer forbids foreign scripts, frames and
/// guessing of types. A reader of events who does not keep up is cut off and may come back; nobody
/// waits for them.
///
/// Real-time: not for the analysis thread; publish() allocates.
/// Threads: create(), stop() and the destructor belong to one thread, publish() to one at a time;
/// what it shares with the server's thread is Asio's queue, behind Asio's lock, held for the time
/// of a list operation.
class HttpServer {
 public:
  /// Listens from here on.
  /// @return `invalid_argument`, naming the field, when `config` breaks a documented range or this
  /// machine has no such address; `exists` when the port is taken; `unwritable` when it may not be
  /// opened.
  static Result<HttpServer> create(const HttpConfig& config, HttpHandler handler);

  /// The port it listens on.
  int port() const noexcept;

  /// How many read events now.
  int streams() const noexcept;

  /// Sends an event to everybody who holds a stream, and returns at once.
  /// @param data  Any UTF-8 text; its lines reach the reader joined by a line feed.
  /// @return The number of the event: 1, 2, ...
  std::uint64_t publish(std::string_view event, std::string_view data);

  /// Closes every connection and ends the thread. The handler is not called any more.
  void stop() noexcept;

  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) noexcept;
  ~HttpServer();  ///< Stops.

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tonecue
