#include "features/lag_correlation.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "features/energy.h"
#include "tonecue/dsp/kernels.h"

namespace tonecue {
namespace {

// Lags are taken 24 at a time; one first window serves them all.
constexpr std::size_t kBlockLags = kCorrelationLags;
constexpr std::size_t kBlocks = kLags / kBlockLags;
static_assert(kBlocks * kBlockLags == kLags);

// Every second sample of 72: the signals hold little above a quarter of their rate.
constexpr std::size_t kProducts = 36;
constexpr std::size_t kStep = 2;

// The samples that the windows reach begin this far before the centre.
constexpr std::size_t kCentre = 100;

// Energies of windows that start at each index below this one are wanted.
constexpr std::size_t kStarts = 144;
constexpr std::size_t kSquares = kStarts + kStep * (kProducts - 1);

// Index of a block's first window: the two windows, apart by the block's middle lag, straddle the
// centre.
constexpr std::size_t first_window(std::size_t block) {
  const std::size_t middle_lag = kFirstLag + kBlockLags / 2 + kBlockLags * block;
  return kCentre - (kStep * kProducts + middle_lag) / 2;
}
constexpr std::size_t second_window(std::size_t block) {
  return first_window(block) + kFirstLag + kBlockLags * block;
}
static_assert(second_window(kBlocks - 1) + kBlockLags <= kStarts);
static_assert(CentredSignal::kCentre - kCentre + kSquares <= CentredSignal::kSamples);

// Added under the root: little where sound is strong, as much as its energies near `fade_rms`.
float fade(const CentredSignal& signal, float fade_rms) noexcept {
  constexpr std::size_t kHalfWindow = 60;
  const std::span around(signal.samples.data() + CentredSignal::kCentre - kHalfWindow,
                         2 * kHalfWindow);
  const float root = 0.001F * energy(around) + 80.0F * fade_rms * fade_rms;
  return 0.01F * root * root + 1.0F;
}

}  // namespace

LagValues correlate_lags(const CentredSignal& signal, float fade_rms) noexcept {
  const Kernels& loops = kernels();
  std::array<float, kStarts> energies{};
  const float* samples = signal.samples.data() + CentredSignal::kCentre - kCentre;
  loops.window_energies(samples, energies.data(), kStarts);
  const float faded = fade(signal, fade_rms);
  LagValues values;
  for (std::size_t block = 0; block < kBlocks; ++block) {
    const std::size_t first = first_window(block);
    const std::size_t second = second_window(block);
    float* value = values.data() + block * kBlockLags;
    loops.correlate(samples + first, samples + second, kProducts, value);
    loops.normalise(energies[first], energies.data() + second, faded, value, kBlockLags);
  }
  return values;
}

}  // namespace tonecue
