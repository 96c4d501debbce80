/// @file
/// All distress cues of a call.
#pragma once

#include <optional>

#include "tonecue/cues/agitation.h"
#include "tonecue/cues/cue_change.h"
#include "tonecue/cues/distress_config.h"
#include "tonecue/cues/distress_detector.h"
#include "tonecue/cues/distress_estimate.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// The two forms of distress: agitation, and, where it is asked for, a subdued voice. A voice that
/// is both is told as agitated.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class DistressCues {
 public:
  /// @param config  A valid one.
  explicit DistressCues(const DistressConfig& config = {}) noexcept;

  /// Takes each frame of the call once, with the estimate made at it if there is one.
  void process(const std::optional<DistressEstimate>& estimate, const TurnFrame& turn,
               CueChanges& changes) noexcept;

  /// The call is over.
  void finish(CueChanges& changes) noexcept;

  Agitation agitation() const noexcept { return agitated_.agitation(); }

 private:
  DistressDetector agitated_;
  std::optional<DistressDetector> subdued_;
};

}  // namespace tonecue
