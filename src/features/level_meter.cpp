#include "tonecue/features/level_meter.h"

#include <algorithm>
#include <array>

#include "features/energy.h"
#include "features/sound_sample.h"
#include "tonecue/core/decibel.h"

namespace tonecue {

float level_dbfs(Hop hop) noexcept {
  std::array<float, kHopSamples> sound{};
  std::transform(hop.begin(), hop.end(), sound.begin(), sound_sample);
  return power_to_db(energy(sound) / static_cast<float>(kHopSamples));
}

}  // namespace tonecue
