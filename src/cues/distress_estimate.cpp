#include "tonecue/cues/distress_estimate.h"

namespace tonecue {

std::string_view name(DistressState state) noexcept {
  switch (state) {
    case DistressState::ok:
      return "ok";
    case DistressState::baseline_forming:
      return "baseline_forming";
    case DistressState::too_little_voice:
      return "too_little_voice";
    case DistressState::noisy:
      return "noisy";
    case DistressState::bleed:
      return "bleed";
    case DistressState::out_of_range:
      return "out_of_range";
  }
  return "";
}

}  // namespace tonecue
