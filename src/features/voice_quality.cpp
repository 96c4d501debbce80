#include "tonecue/features/voice_quality.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace tonecue {
namespace {

constexpr float kLowestHz = 300.0F;  // The telephone band.
constexpr float kHighestHz = 3400.0F;

constexpr std::size_t first_bin(float hz) {
  const auto below = static_cast<std::size_t>(hz / kBinHz);
  return static_cast<float>(below) * kBinHz < hz ? below + 1 : below;
}
constexpr std::size_t kVoiceBin = first_bin(50.0F);
constexpr std::size_t kAlphaBin = first_bin(1000.0F);
constexpr std::size_t kHammarbergBin = first_bin(2000.0F);
constexpr std::size_t kEndBin = first_bin(kHighestHz);

// What `combine` makes of the bins from `first` to before `end`: four values side by side, because
// one alone would have to be made in order.
template <class Combine>
float over_bins(const PowerSpectrum& power, std::size_t first, std::size_t end, Combine combine) {
  std::array<float, 4> lanes{};
  std::size_t k = first;
  for (; k + lanes.size() <= end; k += lanes.size()) {
    for (std::size_t j = 0; j < lanes.size(); ++j) lanes[j] = combine(lanes[j], power[k + j]);
  }
  for (; k < end; ++k) lanes[0] = combine(lanes[0], power[k]);
  return combine(combine(lanes[0], lanes[2]), combine(lanes[1], lanes[3]));
}

float sum(float a, float b) noexcept { return a + b; }
float larger(float a, float b) noexcept { return a < b ? b : a; }

// Whole even where one side holds nothing.
float ratio_db(float above, float below) noexcept {
  constexpr float kTiny = 1e-20F;  // Far below the quietest 16-bit step.
  constexpr float kMostDb = 100.0F;
  const float db = 10.0F * std::log10((above + kTiny) / (below + kTiny));
  return std::clamp(db, -kMostDb, kMostDb);
}

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

float alpha_ratio_db(const PowerSpectrum& power) noexcept {
  return ratio_db(over_bins(power, kAlphaBin, kEndBin, sum),
                  over_bins(power, kVoiceBin, kAlphaBin, sum));
}

float hammarberg_index_db(const PowerSpectrum& power) noexcept {
  return ratio_db(over_bins(power, kVoiceBin, kHammarbergBin, larger),
                  over_bins(power, kHammarbergBin, kEndBin, larger));
}

MelCepstrum::MelCepstrum() {
  constexpr double kBands = kMelBands;
  const double nepers_per_db = 0.1 * std::numbers::ln10;  // From 10 log10 to ln of a power.
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const double half_turns = static_cast<double>(i + 1) / kBands;
    for (std::size_t b = 0; b < weights_[i].size(); ++b) {
      const double radians = std::numbers::pi * half_turns * (static_cast<double>(b) + 0.5);
      weights_[i][b] =
          static_cast<float>(std::sqrt(2.0 / kBands) * nepers_per_db * std::cos(radians));
    }
  }
}

Cepstrum MelCepstrum::process(const MelLevels& mel_db) const noexcept {
  Cepstrum cepstrum{};
  for (std::size_t i = 0; i < cepstrum.size(); ++i) {
    cepstrum[i] = std::inner_product(mel_db.begin(), mel_db.end(), weights_[i].begin(), 0.0F);
  }
  return cepstrum;
}

}  // namespace tonecue
