#include "cues/rate_interval.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace tonecue {
namespace {

constexpr double kTail = 0.05;
constexpr int kResamples = 2000;

// Any will do; one and the same, so that the same calls give the same file.
constexpr unsigned kSeed = 1;

Counted sum(std::span<const Counted> calls) {
  Counted total;
  for (const Counted& call : calls) {
    total.events += call.events;
    total.hours += call.hours;
  }
  return total;
}

/// The chance of at most this many events where `mean` are expected.
double poisson_at_most(int events, double mean) {
  if (mean <= 0.0) return 1.0;
  double log_chance = -mean;  // Of just k events.
  double chance = std::exp(log_chance);
  for (int k = 1; k <= events; ++k) {
    log_chance += std::log(mean / k);
    chance += std::exp(log_chance);
  }
  return std::min(chance, 1.0);
}

/// The mean at which at most this many events have the given chance.
double poisson_mean(int events, double chance) {
  double low = 0.0;
  double high = 2.0 * events + 20.0;  // Far in the tail for any number of events.
  constexpr int kHalvings = 60;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = 0.5 * (low + high);
    (poisson_at_most(events, middle) > chance ? low : high) = middle;
  }
  return high;
}

/// Rates of as many calls, drawn from these with repetition; sorted.
std::vector<double> resampled_rates(std::span<const Counted> calls) {
  std::mt19937 random(kSeed);
  std::vector<double> rates;
  rates.reserve(kResamples);
  for (int i = 0; i < kResamples; ++i) {
    Counted total;
    for (std::size_t n = 0; n < calls.size(); ++n) {
      const Counted& drawn = calls[random() % calls.size()];  // Alike in every standard library.
      total.events += drawn.events;
      total.hours += drawn.hours;
    }
    if (total.hours > 0.0) rates.push_back(total.events / total.hours);
  }
  std::sort(rates.begin(), rates.end());
  return rates;
}

double variance(const std::vector<double>& values) {
  double mean = 0.0;
  for (const double value : values) mean += value;
  mean /= static_cast<double>(values.size());
  double sum_of_squares = 0.0;
  for (const double value : values) sum_of_squares += (value - mean) * (value - mean);
  return sum_of_squares / static_cast<double>(values.size());
}

}  // namespace

RateInterval rate_interval(std::span<const Counted> calls) {
  const Counted total = sum(calls);
  const std::vector<double> rates = resampled_rates(calls);
  const auto quantile = [&](double share) {
    return rates[static_cast<std::size_t>(share * static_cast<double>(rates.size() - 1))];
  };
  RateInterval interval;
  interval.per_hour = total.events / total.hours;
  const double poisson_low =
      total.events == 0 ? 0.0 : poisson_mean(total.events - 1, 1.0 - kTail) / total.hours;
  const double poisson_high = poisson_mean(total.events, kTail) / total.hours;
  interval.low_per_hour = std::min(quantile(kTail), poisson_low);
  interval.high_per_hour = std::max(quantile(1.0 - kTail), poisson_high);
  if (total.events > 0) {
    const double alone = interval.per_hour / total.hours;  // Poisson's variance.
    interval.clump = std::max(1.0, variance(rates) / alone);
  }
  return interval;
}

double certainty_at_most(double per_hour, std::span<const Counted> calls) {
  const Counted total = sum(calls);
  const double clump = rate_interval(calls).clump;
  const int events = static_cast<int>(std::ceil(total.events / clump));
  return 1.0 - poisson_at_most(events, per_hour * total.hours / clump);
}

}  // namespace tonecue
