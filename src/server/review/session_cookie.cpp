#include "session_cookie.h"

#include <algorithm>

#include <fmt/format.h>

#include "server/http/http_text.h"

namespace tonecue {
namespace {

constexpr std::size_t kMostKeys = 4;
constexpr std::size_t kLongestKey = 128;

bool may_be_key(std::string_view text) noexcept {
  return !text.empty() && text.size() <= kLongestKey && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_';
  });
}

}  // namespace

std::string_view session_cookie_name(bool secure) noexcept {
  return secure ? "__Host-tonecue" : "tonecue_session";
}

std::vector<std::string_view> session_keys(const HttpRequest& request, bool secure) {
  std::vector<std::string_view> keys =
      cookie_values(request.header("cookie"), session_cookie_name(secure));
  std::erase_if(keys, [](std::string_view key) { return !may_be_key(key); });
  if (keys.size() > kMostKeys) keys.resize(kMostKeys);
  return keys;
}

std::string session_cookie(std::string_view key, bool secure) {
  return fmt::format("{}={}; HttpOnly; SameSite=Strict; Path=/{}{}", session_cookie_name(secure),
                     key, secure ? "; Secure" : "", key.empty() ? "; Max-Age=0" : "");
}

std::string_view bearer_token(const HttpRequest& request) noexcept {
  constexpr std::string_view kScheme = "Bearer ";
  std::string_view value = request.header("authorization");
  if (!equal_ignoring_case(value.substr(0, kScheme.size()), kScheme)) return {};
  value.remove_prefix(kScheme.size());
  return may_be_key(value) ? value : std::string_view{};
}

}  // namespace tonecue
