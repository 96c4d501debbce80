/// @file
/// One party's conduct, added up over the call.
#pragma once

#include <cstdint>

#include "tonecue/turns/floor_tracker.h"
#include "tonecue/turns/party_summary.h"
#include "tonecue/turns/speech_segmenter.h"
#include "tonecue/turns/turn_frame.h"
#include "tonecue/turns/voice_statistics.h"

namespace tonecue {

/// Adds up what a party did; constant memory, however long the call.
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class ConductMeter {
 public:
  /// Takes one frame of the party, and what is known of its turn. F0 is taken where it speaks
  /// alone.
  /// @param leak  The sound is the other party's voice: its syllables are not this party's.
  void add_frame(const FeatureFrame& frame, const PartyTurn& turn, bool leak) noexcept;

  void add_segment(const HopSpan& segment) noexcept;
  void add_turn(const FloorTracker::Turn& turn) noexcept;
  void add_interruption() noexcept { ++interruptions_; }
  void add_backchannel() noexcept { ++backchannels_; }
  void add_outcome(const InterruptionOutcome& outcome) noexcept;

  float talk_s() const noexcept;

  /// @param call_hops     Length of the call.
  /// @param other_talk_s  How long the other party spoke.
  PartySummary summary(std::int64_t call_hops, float other_talk_s) const noexcept;

 private:
  static constexpr float kGapStepMs = 20.0F;
  static constexpr std::size_t kGapBins = 500;  // 0 to 10 s.
  static constexpr float kReturnStepS = 0.1F;
  static constexpr std::size_t kReturnBins = 120;  // 0 to 12 s.

  VoiceStatistics voice_;
  Histogram<kGapBins> gaps_ms_{0.0F, kGapStepMs};
  Histogram<kReturnBins> given_back_s_{0.0F, kReturnStepS};
  double power_sum_ = 0.0;
  std::int64_t active_hops_ = 0;
  std::int64_t talk_hops_ = 0;
  std::int64_t turn_hops_ = 0;
  std::int64_t longest_turn_hops_ = 0;
  int syllables_ = 0;
  int turn_syllables_ = 0;
  int interruptions_ = 0;
  int backchannels_ = 0;
};

}  // namespace tonecue
