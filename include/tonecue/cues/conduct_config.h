/// @file
/// When conduct becomes a cue.
#pragma once

#include "tonecue/core/result.h"

namespace tonecue {

/// Thresholds of the conduct rules. Departures are against the same voice's usual, never against a
/// norm.
struct ConductConfig {
  float raised_level_db = 6.0F;   ///< Louder than usual by this much, and …; [3, 20].
  float raised_f0_st = 2.0F;      ///< … higher by this much; [0.5, 12].
  float fast_rate_ratio = 1.35F;  ///< Articulation rate over the usual one; [1.1, 3].
  float slow_rate_ratio = 0.65F;  ///< [0.3, 0.9]
  float long_silence_s = 5.0F;    ///< Nobody speaks; [2, 60].
  float monologue_s = 45.0F;      ///< One turn of the agent; [10, 600].
  float recovery_s = 10.0F;       ///< Near the usual for this long; [3, 60].
};

/// @return `invalid_argument`, naming the field, when one lies outside its range.
Result<void> validate(const ConductConfig& config);

}  // namespace tonecue
