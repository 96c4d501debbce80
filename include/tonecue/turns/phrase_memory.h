/// @file
/// How a voice sounded a moment ago.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "tonecue/features/feature_frame.h"

namespace tonecue {

/// Keeps the last 4 s of a voice's speech, to tell how a phrase sounded where it was cut: speakers
/// lower pitch and level towards the end of what they say, and an unfinished phrase has neither.
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class PhraseMemory {
 public:
  struct Sound {
    float level_dbfs = 0.0F;     ///< Mean power of the speech.
    std::optional<float> f0_hz;  ///< Median; empty with under 50 ms of voice.
  };

  /// Takes one hop. @param active  Whether the party speaks.
  void process(const FeatureFrame& frame, bool active) noexcept;

  /// The last 0.4 s of speech before hop `index`, which lies at most 4 s of speech back; empty with
  /// under 0.2 s of it within the 2 s before.
  std::optional<Sound> before(std::int64_t index) const noexcept;

 private:
  // An interruption is known up to 1.2 s after its start, and on the longest line that is heard
  // twice kMostLineDelayMs late.
  static constexpr std::size_t kHops = 400;
  static constexpr std::int64_t kWithinHops = 200;
  static constexpr std::size_t kSoundHops = 40;

  struct Moment {
    std::int64_t index = -1;
    float level_dbfs = 0.0F;
    float f0_hz = 0.0F;  // 0 when unvoiced.
  };
  std::array<Moment, kHops> moments_{};  // Ring of the hops with speech.
  std::size_t newest_ = 0;
};

}  // namespace tonecue
