#include "router.h"

#include <algorithm>
#include <exception>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "review_reply.h"
#include "router_path.h"
#include "server/http/http_secret.h"
#include "server/http/http_text.h"
#include "session_cookie.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr std::string_view kGet = "GET";
constexpr std::string_view kCsrfHeader = "x-tonecue-csrf";
constexpr int kBadRequest = 400;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kMethodNotAllowed = 405;
constexpr int kUnsupportedType = 415;
constexpr int kInternal = 500;

bool may(const Route& route, const Viewer& viewer) noexcept {
  if (route.access == Access::anyone) return true;
  if (viewer.token) return route.token_right == viewer.token->right;
  if (!viewer.person) return false;
  switch (route.access) {
    case Access::anyone:
    case Access::signed_in:
      return true;
    case Access::supervisor:
      return viewer.person->role != Role::agent;
    case Access::admin:
      return viewer.person->role == Role::admin;
  }
  return false;
}

// A machine has no cookie that another page could make a browser send.
bool needs_csrf(const Route& route, const Viewer& viewer) noexcept {
  return route.method != kGet && route.access != Access::anyone && viewer.person.has_value();
}

bool has_right_type(const Route& route, const HttpRequest& request) noexcept {
  const std::string_view type = request.header("content-type");
  if (route.body == RouteBody::csv) return is_media_type(type, "text/csv");  // Before it is read.
  if (request.body.empty() || route.method == kGet || route.body == RouteBody::file) return true;
  return is_media_type(type, "application/json");
}

HttpResponse wrong_method(std::string methods) {
  HttpResponse reply = error_reply(kMethodNotAllowed, "this address does not take that");
  reply.headers.emplace_back("Allow", std::move(methods));
  return reply;
}

HttpResponse sign_in_first() {
  HttpResponse reply = error_reply(kUnauthorized, "sign in first");
  reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  return reply;
}

}  // namespace

Router::Router(ReviewDesk& desk, std::vector<Route> routes)
    : desk_(desk), routes_(std::move(routes)) {}

HttpReply Router::answer(const HttpRequest& request, std::int64_t now_unix_ms) {
  try {
    const auto found = let_in(request, now_unix_ms);
    if (!found) return found.error();
    return found->route->answer(desk_, found->request);
  } catch (const std::exception& error) {
    return fault_reply(desk_, kInternal, error.what());
  }
}

std::optional<UploadRule> Router::upload_rule(const HttpRequest& head, std::int64_t now_unix_ms) {
  try {
    const auto wanted = find(head, now_unix_ms);
    if (!wanted || wanted->route->body == RouteBody::json) return std::nullopt;
    auto found = let_in(head, now_unix_ms);
    if (!found) return UploadRule{.refusal = std::move(found.error())};
    const bool is_table = wanted->route->body == RouteBody::csv;
    return UploadRule{
        .limit_bytes = is_table ? kLongestTableBytes : desk_.config.largest_upload_bytes,
        .folder = desk_.store.folder() + "/incoming"};
  } catch (const std::exception& error) {
    return UploadRule{.refusal = fault_reply(desk_, kInternal, error.what())};
  }
}

tl::expected<Router::Found, HttpResponse> Router::let_in(const HttpRequest& request,
                                                         std::int64_t now_unix_ms) {
  auto found = find(request, now_unix_ms);
  if (!found) return found;
  auto viewer = viewer_of(request, now_unix_ms);
  if (!viewer) return tl::unexpected(failure_reply(desk_, viewer.error()));
  found->request.viewer = std::move(*viewer);
  if (auto refusal = refuse(*found)) return tl::unexpected(std::move(*refusal));
  return found;
}

tl::expected<Router::Found, HttpResponse> Router::find(const HttpRequest& request,
                                                       std::int64_t now_unix_ms) const {
  const auto path = percent_decoded(request.path);
  const bool readable =
      path && is_utf8(*path) && std::ranges::all_of(request.query, [](const NameValue& field) {
        return is_utf8(field.first) && is_utf8(field.second);
      });
  if (!readable) return tl::unexpected(error_reply(kBadRequest, "the address is not UTF-8"));
  std::string methods;
  for (const Route& route : routes_) {
    auto values = match_path(route.path, request.path);
    if (!values) continue;
    if (route.method == request.method) {
      return Found{
          &route, {.http = request, .path_values = std::move(*values), .now_unix_ms = now_unix_ms}};
    }
    methods += fmt::format("{}{}", methods.empty() ? "" : ", ", route.method);
    if (route.method == kGet) methods += ", HEAD";
  }
  if (methods.empty()) return tl::unexpected(not_found_reply());
  return tl::unexpected(wrong_method(std::move(methods)));
}

// Who shows a token is that machine or nobody, whatever cookies come along.
Result<Viewer> Router::viewer_of(const HttpRequest& request, std::int64_t now_unix_ms) const {
  if (!request.header("authorization").empty()) return machine(bearer_token(request), now_unix_ms);
  for (const std::string_view key : session_keys(request, request.secure)) {
    auto signed_in = desk_.sessions.find(key, now_unix_ms);
    if (!signed_in) return tl::unexpected(signed_in.error());
    if (!*signed_in) continue;
    Person& person = (*signed_in)->person;
    Viewer viewer{.scope = scope_of(person),
                  .who = person.login,
                  .csrf = std::move((*signed_in)->csrf),
                  .session_key = std::string(key)};
    viewer.person = std::move(person);
    return viewer;
  }
  return Viewer{};
}

Result<Viewer> Router::machine(std::string_view key, std::int64_t now_unix_ms) const {
  auto token = desk_.tokens.find(key, now_unix_ms);
  if (!token) return tl::unexpected(token.error());
  if (!*token) return Viewer{};
  Viewer viewer{.scope = scope_of(**token), .who = fmt::format("token:{}", (*token)->name)};
  viewer.token = std::move(**token);
  return viewer;
}

std::optional<HttpResponse> Router::refuse(const Found& found) {
  // No structured binding: clang 14 lets no lambda have one.
  const Route* const route = found.route;
  const ReviewRequest& request = found.request;
  const Viewer& viewer = request.viewer;
  const auto noted = [&](std::string_view action) {
    audit_refusal(desk_, request, action, fmt::format("{} {}", route->method, route->path));
  };
  if (!may(*route, viewer)) {
    noted("access.refused");
    if (!viewer.person && !viewer.token) return sign_in_first();
    return error_reply(kForbidden, "your role does not allow this");
  }
  const bool must_change = viewer.person && viewer.person->must_change_password;
  if (must_change && route->access != Access::anyone && !route->before_password_change) {
    return error_reply(kForbidden, "choose your own password first");
  }
  if (needs_csrf(*route, viewer) &&
      !equal_in_constant_time(request.http.header(kCsrfHeader), viewer.csrf)) {
    noted("csrf.refused");
    return error_reply(kForbidden, "this page is out of date; load it again");
  }
  if (has_right_type(*route, request.http)) return std::nullopt;
  return error_reply(kUnsupportedType,
                     route->body == RouteBody::csv ? "send text/csv" : "send application/json");
}

}  // namespace tonecue
