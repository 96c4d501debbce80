/// @file
/// Low-pass filter without phase distortion.
#pragma once

#include <array>
#include <span>

#include "tonecue/core/hop.h"

namespace tonecue {

/// Linear-phase low-pass: a sinc of 31 taps under a Hamming window, unit gain at 0 Hz, -6 dB at the
/// cutoff. What goes in comes out kDelaySamples later.
///
/// Real-time: nothing allocates, locks or throws. Threads: one object belongs to one thread.
class FirFilter {
 public:
  static constexpr int kTaps = 31;
  static constexpr int kDelaySamples = kTaps / 2;

  /// @param cutoff_hz  (0, kSampleRateHz / 2)
  static FirFilter low_pass(float cutoff_hz);

  /// Filters one hop, going on from the last call. Finite samples only.
  /// @param out  May be `hop` itself.
  void process(Hop hop, std::span<float, kHopSamples> out) noexcept;

  void reset() noexcept;

 private:
  FirFilter() = default;

  std::array<float, kDelaySamples + 1> taps_{};           // The first half and the middle.
  std::array<float, kTaps - 1 + kHopSamples> history_{};  // Oldest first.
};

}  // namespace tonecue
