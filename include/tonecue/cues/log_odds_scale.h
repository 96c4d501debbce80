/// @file
/// How a site reads the model's probabilities.
#pragma once

#include "tonecue/cues/log_odds.h"

namespace tonecue {

inline constexpr float kLeastSlope = 0.2F;
inline constexpr float kMostSlope = 5.0F;
inline constexpr float kMostOffset = 6.0F;

/// Platt's logistic on top of the model's own: log-odds of the site = slope * log-odds + offset.
struct LogOddsScale {
  float slope = 1.0F;   ///< [0.2, 5]
  float offset = 0.0F;  ///< [-6, 6]

  friend bool operator==(const LogOddsScale&, const LogOddsScale&) = default;
};

/// The default scale leaves a probability as it is, to the bit.
///
/// Real-time: yes. Threads: any.
inline float rescaled(float probability, const LogOddsScale& scale) noexcept {
  if (scale == LogOddsScale{}) return probability;
  return probability_of(scale.slope * log_odds(probability) + scale.offset);
}

}  // namespace tonecue
