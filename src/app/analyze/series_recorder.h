/// @file
/// Keeps what the distress model says of a call.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "tonecue/cues/site_calibration.h"
#include "tonecue/pipeline/call_listener.h"

namespace tonecue {

/// Collects a DistressSeries from a session whose distress scale is the default. Allocates:
/// offline.
class SeriesRecorder : public CallListener {
 public:
  explicit SeriesRecorder(std::string call) { series_.call = std::move(call); }

  void on_frame(const CallFrame& frame) noexcept override {
    const auto& estimate = frame.distress;
    if (!estimate || estimate->state != DistressState::ok) return;
    series_.windows.push_back({frame.voice.customer.index, estimate->agitated, estimate->speech_s});
  }

  void on_turn(const TurnFrame& frame) noexcept override {
    if (frame.index < series_.frames) return;  // The last frame once more, at the end.
    series_.frames = frame.index + 1;
    series_.talk_frames += frame.parties.customer.active ? 1 : 0;
  }

  /// After CallSession::finish(). Leaves the recorder empty.
  DistressSeries take() { return std::exchange(series_, {}); }

 private:
  DistressSeries series_;
};

}  // namespace tonecue
