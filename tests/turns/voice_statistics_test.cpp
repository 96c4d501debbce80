#include "tonecue/turns/voice_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

FeatureFrame voiced_frame(float f0_hz, float level_dbfs) {
  FeatureFrame frame;
  frame.f0_hz = f0_hz;
  frame.level_dbfs = level_dbfs;
  return frame;
}

TEST(Histogram, FindsTheMedianWithinAStep) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal(3.0F, 2.0F);
  Histogram<200> histogram(-10.0F, 0.1F);
  std::vector<float> values(1001);
  for (float& value : values) {
    value = normal(random);
    histogram.add(histogram.bin(value));
  }
  std::sort(values.begin(), values.end());
  for (const float p : {0.1F, 0.5F, 0.75F, 0.9F}) {
    const float exact = values[static_cast<std::size_t>(p * 1000.0F)];
    EXPECT_NEAR(*histogram.quantile(p), exact, 0.1F) << p;
  }
}

TEST(Histogram, HasNoMedianOfNothing) {
  EXPECT_EQ(Histogram<10>(0.0F, 1.0F).quantile(0.5F), std::nullopt);
}

TEST(Histogram, CountsWhatLiesOutsideInTheNearestBin) {
  Histogram<10> histogram(0.0F, 1.0F);
  EXPECT_EQ(histogram.bin(-5.0F), 0U);
  EXPECT_EQ(histogram.bin(50.0F), 9U);
}

TEST(Histogram, ForgetsWhatIsTakenBack) {
  Histogram<10> histogram(0.0F, 1.0F);
  histogram.add(2);
  histogram.add(8);
  histogram.remove(8);
  EXPECT_EQ(histogram.total(), 1U);
  EXPECT_NEAR(*histogram.quantile(0.5F), 2.5F, 0.01F);
}

TEST(VoiceStatistics, KnowsTheMedianPitchOfVoicedHops) {
  VoiceStatistics voice;
  FeatureFrame unvoiced;
  unvoiced.level_dbfs = -30.0F;
  for (int i = 0; i < 100; ++i) {
    voice.add(voice.sample(voiced_frame(i % 2 == 0 ? 110.0F : 220.0F, -20.0F)));
    voice.add(voice.sample(voiced_frame(165.0F, -20.0F)));
    voice.add(voice.sample(unvoiced));
  }
  EXPECT_NEAR(*voice.f0_median_hz(), 165.0F, 2.5F);  // A quarter semitone.
  EXPECT_FLOAT_EQ(voice.speech_s(), 3.0F);
  EXPECT_FLOAT_EQ(voice.voiced_s(), 2.0F);
}

TEST(VoiceStatistics, TakesTheLevelOfTheVowels) {
  VoiceStatistics voice;
  for (int i = 0; i < 100; ++i) {
    voice.add(voice.sample(voiced_frame(110.0F, i % 2 == 0 ? -50.0F : -20.0F)));
  }
  EXPECT_NEAR(*voice.speech_level_dbfs(), -20.0F, 0.5F);
}

TEST(VoiceStatistics, CountsSyllablesPerSecondOfSpeech) {
  VoiceStatistics voice;
  for (int i = 0; i < 200; ++i) voice.add(voice.sample(voiced_frame(110.0F, -20.0F)));
  for (int i = 0; i < 9; ++i) voice.add_syllable();
  EXPECT_NEAR(voice.articulation_rate_syl_per_s(), 4.5F, 1e-4F);
}

TEST(VoiceStatistics, SurvivesNotANumber) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  VoiceStatistics voice;
  voice.add(voice.sample(voiced_frame(kNan, kNan)));
  EXPECT_EQ(voice.f0_median_hz(), std::nullopt);
  EXPECT_NEAR(*voice.speech_level_dbfs(), kSilenceDbfs, 0.5F);
}

}  // namespace
}  // namespace tonecue
