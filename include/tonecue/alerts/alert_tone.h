/// @file
/// The two soft sounds of an alert.
#pragma once

#include <optional>
#include <vector>

namespace tonecue {

/// Told apart by their pattern, so that the ear needs neither absolute pitch nor high frequencies.
enum class ToneShape {
  conduct,   ///< One note that falls by a fourth.
  distress,  ///< Two notes, the second a fourth higher.
};

inline constexpr int kToneShapes = 2;
inline constexpr int kLongestToneMs = 250;

/// A tone is never louder than this, whatever the voice beside it. Mean over the tone.
inline constexpr float kLoudestToneDbfs = -20.0F;

/// And never softer: a voice that can just be heard is no reason for a tone that cannot.
inline constexpr float kSoftestToneDbfs = -38.0F;

/// Synthesis of one tone: a note is a sine of 780 to 1300 Hz between raised-cosine edges; nothing
/// lies above 2 kHz, and the speech detector takes it for no voice. alert_tone.cpp tells where the
/// choices come from.
///
/// Real-time: allocates; for the start of a program.
/// @param sample_rate_hz  [8000, 192000]
/// @return At most kLongestToneMs, peak 1, beginning and ending at 0.
std::vector<float> render_tone(ToneShape shape, int sample_rate_hz);

/// How loud a tone is to be beside a voice: 6 dB below its speech level, between the two limits.
/// @param speech_level_dbfs  RMS of the speech itself, pauses left out, where the tone is heard
///                           too; empty: not yet known, and taken for that of an ordinary line.
/// @return RMS over the tone, [kSoftestToneDbfs, kLoudestToneDbfs].
float tone_level_dbfs(std::optional<float> speech_level_dbfs) noexcept;

}  // namespace tonecue
