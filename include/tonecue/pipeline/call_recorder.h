/// @file
/// Writes down what happens in a call.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tonecue/audio/file_source.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// Collects a CallReport from a session. Allocates: offline, or behind a queue.
class CallRecorder : public CallListener {
 public:
  /// @param info  What cannot be heard.
  explicit CallRecorder(RecordingInfo info);

  void on_hop(const CallHop& hop) noexcept override;
  void on_frame(const CallFrame& frame) noexcept override;
  void on_turn(const TurnFrame& frame) noexcept override;
  void on_cue(const CueChange& change) noexcept override;
  void on_alert(const Alert& alert) noexcept override;
  void on_answer(const AlertAnswer& answer) noexcept override;

  /// Whose voice the source carries.
  PerParty<bool> present() const noexcept { return report_.present; }

  /// While the call lasts: everything in the order in which it was told, and without what only the
  /// session knows (figures of the parties and of the talk, the distress summary). Valid until the
  /// next event.
  const CallReport& so_far();

  /// After CallSession::finish(). Leaves the recorder empty.
  /// @param duration_samples  Length of the call at kSampleRateHz.
  CallReport report(const CallSession& session, std::int64_t duration_samples);

 private:
  struct StepVoice {
    int frames = 0;
    float power = 0.0F;
    int speaking = 0;
    std::array<float, kTrackStepMs / kHopMs> f0_hz{};
    int voiced = 0;
    int syllables = 0;
  };
  void take_estimate(const DistressEstimate& estimate);
  void end_step(Party party);
  void add_outcomes();
  void add_distress(const DistressJudge& judge);
  void add_peaks();

  CallReport report_;
  PerParty<StepVoice> step_;
  PerParty<std::vector<float>> peak_;
  PerParty<std::size_t> peaks_told_;  // Of these, those that are in the track.
  std::vector<InterruptionOutcome> outcomes_;
  std::int64_t hops_ = 0;
  std::int64_t last_turn_ = -1;    // Index of the newest turn frame.
  std::optional<float> distress_;  // The newest estimate; empty = don't know.
  DistressState distress_state_ = DistressState::too_little_voice;  // Of the newest estimate.
  std::array<int, kDistressStates> customer_hops_{};                // Active ones, by that state.
};

}  // namespace tonecue
