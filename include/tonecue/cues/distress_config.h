/// @file
/// When agitation becomes a cue.
#pragma once

#include "tonecue/core/result.h"
#include "tonecue/cues/log_odds_scale.h"

namespace tonecue {

/// Thresholds on the pooled probability. The defaults are fitted on ordinary calls that the model
/// did not hear (models/distress/README.md); they do not travel from one kind of line to another,
/// so a site fits its own (`tonecue calibrate`).
struct DistressConfig {
  float raise_probability = 0.6F;  ///< The cue is raised at it; [kLeastRaiseProbability, 0.99].
  float end_probability = 0.38F;   ///< The cue ends under it; [0.05, raise_probability].
  LogOddsScale scale{};            ///< Of this site; on every estimate of agitation.
  bool subdued = false;  ///< Experimental: also tell a sad or tearful voice, as far as it is heard.
};

inline constexpr float kLeastRaiseProbability = 0.3F;
inline constexpr float kMostRaiseProbability = 0.99F;
inline constexpr float kLeastEndProbability = 0.05F;

/// @return `invalid_argument`, naming the field, when one lies outside its range.
Result<void> validate(const DistressConfig& config);

}  // namespace tonecue
