/// @file
/// Who wants to know what happens in a call.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/alerts/alert.h"
#include "tonecue/audio/device_notice.h"
#include "tonecue/core/hop.h"
#include "tonecue/cues/cue_change.h"
#include "tonecue/cues/distress_estimate.h"
#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Both voices at one frame of the call.
struct CallFrame {
  PerParty<FeatureFrame> voice;
  std::optional<DistressEstimate> distress;  ///< At the frames that bring a new estimate.
};

/// Called by CallSession on the thread that pushes audio. An override that must not disturb live
/// analysis takes no lock and hands its work on; offline it may do what it likes.
class CallListener {
 public:
  virtual ~CallListener() = default;
  virtual void on_hop(const CallHop& /*hop*/) noexcept {}
  virtual void on_frame(const CallFrame& /*frame*/) noexcept {}
  virtual void on_turn(const TurnFrame& /*frame*/) noexcept {
  }  ///< Each frame, and once at the end.
  virtual void on_cue(const CueChange& /*change*/) noexcept {}
  virtual void on_alert(const Alert& /*alert*/) noexcept {}
  virtual void on_answer(const AlertAnswer& /*answer*/) noexcept {}
  virtual void on_notice(const DeviceNotice& /*notice*/) noexcept {}  ///< Live only.
};

}  // namespace tonecue
