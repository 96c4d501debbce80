#include "tonecue/features/formants.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "features/polynomial_roots.h"

namespace tonecue {
namespace {

constexpr auto kRateHz = static_cast<float>(kSampleRateHz);

// Evens out the slope of a voice, about -6 dB per octave with the lips: 1 - 0.97 / z, as usual in
// speech analysis (+6 dB per octave from 40 Hz).
constexpr double kPreEmphasis = 0.97;

// White noise 50 dB below the sound: the recursion stays sure in float where a telephone leaves
// nothing of a band.
constexpr float kNoise = 1.00001F;

// Real poles and pairs that are nearly so tell the slope; as far from the ends of the band as in
// Praat.
constexpr float kLowestHz = 50.0F;
constexpr float kHighestHz = kRateHz / 2.0F - 50.0F;

// A pole at radius r rings with a bandwidth of -ln(r) rate / pi.
float radius_squared(float bandwidth_hz) {
  return std::exp(-2.0F * std::numbers::pi_v<float> * bandwidth_hz / kRateHz);
}

// Formants are 50 to 200 Hz wide, more through a short window and in a breathy voice. A wider pole
// lies where a resonance may be, but tells no frequency: above 800 Hz, 1 in 8, they stray most from
// Praat's. One as wide as the telephone band is slope, and counts for nothing.
const float kToldRadiusSquared = radius_squared(800.0F);
const float kCountedRadiusSquared = radius_squared(3000.0F);

using Predictor = std::array<float, kRoots>;

// Levinson's recursion: z^8 + a[0] z^7 + ... is the inverse filter. Empty where there is no sound.
std::optional<Predictor> predictor(const std::array<float, kRoots + 1>& correlation) noexcept {
  Predictor a{};
  float error = correlation[0] * kNoise;
  for (std::size_t i = 0; i < kRoots; ++i) {
    if (!(error > 0.0F)) return std::nullopt;
    float sum = correlation[i + 1];
    for (std::size_t j = 0; j < i; ++j) sum += a[j] * correlation[i - j];
    const float reflection = -sum / error;
    const Predictor before = a;
    for (std::size_t j = 0; j < i; ++j) a[j] += reflection * before[i - 1 - j];
    a[i] = reflection;
    error *= 1.0F - reflection * reflection;
  }
  return a;
}

struct Resonance {
  float hz;
  bool told;
};

Formants lowest_resonances(const Roots& poles) noexcept {
  std::array<Resonance, kRoots> found{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < kRoots; ++i) {
    const float re = poles.re[i];
    const float im = poles.im[i];
    if (im <= 0.0F) continue;  // The mirror image of one above the axis.
    const float squared = re * re + im * im;
    if (squared <= kCountedRadiusSquared) continue;
    const float hz = std::atan2(im, re) * kRateHz / (2.0F * std::numbers::pi_v<float>);
    if (hz < kLowestHz || hz > kHighestHz) continue;
    std::size_t place = count++;  // Ascending.
    for (; place > 0 && found[place - 1].hz > hz; --place) found[place] = found[place - 1];
    found[place] = {hz, squared > kToldRadiusSquared};
  }
  Formants formants{};
  for (std::size_t i = 0; i < std::min(count, formants.size()); ++i) {
    if (found[i].told) formants[i] = found[i].hz;
  }
  return formants;
}

}  // namespace

FormantEstimator::FormantEstimator() {
  constexpr double kBinRadians = 2.0 * std::numbers::pi / kSpectrumSamples;
  for (std::size_t k = 0; k < kSpectrumBins; ++k) {
    const double radians = kBinRadians * static_cast<double>(k);
    const double emphasis =
        1.0 + kPreEmphasis * kPreEmphasis - 2.0 * kPreEmphasis * std::cos(radians);
    const bool has_mirror = k > 0 && k < kSpectrumBins - 1;
    for (std::size_t lag = 0; lag <= kOrder; ++lag) {
      weights_[lag][k] = static_cast<float>((has_mirror ? 2.0 : 1.0) * emphasis *
                                            std::cos(radians * static_cast<double>(lag)));
    }
  }
}

// Eight sums side by side, because one alone would have to be added up in order.
FormantEstimator::Autocorrelation FormantEstimator::autocorrelation(
    const PowerSpectrum& power) const noexcept {
  constexpr std::size_t kSums = 8;
  constexpr std::size_t kLast = kSpectrumBins - 1;
  static_assert(kLast % kSums == 0);
  Autocorrelation result{};
  for (std::size_t lag = 0; lag <= kOrder; ++lag) {
    const PowerSpectrum& weights = weights_[lag];
    std::array<float, kSums> sums{};
    for (std::size_t k = 0; k < kLast; k += kSums) {
      for (std::size_t j = 0; j < kSums; ++j) sums[j] += weights[k + j] * power[k + j];
    }
    result[lag] = ((sums[0] + sums[4]) + (sums[2] + sums[6])) +
                  ((sums[1] + sums[5]) + (sums[3] + sums[7])) + weights[kLast] * power[kLast];
  }
  return result;
}

Formants FormantEstimator::process(const PowerSpectrum& power) const noexcept {
  static_assert(kOrder == kRoots);
  const auto inverse_filter = predictor(autocorrelation(power));
  if (!inverse_filter) return {};
  const auto poles = find_roots(*inverse_filter);
  return poles ? lowest_resonances(*poles) : Formants{};
}

}  // namespace tonecue
