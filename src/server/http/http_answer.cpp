#include "http_answer.h"

#include <ctime>
#include <iterator>
#include <string_view>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "http_guard.h"

namespace tonecue {
namespace {

constexpr int kNoContent = 204;
constexpr int kNotModified = 304;

std::string_view reason(int status) noexcept {
  switch (status) {
    case 200:
      return "OK";
    case kNoContent:
      return "No Content";
    case 303:
      return "See Other";
    case kNotModified:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    default:
      return "";
  }
}

void add(std::string& text, std::string_view name, std::string_view value) {
  fmt::format_to(std::back_inserter(text), "{}: {}\r\n", name, value);
}

std::string head_text(int status, bool keep_alive) {
  std::string text = fmt::format("HTTP/1.1 {} {}\r\n", status, reason(status));
  add(text, "Date", fmt::format("{:%a, %d %b %Y %T} GMT", fmt::gmtime(std::time(nullptr))));
  add(text, "Connection", keep_alive ? "keep-alive" : "close");
  for (const auto& [name, value] : protective_headers()) add(text, name, value);
  return text;
}

bool has_header(const HttpResponse& response, std::string_view name) noexcept {
  for (const NameValue& header : response.headers) {
    if (header.first == name) return true;
  }
  return false;
}

}  // namespace

std::string answer_text(const HttpResponse& response, const AnswerFrame& frame) {
  std::string text = head_text(response.status, frame.keep_alive);
  for (const auto& [name, value] : response.headers) add(text, name, value);
  // What is said here is of this moment and of this reader.
  if (!has_header(response, "Cache-Control")) add(text, "Cache-Control", "no-store");
  if (response.status != kNoContent && response.status != kNotModified) {
    if (!response.type.empty()) add(text, "Content-Type", response.type);
    add(text, "Content-Length", std::to_string(response.body.size()));
  }
  text += "\r\n";
  return frame.head_only ? text : text + response.body;
}

std::string stream_head_text() {
  std::string text = head_text(200, false);
  add(text, "Content-Type", "text/event-stream");
  add(text, "Cache-Control", "no-store");
  add(text, "X-Accel-Buffering", "no");
  return text + "\r\n";
}

}  // namespace tonecue
