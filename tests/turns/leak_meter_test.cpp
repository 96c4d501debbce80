#include "tonecue/turns/leak_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "turns/turn_diagrams.h"

namespace tonecue {
namespace {

constexpr float kRoomDb = -75.0F;

// A voice of `syllables_hz` syllables a second, each band a little later than the one below.
LeakMeter::BandLevels voice(int frame, float syllables_hz, float level_db) {
  LeakMeter::BandLevels levels;
  for (std::size_t b = 0; b < kMelBands; ++b) {
    const float turns =
        syllables_hz * 0.01F * static_cast<float>(frame) + 0.02F * static_cast<float>(b);
    const float swing_db = 12.0F * std::sin(2.0F * std::numbers::pi_v<float> * turns);
    levels[b] = std::max(level_db + swing_db, kRoomDb);
  }
  return levels;
}

BleedState state_of(float leak_db, int frames) {
  LeakMeter meter;
  for (int i = 0; i < frames; ++i) {
    const auto far = voice(i, 4.0F, -35.0F);
    const auto own = voice(i, 2.7F, -60.0F);
    auto near = voice(i, 4.0F, -35.0F + leak_db);
    for (std::size_t b = 0; b < near.size(); ++b) near[b] = std::max(near[b], own[b]);
    meter.process(near, far);
  }
  return meter.state();
}

TEST(LeakMeter, CallsAChannelCleanThatGoesItsOwnWay) {
  EXPECT_EQ(state_of(-90.0F, 3000), BleedState::clean);
}

TEST(LeakMeter, SeesALeakInTheOthersRhythm) {
  EXPECT_EQ(state_of(-25.0F, 3000), BleedState::guarded);
}

TEST(LeakMeter, DoesNotGiveUpWhereTheLeakIsAllThereIs) {
  LeakMeter meter;
  for (int i = 0; i < 3000; ++i) meter.process(voice(i, 4.0F, -55.0F), voice(i, 4.0F, -35.0F));
  EXPECT_GT(meter.correlation(), 0.9F);
  EXPECT_EQ(meter.state(), BleedState::guarded);
}

TEST(LeakMeter, GivesUpWhereBothChannelsCarryTheSameSound) {
  EXPECT_EQ(state_of(0.0F, 3000), BleedState::unusable);
}

TEST(LeakMeter, SaysNothingBeforeTenSecondsOfTheOtherVoice) {
  EXPECT_EQ(state_of(0.0F, 900), BleedState::clean);
}

TEST(TurnTracker, SaysNothingOfOverlapWhereBothChannelsCarryTheSameVoices) {
  TurnTracker tracker;
  test::Heard heard;
  int judged_frames = 0;
  for (int i = 0; i < 6000; ++i) {
    FeatureFrame frame = test::frame_of(i % 250 < 200 ? 'S' : '_', i);
    if (frame.speech) frame.mel_db = voice(i, 4.0F, -35.0F);
    const TurnFrame& turn = tracker.process(frame, frame);
    if (i < 3000) continue;
    test::collect(turn, heard);
    // What the distress model takes for the customer's own voice.
    judged_frames += turn.parties.customer.active && !turn.parties.customer.bleed ? 1 : 0;
  }
  EXPECT_EQ(tracker.summary().agent.bleed, BleedState::unusable);
  EXPECT_TRUE(heard.overlaps.empty());
  EXPECT_TRUE(heard.interruptions.empty());
  EXPECT_EQ(judged_frames, 0);
}

}  // namespace
}  // namespace tonecue
