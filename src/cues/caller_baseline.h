/// @file
/// What a caller's voice usually is.
#pragma once

#include <algorithm>

#include "cues/distress_functionals.h"

namespace tonecue {

/// The mean of the functionals over the first windows of a call: the caller's own usual, against
/// which the model measures. Known, if not well, after a few seconds of speech; fixed once it is
/// formed, so that a voice that stays upset does not become its own usual.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class CallerBaseline {
 public:
  /// Clean speech that it takes. With 10 to 18 s the model finds as much; the sooner it is known,
  /// the sooner the call is watched, and the less of it may already be upset
  /// (models/distress/README.md).
  static constexpr float kSpeechS = 12.0F;

  /// With less speech than this there is nothing to measure against.
  static constexpr float kLeastSpeechS = 4.0F;

  /// After this much speech a voice has no other usual than the one it has shown, even if most of
  /// its windows were left out.
  static constexpr float kMostHeardS = 24.0F;

  /// @param new_speech_s  Clean speech that came since the window before.
  void add(const DistressFunctionalRow& row, float new_speech_s) noexcept {
    if (is_formed()) return;
    heard_s_ += new_speech_s;
    speech_s_ += new_speech_s;
    ++windows_;
    for (std::size_t i = 0; i < row.size(); ++i) {
      mean_[i] += (row[i] - mean_[i]) / static_cast<float>(windows_);
    }
  }

  /// A window that sounds upset already against what is known has no part in the usual.
  void leave_out(float new_speech_s) noexcept { heard_s_ += new_speech_s; }

  bool is_known() const noexcept { return speech_s_ >= kLeastSpeechS; }
  bool is_formed() const noexcept { return speech_s_ >= kSpeechS || heard_s_ >= kMostHeardS; }

  /// How much of the usual is still to come, [0, 1].
  float doubt() const noexcept {
    return is_formed() ? 0.0F : std::clamp(1.0F - speech_s_ / kSpeechS, 0.0F, 1.0F);
  }

  float speech_s() const noexcept { return speech_s_; }
  const DistressFunctionalRow& usual() const noexcept { return mean_; }

 private:
  DistressFunctionalRow mean_{};
  int windows_ = 0;
  float speech_s_ = 0.0F;  // Behind the mean.
  float heard_s_ = 0.0F;   // And what was left out of it.
};

}  // namespace tonecue
