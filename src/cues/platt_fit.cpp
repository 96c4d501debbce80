#include "cues/platt_fit.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

// How far a site's logistic is expected to lie from the shipped one. Between corpora of speech the
// slope travels well, the offset does not (models/distress/README.md).
constexpr double kSlopeDeviation = 0.25;
constexpr double kOffsetDeviation = 1.5;

// The loss has one minimum and is nearly a parabola about it.
constexpr int kNewtonSteps = 50;
constexpr double kDoneBelow = 1e-9;

// One step goes no further than this, so that it cannot leap over the minimum where the logistic is
// flat.
constexpr double kLongestStep = 1.0;

}  // namespace

LogOddsScale fit_scale(std::span<const Judged> answers) {
  constexpr double kSlopePull = 1.0 / (kSlopeDeviation * kSlopeDeviation);
  constexpr double kOffsetPull = 1.0 / (kOffsetDeviation * kOffsetDeviation);
  double slope = 1.0;
  double offset = 0.0;
  for (int step = 0; step < kNewtonSteps; ++step) {
    // Gradient and curvature of the negative log posterior.
    double by_slope = kSlopePull * (slope - 1.0);
    double by_offset = kOffsetPull * offset;
    double slope_slope = kSlopePull;
    double slope_offset = 0.0;
    double offset_offset = kOffsetPull;
    for (const Judged& answer : answers) {
      const auto x = static_cast<double>(answer.log_odds);
      const double p = 1.0 / (1.0 + std::exp(-(slope * x + offset)));
      const double miss = p - static_cast<double>(answer.right_share);
      const double weight = p * (1.0 - p);
      by_slope += miss * x;
      by_offset += miss;
      slope_slope += weight * x * x;
      slope_offset += weight * x;
      offset_offset += weight;
    }
    const double determinant = slope_slope * offset_offset - slope_offset * slope_offset;
    const double slope_step = (offset_offset * by_slope - slope_offset * by_offset) / determinant;
    const double offset_step = (slope_slope * by_offset - slope_offset * by_slope) / determinant;
    const double length = std::hypot(slope_step, offset_step);
    const double share = length > kLongestStep ? kLongestStep / length : 1.0;
    slope -= share * slope_step;
    offset -= share * offset_step;
    if (length < kDoneBelow) break;
  }
  return {std::clamp(static_cast<float>(slope), kLeastSlope, kMostSlope),
          std::clamp(static_cast<float>(offset), -kMostOffset, kMostOffset)};
}

}  // namespace tonecue
