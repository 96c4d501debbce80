/// @file
/// How much a voice must change before anybody hears it: less is no reason, and not told as one.
#pragma once

namespace tonecue {

inline constexpr float kHeardSt = 0.5F;
inline constexpr float kHeardDb = 1.0F;
inline constexpr float kHeardRate = 0.05F;  ///< Of the ratio to the usual, from 1.

}  // namespace tonecue
