#include "server/http/http_text.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/desk/page_key.h"
#include "server/http/http_answer.h"
#include "server/http/http_asset.h"
#include "server/http/http_guard.h"
#include "server/http/http_range.h"
#include "server/http/http_secret.h"

namespace tonecue {
namespace {

TEST(HttpTarget, GivesThePathAsSentAndTheQueryDecoded) {
  const auto target = parse_target("/a%2Fb+c?key=a%20b+c%3D&empty=&flag&=nameless&&last=1?2");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a%2Fb+c") << "an escaped slash is no slash";
  EXPECT_EQ(percent_decoded(target->path), "/a/b+c");
  const std::vector<NameValue> query = {
      {"key", "a b c="}, {"empty", ""}, {"flag", ""}, {"", "nameless"}, {"last", "1?2"}};
  EXPECT_EQ(target->query, query);
}

TEST(HttpTarget, RefusesWhatIsNoPathOrHidesSomething) {
  for (const char* target : {"", "*", "a", "http://host/", "/%", "/%4", "/%4g", "/%+1", "/%00",
                             "/%0d", "/?a=%0A", "/?%7f"}) {
    EXPECT_FALSE(parse_target(target)) << target;
  }
}

TEST(HttpCookies, GivesEveryValueOfTheName) {
  using Values = std::vector<std::string_view>;
  EXPECT_EQ(cookie_values("a=1; key=2;key = 3 ;xkey=4; key", "key"), (Values{"2", "3"}));
  EXPECT_EQ(cookie_values("key=a=b", "key"), (Values{"a=b"}));
  EXPECT_EQ(cookie_values("", "key"), Values{});
  EXPECT_EQ(cookie_values(";;=;", "key"), Values{});
}

TEST(HttpCookies, GivesTheFirstValueOfARequest) {
  const HttpRequest request{.method = "GET",
                            .path = "/",
                            .query = {},
                            .headers = {{"COOKIE", "a; b=1; c=2; b=3"}},
                            .body = {}};
  EXPECT_EQ(cookie_value(request, "b"), "1");
  EXPECT_EQ(cookie_value(request, "a"), "");
  EXPECT_EQ(cookie_value(request, "d"), "");
}

TEST(HttpEtag, IsFoundAmongThoseThatABrowserHas) {
  EXPECT_TRUE(names_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("\"x\" , W/\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("*", "\"a\""));
  EXPECT_FALSE(names_etag("\"aa\", a", "\"a\""));
  EXPECT_FALSE(names_etag("", "\"a\""));
}

using Kind = RangeChoice::Kind;

TEST(HttpRange, GivesThePartThatIsAskedFor) {
  const auto part = [](std::string_view header) {
    const auto range = choose_range(header, 10);
    EXPECT_EQ(range.kind, Kind::part) << header;
    return std::pair(range.first, range.size_bytes);
  };
  EXPECT_EQ(part("bytes=0-0"), std::pair(0UL, 1UL));
  EXPECT_EQ(part("bytes=3-5"), std::pair(3UL, 3UL));
  EXPECT_EQ(part("bytes=3-"), std::pair(3UL, 7UL));
  EXPECT_EQ(part("bytes=3-99999999999999999999999"), std::pair(3UL, 7UL));
  EXPECT_EQ(part("bytes=-4"), std::pair(6UL, 4UL));
  EXPECT_EQ(part("bytes=-99999999999999999999999"), std::pair(0UL, 10UL));
  EXPECT_EQ(part("Bytes = 3-5 "), std::pair(3UL, 3UL));
}

TEST(HttpRange, IsPassedOverWhereItMakesNoSense) {
  for (const char* header :
       {"", "bytes", "bytes=", "bytes=-", "bytes=a-", "bytes=1-x", "bytes=5-3", "bytes=1-2,4-5",
        "lines=1-2", "bytes=+1-2", "bytes=1 -2", "bytes=0x1-2", "bytes=--1", "1-2"}) {
    EXPECT_EQ(choose_range(header, 10).kind, Kind::whole) << header;
  }
}

TEST(HttpRange, MayLieOutside) {
  for (const char* header :
       {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"}) {
    EXPECT_EQ(choose_range(header, 10).kind, Kind::outside) << header;
  }
  EXPECT_EQ(choose_range("bytes=0-", 0).kind, Kind::outside);
  EXPECT_EQ(choose_range("bytes=-5", 0).kind, Kind::outside);
}

class HttpNames : public testing::Test {
 protected:
  static int status_of(const HttpGuard& guard, std::string_view address, const std::string& host,
                       const std::string& origin = "") {
    HttpRequest request{
        .method = "POST", .path = "/", .query = {}, .headers = {{"Host", host}}, .body = {}};
    if (!origin.empty()) request.headers.emplace_back("Origin", origin);
    const auto refusal = guard.refuse(request, address);
    return refusal ? refusal->status : 200;
  }
};

TEST_F(HttpNames, AreThoseOfTheConfigurationAndTheAddress) {
  const std::vector<std::string> names = {"tonecue.example", "calls.example:443"};
  const HttpGuard guard(8443, true, names);
  for (const char* host : {"127.0.0.1:8443", "localhost:8443", "Tonecue.Example:8443",
                           "calls.example", "calls.example:443"}) {
    EXPECT_EQ(status_of(guard, "127.0.0.1", host), 200) << host;
  }
  for (const char* host : {"tonecue.example", "tonecue.example:80", "calls.example:8443",
                           "x.tonecue.example:8443", "", ":8443", "192.0.2.1:8443"}) {
    EXPECT_EQ(status_of(guard, "127.0.0.1", host), 403) << host;
  }
  EXPECT_EQ(status_of(guard, "192.0.2.1", "192.0.2.1:8443"), 200);
  EXPECT_EQ(status_of(guard, "2001:db8::1", "[2001:db8::1]:8443"), 200);
  EXPECT_EQ(status_of(guard, "2001:db8::1", "2001:db8::1:8443"), 403);
}

TEST_F(HttpNames, HoldForOriginsWithTheRightScheme) {
  const std::vector<std::string> names = {"calls.example:443"};
  const HttpGuard guard(8443, true, names);
  const auto from = [&](const std::string& origin) {
    return status_of(guard, "127.0.0.1", "calls.example", origin);
  };
  EXPECT_EQ(from("https://calls.example"), 200);
  EXPECT_EQ(from("https://127.0.0.1:8443"), 200);
  EXPECT_EQ(from("http://calls.example"), 403);
  EXPECT_EQ(from("https://calls.example.evil.example"), 403);
  EXPECT_EQ(from("null"), 403);
}

TEST_F(HttpNames, LeaveOutTheUsualPort) {
  EXPECT_EQ(status_of(HttpGuard(80, false, {}), "127.0.0.1", "127.0.0.1"), 200);
  EXPECT_EQ(status_of(HttpGuard(443, true, {}), "::1", "[::1]"), 200);
  EXPECT_EQ(status_of(HttpGuard(443, false, {}), "127.0.0.1", "127.0.0.1"), 403);
}

TEST(HttpMediaType, LooksAtTheTypeAlone) {
  EXPECT_TRUE(is_media_type("application/json", "application/json"));
  EXPECT_TRUE(is_media_type("Application/JSON ; charset=utf-8", "application/json"));
  EXPECT_FALSE(is_media_type("text/plain; application/json", "application/json"));
  EXPECT_FALSE(is_media_type("", "application/json"));
}

TEST(HttpEvent, KeepsEachLineOfItsData) {
  EXPECT_EQ(event_text(7, "card", "{}"), "id: 7\nevent: card\ndata: {}\n\n");
  EXPECT_EQ(event_text(0, "x", ""), "event: x\ndata: \n\n");
  EXPECT_EQ(event_text(0, "x", "a\n\nb"), "event: x\ndata: a\ndata: \ndata: b\n\n");
}

TEST(HttpAnswer, HasNoBodyWhereNoneMayBe) {
  EXPECT_TRUE(answer_text({200, "text/plain", "abc"}, {}).ends_with("\r\n\r\nabc"));
  const std::string head = answer_text({200, "text/plain", "abc"}, {.head_only = true});
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
  EXPECT_NE(head.find("Content-Length: 3\r\n"), std::string::npos);
  EXPECT_EQ(answer_text({204, "", ""}, {}).find("Content-Length"), std::string::npos);
}

TEST(HttpAnswer, LetsNoValueBreakItsLine) {
  const std::string text =
      answer_text({200, "text/plain", "", {{"Location", "/a\r\nSet-Cookie: b\n\r\nc"}}}, {});
  EXPECT_NE(text.find("Location: /a  Set-Cookie: b   c\r\n"), std::string::npos);
}

TEST(HttpAnswer, IsNotStoredUnlessItSaysOtherwise) {
  EXPECT_NE(answer_text({200, "", ""}, {}).find("Cache-Control: no-store\r\n"), std::string::npos);
  const std::string kept = answer_text({200, "", "", {{"cache-control", "max-age=60"}}}, {});
  EXPECT_EQ(kept.find("no-store"), std::string::npos);
}

TEST(PageKey, IsNewEachTime) {
  const auto one = make_page_key();
  const auto two = make_page_key();
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->size(), 32U);
  EXPECT_EQ(one->find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(*one, *two);
}

TEST(HttpSecret, FitsItselfAlone) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
  EXPECT_FALSE(equal_in_constant_time("", "abc"));
}

TEST(HttpAsset, IsSentUnlessTheBrowserHasIt) {
  const HttpAsset asset("abc", "text/plain");
  const HttpResponse whole = asset.answer({});
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.type, "text/plain");
  EXPECT_EQ(whole.body, "abc");
  const std::string etag = "\"ba7816bf8f01cfea414140de5dae2223\"";
  EXPECT_EQ(whole.headers, (std::vector<NameValue>{{"ETag", etag}, {"Cache-Control", "no-cache"}}));

  HttpRequest again;
  again.headers = {{"if-none-match", "\"other\", W/" + etag}};
  EXPECT_EQ(asset.answer(again).status, 304);
  EXPECT_EQ(asset.answer(again).body, "");
  again.headers = {{"if-none-match", "\"other\""}};
  EXPECT_EQ(asset.answer(again).status, 200);
}

}  // namespace
}  // namespace tonecue
