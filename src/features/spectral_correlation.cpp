#include "features/spectral_correlation.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "tonecue/core/hop.h"
#include "tonecue/dsp/window.h"

namespace tonecue {
namespace {

constexpr double kRateHz = kSampleRateHz / 2.0;
constexpr float kFloorMargin = 1.5F;
constexpr float kFloorFall = 0.2F;
constexpr float kFloorRise = 0.05F;
constexpr float kFloorMaxRise = 0.02F;  // 0.09 dB a frame.
constexpr double kFlatToHz = 800.0;
constexpr double kCutHz = 1400.0;

// One block of lags is summed in registers while its part of the table runs past.
constexpr std::size_t kBlockLags = 12;
constexpr std::size_t kBlocks = kLags / kBlockLags;
constexpr std::size_t kBlocksPerParity = kBlocks / 2;

std::size_t lag_of(std::size_t block, std::size_t i) {
  const std::size_t parity = block / kBlocksPerParity;
  return kFirstLag + 2 * ((block % kBlocksPerParity) * kBlockLags + i) + parity;
}

double own_correlation(const std::vector<float>& window, std::size_t lag) {
  double sum = 0.0;
  double energy = 0.0;
  for (const float w : window) energy += static_cast<double>(w) * static_cast<double>(w);
  for (std::size_t i = 0; i + lag < window.size(); ++i) {
    sum += static_cast<double>(window[i]) * static_cast<double>(window[i + lag]);
  }
  return sum / energy;
}

// Lags are counted at 8 kHz, the window at 4 kHz.
float lag_weight(const std::vector<float>& window, std::size_t lag) {
  const double below = own_correlation(window, lag / 2);
  const double above = own_correlation(window, (lag + 1) / 2);
  return static_cast<float>(2.0 / (below + above));
}

}  // namespace

Result<SpectralCorrelation> SpectralCorrelation::create() {
  auto fft = RealFft::create(kFftSamples);
  if (!fft) return tl::unexpected(fft.error());
  return SpectralCorrelation(std::move(*fft));
}

SpectralCorrelation::SpectralCorrelation(RealFft fft)
    : fft_(std::move(fft)), window_(hann_window(PitchSignals::kBandSamples)), bin_weight_{} {
  for (std::size_t b = 0; b < kBins; ++b) {
    const double hz = static_cast<double>(kFirstBin + b) * kRateHz / kFftSamples;
    bin_weight_[b] = static_cast<float>(std::clamp((kCutHz - hz) / (kCutHz - kFlatToHz), 0.0, 1.0));
  }
  for (std::size_t i = 0; i < kLags / 2; ++i) {
    lag_weight_.even[i] = lag_weight(window_, kFirstLag + 2 * i);
    lag_weight_.odd[i] = lag_weight(window_, kFirstLag + 2 * i + 1);
  }
  for (std::size_t block = 0; block < kBlocks; ++block) {
    for (std::size_t b = 0; b < kBins; ++b) {
      for (std::size_t i = 0; i < kBlockLags; ++i) {
        const auto turns = static_cast<double>((kFirstBin + b) * lag_of(block, i)) /
                           (2.0 * static_cast<double>(kFftSamples));
        cosines_.push_back(static_cast<float>(std::cos(2.0 * std::numbers::pi * turns)));
      }
    }
  }
}

const LagValues& SpectralCorrelation::process(
    std::span<const float, PitchSignals::kBandSamples> band) noexcept {
  for (std::size_t i = 0; i < band.size(); ++i) windowed_[i] = band[i] * window_[i];
  fft_.forward(windowed_, spectrum_);
  for (std::size_t i = 0; i < power_.size(); ++i) {
    // Below 0 Hz the spectrum of a real signal is its own mirror image.
    const std::size_t bin =
        i + kFirstBin >= kReach ? i + kFirstBin - kReach : kReach - kFirstBin - i;
    const float re = spectrum_[bin].real();
    const float im = spectrum_[bin].imag();
    power_[i] = re * re + im * im + 1.0F;
  }
  track_floor();
  transform(1.0F / weigh());
  return values_;
}

void SpectralCorrelation::track_floor() noexcept {
  constexpr auto kWidth = static_cast<float>(2 * kReach + 1);
  std::array<float, kBins> average{};
  for (std::size_t shift = 0; shift <= 2 * kReach; ++shift) {
    for (std::size_t b = 0; b < kBins; ++b) average[b] += power_[b + shift];
  }
  if (!floor_set_) {
    for (std::size_t b = 0; b < kBins; ++b) floor_[b] = average[b] / kWidth;
    floor_set_ = true;
    return;
  }
  for (std::size_t b = 0; b < kBins; ++b) {
    const float excess = average[b] / (kWidth * floor_[b]) - 1.0F;
    floor_[b] *= 1.0F + std::min(excess, 0.0F) * kFloorFall +
                 std::min(std::max(excess, 0.0F) * kFloorRise, kFloorMaxRise);
  }
}

float SpectralCorrelation::weigh() noexcept {
  float total = 1e-6F;  // Silence: no division by 0.
  for (std::size_t b = 0; b < kBins; ++b) {
    const float root = std::sqrt(std::max(power_[b + kReach] - kFloorMargin * floor_[b], 0.0F));
    weighted_[b] = root * std::sqrt(root) * bin_weight_[b];
  }
  for (const float v : weighted_) total += v;
  return total;
}

void SpectralCorrelation::transform(float scale) noexcept {
  const float* cosine = cosines_.data();
  for (std::size_t block = 0; block < kBlocks; ++block) {
    std::array<float, kBlockLags> sums{};
    for (const float v : weighted_) {
      for (std::size_t i = 0; i < kBlockLags; ++i) sums[i] += v * cosine[i];
      cosine += kBlockLags;
    }
    const std::size_t start = (block % kBlocksPerParity) * kBlockLags;
    auto& values = block < kBlocksPerParity ? values_.even : values_.odd;
    const auto& weight = block < kBlocksPerParity ? lag_weight_.even : lag_weight_.odd;
    for (std::size_t i = 0; i < kBlockLags; ++i) {
      values[start + i] = sums[i] * scale * weight[start + i];
    }
  }
}

void SpectralCorrelation::reset() noexcept { floor_set_ = false; }

}  // namespace tonecue
