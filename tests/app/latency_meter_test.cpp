#include "app/live/latency_meter.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

TEST(LatencyMeter, TellsTheDelayThatAPartOfAllStayedWithin) {
  LatencyMeter meter;
  for (int i = 1; i <= 100; ++i) meter.add(milliseconds(i));
  EXPECT_EQ(meter.count(), 100);
  EXPECT_EQ(meter.within_ms(0.5), 50);
  EXPECT_EQ(meter.within_ms(0.99), 99);
  EXPECT_EQ(meter.within_ms(1.0), 100);
}

TEST(LatencyMeter, RoundsUpSoThatNothingLooksBetterThanItWas) {
  LatencyMeter meter;
  meter.add(microseconds(20'001));
  EXPECT_EQ(meter.within_ms(0.5), 21);
}

TEST(LatencyMeter, TakesWhatIsLongerThanItCanTellForItsLongest) {
  LatencyMeter meter;
  meter.add(std::chrono::hours(1));
  EXPECT_EQ(meter.within_ms(1.0), 999);
}

TEST(LatencyMeter, SaysNothingOfNothing) { EXPECT_EQ(LatencyMeter{}.within_ms(0.99), 0); }

}  // namespace
}  // namespace tonecue
