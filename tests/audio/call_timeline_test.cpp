#include "audio/timeline/call_timeline.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <numbers>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "audio/virtual_desk.h"
#include "support/signals.h"
#include "support/tone_fit.h"

namespace tonecue {
namespace {

using test::ClickListener;
using test::Delivery;
using test::VirtualDesk;

constexpr double kHalfAnHourS = 1800.0;
constexpr double kFiveMinutesS = 300.0;

/// How far clicks made at one time come out apart, and from where they belong.
struct Alignment {
  double apart_ms = 0.0;
  double apart_after_10_s_ms = 0.0;
  double off_ms = 0.0;
  int clicks = 0;
};

Alignment alignment_of(const ClickListener& heard) {
  Alignment result;
  const auto count = std::min(heard.meters.agent.size(), heard.meters.customer.size());
  for (std::size_t second = 0; second < count; ++second) {
    const auto agent = heard.meters.agent.late_ms(second);
    const auto customer = heard.meters.customer.late_ms(second);
    if (!agent || !customer) continue;
    const double apart = std::abs(*agent - *customer);
    result.apart_ms = std::max(result.apart_ms, apart);
    if (second >= 10) result.apart_after_10_s_ms = std::max(result.apart_after_10_s_ms, apart);
    result.off_ms = std::max({result.off_ms, std::abs(*agent), std::abs(*customer)});
    ++result.clicks;
  }
  return result;
}

struct Drifting {
  const char* name;
  int agent_rate_hz;
  int customer_rate_hz;
  Delivery agent;
  Delivery customer;
  double length_s;
};

class CallTimelineOverDevices : public testing::TestWithParam<Drifting> {};

TEST_P(CallTimelineOverDevices, KeepsThePartiesTogetherAt300ppm) {
  const Drifting& devices = GetParam();
  VirtualDesk desk({{.rate_hz = devices.agent_rate_hz,
                     .ppm = 150.0,
                     .start_ms = 130.0,
                     .delivery = devices.agent},
                    {.rate_hz = devices.customer_rate_hz,
                     .ppm = -150.0,
                     .start_ms = 517.0,
                     .delivery = devices.customer,
                     .seed = 2}});
  ClickListener heard(desk);
  desk.run_until(devices.length_s);
  desk.finish();

  const auto alignment = alignment_of(heard);
  EXPECT_GE(alignment.clicks, static_cast<int>(devices.length_s) - 2);
  EXPECT_LT(alignment.apart_ms, 5.0);
  EXPECT_LT(alignment.apart_after_10_s_ms, 1.5);
  EXPECT_LT(alignment.off_ms, 5.0);
  EXPECT_NEAR(desk.timeline().drift_ppm(0), 150.0, 15.0);
  EXPECT_NEAR(desk.timeline().drift_ppm(1), -150.0, 15.0);
  const double length_s = static_cast<double>(desk.timeline().given_samples()) / kSampleRateHz;
  const double origin_s = static_cast<double>(desk.timeline().origin_ns()) * 1e-9;
  EXPECT_NEAR(origin_s, 0.517, 0.01);
  EXPECT_LT(length_s, devices.length_s - origin_s + 0.001);
  EXPECT_GT(length_s, devices.length_s - origin_s - 0.05) << "but for what has not come yet";
  for (const int stream : {0, 1}) {
    EXPECT_EQ(desk.timeline().counts(stream).gaps, 0);
    EXPECT_EQ(desk.timeline().counts(stream).dropped_samples, 0);
    EXPECT_EQ(desk.timeline().counts(stream).moves, 0);
  }
  std::cout << devices.name << ": apart by at most " << alignment.apart_ms << " ms, after 10 s "
            << alignment.apart_after_10_s_ms << " ms; off by at most " << alignment.off_ms
            << " ms\n";
}

constexpr Delivery kEven{};
constexpr Delivery kLate{.jitter_ms = 20.0};
constexpr Delivery kBursts{.burst = 4};

INSTANTIATE_TEST_SUITE_P(
    , CallTimelineOverDevices,
    testing::Values(
        Drifting{"16 kHz, up to 20 ms late", 16000, 16000, kLate, kLate, kHalfAnHourS},
        Drifting{"44.1 kHz, up to 20 ms late", 44100, 44100, kLate, kLate, kFiveMinutesS},
        Drifting{"48 kHz, up to 20 ms late", 48000, 48000, kLate, kLate, kFiveMinutesS},
        Drifting{"48 kHz late, 16 kHz in bursts of 4", 48000, 16000, kLate, kBursts, kFiveMinutesS},
        Drifting{"8 kHz even, 48 kHz late", 8000, 48000, kEven, kLate, kFiveMinutesS}));

TEST(CallTimeline, KeepsToneCleanThroughTheCorrectionOfDrift) {
  struct Worst {
    double noise_db = -200.0;
    double off_ppm = 0.0;
  };
  Worst first_10_s;
  Worst later;
  for (const double frequency_hz : {200.0, 1000.0, 3000.0}) {
    VirtualDesk desk({{.rate_hz = 8000, .ppm = 300.0, .delivery = kLate}}, [&](double time_s) {
      return 0.5 * std::sin(2.0 * std::numbers::pi * frequency_hz * time_s);
    });
    test::Signal heard;
    desk.listener = [&](std::int64_t, const CallBlock& block) {
      heard.insert(heard.end(), block.agent.begin(), block.agent.end());
    };
    desk.run_until(40.0);
    constexpr std::size_t kStretch = 800;
    for (std::size_t at = 800; at + kStretch < heard.size(); at += 3 * kStretch) {
      const auto stretch = std::span(heard).subspan(at, kStretch);
      const double turns = frequency_hz / kSampleRateHz;
      const double found = test::find_tone(stretch, turns);
      Worst& worst = at < 80000 ? first_10_s : later;
      worst.noise_db = std::max(worst.noise_db, test::fit_tone(stretch, found).noise_db);
      worst.off_ppm = std::max(worst.off_ppm, std::abs(found / turns - 1.0) * 1e6);
    }
  }
  EXPECT_LT(first_10_s.off_ppm, 2200.0);
  EXPECT_LT(later.noise_db, -40.0);
  EXPECT_LT(later.off_ppm, 400.0);
  std::cout << "a tone of up to 3 kHz, 100 ms at a time, after 10 s: noise at most "
            << later.noise_db << " dB, off by at most " << later.off_ppm
            << " ppm; before: " << first_10_s.noise_db << " dB, " << first_10_s.off_ppm << " ppm\n";
}

TEST(CallTimeline, PassesOneEvenDeviceThroughUnchanged) {
  auto timeline = CallTimeline::create(std::vector{StreamLayout{.channels = 1}});
  ASSERT_TRUE(timeline);
  const auto voice = test::white_noise(20000, -20.0F);
  test::Signal heard;
  constexpr std::size_t kBlock = 80;
  for (std::size_t i = 0; i + kBlock <= voice.size(); i += kBlock) {
    const auto now_ns = static_cast<std::int64_t>(i + kBlock) * 125'000;
    timeline->push(0, std::span(voice).subspan(i, kBlock), now_ns);
    const auto block = timeline->read(now_ns, 800);
    heard.insert(heard.end(), block.agent.begin(), block.agent.end());
    for (const float sample : block.customer) ASSERT_EQ(sample, 0.0F);
  }
  timeline->finish();
  const auto rest = timeline->read(0, 800);
  heard.insert(heard.end(), rest.agent.begin(), rest.agent.end());
  ASSERT_EQ(heard.size(), voice.size());
  for (std::size_t i = 0; i < voice.size(); ++i) ASSERT_NEAR(heard[i], voice[i], 1e-6F) << i;
  EXPECT_TRUE(timeline->read(0, 800).agent.empty());
}

TEST(CallTimeline, GivesBothPartiesOfAStereoDeviceSampleForSample) {
  const auto left = test::white_noise(40000, -20.0F, 1);
  for (const Channel agent_channel : {Channel::left, Channel::right}) {
    auto timeline = CallTimeline::create(
        std::vector{StreamLayout{.sample_rate_hz = 16000, .agent_channel = agent_channel}});
    ASSERT_TRUE(timeline);
    std::size_t samples = 0;
    constexpr std::size_t kBlock = 160;
    for (std::size_t i = 0; i + kBlock <= left.size(); i += kBlock) {
      test::Signal both;
      for (std::size_t k = i; k < i + kBlock; ++k) {
        both.push_back(left[k]);
        both.push_back(-left[k]);
      }
      // 250 ppm slow, so that it is read between its samples.
      const auto now_ns = static_cast<std::int64_t>(i + kBlock) * 62516;
      timeline->push(0, both, now_ns);
      const auto block = timeline->read(now_ns, 800);
      for (std::size_t k = 0; k < block.agent.size(); ++k) {
        ASSERT_EQ(block.agent[k], -block.customer[k]);
      }
      samples += block.agent.size();
    }
    EXPECT_GT(samples, 19800U);
    EXPECT_NEAR(timeline->drift_ppm(0), -256.0, 20.0);
  }
}

TEST(CallTimeline, IsAsLongAsTheClockSays) {
  for (const double ppm : {-300.0, 300.0}) {
    VirtualDesk desk({{.rate_hz = 44100, .ppm = ppm, .delivery = kLate}});
    desk.run_until(300.0);
    const double end_ms = desk.device(0).delivered_ms();
    desk.finish();
    const double length_ms =
        static_cast<double>(desk.timeline().given_samples()) * 1e3 / kSampleRateHz;
    EXPECT_NEAR(length_ms, end_ms - desk.world_s(0) * 1e3, 3.0);
    EXPECT_NEAR(desk.world_s(0), 0.0, 0.005);
  }
}

TEST(CallTimeline, TakesNaNForSilenceAndClipsWhatIsTooLoud) {
  auto timeline = CallTimeline::create(std::vector{StreamLayout{.channels = 1}});
  ASSERT_TRUE(timeline);
  for (int i = 1; i <= 100; ++i) {
    std::vector<float> block(80, 7.0F);
    block[3] = std::numeric_limits<float>::quiet_NaN();
    timeline->push(0, block, i * std::int64_t{10'000'000});
  }
  const auto heard = timeline->read(1'000'000'000, 800);
  ASSERT_EQ(heard.agent.size(), 800U);
  EXPECT_EQ(heard.agent[83], 0.0F);
  EXPECT_EQ(heard.agent[84], 1.0F);
  EXPECT_EQ(timeline->counts(0).invalid_samples, 100);
}

TEST(CallTimeline, TakesOneStreamOrTwoWithAPartyEach) {
  const StreamLayout agent{.channels = 1, .party = Party::agent};
  const StreamLayout customer{.channels = 1, .party = Party::customer};
  const StreamLayout both{};
  const StreamLayout fast{.sample_rate_hz = 96000, .channels = 1};
  EXPECT_TRUE(CallTimeline::create(std::vector{agent}));
  EXPECT_TRUE(CallTimeline::create(std::vector{both}));
  EXPECT_TRUE(CallTimeline::create(std::vector{customer, agent}));
  for (const auto& streams :
       {std::vector<StreamLayout>{}, std::vector{agent, agent}, std::vector{agent, both},
        std::vector{fast}, std::vector{agent, customer, agent}}) {
    const auto timeline = CallTimeline::create(streams);
    ASSERT_FALSE(timeline);
    EXPECT_EQ(timeline.error().code, ErrorCode::invalid_argument);
  }
}

}  // namespace
}  // namespace tonecue
