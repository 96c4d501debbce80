#include "tonecue/dsp/fractional_resampler.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "support/tone_fit.h"
#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

using test::Signal;

constexpr int kReach = FractionalResampler::kReach;

/// Reads to the end of the voice, in blocks.
Signal read_all(const Signal& voice, double position, double step, std::size_t block = 80) {
  const FractionalResampler resampler;
  const auto size = static_cast<double>(voice.size());
  const double reach = (size - kReach - position) / step;
  Signal out(static_cast<std::size_t>(reach));
  for (std::size_t i = 0; i < out.size(); i += block) {
    const auto part = std::span(out).subspan(i, std::min(block, out.size() - i));
    resampler.read(voice, position + step * static_cast<double>(i), step, part);
  }
  return out;
}

Signal tone(double frequency_hz, std::size_t length) {
  Signal signal(length);
  for (std::size_t i = 0; i < length; ++i) {
    signal[i] = static_cast<float>(
        std::sin(2.0 * std::numbers::pi * frequency_hz / kSampleRateHz * static_cast<double>(i)));
  }
  return signal;
}

TEST(FractionalResampler, PassesWholePositionsThroughBitForBit) {
  const Signal noise = test::white_noise(500, -12.0F);
  const Signal heard = read_all(noise, kReach, 1.0);
  ASSERT_GT(heard.size(), 3900U);
  EXPECT_TRUE(std::equal(heard.begin(), heard.end(), noise.begin() + kReach));
}

TEST(FractionalResampler, DoesNotDependOnTheBlocks) {
  const Signal noise = test::white_noise(500, -12.0F);
  const Signal whole = read_all(noise, 40.25, 1.0007, 10000);
  for (const std::size_t block : {1U, 7U, 80U}) {
    const Signal parts = read_all(noise, 40.25, 1.0007, block);
    ASSERT_EQ(parts.size(), whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) ASSERT_NEAR(parts[i], whole[i], 1e-6F);
  }
}

TEST(FractionalResampler, IsFlatUpTo3600HzWhereverItReads) {
  for (int step = 1; step <= 72; ++step) {
    const double frequency_hz = 50.0 * step;
    const Signal voice = tone(frequency_hz, 4000);
    for (const double offset : {0.0, 0.13, 0.25, 0.5, 0.77}) {
      const auto quality =
          test::fit_tone(read_all(voice, kReach + offset, 1.0), frequency_hz / kSampleRateHz);
      EXPECT_NEAR(quality.gain_db, 0.0, 0.1) << frequency_hz << " Hz at " << offset;
    }
  }
}

TEST(FractionalResampler, KeepsToStepsAndAddsNoNoiseToTones) {
  double worst_db = -200.0;
  for (int hundreds_hz = 1; hundreds_hz <= 35; ++hundreds_hz) {
    const double frequency_hz = 100.0 * hundreds_hz;
    const Signal voice = tone(frequency_hz, 30000);
    for (const double step : {0.998, 0.9997, 1.0003, 1.002}) {
      const auto quality =
          test::fit_tone(read_all(voice, kReach, step), frequency_hz * step / kSampleRateHz);
      EXPECT_LT(quality.noise_db, -70.0) << frequency_hz << " Hz, step " << step;
      worst_db = std::max(worst_db, quality.noise_db);
    }
  }
  std::cout << "noise of a moving position up to 3.5 kHz: at most " << worst_db << " dB\n";
}

TEST(FractionalResampler, StaysConnectedWhereTheStepChanges) {
  const FractionalResampler resampler;
  const double frequency_hz = 1000.0;
  const Signal voice = tone(frequency_hz, 8400);
  double position = kReach;
  Signal block(80);
  for (int i = 0; i < 100; ++i) {
    const double step = i % 2 == 0 ? 0.998 : 1.002;
    resampler.read(voice, position, step, block);
    for (std::size_t k = 0; k < block.size(); ++k) {
      const double at = position + step * static_cast<double>(k);
      const double expected = std::sin(2.0 * std::numbers::pi * frequency_hz / kSampleRateHz * at);
      ASSERT_NEAR(block[k], expected, 2e-4) << "block " << i << ", sample " << k;
    }
    position += step * static_cast<double>(block.size());
  }
}

}  // namespace
}  // namespace tonecue
