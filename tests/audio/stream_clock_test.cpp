#include "audio/stream_clock.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "audio/virtual_device.h"

namespace tonecue {
namespace {

using test::Delivery;
using test::DeviceShape;
using test::VirtualDevice;

double silent(double /*time_s*/) { return 0.0; }

/// A clock, and the device that it watches.
struct Watch {
  VirtualDevice device;
  StreamClock clock;
  std::int64_t sample_times = 0;

  explicit Watch(const DeviceShape& shape) : device(shape, silent), clock(shape.rate_hz) {}

  void until_s(double time_s) {
    while (static_cast<double>(device.next_ns()) < time_s * 1e9) {
      const auto callback = device.next();
      sample_times += std::ssize(callback.samples);
      clock.observe(sample_times, callback.arrival_ns);
    }
  }

  double rate_error_ppm() const { return clock.drift_ppm() - device.shape().ppm; }

  /// How much later than it was the newest sample is said to be.
  double time_error_ms() const {
    return clock.time_ns(static_cast<double>(sample_times)) * 1e-6 -
           device.sample_s(sample_times) * 1e3;
  }
};

struct DeliveryBounds {
  const char* name;
  Delivery delivery;
  double ppm_after_10_s;
  double time_error_ms;
};

class StreamClockOverDeliveries : public testing::TestWithParam<DeliveryBounds> {};

TEST_P(StreamClockOverDeliveries, LearnsTheRateAndTheTimeOfItsSamples) {
  double worst_10_s = 0.0;
  double worst_30_s = 0.0;
  double worst_60_s = 0.0;
  double worst_ms = 0.0;
  for (const double ppm : {-300.0, 0.0, 150.0, 300.0}) {
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
      Watch watch({.rate_hz = 8000, .ppm = ppm, .delivery = GetParam().delivery, .seed = seed});
      watch.until_s(0.25);
      ASSERT_TRUE(watch.clock.settled());
      for (int half = 1; half <= 1200; ++half) {
        const double time_s = 0.5 * half;
        watch.until_s(time_s);
        worst_ms = std::max(worst_ms, std::abs(watch.time_error_ms()));
        const double error = std::abs(watch.rate_error_ppm());
        if (time_s == 10.0) worst_10_s = std::max(worst_10_s, error);
        if (time_s == 30.0) worst_30_s = std::max(worst_30_s, error);
        if (time_s >= 60.0) worst_60_s = std::max(worst_60_s, error);
      }
      EXPECT_LE(watch.clock.steps(), 1) << "at the start";
    }
  }
  EXPECT_LT(worst_10_s, GetParam().ppm_after_10_s);
  EXPECT_LT(worst_60_s, 10.0);
  EXPECT_LT(worst_ms, GetParam().time_error_ms);
  std::cout << GetParam().name << ": off by " << worst_10_s << " ppm after 10 s, " << worst_30_s
            << " after 30 s, " << worst_60_s << " ppm after 60 s, " << worst_ms << " ms at most\n";
}

INSTANTIATE_TEST_SUITE_P(, StreamClockOverDeliveries,
                         testing::Values(DeliveryBounds{"even callbacks", {}, 10.0, 0.7},
                                         DeliveryBounds{
                                             "up to 20 ms late", {.jitter_ms = 20.0}, 200.0, 4.0},
                                         DeliveryBounds{"bursts of 4", {.burst = 4}, 10.0, 0.7},
                                         DeliveryBounds{"bursts of 4, up to 10 ms late",
                                                        {.jitter_ms = 10.0, .burst = 4},
                                                        200.0,
                                                        3.0}));

TEST(StreamClock, KeepsTimeWhereEverythingThatStalledComesAtOnce) {
  Watch watch({.rate_hz = 8000, .ppm = 200.0, .delivery = {.jitter_ms = 5.0}});
  watch.until_s(30.0);
  watch.device.hold_until(31000.0);
  for (int tenths = 311; tenths < 400; ++tenths) {
    const double time_s = 0.1 * tenths;
    watch.until_s(time_s);
    EXPECT_LT(std::abs(watch.time_error_ms()), 1.0) << time_s;
  }
  EXPECT_EQ(watch.clock.steps(), 0);
}

TEST(StreamClock, TakesLatenessThatStaysForSoundThatWasLost) {
  Watch watch({.rate_hz = 8000, .ppm = 200.0, .delivery = {.jitter_ms = 5.0}});
  watch.until_s(30.0);
  watch.device.lose_until(31000.0);
  watch.until_s(31.4);
  EXPECT_EQ(watch.clock.steps(), 1);
  EXPECT_LT(std::abs(watch.time_error_ms()), 2.0);
  EXPECT_LT(std::abs(watch.rate_error_ppm()), 10.0) << "the rate is kept";
}

TEST(StreamClock, FindsALostBlockOf10ms) {
  Watch watch({.delivery = {.jitter_ms = 5.0}});
  watch.until_s(30.0);
  watch.device.lose_until(30010.0);
  watch.until_s(40.5);
  EXPECT_EQ(watch.clock.steps(), 1);
  EXPECT_LT(std::abs(watch.time_error_ms()), 1.0);
  EXPECT_LT(std::abs(watch.rate_error_ppm()), 10.0);
}

/// A null sink of PulseAudio that plays: for some seconds each block comes a little later, up to 7
/// ms, and then the next in time.
TEST(StreamClock, KeepsTimeThroughAServerThatSlipsAndCatchesUp) {
  StreamClock clock(48000);
  double worst_ms = 0.0;
  for (std::int64_t block = 1; block <= 6000; ++block) {
    const std::int64_t slipped_ns = block % 430 * std::int64_t{16'000};
    clock.observe(block * 480, block * std::int64_t{10'000'000} + slipped_ns);
    if (block < 1000) continue;
    const double error_ms =
        clock.time_ns(static_cast<double>(block) * 480) * 1e-6 - static_cast<double>(block) * 10.0;
    worst_ms = std::max(worst_ms, std::abs(error_ms));
    ASSERT_LT(std::abs(clock.drift_ppm()), 300.0) << block;
  }
  EXPECT_LT(worst_ms, 2.0);
  EXPECT_LE(clock.steps(), 1);
}

TEST(StreamClock, StartsAnewWhereALoneFirstCallbackCameTooEarly) {
  StreamClock clock(48000);
  clock.observe(480, 0);
  for (int block = 1; block < 30; ++block) {
    clock.observe(std::int64_t{480} * (block + 1),
                  1'000'000'000 + block * std::int64_t{10'000'000});
  }
  ASSERT_TRUE(clock.settled());
  EXPECT_NEAR(clock.time_ns(480 * 30) * 1e-6, 1290.0, 1.0);
}

class StreamClockOverWrongRates : public testing::TestWithParam<double> {};

TEST_P(StreamClockOverWrongRates, LearnsARateThatWasToldWrong) {
  Watch watch({.rate_hz = 8000, .ppm = GetParam(), .delivery = {.jitter_ms = 5.0}});
  watch.until_s(60.0);
  EXPECT_FALSE(watch.clock.learning());
  EXPECT_NEAR(watch.clock.drift_ppm(), GetParam(), 100.0);
  const auto steps = watch.clock.steps();
  watch.until_s(120.0);
  EXPECT_EQ(watch.clock.steps(), steps);
  EXPECT_NEAR(watch.clock.drift_ppm(), GetParam(), 20.0);
  EXPECT_LT(std::abs(watch.time_error_ms()), 1.0);
}

INSTANTIATE_TEST_SUITE_P(, StreamClockOverWrongRates,
                         testing::Values(-81250.0, -15000.0, -3000.0, 3000.0, 15000.0, 88435.0));

}  // namespace
}  // namespace tonecue
