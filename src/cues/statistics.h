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
class Series {
 public:
  void add(float value) noexcept {
    if (size_ < capacity) values_[size_++] = value;
  }
  std::span<const float> values() const noexcept { return {values_.data(), size_}; }
  std::span<float> values() noexcept { return {values_.data(), size_}; }
  std::size_t size() const noexcept { return size_; }

 private:
  std::array<float, capacity> values_{};
  std::size_t size_ = 0;
};

inline float mean(std::span<const float> values) noexcept {
  if (values.empty()) return 0.0F;
  float sum = 0.0F;
  for (const float x : values) sum += x;
  return sum / static_cast<float>(values.size());
}

inline float standard_deviation(std::span<const float> values) noexcept {
  if (values.size() < 2) return 0.0F;
  const float centre = mean(values);
  float sum = 0.0F;
  for (const float x : values) sum += (x - centre) * (x - centre);
  return std::sqrt(sum / static_cast<float>(values.size()));
}

/// 0 for a symmetric spread, and for one too narrow to have a shape.
inline float skewness(std::span<const float> values) noexcept {
  constexpr float kLeastSpread = 1e-3F;
  const float spread = standard_deviation(values);
  if (spread < kLeastSpread) return 0.0F;
  const float centre = mean(values);
  float sum = 0.0F;
  for (const float x : values) sum += std::pow((x - centre) / spread, 3.0F);
  return sum / static_cast<float>(values.size());
}

/// Pearson's r; 0 when either does not move.
inline float correlation(std::span<const float> x, std::span<const float> y) noexcept {
  constexpr float kLeastPower = 1e-6F;
  const float mean_x = mean(x);
  const float mean_y = mean(y);
  float xy = 0.0F;
  float xx = 0.0F;
  float yy = 0.0F;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
  }
  return xx > kLeastPower && yy > kLeastPower ? xy / std::sqrt(xx * yy) : 0.0F;
}

/// Slope of the least-squares line of `y` over `x`.
inline float regression_slope(std::span<const float> x, std::span<const float> y) noexcept {
  const float mean_x = mean(x);
  const float mean_y = mean(y);
  float xy = 0.0F;
  float xx = 0.0F;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    xx += (x[i] - mean_x) * (x[i] - mean_x);
  }
  return xx > 0.0F ? xy / xx : 0.0F;
}

/// Linear between the ranks. @param sorted  Rising. @param share  [0, 1]
inline float percentile(std::span<const float> sorted, float share) noexcept {
  if (sorted.empty()) return 0.0F;
  const float rank = share * static_cast<float>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (rank - static_cast<float>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace tonecue
