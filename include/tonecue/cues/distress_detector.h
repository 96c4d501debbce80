/// @file
/// From windows of one form of distress to a cue.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/cues/agitation.h"
#include "tonecue/cues/cue_change.h"
#include "tonecue/cues/distress_config.h"
#include "tonecue/cues/distress_estimate.h"
#include "tonecue/cues/sustained_cue.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Pools the log-odds of the estimates over the last seconds of the customer's speech and raises
/// the distress cue when the pool, not a single window, is high; ends it when the pool has fallen
/// well below that, or when the customer has said nothing for long. "Don't know" changes nothing.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class DistressDetector {
 public:
  /// @param config  A valid one.
  explicit DistressDetector(const DistressConfig& config = {},
                            DistressForm form = DistressForm::agitated) noexcept;

  /// Takes each frame of the call once, with the estimate made at it if there is one.
  void process(const std::optional<DistressEstimate>& estimate, const TurnFrame& turn,
               CueChanges& changes) noexcept;

  /// Ends what holds and forgets the evidence.
  void stop(CueChanges& changes) noexcept;

  /// As of the last frame; `fading` until the pool has fallen to what ordinary speech gives.
  Agitation agitation() const noexcept;

 private:
  std::optional<float> probability_in(const DistressEstimate& estimate) const noexcept;
  void pool(float odds, float speech_s, std::int64_t index) noexcept;
  void judge(const DistressEstimate& estimate, const TurnFrame& turn, CueChanges& changes) noexcept;
  Evidence evidence_of(const DistressEstimate& estimate, const TurnFrame& turn,
                       float probability) const noexcept;

  DistressForm form_;
  float raise_log_odds_;
  float end_log_odds_;
  SustainedCue cue_{CueKind::distress, Party::customer};
  float pooled_log_odds_ = 0.0F;
  float pooled_speech_s_ = 0.0F;   // Speech behind the pool since it was last empty.
  int windows_ = 0;                // Estimates in a row that spoke for it.
  std::int64_t rising_since_ = 0;  // Frame at which they began.
  int idle_hops_ = 0;              // Since the last estimate that knew something.
};

}  // namespace tonecue
