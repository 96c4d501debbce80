#include "http_received.h"

#include <string>
#include <string_view>
#include <utility>

#include <boost/beast/http/error.hpp>

#include "http_guard.h"
#include "http_text.h"

namespace tonecue {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

std::string_view view(beast::string_view text) noexcept { return {text.data(), text.size()}; }

}  // namespace

std::optional<HttpRequest> to_request(http::request<http::string_body>&& message) {
  auto target = parse_target(view(message.target()));
  if (!target) return std::nullopt;
  const bool reads = message.method() == http::verb::head;
  HttpRequest request{reads ? "GET" : std::string(view(message.method_string())),
                      std::move(target->path),
                      std::move(target->query),
                      {},
                      std::move(message.body())};
  for (const auto& field : message) {
    request.headers.emplace_back(view(field.name_string()), view(field.value()));
  }
  return request;
}

std::optional<HttpResponse> complaint(const boost::system::error_code& error) {
  if (error == http::error::end_of_stream) return std::nullopt;
  if (error == http::error::body_limit) return plain_answer(413, "The request is too long.");
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return plain_answer(431, "The request's headers are too long.");
  }
  const bool is_syntax = error.category() == make_error_code(http::error::end_of_stream).category();
  if (!is_syntax) return std::nullopt;
  return plain_answer(400, "This is no HTTP request.");
}

}  // namespace tonecue
