#include "tonecue/features/spectrum.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tonecue/dsp/window.h"

namespace tonecue {

Result<SpectrumAnalyzer> SpectrumAnalyzer::create() {
  auto fft = RealFft::create(kSpectrumSamples);
  if (!fft) return tl::unexpected(fft.error());
  return SpectrumAnalyzer(std::move(*fft));
}

SpectrumAnalyzer::SpectrumAnalyzer(RealFft fft)
    : fft_(std::move(fft)), window_(hann_window(kSpectrumSamples)) {
  float energy = 0.0F;
  for (const float w : window_) energy += w * w;
  scale_ = 1.0F / energy;
}

const PowerSpectrum& SpectrumAnalyzer::process(Hop hop) noexcept {
  std::copy(history_.begin() + kHopSamples, history_.end(), history_.begin());
  std::transform(hop.begin(), hop.end(), history_.end() - kHopSamples,
                 [](float x) { return std::isfinite(x) ? x : 0.0F; });
  for (std::size_t i = 0; i < history_.size(); ++i) windowed_[i] = history_[i] * window_[i];
  fft_.forward(windowed_, spectrum_);
  for (std::size_t k = 0; k < power_.size(); ++k) {
    const float re = spectrum_[k].real();
    const float im = spectrum_[k].imag();
    power_[k] = (re * re + im * im) * scale_;
  }
  return power_;
}

void SpectrumAnalyzer::reset() noexcept { history_.fill(0.0F); }

}  // namespace tonecue
