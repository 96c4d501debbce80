#include "audio/timeline/earliest_arrivals.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace tonecue {
namespace {

constexpr double kGoldenPart = 0.6180339887498949;
constexpr double kExact = 1e-8;        // 0.01 ppm.
constexpr double kAtBoundPart = 1e-3;  // Of the range: the search never quite reaches its bounds.

}  // namespace

void EarliestArrivals::push(const Arrival& arrival) noexcept {
  arrivals_[next_] = arrival;
  next_ = (next_ + 1) % kKept;
  size_ = std::min(size_ + 1, kKept);
}

void EarliestArrivals::clear() noexcept {
  next_ = 0;
  size_ = 0;
}

void EarliestArrivals::delay(double by_s) noexcept {
  for (Arrival& arrival : std::span(arrivals_).first(size_)) arrival.time_s += by_s;
}

/// The sum is convex in the slowness: a golden section search finds its least.
std::optional<EarliestArrivals::Line> EarliestArrivals::fit(double around,
                                                            double range) const noexcept {
  if (size_ < 2) return {};
  double low = around - range;
  double high = around + range;
  double left = high - kGoldenPart * (high - low);
  double right = low + kGoldenPart * (high - low);
  double left_s = above(left).sum_s;
  double right_s = above(right).sum_s;
  while (high - low > kExact) {
    if (left_s < right_s) {
      high = right;
      right = left;
      right_s = left_s;
      left = high - kGoldenPart * (high - low);
      left_s = above(left).sum_s;
    } else {
      low = left;
      left = right;
      left_s = right_s;
      right = low + kGoldenPart * (high - low);
      right_s = above(right).sum_s;
    }
  }
  const double slowness = (low + high) / 2.0;
  if (std::abs(slowness - around) > range * (1.0 - kAtBoundPart)) return {};
  return with(slowness);
}

EarliestArrivals::Line EarliestArrivals::with(double slowness) const noexcept {
  return {newest().time_s - above(slowness).newest_s, slowness};
}

EarliestArrivals::Above EarliestArrivals::above(double slowness) const noexcept {
  const Arrival& last = newest();
  double sum_s = 0.0;
  double least_s = 0.0;  // The newest's.
  for (const Arrival& arrival : std::span(arrivals_).first(size_)) {
    const double late_s =
        (arrival.time_s - last.time_s) - (arrival.brought_s - last.brought_s) * (1.0 + slowness);
    sum_s += late_s;
    least_s = std::min(least_s, late_s);
  }
  return {sum_s - static_cast<double>(size_) * least_s, -least_s};
}

const EarliestArrivals::Arrival& EarliestArrivals::newest() const noexcept {
  return arrivals_[(next_ + kKept - 1) % kKept];
}

}  // namespace tonecue
