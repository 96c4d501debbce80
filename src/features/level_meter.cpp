#include "tonecue/features/level_meter.h"

#include <cmath>

#include "tonecue/core/decibel.h"

namespace tonecue {

float level_dbfs(Hop hop) noexcept {
  constexpr float kLargestSample = 8.0F;
  float energy = 0.0F;
  for (const float x : hop) energy += std::abs(x) <= kLargestSample ? x * x : 0.0F;
  return power_to_db(energy / static_cast<float>(kHopSamples));
}

}  // namespace tonecue
