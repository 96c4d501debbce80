/// @file
/// How far a voice stands out of its line.
#pragma once

#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Level of the speech against that of the pauses, both followed over about a second.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class LineNoise {
 public:
  void process(const FeatureFrame& frame, const PartyTurn& turn) noexcept {
    constexpr float kPace = 0.01F;  // A hundredth of the way per 10 ms.
    if (turn.bleed) return;         // The other party's voice is neither.
    if (turn.active) {
      follow(frame.level_dbfs, kPace, speech_dbfs_, heard_speech_);
    } else if (!turn.speaking) {
      follow(frame.level_dbfs, kPace, noise_dbfs_, heard_noise_);
    }
  }

  /// A line without a pause yet counts as quiet.
  float snr_db() const noexcept {
    constexpr float kQuietDb = 60.0F;
    return heard_speech_ && heard_noise_ ? speech_dbfs_ - noise_dbfs_ : kQuietDb;
  }

 private:
  static void follow(float level_dbfs, float pace, float& mean_dbfs, bool& heard) noexcept {
    mean_dbfs = heard ? mean_dbfs + pace * (level_dbfs - mean_dbfs) : level_dbfs;
    heard = true;
  }

  float speech_dbfs_ = kSilenceDbfs;
  float noise_dbfs_ = kSilenceDbfs;
  bool heard_speech_ = false;
  bool heard_noise_ = false;
};

}  // namespace tonecue
