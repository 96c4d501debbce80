/// @file
/// Syllable nuclei of one voice, as they come.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>

#include "tonecue/features/mel_bands.h"

namespace tonecue {

/// What speaks for a voice in one frame.
struct VoiceEvidence {
  bool voiced = false;       ///< It has a pitch.
  float voicing = 0.0F;      ///< Probability of that, frame by frame, [0, 1].
  float speech_prob = 0.0F;  ///< [0, 1]
};

/// Counts syllable nuclei: peaks of loudness that stand out of the dips around them and are voiced
/// (de Jong and Wempe, "Praat script to detect syllable nuclei and measure speech rate
/// automatically", Behavior Research Methods 41, 2009). Heights are judged against a running peak,
/// so the level of the line does not matter.
///
/// A peak counts when it is likely to be speech: the odds of speech at the peak, weighed by how
/// deep the last dips were (speech is modulated; machines, sirens and steady noise hardly are). A
/// doubtful peak waits, and counts when a sure one follows within kLongestDoubtFrames: the first
/// syllables of a voice are seldom sure by themselves.
///
/// Real-time: nothing allocates, locks or throws. Threads: one object belongs to one thread.
class SyllableDetector {
 public:
  /// A sure nucleus is confirmed at most so many frames after its peak.
  static constexpr int kMostLatencyFrames = 10;
  /// A doubtful one is confirmed at most so much later, and as many frames after the sure one as
  /// there are doubtful ones: each process() confirms one.
  static constexpr int kLongestDoubtFrames = 120;

  /// Takes the next frame: its band levels, and what speaks for a voice.
  /// @return  True when a nucleus is confirmed.
  bool process(const MelLevels& mel_db, const VoiceEvidence& evidence) noexcept;

  void reset() noexcept;

 private:
  static constexpr std::size_t kSmoothFrames = 9;

  void start(float loudness) noexcept;
  void remember(const VoiceEvidence& evidence) noexcept;
  float smooth(float loudness) noexcept;
  bool follow(float loudness) noexcept;
  bool is_peak(float least_rise) const noexcept;
  void judge_peak() noexcept;

  std::array<float, kSmoothFrames> recent_{};                 // Loudness, oldest first.
  std::array<float, kMostLatencyFrames + 1> speech_probs_{};  // Newest first.
  std::uint32_t voiced_ = 0;                                  // Bit n: n frames ago.
  std::bitset<kLongestDoubtFrames> doubtful_;                 // Bit n: judged n frames ago.
  std::size_t confirmed_ = 0;                                 // Not yet told.
  float peak_ = 0.0F;                                         // Running.
  float modulation_ = 0.0F;                                   // Depth of dips, running.
  bool started_ = false;
  bool rising_ = true;
  float high_ = 0.0F;
  float low_ = 0.0F;
  int since_high_ = 0;
  int since_peak_ = 0;
};

}  // namespace tonecue
