#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <limits>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "audio/virtual_desk.h"

namespace tonecue {
namespace {

using test::ClickListener;
using test::Delivery;
using test::DeviceShape;
using test::VirtualDesk;

constexpr Delivery kServer{.jitter_ms = 15.0};

DeviceShape headset(int stream, double start_ms = 0.0) {
  return {.rate_hz = stream == 0 ? 48000 : 16000,
          .ppm = stream == 0 ? 100.0 : -80.0,
          .start_ms = start_ms,
          .delivery = kServer,
          .seed = static_cast<std::uint32_t>(17 + stream) + static_cast<std::uint32_t>(start_ms)};
}

VirtualDesk two_headsets(const test::VirtualDevice::Voice& voice = test::clicks) {
  return VirtualDesk({headset(0), headset(1)}, voice);
}

/// A voice that never pauses, so that silence in what comes out is a gap.
double hum(double /*time_s*/) { return 0.25; }

/// The stretches of one party that are silent, found by listening, in ms of the call.
class SilenceFinder {
 public:
  struct Stretch {
    double start_ms;
    double length_ms;
  };

  void add(std::int64_t call_sample, float sample) {
    const bool silent = std::abs(sample) < 0.05F;
    const double time_ms = static_cast<double>(call_sample) * 1e3 / kSampleRateHz;
    if (silent && !silent_) found_.push_back({time_ms, 0.0});
    silent_ = silent;
    if (silent) found_.back().length_ms = time_ms - found_.back().start_ms;
  }

  const std::vector<Stretch>& found() const { return found_; }

 private:
  std::vector<Stretch> found_;
  bool silent_ = false;
};

struct SilenceListener {
  PerParty<SilenceFinder> finders;

  explicit SilenceListener(VirtualDesk& desk) {
    desk.listener = [this](std::int64_t from, const CallBlock& block) {
      for (const Party party : kParties) {
        for (const float sample : block[party]) finders[party].add(from + index_++, sample);
        index_ = 0;
      }
    };
  }

 private:
  std::int64_t index_ = 0;
};

double call_ms(const VirtualDesk& desk, double world_ms) {
  return world_ms - desk.world_s(0) * 1e3;
}

TEST(CallTimeline, LosesNothingOfAStallOf200msThatComesAtOnce) {
  VirtualDesk desk = two_headsets();
  ClickListener heard(desk);
  desk.run_until(20.9);
  desk.device(1).hold_until(21100.0);  // A click is within.
  desk.run_until(30.0);
  desk.finish();
  EXPECT_TRUE(desk.gaps().empty());
  for (const int stream : {0, 1}) EXPECT_EQ(desk.timeline().counts(stream).dropped_samples, 0);
  ASSERT_TRUE(heard.meters.customer.late_ms(21));
  EXPECT_NEAR(*heard.meters.customer.late_ms(21), 0.0, 2.0);
}

TEST(CallTimeline, GoesOnWithoutAStreamThatStallsFor1sAndDropsWhatComesTooLate) {
  VirtualDesk desk = two_headsets();
  ClickListener heard(desk);
  desk.run_until(20.5);
  desk.device(1).hold_until(21500.0);
  desk.run_until(21.4);
  EXPECT_TRUE(desk.timeline().in_gap(1));
  EXPECT_GT(static_cast<double>(desk.timeline().given_samples()) / kSampleRateHz,
            call_ms(desk, 21400.0) * 1e-3 - 0.26)
      << "the agent is not held back";
  desk.run_until(30.0);
  desk.finish();

  ASSERT_EQ(desk.gaps().size(), 1U);
  const TimelineGap& gap = desk.gaps().front();
  EXPECT_EQ(gap.party, Party::customer);
  EXPECT_NEAR(static_cast<double>(gap.start_ms), call_ms(desk, 20500.0), 15.0);
  EXPECT_NEAR(static_cast<double>(gap.start_ms + gap.length_ms), call_ms(desk, 21250.0), 15.0);
  const auto& counts = desk.timeline().counts(1);
  EXPECT_EQ(counts.gaps, 1);
  EXPECT_NEAR(static_cast<double>(counts.gap_samples),
              static_cast<double>(gap.length_ms) * kSampleRateHz / 1000.0, 8.0);
  EXPECT_NEAR(static_cast<double>(counts.dropped_samples), static_cast<double>(counts.gap_samples),
              8.0)
      << "all of it came, too late";
  EXPECT_EQ(desk.timeline().counts(0).gaps, 0);

  EXPECT_FALSE(heard.meters.customer.late_ms(21));
  for (const std::size_t second : {20U, 22U, 23U, 29U}) {
    ASSERT_TRUE(heard.meters.customer.late_ms(second)) << second;
    EXPECT_NEAR(*heard.meters.customer.late_ms(second), 0.0, 2.0) << second;
  }
}

TEST(CallTimeline, PutsSilenceInPlaceOfSoundThatTheDeviceLost) {
  VirtualDesk desk = two_headsets();
  ClickListener heard(desk);
  desk.run_until(20.5);
  desk.device(1).lose_until(21500.0);
  desk.run_until(30.0);
  desk.finish();
  std::int64_t silent_ms = 0;
  for (const TimelineGap& gap : desk.gaps()) {
    EXPECT_EQ(gap.party, Party::customer);
    silent_ms += gap.length_ms;
  }
  EXPECT_GE(silent_ms, 985);
  EXPECT_LE(silent_ms, 1350) << "and the time until it is clear that it was lost";
  for (const std::size_t second : {20U, 22U, 23U, 29U}) {
    ASSERT_TRUE(heard.meters.customer.late_ms(second)) << second;
    EXPECT_NEAR(*heard.meters.customer.late_ms(second), 0.0, 2.0) << second;
  }
}

TEST(CallTimeline, PutsGapsWhereTheSoundIsMissing) {
  for (const int rate_hz : {8000, 16000, 44100, 48000}) {
    VirtualDesk desk({headset(0), {.rate_hz = rate_hz}}, hum);
    SilenceListener heard(desk);
    desk.run_until(10.0);
    const double out_ms = desk.unplug(1);
    desk.run_until(12.0);
    desk.plug_in(1, {.rate_hz = rate_hz, .start_ms = 12000.0});
    desk.run_until(15.0);
    desk.finish();

    ASSERT_EQ(desk.gaps().size(), 1U) << rate_hz;
    const auto start_ms = static_cast<double>(desk.gaps()[0].start_ms);
    const auto length_ms = static_cast<double>(desk.gaps()[0].length_ms);
    EXPECT_NEAR(start_ms, call_ms(desk, out_ms), 2.0) << rate_hz;
    EXPECT_NEAR(start_ms + length_ms, call_ms(desk, 12000.0), 2.0) << rate_hz;

    ASSERT_EQ(heard.finders.customer.found().size(), 1U) << rate_hz;
    const auto& silence = heard.finders.customer.found()[0];
    EXPECT_NEAR(silence.start_ms, start_ms, 2.0) << rate_hz;
    EXPECT_NEAR(silence.start_ms + silence.length_ms, start_ms + length_ms, 2.0) << rate_hz;
    for (const auto& rung_out : heard.finders.agent.found()) {
      EXPECT_NEAR(rung_out.start_ms, call_ms(desk, 15000.0), 15.0) << "at the end alone";
      EXPECT_LT(rung_out.length_ms, 1.0);
    }
  }
}

TEST(CallTimeline, TellsEachOfTenUnpluggingsOnceWithItsLength) {
  VirtualDesk desk = two_headsets();
  ClickListener heard(desk);
  std::vector<double> starts_ms;
  for (int i = 0; i < 10; ++i) {
    const int stream = i % 2;
    const double out_s = 10.3 + 10.0 * i;
    desk.run_until(out_s);
    starts_ms.push_back(desk.unplug(stream));
    desk.run_until(out_s + 3.4);
    desk.plug_in(stream, headset(stream, (out_s + 3.4) * 1e3));
  }
  desk.run_until(120.0);
  desk.finish();

  ASSERT_EQ(desk.gaps().size(), 10U);
  for (std::size_t i = 0; i < 10; ++i) {
    const TimelineGap& gap = desk.gaps()[i];
    EXPECT_EQ(gap.party, i % 2 == 0 ? Party::agent : Party::customer);
    EXPECT_NEAR(static_cast<double>(gap.start_ms), call_ms(desk, starts_ms[i]), 5.0);
    EXPECT_NEAR(static_cast<double>(gap.start_ms + gap.length_ms),
                call_ms(desk, 13700.0 + 10000.0 * static_cast<double>(i)), 5.0);
  }
  EXPECT_EQ(desk.timeline().counts(0).gaps + desk.timeline().counts(1).gaps, 10);
  int late = 0;
  for (std::size_t second = 2; second < 119; ++second) {
    for (const Party party : kParties) {
      const auto late_ms = heard.meters[party].late_ms(second);
      if (!late_ms) continue;
      EXPECT_LT(std::abs(*late_ms), 5.0) << second;
      late += std::abs(*late_ms) > 2.0 ? 1 : 0;
    }
  }
  EXPECT_LE(late, 4);
}

TEST(CallTimeline, IsInAGapFromTheRestartOfAStreamUntilItSounds) {
  VirtualDesk desk = two_headsets();
  desk.run_until(10.0);
  EXPECT_FALSE(desk.timeline().in_gap(1));
  desk.unplug(1);
  desk.plug_in(1, headset(1, 10100.0));
  EXPECT_TRUE(desk.timeline().in_gap(1)) << "though it does not lag yet";
  desk.run_until(11.0);
  EXPECT_FALSE(desk.timeline().in_gap(1));
  ASSERT_EQ(desk.gaps().size(), 1U);
  EXPECT_NEAR(static_cast<double>(desk.gaps()[0].start_ms + desk.gaps()[0].length_ms),
              call_ms(desk, 10100.0), 5.0);
}

TEST(CallTimeline, BeginsWithBothStreamsWhereOneTakes4sToWakeUp) {
  VirtualDesk desk({headset(0), headset(1, 4000.0)});
  ClickListener heard(desk);
  desk.run_until(10.0);
  desk.finish();
  EXPECT_NEAR(desk.world_s(0), 4.0, 0.01);
  EXPECT_TRUE(desk.gaps().empty());
  EXPECT_EQ(desk.timeline().counts(0).dropped_samples, 0) << "that was before the call";
  EXPECT_EQ(desk.timeline().counts(0).moves, 0);
}

TEST(CallTimeline, BeginsWithOneStreamAfter5sAndTakesTheOtherInWhenItComes) {
  VirtualDesk desk({headset(0), headset(1, 9000.0)});
  ClickListener heard(desk);
  desk.run_until(4.9);
  EXPECT_EQ(desk.timeline().given_samples(), 0);
  desk.run_until(14.5);
  desk.finish();
  EXPECT_NEAR(desk.world_s(0), 5.0, 0.01);
  ASSERT_EQ(desk.gaps().size(), 1U);
  EXPECT_EQ(desk.gaps()[0].party, Party::customer);
  EXPECT_EQ(desk.gaps()[0].start_ms, 0);
  EXPECT_NEAR(static_cast<double>(desk.gaps()[0].length_ms), 4000.0, 20.0);
  ASSERT_TRUE(heard.meters.agent.late_ms(6));
  ASSERT_TRUE(heard.meters.customer.late_ms(12));
  EXPECT_NEAR(*heard.meters.customer.late_ms(12), 0.0, 2.0);
}

TEST(CallTimeline, GoesOnInSilenceWhenBothAreGoneAndEndsTheGapsWithTheCall) {
  VirtualDesk desk = two_headsets();
  desk.run_until(10.0);
  const std::array out_ms = {desk.unplug(0), desk.unplug(1)};
  desk.run_until(15.0);
  desk.finish();
  ASSERT_EQ(desk.gaps().size(), 2U);
  for (const TimelineGap& gap : desk.gaps()) {
    const double start_ms = gap.party == Party::agent ? out_ms[0] : out_ms[1];
    EXPECT_NEAR(static_cast<double>(gap.start_ms), call_ms(desk, start_ms), 5.0);
    EXPECT_NEAR(static_cast<double>(gap.start_ms + gap.length_ms), call_ms(desk, 14750.0), 20.0);
  }
}

TEST(CallTimeline, CountsWhatItCannotKeepWhenNobodyReads) {
  auto timeline = CallTimeline::create(std::vector{StreamLayout{.channels = 1}});
  ASSERT_TRUE(timeline);
  const std::vector<float> block(80, 0.25F);
  constexpr std::int64_t kBlockNs = 10'000'000;
  std::int64_t silent = 0;
  const auto read_all = [&](std::int64_t now_ns) {
    for (auto part = timeline->read(now_ns, 800); !part.agent.empty();
         part = timeline->read(now_ns, 800)) {
      silent += std::count(part.agent.begin(), part.agent.end(), 0.0F);
    }
  };
  for (std::int64_t i = 1; i <= 3000; ++i) {
    timeline->push(0, block, i * kBlockNs);
    if (i <= 1000 || i == 3000) read_all(i * kBlockNs);  // For 20 s nobody reads.
  }
  const auto gap = timeline->next_gap();
  ASSERT_TRUE(gap);
  EXPECT_NEAR(static_cast<double>(gap->start_ms), 10000.0, 5.0);
  EXPECT_LE(gap->length_ms, 16000) << "the last seconds were kept";
  EXPECT_FALSE(timeline->next_gap());
  EXPECT_NEAR(static_cast<double>(silent), static_cast<double>(gap->length_ms) * 8.0, 8.0);
  EXPECT_NEAR(static_cast<double>(timeline->counts(0).dropped_samples), static_cast<double>(silent),
              2.0);
  EXPECT_NEAR(static_cast<double>(timeline->given_samples()), 240000.0, 100.0);
}

class CallTimelineOverWrongRates : public testing::TestWithParam<double> {};

TEST_P(CallTimelineOverWrongRates, SaysSoAndKeepsTheTime) {
  VirtualDesk desk({headset(0), {.rate_hz = 48000, .ppm = GetParam(), .delivery = kServer}});
  ClickListener heard(desk);
  desk.run_until(60.0);
  desk.finish();
  EXPECT_TRUE(desk.timeline().wrong_rate(1));
  EXPECT_FALSE(desk.timeline().wrong_rate(0));
  EXPECT_NEAR(desk.timeline().drift_ppm(1), GetParam(), 50.0);
  const double expected_samples = (std::abs(GetParam()) - 2000.0) * 1e-6 * 40.0 * kSampleRateHz;
  const auto& counts = desk.timeline().counts(1);
  EXPECT_GT(static_cast<double>(GetParam() > 0.0 ? counts.dropped_samples : counts.gap_samples),
            expected_samples);
  int found = 0;
  for (std::size_t second = 20; second < 59; ++second) {
    const auto late_ms = heard.meters.customer.late_ms(second);
    if (!late_ms) continue;
    EXPECT_LT(std::abs(*late_ms), 25.0) << second;
    ++found;
  }
  EXPECT_GT(found, 30);
}

INSTANTIATE_TEST_SUITE_P(, CallTimelineOverWrongRates,
                         testing::Values(-81250.0, -3000.0, 3000.0, 88435.0));

}  // namespace
}  // namespace tonecue
