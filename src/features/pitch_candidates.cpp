#include "features/pitch_candidates.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

constexpr float kLowWeight = 0.72F;
constexpr float kEnvelopeWeight = 0.41F;
constexpr float kSpectralWeight = 0.37F;
constexpr float kLeastPeak = 0.05F;
constexpr float kLeastOfBest = 0.3F;
constexpr float kLagPenalty = 0.002F;  // Per sample: a multiple of the period is as high a peak.

// Vertex of the parabola through three equally spaced points around a maximum.
struct Vertex {
  float offset;  // From the middle point, [-0.5, 0.5].
  float height;
};
Vertex vertex(float before, float middle, float after) noexcept {
  const float curvature = before - 2.0F * middle + after;
  const float offset = curvature < 0.0F ? 0.5F * (before - after) / curvature : 0.0F;
  return {offset, middle - 0.25F * (before - after) * offset};
}

float value_at(const LagValues& values, std::size_t i, float offset) noexcept {
  const float slope = values[i + 1] - values[i - 1];
  const float curvature = values[i - 1] - 2.0F * values[i] + values[i + 1];
  return values[i] + 0.5F * offset * (slope + offset * curvature);
}

void insert(PitchCandidates& best, const PitchCandidate& candidate) noexcept {
  if (best.count == PitchCandidates::kMost && candidate.score <= best.items.back().score) return;
  std::size_t i = best.count < PitchCandidates::kMost ? best.count++ : PitchCandidates::kMost - 1;
  for (; i > 0 && best.items[i - 1].score < candidate.score; --i) best.items[i] = best.items[i - 1];
  best.items[i] = candidate;
}

}  // namespace

PitchCandidates pick_candidates(const LagValues& low, const LagValues& envelope,
                                const LagValues& spectral) noexcept {
  LagValues sum;
  for (std::size_t i = 0; i < kLags; ++i) {
    sum[i] = kLowWeight * low[i] + kEnvelopeWeight * envelope[i] + kSpectralWeight * spectral[i];
  }
  PitchCandidates best;
  for (std::size_t i = 1; i + 1 < kLags; ++i) {
    if (sum[i] <= kLeastPeak || sum[i] < sum[i - 1] || sum[i] <= sum[i + 1]) continue;
    const Vertex peak = vertex(sum[i - 1], sum[i], sum[i + 1]);
    const float lag = static_cast<float>(kFirstLag + i) + peak.offset;
    // The lag itself for now: only the few that are kept need its logarithm.
    insert(best, {lag, peak.height * (1.0F - kLagPenalty * lag), value_at(low, i, peak.offset)});
  }
  while (best.count > 1 && best.items[best.count - 1].score < kLeastOfBest * best.best_score()) {
    --best.count;
  }
  for (std::size_t i = 0; i < best.count; ++i) {
    best.items[i].log2_lag = std::log2(best.items[i].log2_lag);
  }
  return best;
}

}  // namespace tonecue
