#include "server/http/http_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/desk/page_key.h"
#include "server/http/http_answer.h"

namespace tonecue {
namespace {

TEST(HttpTarget, DecodesPathAndQuery) {
  const auto target = parse_target("/a%2Fb+c?key=a%20b+c%3D&empty=&flag&=nameless&&last=1?2");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a/b+c");
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

TEST(PageKey, IsNewEachTime) {
  const auto one = make_page_key();
  const auto two = make_page_key();
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->size(), 32U);
  EXPECT_EQ(one->find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(*one, *two);
}

TEST(PageKey, FitsItselfAlone) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
  EXPECT_FALSE(equal_in_constant_time("", "abc"));
}

TEST(Fingerprint, IsTheBeginningOfSha256) {
  EXPECT_EQ(fingerprint("abc"), "ba7816bf8f01cfea414140de5dae2223");
}

}  // namespace
}  // namespace tonecue
