#include <array>
#include <cmath>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "tonecue/core/decibel.h"
#include "tonecue/dsp/biquad.h"
#include "tonecue/dsp/fir_filter.h"

namespace tonecue {
namespace {

// RMS level of the last half, where a filter has settled.
float settled_dbfs(const test::Signal& signal) {
  const std::size_t settled = signal.size() / 2;
  float energy = 0.0F;
  for (std::size_t i = settled; i < signal.size(); ++i) energy += signal[i] * signal[i];
  return power_to_db(energy / static_cast<float>(signal.size() - settled));
}

float high_pass_gain_db(float cutoff_hz, float frequency_hz) {
  auto signal = test::sine(frequency_hz, 1000, -10.0F);
  Biquad::butterworth_high_pass(cutoff_hz).process(signal);
  return settled_dbfs(signal) + 10.0F;
}

test::Signal low_pass(const test::Signal& signal, float cutoff_hz) {
  FirFilter filter = FirFilter::low_pass(cutoff_hz);
  test::Signal filtered;
  std::array<float, kHopSamples> out{};
  test::for_each_hop(signal, [&](Hop hop) {
    filter.process(hop, out);
    filtered.insert(filtered.end(), out.begin(), out.end());
  });
  return filtered;
}

float low_pass_gain_db(float cutoff_hz, float frequency_hz) {
  return settled_dbfs(low_pass(test::sine(frequency_hz, 1000, -10.0F), cutoff_hz)) + 10.0F;
}

TEST(Biquad, PassesHalfThePowerAtTheCutoffOfAButterworthHighPass) {
  EXPECT_NEAR(high_pass_gain_db(60.0F, 60.0F), -3.01F, 0.05F);
  EXPECT_NEAR(high_pass_gain_db(300.0F, 300.0F), -3.01F, 0.05F);
}

TEST(Biquad, FallsBy12DbPerOctaveBelowTheCutoffAndIsFlatAbove) {
  EXPECT_NEAR(high_pass_gain_db(200.0F, 25.0F) - high_pass_gain_db(200.0F, 50.0F), -12.0F, 0.2F);
  EXPECT_NEAR(high_pass_gain_db(60.0F, 300.0F), 0.0F, 0.05F);
  EXPECT_NEAR(high_pass_gain_db(60.0F, 3400.0F), 0.0F, 0.05F);
}

TEST(Biquad, TakesAwayAnOffset) {
  test::Signal signal(8000, 0.5F);
  Biquad::butterworth_high_pass(60.0F).process(signal);
  EXPECT_NEAR(signal.back(), 0.0F, 4e-6F);  // A tenth of the last of 16 bits.
}

TEST(Biquad, GivesTheSameInOneCallOrMany) {
  const auto noise = test::white_noise(100, -20.0F);
  auto whole = noise;
  Biquad::butterworth_high_pass(60.0F).process(whole);
  auto parts = noise;
  Biquad filter = Biquad::butterworth_high_pass(60.0F);
  for (std::size_t i = 0; i < parts.size(); ++i) filter.process(std::span(parts).subspan(i, 1));
  for (std::size_t i = 0; i < whole.size(); ++i) ASSERT_NEAR(parts[i], whole[i], 4e-6F) << i;
}

TEST(Biquad, FallsSilentInsteadOfDecayingWithoutEnd) {
  Biquad filter = Biquad::butterworth_high_pass(60.0F);
  auto signal = test::white_noise(10, -6.0F);
  filter.process(signal);
  for (int hop = 0; hop < 200; ++hop) {
    signal = test::silence(10);
    filter.process(signal);
  }
  EXPECT_EQ(signal, test::silence(10));
}

TEST(FirFilter, PassesWhatLiesBelowTheCutoffAndStopsWhatLiesAbove) {
  EXPECT_NEAR(low_pass_gain_db(800.0F, 100.0F), 0.0F, 0.1F);
  EXPECT_NEAR(low_pass_gain_db(800.0F, 400.0F), 0.0F, 0.1F);
  EXPECT_NEAR(low_pass_gain_db(800.0F, 800.0F), -6.0F, 0.3F);
  EXPECT_LT(low_pass_gain_db(800.0F, 1300.0F), -45.0F);
  EXPECT_LT(low_pass_gain_db(1750.0F, 2300.0F), -45.0F);
}

TEST(FirFilter, DelaysByHalfItsLengthWithoutPhaseDistortion) {
  test::Signal impulse = test::silence(4 * kHopMs);
  constexpr std::size_t kAt = 100;  // Its response spans two hops.
  impulse[kAt] = 1.0F;
  const auto response = low_pass(impulse, 800.0F);
  constexpr std::size_t kMiddle = kAt + FirFilter::kDelaySamples;
  for (std::size_t i = 1; i <= FirFilter::kDelaySamples; ++i) {
    EXPECT_LT(response[kMiddle + i], response[kMiddle]);
    EXPECT_FLOAT_EQ(response[kMiddle + i], response[kMiddle - i]);
  }
  EXPECT_EQ(response[kMiddle + FirFilter::kDelaySamples + 1], 0.0F);
}

}  // namespace
}  // namespace tonecue
