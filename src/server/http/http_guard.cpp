#include "http_guard.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "http_text.h"

namespace tonecue {
namespace {

constexpr int kBadRequest = 400;
constexpr int kForbidden = 403;
constexpr std::string_view kScheme = "http://";

// An IPv6 address wears brackets before a port.
std::string host(const std::string& name, int port) {
  const bool bare_v6 = name.find(':') != std::string::npos;
  return (bare_v6 ? "[" + name + "]" : name) + ":" + std::to_string(port);
}

bool changes_something(const HttpRequest& request) noexcept { return request.method != "GET"; }

}  // namespace

HttpGuard::HttpGuard(const std::string& address, int port)
    : hosts_{host(address, port), host("localhost", port)} {}

std::optional<HttpResponse> HttpGuard::refuse(const HttpRequest& request) const {
  const auto named = std::ranges::count_if(request.headers, [](const NameValue& header) {
    return equal_ignoring_case(header.first, "host");
  });
  if (named != 1) return plain_answer(kBadRequest, "The request must name one host.");
  const auto is_ours = [&](std::string_view name) {
    return std::ranges::any_of(
        hosts_, [&](const std::string& ours) { return equal_ignoring_case(ours, name); });
  };
  if (!is_ours(request.header("host"))) {
    return plain_answer(kForbidden, "This server answers at http://" + hosts_.front() + " only.");
  }
  std::string_view origin = request.header("origin");
  if (origin.empty() || !changes_something(request)) return std::nullopt;
  const bool same_scheme = origin.starts_with(kScheme);
  if (same_scheme) origin.remove_prefix(kScheme.size());
  if (same_scheme && is_ours(origin)) return std::nullopt;
  return plain_answer(kForbidden, "Only this server's own page may send this.");
}

HttpResponse plain_answer(int status, std::string sentence) {
  return {status, "text/plain; charset=utf-8", std::move(sentence) + "\n"};
}

const std::vector<NameValue>& protective_headers() {
  static const std::vector<NameValue> headers = {
      {"Content-Security-Policy",
       "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
  };
  return headers;
}

}  // namespace tonecue
