#include "features/pitch_path.h"

#include <algorithm>
#include <cmath>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr float kVoicingChangeCost = 3.75F;
constexpr float kWeakerCost = 13.8F;  // Per unit of score below the frame's best.
constexpr float kOctaveCost = 10.6F;  // Per octave of change.
constexpr float kJumpCost = 0.79F;    // In octaves, of a jump of exactly one.

float transition_cost(float log2_lag_a, float log2_lag_b) noexcept {
  const float octaves = std::abs(log2_lag_a - log2_lag_b);
  return kOctaveCost * std::min(octaves, std::abs(octaves - 1.0F) + kJumpCost);
}

}  // namespace

PitchFrame PitchPath::process(const PitchCandidates& candidates, float voicing_logit) noexcept {
  const Step& before = steps_[newest_];
  newest_ = (newest_ + 1) % steps_.size();
  Step& now = steps_[newest_];
  now.candidates = candidates;
  now.voicing_logit = voicing_logit;
  now.unvoiced_cost = std::log1p(std::exp(voicing_logit));
  now.voiced_cost = now.unvoiced_cost - voicing_logit;
  for (std::size_t i = 0; i < candidates.count; ++i) extend_voiced(before, now, i);
  extend_unvoiced(before, now);

  float least = now.cost[kUnvoiced];
  for (std::size_t i = 0; i < candidates.count; ++i) least = std::min(least, now.cost[i]);
  for (float& cost : now.cost) cost -= least;
  return decide();
}

void PitchPath::extend_voiced(const Step& before, Step& now, std::size_t candidate) noexcept {
  const PitchCandidate& to = now.candidates.items[candidate];
  float least = before.cost[kUnvoiced] + kVoicingChangeCost;
  std::size_t from = kUnvoiced;
  for (std::size_t i = 0; i < before.candidates.count; ++i) {
    const float cost =
        before.cost[i] + transition_cost(before.candidates.items[i].log2_lag, to.log2_lag);
    if (cost < least) {
      least = cost;
      from = i;
    }
  }
  now.cost[candidate] =
      least + now.voiced_cost + kWeakerCost * (now.candidates.best_score() - to.score);
  now.previous[candidate] = from;
}

void PitchPath::extend_unvoiced(const Step& before, Step& now) noexcept {
  float least = before.cost[kUnvoiced];
  std::size_t from = kUnvoiced;
  for (std::size_t i = 0; i < before.candidates.count; ++i) {
    if (before.cost[i] + kVoicingChangeCost < least) {
      least = before.cost[i] + kVoicingChangeCost;
      from = i;
    }
  }
  now.cost[kUnvoiced] = least + now.unvoiced_cost;
  now.previous[kUnvoiced] = from;
}

PitchFrame PitchPath::decide() const noexcept {
  const Step& newest = steps_[newest_];
  std::size_t state = kUnvoiced;
  for (std::size_t i = 0; i < newest.candidates.count; ++i) {
    if (newest.cost[i] < newest.cost[state]) state = i;
  }
  std::size_t step = newest_;
  for (std::size_t back = 0; back < kLagFrames; ++back) {
    state = steps_[step].previous[state];
    step = (step + steps_.size() - 1) % steps_.size();
  }
  const Step& decided = steps_[step];
  PitchFrame frame;
  frame.voicing = 1.0F / (1.0F + std::exp(-decided.voicing_logit));
  if (state != kUnvoiced) {
    const PitchCandidate& chosen = decided.candidates.items[state];
    frame.f0_hz = static_cast<float>(kSampleRateHz) * std::exp2(-chosen.log2_lag);
    frame.nccf = chosen.nccf;
  } else if (decided.candidates.count > 0) {
    frame.nccf = decided.candidates.items[0].nccf;
  }
  return frame;
}

void PitchPath::reset() noexcept { *this = PitchPath(); }

}  // namespace tonecue
