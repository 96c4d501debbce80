/// @file
/// Intervals of pitch.
#pragma once

#include <cmath>

namespace tonecue {

/// Interval from `reference_hz` up to `f0_hz` in semitones (st). Both above 0.
inline float semitones(float f0_hz, float reference_hz) noexcept {
  return 12.0F * std::log2(f0_hz / reference_hz);
}

}  // namespace tonecue
