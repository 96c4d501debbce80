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
    : b0_(b0), block_{b1, b2, a1, a2, {}, {}, {}} {
  // What it answers to each sample, and to each state, alone.
  constexpr std::size_t kSamples = BiquadBlock::kSamples;
  for (std::size_t i = 0; i < kSamples; ++i) {
    block_.input[i][i] = 1.0F;
    step(block_.input[i]);
    reset();
  }
  state1_ = 1.0F;
  step(block_.state1);
  reset();
  state2_ = 1.0F;
  step(block_.state2);
  reset();
}

void Biquad::process(std::span<float> samples) noexcept {
  const std::size_t blocks = samples.size() / BiquadBlock::kSamples;
  kernels().biquad(block_, state1_, state2_, samples.data(), blocks);
  step(samples.subspan(blocks * BiquadBlock::kSamples));
  if (std::abs(state1_) <= kInaudible) state1_ = 0.0F;
  if (std::abs(state2_) <= kInaudible) state2_ = 0.0F;
}

// Sample by sample.
void Biquad::step(std::span<float> samples) noexcept {
  for (float& sample : samples) {
    const float in = sample;
    const float out = b0_ * in + state1_;
    state1_ = (block_.b1 * in + state2_) - block_.a1 * out;
    state2_ = block_.b2 * in - block_.a2 * out;
    sample = out;
  }
}

void Biquad::reset() noexcept {
  state1_ = 0.0F;
  state2_ = 0.0F;
}

}  // namespace tonecue
