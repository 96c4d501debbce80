#include "tonecue/cues/distress_config.h"

#include "tonecue/core/range.h"

namespace tonecue {

Result<void> validate(const DistressConfig& config) {
  for (const auto& ok :
       {expect_in_range(config.raise_probability, kLeastRaiseProbability, kMostRaiseProbability,
                        "distress.raise_probability"),
        expect_in_range(config.end_probability, kLeastEndProbability, config.raise_probability,
                        "distress.end_probability"),
        expect_in_range(config.scale.slope, kLeastSlope, kMostSlope, "distress.log_odds_slope"),
        expect_in_range(config.scale.offset, -kMostOffset, kMostOffset,
                        "distress.log_odds_offset")}) {
    if (!ok) return ok;
  }
  return {};
}

}  // namespace tonecue
