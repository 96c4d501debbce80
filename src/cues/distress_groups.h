/// @file
/// The groups of distress functionals, each a row of its own.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "cues/voice_window.h"
#include "tonecue/dsp/real_fft.h"

namespace tonecue {

std::array<float, 15> melody(const VoiceWindow& window) noexcept;
std::array<float, 6> dynamics(const VoiceWindow& window) noexcept;
std::array<float, 3 * kCepstra> timbre(const VoiceWindow& window) noexcept;
std::array<float, 12> tilt(const VoiceWindow& window) noexcept;
std::array<float, 8> voice_quality(const VoiceWindow& window) noexcept;
std::array<float, 11> rhythm(const VoiceWindow& window) noexcept;
std::array<float, 7> movement(const VoiceWindow& window, RealFft& fft) noexcept;

inline constexpr int kModulationFft = 320;  ///< The window of 300 frames, padded; 0.31 Hz per bin.

/// The names of all groups, in the order above.
std::vector<std::string> group_names();

}  // namespace tonecue
