/// @file
/// An HTTP server with event streams, uploads and files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/server/http_message.h"

namespace tonecue {

struct TlsFiles {
  std::filesystem::path certificate_file;  ///< PEM: the server's own first, then its issuers.
  std::filesystem::path key_file;          ///< PEM, without a passphrase.
};

struct HttpConfig {
  std::string address = "127.0.0.1";      ///< A numeric address of this machine.
  int port = 0;                           ///< [0, 65535]; 0: any free one.
  std::optional<TlsFiles> tls{};          ///< Read once, by create().
  std::vector<std::string> host_names{};  ///< Further names it answers to: "tonecue.example", or
                                          ///< "tonecue.example:443" where others see another port.
  int workers = 0;             ///< [0, 64]; threads for the handlers; 0: the server's own.
  int most_connections = 128;  ///< At least 1; one more is closed at once.
  int most_connections_per_address = 64;  ///< At least 1; as above.
  int request_timeout_ms = 10000;  ///< At least 1; for a head, for a body in memory, between two
                                   ///< requests, and without progress of an upload or an answer.
  int heartbeat_ms = 15000;        ///< At least 1; between two signs of life of a quiet stream.
  std::size_t body_limit_bytes = 4096;  ///< Of a body in memory.
  std::size_t backlog_limit_bytes =
      std::size_t{256} * 1024;  ///< Unread events; who has more is cut off.
};

/// HTTP/1.1, plain or over TLS 1.2 and 1.3, on one thread of its own (Boost.Asio, Boost.Beast,
/// OpenSSL). Requests go to one handler; events go to everybody who holds an event stream.
///
///     auto server = HttpServer::create({.port = 0}, [](const HttpRequest& request) -> HttpReply {
///       if (request.path == "/events") return EventStream{"hello", "{}", 0};
///       return HttpResponse{404, "text/plain", "Not here."};
///     });
///     server->publish("tick", "1");
///
/// With workers a handler may take its time: it holds up one worker, and nobody else. The requests
/// of one connection are answered in their order. When as many wait as the workers could not answer
/// soon, the next one is told to come again (503).
///
/// A body goes to a file where the upload rule says so, never to memory; what is too long (413),
/// does not fit on the disk (507) or breaks off leaves no file.
///
/// Answered without the handler: what is no HTTP (400), too long (413, 431), sent to another name
/// than this address (403: a page elsewhere that had its own name resolved to this machine), or
/// posted by a page of another origin (403). Every answer forbids foreign scripts, frames, guessing
/// of types, microphone and camera, and to be stored, unless it says otherwise. A reader of events
/// who does not keep up is cut off and may come back; nobody waits for them.
///
/// Real-time: not for the analysis thread; publish() allocates.
/// Threads: create(), stop() and the destructor belong to one thread, publish() to any; what it
/// shares with the server's thread is Asio's queue, behind a lock held for the time of a list
/// operation.
class HttpServer {
 public:
  /// Listens from here on.
  /// @return `invalid_argument`, naming the field, when `config` breaks a documented range or this
  /// machine has no such address; `exists` when the port is taken; `unwritable` when it may not be
  /// opened; of a file for TLS, naming it, `unreadable`, `corrupt` when it holds no certificate or
  /// key, and `invalid_argument` when they do not fit or their time is not now.
  static Result<HttpServer> create(const HttpConfig& config, HttpHandler handler);
  static Result<HttpServer> create(const HttpConfig& config, HttpHandlers handlers);

  /// The port it listens on.
  int port() const noexcept;

  /// How many read events now.
  int streams() const noexcept;

  /// Sends an event to everybody who holds a stream, and returns at once.
  /// @param data  Any UTF-8 text; its lines reach the reader joined by a line feed.
  /// @return The number of the event: 1, 2, ...
  std::uint64_t publish(std::string_view event, std::string_view data);

  /// Waits for the handlers that run now. Sends what was published before, to readers who take it
  /// within a moment; then closes every connection and ends the threads. No handler is called any
  /// more.
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
