#include "cues/distress_functionals.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "cues/made_customer.h"
#include "support/signals.h"

namespace tonecue {
namespace {

/// The functionals of a signal; every frame with sound counts.
class Measured {
 public:
  explicit Measured(const test::Signal& signal) {
    auto functionals = DistressFunctionals::create().value();
    for (const CustomerFrame& frame : test::customer_frames(signal)) {
      if (frame->level_dbfs > -55.0F) functionals.add(*frame);
    }
    row_ = functionals.compute();
  }

  float operator[](const std::string& name) const {
    const auto names = distress_functional_names();
    const auto at = std::find(names.begin(), names.end(), name);
    EXPECT_NE(at, names.end()) << name;
    return row_[static_cast<std::size_t>(at - names.begin())];
  }
  const DistressFunctionalRow& row() const { return row_; }

 private:
  DistressFunctionalRow row_{};
};

test::Signal gliding_vowel(double from_hz, double st_per_s, int ms) {
  test::Signal signal(test::samples(ms));
  double phase = 0.0;
  for (std::size_t i = 0; i < signal.size(); ++i) {
    const double time_s = static_cast<double>(i) / kSampleRateHz;
    const double f0_hz = from_hz * std::exp2(st_per_s * time_s / 12.0);
    phase += 2.0 * std::numbers::pi * f0_hz / kSampleRateHz;
    for (int k = 1; k * f0_hz < 3800.0; ++k) {
      signal[i] += static_cast<float>(std::sin(k * phase + 0.7 * k * k) / k);
    }
  }
  return test::at_level(std::move(signal), -25.0F);
}

TEST(DistressFunctionals, NamesEachValueOnce) {
  const auto names = distress_functional_names();
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kDistressFunctionals));
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
}

TEST(DistressFunctionals, FindsNoMelodyInASteadyVowel) {
  const Measured vowel(test::vowel(200.0F, 2000, -25.0F));
  EXPECT_NEAR(vowel["f0_median_st"], 12.0F, 0.1F);  // Re 100 Hz.
  EXPECT_LT(vowel["f0_sd_st"], 0.3F);
  EXPECT_LT(vowel["f0_p90_p10_st"], 0.2F);
  EXPECT_NEAR(vowel["f0_trend_st_per_s"], 0.0F, 0.2F);
  EXPECT_GT(vowel["voiced_share"], 0.95F);
}

TEST(DistressFunctionals, MeasuresHowFastThePitchRises) {
  const Measured glide(gliding_vowel(120.0, 6.0, 2000));
  EXPECT_NEAR(glide["f0_trend_st_per_s"], 6.0F, 0.5F);
  EXPECT_NEAR(glide["f0_rise_st_per_s"], 6.0F, 1.5F);
  EXPECT_GT(glide["f0_rising_share"], 0.9F);
  EXPECT_NEAR(glide["f0_p90_p10_st"], 9.6F, 0.7F);
}

TEST(DistressFunctionals, HearsTheLevelMoveAtThePaceOfSyllables) {
  test::Signal signal = test::vowel(150.0F, 3000, -25.0F);
  for (std::size_t i = 0; i < signal.size(); ++i) {
    const double time_s = static_cast<double>(i) / kSampleRateHz;
    signal[i] *=
        static_cast<float>(std::pow(10.0, 0.4 * std::sin(2.0 * std::numbers::pi * 5.0 * time_s)));
  }
  const Measured pulsed(test::at_level(signal, -25.0F));
  EXPECT_GT(pulsed["modulation_4_to_8_hz"], 0.8F);
  EXPECT_NEAR(pulsed["level_peaks_per_s"], 5.0F, 0.5F);
}

// The window lies after the first syllable, where the pitch tracker still guesses how loud the
// voice is.
TEST(DistressFunctionals, DoesNotKnowTheAbsoluteLevel) {
  const Measured loud(test::babbling(140.0F, 24, -14.0F));
  const Measured quiet(test::babbling(140.0F, 24, -34.0F));
  for (std::size_t i = 0; i < kDistressFunctionals; ++i) {
    // Syllables count only where there may be speech, and made vowels are at the edge of that.
    if (distress_functional_names()[i] == "syllables_per_s") continue;
    const float size = std::max({1.0F, std::abs(loud.row()[i]), std::abs(quiet.row()[i])});
    EXPECT_NEAR(loud.row()[i], quiet.row()[i], 0.05F * size) << distress_functional_names()[i];
  }
}

TEST(DistressFunctionals, TellsABrightVoiceFromADullOne) {
  test::Signal dull = test::vowel(150.0F, 1500, -25.0F);
  for (std::size_t i = 1; i < dull.size(); ++i) dull[i] += 0.95F * dull[i - 1];
  const Measured bright(test::vowel(150.0F, 1500, -25.0F));
  const Measured dulled(test::at_level(dull, -25.0F));
  EXPECT_GT(bright["mid_tilt_mean_db"], dulled["mid_tilt_mean_db"] + 3.0F);
  EXPECT_GT(bright["tilt_mean_db_per_octave"], dulled["tilt_mean_db_per_octave"] + 1.0F);
}

TEST(DistressFunctionals, IsZeroWithoutSpeech) {
  auto functionals = DistressFunctionals::create().value();
  for (const float value : functionals.compute()) EXPECT_EQ(value, 0.0F);
  EXPECT_EQ(functionals.speech_s(), 0.0F);
}

TEST(DistressFunctionals, StaysFiniteOnNoiseTonesAndSilence) {
  for (const auto& signal : {test::silence(1500), test::white_noise(1500, -20.0F),
                             test::sine(440.0F, 1500, -10.0F), test::silence(20)}) {
    const Measured measured(signal);
    for (std::size_t i = 0; i < kDistressFunctionals; ++i) {
      EXPECT_TRUE(std::isfinite(measured.row()[i])) << distress_functional_names()[i];
    }
  }
}

TEST(DistressFunctionals, RemembersThreeSecondsOfSpeech) {
  const auto vowel = test::vowel(120.0F, 1000, -25.0F);
  const auto later = test::vowel(240.0F, 3500, -25.0F);
  const Measured both(test::operator+(vowel, later));
  EXPECT_NEAR(both["f0_median_st"], 15.16F, 0.1F);
  EXPECT_LT(both["f0_sd_st"], 0.3F) << "the first vowel is still in the window";
}

TEST(DistressFunctionals, LeavesOutTheFramesThatDoNotCount) {
  auto functionals = DistressFunctionals::create().value();
  const auto frames = test::customer_frames(
      test::operator+(test::vowel(120.0F, 1000, -25.0F), test::vowel(240.0F, 1000, -25.0F)));
  for (const CustomerFrame& frame : frames) {
    if (frame->index < 90) functionals.add(*frame);
  }
  EXPECT_NEAR(functionals.speech_s(), 0.9F, 0.001F);
  EXPECT_NEAR(functionals.compute()[0], 3.16F, 0.1F);
}

TEST(DistressFunctionals, ForgetsWhatIsOld) {
  auto functionals = DistressFunctionals::create().value();
  for (const auto& frame : test::customer_frames(test::vowel(120.0F, 1000, -25.0F))) {
    functionals.add(*frame);
  }
  functionals.forget_before(60);
  EXPECT_NEAR(functionals.speech_s(), 0.4F, 0.001F);
  functionals.forget_before(1000);
  EXPECT_EQ(functionals.speech_s(), 0.0F);
  EXPECT_EQ(functionals.voiced_s(), 0.0F);
}

TEST(DistressFunctionals, IsNewAfterReset) {
  auto used = DistressFunctionals::create().value();
  auto fresh = DistressFunctionals::create().value();
  for (const auto& frame : test::customer_frames(test::babbling(200.0F, 8))) {
    used.add(*frame);
  }
  used.reset();
  for (const auto& frame : test::customer_frames(test::babbling(120.0F, 6))) {
    used.add(*frame);
    fresh.add(*frame);
  }
  EXPECT_EQ(used.compute(), fresh.compute());
}

}  // namespace
}  // namespace tonecue
