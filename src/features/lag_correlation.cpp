#include "features/lag_correlation.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "features/energy.h"

namespace tonecue {
namespace {

// Lags are taken 24 at a time; one first window serves them all.
constexpr std::size_t kBlockLags = 24;
constexpr std::size_t kBlocks = kLags / kBlockLags;
static_assert(kBlocks * kBlockLags == kLags);

// Every second sample of 72: the signals hold little above a quarter of their rate.
constexpr std::size_t kProducts = 36;
constexpr std::size_t kStep = 2;

// Energies of windows that start at each index below this one are wanted.
constexpr std::size_t kStarts = 144;
constexpr std::size_t kSquares = kStarts + kStep * (kProducts - 1);

// Index of a block's first window: the two windows, apart by the block's middle lag, straddle the
// centre.
constexpr std::size_t first_window(std::size_t block) {
  const std::size_t middle_lag = kFirstLag + kBlockLags / 2 + kBlockLags * block;
  return CentredSignal::kCentre - (kStep * kProducts + middle_lag) / 2;
}
constexpr std::size_t second_window(std::size_t block) {
  return first_window(block) + kFirstLag + kBlockLags * block;
}
static_assert(second_window(kBlocks - 1) + kBlockLags <= kStarts);
static_assert(kSquares <= CentredSignal::kSamples);

using Squares = std::array<float, kSquares>;
using Energies = std::array<float, kStarts>;

Squares square(const CentredSignal& signal) noexcept {
  Squares squares;
  for (std::size_t i = 0; i < kSquares; ++i) squares[i] = signal.samples[i] * signal.samples[i];
  return squares;
}

// Sums of 36 squares as 32 + 4, by doubling: unlike a running sum it can go in parallel.
Energies sum_windows(Squares sums) noexcept {
  static_assert(kProducts == 32 + 4);
  Energies energies;
  std::size_t count = kSquares;
  for (std::size_t width = 1; width < 32; width *= 2) {
    count -= kStep * width;
    for (std::size_t i = 0; i < count; ++i) sums[i] += sums[i + kStep * width];
    if (2 * width == 4) {
      for (std::size_t i = 0; i < kStarts; ++i) energies[i] = sums[i + kStep * 32];
    }
  }
  for (std::size_t i = 0; i < kStarts; ++i) energies[i] += sums[i];
  return energies;
}

// Four products at a time, so that the sums are loaded and stored a quarter as often.
void correlate_block(const float* first, const float* second, float* sums) noexcept {
  std::fill_n(sums, kBlockLags, 0.0F);
  static_assert(kProducts % 4 == 0);
  for (std::size_t i = 0; i < kStep * kProducts; i += 4 * kStep) {
    const float* a = first + i;
    const float* b = second + i;
    for (std::size_t lag = 0; lag < kBlockLags; ++lag) {
      sums[lag] += a[0] * b[lag] + a[kStep] * b[lag + kStep] + a[2 * kStep] * b[lag + 2 * kStep] +
                   a[3 * kStep] * b[lag + 3 * kStep];
    }
  }
}

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
  const Energies energies = sum_windows(square(signal));
  const float faded = fade(signal, fade_rms);
  LagValues values;
  for (std::size_t block = 0; block < kBlocks; ++block) {
    const std::size_t first = first_window(block);
    const std::size_t second = second_window(block);
    float* value = values.data() + block * kBlockLags;
    correlate_block(signal.samples.data() + first, signal.samples.data() + second, value);
    for (std::size_t lag = 0; lag < kBlockLags; ++lag) {
      value[lag] /= std::sqrt(energies[first] * energies[second + lag] + faded);
    }
  }
  return values;
}

}  // namespace tonecue
