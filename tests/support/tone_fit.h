/// @file
/// How clean a tone is.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace tonecue::test {

struct ToneFit {
  double gain_db = 0.0;   // Of the tone, against a full-scale sine.
  double noise_db = 0.0;  // What is left without it, against the tone.
  double phase = 0.0;     // Of the first sample, in turns.
};

/// Fits the sine of a frequency by least squares.
/// @param turns_per_sample  Its frequency over the sample rate.
inline ToneFit fit_tone(std::span<const float> heard, double turns_per_sample) {
  double cc = 0.0;
  double cs = 0.0;
  double ss = 0.0;
  double cx = 0.0;
  double sx = 0.0;
  const double turn = 2.0 * std::numbers::pi * turns_per_sample;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    const double c = std::cos(turn * static_cast<double>(i));
    const double s = std::sin(turn * static_cast<double>(i));
    const auto x = static_cast<double>(heard[i]);
    cc += c * c;
    cs += c * s;
    ss += s * s;
    cx += c * x;
    sx += s * x;
  }
  const double determinant = cc * ss - cs * cs;
  const double a = (cx * ss - sx * cs) / determinant;
  const double b = (sx * cc - cx * cs) / determinant;
  double rest = 0.0;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    const double x = a * std::cos(turn * static_cast<double>(i)) +
                     b * std::sin(turn * static_cast<double>(i)) - static_cast<double>(heard[i]);
    rest += x * x;
  }
  const double tone = (a * a + b * b) / 2.0;
  const double noise = std::max(rest / static_cast<double>(heard.size()), 1e-20);
  return {10.0 * std::log10(2.0 * tone), 10.0 * std::log10(noise / tone),
          std::atan2(a, b) / (2.0 * std::numbers::pi)};
}

/// The frequency of a tone that is almost at `turns_per_sample`: by how its phase turns from the
/// first half to the second.
inline double find_tone(std::span<const float> heard, double turns_per_sample) {
  double found = turns_per_sample;
  const std::size_t half = heard.size() / 2;
  for (int i = 0; i < 3; ++i) {
    const double first = fit_tone(heard.first(half), found).phase;
    const double second = fit_tone(heard.subspan(half), found).phase;
    const double expected = first + found * static_cast<double>(half);
    const double turned = second - expected;
    found += (turned - std::round(turned)) / static_cast<double>(half);
  }
  return found;
}

}  // namespace tonecue::test
