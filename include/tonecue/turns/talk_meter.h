/// @file
/// The time of a call, divided among both, one, and neither of the parties.
#pragma once

#include <cstdint>

#include "tonecue/core/party.h"
#include "tonecue/turns/speech_segmenter.h"
#include "tonecue/turns/talk_summary.h"

namespace tonecue {

/// Counts each hop once it is known of both parties whether it lies in a segment: as late as the
/// segment pause. Constant memory, however long the call.
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class TalkMeter {
 public:
  /// Takes one hop; the segmenters have already taken it.
  void process(std::int64_t index, const PerParty<SpeechSegmenter>& segments) noexcept;

  /// Counts what is left; the segmenters have been flushed. Call it once, after the last hop.
  void flush(const PerParty<SpeechSegmenter>& segments) noexcept;

  /// The call so far.
  TalkSummary summary() const noexcept;

 private:
  void count(std::int64_t index, const PerParty<SpeechSegmenter>& segments) noexcept;
  void end_overtalk() noexcept;
  void end_silence() noexcept;

  std::int64_t counted_hops_ = 0;
  std::int64_t newest_ = -1;
  PerParty<std::int64_t> talk_hops_{};
  PerParty<bool> spoke_{};      // In the hop counted last.
  bool agent_came_in_ = false;  // Into the present overtalk.
  std::int64_t both_hops_ = 0;
  std::int64_t present_both_hops_ = 0;
  int incidents_ = 0;
  int agent_incidents_ = 0;
  std::int64_t present_silent_hops_ = 0;
  std::int64_t non_talk_hops_ = 0;
  int non_talk_incidents_ = 0;
};

}  // namespace tonecue
