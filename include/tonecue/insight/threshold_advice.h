/// @file
/// What another threshold would have meant, from verdicts.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tonecue/insight/interval.h"
#include "tonecue/store/number_store.h"

namespace tonecue {

inline constexpr int kLeastVerdicts = 20;  ///< That are right or wrong.

struct ThresholdStep {
  double threshold = 0.0;
  int cues_kept = 0;
  int right_kept = 0;
  int wrong_dropped = 0;
};

struct ThresholdAdvice {
  double threshold = 0.0;
  Estimate fewer{};       ///< Share of all cues that it would not have raised.
  int right_lost = 0;     ///< Of those called right,
  Estimate lost_share{};  ///< and their share.
  int wrong_dropped = 0;
};

struct ThresholdFigures {
  int cues = 0;  ///< Judged or not.
  int right = 0;
  int wrong = 0;
  int unsure = 0;
  std::vector<ThresholdStep> steps{};  ///< From the lowest confidence to the highest.
  std::optional<ThresholdAdvice> advice{};
  bool too_few() const noexcept { return right + wrong < kLeastVerdicts; }
};

/// The highest threshold that loses at most one in ten of the right ones and drops a wrong one.
///
/// A cue has the confidence at which it was raised, and might have reached a higher threshold a
/// little later: what is lost and what is spared are upper bounds.
/// @param confidences  Of all cues of the kind; @param judged  Those of them with verdicts.
ThresholdFigures threshold_figures(std::span<const float> confidences,
                                   std::span<const JudgedCue> judged);

std::string threshold_sentence(const ThresholdFigures& figures);

}  // namespace tonecue
