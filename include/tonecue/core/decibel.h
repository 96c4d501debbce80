/// @file
/// Levels. 0 dBFS is a full-scale square wave, so a full-scale sine reads -3.01 (as the dBov of
/// ITU-T G.100.1 and RFC 6464).
#pragma once

#include <algorithm>
#include <cmath>

namespace tonecue {

/// What silence reads as; the quietest 16-bit step lies at -90 dBFS.
inline constexpr float kSilenceDbfs = -100.0F;

/// @param power  Mean square of samples in [-1, 1], or any power ratio; at or below 0 reads as
/// silence.
inline float power_to_db(float power) noexcept {
  return power > 1e-10F ? 10.0F * std::log10(power) : kSilenceDbfs;
}

inline float db_to_power(float level_db) noexcept { return std::pow(10.0F, 0.1F * level_db); }

inline float db_to_amplitude(float level_db) noexcept { return std::pow(10.0F, 0.05F * level_db); }

}  // namespace tonecue
