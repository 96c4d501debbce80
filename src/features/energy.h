/// @file
/// Sum of squares.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <span>

namespace tonecue {

/// Sum of the squares of a whole number of eights of samples: eight sums side by side, because one
/// alone would have to be added up in order.
inline float energy(std::span<const float> samples) noexcept {
  constexpr std::size_t kSums = 8;
  assert(samples.size() % kSums == 0);
  std::array<float, kSums> sums{};
  for (std::size_t i = 0; i < samples.size(); i += kSums) {
    for (std::size_t j = 0; j < kSums; ++j) sums[j] += samples[i + j] * samples[i + j];
  }
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

}  // namespace tonecue
