/// @file
/// Pitch, level and syllables of a stretch of speech.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/histogram.h"

namespace tonecue {

/// One hop of speech, quantised so that it can be counted, and taken back.
struct VoiceSample {
  std::uint8_t level_bin = 0;
  std::uint8_t f0_bin = 0;
  bool voiced = false;
  std::uint8_t syllables = 0;
};

/// Distribution of one voice's F0 and level over any number of hops of speech.
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class VoiceStatistics {
 public:
  /// What counts of a frame. NaN reads as unvoiced or silent.
  VoiceSample sample(const FeatureFrame& frame) const noexcept;

  void add(const VoiceSample& sample) noexcept;
  /// Takes back a sample that was added.
  void remove(const VoiceSample& sample) noexcept;
  /// Counts a syllable that was confirmed after its hop.
  void add_syllable() noexcept { ++syllables_; }

  float speech_s() const noexcept { return 0.01F * static_cast<float>(level_.total()); }
  float voiced_s() const noexcept { return 0.01F * static_cast<float>(f0_.total()); }
  int syllables() const noexcept { return syllables_; }

  /// Syllables per second of active speech; 0 without speech.
  float articulation_rate_syl_per_s() const noexcept;

  /// Quantile of F0 in semitones above 55 Hz (A1); empty without voiced speech.
  std::optional<float> f0_st(float quantile) const noexcept { return f0_.quantile(quantile); }
  std::optional<float> f0_median_hz() const noexcept;

  /// The level that three quarters of the speech stay below: that of the vowels, which does not
  /// depend on how much of the weak endings was heard. Empty without speech.
  std::optional<float> speech_level_dbfs() const noexcept { return level_.quantile(0.75F); }

 private:
  static constexpr float kF0StepSt = 0.25F;
  static constexpr std::size_t kF0Bins = 156;  // 0 to 39 st above 55 Hz: 55 to 523 Hz.
  static constexpr float kLevelStepDb = 0.5F;
  static constexpr std::size_t kLevelBins = 200;  // -100 to 0 dBFS.

  Histogram<kF0Bins> f0_{0.0F, kF0StepSt};
  Histogram<kLevelBins> level_{kSilenceDbfs, kLevelStepDb};
  int syllables_ = 0;
};

}  // namespace tonecue
