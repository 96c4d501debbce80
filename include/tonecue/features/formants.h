/// @file
/// Resonances of the mouth and throat.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "tonecue/features/spectrum.h"

namespace tonecue {

inline constexpr int kFormants = 3;

/// F1 to F3 in Hz, ascending; empty where one is too wide to be told, 800 Hz or more.
using Formants = std::array<std::optional<float>, kFormants>;

/// Finds the formants of one frame by linear prediction (Atal and Hanauer, "Speech analysis and
/// synthesis by linear prediction of the speech wave", JASA 50, 1971): autocorrelation of the
/// pre-emphasised sound, taken from its power spectrum; Levinson's recursion; roots of the
/// predictor. Order 8 holds the four resonances of an adult voice below 4 kHz, so its roots are
/// counted from below, nearly as Praat counts them with a ceiling of 4000 Hz and four formants: one
/// too wide to be told keeps its place, one wider than 3000 Hz is none. Means something in voiced
/// speech only: ask it of no other frame.
///
/// The higher the voice, the more F1 leans to the nearest harmonic. A telephone (300 to 3400 Hz,
/// mu-law) takes the lower skirt of a low F1 away: at 500 Hz and above F1 reads a few percent high,
/// at 400 Hz up to a tenth, at 350 Hz a quarter, and an F1 below 320 Hz is not measured but the
/// edge of the band. F2 and F3 stay within 5 %.
///
/// Real-time: process() neither allocates, locks nor throws. Threads: const after construction.
class FormantEstimator {
 public:
  FormantEstimator();

  /// All empty for silence. A gain changes nothing.
  Formants process(const PowerSpectrum& power) const noexcept;

 private:
  static constexpr std::size_t kOrder = 8;
  using Autocorrelation = std::array<float, kOrder + 1>;

  Autocorrelation autocorrelation(const PowerSpectrum& power) const noexcept;

  // Per lag, what each bin adds: cosine times pre-emphasis.
  std::array<PowerSpectrum, kOrder + 1> weights_{};
};

}  // namespace tonecue
