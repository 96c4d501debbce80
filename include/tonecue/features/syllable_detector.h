/// @file
/// Syllable nuclei of one voice, as they come.
#pragma once

#include <array>
#include <cstdint>

#include "tonecue/features/mel_bands.h"

namespace tonecue {

/// Counts syllable nuclei: peaks of loudness that stand out of the dips around them and are voiced
/// (de Jong and Wempe, "Praat script to detect syllable nuclei and measure speech rate
/// automatically", Behavior Research Methods 41, 2009). Heights are judged against a running peak,
/// so the level of the line does not matter.
///
/// Real-time: nothing allocates, locks or throws. Threads: one object belongs to one thread.
class SyllableDetector {
 public:
  /// A nucleus is confirmed at most so many frames after its peak.
  static constexpr int kMostLatencyFrames = 10;

  /// Takes the next frame: its band levels, and whether it is voiced.
  /// @return  True when a nucleus is confirmed.
  bool process(const MelLevels& mel_db, bool voiced) noexcept;

  void reset() noexcept;

 private:
  static constexpr std::size_t kSmoothFrames = 7;

  void start(float loudness) noexcept;
  float smooth(float loudness) noexcept;
  bool follow(float loudness) noexcept;
  bool is_nucleus(float least_rise) const noexcept;

  std::array<float, kSmoothFrames> recent_{};  // Loudness, oldest first.
  std::uint32_t voiced_ = 0;                   // Bit n: n frames ago.
  float peak_ = 0.0F;                          // Running.
  bool started_ = false;
  bool rising_ = true;
  float high_ = 0.0F;
  float low_ = 0.0F;
  int since_high_ = 0;
  int since_nucleus_ = 0;
};

}  // namespace tonecue
