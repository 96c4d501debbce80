/// @file
/// Small statistics over a window, safe for windows that hold nothing.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace tonecue {

/// Numbers of one window, without the heap.
template <std::size_t capacity>
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): clearing them all would cost a third.
class Series {
 public:
  void add(float value) noexcept {
    if (size_ < capacity) values_[size_++] = value;
  }
  void clear() noexcept { size_ = 0; }
  std::span<const float> values() const noexcept { return {values_.data(), size_}; }
  std::span<float> values() noexcept { return {values_.data(), size_}; }
  std::size_t size() const noexcept { return size_; }

 private:
  std::array<float, capacity> values_;  // Only the first size_ are ever read.
  std::size_t size_ = 0;
};

/// Sum of value(i) over i < count. Several sums side by side, since one alone would wait for itself
/// at every number.
template <class Value>
float sum_of(std::size_t count, Value value) noexcept {
  constexpr std::size_t kLanes = 8;
  std::array<float, kLanes> lanes{};
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += value(i + lane);
  }
  float sum = 0.0F;
  for (; i < count; ++i) sum += value(i);
  for (const float lane : lanes) sum += lane;
  return sum;
}

inline float mean(std::span<const float> values) noexcept {
  if (values.empty()) return 0.0F;
  return sum_of(values.size(), [values](std::size_t i) { return values[i]; }) /
         static_cast<float>(values.size());
}

/// The first moments of a series; all 0 where there is too little for them.
struct Moments {
  float mean = 0.0F;
  float deviation = 0.0F;
};

inline Moments moments(std::span<const float> values) noexcept {
  const float centre = mean(values);
  if (values.size() < 2) return {centre, 0.0F};
  const float power = sum_of(values.size(), [values, centre](std::size_t i) {
    return (values[i] - centre) * (values[i] - centre);
  });
  return {centre, std::sqrt(power / static_cast<float>(values.size()))};
}

inline float standard_deviation(std::span<const float> values) noexcept {
  return moments(values).deviation;
}

/// 0 for a symmetric spread, and for one too narrow to have a shape.
inline float skewness(std::span<const float> values, const Moments& about) noexcept {
  constexpr float kLeastSpread = 1e-3F;
  if (about.deviation < kLeastSpread) return 0.0F;
  const float sum = sum_of(values.size(), [&](std::size_t i) {
    const float step = (values[i] - about.mean) / about.deviation;
    return step * step * step;
  });
  return sum / static_cast<float>(values.size());
}

/// Pearson's r; 0 when either does not move.
inline float correlation(std::span<const float> x, std::span<const float> y) noexcept {
  constexpr float kLeastPower = 1e-6F;
  const float mean_x = mean(x);
  const float mean_y = mean(y);
  const auto product = [](std::span<const float> a, float mean_a, std::span<const float> b,
                          float mean_b) {
    return sum_of(a.size(), [=](std::size_t i) { return (a[i] - mean_a) * (b[i] - mean_b); });
  };
  const float xx = product(x, mean_x, x, mean_x);
  const float yy = product(y, mean_y, y, mean_y);
  if (!(xx > kLeastPower && yy > kLeastPower)) return 0.0F;
  return product(x, mean_x, y, mean_y) / std::sqrt(xx * yy);
}

/// Slope of the least-squares line of `y` over `x`.
inline float regression_slope(std::span<const float> x, std::span<const float> y) noexcept {
  const float mean_x = mean(x);
  const float mean_y = mean(y);
  const float xy =
      sum_of(x.size(), [=](std::size_t i) { return (x[i] - mean_x) * (y[i] - mean_y); });
  const float xx =
      sum_of(x.size(), [=](std::size_t i) { return (x[i] - mean_x) * (x[i] - mean_x); });
  return xx > 0.0F ? xy / xx : 0.0F;
}

/// The values at the ranks of `shares`, linear between two ranks; zeros for nothing. Sorts no more
/// of `values` than it must.
/// @param values  Left in another order. @param shares  Rising, each in [0, 1].
template <std::size_t count>
std::array<float, count> percentiles(std::span<float> values,
                                     const std::array<float, count>& shares) noexcept {
  std::array<float, count> found{};
  if (values.empty()) return found;
  auto unsorted = values.begin();
  for (std::size_t i = 0; i < count; ++i) {
    const float rank = shares[i] * static_cast<float>(values.size() - 1);
    const auto below = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(unsorted, below, values.end());
    const float value = *below;
    const float above =
        below + 1 == values.end() ? value : *std::min_element(below + 1, values.end());
    found[i] = value + (rank - std::floor(rank)) * (above - value);
    unsorted = below;
  }
  return found;
}

}  // namespace tonecue
