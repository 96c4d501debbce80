/// @file
/// A call at this moment, for a person to look at.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/core/decibel.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/party.h"
#include "tonecue/pipeline/call_listener.h"

namespace tonecue {

struct VoiceMeter {
  bool speaking = false;
  std::int64_t speaking_since_ms = 0;   ///< While speaking.
  float level_dbfs = kSilenceDbfs;      ///< RMS of the last 100 ms.
  bool usual_known = false;             ///< Enough was heard to compare with.
  float level_db = 0.0F;                ///< The last seconds of speech against the usual; 0 before.
  float f0_st = 0.0F;                   ///< The same, semitones.
  float rate_ratio = 1.0F;              ///< The same, articulation rate.
  std::optional<float> rate_syl_per_s;  ///< Over the last 8 s.
  float talk_s = 0.0F;                  ///< Active speech so far.
};

struct CallMeters {
  std::int64_t time_ms = 0;
  PerParty<VoiceMeter> voices;
  float both_silent_s = 0.0F;

  /// Active speech divided by the length of the call so far, as PartySummary has it.
  float talk_share(Party party) const noexcept {
    const auto call_s = static_cast<float>(ms_to_s(time_ms));
    return call_s > 0.0F ? voices[party].talk_s / call_s : 0.0F;
  }
};

/// Keeps the meters of a call up to date.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class CallMeterReader : public CallListener {
 public:
  void on_frame(const CallFrame& frame) noexcept override;
  void on_turn(const TurnFrame& frame) noexcept override;

  const CallMeters& meters() const noexcept { return meters_; }

 private:
  CallMeters meters_;
  PerParty<float> power_{};  // Smoothed, of level_dbfs.
  PerParty<std::int64_t> talk_hops_{};
};

}  // namespace tonecue
