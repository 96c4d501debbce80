/// @file
/// Reviewers' verdicts, found again in the calls.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tonecue/app/verdict_table.h"
#include "tonecue/core/result.h"
#include "tonecue/cues/site_calibration.h"

namespace tonecue {

struct ReviewedCues {
  std::vector<ReviewedCue> cues;  ///< Each once, with all that its reviewers said.
  std::vector<Error> problems;    ///< One for each verdict that no call knows.
};

/// A verdict's file is a recording's path as it was given, or its name without folders where no
/// other recording has that name.
/// @param table  Name of the verdicts' file, for messages.
ReviewedCues find_reviewed_cues(std::span<const Verdict> verdicts,
                                std::span<const DistressSeries> calls, std::string_view table);

}  // namespace tonecue
