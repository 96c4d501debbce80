/// @file
/// What a caller's voice usually is, frame by frame.
#pragma once

#include <array>
#include <cstddef>

#include "cues/voice_inputs.h"

namespace tonecue {

/// The mean of those inputs that tell one voice or line from another: the bands, pitch (of the
/// voiced frames), voicing, harmonics to noise, tilt and rise. Taken off the inputs of the later
/// frames it leaves what is not usual in them: with corpora left out the network's AUC of agitation
/// goes from 79.2 to 81.8.
///
/// A window that may not be ordinary after all has no part in it: frames wait until it is judged.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class UsualFrame {
 public:
  static constexpr std::size_t kSize = 25;

  /// Places in VoiceInput::values, in the order of values().
  static constexpr std::array<std::size_t, kSize> kPlaces = {
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 24, 25, 26, 27};

  /// Takes a frame, which waits.
  void add(const VoiceInput& input) noexcept;

  /// The frames that wait are usual.
  void keep() noexcept;

  /// The frames that wait are not.
  void leave_out() noexcept { waiting_ = {}; }

  /// The mean; of the pitch 0 before any voice, as of all before any frame.
  const std::array<float, kSize>& values() const noexcept { return mean_; }

  /// The inputs less their mean; the pitch of an unvoiced frame stays 0.
  std::array<float, kVoiceInputs> taken_off(const VoiceInput& input) const noexcept;

 private:
  struct Sums {
    std::array<float, kSize> values{};
    int frames = 0;
    int voiced = 0;
  };

  Sums kept_;
  Sums waiting_;
  std::array<float, kSize> mean_{};
};

}  // namespace tonecue
