#include "tonecue/features/voice_quality.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

constexpr float kLowestHz = 300.0F;  // The telephone band.
constexpr float kHighestHz = 3400.0F;

}  // namespace

float hnr_db(float nccf) noexcept {
  // r at -10 and at 40 dB.
  constexpr float kLeast = 1.0F / 11.0F;
  constexpr float kMost = 10000.0F / 10001.0F;
  const float r = std::clamp(nccf, kLeast, kMost);
  return std::clamp(10.0F * std::log10(r / (1.0F - r)), kLeastHnrDb, kMostHnrDb);
}

SpectralTilt::SpectralTilt() {
  float octaves_total = 0.0F;
  int bands = 0;
  for (int b = 0; b < kMelBands; ++b) {
    const float centre_hz = MelBands::centre_hz(b);
    if (centre_hz < kLowestHz || centre_hz > kHighestHz) continue;
    weights_[static_cast<std::size_t>(b)] = std::log2(centre_hz);
    octaves_total += std::log2(centre_hz);
    ++bands;
  }
  const float octaves_mean = octaves_total / static_cast<float>(bands);
  float spread = 0.0F;
  for (float& weight : weights_) {
    if (weight == 0.0F) continue;
    weight -= octaves_mean;
    spread += weight * weight;
  }
  for (float& weight : weights_) weight /= spread;
}

float SpectralTilt::process(const MelLevels& mel_db) const noexcept {
  float slope = 0.0F;
  for (std::size_t b = 0; b < mel_db.size(); ++b) slope += weights_[b] * mel_db[b];
  return slope;
}

}  // namespace tonecue
