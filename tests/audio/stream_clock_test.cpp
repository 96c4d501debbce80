#include "audio/timeline/stream_clock.h"

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
  for (int tenth = 311; tenth < 400; ++tenth) {
    const double time_s = tenth / 10.0;
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

/// A null sink of PulseAudio, seen by PortAudio: its timer is some 50 us late for each block, and
/// it brings what the clock says, a little more than a block. Each callback takes one whole block
/// and is later than the one before, until another whole block has gathered, which comes at once.
struct SlippingServer {
  double block_s = 0.030;
  double slip_s = 55e-6;
  double start_s = 0.013;  // How late the first block is.
  double ppm = 0.0;
  int rate_hz = 16000;
  double lost_s = 0.0;  // Of its sound.

  double true_s(std::int64_t block) const {
    return lost_s + static_cast<double>(block) * block_s / (1.0 + ppm * 1e-6);
  }
  double late_s(std::int64_t block) const {
    const double scheduling_s = block % 7 == 0 ? 0.0035 : 1e-5 * static_cast<double>(block % 3);
    return std::fmod(start_s + static_cast<double>(block) * slip_s, block_s) + scheduling_s;
  }
  std::int64_t sample_times(std::int64_t block) const {
    return block * std::llround(block_s * rate_hz);
  }
};

/// A clock that watches such a server.
struct SlipWatch {
  SlippingServer server;
  StreamClock clock;
  std::int64_t blocks = 0;
  double arrived_s = 0.0;

  explicit SlipWatch(const SlippingServer& slipping) : server(slipping), clock(server.rate_hz) {}

  /// @return The worst error of the newest sample's time, in ms, on the way.
  double until_s(double time_s) {
    double worst_ms = 0.0;
    for (; server.true_s(blocks) < time_s; ++blocks) {
      const std::int64_t block = blocks + 1;
      arrived_s = std::max(arrived_s, server.true_s(block) + server.late_s(block));
      clock.observe(server.sample_times(block), std::llround(arrived_s * 1e9));
      const double told_s = clock.time_ns(static_cast<double>(server.sample_times(block))) * 1e-9;
      worst_ms = std::max(worst_ms, std::abs(told_s - server.true_s(block)) * 1e3);
    }
    return worst_ms;
  }
};

class StreamClockOverSlips : public testing::TestWithParam<SlippingServer> {};

TEST_P(StreamClockOverSlips, KnowsTheRateOfAServerThatSlipsAndCatchesUp) {
  SlipWatch watch(GetParam());
  EXPECT_LT(watch.until_s(60.0), GetParam().block_s * 1e3 + 4.0);
  EXPECT_NEAR(watch.clock.drift_ppm(), GetParam().ppm, 50.0);
  const auto steps = watch.clock.steps();
  EXPECT_LE(steps, 2);
  EXPECT_LT(watch.until_s(1800.0), 1.5);
  EXPECT_NEAR(watch.clock.drift_ppm(), GetParam().ppm, 20.0);
  EXPECT_EQ(watch.clock.steps(), steps);
}

INSTANTIATE_TEST_SUITE_P(
    , StreamClockOverSlips,
    testing::Values(SlippingServer{}, SlippingServer{.slip_s = 90e-6},
                    SlippingServer{.start_s = 0.0295}, SlippingServer{.ppm = -300.0},
                    SlippingServer{.ppm = 300.0}, SlippingServer{.block_s = 0.020, .slip_s = 36e-6},
                    SlippingServer{.block_s = 0.010, .slip_s = 16e-6, .rate_hz = 48000}));

/// 670 ppm are more than a crystal, and slower than a minute's patience is.
TEST(StreamClock, FindsBackFromASlipThatLookedLikeAWrongRate) {
  SlipWatch watch({.slip_s = 20e-6, .ppm = -300.0});
  watch.until_s(180.0);
  EXPECT_NEAR(watch.clock.drift_ppm(), -300.0, 20.0);
  EXPECT_LT(watch.until_s(1800.0), 1.5);
}

TEST(StreamClock, FindsALossInTheSoundOfAServerThatSlips) {
  SlipWatch watch({});
  watch.until_s(60.0);
  const auto steps = watch.clock.steps();
  watch.server.lost_s = 0.010;
  watch.until_s(140.0);
  EXPECT_EQ(watch.clock.steps(), steps + 1);
  EXPECT_LT(watch.until_s(300.0), 1.5);
  EXPECT_NEAR(watch.clock.drift_ppm(), 0.0, 50.0);
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
                         testing::Values(-81250.0, -15000.0, -3000.0, -1500.0, 1000.0, 3000.0,
                                         15000.0, 88435.0));

}  // namespace
}  // namespace tonecue
