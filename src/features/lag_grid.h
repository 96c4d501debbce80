/// @file
/// The lags at which a voice is compared with itself, and how their values are stored.
#pragma once

#include <array>
#include <cstddef>

namespace tonecue {

inline constexpr int kFirstLag = 16;  ///< Samples: 500 Hz.
inline constexpr int kLags = 120;     ///< To 135 samples: 59 Hz.

/// One value per lag, even and odd lags apart, because every second sample is enough to correlate:
/// an even lag then meets even samples, an odd lag the odd ones, and neighbours lie side by side.
struct LagValues {
  std::array<float, kLags / 2> even{};  ///< Lags kFirstLag, kFirstLag + 2, ...
  std::array<float, kLags / 2> odd{};   ///< Lags kFirstLag + 1, kFirstLag + 3, ...
};

}  // namespace tonecue
