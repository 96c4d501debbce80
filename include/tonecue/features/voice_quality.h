/// @file
/// How a voice sounds, apart from its pitch and level.
#pragma once

#include <array>

#include "tonecue/features/feature_frame.h"
#include "tonecue/features/mel_bands.h"
#include "tonecue/features/spectrum.h"

namespace tonecue {

inline constexpr float kLeastHnrDb = -10.0F;
inline constexpr float kMostHnrDb = 40.0F;

/// Harmonics-to-noise ratio in dB, [-10, 40]: 10 log10(r / (1 - r)), where r is the height of the
/// correlation at the period (Boersma, "Accurate short-term analysis of the fundamental frequency
/// and the harmonics-to-noise ratio of a sampled sound", IFA Proceedings 17, 1993). Here r is
/// PitchFrame::nccf, so the ratio is that of the band below 800 Hz; of that a telephone keeps
/// what lies above 300 Hz, and reads about 1 dB lower, 7 dB in one voiced frame of ten.
float hnr_db(float nccf) noexcept;

/// Slope of the spectrum in dB per octave: the straight line through the levels of the mel bands
/// centred from 300 to 3400 Hz, over the logarithm of their frequency, by least squares. About -6
/// to -12 in calm speech, flatter when the voice is pressed or raised. A telephone passes this
/// band: 0.2 dB per octave more as a rule, 1 in one frame of ten.
///
/// Real-time: process() neither allocates, locks nor throws. Threads: const after construction.
class SpectralTilt {
 public:
  SpectralTilt();

  float process(const MelLevels& mel_db) const noexcept;

 private:
  std::array<float, kMelBands> weights_{};  // The slope is linear in the levels.
};

/// Alpha ratio in dB: energy from 1000 to 3400 Hz over that from 50 to 1000 Hz (Frokjaer-Jensen and
/// Prytz, "Registration of voice quality", Bruel & Kjaer Technical Review 3, 1976, in the band of
/// eGeMAPS: Eyben et al., "The Geneva Minimalistic Acoustic Parameter Set (GeMAPS) for voice
/// research and affective computing", IEEE Transactions on Affective Computing 7, 2016, where the
/// upper end is 5000 Hz and the words put it the other way up). About -25 to -5 in speech, higher
/// when the voice is pressed or raised.
///
/// The band ends at 3400 Hz on every line, so that a wide one and a telephone compare. A telephone
/// takes what lies below 300 Hz, so it reads about 2 dB higher, and 10 dB where a strong
/// fundamental is lost (one voiced frame of ten).
///
/// @return 0 for silence; within [-100, 100]. A gain changes nothing.
float alpha_ratio_db(const PowerSpectrum& power) noexcept;

/// Hammarberg index in dB: the strongest bin from 50 to 2000 Hz over the strongest from 2000 to
/// 3400 Hz (Hammarberg et al., "Perceptual and acoustic correlates of abnormal voice qualities",
/// Acta Oto-Laryngologica 90, 1980, and eGeMAPS, both up to 5000 Hz). About 10 to 35 in speech,
/// lower when the voice is pressed or raised.
///
/// A telephone lowers it by about 1 dB, and by 11 dB where a strong fundamental is lost (one voiced
/// frame of ten).
///
/// @return 0 for silence; within [-100, 100]. A gain changes nothing.
float hammarberg_index_db(const PowerSpectrum& power) noexcept;

inline constexpr int kCepstralCoefficients = 4;

/// MFCC 1 to 4.
using Cepstrum = std::array<float, kCepstralCoefficients>;

/// Mel-frequency cepstral coefficients (Davis and Mermelstein, "Comparison of parametric
/// representations for monosyllabic word recognition", IEEE Transactions on Acoustics, Speech, and
/// Signal Processing 28, 1980): sqrt(2 / N) times the DCT-II of the natural logarithms of the N mel
/// band powers, as in HTK and eGeMAPS, but not liftered. The first tells the slope of the spectrum,
/// the second its middle against its ends, and so on.
///
/// A telephone turns the outer bands down, which takes about 2 off each of the four: compare them
/// with others of the same call only.
///
/// A gain changes nothing, but where a band reaches kMelFloorDb.
///
/// Real-time: process() neither allocates, locks nor throws. Threads: const after construction.
class MelCepstrum {
 public:
  MelCepstrum();

  Cepstrum process(const MelLevels& mel_db) const noexcept;

 private:
  std::array<MelLevels, kCepstralCoefficients> weights_{};
};

}  // namespace tonecue
