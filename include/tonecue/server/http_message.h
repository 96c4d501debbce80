/// @file
/// What comes in over HTTP, and what goes back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tonecue/server/http_upload.h"

namespace tonecue {

using NameValue = std::pair<std::string, std::string>;

struct HttpRequest {
  std::string method{};  ///< "GET"; HEAD comes as GET, its answer loses the body.
  std::string path{};  ///< As sent, begins with a slash, without the query. Not decoded: an escaped
                       ///< slash is no slash.
  std::vector<NameValue> query{};    ///< Decoded, in the order of the request.
  std::vector<NameValue> headers{};  ///< As sent.
  std::string body{};  ///< At most HttpConfig::body_limit_bytes; empty with an upload.
  std::shared_ptr<HttpUpload> upload{};  ///< The body, where HttpHandlers::upload_rule gave a
                                         ///< folder. The handler may keep or take it.
  std::string remote{};                  ///< Who asks: a numeric address, without a port.
  bool secure = false;                   ///< Came over TLS: cookies may be, and should be, Secure.

  /// The first header of this name, whatever its case; empty when there is none.
  std::string_view header(std::string_view name) const noexcept;

  /// The first value of this name in the query; empty when there is none.
  std::string_view query_value(std::string_view name) const noexcept;
};

/// The first cookie of this name; empty when there is none. A browser may hold several of one name,
/// and a neighbour may have set one of them: a secure page uses a name that begins with "__Host-".
std::string_view cookie_value(const HttpRequest& request, std::string_view name) noexcept;

struct HttpResponse {
  int status = 200;
  std::string type;  ///< Content-Type; empty with an empty body.
  std::string body;
  std::vector<NameValue> headers{};  ///< Beyond those that every answer carries.
};

/// A file, read from disk while it is sent. Whole, or the one range that was asked for (RFC 9110,
/// 14.2), so that a browser can play from the middle; 404 when it is not there, 304 to a browser
/// that has it.
struct FileResponse {
  std::filesystem::path path;
  std::string type;                  ///< Content-Type.
  std::vector<NameValue> headers{};  ///< As above. An ETag here replaces that of size and time.
  std::string download_name{};       ///< Save under this name (UTF-8); empty: show or play it.
};

/// The answer stays open as a stream of server-sent events (WHATWG HTML, 9.2).
struct EventStream {
  std::string event;           ///< Name of the first event, for this reader alone.
  std::string data;            ///< Its data.
  std::uint64_t after_id = 0;  ///< Of those published, this and the older ones are in it already.
};

using HttpReply = std::variant<HttpResponse, EventStream, FileResponse>;

/// Answers a request.
/// Threads: without workers on the server's thread, one request at a time, and must not block. Else
/// on any of the workers, several at a time.
using HttpHandler = std::function<HttpReply(const HttpRequest&)>;

/// How much of a body to take, and where to.
struct UploadRule {
  std::uint64_t limit_bytes = 0;
  std::filesystem::path folder{};         ///< Must exist; on the disk where the file is to stay.
  std::optional<HttpResponse> refusal{};  ///< Sent instead, before the body is read.
};

/// Judges a request with a body by its head: nothing is in `body` yet. Nothing: the body comes in
/// memory, if it is short enough.
/// Threads: as HttpHandler.
using HttpUploadRule = std::function<std::optional<UploadRule>(const HttpRequest& head)>;

struct HttpHandlers {
  HttpHandler reply;
  HttpUploadRule upload_rule{};  ///< Empty: no uploads.
};

}  // namespace tonecue
