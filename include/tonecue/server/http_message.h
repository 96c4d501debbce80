/// @file
/// What comes in over HTTP, and what goes back.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tonecue {

using NameValue = std::pair<std::string, std::string>;

struct HttpRequest {
  std::string method;              ///< "GET"; HEAD comes as GET, its answer loses the body.
  std::string path;                ///< Decoded, begins with a slash, without the query.
  std::vector<NameValue> query;    ///< Decoded, in the order of the request.
  std::vector<NameValue> headers;  ///< As sent.
  std::string body;                ///< At most HttpConfig::body_limit_bytes.

  /// The first header of this name, whatever its case; empty when there is none.
  std::string_view header(std::string_view name) const noexcept;

  /// The first value of this name in the query; empty when there is none.
  std::string_view query_value(std::string_view name) const noexcept;
};

struct HttpResponse {
  int status = 200;
  std::string type;  ///< Content-Type; empty with an empty body.
  std::string body;
  std::vector<NameValue> headers{};  ///< Beyond those that every answer carries.
};

/// The answer stays open as a stream of server-sent events (WHATWG HTML, 9.2).
struct EventStream {
  std::string event;           ///< Name of the first event, for this reader alone.
  std::string data;            ///< Its data.
  std::uint64_t after_id = 0;  ///< Of those published, this and the older ones are in it already.
};

using HttpReply = std::variant<HttpResponse, EventStream>;

/// Called on the server's thread, one request at a time; must not block.
using HttpHandler = std::function<HttpReply(const HttpRequest&)>;

}  // namespace tonecue
