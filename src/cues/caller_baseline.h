/// @file
/// What a caller's voice usually is.
#pragma once

#include "cues/distress_functionals.h"

namespace tonecue {

/// The mean of the functionals over the first windows of a call: the caller's own usual, against
/// which the model measures. Fixed once it is ready, so that a voice that stays upset does not
/// become its own usual.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class CallerBaseline {
 public:
  /// Clean speech that it takes. With 10 to 18 s the model finds as much; the sooner it is known,
  /// the sooner the call is watched, and the less of it may already be upset
  /// (models/distress/README.md).
  static constexpr float kSpeechS = 12.0F;

  /// @param new_speech_s  Clean speech that came since the window before.
  void add(const DistressFunctionalRow& row, float new_speech_s) noexcept {
    if (ready()) return;
    speech_s_ += new_speech_s;
    ++windows_;
    for (std::size_t i = 0; i < row.size(); ++i) {
      mean_[i] += (row[i] - mean_[i]) / static_cast<float>(windows_);
    }
  }

  float speech_s() const noexcept { return speech_s_; }
  bool ready() const noexcept { return speech_s_ >= kSpeechS; }
  const DistressFunctionalRow& usual() const noexcept { return mean_; }

 private:
  DistressFunctionalRow mean_{};
  int windows_ = 0;
  float speech_s_ = 0.0F;
};

}  // namespace tonecue
