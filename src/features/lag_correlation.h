/// @file
/// How much a signal is like itself one lag later.
#pragma once

#include "features/lag_grid.h"
#include "features/pitch_signals.h"

namespace tonecue {

/// Normalised cross-correlation (NCCF; Talkin, "A Robust Algorithm for Pitch Tracking", 1995) of
/// two windows of 9 ms that lie symmetrically about the frame's centre, one lag apart.
/// @param fade_rms  RMS at which a signal starts to fade into 0; above 0.
/// @return          One value per lag, [-1, 1].
LagValues correlate_lags(const CentredSignal& signal, float fade_rms) noexcept;

}  // namespace tonecue
