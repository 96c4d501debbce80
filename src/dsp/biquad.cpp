#include "tonecue/dsp/biquad.h"

#include <cassert>
#include <cmath>
#include <numbers>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

// Far below the last bit of any input: a tail that decays further only costs denormal arithmetic.
constexpr float kInaudible = 1e-15F;

}  // namespace

Biquad Biquad::butterworth_high_pass(float cutoff_hz) {
  assert(cutoff_hz > 0.0F && 2.0F * cutoff_hz < static_cast<float>(kSampleRateHz));
  const double k = std::tan(std::numbers::pi * static_cast<double>(cutoff_hz) / kSampleRateHz);
  const double norm = 1.0 / (1.0 + std::numbers::sqrt2 * k + k * k);
  const auto b0 = static_cast<float>(norm);
  return {b0, -2.0F * b0, b0, static_cast<float>(2.0 * (k * k - 1.0) * norm),
          static_cast<float>((1.0 - std::numbers::sqrt2 * k + k * k) * norm)};
}

Biquad::Biquad(float b0, float b1, float b2, float a1, float a2)
    : b0_(b0), b1_(b1), b2_(b2), a1_(a1), a2_(a2) {}

void Biquad::process(std::span<float> samples) noexcept {
  float state1 = state1_;
  float state2 = state2_;
  for (float& sample : samples) {
    const float in = sample;
    const float out = b0_ * in + state1;
    // In this order the next sample waits for one product and one difference only.
    state1 = (b1_ * in + state2) - a1_ * out;
    state2 = b2_ * in - a2_ * out;
    sample = out;
  }
  state1_ = std::abs(state1) > kInaudible ? state1 : 0.0F;
  state2_ = std::abs(state2) > kInaudible ? state2 : 0.0F;
}

void Biquad::reset() noexcept {
  state1_ = 0.0F;
  state2_ = 0.0F;
}

}  // namespace tonecue
