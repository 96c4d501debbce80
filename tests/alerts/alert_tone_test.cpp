#include "tonecue/alerts/alert_tone.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

using Samples = std::vector<float>;

constexpr std::array kShapes = {ToneShape::conduct, ToneShape::distress};
constexpr std::array kRatesHz = {8000, 16000, 44100, 48000, 96000};

/// Power at one frequency (a term of the Fourier transform), of a stretch of samples.
double power_at(const Samples& tone, int sample_rate_hz, double frequency_hz, std::size_t from = 0,
                std::size_t to = std::numeric_limits<std::size_t>::max()) {
  std::complex<double> sum;
  for (std::size_t i = from; i < std::min(to, tone.size()); ++i) {
    const double angle =
        2.0 * std::numbers::pi * frequency_hz * static_cast<double>(i) / sample_rate_hz;
    sum += static_cast<double>(tone[i]) * std::polar(1.0, -angle);
  }
  return std::norm(sum);
}

/// The strongest frequency of a stretch, to 5 Hz.
double pitch_hz(const Samples& tone, int sample_rate_hz, std::size_t from, std::size_t to) {
  double best_hz = 0.0;
  double best = 0.0;
  for (int step = 40; step < 400; ++step) {
    const double f = 5.0 * step;
    const double power = power_at(tone, sample_rate_hz, f, from, to);
    if (power > best) {
      best = power;
      best_hz = f;
    }
  }
  return best_hz;
}

/// Notes: stretches that rise above a tenth of the peak, by blocks of 5 ms.
int count_notes(const Samples& tone, int sample_rate_hz) {
  const auto block = static_cast<std::size_t>(sample_rate_hz / 200);
  int notes = 0;
  bool sounding = false;
  for (std::size_t i = 0; i < tone.size(); i += block) {
    float peak = 0.0F;
    for (std::size_t k = i; k < std::min(i + block, tone.size()); ++k) {
      peak = std::max(peak, std::abs(tone[k]));
    }
    if (peak > 0.1F && !sounding) ++notes;
    sounding = peak > 0.1F;
  }
  return notes;
}

TEST(AlertTone, LastsNoLongerThanAQuarterOfASecond) {
  for (const ToneShape shape : kShapes) {
    for (const int rate : kRatesHz) {
      EXPECT_LE(render_tone(shape, rate).size(), static_cast<std::size_t>(rate / 4)) << rate;
      EXPECT_GT(render_tone(shape, rate).size(), static_cast<std::size_t>(rate / 5)) << rate;
    }
  }
}

TEST(AlertTone, HasAPeakOfOneAndBeginsAndEndsInSilence) {
  for (const ToneShape shape : kShapes) {
    for (const int rate : kRatesHz) {
      const Samples tone = render_tone(shape, rate);
      float peak = 0.0F;
      for (const float x : tone) peak = std::max(peak, std::abs(x));
      EXPECT_FLOAT_EQ(peak, 1.0F);
      EXPECT_EQ(tone.front(), 0.0F);
      EXPECT_EQ(tone.back(), 0.0F);
    }
  }
}

// A sine of 2 kHz at full scale takes steps of 0.26 at 48 kHz; a click takes any.
TEST(AlertTone, TakesNoStepThatClicks) {
  for (const ToneShape shape : kShapes) {
    const Samples tone = render_tone(shape, 48000);
    float step = 0.0F;
    for (std::size_t i = 1; i < tone.size(); ++i) {
      step = std::max(step, std::abs(tone[i] - tone[i - 1]));
    }
    EXPECT_LT(step, 0.18F);
    // The first and the last millisecond stay 40 dB below the peak.
    for (std::size_t i = 0; i < 48; ++i) {
      EXPECT_LT(std::abs(tone[i]), 0.01F);
      EXPECT_LT(std::abs(tone[tone.size() - 1 - i]), 0.01F);
    }
  }
}

TEST(AlertTone, HoldsNothingAboveTwoKilohertz) {
  for (const ToneShape shape : kShapes) {
    const Samples tone = render_tone(shape, 48000);
    double whole = 0.0;  // Parseval: as much in all terms of the transform as in all samples.
    for (const float x : tone) whole += static_cast<double>(x) * static_cast<double>(x);
    whole *= static_cast<double>(tone.size());
    const double term_hz = 48000.0 / static_cast<double>(tone.size());
    double below = power_at(tone, 48000, 0.0);
    for (int term = 1; term * term_hz < 2000.0; ++term) {
      below += 2.0 * power_at(tone, 48000, term * term_hz);
    }
    EXPECT_LT((whole - below) / whole, 1e-5);  // -50 dB
  }
}

TEST(AlertTone, OfConductIsOneNoteThatFalls) {
  const Samples tone = render_tone(ToneShape::conduct, 48000);
  EXPECT_EQ(count_notes(tone, 48000), 1);
  const double first_hz = pitch_hz(tone, 48000, 0, tone.size() / 3);
  const double last_hz = pitch_hz(tone, 48000, tone.size() * 2 / 3, tone.size());
  EXPECT_GT(first_hz, 1.1 * last_hz);
}

TEST(AlertTone, OfDistressIsTwoNotesThatRise) {
  const Samples tone = render_tone(ToneShape::distress, 48000);
  EXPECT_EQ(count_notes(tone, 48000), 2);
  const double first_hz = pitch_hz(tone, 48000, 0, tone.size() / 2);
  const double last_hz = pitch_hz(tone, 48000, tone.size() / 2, tone.size());
  EXPECT_GT(last_hz, 1.3 * first_hz);
}

// Above what is tracked as a voice, and below where age takes much from hearing.
TEST(AlertTone, KeepsItsPitchBetween750And1300Hertz) {
  for (const ToneShape shape : kShapes) {
    const Samples tone = render_tone(shape, 48000);
    for (const std::size_t part : {0U, 1U, 2U}) {
      const double hz = pitch_hz(tone, 48000, tone.size() * part / 3, tone.size() * (part + 1) / 3);
      EXPECT_GT(hz, 750.0);
      EXPECT_LT(hz, 1300.0);
    }
  }
}

TEST(ToneLevel, LiesSixDecibelsBelowTheVoice) {
  EXPECT_FLOAT_EQ(tone_level_dbfs(-20.0F), -26.0F);
  EXPECT_FLOAT_EQ(tone_level_dbfs(-30.0F), -36.0F);
}

TEST(ToneLevel, IsLimitedBesideALoudAndBesideAFaintVoice) {
  EXPECT_FLOAT_EQ(tone_level_dbfs(0.0F), -20.0F);
  EXPECT_FLOAT_EQ(tone_level_dbfs(-10.0F), -20.0F);
  EXPECT_FLOAT_EQ(tone_level_dbfs(-50.0F), -38.0F);
  EXPECT_FLOAT_EQ(tone_level_dbfs(-100.0F), -38.0F);
}

TEST(ToneLevel, FitsAnOrdinaryLineBeforeTheVoiceIsKnown) {
  EXPECT_FLOAT_EQ(tone_level_dbfs({}), -32.0F);
}

}  // namespace
}  // namespace tonecue
