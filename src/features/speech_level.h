/// @file
/// How loud a frame is against the speech and the noise around it.
#pragma once

#include "features/pitch_signals.h"

namespace tonecue {

/// Follows the level of the voice's low band, the noise floor below it and the speech peak above
/// it. In 16-bit units: 0 dB is a mean square of 1. Digital silence says nothing of floor and peak
/// and leaves them as they are.
class SpeechLevel {
 public:
  /// @return  A term of the voicing decision, [-3.9, 1.5]: high near the speech peak, and less low
  ///          in noise.
  float process(const CentredSignal& low) noexcept;

  /// Tells how much like a voice the frame turned out to be: a guess about the speech peak gives
  /// way to a sure voice only, because what stands out of the noise before it may be a click or
  /// breath.
  /// @param score  Height of its highest peak, PitchCandidates::best_score().
  void judge(float score) noexcept;

  /// RMS below which sound is too faint, against the recent speech, to be called voiced.
  float fade_rms() const noexcept;

  void reset() noexcept;

 private:
  void start(float level_db) noexcept;
  void follow(float level_db) noexcept;
  /// @param least_guess_db  How far over the floor a guess lies at least.
  float peak_db(float least_guess_db) const noexcept;

  int audible_frames_ = 0;
  float over_floor_db_ = 0.0F;
  float floor_db_ = 0.0F;
  float heard_peak_db_ = 0.0F;
  float expected_peak_db_ = 0.0F;
};

}  // namespace tonecue
