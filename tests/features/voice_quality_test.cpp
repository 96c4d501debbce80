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

// A spectrum that falls or rises evenly, under a comb like that of a voice of 125 Hz.
PowerSpectrum voice_spectrum(float db_per_octave, float level_db = -40.0F) {
  PowerSpectrum power{};
  for (std::size_t k = 1; k < power.size(); ++k) {
    const float octaves = std::log2(kBinHz * static_cast<float>(k) / 1000.0F);
    const float comb_db = k % 4 == 0 ? 0.0F : -20.0F;
    power[k] = db_to_power(level_db + comb_db + db_per_octave * octaves);
  }
  return power;
}

TEST(AlphaRatio, IsTheEnergyAboveOver1000HzOverThatBelow) {
  PowerSpectrum power{};
  power[10] = 1.0F;   // 312 Hz
  power[31] = 1.0F;   // 969 Hz
  power[32] = 0.1F;   // 1000 Hz
  power[108] = 0.1F;  // 3375 Hz
  EXPECT_NEAR(alpha_ratio_db(power), -10.0F, 1e-4F);
  power[0] = power[1] = 10.0F;               // Below 50 Hz.
  power[109] = power[110] = power[128] = 1;  // Above 3400 Hz.
  EXPECT_NEAR(alpha_ratio_db(power), -10.0F, 1e-4F);
}

TEST(HammarbergIndex, IsTheStrongestBelow2000HzOverTheStrongestAbove) {
  PowerSpectrum power{};
  power[10] = 1.0F;
  power[63] = 2.0F;   // 1969 Hz
  power[64] = 0.02F;  // 2000 Hz
  power[100] = 0.01F;
  EXPECT_NEAR(hammarberg_index_db(power), 20.0F, 1e-4F);
  power[1] = power[109] = 10.0F;  // Below 50 and above 3400 Hz.
  EXPECT_NEAR(hammarberg_index_db(power), 20.0F, 1e-4F);
}

TEST(SpectralBalance, FollowsTheSlope) {
  float last_alpha_db = -100.0F;
  float last_hammarberg_db = 100.0F;
  for (const float db_per_octave : {-18.0F, -12.0F, -6.0F, 0.0F, 3.0F}) {
    const PowerSpectrum power = voice_spectrum(db_per_octave);
    EXPECT_GT(alpha_ratio_db(power), last_alpha_db + 1.0F) << db_per_octave;
    EXPECT_LT(hammarberg_index_db(power), last_hammarberg_db - 1.0F) << db_per_octave;
    last_alpha_db = alpha_ratio_db(power);
    last_hammarberg_db = hammarberg_index_db(power);
  }
}

TEST(SpectralBalance, IsEvenInSilenceAndStaysWithinItsRange) {
  EXPECT_EQ(alpha_ratio_db({}), 0.0F);
  EXPECT_EQ(hammarberg_index_db({}), 0.0F);
  PowerSpectrum low{};
  low[10] = 1.0F;
  EXPECT_EQ(alpha_ratio_db(low), -100.0F);
  EXPECT_EQ(hammarberg_index_db(low), 100.0F);
}

TEST(VoiceQuality, DoesNotDependOnTheLevel) {
  const MelBands bands;
  const MelCepstrum cepstrum;
  const PowerSpectrum quiet = voice_spectrum(-9.0F, -50.0F);
  const PowerSpectrum loud = voice_spectrum(-9.0F, -10.0F);
  EXPECT_NEAR(alpha_ratio_db(quiet), alpha_ratio_db(loud), 1e-3F);
  EXPECT_NEAR(hammarberg_index_db(quiet), hammarberg_index_db(loud), 1e-3F);
  const Cepstrum of_quiet = cepstrum.process(bands.process(quiet));
  const Cepstrum of_loud = cepstrum.process(bands.process(loud));
  for (std::size_t i = 0; i < of_quiet.size(); ++i) EXPECT_NEAR(of_quiet[i], of_loud[i], 1e-3F);
}

// A cosine over the bands is its own coefficient, and none of the others.
TEST(MelCepstrum, TellsTheShapesOfTheSpectrumApart) {
  const MelCepstrum cepstrum;
  constexpr float kDbPerNeper = 4.3429448F;  // 10 log10(e)
  for (int shape = 0; shape <= kCepstralCoefficients; ++shape) {
    MelLevels levels{};
    for (std::size_t b = 0; b < levels.size(); ++b) {
      const float turns = static_cast<float>(shape) * (static_cast<float>(b) + 0.5F) / kMelBands;
      levels[b] = -40.0F + kDbPerNeper * std::cos(3.14159265F * turns);
    }
    const Cepstrum coefficients = cepstrum.process(levels);
    for (int i = 1; i <= kCepstralCoefficients; ++i) {
      const float expected = i == shape ? std::sqrt(0.5F * kMelBands) : 0.0F;
      EXPECT_NEAR(coefficients[static_cast<std::size_t>(i) - 1], expected, 1e-3F) << i << shape;
    }
  }
}

}  // namespace
}  // namespace tonecue
