// What counts as one view of a call.
#include "server/review/call_views.h"

#include <atomic>
#include <future>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;
constexpr std::int64_t kAskAgainMs = 5'000;
constexpr std::int64_t kHourMs = 3'600'000;

// Whether it was written down.
bool is_new(CallViews& views, const std::string& viewer, CallAsked asked,
            std::int64_t now_unix_ms) {
  bool written = false;
  const auto done = views.write_once(viewer, asked, now_unix_ms, [&] {
    written = true;
    return Result<void>();
  });
  EXPECT_TRUE(done);
  return written;
}

TEST(CallViews, CountEachOpening) {
  CallViews views;
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::opened, kNow));
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::opened, kNow + 1));
  EXPECT_TRUE(is_new(views, "1 bob", CallAsked::opened, kNow + 1));
  EXPECT_TRUE(is_new(views, "2 ann", CallAsked::opened, kNow + 1));
}

TEST(CallViews, TakeCallAndTrackForOneOpeningInEitherOrder) {
  CallViews views;
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::opened, kNow));
  EXPECT_FALSE(is_new(views, "1 ann", CallAsked::track, kNow));
  EXPECT_TRUE(is_new(views, "2 ann", CallAsked::track, kNow));
  EXPECT_FALSE(is_new(views, "2 ann", CallAsked::opened, kNow + 20));
  EXPECT_TRUE(is_new(views, "2 ann", CallAsked::opened, kNow + 40)) << "another opening";
}

TEST(CallViews, CountAnOpeningLongAfterTheTrackAlone) {
  CallViews views;
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::track, kNow));
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::opened, kNow + CallViews::kOpeningMs + 1));
}

TEST(CallViews, CountATrackAloneOnceInAnHour) {
  CallViews views;
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::track, kNow));
  EXPECT_FALSE(is_new(views, "1 ann", CallAsked::track, kNow + kHourMs - 1));
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::track, kNow + kHourMs));
}

TEST(CallViews, AreOneWhileAPageFollowsACallHoweverLong) {
  CallViews views;
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::opened, kNow));
  for (std::int64_t later = kAskAgainMs; later < 3 * kHourMs; later += kAskAgainMs) {
    ASSERT_FALSE(is_new(views, "1 ann", CallAsked::followed, kNow + later)) << later;
    ASSERT_FALSE(is_new(views, "1 ann", CallAsked::track, kNow + later + 1)) << later;
  }
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::opened, kNow + 3 * kHourMs)) << "opened again";
}

TEST(CallViews, AreAnotherWhenWhoFollowsWasAwayOrHasNotOpened) {
  CallViews views;
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::followed, kNow)) << "never opened";
  EXPECT_FALSE(is_new(views, "1 ann", CallAsked::followed, kNow + CallViews::kLongestPauseMs));
  EXPECT_TRUE(
      is_new(views, "1 ann", CallAsked::followed, kNow + 2 * CallViews::kLongestPauseMs + 1))
      << "was away";
  EXPECT_TRUE(is_new(views, "2 ann", CallAsked::track, kNow));
  EXPECT_TRUE(is_new(views, "2 ann", CallAsked::followed, kNow)) << "saw the track alone";
  EXPECT_TRUE(is_new(views, "1 bob", CallAsked::followed, kNow)) << "another session";
}

TEST(CallViews, ThatCouldNotBeWrittenDownAreStillNew) {
  CallViews views;
  const auto done = views.write_once("1 ann", CallAsked::opened, kNow, []() -> Result<void> {
    return failure(ErrorCode::unwritable, "the disk is full");
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message, "the disk is full");
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::followed, kNow));
}

// A page asks for call and track on two connections.
TEST(CallViews, ShowNothingOfAViewThatIsNotWrittenYet) {
  CallViews views;
  std::promise<void> begun;
  std::promise<void> let_go;
  std::atomic<bool> written = false;
  std::thread opening([&] {
    const auto done = views.write_once("1 ann", CallAsked::opened, kNow, [&] {
      begun.set_value();
      let_go.get_future().wait();
      written = true;
      return Result<void>();
    });
    EXPECT_TRUE(done);
  });
  begun.get_future().wait();
  std::thread rest([&] {
    EXPECT_FALSE(is_new(views, "1 ann", CallAsked::track, kNow));
    EXPECT_TRUE(written);
  });
  EXPECT_TRUE(is_new(views, "1 bob", CallAsked::opened, kNow)) << "others do not wait";
  let_go.set_value();
  opening.join();
  rest.join();
}

TEST(CallViews, ForgetTheOldestWhenThereAreTooMany) {
  CallViews views;
  for (std::size_t i = 1; i < CallViews::kMostKept; ++i) {
    is_new(views, std::to_string(i), CallAsked::track, kNow - kHourMs);
  }
  EXPECT_TRUE(is_new(views, "1 ann", CallAsked::opened, kNow));
  EXPECT_TRUE(is_new(views, "one more", CallAsked::opened, kNow));
  EXPECT_FALSE(is_new(views, "1 ann", CallAsked::followed, kNow)) << "is not old";
  EXPECT_TRUE(is_new(views, "1", CallAsked::followed, kNow)) << "was forgotten";
}

TEST(CallViews, DoNotGrowForEver) {
  CallViews views;
  for (std::size_t i = 0; i < CallViews::kMostKept; ++i) {
    is_new(views, std::to_string(i), CallAsked::opened, kNow);
  }
  is_new(views, "one more", CallAsked::opened, kNow);
  EXPECT_TRUE(is_new(views, "0", CallAsked::followed, kNow));
}

}  // namespace
}  // namespace tonecue
