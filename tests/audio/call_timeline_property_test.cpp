#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "audio/virtual_desk.h"

namespace tonecue {
namespace {

using test::DeviceShape;
using test::VirtualDesk;

/// A voice that never pauses, so that silence in what comes out is a gap.
double hum(double /*time_s*/) { return 0.25; }

/// What one party's voice should be: silent in its gaps, and nowhere else.
class GapAuditor {
 public:
  explicit GapAuditor(Party party) : party_(party) {}

  void add(float sample) { silent_.push_back(std::abs(sample) < 0.05F); }

  void audit(const std::vector<TimelineGap>& gaps) const {
    constexpr std::size_t kPerMs = kSampleRateHz / 1000;
    constexpr std::size_t kEdgeMs = 3;  // Where filters ring, and ms are rounded.
    std::vector<bool> told(silent_.size() / kPerMs + 1, false);
    std::vector<bool> edge(told.size(), false);
    for (const TimelineGap& gap : gaps) {
      if (gap.party != party_) continue;
      const auto start = static_cast<std::size_t>(gap.start_ms);
      const auto end = start + static_cast<std::size_t>(gap.length_ms);
      ASSERT_LE(end, told.size());
      for (std::size_t ms = start; ms < end; ++ms) told[ms] = true;
      for (const std::size_t at : {start, end}) {
        for (std::size_t ms = at - std::min(at, kEdgeMs); ms < at + kEdgeMs; ++ms) {
          if (ms < edge.size()) edge[ms] = true;
        }
      }
    }
    const std::size_t fading = kEdgeMs * kPerMs;  // At the end of the call.
    for (std::size_t i = 0; i + fading < silent_.size(); ++i) {
      const std::size_t ms = i / kPerMs;
      if (!edge[ms]) {
        ASSERT_EQ(silent_[i], told[ms]) << name(party_) << " at " << ms << " ms";
      }
    }
  }

 private:
  Party party_;
  std::vector<bool> silent_;
};

/// A desk where much goes wrong: stalls, losses, plugs.
class BadDay {
 public:
  explicit BadDay(std::uint32_t seed)
      : random_(seed), desk_({shape(0, 0.0), shape(1, between(0.0, 7000.0))}, hum) {
    desk_.listener = [this](std::int64_t from, const CallBlock& block) {
      EXPECT_EQ(from, given_) << "in order, and without holes";
      EXPECT_EQ(block.agent.size(), block.customer.size());
      given_ += std::ssize(block.agent);
      for (const float sample : block.agent) agent_.add(sample);
      for (const float sample : block.customer) customer_.add(sample);
    };
  }

  void live() {
    desk_.run_until(8.0);
    while (desk_.now_s() < 90.0) {
      go_wrong(desk_.now_s() * 1e3);
      desk_.run_until(desk_.now_s() + between(0.05, 6.0));
      const double call_s = static_cast<double>(given_) / kSampleRateHz;
      const double behind_s = desk_.now_s() - desk_.world_s(0) - call_s;
      ASSERT_GE(behind_s, -0.001) << "the future";
      ASSERT_LE(behind_s, 0.260) << "nobody holds the call back";
    }
    desk_.finish();
  }

  void audit() const {
    agent_.audit(desk_.gaps());
    customer_.audit(desk_.gaps());
  }

 private:
  double between(double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random_);
  }

  DeviceShape shape(int stream, double start_ms) {
    constexpr std::array kRatesHz = {8000, 16000, 44100, 48000};
    return {.rate_hz = kRatesHz[random_() % kRatesHz.size()],
            .ppm = between(-300.0, 300.0),
            .start_ms = start_ms,
            .delivery = {.jitter_ms = between(0.0, 20.0), .burst = stream == 0 ? 1 : 2},
            .seed = static_cast<std::uint32_t>(random_())};
  }

  void go_wrong(double now_ms) {
    const auto stream = static_cast<int>(random_() % 2);
    if (!desk_.plugged_in(stream)) return desk_.plug_in(stream, shape(stream, now_ms));
    switch (random_() % 4) {
      case 0:
        desk_.unplug(stream);
        break;
      case 1:
        desk_.device(stream).hold_until(now_ms + between(10.0, 3000.0));
        break;
      case 2:
        desk_.device(stream).lose_until(now_ms + between(10.0, 3000.0));
        break;
      default:
        break;  // A good moment.
    }
  }

  std::mt19937 random_;
  VirtualDesk desk_;
  std::int64_t given_ = 0;
  GapAuditor agent_{Party::agent};
  GapAuditor customer_{Party::customer};
};

TEST(CallTimelineProperty, IsSilentInTheGapsThatItTellsAndNowhereElse) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    BadDay day(seed);
    day.live();
    day.audit();
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace tonecue
