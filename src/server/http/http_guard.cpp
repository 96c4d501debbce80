#include "http_guard.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "http_text.h"

namespace tonecue {
namespace {

constexpr int kBadRequest = 400;
constexpr int kForbidden = 403;

// "[::1]:80" has a port, "[::1]" has none.
bool has_port(std::string_view host) noexcept {
  const auto colon = host.rfind(':');
  return colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos;
}

// An IPv6 address wears brackets in a host.
std::string host_of(std::string_view address) {
  const bool is_v6 = address.find(':') != std::string_view::npos;
  return is_v6 ? fmt::format("[{}]", address) : std::string(address);
}

bool changes_something(const HttpRequest& request) noexcept { return request.method != "GET"; }

}  // namespace

HttpGuard::HttpGuard(int port, bool secure, std::span<const std::string> names)
    : scheme_(secure ? "https://" : "http://"),
      default_port_(secure ? "443" : "80"),
      port_(std::to_string(port)) {
  hosts_.push_back(with_port("localhost", port_));
  for (const std::string& name : names) hosts_.push_back(with_port(name, port_));
}

std::string HttpGuard::with_port(std::string_view host, std::string_view port) const {
  std::string full(host);
  return has_port(host) ? full : full.append(":").append(port);
}

std::optional<HttpResponse> HttpGuard::refuse(const HttpRequest& request,
                                              std::string_view address) const {
  const auto named = std::ranges::count_if(request.headers, [](const NameValue& header) {
    return equal_ignoring_case(header.first, "host");
  });
  if (named != 1) return plain_answer(kBadRequest, "The request must name one host.");
  const std::string own = with_port(host_of(address), port_);
  const auto is_ours = [&](std::string_view name) {
    const std::string host = with_port(name, default_port_);
    return equal_ignoring_case(own, host) ||
           std::ranges::any_of(
               hosts_, [&](const std::string& ours) { return equal_ignoring_case(ours, host); });
  };
  if (!is_ours(request.header("host"))) {
    return plain_answer(kForbidden, "This server answers at " + scheme_ + own + " only.");
  }
  std::string_view origin = request.header("origin");
  if (origin.empty() || !changes_something(request)) return std::nullopt;
  const bool same_scheme = origin.starts_with(scheme_);
  if (same_scheme) origin.remove_prefix(scheme_.size());
  if (same_scheme && is_ours(origin)) return std::nullopt;
  return plain_answer(kForbidden, "Only this server's own page may send this.");
}

HttpResponse plain_answer(int status, std::string sentence) {
  return {status, "text/plain; charset=utf-8", std::move(sentence) + "\n"};
}

const std::vector<NameValue>& protective_headers(bool secure) {
  static const std::vector<NameValue> plain = {
      {"Content-Security-Policy",
       "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Permissions-Policy", "microphone=(), camera=(), geolocation=()"},
  };
  static const std::vector<NameValue> over_tls = [] {
    std::vector<NameValue> headers = plain;
    headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
    return headers;
  }();
  return secure ? over_tls : plain;
}

}  // namespace tonecue
