#include "audio/timeline/earliest_arrivals.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

constexpr double kRange = 5e-4;

/// One arrival a second, of a device that is slower by so much, late as told.
template <typename Late>
EarliestArrivals arrivals(int count, double slowness, const Late& late_s) {
  EarliestArrivals earliest;
  for (int i = 0; i < count; ++i) {
    const auto brought_s = static_cast<double>(i);
    earliest.push({brought_s, 100.0 + brought_s * (1.0 + slowness) + late_s(i)});
  }
  return earliest;
}

double in_time(int /*second*/) { return 0.0; }

TEST(EarliestArrivals, TellNoRateWhereTheyAreFewerThanTwo) {
  EXPECT_FALSE(EarliestArrivals().fit(0.0, kRange));
  const EarliestArrivals one = arrivals(1, 0.0, in_time);
  EXPECT_FALSE(one.fit(0.0, kRange));
  EXPECT_NEAR(one.with(1e-4).time_s, 100.0, 1e-9);
}

TEST(EarliestArrivals, RestOnThoseThatCameInTime) {
  // Each later by 1.7 ms than the one before, and every 17th in time.
  const auto line =
      arrivals(120, 2e-4, [](int second) { return 1.7e-3 * (second % 17); }).fit(0.0, kRange);
  ASSERT_TRUE(line);
  EXPECT_NEAR(line->slowness, 2e-4, 1e-7);
  EXPECT_NEAR(line->time_s, 100.0 + 119.0 * (1.0 + 2e-4), 1e-5) << "though the newest was late";
}

TEST(EarliestArrivals, TellNoRateThatIsOutOfRange) {
  const EarliestArrivals slow = arrivals(60, 3e-3, in_time);
  EXPECT_FALSE(slow.fit(0.0, kRange));
  const auto line = slow.fit(2.8e-3, kRange);
  ASSERT_TRUE(line);
  EXPECT_NEAR(line->slowness, 3e-3, 1e-7);
}

TEST(EarliestArrivals, GoOnOverLostSound) {
  EarliestArrivals earliest = arrivals(60, 1e-4, in_time);
  earliest.delay(0.25);
  for (int i = 60; i < 120; ++i) {
    earliest.push({static_cast<double>(i), 100.25 + static_cast<double>(i) * (1.0 + 1e-4)});
  }
  const auto line = earliest.fit(0.0, kRange);
  ASSERT_TRUE(line);
  EXPECT_NEAR(line->slowness, 1e-4, 1e-7);
}

TEST(EarliestArrivals, ForgetWhatIsThreeMinutesOld) {
  EarliestArrivals earliest = arrivals(60, 0.0, [](int /*second*/) { return -1.0; });
  for (int i = 60; i < 240; ++i) earliest.push({static_cast<double>(i), 100.0 + i});
  const auto line = earliest.fit(0.0, kRange);
  ASSERT_TRUE(line);
  EXPECT_NEAR(line->slowness, 0.0, 1e-7);
  EXPECT_NEAR(line->time_s, 339.0, 1e-6);
}

}  // namespace
}  // namespace tonecue
