/// @file
/// What of a hop is sound.
#pragma once

#include <cmath>

namespace tonecue {

/// The sample itself; 0 for NaN, infinity, and what lies so far beyond full scale that it is not
/// sound and that its powers would overflow.
inline float sound_sample(float sample) noexcept {
  constexpr float kLargest = 8.0F;
  return std::abs(sample) <= kLargest ? sample : 0.0F;
}

}  // namespace tonecue
