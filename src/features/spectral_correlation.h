/// @file
/// Periodicity of a voice in noise.
#pragma once

#include <array>
#include <complex>
#include <span>
#include <vector>

#include "features/lag_grid.h"
#include "features/pitch_signals.h"
#include "tonecue/core/result.h"
#include "tonecue/dsp/real_fft.h"

namespace tonecue {

/// Correlation of what stands out of the noise, by its spectrum: the power above a slowly tracked
/// noise floor, compressed, turned back into a correlation at each lag.
class SpectralCorrelation {
 public:
  static Result<SpectralCorrelation> create();

  /// @param low  The low band, in 16-bit units: the 39 ms around its centre are looked at.
  /// @return     One value per lag, at most 1.
  const LagValues& process(const CentredSignal& low) noexcept;

  void reset() noexcept;

 private:
  static constexpr std::size_t kStep = 3;  // The low band holds little above half of 2.7 kHz.
  static constexpr std::size_t kWindowSamples = 104;
  static constexpr std::size_t kFftSamples = 128;
  static constexpr std::size_t kFirstBin = 3;  // 62.5 Hz
  static constexpr std::size_t kBins = 40;     // To 875 Hz, where the low band has all but ended.
  static constexpr std::size_t kReach = 4;     // Bins to each side that are averaged.

  explicit SpectralCorrelation(RealFft fft);

  void track_floor() noexcept;
  float weigh() noexcept;
  void transform(float scale) noexcept;

  RealFft fft_;
  std::vector<float> window_;
  std::span<const float> cosines_;  // Of all voices; row by row, a bin's cosine at each lag.
  LagValues lag_weight_{};          // 1 / the window's own correlation.
  std::array<float, kFftSamples> windowed_{};
  std::array<std::complex<float>, kFftSamples / 2 + 1> spectrum_{};
  std::array<float, kBins + 2 * kReach> power_{};
  std::array<float, kBins> floor_{};
  std::array<float, kBins> weighted_{};
  int audible_frames_ = 0;
  LagValues values_{};
};

}  // namespace tonecue
