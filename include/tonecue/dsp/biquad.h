/// @file
/// Second-order recursive filter.
#pragma once

#include <span>

#include "tonecue/dsp/kernels.h"

namespace tonecue {

/// One second-order section at kSampleRateHz, transposed direct form II.
///
/// Real-time: nothing allocates, locks or throws. Threads: one object belongs to one thread.
class Biquad {
 public:
  /// Butterworth high-pass by the bilinear transform: -3.01 dB at `cutoff_hz`, 12 dB per octave
  /// below it.
  /// @param cutoff_hz  (0, kSampleRateHz / 2)
  static Biquad butterworth_high_pass(float cutoff_hz);

  /// Filters in place, going on from the samples of the last call. Finite samples only.
  void process(std::span<float> samples) noexcept;

  void reset() noexcept;

 private:
  Biquad(float b0, float b1, float b2, float a1, float a2);

  void step(std::span<float> samples) noexcept;

  float b0_;
  BiquadBlock block_;
  float state1_ = 0.0F;
  float state2_ = 0.0F;
};

}  // namespace tonecue
