// The small parts that the router stands on.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/review/refusal_log.h"
#include "server/review/router_path.h"
#include "server/review/session_cookie.h"
#include "server/review/sign_in_limit.h"

namespace tonecue {
namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;

using Values = std::vector<std::string>;

TEST(MatchPath, FindsTheValuesOfItsPattern) {
  EXPECT_EQ(match_path("/", "/"), Values());
  EXPECT_EQ(match_path("/api/calls", "/api/calls"), Values());
  EXPECT_EQ(match_path("/api/calls/{call}", "/api/calls/12"), Values({"12"}));
  EXPECT_EQ(match_path("/api/{a}/x/{b}", "/api/%C3%A4%20b/x/%25"), Values({"ä b", "%"}));
}

TEST(MatchPath, DecodesAPieceAfterThePathWasDivided) {
  const auto ref = [](std::string_view path) {
    return match_path("/api/callers/{ref}/export", path);
  };
  for (const auto& [sent, meant] :
       std::vector<std::pair<std::string, std::string>>{{"a%2Fb", "a/b"},
                                                        {"a%2fb%2F", "a/b/"},
                                                        {"%2F", "/"},
                                                        {"a%252Fb", "a%2Fb"},
                                                        {"what%3F", "what?"},
                                                        {"a%23b", "a#b"},
                                                        {"a%20b+c", "a b+c"},
                                                        {"..%2F..%2Fetc", "../../etc"},
                                                        {"...", "..."},
                                                        {"%C3%BC%20%E2%9C%93", "ü ✓"},
                                                        {"a%5Cb", "a\\b"},
                                                        {"export", "export"},
                                                        {"%65xport", "export"}}) {
    EXPECT_EQ(ref("/api/callers/" + sent + "/export"), Values({meant})) << sent;
  }
  EXPECT_EQ(match_path("/api/%63alls", "/api/calls"), std::nullopt) << "a pattern is plain";
  EXPECT_EQ(match_path("/api/calls", "/api/%63alls"), Values());
}

TEST(MatchPath, RefusesTricks) {
  for (const char* sent : {"a/b", "", ".", "..", "%2e", "%2E%2e", ".%2e", "a%00", "%0a", "%7F",
                           "%C2%85", "%", "%2", "%zz", "%C3%28", "%ED%A0%80"}) {
    EXPECT_FALSE(match_path("/api/callers/{ref}", std::string("/api/callers/") + sent)) << sent;
  }
  // Only a caller's reference may hold a slash.
  for (const char* sent : {"1%2F2", "..%2F1", "%2F", "1%2F"}) {
    EXPECT_FALSE(match_path("/api/calls/{call}", std::string("/api/calls/") + sent)) << sent;
  }
  EXPECT_FALSE(match_path("/api/calls/{call}", "/api%2Fcalls/1"));
}

TEST(MatchPath, TakesNoOtherPath) {
  for (const char* path :
       {"", "/", "/api", "/api/", "/api/calls", "/api/calls/", "/api/calls//", "/api/calls/1/",
        "/api/calls/1/2", "//api/calls/1", "api/calls/1", "/api/calls/.", "/api/calls/..",
        "/API/calls/1", "/api/calls/\xC3\x28", "/api/calls/\x01"}) {
    EXPECT_FALSE(match_path("/api/calls/{call}", path)) << path;
  }
  EXPECT_FALSE(match_path("/api/calls/{call}", "/api/calls/" + std::string(201, 'x')));
  EXPECT_FALSE(match_path("/", "//"));
  EXPECT_FALSE(match_path("/", ""));
}

HttpRequest with(const std::string& header, const std::string& value) {
  return {.method = "GET", .headers = {{header, value}}};
}

TEST(SessionKeys, AreReadFromTheirOwnCookieAlone) {
  using Keys = std::vector<std::string_view>;
  const auto request = with("Cookie", "a=1; tonecue_session=k1; __Host-tonecue=k2");
  EXPECT_EQ(session_keys(request, false), Keys({"k1"}));
  EXPECT_EQ(session_keys(request, true), Keys({"k2"}));
  EXPECT_TRUE(session_keys(with("Cookie", "tonecue_session=\"x\""), false).empty());
  EXPECT_TRUE(session_keys(with("Cookie", "tonecue_session="), false).empty());
  EXPECT_TRUE(
      session_keys(with("Cookie", "tonecue_session=" + std::string(129, 'a')), false).empty());
  std::string many;
  for (int i = 0; i < 100; ++i) many += "tonecue_session=k; ";
  EXPECT_EQ(session_keys(with("Cookie", many), false).size(), 4U);
}

TEST(BearerToken, IsReadFromItsHeader) {
  EXPECT_EQ(bearer_token(with("Authorization", "Bearer tonecue_1")), "tonecue_1");
  EXPECT_EQ(bearer_token(with("authorization", "bearer tonecue_1")), "tonecue_1");
  for (const char* value : {"", "Bearer", "Bearer ", "Bearer  x", "Basic eDp5", "tonecue_1",
                            "Bearer tonecue_1, x", "Bearer x y"}) {
    EXPECT_EQ(bearer_token(with("Authorization", value)), "") << value;
  }
}

TEST(TryCounter, DoublesTheWaitAfterTheFreeTries) {
  TryCounter counter({.free = 5, .forgiven_ms = 900'000});
  std::vector<std::int64_t> waits;
  std::int64_t now = kNow;
  for (int i = 0; i < 18; ++i) {
    counter.count("ann", now);
    waits.push_back(counter.wait_ms("ann", now));
    now += 10;  // So little is forgiven.
  }
  for (int i = 0; i < 4; ++i) EXPECT_EQ(waits[static_cast<std::size_t>(i)], 0) << i;
  EXPECT_EQ(waits[4], 1000);
  EXPECT_EQ(waits[5], 2000);
  EXPECT_EQ(waits[6], 4000);
  EXPECT_EQ(waits[17], TryCounter::kLongestWaitMs);
  EXPECT_EQ(counter.wait_ms("bob", now), 0);
}

TEST(TryCounter, ForgivesWithTime) {
  TryCounter counter({.free = 5, .forgiven_ms = 1000});
  for (int i = 0; i < 6; ++i) counter.count("ann", kNow);
  EXPECT_EQ(counter.wait_ms("ann", kNow + 1999), 1);
  EXPECT_EQ(counter.wait_ms("ann", kNow + 2000), 0);
  for (int i = 0; i < 4; ++i) counter.count("ann", kNow + 10'000);
  EXPECT_EQ(counter.wait_ms("ann", kNow + 10'000), 0) << "the six are forgotten";
}

TEST(TryCounter, LetsNobodyWaitLongerBecauseAClockWasSetBack) {
  TryCounter counter({.free = 1, .forgiven_ms = 1000});
  counter.count("ann", kNow);
  EXPECT_LE(counter.wait_ms("ann", kNow - 100'000'000), TryCounter::kLongestWaitMs);
}

TEST(TryCounter, KeepsThoseThatAreTriedMostWhenItIsFull) {
  TryCounter counter({.free = 5, .forgiven_ms = 900'000});
  for (int i = 0; i < 8; ++i) counter.count("victim", kNow);
  for (std::size_t i = 0; i < TryCounter::kMostNames + 500; ++i) {
    counter.count("name" + std::to_string(i), kNow + 1);
  }
  EXPECT_EQ(counter.names(), TryCounter::kMostNames);
  EXPECT_GT(counter.wait_ms("victim", kNow + 1), 0);
}

TEST(SignInLimit, ForgetsALoginsTriesWhenItSucceedsButNotTheAddress) {
  SignInLimit limit;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(limit.begin_try("192.0.2.1", "ann", kNow), 0);
  limit.succeeded("192.0.2.1", "ann");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(limit.begin_try("192.0.2.1", "ann", kNow), 0);
  EXPECT_GT(limit.begin_try("192.0.2.1", "ann", kNow), 0);
  EXPECT_GT(limit.begin_try("192.0.2.2", "ann", kNow), 0) << "wherever from";
  int free = 0;
  while (limit.begin_try("192.0.2.1", "login" + std::to_string(free), kNow) == 0) ++free;
  EXPECT_EQ(free, SignInLimit::kOfAddress.free - 8);
}

TEST(SignInLimit, LetsFourChecksWaitAtOnce) {
  SignInLimit limit;
  std::vector<std::unique_ptr<SignInLimit::Check>> checks;
  for (int i = 0; i < 4; ++i) {
    checks.push_back(std::make_unique<SignInLimit::Check>(limit));
    EXPECT_FALSE(checks.back()->too_many());
  }
  EXPECT_TRUE(SignInLimit::Check(limit).too_many());
  checks.pop_back();
  EXPECT_FALSE(SignInLimit::Check(limit).too_many());
}

TEST(AddressGroup, IsTheNetworkThatOneSubscriberHas) {
  EXPECT_EQ(address_group("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(address_group("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(address_group("2001:db8:1:2:3:4:5:6"), address_group("2001:db8:1:2::9"));
  EXPECT_NE(address_group("2001:db8:1:2::9"), address_group("2001:db8:1:3::9"));
  EXPECT_EQ(address_group("fe80::1%eth0"), address_group("fe80::2"));
  EXPECT_EQ(address_group(""), "");
}

TEST(RefusalLog, WritesOneASecondOfEachAddress) {
  RefusalLog log;
  EXPECT_EQ(log.take("a", kNow), 0);
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(log.take("a", kNow + 999));
  EXPECT_EQ(log.take("b", kNow + 999), 0);
  EXPECT_EQ(log.take("a", kNow + 1000), 10);
  EXPECT_EQ(log.take("a", kNow + 2000), 0);
}

TEST(RefusalLog, WritesTwentyASecondOfAll) {
  RefusalLog log;
  int written = 0;
  for (int i = 0; i < 15'000; ++i) {
    written += log.take("192.0." + std::to_string(i), kNow).has_value() ? 1 : 0;
  }
  EXPECT_EQ(written, RefusalLog::kMostAtOnce);
  EXPECT_TRUE(log.take("192.0.14999", kNow + 1000));
}

}  // namespace
}  // namespace tonecue
