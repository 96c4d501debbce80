// The detector against the reference of tools/train_vad/reference.py, which shares no code with it.
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "support/number_table.h"
#include "support/signals.h"
#include "tonecue/features/voice_activity_detector.h"

namespace tonecue {
namespace {

constexpr float kProbTolerance = 1e-4F;
constexpr float kInputTolerance = 1e-3F;  // Of levels in 20 dB, kept in float over 300 hops.

// The signal of reference.py: noise, a voice-like glide, digital silence, louder noise.
test::Signal reference_signal() {
  test::Signal signal = test::silence(3000);
  std::uint32_t state = 1;
  for (std::size_t i = 0; i < signal.size(); ++i) {
    state = 1664525U * state + 1013904223U;
    const double noise = state / 2147483648.0 - 1.0;
    const double t_s = static_cast<double>(i) / kSampleRateHz;
    double x = 0.003 * noise;
    for (int k = 1; k < 16 && t_s >= 0.6 && t_s < 1.8; ++k) {
      x += 0.06 / k * std::sin(2.0 * std::numbers::pi * k * (120.0 * t_s + 15.0 * t_s * t_s));
    }
    if (t_s >= 2.0 && t_s < 2.2) x = 0.0;
    if (t_s >= 2.6) x *= 30.0;
    signal[i] = static_cast<float>(x);
  }
  return signal;
}

TEST(VoiceActivityDetector, AgreesWithTheReference) {
  const auto rows = test::read_numbers(TONECUE_GOLDEN_DIR "/vad_reference.csv");
  ASSERT_EQ(rows.size(), 60U);
  auto spectrum = SpectrumAnalyzer::create();
  auto inputs = VadInputs::create();
  auto detector = VoiceActivityDetector::create();
  ASSERT_TRUE(spectrum && inputs && detector);
  const MelBands mel_bands;

  std::size_t hops = 0;
  auto row = rows.begin();
  test::for_each_hop(reference_signal(), [&](Hop hop) {
    const auto& power = spectrum->process(hop);
    const auto mel_db = mel_bands.process(power);
    const auto& input = inputs->process(power, mel_db);
    const auto frame = detector->process(power, mel_db);
    if (row != rows.end() && (*row)[0] == static_cast<float>(hops)) {
      ASSERT_EQ(row->size(), 2U + input.size());
      EXPECT_NEAR(frame.prob, (*row)[1], kProbTolerance) << "hop " << hops;
      for (std::size_t i = 0; i < input.size(); ++i) {
        EXPECT_NEAR(input[i], (*row)[2 + i], kInputTolerance) << "hop " << hops << ", input " << i;
      }
      ++row;
    }
    ++hops;
  });
  EXPECT_EQ(row, rows.end());
}

}  // namespace
}  // namespace tonecue
