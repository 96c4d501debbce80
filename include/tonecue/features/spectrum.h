/// @file
/// The one short-time spectrum of a voice that its features share.
#pragma once

#include <array>
#include <complex>
#include <span>
#include <vector>

#include "tonecue/core/hop.h"
#include "tonecue/core/result.h"
#include "tonecue/dsp/real_fft.h"

namespace tonecue {

inline constexpr int kSpectrumSamples = 256;  ///< 32 ms
inline constexpr int kSpectrumBins = kSpectrumSamples / 2 + 1;
inline constexpr float kBinHz = static_cast<float>(kSampleRateHz) / kSpectrumSamples;

/// Power per bin. A full-scale square wave's power, summed over all bins of both halves and divided
/// by their number, is 1: so `power_to_db` of a mean over bins is a level in dBFS.
using PowerSpectrum = std::array<float, kSpectrumBins>;

/// Short-time power spectrum: the last 256 samples under a periodic Hann window, every hop.
///
/// Real-time: create() allocates; process() and reset() do not.
/// Threads: one object belongs to one thread.
class SpectrumAnalyzer {
 public:
  static Result<SpectrumAnalyzer> create();

  /// The spectrum of the window that ends with this hop; zeros before the start of the call.
  const PowerSpectrum& process(Hop hop) noexcept;

  void reset() noexcept;

 private:
  explicit SpectrumAnalyzer(RealFft fft);

  RealFft fft_;
  std::vector<float> window_;
  float scale_ = 0.0F;                             // 1 / sum of the squared window.
  std::array<float, kSpectrumSamples> history_{};  // Oldest first.
  std::array<float, kSpectrumSamples> windowed_{};
  std::array<std::complex<float>, kSpectrumBins> spectrum_{};
  PowerSpectrum power_{};
};

}  // namespace tonecue
