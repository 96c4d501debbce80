#include "tonecue/turns/phrase_memory.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

FeatureFrame frame(std::int64_t index, float level_dbfs, float f0_hz) {
  FeatureFrame result;
  result.index = index;
  result.level_dbfs = level_dbfs;
  if (f0_hz > 0.0F) result.f0_hz = f0_hz;
  return result;
}

// 1 s at -20 dBFS and 200 Hz, then 0.5 s at -30 dBFS and 100 Hz.
PhraseMemory falling_phrase() {
  PhraseMemory memory;
  for (int i = 0; i < 100; ++i) memory.process(frame(i, -20.0F, 200.0F), true);
  for (int i = 100; i < 150; ++i) memory.process(frame(i, -30.0F, 100.0F), true);
  return memory;
}

TEST(PhraseMemory, TellsHowTheVoiceWasBeforeAMoment) {
  const PhraseMemory memory = falling_phrase();
  const auto middle = memory.before(90);
  ASSERT_TRUE(middle);
  EXPECT_NEAR(middle->level_dbfs, -20.0F, 0.01F);
  EXPECT_EQ(middle->f0_hz, 200.0F);
  const auto end = memory.before(150);
  ASSERT_TRUE(end);
  EXPECT_NEAR(end->level_dbfs, -30.0F, 0.01F);
  EXPECT_EQ(end->f0_hz, 100.0F);
}

TEST(PhraseMemory, LooksPastAPause) {
  PhraseMemory memory = falling_phrase();
  for (int i = 150; i < 200; ++i) memory.process(frame(i, -70.0F, 0.0F), false);
  EXPECT_NEAR(memory.before(200)->level_dbfs, -30.0F, 0.01F);
}

TEST(PhraseMemory, ForgetsWhatIsTwoSecondsOld) { EXPECT_FALSE(falling_phrase().before(400)); }

TEST(PhraseMemory, SaysNothingOfTooLittleSpeech) {
  PhraseMemory memory;
  EXPECT_FALSE(memory.before(0));
  for (int i = 0; i < 15; ++i) memory.process(frame(i, -20.0F, 200.0F), true);
  EXPECT_FALSE(memory.before(15));
}

TEST(PhraseMemory, TellsNoPitchOfUnvoicedSpeech) {
  PhraseMemory memory;
  for (int i = 0; i < 50; ++i) memory.process(frame(i, -20.0F, 0.0F), true);
  ASSERT_TRUE(memory.before(50));
  EXPECT_FALSE(memory.before(50)->f0_hz);
}

}  // namespace
}  // namespace tonecue
