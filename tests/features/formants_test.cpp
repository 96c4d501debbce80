#include "tonecue/features/formants.h"

#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <numbers>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

#include "support/signals.h"

namespace tonecue {
namespace {

struct Vowel {
  float f0_hz;
  std::array<float, 3> formants_hz;
};

// Harmonics that fall by 6 dB per octave, as a voice's do outside the lips, through resonances of
// 80, 100, 150 and (F4, at 3500 Hz) 250 Hz one after the other.
test::Signal sing(const Vowel& vowel, int ms = 100) {
  using std::numbers::pi;
  constexpr std::array kWidthsHz = {80.0, 100.0, 150.0, 250.0};
  const std::array formants_hz = {vowel.formants_hz[0], vowel.formants_hz[1], vowel.formants_hz[2],
                                  3500.0F};
  test::Signal signal(test::samples(ms), 0.0F);
  for (int k = 1; static_cast<float>(k) * vowel.f0_hz < 3900.0F; ++k) {
    const double radians = 2.0 * pi * k * static_cast<double>(vowel.f0_hz) / kSampleRateHz;
    std::complex<double> gain = 1.0 / k;
    for (std::size_t i = 0; i < formants_hz.size(); ++i) {
      const double angle = 2.0 * pi * static_cast<double>(formants_hz[i]) / kSampleRateHz;
      const auto pole = std::polar(std::exp(-pi * kWidthsHz[i] / kSampleRateHz), angle);
      const auto delay = std::polar(1.0, -radians);
      gain *= std::norm(1.0 - pole) / ((1.0 - pole * delay) * (1.0 - std::conj(pole) * delay));
    }
    for (std::size_t n = 0; n < signal.size(); ++n) {
      const double phase = radians * static_cast<double>(n) + std::arg(gain);
      signal[n] += static_cast<float>(std::abs(gain) * std::cos(phase));
    }
  }
  return test::at_level(std::move(signal), -20.0F);
}

PowerSpectrum spectrum_of(const test::Signal& signal) {
  auto analyzer = SpectrumAnalyzer::create();
  PowerSpectrum power{};
  test::for_each_hop(signal, [&](Hop hop) { power = analyzer->process(hop); });
  return power;
}

// What a line from 300 to 3400 Hz leaves, the rest 40 dB down.
PowerSpectrum over_telephone(PowerSpectrum power) {
  for (std::size_t k = 0; k < power.size(); ++k) {
    const float hz = kBinHz * static_cast<float>(k);
    if (hz < 300.0F || hz > 3400.0F) power[k] *= 1e-4F;
  }
  return power;
}

using Case = std::tuple<float, std::array<float, 3>>;

class FormantsOfVowels : public testing::TestWithParam<Case> {
 protected:
  static void expect_within_8_percent(const PowerSpectrum& power) {
    const auto& expected_hz = std::get<1>(GetParam());
    const Formants formants = FormantEstimator().process(power);
    for (std::size_t i = 0; i < formants.size(); ++i) {
      ASSERT_TRUE(formants[i]) << "F" << i + 1;
      EXPECT_NEAR(*formants[i] / expected_hz[i], 1.0F, 0.08F) << "F" << i + 1;
    }
  }
  static Vowel vowel() { return {std::get<0>(GetParam()), std::get<1>(GetParam())}; }
};

TEST_P(FormantsOfVowels, AreFoundWithin8Percent) {
  expect_within_8_percent(spectrum_of(sing(vowel())));
}

TEST_P(FormantsOfVowels, AreFoundWithin8PercentOverATelephone) {
  expect_within_8_percent(over_telephone(spectrum_of(sing(vowel()))));
}

INSTANTIATE_TEST_SUITE_P(LowToHighVoices, FormantsOfVowels,
                         testing::Combine(testing::Values(95.0F, 120.0F, 160.0F, 200.0F),
                                          testing::Values(std::array{500.0F, 1500.0F, 2500.0F},
                                                          std::array{730.0F, 1090.0F, 2440.0F},
                                                          std::array{530.0F, 1840.0F, 2480.0F},
                                                          std::array{640.0F, 1190.0F, 2390.0F})));

TEST(Formants, ALowF1ReadsHighOverATelephone) {
  const PowerSpectrum wide = spectrum_of(sing({110.0F, {300.0F, 1500.0F, 2500.0F}}));
  const Formants formants = FormantEstimator().process(wide);
  const Formants over_line = FormantEstimator().process(over_telephone(wide));
  ASSERT_TRUE(formants[0] && over_line[0]);
  EXPECT_NEAR(*formants[0], 300.0F, 30.0F);
  EXPECT_GT(*over_line[0], 340.0F);
  ASSERT_TRUE(over_line[1] && over_line[2]);
  EXPECT_NEAR(*over_line[1], 1500.0F, 75.0F);
  EXPECT_NEAR(*over_line[2], 2500.0F, 125.0F);
}

TEST(Formants, DoNotDependOnTheLevel) {
  const PowerSpectrum power = spectrum_of(sing({130.0F, {500.0F, 1500.0F, 2500.0F}}));
  const Formants formants = FormantEstimator().process(power);
  for (const float gain_db : {-60.0F, -20.0F, 20.0F}) {
    PowerSpectrum other = power;
    for (float& bin : other) bin *= db_to_power(gain_db);
    const Formants others = FormantEstimator().process(other);
    for (std::size_t i = 0; i < formants.size(); ++i) {
      ASSERT_TRUE(formants[i] && others[i]);
      EXPECT_NEAR(*others[i], *formants[i], 0.5F) << gain_db << " dB";
    }
  }
}

TEST(Formants, ThatAreTooWideKeepTheirPlace) {
  // Three resonances, the second 1200 Hz wide.
  PowerSpectrum power{};
  for (std::size_t k = 0; k < power.size(); ++k) {
    const double radians = std::numbers::pi * static_cast<double>(k) / (kSpectrumBins - 1.0);
    const auto delay = std::polar(1.0, -radians);
    std::complex<double> gain = 1.0 / (1.0 - 0.97 * delay);  // The slope of a voice.
    for (const auto& [hz, width_hz] : {std::pair{500.0, 80.0}, {1500.0, 1200.0}, {2500.0, 120.0}}) {
      const auto pole = std::polar(std::exp(-std::numbers::pi * width_hz / kSampleRateHz),
                                   2.0 * std::numbers::pi * hz / kSampleRateHz);
      gain /= (1.0 - pole * delay) * (1.0 - std::conj(pole) * delay);
    }
    power[k] = static_cast<float>(1e-6 * std::norm(gain));
  }
  const Formants formants = FormantEstimator().process(power);
  ASSERT_TRUE(formants[0] && formants[2]);
  EXPECT_NEAR(*formants[0], 500.0F, 10.0F);
  EXPECT_FALSE(formants[1]);
  EXPECT_NEAR(*formants[2], 2500.0F, 50.0F);
}

TEST(Formants, AreEmptyForSilenceAndWhatIsNotANumber) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  PowerSpectrum broken{};
  broken.fill(kNan);
  for (const PowerSpectrum& power : {PowerSpectrum{}, broken}) {
    for (const auto& hz : FormantEstimator().process(power)) EXPECT_FALSE(hz);
  }
}

TEST(Formants, OfNoiseAreInOrderAndWithinTheBand) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    const auto power = spectrum_of(test::white_noise(50, -30.0F, seed));
    float last_hz = 50.0F;
    for (const auto& hz : FormantEstimator().process(power)) {
      if (!hz) continue;
      EXPECT_GE(*hz, last_hz) << "seed " << seed;
      EXPECT_LE(*hz, 3950.0F) << "seed " << seed;
      last_hz = *hz;
    }
  }
}

}  // namespace
}  // namespace tonecue
