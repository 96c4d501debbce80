/// @file
/// What the network that listens to a voice frame by frame is told of each frame.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "tonecue/features/feature_frame.h"

namespace tonecue {

inline constexpr std::size_t kVoiceInputs = 30;

/// One frame of speech as the network sees it. Every value is clipped to [-5, 5]: what lies beyond
/// is an error of a tracker, not a voice.
///
///     at  value                                  of the frame, in            becomes
///   0-19  shape of the spectrum, band by band    mel band - mean of all, dB  x / 10
///     20  level against this voice's own         mean of the bands, dB       (x - its mean) / 10
///     21  pitch                                  st re 100 Hz                (x - 10) / 6
///     22  pitch against this voice's own         st                          (x - its mean) / 4
///     23  voiced                                                             0 or 1
///     24  probability that it is voiced          [0, 1]                      x
///     25  harmonics to noise                     dB                          x / 12
///     26  tilt                                   dB per octave               (x + 7) / 5
///     27  mean rise of the bands, each at least  dB                          x / 3
///         0, since the frame of speech before
///     28  a syllable was confirmed                                           0 or 1
///     29  joined: right after the frame before                               0 or 1
///
/// 21 and 22 are 0 in an unvoiced frame; 27 and 29 in the first one.
struct VoiceInput {
  static constexpr std::size_t kPitch = 21;
  static constexpr std::size_t kVoiced = 23;

  std::int64_t index = 0;  ///< FeatureFrame::index.
  std::array<float, kVoiceInputs> values{};

  bool is_voiced() const noexcept { return values[kVoiced] > 0.0F; }
};

/// Makes the inputs of the frames that SpeechGate passes. "Its mean" is the running mean of the
/// frames so far (of the voiced ones for the pitch), with the memory of 1.5 s once there is so much
/// speech; the absolute level, which on the telephone says nothing, is in none of the values.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class VoiceInputs {
 public:
  /// Takes the next frame that SpeechGate passes.
  VoiceInput process(const FeatureFrame& frame) noexcept;

  /// The next frame is the first of a new voice.
  void reset() noexcept { *this = {}; }

 private:
  /// The mean of what came so far; with time, of the newest part of it.
  class RunningMean {
   public:
    /// Takes the next value and returns how far it lies from the mean, which it has a part in.
    float deviation(float value) noexcept;

   private:
    float mean_ = 0.0F;
    int count_ = 0;
  };

  RunningMean level_db_;
  RunningMean f0_st_;
  bool has_last_ = false;
  std::int64_t last_index_ = 0;
  std::array<float, kMelBands> last_mel_db_{};
};

}  // namespace tonecue
