#include "tonecue/sinks/tone_player.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/core/decibel.h"

namespace tonecue {
namespace {

using Samples = std::vector<float>;

constexpr int kRateHz = 48000;
constexpr std::size_t kBlock = 240;

/// What the device would play over the next blocks.
Samples listen(TonePlayer& player, std::size_t samples, std::size_t block = kBlock) {
  Samples heard(samples);
  for (std::size_t i = 0; i < samples; i += block) {
    player.render(std::span(heard).subspan(i, std::min(block, samples - i)));
  }
  return heard;
}

float level_dbfs(const Samples& samples, std::size_t length) {
  const double power = std::inner_product(samples.begin(), samples.end(), samples.begin(), 0.0);
  return power_to_db(static_cast<float>(power / static_cast<double>(length)));
}

float peak(const Samples& samples) {
  float peak = 0.0F;
  for (const float x : samples) peak = std::max(peak, std::abs(x));
  return peak;
}

TEST(TonePlayer, IsSilentUntilItIsAsked) {
  TonePlayer player(kRateHz);
  EXPECT_EQ(peak(listen(player, kRateHz)), 0.0F);
  EXPECT_EQ(player.played(), 0);
  EXPECT_FALSE(player.playing());
}

TEST(TonePlayer, PlaysTheToneAtItsLevelWhateverTheBlocks) {
  for (const ToneShape shape : {ToneShape::conduct, ToneShape::distress}) {
    const Samples tone = render_tone(shape, kRateHz);
    for (const std::size_t block : {1U, 64U, 240U, 4801U}) {
      TonePlayer player(kRateHz);
      player.play(shape, -30.0F);
      const Samples heard = listen(player, kRateHz / 2, block);
      EXPECT_NEAR(level_dbfs(heard, tone.size()), -30.0F, 0.01F);
      const float gain = peak(heard);
      for (std::size_t i = 0; i < tone.size(); ++i) ASSERT_NEAR(heard[i], gain * tone[i], 1e-6F);
      EXPECT_EQ(player.played(), 1);
    }
  }
}

TEST(TonePlayer, TellsWhileATonesSounds) {
  TonePlayer player(kRateHz);
  player.play(ToneShape::conduct, -30.0F);
  listen(player, kRateHz / 10);
  EXPECT_TRUE(player.playing());
  listen(player, kRateHz / 5);
  EXPECT_FALSE(player.playing());
}

TEST(TonePlayer, NeverPlaysLouderThanTheLimit) {
  TonePlayer player(kRateHz);
  player.play(ToneShape::distress, 0.0F);
  const std::size_t length = render_tone(ToneShape::distress, kRateHz).size();
  EXPECT_NEAR(level_dbfs(listen(player, kRateHz / 2), length), kLoudestToneDbfs, 0.01F);
}

TEST(TonePlayer, PlaysNothingAtALevelThatIsNoNumber) {
  TonePlayer player(kRateHz);
  player.play(ToneShape::conduct, std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(peak(listen(player, kRateHz / 2)), 0.0F);
}

TEST(TonePlayer, LetsOneToneEndAndRestsBeforeTheNext) {
  TonePlayer player(kRateHz);
  player.play(ToneShape::conduct, -30.0F);
  Samples heard = listen(player, kRateHz / 10);
  player.play(ToneShape::distress, -30.0F);
  const Samples rest = listen(player, kRateHz / 2);
  heard.insert(heard.end(), rest.begin(), rest.end());
  EXPECT_EQ(player.played(), 2);
  const std::size_t first_end = render_tone(ToneShape::conduct, kRateHz).size();
  const Samples between(
      heard.begin() + static_cast<std::ptrdiff_t>(first_end),
      heard.begin() + static_cast<std::ptrdiff_t>(first_end + kRateHz * 15 / 100));
  EXPECT_EQ(peak(between), 0.0F);
  EXPECT_GT(peak(Samples(heard.end() - kRateHz / 10, heard.end())), 0.01F);
}

TEST(TonePlayer, OfSeveralThatAreAskedForAtOncePlaysTheLast) {
  TonePlayer player(kRateHz);
  player.play(ToneShape::conduct, -30.0F);
  player.play(ToneShape::conduct, -30.0F);
  player.play(ToneShape::distress, -30.0F);
  const Samples tone = render_tone(ToneShape::distress, kRateHz);
  const Samples heard = listen(player, kRateHz);
  EXPECT_EQ(player.played(), 1);
  const float gain = peak(heard);
  for (std::size_t i = 0; i < tone.size(); ++i) ASSERT_NEAR(heard[i], gain * tone[i], 1e-6F);
}

TEST(TonePlayer, DropsWhatTheDeviceAsksForTooLate) {
  TonePlayer player(kRateHz);
  player.play(ToneShape::distress, -30.0F);
  std::this_thread::sleep_for(std::chrono::milliseconds(600));  // A device that stalls.
  EXPECT_EQ(peak(listen(player, kRateHz / 2)), 0.0F);
  EXPECT_EQ(player.played(), 0);
  player.play(ToneShape::conduct, -30.0F);
  EXPECT_GT(peak(listen(player, kRateHz / 2)), 0.0F);
}

// A sine of 1.3 kHz at the peak of the loudest tone takes steps of 0.03; a cut takes up to 0.2.
TEST(TonePlayer, ClicksInNoOrderOfAsking) {
  std::mt19937 random(7);
  TonePlayer player(kRateHz);
  float last = 0.0F;
  float step = 0.0F;
  for (int block = 0; block < 20'000; ++block) {
    if (random() % 20 == 0) {
      player.play(random() % 2 == 0 ? ToneShape::conduct : ToneShape::distress,
                  -40.0F + static_cast<float>(random() % 30));
    }
    for (const float x : listen(player, 1 + random() % 480)) {
      step = std::max(step, std::abs(x - last));
      last = x;
    }
  }
  EXPECT_GT(player.played(), 100);
  EXPECT_GT(step, 0.01F) << "nothing sounded at the limit";
  EXPECT_LT(step, 0.035F);
}

TEST(TonePlayer, IsAskedFromOneThreadAndPlaysOnAnother) {
  TonePlayer player(kRateHz);
  std::atomic<bool> over{false};
  std::thread device([&] {
    std::array<float, kBlock> block{};
    while (!over) player.render(block);
  });
  for (int asked = 1; asked <= 20; ++asked) {
    // Sound passes faster here than on a device, so each has its turn.
    player.play(ToneShape::conduct, -30.0F);
    while (player.played() < asked || player.playing()) std::this_thread::yield();
  }
  over = true;
  device.join();
  EXPECT_EQ(player.played(), 20);
}

}  // namespace
}  // namespace tonecue
