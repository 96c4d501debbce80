// Every route of the server, for everybody: a route that is added is asked without a word here.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "server/review_house.h"

namespace tonecue {
namespace {

using nlohmann::json;
using test::Asker;
using test::ReviewHouse;

constexpr std::array kAll = {
    Asker::nobody,           Asker::agent,          Asker::other_agent,  Asker::supervisor,
    Asker::other_supervisor, Asker::admin,          Asker::newcomer,     Asker::inactive,
    Asker::expired_session,  Asker::forged_session, Asker::upload_token, Asker::read_token,
    Asker::expired_token,    Asker::forged_token,   Asker::without_csrf, Asker::wrong_csrf};
static_assert(kAll.size() == test::kAskers);

constexpr std::array<Asker, 6> kStrangers = {Asker::nobody,          Asker::inactive,
                                             Asker::expired_session, Asker::forged_session,
                                             Asker::expired_token,   Asker::forged_token};

constexpr int kLetIn = 0;  // Neither 401 nor 403.

int rank(Access access) { return static_cast<int>(access) - static_cast<int>(Access::signed_in); }

int rank(Asker asker) {
  switch (asker) {
    case Asker::agent:
    case Asker::other_agent:
      return 0;
    case Asker::supervisor:
    case Asker::other_supervisor:
    case Asker::newcomer:
      return 1;
    default:
      return 2;
  }
}

// What the table of routes demands.
int wanted(const Route& route, Asker asker) {
  if (route.access == Access::anyone) return kLetIn;
  if (std::ranges::find(kStrangers, asker) != kStrangers.end()) return 401;
  if (asker == Asker::upload_token || asker == Asker::read_token) {
    const auto right = asker == Asker::read_token ? TokenRight::read : TokenRight::upload;
    return route.token_right == right ? kLetIn : 403;
  }
  if (rank(asker) < rank(route.access)) return 403;
  if (asker == Asker::newcomer && !route.before_password_change) return 403;
  const bool changes = route.method != "GET";
  if (changes && (asker == Asker::without_csrf || asker == Asker::wrong_csrf)) return 403;
  return kLetIn;
}

// The route's address with this at the place of each {…}.
std::string target_of(const Route& route, std::string_view value) {
  std::string target;
  for (std::size_t at = 0; at < route.path.size();) {
    if (route.path[at] == '{') {
      target += value;
      at = route.path.find('}', at) + 1;
    } else {
      target.push_back(route.path[at++]);
    }
  }
  return target;
}

std::string told(const Route& route, Asker asker, const HttpResponse& reply) {
  return std::string(route.method) + " " + std::string(route.path) + " by " +
         std::string(name(asker)) + ": " + std::to_string(reply.status) + " " +
         reply.body.substr(0, 200);
}

// Of a wrong request: a status that says so, one plain line, nothing from the inside.
void expect_harmless(const HttpResponse& reply, const std::string& what) {
  EXPECT_LT(reply.status, 500) << what;
  if (reply.status < 400 || reply.type != "application/json") return;
  const json said = json::parse(reply.body, nullptr, false);
  ASSERT_TRUE(said.is_object() && said.size() == 1 && said.contains("error")) << what;
  const std::string error = said["error"];
  EXPECT_EQ(error.find_first_of("\r\n<>"), std::string::npos) << what;
  for (const char* inside :
       {"tonecue.db", "/tmp", "sqlite", "SELECT", "json.exception", "argon2"}) {
    EXPECT_EQ(error.find(inside), std::string::npos) << what;
  }
}

TEST(EveryRoute, LetsInWhomItsTableSaysAndNobodyElse) {
  ReviewHouse house;
  int asked = 0;
  for (const Route& route : all_review_routes()) {
    for (const Asker asker : kAll) {
      const int status = wanted(route, asker);
      const HttpResponse reply = house.ask(asker, route.method, target_of(route, "999"));
      const bool refused = reply.status == 401 || reply.status == 403;
      ++asked;
      if (status == kLetIn) {
        EXPECT_TRUE(!refused || route.access == Access::anyone) << told(route, asker, reply);
      } else {
        EXPECT_EQ(reply.status, status) << told(route, asker, reply);
        expect_harmless(reply, told(route, asker, reply));
      }
      EXPECT_LT(reply.status, 500) << told(route, asker, reply);
      house.now += 100;  // Refusals are written down once a second.
    }
  }
  EXPECT_EQ(asked, test::kAskers * static_cast<int>(all_review_routes().size()));
  EXPECT_FALSE(house.desk().audit.verify()->first_broken);
}

// Else a stranger learns what there is by asking.
TEST(EveryRoute, RefusesWhatIsThereAsWhatIsNot) {
  ReviewHouse house;
  const std::string there = std::to_string(house.id_of(Asker::agent));
  for (const Route& route : all_review_routes()) {
    if (route.path.find('{') == std::string_view::npos) continue;
    for (const Asker asker : kAll) {
      if (wanted(route, asker) == kLetIn) continue;
      const auto one = house.ask(asker, route.method, target_of(route, there), "{}");
      const auto other = house.ask(asker, route.method, target_of(route, "123456"), "{}");
      EXPECT_EQ(one.status, other.status) << told(route, asker, one);
      EXPECT_EQ(one.body, other.body) << told(route, asker, one);
    }
  }
}

TEST(EveryRoute, ChangesNothingForWhomItRefuses) {
  ReviewHouse house;
  const std::string there = std::to_string(house.id_of(Asker::agent));
  const std::string before = house.contents();
  const std::string body = R"({"name":"Eve","role":"admin","active":false,"teams":[]})";
  for (const Route& route : all_review_routes()) {
    for (const Asker asker : kAll) {
      if (wanted(route, asker) == kLetIn) continue;
      house.ask(asker, route.method, target_of(route, there), body);
    }
  }
  EXPECT_EQ(house.contents(), before);
}

TEST(EveryRoute, TakesItsMethodsAlone) {
  ReviewHouse house;
  for (const Route& route : all_review_routes()) {
    const std::string target = target_of(route, "999");
    for (const char* method : {"TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get", ""}) {
      const auto reply = house.ask(Asker::admin, method, target);
      EXPECT_EQ(reply.status, 405) << method << " " << target;
      const bool allowed = std::ranges::any_of(reply.headers, [&](const NameValue& header) {
        return header.first == "Allow" && header.second.find(route.method) != std::string::npos;
      });
      EXPECT_TRUE(allowed) << method << " " << target;
    }
  }
}

TEST(EveryRoute, TellsWhatItIsFor) {
  std::set<std::string> seen;
  for (const Route& route : all_review_routes()) {
    EXPECT_TRUE(seen.insert(std::string(route.method) + std::string(route.path)).second)
        << route.path << " stands there twice";
    EXPECT_FALSE(route.summary.empty()) << route.path;
    EXPECT_NE(route.answer, nullptr) << route.path;
    EXPECT_TRUE(route.path.starts_with("/api/") || route.access == Access::anyone) << route.path;
    // A machine that may only read never gets to change anything.
    EXPECT_TRUE(route.token_right != TokenRight::read || route.method == "GET") << route.path;
  }
}

const std::vector<std::string>& bad_path_values() {
  static const std::vector<std::string> values = {
      "..",
      ".",
      "%2e%2e",
      "..%2f..%2fetc%2fpasswd",
      "%2fetc%2fpasswd",
      "..%5c..%5cwindows",
      "%00",
      "1%00.json",
      "1'%20OR%20'1'='1",
      "1;DROP%20TABLE%20people;--",
      "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
      "%3Csvg%20onload=alert(1)%3E",
      "-1",
      "0",
      "01",
      "+1",
      "1e3",
      "0x10",
      "1.0",
      "99999999999999999999",
      "9223372036854775807",
      "%C3%28",
      "%ED%A0%80",
      "%F5%80%80%80",
      "%E2%80%AE",
      "1%0d%0aSet-Cookie:%20a=b",
      "%25%32%65",
      "%7B%7D",
      "%zz",
      std::string(250, 'x'),
      std::string(4000, '1'),
  };
  return values;
}

TEST(EveryRoute, HoldsBadPathsOff) {
  ReviewHouse house;
  const std::string before = house.contents();
  for (const Route& route : all_review_routes()) {
    if (route.path.find('{') == std::string_view::npos) continue;
    for (const std::string& value : bad_path_values()) {
      for (const Asker asker : {Asker::nobody, Asker::agent, Asker::admin, Asker::read_token}) {
        const auto reply = house.ask(asker, route.method, target_of(route, value), "{}");
        const std::string what = told(route, asker, reply) + " at " + value;
        expect_harmless(reply, what);
        if (route.path.starts_with("/api/")) {
          // A word that names nothing may have been looked for, and was not found.
          EXPECT_TRUE(reply.status >= 400 || route.path.find("{ref}") != std::string_view::npos)
              << what;
        }
      }
    }
  }
  EXPECT_EQ(house.contents(), before);
}

TEST(EveryRoute, HoldsBadQueriesOff) {
  ReviewHouse house;
  const std::vector<std::string> values = {"'%20OR%201=1--",
                                           "%22;DROP%20TABLE%20calls;--",
                                           "%3Cscript%3E",
                                           "-1",
                                           "99999999999999999999",
                                           "%C3%28",
                                           "NaN",
                                           "2026-13-45T99:99:99Z",
                                           "../../x",
                                           std::string(3000, 'a')};
  const std::string before = house.contents();
  const auto headers = house.headers_of(Asker::admin);
  for (const Route& route : all_review_routes()) {
    if (route.method != "GET" || !route.path.starts_with("/api/")) continue;
    for (const char* key :
         {"from",     "to",        "team",    "queue", "agent", "kind",    "least_confidence",
          "reviewed", "recovered", "flagged", "text",  "order", "limit",   "after",
          "before",   "step",      "by",      "on",    "days",  "nonsense"}) {
      for (const std::string& value : values) {
        const auto reply = house.ask({.method = "GET", .headers = headers},
                                     target_of(route, "999") + "?" + key + "=" + value);
        expect_harmless(reply, told(route, Asker::admin, reply) + " " + key + "=" + value);
      }
    }
  }
  EXPECT_EQ(house.contents(), before);
}

// With each key that any of the bodies knows, and one that none does.
std::vector<std::string> bad_bodies() {
  std::vector<std::string> bodies = {
      "",
      " ",
      "{",
      "[]",
      "null",
      "1",
      R"("x")",
      "{}{}",
      R"({"a":})",
      R"({"nonsense":1})",
      R"({"name":"x","name":"y"})",
      "{\"name\":\"\xC3\x28\"}",
      R"({"name":"\ud800"})",
      R"({"na\u0000me":1})",
      "\xEF\xBB\xBF{}",
      std::string("{\"name\":\"a\0b\"}", 14),
      "<xml/>",
      std::string(60000, '['),
      R"({"a":)" + std::string(30000, '[') + std::string(30000, ']') + "}",
      R"({"name":")" + std::string(60000, 'x') + R"("})"};
  const std::vector<std::string> values = {"null",
                                           "[]",
                                           "{}",
                                           "true",
                                           "-1",
                                           "1e999",
                                           "0.5",
                                           "18446744073709551615",
                                           R"("")",
                                           R"("'; DROP TABLE people; --")",
                                           R"("<script>alert(1)</script>")",
                                           R"("a\u0000b")",
                                           R"("a\nb")",
                                           R"(["x",1])",
                                           R"([[["x"]]])",
                                           json(std::string(5000, 'x')).dump()};
  for (const char* key :
       {"login", "password", "old",   "new",   "name",       "role",       "agent",
        "teams", "active",   "right", "days",  "query",      "verdict",    "reviewed",
        "text",  "at_s",     "team",  "queue", "caller_ref", "consent_ref"}) {
    for (const std::string& value : values) {
      bodies.push_back("{\"" + std::string(key) + "\":" + value + "}");
    }
  }
  return bodies;
}

TEST(EveryRoute, HoldsBadBodiesOff) {
  ReviewHouse house;
  const std::vector<std::string> bodies = bad_bodies();
  std::string before = house.contents();
  auto headers = house.headers_of(Asker::admin);
  headers.emplace_back("Content-Type", "application/json");
  for (const Route& route : all_review_routes()) {
    if (route.method == "GET" || route.method == "DELETE") continue;
    const std::string there = std::to_string(house.id_of(Asker::agent));
    for (const std::string& body : bodies) {
      const auto reply =
          house.ask({.method = std::string(route.method), .headers = headers, .body = body},
                    target_of(route, there));
      const std::string what = told(route, Asker::admin, reply) + " with " + body.substr(0, 60);
      expect_harmless(reply, what);
      std::string after = house.contents();
      EXPECT_TRUE(reply.status < 400 || after == before) << what;
      before = std::move(after);
    }
  }
  EXPECT_TRUE(house.log().empty()) << house.log().front();
}

TEST(EveryRoute, TakesJsonAlone) {
  ReviewHouse house;
  for (const Route& route : all_review_routes()) {
    if (route.method == "GET" || route.body != RouteBody::json) continue;
    for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded",
                             "multipart/form-data", "application/jsonx"}) {
      HttpRequest request{.method = std::string(route.method),
                          .headers = house.headers_of(Asker::admin),
                          .body = "{}"};
      request.headers.emplace_back("Content-Type", type);
      const auto reply = house.ask(std::move(request), target_of(route, "999"));
      EXPECT_EQ(reply.status, 415) << told(route, Asker::admin, reply) << " as " << type;
    }
  }
}

}  // namespace
}  // namespace tonecue
