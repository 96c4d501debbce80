#include "features/lag_correlation.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

// Lags are taken 24 at a time, 12 even and 12 odd: what the sums of the loop below need stays in
// registers, and one first window serves them all.
constexpr std::size_t kBlockLags = 24;
constexpr std::size_t kHalf = kBlockLags / 2;
constexpr std::size_t kBlocks = kLags / kBlockLags;
constexpr std::size_t kProducts = 36;  // Every second sample of 72.

// Energies of 36 neighbours are wanted from each of the indices below this one.
constexpr std::size_t kStarts = 72;
constexpr std::size_t kSquares = kStarts + kProducts;

// Index of a block's first window: the two windows, apart by the block's middle lag, straddle the
// centre.
constexpr std::size_t first_window(std::size_t block) {
  const std::size_t middle_lag = kFirstLag + kBlockLags / 2 + kBlockLags * block;
  return SplitSignal::kCentre - (2 * kProducts + middle_lag) / 4;
}
constexpr std::size_t second_window(std::size_t block) {
  return first_window(block) + (kFirstLag + kBlockLags * block) / 2;
}
static_assert(second_window(kBlocks - 1) + kHalf <= kStarts);

using Squares = std::array<float, kSquares>;
using Energies = std::array<float, kStarts>;

Squares square(const std::array<float, SplitSignal::kPairs>& signal) noexcept {
  Squares squares;
  for (std::size_t i = 0; i < kSquares; ++i) squares[i] = signal[i] * signal[i];
  return squares;
}

// Sums of 36 neighbours as 32 + 4, by doubling: unlike a running sum it can go in parallel.
Energies sum_neighbours(Squares sums) noexcept {
  static_assert(kProducts == 32 + 4);
  Energies energies;
  std::size_t count = kSquares;
  for (std::size_t width = 1; width < 32; width *= 2) {
    count -= width;
    for (std::size_t i = 0; i < count; ++i) sums[i] += sums[i + width];
    if (width == 2) {
      for (std::size_t i = 0; i < kStarts; ++i) energies[i] = sums[i + 32];
    }
  }
  for (std::size_t i = 0; i < kStarts; ++i) energies[i] += sums[i];
  return energies;
}

void correlate_block(const float* first, const float* even, const float* odd, float* even_sum,
                     float* odd_sum) noexcept {
  std::array<float, kHalf> even_sums{};
  std::array<float, kHalf> odd_sums{};
  for (std::size_t i = 0; i < kProducts; ++i) {
    const float sample = first[i];
    for (std::size_t j = 0; j < kHalf; ++j) even_sums[j] += sample * even[i + j];
    for (std::size_t j = 0; j < kHalf; ++j) odd_sums[j] += sample * odd[i + j];
  }
  std::copy(even_sums.begin(), even_sums.end(), even_sum);
  std::copy(odd_sums.begin(), odd_sums.end(), odd_sum);
}

// Added under the root: 0 where sound is strong, and as large as its energies near `fade_rms`.
float fade(const Squares& even, const Squares& odd, float fade_rms) noexcept {
  constexpr std::size_t kHalfWindow = 30;  // 15 ms in all
  float energy = 0.0F;
  for (std::size_t i = SplitSignal::kCentre - kHalfWindow; i < SplitSignal::kCentre + kHalfWindow;
       ++i) {
    energy += even[i] + odd[i];
  }
  const float root = 0.001F * energy + 80.0F * fade_rms * fade_rms;
  return 0.01F * root * root + 1.0F;
}

}  // namespace

LagValues correlate_lags(const SplitSignal& signal, float fade_rms) noexcept {
  const Squares even_squares = square(signal.even);
  const Squares odd_squares = square(signal.odd);
  const Energies even_energies = sum_neighbours(even_squares);
  const Energies odd_energies = sum_neighbours(odd_squares);
  const float faded = fade(even_squares, odd_squares, fade_rms);

  LagValues values;
  for (std::size_t block = 0; block < kBlocks; ++block) {
    const std::size_t first = first_window(block);
    const std::size_t second = second_window(block);
    float* even = values.even.data() + block * kHalf;
    float* odd = values.odd.data() + block * kHalf;
    correlate_block(signal.even.data() + first, signal.even.data() + second,
                    signal.odd.data() + second, even, odd);
    for (std::size_t j = 0; j < kHalf; ++j) {
      even[j] /= std::sqrt(even_energies[first] * even_energies[second + j] + faded);
      odd[j] /= std::sqrt(even_energies[first] * odd_energies[second + j] + faded);
    }
  }
  return values;
}

}  // namespace tonecue
