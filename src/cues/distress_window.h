/// @file
/// The window that the distress model judges; the trainer uses the same.
#pragma once

#include "tonecue/core/hop.h"

namespace tonecue {

/// How often a window is judged.
inline constexpr int kDistressUpdateHops = kHopsPerSecond / 2;

/// Speech older than this is no longer the voice of now, however little came after it.
inline constexpr int kDistressMemoryHops = 8 * kHopsPerSecond;

/// With less voiced speech in it a window says nothing (reference: 1 s costs up to .065 of AUC).
inline constexpr float kDistressLeastVoicedS = 1.0F;

}  // namespace tonecue
