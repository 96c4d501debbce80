#include "tonecue/turns/bleed_guard.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

// Two voices of syllables (200 ms on, 100 ms off) with a spectrum each, over a room; the
// near channel carries the far voice `leak_db` weaker and `delay_frames` later.
class Room {
 public:
  Room(float leak_db, std::size_t delay_frames) : leak_db_(leak_db), delay_frames_(delay_frames) {
    far_.fill(kRoomDb);
    past_far_.fill(far_);
  }

  // Share of the frames that sound, and that the guard takes for own sound.
  float own_share(BleedGuard& guard, bool near_talks, bool far_talks, int frames) {
    int own = 0;
    for (int i = 0; i < frames; ++i, ++frame_) {
      past_far_[frame_ % past_far_.size()] = voice(far_talks, 0);
      const auto& leaking =
          past_far_[(frame_ + past_far_.size() - delay_frames_) % past_far_.size()];
      BleedGuard::BandLevels near = voice(near_talks, 15);
      for (std::size_t b = 0; b < near.size(); ++b) {
        near[b] = std::max({near[b], leaking[b] + leak_db_, kRoomDb + jitter_(random_)});
      }
      guard.process(near, past_far_[frame_ % past_far_.size()]);
      const float level_db = std::accumulate(near.begin(), near.end(), 0.0F) / kMelBands;
      own += level_db > kRoomDb + 6.0F && guard.own_sound() ? 1 : 0;
    }
    return static_cast<float>(own) / static_cast<float>(frames);
  }

 private:
  static constexpr float kRoomDb = -80.0F;

  BleedGuard::BandLevels voice(bool talks, std::size_t offset) {
    BleedGuard::BandLevels levels;
    levels.fill(kRoomDb);
    if (!talks || (frame_ + offset) % 30 >= 20) return levels;
    const std::size_t syllable = (frame_ + offset) / 30;
    for (std::size_t b = 0; b < levels.size(); ++b) {
      const auto formants = static_cast<float>(b + 2 * syllable + offset);
      levels[b] = -35.0F + 4.0F * std::sin(1.7F * formants) + 0.5F * jitter_(random_);
    }
    return levels;
  }

  float leak_db_;
  std::size_t delay_frames_;
  std::size_t frame_ = 0;
  std::mt19937 random_{1};
  std::normal_distribution<float> jitter_{0.0F, 2.0F};
  BleedGuard::BandLevels far_{};
  std::array<BleedGuard::BandLevels, 8> past_far_{};
};

class BleedGuardOverLeaks : public testing::TestWithParam<std::tuple<float, std::size_t>> {};

TEST_P(BleedGuardOverLeaks, HearsTheNearVoiceAndNotTheLeak) {
  const auto [leak_db, delay_frames] = GetParam();
  Room room(leak_db, delay_frames);
  BleedGuard guard;
  room.own_share(guard, true, false, 500);
  room.own_share(guard, false, true, 1500);  // Learns the leak.
  EXPECT_LT(room.own_share(guard, false, true, 1000), 0.02F);
  EXPECT_GT(room.own_share(guard, true, false, 1000), 0.6F);  // Two thirds of the time it sounds.
  EXPECT_GT(room.own_share(guard, true, true, 1000), 0.5F);
}

INSTANTIATE_TEST_SUITE_P(Headset, BleedGuardOverLeaks,
                         testing::Combine(testing::Values(-20.0F, -28.0F, -42.0F),
                                          testing::Values<std::size_t>(0, 3, 6)));

TEST(BleedGuard, ExpectsALeakOnlyWhileTheFarVoiceSounds) {
  Room room(-20.0F, 2);
  BleedGuard guard;
  room.own_share(guard, false, true, 1515);  // Ends within a syllable.
  EXPECT_TRUE(guard.leak_expected());
  room.own_share(guard, false, false, 50);
  EXPECT_FALSE(guard.leak_expected());
}

TEST(BleedGuard, CostsADoubleTalkWithoutALeakLittle) {
  Room room(-100.0F, 0);
  BleedGuard guard;
  room.own_share(guard, false, true, 1500);
  EXPECT_GT(room.own_share(guard, true, true, 1500), 0.63F);  // Of the two thirds that sound.
}

TEST(BleedGuard, TakesASteadyRoomForNoLeak) {
  Room room(-100.0F, 0);
  BleedGuard guard;
  room.own_share(guard, false, true, 1515);  // Ends within a syllable.
  EXPECT_FALSE(guard.leak_expected());
}

TEST(BleedGuard, TakesNotANumberForSilence) {
  BleedGuard::BandLevels broken;
  broken.fill(std::numeric_limits<float>::quiet_NaN());
  BleedGuard guard;
  for (int i = 0; i < 100; ++i) guard.process(broken, broken);
  EXPECT_FALSE(guard.leak_expected());
  BleedGuard::BandLevels loud;
  loud.fill(-30.0F);
  for (int i = 0; i < 10; ++i) guard.process(loud, broken);
  EXPECT_TRUE(guard.own_sound());
}

}  // namespace
}  // namespace tonecue
