#include "tonecue/insight/interval.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <math.h>  // NOLINT(modernize-deprecated-headers): lgamma_r() is POSIX.

namespace tonecue {
namespace {

constexpr double kNormal95 = 1.959963984540054;

// Of a positive number. std::lgamma() also writes a sign that all threads share.
double log_gamma(double x) noexcept {
  int sign = 0;
  return ::lgamma_r(x, &sign);
}

// ∫ cos^(n-1) from 0 to `to`, by Simpson.
double cosine_area(double to, double freedom) {
  constexpr int kSteps = 200;  // Even; the error lies under 1e-8.
  const double width = to / kSteps;
  double sum = 0.0;
  for (int i = 0; i <= kSteps; ++i) {
    const double weight = i == 0 || i == kSteps ? 1.0 : (i % 2 == 1 ? 4.0 : 2.0);
    sum += weight * std::pow(std::cos(width * i), freedom - 1.0);
  }
  return sum * width / 3.0;
}

}  // namespace

double student_t_95(double freedom) {
  constexpr double kAsNormal = 2000.0;  // 1.9612 there.
  if (!(freedom < kAsNormal)) return kNormal95 * (1.0 + 1.2 / std::max(freedom, kAsNormal));
  const double n = std::max(freedom, 1.0);
  const double half =
      0.5 * std::sqrt(std::numbers::pi) * std::exp(log_gamma(0.5 * n) - log_gamma(0.5 * (n + 1.0)));
  const double wanted = 0.95 * half;
  double low = 0.0;
  double high = 0.5 * std::numbers::pi;
  constexpr int kHalvings = 40;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = 0.5 * (low + high);
    (cosine_area(middle, n) < wanted ? low : high) = middle;
  }
  return std::sqrt(n) * std::tan(low);
}

Estimate interval_of(const Spread& spread) {
  const double reach = student_t_95(spread.freedom) * std::sqrt(spread.variance);
  return {.value = spread.value, .low = spread.value - reach, .high = spread.value + reach};
}

Spread difference(const Spread& a, const Spread& b) {
  const double variance = a.variance + b.variance;
  const double parts = a.variance * a.variance / a.freedom + b.variance * b.variance / b.freedom;
  return {.value = a.value - b.value,
          .variance = variance,
          .freedom = parts > 0.0 ? variance * variance / parts : std::min(a.freedom, b.freedom)};
}

std::optional<Spread> leave_one_out(double all, int groups,
                                    const std::function<std::optional<double>(int)>& without) {
  if (groups < 2) return std::nullopt;
  double squares = 0.0;
  for (int group = 0; group < groups; ++group) {
    const auto value = without(group);
    if (!value) return std::nullopt;
    squares += (*value - all) * (*value - all);
  }
  return Spread{.value = all,
                .variance = squares * (groups - 1) / groups,
                .freedom = static_cast<double>(groups - 1)};
}

Estimate wilson(double count, double of) {
  const double share = count / of;
  const double z2 = kNormal95 * kNormal95;
  const double middle = (share + 0.5 * z2 / of) / (1.0 + z2 / of);
  const double reach =
      kNormal95 / (1.0 + z2 / of) * std::sqrt(share * (1.0 - share) / of + 0.25 * z2 / (of * of));
  return {.value = share,
          .low = std::clamp(middle - reach, 0.0, share),
          .high = std::clamp(middle + reach, share, 1.0)};
}

}  // namespace tonecue
