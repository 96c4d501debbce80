/// @file
/// Who speaks, whose turn it is, and who cuts whom off: one call, one hop at a time.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/bleed_guard.h"
#include "tonecue/turns/conduct_meter.h"
#include "tonecue/turns/floor_tracker.h"
#include "tonecue/turns/overlap_detector.h"
#include "tonecue/turns/party_summary.h"
#include "tonecue/turns/speaker_baseline.h"
#include "tonecue/turns/speech_segmenter.h"
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
  /// Takes the frames of one hop; both have the same index, which grows by one each time. Frames
  /// before the start of the call (index < 0) count as silence.
  /// @return What is known after this hop, valid until the next call.
  const TurnFrame& process(const FeatureFrame& agent, const FeatureFrame& customer) noexcept;

  /// The call is over: closes what is open.
  /// @return The last frame again, with the segments and overlaps that ended with the call.
  const TurnFrame& flush() noexcept;

  /// The call so far; open segments and turns are counted once they end.
  PerParty<PartySummary> summary() const noexcept;

 private:
  PerParty<bool> activity(const FeatureFrame& agent, const FeatureFrame& customer) noexcept;
  void end_segment(Party party, const HopSpan& segment) noexcept;
  void report_turn() noexcept;
  void report_overlaps() noexcept;
  void report_voice(Party party, const FeatureFrame& frame) noexcept;

  PerParty<SpeechSegmenter> segmenters_;
  PerParty<SpeakerBaseline> baselines_;
  PerParty<ConductMeter> conduct_;
  PerParty<BleedGuard> guards_;
  FloorTracker floor_;
  OverlapDetector overlaps_;
  PerParty<bool> clear_;  // Surely speech in this hop.
  TurnFrame frame_;
  std::int64_t hops_ = 0;        // Since the start of the call.
  std::int64_t speech_end_ = 0;  // Of the ended segments, the last.
};

}  // namespace tonecue
