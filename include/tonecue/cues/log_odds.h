/// @file
/// Probabilities on the scale on which evidence adds up.
#pragma once

#include <algorithm>
#include <cmath>

namespace tonecue {

/// @param probability  [0, 1]
/// @param edge  How near to 0 and 1 a probability may count.
inline float log_odds(float probability, float edge = 1e-6F) noexcept {
  const float p = std::clamp(probability, edge, 1.0F - edge);
  return std::log(p / (1.0F - p));
}

inline float probability_of(float log_odds) noexcept { return 1.0F / (1.0F + std::exp(-log_odds)); }

}  // namespace tonecue
