#include "tonecue/features/vad_inputs.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"

namespace tonecue::test {
namespace {

constexpr std::size_t kPeriodicity = 2 * kMelBands + 4;
constexpr std::size_t kFlatness = 2 * kMelBands + 5;

// The input vector of every hop.
std::vector<VadInput> measure(const Signal& signal) {
  auto spectrum = SpectrumAnalyzer::create();
  auto inputs = VadInputs::create();
  const MelBands mel_bands;
  std::vector<VadInput> measured;
  for_each_hop(signal, [&](Hop hop) {
    const auto& power = spectrum->process(hop);
    measured.push_back(inputs->process(power, mel_bands.process(power)));
  });
  return measured;
}

// Two periods and more fit in the window from about 90 Hz; below, the peak drops to that of noise.
TEST(VadInputs, FindAVowelPeriodicAndNoiseNot) {
  const auto noise = measure(white_noise(500, -26.0F));
  for (const float f0_hz : {110.0F, 180.0F, 240.0F, 350.0F}) {
    const auto voiced = measure(vowel(f0_hz, 500, -26.0F));
    for (std::size_t i = 10; i < voiced.size(); ++i) {
      EXPECT_GT(voiced[i][kPeriodicity], 0.6F) << f0_hz << " Hz, hop " << i;
      EXPECT_LT(noise[i][kPeriodicity], 0.5F) << "hop " << i;
      EXPECT_LT(voiced[i][kFlatness], noise[i][kFlatness]) << f0_hz << " Hz, hop " << i;
    }
  }
}

TEST(VadInputs, ReadAVowelOverANoiseFloorByItsDistance) {
  auto signal = white_noise(2000, -60.0F);
  signal = std::move(signal) + vowel(120.0F, 300, -30.0F);
  const auto measured = measure(signal);
  constexpr std::size_t kOverFloor = 2 * kMelBands + 1;
  EXPECT_NEAR(measured.back()[kOverFloor] * 20.0F, 32.0F, 6.0F);  // Most of it lies in the band.
  EXPECT_LT(measured[150][kOverFloor] * 20.0F, 12.0F);
}

TEST(VadInputs, DoNotMoveWithAGain) {
  const auto loud = measure(white_noise(500, -40.0F) + vowel(120.0F, 500, -10.0F));
  const auto soft = measure(white_noise(500, -70.0F) + vowel(120.0F, 500, -40.0F));
  constexpr std::size_t kFilled =
      3;  // Before it the window begins with the silence before the call.
  for (std::size_t i = kFilled; i < loud.size(); ++i) {
    for (std::size_t k = 0; k < loud[i].size(); ++k) {
      EXPECT_NEAR(loud[i][k], soft[i][k], 0.1F) << "hop " << i << ", input " << k;
    }
  }
}

TEST(VadInputs, TakePowerThatIsNotFiniteForSilence) {
  for (const float broken :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    auto first = VadInputs::create();
    auto second = VadInputs::create();
    const PowerSpectrum silence{};
    const MelBands mel_bands;
    PowerSpectrum power{};
    power[40] = broken;
    const auto of_broken = first->process(power, mel_bands.process(power));
    const auto of_silence = second->process(silence, mel_bands.process(silence));
    EXPECT_EQ(of_broken, of_silence);
    for (const float value : of_broken) EXPECT_TRUE(std::isfinite(value));
  }
}

TEST(VadInputs, AreThoseOfANewObjectAfterReset) {
  auto spectrum = SpectrumAnalyzer::create();
  auto used = VadInputs::create();
  auto fresh = VadInputs::create();
  const MelBands mel_bands;
  for_each_hop(vowel(180.0F, 400, -20.0F), [&](Hop hop) {
    const auto& power = spectrum->process(hop);
    used->process(power, mel_bands.process(power));
  });
  used->reset();
  for_each_hop(white_noise(400, -50.0F), [&](Hop hop) {
    const auto& power = spectrum->process(hop);
    const auto mel_db = mel_bands.process(power);
    ASSERT_EQ(used->process(power, mel_db), fresh->process(power, mel_db));
  });
}

}  // namespace
}  // namespace tonecue::test
