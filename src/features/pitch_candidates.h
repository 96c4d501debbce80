/// @file
/// The periods that a frame may have.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "features/lag_grid.h"

namespace tonecue {

struct PitchCandidate {
  float log2_lag = 0.0F;
  float score = 0.0F;  ///< Height of its peak, less a little for long lags.
  float nccf = 0.0F;   ///< Of the low band alone, [-1, 1].
};

/// Best first.
struct PitchCandidates {
  static constexpr std::size_t kMost = 6;

  std::array<PitchCandidate, kMost> items{};
  std::size_t count = 0;

  std::span<const PitchCandidate> all() const noexcept { return std::span(items).first(count); }
  float best_score() const noexcept { return count > 0 ? items[0].score : 0.0F; }
};

/// The highest local maxima over the weighted sum of the three correlations.
PitchCandidates pick_candidates(const LagValues& low, const LagValues& envelope,
                                const LagValues& spectral) noexcept;

}  // namespace tonecue
