#include "tonecue/cues/log_odds_scale.h"

#include <algorithm>
#include <cmath>

namespace tonecue {

float to_log_odds(float probability) noexcept {
  constexpr float kEdge = 1e-6F;
  const float p = std::clamp(probability, kEdge, 1.0F - kEdge);
  return std::log(p / (1.0F - p));
}

float to_probability(float log_odds) noexcept { return 1.0F / (1.0F + std::exp(-log_odds)); }

DistressEstimate rescaled(DistressEstimate estimate, const LogOddsScale& scale) noexcept {
  if (estimate.state != DistressState::ok || scale == LogOddsScale{}) return estimate;
  estimate.agitated = to_probability(scale.slope * to_log_odds(estimate.agitated) + scale.offset);
  return estimate;
}

}  // namespace tonecue
