/// @file
/// The lags at which a voice is compared with itself.
#pragma once

#include <array>
#include <cstddef>

namespace tonecue {

inline constexpr std::size_t kFirstLag = 16;  ///< Samples: 500 Hz.
inline constexpr std::size_t kLags = 120;     ///< To 135 samples: 59 Hz.

/// One value per lag, shortest first.
using LagValues = std::array<float, kLags>;

}  // namespace tonecue
