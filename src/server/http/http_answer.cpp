#include "http_answer.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <iterator>
#include <string_view>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "http_guard.h"
#include "http_text.h"

namespace tonecue {
namespace {

constexpr int kNoContent = 204;
constexpr int kNotModified = 304;

struct Reason {
  int status;
  std::string_view words;
};

constexpr auto kReasons = std::to_array<Reason>({
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {kNoContent, "No Content"},
    {206, "Partial Content"},
    {303, "See Other"},
    {kNotModified, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
    {507, "Insufficient Storage"},
});

std::string_view reason(int status) noexcept {
  const auto* const found = std::ranges::find(kReasons, status, &Reason::status);
  return found == kReasons.end() ? std::string_view{} : found->words;
}

// A line break in a value would begin a header of its own.
void add(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ");
  std::ranges::replace_copy_if(
      value, std::back_inserter(text), [](char c) { return static_cast<unsigned char>(c) < ' '; },
      ' ');
  text.append("\r\n");
}

std::string head_text(int status, bool keep_alive, bool secure) {
  std::string text = fmt::format("HTTP/1.1 {} {}\r\n", status, reason(status));
  add(text, "Date", fmt::format("{:%a, %d %b %Y %T} GMT", fmt::gmtime(std::time(nullptr))));
  add(text, "Connection", keep_alive ? "keep-alive" : "close");
  for (const auto& [name, value] : protective_headers(secure)) add(text, name, value);
  return text;
}

bool has_header(const HttpResponse& response, std::string_view name) noexcept {
  return std::ranges::any_of(response.headers, [&](const NameValue& header) {
    return equal_ignoring_case(header.first, name);
  });
}

}  // namespace

std::string answer_head_text(const HttpResponse& response, std::uint64_t body_bytes,
                             const AnswerFrame& frame) {
  std::string text = head_text(response.status, frame.keep_alive, frame.secure);
  for (const auto& [name, value] : response.headers) add(text, name, value);
  // What is said here is of this moment and of this reader.
  if (!has_header(response, "Cache-Control")) add(text, "Cache-Control", "no-store");
  if (response.status != kNoContent && response.status != kNotModified) {
    if (!response.type.empty()) add(text, "Content-Type", response.type);
    add(text, "Content-Length", std::to_string(body_bytes));
  }
  return text + "\r\n";
}

std::string answer_text(const HttpResponse& response, const AnswerFrame& frame) {
  std::string text = answer_head_text(response, response.body.size(), frame);
  return frame.head_only ? text : text + response.body;
}

std::string stream_head_text(bool secure) {
  std::string text = head_text(200, false, secure);
  add(text, "Content-Type", "text/event-stream");
  add(text, "Cache-Control", "no-store");
  add(text, "X-Accel-Buffering", "no");
  return text + "\r\n";
}

}  // namespace tonecue
