#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "server/review/review_reply.h"
#include "server/review/router.h"
#include "server/review_house.h"
#include "tonecue/core/iso_time.h"

namespace tonecue {
namespace {

using nlohmann::json;
using test::Asker;
using test::ReviewHouse;

std::string header(const HttpResponse& reply, std::string_view name) {
  for (const NameValue& header : reply.headers) {
    if (header.first == name) return header.second;
  }
  return "";
}

std::vector<AuditEntry> entries_of(ReviewHouse& house, const std::string& action) {
  std::vector<AuditEntry> found;
  const auto entries = house.desk().audit.list(0, 1000).value();
  for (const AuditEntry& entry : entries) {
    if (entry.event.action == action) found.push_back(entry);
  }
  return found;
}

HttpRequest sign_in_request(const std::string& login, std::string_view password) {
  const json body = {{"login", login}, {"password", password}};
  return {.method = "POST", .headers = {{"Content-Type", "application/json"}}, .body = body.dump()};
}

class Review : public testing::Test {
 protected:
  HttpResponse sign_in(const std::string& login, std::string_view password) {
    return house_.ask(sign_in_request(login, password), "/api/session");
  }
  json get(Asker asker, std::string_view target) {
    const auto reply = house_.ask(asker, "GET", target);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return json::parse(reply.body, nullptr, false);
  }

  ReviewHouse house_;
};

TEST_F(Review, SignsInTellsWhoItIsAndSignsOut) {
  const auto in = sign_in("Sue", ReviewHouse::kPassword);
  ASSERT_EQ(in.status, 200) << in.body;
  const json me = json::parse(in.body);
  EXPECT_EQ(me["signed_in"], true);
  EXPECT_EQ(me["person"]["login"], "sue");
  EXPECT_EQ(me["person"]["role"], "supervisor");
  EXPECT_EQ(me["person"]["teams"], json({"north"}));
  const std::string cookie = header(in, "Set-Cookie");
  EXPECT_TRUE(cookie.starts_with("tonecue_session=")) << cookie;
  for (const char* part : {"; HttpOnly", "; SameSite=Strict", "; Path=/"}) {
    EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
  }

  std::vector<NameValue> headers = {{"Cookie", cookie.substr(0, cookie.find(';'))}};
  const auto again = house_.ask({.method = "GET", .headers = headers}, "/api/me");
  EXPECT_EQ(json::parse(again.body), me);
  headers.emplace_back("X-Tonecue-Csrf", me["csrf"].get<std::string>());
  const auto out = house_.ask({.method = "DELETE", .headers = headers}, "/api/session");
  EXPECT_EQ(out.status, 204);
  EXPECT_NE(header(out, "Set-Cookie").find("Max-Age=0"), std::string::npos);
  const auto after = house_.ask({.method = "GET", .headers = headers}, "/api/me");
  EXPECT_EQ(json::parse(after.body), json({{"signed_in", false}, {"version", "0.1.0"}}));
  EXPECT_EQ(entries_of(house_, "session.begin").at(0).event.who, "sue");
  EXPECT_EQ(entries_of(house_, "session.end").at(0).event.who, "sue");
}

TEST_F(Review, SetsACookieThatNoOtherServerCanSetOverTls) {
  HttpRequest request = sign_in_request("sue", ReviewHouse::kPassword);
  request.secure = true;
  const std::string cookie = header(house_.ask(std::move(request), "/api/session"), "Set-Cookie");
  EXPECT_TRUE(cookie.starts_with("__Host-tonecue=")) << cookie;
  EXPECT_NE(cookie.find("; Secure"), std::string::npos) << cookie;
  // And takes no other one there.
  HttpRequest plain{.method = "GET", .headers = house_.headers_of(Asker::admin), .secure = true};
  EXPECT_EQ(json::parse(house_.ask(std::move(plain), "/api/me").body)["signed_in"], false);
}

TEST_F(Review, TellsAnUnknownLoginFromAWrongPasswordToNobody) {
  const auto wrong = sign_in("sue", "wrong password");
  const auto unknown = sign_in("nobody-of-this-name", "wrong password");
  const auto inactive = sign_in("gone", ReviewHouse::kPassword);
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.body, unknown.body);
  EXPECT_EQ(wrong.body, inactive.body);
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(inactive.status, 401);
  EXPECT_TRUE(header(wrong, "Set-Cookie").empty());
}

TEST_F(Review, DoesNotWriteDownWhatMayBeAPasswordInTheWrongField) {
  sign_in("my-secret-passw0rd", "sue");
  const auto entries = entries_of(house_, "session.refused");
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].event.who, "");
  EXPECT_EQ(entries[0].event.detail.find("passw0rd"), std::string::npos);
  EXPECT_EQ(entries[0].event.address, ReviewHouse::kAddress);
}

TEST_F(Review, SlowsDownWhoGuessesAndNobodyElse) {
  int refused = 0;
  int held = 0;
  for (int i = 0; i < 30; ++i) {
    const auto reply = sign_in("sue", "guess number " + std::to_string(i));
    refused += reply.status == 401 ? 1 : 0;
    held += reply.status == 429 ? 1 : 0;
    EXPECT_TRUE(reply.status != 429 || std::stoi(header(reply, "Retry-After")) >= 1);
  }
  EXPECT_EQ(refused, SignInLimit::kOfLogin.free);
  EXPECT_EQ(held, 30 - SignInLimit::kOfLogin.free);
  EXPECT_EQ(sign_in("sue", ReviewHouse::kPassword).status, 429) << "the right one waits, too";
  EXPECT_EQ(sign_in("sam", ReviewHouse::kPassword).status, 200) << "another person";
  house_.now += 2000;
  EXPECT_EQ(sign_in("sue", ReviewHouse::kPassword).status, 200) << "after the wait";
}

TEST_F(Review, CountsTheRefusalsThatItDoesNotWriteDown) {
  for (int i = 0; i < 50; ++i) sign_in("sue", "guess");
  house_.now += 1000;
  sign_in("sam", "guess");
  const auto entries = entries_of(house_, "session.refused");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_NE(entries[0].event.detail.find("49 more"), std::string::npos) << entries[0].event.detail;
}

TEST_F(Review, LetsANewcomerDoNothingBeforeTheyHaveTheirOwnPassword) {
  const auto in = sign_in("new", ReviewHouse::kPassword);
  const json me = json::parse(in.body);
  EXPECT_EQ(me["must_change_password"], true);
  const std::string cookie = header(in, "Set-Cookie");
  const std::vector<NameValue> headers = {{"Cookie", cookie.substr(0, cookie.find(';'))},
                                          {"X-Tonecue-Csrf", me["csrf"].get<std::string>()},
                                          {"Content-Type", "application/json"}};
  const auto change = [&](const json& body) {
    return house_.ask({.method = "POST", .headers = headers, .body = body.dump()},
                      "/api/me/password");
  };
  EXPECT_EQ(change({{"old", "wrong"}, {"new", "another good password"}}).status, 403);
  EXPECT_EQ(change({{"old", ReviewHouse::kPassword}, {"new", "short"}}).status, 400);
  EXPECT_EQ(change({{"old", ReviewHouse::kPassword}, {"new", ReviewHouse::kPassword}}).status, 400);
  EXPECT_EQ(change({{"old", ReviewHouse::kPassword}, {"new", "another good password"}}).status,
            204);
  const json after = json::parse(house_.ask({.method = "GET", .headers = headers}, "/api/me").body);
  EXPECT_EQ(after["must_change_password"], false);
  EXPECT_EQ(after["csrf"], me["csrf"]) << "the page goes on";
  EXPECT_EQ(entries_of(house_, "password.change").size(), 1U);
}

TEST_F(Review, AddsSomebodyWhoCanSignIn) {
  const auto reply = house_.ask(
      Asker::admin, "POST", "/api/people",
      R"({"login":"eva","name":"Eva <b>","role":"agent","agent":"e1","teams":["north"]})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  const json made = json::parse(reply.body);
  EXPECT_EQ(made["person"]["name"], "Eva <b>");
  EXPECT_EQ(
      json::parse(sign_in("eva", made["password"].get<std::string>()).body)["must_change_password"],
      true);
  EXPECT_EQ(
      house_
          .ask(Asker::admin, "POST", "/api/people", R"({"login":"eva","name":"E","role":"agent"})")
          .status,
      409);
  const auto people = get(Asker::admin, "/api/people")["people"];
  EXPECT_EQ(people.size(), 8U);
  EXPECT_EQ(people.dump().find("argon2"), std::string::npos);
  const auto entry = entries_of(house_, "person.add").at(0);
  EXPECT_EQ(entry.event.who, "root");
  EXPECT_EQ(entry.event.target, "person/" + made["person"]["id"].dump());
}

TEST_F(Review, SignsOutWhoLosesTheirRights) {
  const std::string target = "/api/people/" + std::to_string(house_.id_of(Asker::supervisor));
  const auto headers = house_.headers_of(Asker::supervisor);
  const auto signed_in = [&](const std::vector<NameValue>& with) {
    return json::parse(house_.ask({.method = "GET", .headers = with}, "/api/me").body)["signed_in"]
        .get<bool>();
  };
  EXPECT_EQ(house_.ask(Asker::admin, "PATCH", target, R"({"teams":["south"]})").status, 200);
  EXPECT_TRUE(signed_in(headers));
  EXPECT_EQ(house_.ask(Asker::admin, "PATCH", target, R"({"role":"agent"})").status, 200);
  EXPECT_FALSE(signed_in(headers));
  const auto second = house_.headers_of(Asker::supervisor);
  EXPECT_TRUE(signed_in(second));
  EXPECT_EQ(house_.ask(Asker::admin, "POST", target + "/password").status, 200);
  EXPECT_FALSE(signed_in(second));
  const auto third = house_.headers_of(Asker::supervisor);
  EXPECT_EQ(house_.ask(Asker::admin, "PATCH", target, R"({"active":false})").status, 200);
  EXPECT_FALSE(signed_in(third));
  EXPECT_EQ(entries_of(house_, "person.change").size(), 3U);
}

TEST_F(Review, KeepsTheLastAdmin) {
  const std::string target = "/api/people/" + std::to_string(house_.id_of(Asker::admin));
  for (const char* body : {R"({"role":"agent"})", R"({"active":false})"}) {
    const auto reply = house_.ask(Asker::admin, "PATCH", target, body);
    EXPECT_EQ(reply.status, 409) << reply.body;
    EXPECT_NE(reply.body.find("last active admin"), std::string::npos) << reply.body;
  }
  EXPECT_EQ(house_.ask(Asker::admin, "PATCH", "/api/people/999", "{}").status, 404);
}

TEST_F(Review, MakesTokensThatAreToldOnce) {
  const auto reply = house_.ask(Asker::admin, "POST", "/api/tokens",
                                R"({"name":"recorder","right":"upload","teams":[],"days":30})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  const std::string token = json::parse(reply.body)["token"];
  const json tokens = get(Asker::admin, "/api/tokens")["tokens"];
  EXPECT_EQ(tokens[0]["name"], "recorder");
  EXPECT_EQ(tokens[0]["expires_at"], iso_time(house_.now + 30 * 86'400'000LL));
  EXPECT_EQ(tokens.dump().find(token), std::string::npos);
  const std::string target = "/api/tokens/" + tokens[0]["id"].dump();
  EXPECT_EQ(house_.ask(Asker::admin, "DELETE", target).status, 204);
  EXPECT_EQ(house_.ask(Asker::admin, "DELETE", target).status, 404);
  EXPECT_EQ(
      house_.ask(Asker::admin, "POST", "/api/tokens", R"({"name":"x","right":"upload","days":0})")
          .status,
      400);
  for (const char* action : {"token.create", "token.revoke"}) {
    EXPECT_EQ(entries_of(house_, action).at(0).event.target, "token/" + tokens[0]["id"].dump());
  }
}

TEST_F(Review, ShowsTheLogAndWhetherItIsWhole) {
  house_.ask(Asker::agent, "GET", "/api/people");
  const json entries = get(Asker::admin, "/api/audit")["entries"];
  EXPECT_EQ(entries[0]["action"], "access.refused");
  EXPECT_EQ(entries[0]["who"], "ann");
  EXPECT_EQ(entries[0]["detail"], "GET /api/people");
  EXPECT_EQ(entries[0]["at"], iso_time(house_.now));
  EXPECT_EQ(get(Asker::admin, "/api/audit?before=2&limit=5")["entries"].size(), 1U);
  const json check = get(Asker::admin, "/api/audit/check");
  EXPECT_TRUE(check["first_broken"].is_null());
  EXPECT_EQ(check["head"].get<std::string>().size(), 64U);
  for (const char* query : {"limit=0", "limit=1001", "limit=x", "before=0", "before=-1"}) {
    EXPECT_EQ(house_.ask(Asker::admin, "GET", std::string("/api/audit?") + query).status, 400);
  }
}

TEST_F(Review, LooksAtATokenAndAtNothingElseWhereThereIsOne) {
  HttpRequest request{.method = "GET", .headers = house_.headers_of(Asker::admin)};
  request.headers.emplace_back("Authorization", "Bearer tonecue_" + std::string(64, 'f'));
  EXPECT_EQ(house_.ask(std::move(request), "/api/people").status, 401);
}

TEST_F(Review, ServesThePageWithoutSigningIn) {
  for (const char* address : {"/", "/calls/7", "/people", "/review.js", "/review.css"}) {
    const auto reply = house_.ask(Asker::nobody, "GET", address);
    EXPECT_EQ(reply.status, 200) << address;
    const std::string etag = header(reply, "ETag");
    HttpRequest again{.method = "GET", .headers = {{"If-None-Match", etag}}};
    EXPECT_EQ(house_.ask(std::move(again), address).status, 304) << address;
  }
  for (const char* address : {"/calls/", "/calls", "/calls/7/8", "//", "/review.js/", "/api"}) {
    EXPECT_EQ(house_.ask(Asker::admin, "GET", address).status, 404) << address;
  }
}

HttpReply fail(ReviewDesk& /*desk*/, const ReviewRequest& /*request*/) {
  throw std::runtime_error("inner secret");
}
HttpReply take_file(ReviewDesk& /*desk*/, const ReviewRequest& /*request*/) { return done_reply(); }

TEST_F(Review, TellsANumberInsteadOfWhatWentWrongInside) {
  Router router(house_.desk(), {{.method = "GET",
                                 .path = "/x",
                                 .access = Access::anyone,
                                 .answer = fail,
                                 .summary = "Fails."}});
  const auto reply = router.answer({.method = "GET", .path = "/x"}, house_.now);
  const auto& response = std::get<HttpResponse>(reply);
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
  EXPECT_NE(response.body.find("error 1"), std::string::npos) << response.body;
  ASSERT_EQ(house_.log().size(), 1U);
  EXPECT_EQ(house_.log()[0], "review error 1: inner secret");
}

TEST_F(Review, TakesFilesFromWhomItLetsInAlone) {
  Router router(house_.desk(), {{.method = "POST",
                                 .path = "/files",
                                 .access = Access::supervisor,
                                 .token_right = TokenRight::upload,
                                 .answer = take_file,
                                 .summary = "Takes.",
                                 .body = RouteBody::file},
                                {.method = "POST",
                                 .path = "/json",
                                 .access = Access::anyone,
                                 .answer = take_file,
                                 .summary = "Takes."}});
  const auto rule = [&](Asker asker, const std::string& path) {
    return router.upload_rule({.method = "POST", .path = path, .headers = house_.headers_of(asker)},
                              house_.now);
  };
  for (const Asker asker : {Asker::supervisor, Asker::admin, Asker::upload_token}) {
    const auto taken = rule(asker, "/files");
    ASSERT_TRUE(taken);
    EXPECT_FALSE(taken->refusal);
    EXPECT_EQ(taken->folder, house_.store().folder() + "/incoming");
  }
  EXPECT_EQ(rule(Asker::nobody, "/files")->refusal->status, 401);
  EXPECT_EQ(rule(Asker::agent, "/files")->refusal->status, 403);
  EXPECT_EQ(rule(Asker::read_token, "/files")->refusal->status, 403);
  EXPECT_EQ(rule(Asker::without_csrf, "/files")->refusal->status, 403);
  EXPECT_FALSE(rule(Asker::admin, "/json"));
  EXPECT_FALSE(rule(Asker::admin, "/nowhere"));
}

}  // namespace
}  // namespace tonecue
