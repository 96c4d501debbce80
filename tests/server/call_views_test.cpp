// What counts as one view of a call.
#include "server/review/call_views.h"

#include <string>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;
constexpr std::int64_t kAskAgainMs = 5'000;
constexpr std::int64_t kHourMs = 3'600'000;

TEST(CallViews, CountEachOpening) {
  CallViews views;
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::opened, kNow));
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::opened, kNow + 1));
  EXPECT_TRUE(views.is_new("1 bob", CallAsked::opened, kNow + 1));
  EXPECT_TRUE(views.is_new("2 ann", CallAsked::opened, kNow + 1));
}

TEST(CallViews, TakeCallAndTrackForOneOpeningInEitherOrder) {
  CallViews views;
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::opened, kNow));
  EXPECT_FALSE(views.is_new("1 ann", CallAsked::track, kNow));
  EXPECT_TRUE(views.is_new("2 ann", CallAsked::track, kNow));
  EXPECT_FALSE(views.is_new("2 ann", CallAsked::opened, kNow + 20));
  EXPECT_TRUE(views.is_new("2 ann", CallAsked::opened, kNow + 40)) << "another opening";
}

TEST(CallViews, CountAnOpeningLongAfterTheTrackAlone) {
  CallViews views;
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::track, kNow));
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::opened, kNow + CallViews::kOpeningMs + 1));
}

TEST(CallViews, CountATrackAloneOnceInAnHour) {
  CallViews views;
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::track, kNow));
  EXPECT_FALSE(views.is_new("1 ann", CallAsked::track, kNow + kHourMs - 1));
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::track, kNow + kHourMs));
}

TEST(CallViews, AreOneWhileAPageFollowsACallHoweverLong) {
  CallViews views;
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::opened, kNow));
  for (std::int64_t later = kAskAgainMs; later < 3 * kHourMs; later += kAskAgainMs) {
    ASSERT_FALSE(views.is_new("1 ann", CallAsked::followed, kNow + later)) << later;
    ASSERT_FALSE(views.is_new("1 ann", CallAsked::track, kNow + later + 1)) << later;
  }
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::opened, kNow + 3 * kHourMs)) << "opened again";
}

TEST(CallViews, AreAnotherWhenWhoFollowsWasAwayOrHasNotOpened) {
  CallViews views;
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::followed, kNow)) << "never opened";
  EXPECT_FALSE(views.is_new("1 ann", CallAsked::followed, kNow + CallViews::kLongestPauseMs));
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::followed, kNow + 2 * CallViews::kLongestPauseMs + 1))
      << "was away";
  EXPECT_TRUE(views.is_new("2 ann", CallAsked::track, kNow));
  EXPECT_TRUE(views.is_new("2 ann", CallAsked::followed, kNow)) << "saw the track alone";
  EXPECT_TRUE(views.is_new("1 bob", CallAsked::followed, kNow)) << "another session";
}

TEST(CallViews, ThatCouldNotBeWrittenDownAreStillNew) {
  CallViews views;
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::opened, kNow));
  views.forget("1 ann");
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::followed, kNow));
}

TEST(CallViews, ForgetTheOldestWhenThereAreTooMany) {
  CallViews views;
  for (std::size_t i = 1; i < CallViews::kMostKept; ++i) {
    views.is_new(std::to_string(i), CallAsked::track, kNow - kHourMs);
  }
  EXPECT_TRUE(views.is_new("1 ann", CallAsked::opened, kNow));
  EXPECT_TRUE(views.is_new("one more", CallAsked::opened, kNow));
  EXPECT_FALSE(views.is_new("1 ann", CallAsked::followed, kNow)) << "is not old";
  EXPECT_TRUE(views.is_new("1", CallAsked::followed, kNow)) << "was forgotten";
}

TEST(CallViews, DoNotGrowForEver) {
  CallViews views;
  for (std::size_t i = 0; i < CallViews::kMostKept; ++i) {
    views.is_new(std::to_string(i), CallAsked::opened, kNow);
  }
  views.is_new("one more", CallAsked::opened, kNow);
  EXPECT_TRUE(views.is_new("0", CallAsked::followed, kNow));
}

}  // namespace
}  // namespace tonecue
