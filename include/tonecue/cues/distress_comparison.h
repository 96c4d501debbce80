/// @file
/// How differently two distress networks answer.
#pragma once

#include "tonecue/cues/distress_weights.h"

namespace tonecue {

/// Differences of a probability between two networks, [0, 1].
struct AnswerChange {
  float mean = 0.0F;
  float largest = 0.0F;
};

struct DistressComparison {
  int voices = 0;  ///< Made voices that both were asked about.
  AnswerChange agitated;
  AnswerChange distress;
};

/// Asks both about the same made rows of functionals, spread as the training voices of `a` were;
/// every second one against a made usual. Needs no recordings, and always makes the same rows: it
/// shows that two files answer alike, not which one is right.
///
/// Real-time: not for the audio path.
DistressComparison compare(const DistressWeights& a, const DistressWeights& b);

}  // namespace tonecue
