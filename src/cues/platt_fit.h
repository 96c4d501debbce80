/// @file
/// Slope and offset of log-odds, from a few answers.
#pragma once

#include <span>

#include "tonecue/cues/log_odds_scale.h"

namespace tonecue {

/// What reviewers said of one moment.
struct Judged {
  float log_odds = 0.0F;     ///< Of the model.
  float right_share = 0.0F;  ///< Of the reviewers who decided; [0, 1].
};

/// Platt's logistic (Platt 1999) with a prior: slope about 1 and offset about 0, as shipped, so
/// that a handful of answers moves little. The most probable pair, by Newton's method; with no
/// answer it is the shipped one.
LogOddsScale fit_scale(std::span<const Judged> answers);

}  // namespace tonecue
