#include "tonecue/store/sessions.h"

#include <string>

#include <gtest/gtest.h>

#include "store/database/store_impl.h"
#include "store/temp_store.h"

namespace tonecue {
namespace {

using test::open_store;
using test::TempFolder;

constexpr std::int64_t kNow = 1'800'000'000'000;
constexpr std::int64_t kMinuteMs = 60'000;

class SessionsOfAStore : public testing::Test {
 protected:
  bool goes_on(const std::string& key, std::int64_t now) {
    const auto found = sessions_.find(key, now);
    EXPECT_TRUE(found) << found.error().message;
    return found && found->has_value();
  }

  TempFolder folder_;
  Store store_ = open_store(folder_.path());
  Sessions sessions_{store_};
  std::int64_t ann_ =
      People(store_).add({.login = "ann", .name = "Ann"}, "correct horse battery").value();
};

TEST_F(SessionsOfAStore, AreFoundByTheirKeyAlone) {
  const std::string key = sessions_.begin(ann_, kNow).value();
  const auto found = sessions_.find(key, kNow).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->person.login, "ann");
  EXPECT_GE(found->csrf.size(), 32U);
  EXPECT_EQ(found->csrf.find(key.substr(0, 16)), std::string::npos);

  EXPECT_FALSE(goes_on("", kNow));
  EXPECT_FALSE(goes_on(std::string(64, '0'), kNow));
  EXPECT_FALSE(goes_on(key + "0", kNow));
  EXPECT_FALSE(goes_on("' OR 1=1 --", kNow));
}

TEST_F(SessionsOfAStore, HaveAKeyAndACsrfTokenEach) {
  const std::string one = sessions_.begin(ann_, kNow).value();
  const std::string other = sessions_.begin(ann_, kNow).value();
  EXPECT_NE(one, other);
  EXPECT_NE(sessions_.find(one, kNow).value()->csrf, sessions_.find(other, kNow).value()->csrf);
}

TEST_F(SessionsOfAStore, AreKeptWithoutTheirKey) {
  const std::string key = sessions_.begin(ann_, kNow).value();
  const std::string csrf = sessions_.find(key, kNow).value()->csrf;
  auto reading = store_.impl().read();
  Statement rows = reading->prepare("SELECT * FROM sessions");
  ASSERT_TRUE(rows.step());
  for (int column = 0; column < 4; ++column) {
    EXPECT_NE(rows.text(column), key);
    EXPECT_NE(rows.text(column), csrf);
  }
}

TEST_F(SessionsOfAStore, EndAfterAnHourWithoutARequest) {
  const std::string key = sessions_.begin(ann_, kNow).value();
  EXPECT_TRUE(goes_on(key, kNow + 59 * kMinuteMs));
  EXPECT_TRUE(goes_on(key, kNow + (59 + 59) * kMinuteMs));
  EXPECT_FALSE(goes_on(key, kNow + (59 + 59 + 60) * kMinuteMs));
}

TEST_F(SessionsOfAStore, EndTwelveHoursAfterTheyBegan) {
  const std::string key = sessions_.begin(ann_, kNow).value();
  for (int half_hours = 1; half_hours < 24; ++half_hours) {
    ASSERT_TRUE(goes_on(key, kNow + std::int64_t{half_hours} * 30 * kMinuteMs)) << half_hours;
  }
  EXPECT_FALSE(goes_on(key, kNow + std::int64_t{24} * 30 * kMinuteMs));
}

TEST_F(SessionsOfAStore, DoNotComeFromTheFuture) {
  const std::string key = sessions_.begin(ann_, kNow).value();
  EXPECT_FALSE(goes_on(key, kNow - 1));
}

TEST_F(SessionsOfAStore, EndOneByOneOrAllOfAPerson) {
  const std::string one = sessions_.begin(ann_, kNow).value();
  const std::string two = sessions_.begin(ann_, kNow).value();
  const std::string three = sessions_.begin(ann_, kNow).value();
  ASSERT_TRUE(sessions_.end(one));
  EXPECT_FALSE(goes_on(one, kNow));
  EXPECT_TRUE(goes_on(two, kNow));
  ASSERT_TRUE(sessions_.end_all(ann_));
  EXPECT_FALSE(goes_on(two, kNow));
  EXPECT_FALSE(goes_on(three, kNow));
  EXPECT_TRUE(sessions_.end("no key"));
}

TEST_F(SessionsOfAStore, AreForgottenOnceTheyEnded) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(sessions_.begin(ann_, kNow));
  ASSERT_TRUE(sessions_.begin(ann_, kNow + Sessions::kLongestMs));
  auto reading = store_.impl().read();
  EXPECT_EQ(reading->connection().integer_of("SELECT count(*) FROM sessions"), 1);
}

TEST_F(SessionsOfAStore, OfNobodyDoNotBegin) { EXPECT_FALSE(sessions_.begin(99, kNow)); }

}  // namespace
}  // namespace tonecue
