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

  /// @param band  40 ms at 4 kHz, in 16-bit units.
  /// @return      One value per lag, at most 1.
  const LagValues& process(std::span<const float, PitchSignals::kBandSamples> band) noexcept;

  void reset() noexcept;

 private:
  static constexpr std::size_t kFftSamples = 256;
  static constexpr std::size_t kFirstBin = 4;  // 62.5 Hz
  static constexpr std::size_t kBins = 88;     // To 1422 Hz; the weight has fallen to 0.
  static constexpr std::size_t kReach = 6;     // Bins to each side that are averaged.

  explicit SpectralCorrelation(RealFft fft);

  void track_floor() noexcept;
  float weigh() noexcept;
  void transform(float scale) noexcept;

  RealFft fft_;
  std::vector<float> window_;
  std::span<const float> cosines_;  // Of all voices; row by row, a bin's cosine at each lag.
  std::array<float, kBins> bin_weight_{};
  LagValues lag_weight_{};  // 1 / the window's own correlation.
  std::array<float, kFftSamples> windowed_{};
  std::array<std::complex<float>, kFftSamples / 2 + 1> spectrum_{};
  std::array<float, kBins + 2 * kReach> power_{};
  std::array<float, kBins> floor_{};
  std::array<float, kBins> weighted_{};
  int audible_frames_ = 0;
  LagValues values_{};
};

}  // namespace tonecue
