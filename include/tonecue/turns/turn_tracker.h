/// @file
/// Who speaks, whose turn it is, and who cuts whom off: one call, one hop at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/bleed_guard.h"
#include "tonecue/turns/conduct_meter.h"
#include "tonecue/turns/hearing.h"
#include "tonecue/turns/outcome_tracker.h"
#include "tonecue/turns/party_summary.h"
#include "tonecue/turns/phrase_memory.h"
#include "tonecue/turns/speaker_baseline.h"
#include "tonecue/turns/speaking_rate_meter.h"
#include "tonecue/turns/talk_meter.h"
#include "tonecue/turns/turn_config.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Puts the frames of both parties together. Times are those of the frames; how late the frames
/// themselves come is added by who drives this.
///
///     TurnTracker tracker;
///     for (each hop) use(tracker.process(agent_frame, customer_frame));
///     use(tracker.flush());
///
/// Real-time: no member allocates, locks or throws; memory does not grow with the call.
/// Threads: one object belongs to one thread; separate objects are independent.
class TurnTracker {
 public:
  /// @param config  Within its range: see validate().
  explicit TurnTracker(const TurnConfig& config = {}) noexcept;

  /// Takes the frames of one hop; both have the same index, which grows by one each time. Frames
  /// before the start of the call (index < 0) count as silence.
  /// @return What is known after this hop, valid until the next call.
  const TurnFrame& process(const FeatureFrame& agent, const FeatureFrame& customer) noexcept;

  /// The call is over: closes what is open.
  /// @return The last frame again, with the segments and overlaps that ended with the call.
  const TurnFrame& flush() noexcept;

  /// The call so far; open segments and turns are counted once they end.
  PerParty<PartySummary> summary() const noexcept;
  TalkSummary talk_summary() const noexcept { return talk_.summary(); }

 private:
  Hearing::Voices voices(const FeatureFrame& agent, const FeatureFrame& customer) noexcept;
  void hear(std::int64_t index, const Hearing::Voices& voices) noexcept;
  const OverlapDetector& overlaps(Party starter) const noexcept;
  void end_segment(Party party, const HopSpan& segment) noexcept;
  void describe_holder(Interruption& cut) const noexcept;
  void report_turn() noexcept;
  bool same_voices() const noexcept;
  void report_overlaps() noexcept;
  void report_voice(Party party, const FeatureFrame& frame) noexcept;

  static constexpr std::size_t kMostShiftHops = 2 * kMostLineDelayMs / kHopMs;

  PerParty<SpeakerBaseline> baselines_;
  PerParty<SpeakingRateMeter> rates_;
  PerParty<ConductMeter> conduct_;
  PerParty<BleedGuard> guards_;
  PerParty<PhraseMemory> phrases_;
  Hearing here_;                // Where the call is taken, beside the agent.
  Hearing far_off_;             // At the customer's ear; unused on a line without delay.
  std::size_t shift_hops_ = 0;  // How much later the agent's voice is there.
  std::array<OverlapDetector::Voice, kMostShiftHops> agent_on_the_line_{};  // Ring.
  OutcomeTracker outcomes_;
  TalkMeter talk_;
  TurnFrame frame_;
  std::int64_t hops_ = 0;        // Since the start of the call.
  std::int64_t speech_end_ = 0;  // Of the ended segments, the last.
};

}  // namespace tonecue
