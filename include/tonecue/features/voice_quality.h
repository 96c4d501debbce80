/// @file
/// How a voice sounds, apart from its pitch and level.
#pragma once

#include <array>

#include "tonecue/features/feature_frame.h"
#include "tonecue/features/mel_bands.h"

namespace tonecue {

inline constexpr float kLeastHnrDb = -10.0F;
inline constexpr float kMostHnrDb = 40.0F;

/// Harmonics-to-noise ratio in dB, [-10, 40]: 10 log10(r / (1 - r)), where r is the height of the
/// correlation at the period (Boersma, "Accurate short-term analysis of the fundamental frequency
/// and the harmonics-to-noise ratio of a sampled sound", IFA Proceedings 17, 1993). Here r is
/// PitchFrame::nccf, so the ratio is that of the band below 800 Hz; of that a telephone keeps
/// what lies above 300 Hz.
float hnr_db(float nccf) noexcept;

/// Slope of the spectrum in dB per octave: the straight line through the levels of the mel bands
/// centred from 300 to 3400 Hz, over the logarithm of their frequency, by least squares. About -6
/// to -12 in calm speech, flatter when the voice is pressed or raised.
///
/// Real-time: process() neither allocates, locks nor throws. Threads: const after construction.
class SpectralTilt {
 public:
  SpectralTilt();

  float process(const MelLevels& mel_db) const noexcept;

 private:
  std::array<float, kMelBands> weights_{};  // The slope is linear in the levels.
};

}  // namespace tonecue
