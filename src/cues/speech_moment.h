/// @file
/// What the distress functionals keep of one frame.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tonecue {

inline constexpr std::size_t kCepstra = 12;  ///< MFCC 1 to 12; 0 is level and is left out.

/// What is kept of one frame of speech.
struct SpeechMoment {
  std::int64_t index = 0;
  bool joined = false;  ///< The frame before it is in the window too, right beside it.
  int syllables = 0;    ///< Nuclei confirmed at this frame, or in the silence after it.
  bool voiced = false;
  float f0_st = 0.0F;     ///< Re 100 Hz; 0 when unvoiced.
  float level_db = 0.0F;  ///< Sum of the mel bands.
  float voicing = 0.0F;
  float hnr_db = 0.0F;
  float tilt_db_per_octave = 0.0F;
  float mid_tilt_db = 0.0F;   ///< Mel bands around 1.7 kHz against those around 400 Hz.
  float high_tilt_db = 0.0F;  ///< Mel bands around 3 kHz against those around 900 Hz.
  float peak_db = 0.0F;       ///< Strongest mel band against the mean of all.
  float flux_db = 0.0F;       ///< Mean rise of the mel bands since the frame before.
  std::array<float, kCepstra> cepstrum{};  ///< MFCC of the 20 mel bands, orthonormal DCT, dB.
};

}  // namespace tonecue
