/// @file
/// Made signals for tests, at kSampleRateHz.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <span>
#include <vector>

#include "tonecue/core/decibel.h"
#include "tonecue/core/hop.h"

namespace tonecue::test {

using Signal = std::vector<float>;

inline std::size_t samples(int ms) {
  return static_cast<std::size_t>(ms) * static_cast<std::size_t>(kSampleRateHz) / 1000;
}

inline Signal silence(int ms) {
  Signal signal(samples(ms), 0.0F);
  return signal;
}

/// Scales to an RMS level in dBFS.
inline Signal at_level(Signal signal, float level_dbfs) {
  double power = 0.0;
  for (const float x : signal) power += static_cast<double>(x) * static_cast<double>(x);
  power /= std::max<double>(1.0, static_cast<double>(signal.size()));
  if (power <= 0.0) return signal;
  const auto gain =
      static_cast<float>(std::sqrt(static_cast<double>(db_to_power(level_dbfs)) / power));
  for (float& x : signal) x *= gain;
  return signal;
}

inline Signal sine(float frequency_hz, int ms, float level_dbfs) {
  Signal signal(samples(ms));
  for (std::size_t i = 0; i < signal.size(); ++i) {
    signal[i] =
        static_cast<float>(std::sin(2.0 * std::numbers::pi * static_cast<double>(frequency_hz) *
                                    static_cast<double>(i) / kSampleRateHz));
  }
  return at_level(std::move(signal), level_dbfs);
}

inline Signal white_noise(int ms, float level_dbfs, std::uint32_t seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  Signal signal(samples(ms));
  for (float& x : signal) x = normal(random);
  return at_level(std::move(signal), level_dbfs);
}

/// A steady vowel: harmonics of `f0_hz` under three formants, an open "a".
inline Signal vowel(float f0_hz, int ms, float level_dbfs) {
  constexpr std::array kFormantsHz = {730.0, 1090.0, 2440.0};
  Signal signal(samples(ms), 0.0F);
  for (int k = 1; static_cast<float>(k) * f0_hz < 3800.0F; ++k) {
    const double harmonic_hz = k * static_cast<double>(f0_hz);
    double gain = 0.0;
    for (const double formant_hz : kFormantsHz) {
      const double distance = (harmonic_hz - formant_hz) / 120.0;
      gain += 1.0 / (1.0 + distance * distance);
    }
    gain *= 1.0 / std::sqrt(static_cast<double>(k));
    for (std::size_t i = 0; i < signal.size(); ++i) {
      signal[i] += static_cast<float>(gain * std::sin(2.0 * std::numbers::pi * harmonic_hz *
                                                          static_cast<double>(i) / kSampleRateHz +
                                                      0.7 * k * k));
    }
  }
  return at_level(std::move(signal), level_dbfs);
}

inline Signal operator+(Signal first, const Signal& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// Calls `use` with every whole hop in turn.
template <class Use>
void for_each_hop(const Signal& signal, Use use) {
  for (std::size_t i = 0; i + kHopSamples <= signal.size(); i += kHopSamples) {
    use(Hop(signal.data() + i, kHopSamples));
  }
}

}  // namespace tonecue::test
