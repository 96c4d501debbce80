#include "features/spectral_correlation.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "features/energy.h"
#include "tonecue/core/hop.h"
#include "tonecue/dsp/kernels.h"
#include "tonecue/dsp/window.h"

namespace tonecue {
namespace {

constexpr float kAudiblePower = 0.01F;  // Less is digital silence.
constexpr int kPartialFrames = 3;  // The first window that sound fills to its middle is the third.
constexpr float kFloorMargin = 1.5F;
constexpr float kFloorFall = 0.2F;
constexpr float kFloorRise = 0.05F;
constexpr float kFloorMaxRise = 0.02F;  // 0.09 dB a frame.

double own_correlation(const std::vector<float>& window, std::size_t lag) {
  double sum = 0.0;
  double energy = 0.0;
  for (const float w : window) energy += static_cast<double>(w) * static_cast<double>(w);
  for (std::size_t i = 0; i + lag < window.size(); ++i) {
    sum += static_cast<double>(window[i]) * static_cast<double>(window[i + lag]);
  }
  return sum / energy;
}

// Lags are counted at 8 kHz, the window takes every `step`th sample.
float lag_weight(const std::vector<float>& window, std::size_t lag, std::size_t step) {
  const double below = own_correlation(window, lag / step);
  const double above = own_correlation(window, lag / step + 1);
  const double part = static_cast<double>(lag % step) / static_cast<double>(step);
  return static_cast<float>(1.0 / (below + part * (above - below)));
}

// Row by row, a bin's cosine at each lag. One for all voices, which share the cache.
const std::vector<float>& cosines(std::size_t first_bin, std::size_t bins, std::size_t period) {
  static const std::vector<float> table = [&] {
    std::vector<float> values;
    for (std::size_t bin = first_bin; bin < first_bin + bins; ++bin) {
      for (std::size_t lag = kFirstLag; lag < kFirstLag + kLags; ++lag) {
        const double turns = static_cast<double>(bin * lag) / static_cast<double>(period);
        values.push_back(static_cast<float>(std::cos(2.0 * std::numbers::pi * turns)));
      }
    }
    return values;
  }();
  return table;
}

}  // namespace

Result<SpectralCorrelation> SpectralCorrelation::create() {
  auto fft = RealFft::create(kFftSamples);
  if (!fft) return tl::unexpected(fft.error());
  return SpectralCorrelation(std::move(*fft));
}

SpectralCorrelation::SpectralCorrelation(RealFft fft)
    : fft_(std::move(fft)),
      window_(hann_window(kWindowSamples)),
      cosines_(cosines(kFirstBin, kBins, kStep * kFftSamples)) {
  for (std::size_t i = 0; i < kLags; ++i) {
    lag_weight_[i] = lag_weight(window_, kFirstLag + i, kStep);
  }
}

const LagValues& SpectralCorrelation::process(const CentredSignal& low) noexcept {
  constexpr std::size_t kFirst = CentredSignal::kCentre - kStep * kWindowSamples / 2;
  static_assert(kFirst + kStep * (kWindowSamples - 1) < CentredSignal::kSamples);
  const float* sample = low.samples.data() + kFirst;
  for (std::size_t i = 0; i < kWindowSamples; ++i) windowed_[i] = sample[kStep * i] * window_[i];
  if (energy(std::span(windowed_).first<kWindowSamples>()) < kAudiblePower * kWindowSamples) {
    values_.fill(0.0F);
    return values_;
  }
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
  // Sums of 9 neighbours as 1 + 8, by doubling.
  static_assert(2 * kReach + 1 == 1 + 8);
  std::array<float, kBins + 2 * kReach> sums = power_;
  std::array<float, kBins> average{};
  for (std::size_t b = 0; b < kBins; ++b) average[b] = sums[b];
  for (std::size_t i = 0; i + 1 < sums.size(); ++i) sums[i] += sums[i + 1];
  for (std::size_t i = 0; i + 3 < sums.size(); ++i) sums[i] += sums[i + 2];
  for (std::size_t i = 0; i + 7 < sums.size(); ++i) sums[i] += sums[i + 4];
  constexpr float kWidth = 2.0F * kReach + 1.0F;
  for (std::size_t b = 0; b < kBins; ++b) average[b] = (average[b] + sums[b + 1]) / kWidth;

  if (audible_frames_ < kPartialFrames) {
    ++audible_frames_;
    floor_ = average;
    return;
  }
  for (std::size_t b = 0; b < kBins; ++b) {
    const float excess = average[b] / floor_[b] - 1.0F;
    floor_[b] *= 1.0F + std::min(excess, 0.0F) * kFloorFall +
                 std::min(std::max(excess, 0.0F) * kFloorRise, kFloorMaxRise);
  }
}

float SpectralCorrelation::weigh() noexcept {
  float total = 1e-6F;  // Nothing above the noise: no division by 0.
  for (std::size_t b = 0; b < kBins; ++b) {
    const float root = std::sqrt(std::max(power_[b + kReach] - kFloorMargin * floor_[b], 0.0F));
    weighted_[b] = root * std::sqrt(root);
  }
  for (const float v : weighted_) total += v;
  return total;
}

void SpectralCorrelation::transform(float scale) noexcept {
  static constexpr LagValues kZeros{};
  LagValues sums;
  kernels().affine(cosines_.data(), kZeros.data(), weighted_.data(), kBins, sums.data(), kLags);
  for (std::size_t i = 0; i < kLags; ++i) {
    // The compressed spectrum's correlation falls more slowly than the window's own, so that twice
    // the period would come out above 1 and win.
    values_[i] = std::min(sums[i] * scale * lag_weight_[i], 1.0F);
  }
}

void SpectralCorrelation::reset() noexcept { audible_frames_ = 0; }

}  // namespace tonecue
