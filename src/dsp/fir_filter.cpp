#include "tonecue/dsp/fir_filter.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "tonecue/dsp/kernels.h"

namespace tonecue {
namespace {

double windowed_sinc(int offset, double cutoff_ratio) {
  const double angle = 2.0 * std::numbers::pi * cutoff_ratio * offset;
  const double sinc = offset == 0 ? 1.0 : std::sin(angle) / angle;
  return sinc * (0.54 + 0.46 * std::cos(std::numbers::pi * offset / FirFilter::kDelaySamples));
}

}  // namespace

FirFilter FirFilter::low_pass(float cutoff_hz) {
  assert(cutoff_hz > 0.0F && 2.0F * cutoff_hz < static_cast<float>(kSampleRateHz));
  const double cutoff_ratio = static_cast<double>(cutoff_hz) / kSampleRateHz;
  double gain = 0.0;
  for (int i = -kDelaySamples; i <= kDelaySamples; ++i) gain += windowed_sinc(i, cutoff_ratio);
  FirFilter filter;
  for (int i = 0; i <= kDelaySamples; ++i) {
    filter.taps_[static_cast<std::size_t>(i)] =
        static_cast<float>(windowed_sinc(i - kDelaySamples, cutoff_ratio) / gain);
  }
  return filter;
}

void FirFilter::process(Hop hop, std::span<float, kHopSamples> out) noexcept {
  std::copy(history_.begin() + kHopSamples, history_.end(), history_.begin());
  std::copy(hop.begin(), hop.end(), history_.end() - kHopSamples);
  kernels().symmetric_fir(taps_.data(), kDelaySamples, history_.data(), out.data(), kHopSamples);
}

void FirFilter::reset() noexcept { history_.fill(0.0F); }

}  // namespace tonecue
