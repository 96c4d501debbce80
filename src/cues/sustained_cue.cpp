#include "tonecue/cues/sustained_cue.h"

#include <algorithm>

#include "tonecue/core/hop.h"
#include "tonecue/features/feature_frame.h"

namespace tonecue {

void SustainedCue::raise(std::int64_t start_ms, std::int64_t frame_index, float confidence,
                         const Evidence& evidence, CueChanges& changes) noexcept {
  holds_ = true;
  cue_.start_ms = std::max<std::int64_t>(start_ms, 0);
  cue_.end_ms = hops_to_ms(frame_index + 1);
  // A frame is handed out when the hop that completes its look-ahead has been heard to its end.
  cue_.raised_at_ms = hops_to_ms(frame_index + kFrameLatencyHops + 1);
  cue_.confidence = std::clamp(confidence, 0.0F, 1.0F);
  cue_.evidence = evidence;
  changes.add(CuePhase::raised, cue_);
}

void SustainedCue::extend(std::int64_t frame_index) noexcept {
  cue_.end_ms = hops_to_ms(frame_index + 1);
}

void SustainedCue::end(CueChanges& changes) noexcept {
  if (!holds_) return;
  holds_ = false;
  changes.add(CuePhase::ended, cue_);
}

void SustainedCue::end(std::int64_t end_ms, CueChanges& changes) noexcept {
  cue_.end_ms = std::max(end_ms, cue_.start_ms);
  end(changes);
}

}  // namespace tonecue
