#include "tonecue/features/mel_bands.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tonecue/core/decibel.h"

namespace tonecue {
namespace {

constexpr float kLowestHz = 150.0F;
constexpr float kHighestHz = 3800.0F;
constexpr float kLeastWeight = 0.5F;  // Below it a triangle falls between two bins.

float to_mel(float hz) { return 1127.0F * std::log(1.0F + hz / 700.0F); }
float to_hz(float mel) { return 700.0F * (std::exp(mel / 1127.0F) - 1.0F); }

// The edges of band `b` are edge_hz(b) and edge_hz(b + 2), its tip lies at edge_hz(b + 1).
float edge_hz(int edge) {
  const float step_mel = (to_mel(kHighestHz) - to_mel(kLowestHz)) / (kMelBands + 1);
  return to_hz(to_mel(kLowestHz) + step_mel * static_cast<float>(edge));
}

}  // namespace

MelBands::MelBands() {
  for (int b = 0; b < kMelBands; ++b) {
    const float left = edge_hz(b) / kBinHz;
    const float centre = edge_hz(b + 1) / kBinHz;
    const float right = edge_hz(b + 2) / kBinHz;
    Band band{static_cast<int>(std::ceil(left)), {}};
    for (int k = band.first_bin; static_cast<float>(k) <= right; ++k) {
      const auto bin = static_cast<float>(k);
      band.weights.push_back(bin <= centre ? (bin - left) / (centre - left)
                                           : (right - bin) / (right - centre));
    }
    const float total = std::accumulate(band.weights.begin(), band.weights.end(), 0.0F);
    if (total < kLeastWeight) {
      band = {static_cast<int>(std::lround(centre)), {1.0F}};
    } else {
      for (float& weight : band.weights) weight /= total;
    }
    bands_.push_back(std::move(band));
  }
}

float MelBands::centre_hz(int band) noexcept { return edge_hz(band + 1); }

MelLevels MelBands::process(const PowerSpectrum& power) const noexcept {
  MelLevels levels{};
  for (std::size_t b = 0; b < levels.size(); ++b) {
    const Band& band = bands_[b];
    const float mean = std::inner_product(band.weights.begin(), band.weights.end(),
                                          power.begin() + band.first_bin, 0.0F);
    levels[b] = std::max(power_to_db(mean), kMelFloorDb);
  }
  return levels;
}

}  // namespace tonecue
