/// @file
/// What the voice activity network looks at.
#pragma once

#include <array>
#include <complex>
#include <span>

#include "tonecue/core/result.h"
#include "tonecue/dsp/real_fft.h"
#include "tonecue/features/mel_bands.h"
#include "tonecue/features/spectrum.h"

namespace tonecue {

/// Bands under the recent loudest level, bands over their noise floor, level, SNR, span, flux,
/// periodicity, flatness: in this order.
inline constexpr int kVadInputs = 2 * kMelBands + 6;

using VadInput = std::array<float, kVadInputs>;

/// A noise floor in dB: the lower edge of a level that is smoothed over three hops. It falls fast
/// and rises at 0.2 to 2 dB a second.
struct NoiseFloor {
  float smoothed_db = 0.0F;
  float floor_db = 0.0F;

  void start(float level_db) noexcept { smoothed_db = floor_db = level_db; }
  void follow(float level_db) noexcept;
};

/// Measures each hop against the voice's own recent past, so that a gain changes nothing.
///
/// Periodicity is the highest peak, from 63 to 400 Hz, of the autocorrelation that the magnitude
/// spectrum (a compressed power spectrum: harmonics count more alike) transforms to. It needs no
/// fundamental within the telephone band.
///
/// Real-time: create() allocates; process() and reset() neither allocate, lock nor throw.
/// Threads: one object belongs to one thread.
class VadInputs {
 public:
  static Result<VadInputs> create();

  /// @param power, mel_db  Of the same hop. Power that is not finite counts as silence.
  const VadInput& process(const PowerSpectrum& power, const MelLevels& mel_db) noexcept;

  /// Forgets all audio; the next hop is that of a new object.
  void reset() noexcept;

 private:
  explicit VadInputs(RealFft fft);

  void follow(const MelLevels& mel_db, float level_db) noexcept;
  float periodicity(const PowerSpectrum& power) noexcept;

  RealFft fft_;
  std::array<std::complex<float>, kSpectrumBins> magnitude_{};
  std::array<float, kSpectrumSamples> correlation_{};

  bool started_ = false;
  std::array<NoiseFloor, kMelBands> band_floors_{};
  NoiseFloor floor_;
  float loudest_db_ = 0.0F;
  MelLevels previous_db_{};
  VadInput input_{};
};

}  // namespace tonecue
