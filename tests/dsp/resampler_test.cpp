#include "tonecue/dsp/resampler.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr int kMaxBlock = 9000;

test::Signal sine_at(int rate_hz, double frequency_hz, std::size_t length) {
  test::Signal signal(length);
  for (std::size_t i = 0; i < length; ++i) {
    signal[i] = static_cast<float>(
        std::sin(2.0 * std::numbers::pi * frequency_hz * static_cast<double>(i) / rate_hz));
  }
  return signal;
}

test::Signal resample(int rate_hz, const test::Signal& input, std::size_t block = kMaxBlock) {
  auto resampler = Resampler::create(rate_hz, kMaxBlock);
  EXPECT_TRUE(resampler);
  test::Signal output;
  const auto keep = [&](std::span<const float> part) {
    output.insert(output.end(), part.begin(), part.end());
  };
  for (std::size_t i = 0; i < input.size(); i += block) {
    keep(resampler->process(std::span(input).subspan(i, std::min(block, input.size() - i))));
  }
  keep(resampler->flush());
  return output;
}

/// RMS of the middle, in dB against a full-scale sine.
double level_db(const test::Signal& signal) {
  double power = 0.0;
  const std::size_t edge = 400;
  for (std::size_t i = edge; i + edge < signal.size(); ++i) {
    power += static_cast<double>(signal[i]) * static_cast<double>(signal[i]);
  }
  return 10.0 * std::log10(2.0 * power / static_cast<double>(signal.size() - 2 * edge) + 1e-20);
}

class ResamplerOverRates : public testing::TestWithParam<int> {};

TEST_P(ResamplerOverRates, KeepsTheTelephoneBandAndItsTiming) {
  const int rate_hz = GetParam();
  for (const double frequency_hz : {50.0, 300.0, 1000.0, 3400.0}) {
    const auto output =
        resample(rate_hz, sine_at(rate_hz, frequency_hz, static_cast<std::size_t>(rate_hz)));
    const auto expected = sine_at(kSampleRateHz, frequency_hz, output.size());
    for (std::size_t i = 400; i + 400 < output.size(); ++i) {
      ASSERT_NEAR(output[i], expected[i], 0.002F) << frequency_hz << " Hz, sample " << i;
    }
  }
  EXPECT_NEAR(
      level_db(resample(rate_hz, sine_at(rate_hz, 3600.0, static_cast<std::size_t>(rate_hz)))), 0.0,
      0.25);
}

TEST_P(ResamplerOverRates, LetsNothingFromAboveTheBandFoldBack) {
  const int rate_hz = GetParam();
  for (int frequency_hz = 4100; frequency_hz < rate_hz / 2; frequency_hz += 613) {
    EXPECT_LT(level_db(resample(rate_hz,
                                sine_at(rate_hz, frequency_hz, static_cast<std::size_t>(rate_hz)))),
              -90.0)
        << frequency_hz << " Hz";
  }
}

TEST_P(ResamplerOverRates, GivesExactlyTheRoundedNumberOfSamples) {
  const int rate_hz = GetParam();
  for (const std::size_t length : {0U, 1U, 2U, 5U, 79U, 1000U, 12345U, 48001U}) {
    const auto expected =
        static_cast<std::size_t>(std::llround(static_cast<double>(length) * 8000.0 / rate_hz));
    for (const std::size_t block : {1U, 160U, 9000U}) {
      EXPECT_EQ(resample(rate_hz, sine_at(rate_hz, 200.0, length), block).size(), expected)
          << length << " samples in blocks of " << block;
    }
  }
}

TEST_P(ResamplerOverRates, DoesNotDependOnTheBlockSize) {
  const int rate_hz = GetParam();
  auto noise = test::white_noise(3000, -20.0F);
  const auto expected = resample(rate_hz, noise, 9000);
  for (const std::size_t block : {1U, 64U, 80U, 160U, 1000U, 8193U}) {
    EXPECT_EQ(resample(rate_hz, noise, block), expected) << "blocks of " << block;
  }
}

// 11025, 22050 and 44099 make speexdsp interpolate its filter; 44100 goes through two stages.
INSTANTIATE_TEST_SUITE_P(Recordings, ResamplerOverRates,
                         testing::Values(11025, 12000, 16000, 22050, 24000, 32000, 44099, 44100,
                                         48000));

TEST(Resampler, PassesItsOwnRateThroughUnchanged) {
  const auto noise = test::white_noise(100, -20.0F);
  EXPECT_EQ(resample(kSampleRateHz, noise, 77), noise);
}

TEST(Resampler, RefusesRatesThatItDoesNotServe) {
  for (const int rate_hz : {-1, 0, 4000, 7999, 48001, 96000}) {
    const auto resampler = Resampler::create(rate_hz, 160);
    ASSERT_FALSE(resampler) << rate_hz;
    EXPECT_EQ(resampler.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(resampler.error().message.find("input_rate_hz"), std::string::npos);
  }
  EXPECT_FALSE(Resampler::create(16000, 0));
}

}  // namespace
}  // namespace tonecue
