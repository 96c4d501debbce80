/// @file
/// How a site reads the model's probabilities.
#pragma once

#include "tonecue/cues/distress_estimate.h"

namespace tonecue {

inline constexpr float kLeastSlope = 0.2F;
inline constexpr float kMostSlope = 5.0F;
inline constexpr float kMostOffset = 6.0F;

/// Platt's logistic on top of the model's own: log-odds of the site = slope * log-odds + offset.
/// The default leaves an estimate as it is, to the bit.
struct LogOddsScale {
  float slope = 1.0F;   ///< [0.2, 5]
  float offset = 0.0F;  ///< [-6, 6]

  friend bool operator==(const LogOddsScale&, const LogOddsScale&) = default;
};

/// The log-odds of a probability; 0 and 1 count as 1e-6 from there.
float to_log_odds(float probability) noexcept;

float to_probability(float log_odds) noexcept;

/// Moves the probability of agitation; "don't know" stays what it is.
///
/// Real-time: yes. Threads: any.
DistressEstimate rescaled(DistressEstimate estimate, const LogOddsScale& scale) noexcept;

}  // namespace tonecue
