#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "people_json.h"
#include "review_json.h"
#include "review_reply.h"
#include "session_cookie.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kBadRequest = 400;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kTooMany = 429;
constexpr TextRule kAnyLogin{.least_bytes = 0, .most_bytes = 80};
constexpr TextRule kAnyPassword{.least_bytes = 0, .most_bytes = People::kLongestPassword};

HttpResponse come_again(std::int64_t wait_ms) {
  constexpr std::int64_t kMsPerS = 1000;
  HttpResponse reply =
      error_reply(kTooMany, "too many wrong passwords, from here or for this login");
  reply.headers.emplace_back("Retry-After", std::to_string((wait_ms + kMsPerS - 1) / kMsPerS));
  return reply;
}

HttpResponse busy() {
  HttpResponse reply = error_reply(kTooMany, "many people sign in right now");
  reply.headers.emplace_back("Retry-After", "1");
  return reply;
}

Json me_json(const ReviewDesk& desk, const Person& person, std::string_view csrf) {
  return {{"signed_in", true},
          {"version", desk.config.version},
          {"csrf", csrf},
          {"person", person_json(person)},
          {"must_change_password", person.must_change_password},
          {"keeps_audio", desk.config.keeps_audio},
          {"require_notice", desk.config.require_notice}};
}

HttpReply me(ReviewDesk& desk, const ReviewRequest& request) {
  const Viewer& viewer = request.viewer;
  if (viewer.person) return json_reply(me_json(desk, *viewer.person, viewer.csrf));
  return json_reply({{"signed_in", false}, {"version", desk.config.version}});
}

// A login that nobody has may be a password in the wrong field: it is not written down.
Result<std::string> login_for_audit(const ReviewDesk& desk, std::string_view login) {
  const auto known = desk.people.find_login(login);
  if (!known) return tl::unexpected(known.error());
  return *known ? (*known)->login : std::string();
}

Result<void> audit_as(ReviewDesk& desk, const ReviewRequest& request, const std::string& who,
                      std::string_view action) {
  ReviewRequest as = request;
  as.viewer.who = who;
  return audit(desk, as, action, "");
}

HttpReply refuse_sign_in(ReviewDesk& desk, const ReviewRequest& request, std::string_view login,
                         HttpResponse reply) {
  auto who = login_for_audit(desk, login);
  if (!who) return failure_reply(desk, who.error());
  const std::string_view nobody = who->empty() ? ", a login that nobody has" : "";
  ReviewRequest as = request;
  as.viewer.who = std::move(*who);
  audit_refusal(desk, as, "session.refused", fmt::format("status {}{}", reply.status, nobody));
  return reply;
}

HttpReply begin_session(ReviewDesk& desk, const ReviewRequest& request, const Person& person) {
  const auto key = desk.sessions.begin(person.id, request.now_unix_ms);
  if (!key) return failure_reply(desk, key.error());
  if (const auto ok = audit_as(desk, request, person.login, "session.begin"); !ok) {
    return failure_reply(desk, ok.error());
  }
  if (!request.viewer.session_key.empty()) {  // Of whoever was signed in here before.
    if (const auto ok = desk.sessions.end(request.viewer.session_key); !ok) {
      return failure_reply(desk, ok.error());
    }
  }
  const auto signed_in = desk.sessions.find(*key, request.now_unix_ms);
  if (!signed_in) return failure_reply(desk, signed_in.error());
  if (!*signed_in) return error_reply(kUnauthorized, "login or password is wrong");
  HttpResponse reply = json_reply(me_json(desk, (*signed_in)->person, (*signed_in)->csrf));
  reply.headers.emplace_back("Set-Cookie", session_cookie(*key, request.http.secure));
  return reply;
}

HttpReply sign_in(ReviewDesk& desk, const ReviewRequest& request) {
  JsonFields fields(request.http.body);
  const std::string login = fields.text("login", kAnyLogin);
  const std::string password = fields.text("password", kAnyPassword);
  if (const auto ok = fields.result(); !ok) return failure_reply(desk, ok.error());

  const SignInLimit::Check check(desk.sign_ins);
  if (check.too_many()) return busy();
  const std::string counted = login_meant(login);
  const std::int64_t wait_ms =
      desk.sign_ins.begin_try(request.http.remote, counted, request.now_unix_ms);
  if (wait_ms > 0) return refuse_sign_in(desk, request, login, come_again(wait_ms));
  const auto person = desk.people.check_password(login, password);
  if (!person) return failure_reply(desk, person.error());
  if (!*person) {
    return refuse_sign_in(desk, request, login,
                          error_reply(kUnauthorized, "login or password is wrong"));
  }
  desk.sign_ins.succeeded(request.http.remote, counted);
  return begin_session(desk, request, **person);
}

HttpReply sign_out(ReviewDesk& desk, const ReviewRequest& request) {
  if (const auto ok = desk.sessions.end(request.viewer.session_key); !ok) {
    return failure_reply(desk, ok.error());
  }
  if (const auto ok = audit(desk, request, "session.end", ""); !ok) {
    return failure_reply(desk, ok.error());
  }
  HttpResponse reply = done_reply();
  reply.headers.emplace_back("Set-Cookie", session_cookie("", request.http.secure));
  return reply;
}

// The old password is asked for so that a page that was left open is not enough. Guessing it counts
// as signing in.
HttpReply change_password(ReviewDesk& desk, const ReviewRequest& request) {
  JsonFields fields(request.http.body);
  const std::string old = fields.text("old", kAnyPassword);
  const std::string wanted = fields.text("new", kAnyPassword);
  if (const auto ok = fields.result(); !ok) return failure_reply(desk, ok.error());

  const Person& person = *request.viewer.person;
  const SignInLimit::Check check(desk.sign_ins);
  if (check.too_many()) return busy();
  const std::int64_t wait_ms =
      desk.sign_ins.begin_try(request.http.remote, person.login, request.now_unix_ms);
  if (wait_ms > 0) return refuse_sign_in(desk, request, person.login, come_again(wait_ms));
  const auto right = desk.people.check_password(person.login, old);
  if (!right) return failure_reply(desk, right.error());
  if (!*right) {
    return refuse_sign_in(desk, request, person.login,
                          error_reply(kForbidden, "the password so far is wrong"));
  }
  desk.sign_ins.succeeded(request.http.remote, person.login);
  if (old == wanted) return error_reply(kBadRequest, "the new password is the old one");
  if (const auto ok =
          desk.people.set_password(person.id, wanted, false, request.viewer.session_key);
      !ok) {
    return failure_reply(desk, ok.error());
  }
  if (const auto ok = audit(desk, request, "password.change", fmt::format("person/{}", person.id));
      !ok) {
    return failure_reply(desk, ok.error());
  }
  return done_reply();
}

constexpr std::array kRoutes = {
    Route{.method = "GET",
          .path = "/api/me",
          .access = Access::anyone,
          .answer = me,
          .summary = "Who is signed in."},
    Route{.method = "POST",
          .path = "/api/session",
          .access = Access::anyone,
          .answer = sign_in,
          .summary = "Signs in."},
    Route{.method = "DELETE",
          .path = "/api/session",
          .access = Access::signed_in,
          .answer = sign_out,
          .summary = "Signs out.",
          .before_password_change = true},
    Route{.method = "POST",
          .path = "/api/me/password",
          .access = Access::signed_in,
          .answer = change_password,
          .summary = "Changes one's own password; other sessions end.",
          .before_password_change = true},
};

}  // namespace

std::span<const Route> session_routes() { return kRoutes; }

}  // namespace tonecue
