#include "tonecue/features/voice_quality.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "tonecue/features/level_meter.h"

namespace tonecue {
namespace {

Hop first_hop(const test::Signal& signal) { return Hop(signal.data(), kHopSamples); }

TEST(LevelMeter, ReadsAFullScaleSineAtMinus301AndASquareWaveAtZero) {
  test::Signal sine(kHopSamples);
  test::Signal square(kHopSamples);
  for (std::size_t i = 0; i < sine.size(); ++i) {
    sine[i] = std::sin(0.25F * 3.14159265F * static_cast<float>(i));
    square[i] = i % 8 < 4 ? 1.0F : -1.0F;
  }
  EXPECT_NEAR(level_dbfs(first_hop(sine)), -3.01F, 0.01F);
  EXPECT_NEAR(level_dbfs(first_hop(square)), 0.0F, 1e-5F);
}

TEST(LevelMeter, ReadsSilenceAndWhatIsNotANumberAtTheBottom) {
  EXPECT_EQ(level_dbfs(first_hop(test::silence(10))), kSilenceDbfs);
  const test::Signal nan(kHopSamples, std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(level_dbfs(first_hop(nan)), kSilenceDbfs);
  const test::Signal infinite(kHopSamples, std::numeric_limits<float>::infinity());
  EXPECT_EQ(level_dbfs(first_hop(infinite)), kSilenceDbfs);
}

TEST(HarmonicsToNoise, IsZeroWhereHalfOfThePowerIsHarmonic) {
  EXPECT_NEAR(hnr_db(0.5F), 0.0F, 1e-5F);
  EXPECT_NEAR(hnr_db(0.99F), 19.96F, 0.01F);
}

TEST(HarmonicsToNoise, StaysWithinItsRange) {
  for (const float nccf : {-1.0F, 0.0F, 1e-6F}) EXPECT_NEAR(hnr_db(nccf), kLeastHnrDb, 1e-4F);
  for (const float nccf : {1.0F, 1.01F}) EXPECT_NEAR(hnr_db(nccf), kMostHnrDb, 0.1F);
}

MelLevels slope(float db_per_octave, float offset_db) {
  MelLevels levels{};
  for (int b = 0; b < kMelBands; ++b) {
    levels[static_cast<std::size_t>(b)] =
        offset_db + db_per_octave * std::log2(MelBands::centre_hz(b) / 1000.0F);
  }
  return levels;
}

TEST(SpectralTilt, IsTheSlopeOfAStraightSpectrumAtAnyLevel) {
  const SpectralTilt tilt;
  for (const float db_per_octave : {-12.0F, -6.0F, 0.0F, 3.0F}) {
    EXPECT_NEAR(tilt.process(slope(db_per_octave, -50.0F)), db_per_octave, 1e-3F);
    EXPECT_NEAR(tilt.process(slope(db_per_octave, -20.0F)), db_per_octave, 1e-3F);
  }
}

TEST(SpectralTilt, LooksAtTheTelephoneBandOnly) {
  MelLevels levels = slope(-6.0F, -50.0F);
  levels.front() += 30.0F;
  levels.back() += 30.0F;
  EXPECT_NEAR(SpectralTilt().process(levels), -6.0F, 1e-3F);
}

}  // namespace
}  // namespace tonecue
