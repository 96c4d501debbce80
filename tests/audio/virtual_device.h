/// @file
/// A device that records in virtual time, by a clock of its own.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <random>
#include <utility>
#include <vector>

namespace tonecue::test {

/// When the callbacks of a device come.
struct Delivery {
  double jitter_ms = 0.0;  // Each comes up to so much late.
  int burst = 1;           // So many come at once, when the last of them is due.
};

struct DeviceShape {
  int rate_hz = 48000;  // As it says.
  double ppm = 0.0;     // How much faster it is.
  double block_ms = 10.0;
  double start_ms = 0.0;  // When its first sample is.
  Delivery delivery{};
  std::uint32_t seed = 1;
};

struct Callback {
  std::int64_t arrival_ns = 0;
  std::vector<float> samples;  // One channel.
};

/// Gives its callbacks one by one, in order.
class VirtualDevice {
 public:
  using Voice = std::function<double(double time_s)>;

  VirtualDevice(const DeviceShape& shape, Voice voice)
      : shape_(shape), voice_(std::move(voice)), random_(shape.seed) {}

  const DeviceShape& shape() const { return shape_; }

  /// When the next callback comes.
  std::int64_t next_ns() {
    if (!planned_) plan();
    return arrival_ns_;
  }

  Callback next() {
    Callback callback{next_ns(), std::vector<float>(block_times())};
    for (float& sample : callback.samples) {
      sample = static_cast<float>(voice_(sample_s(given_)));
      ++given_;
    }
    ++block_;
    planned_ = false;
    return callback;
  }

  /// What it records until then is lost, and not told.
  void lose_until(double time_ms) {
    while (sample_s(given_) < time_ms * 1e-3) lost_ += static_cast<std::int64_t>(block_times());
    planned_ = false;
  }

  /// What it records until then comes then, all at once.
  void hold_until(double time_ms) { held_until_ns_ = ns(time_ms); }

  /// The end of what it has delivered.
  double delivered_ms() const { return sample_s(given_) * 1e3; }

  /// When a sample is recorded.
  double sample_s(std::int64_t sample) const {
    return shape_.start_ms * 1e-3 + static_cast<double>(sample + lost_) / true_rate();
  }
  double true_rate() const { return shape_.rate_hz * (1.0 + shape_.ppm * 1e-6); }

 private:
  static std::int64_t ns(double ms) { return std::llround(ms * 1e6); }

  std::size_t block_times() const {
    return static_cast<std::size_t>(shape_.rate_hz * shape_.block_ms / 1000.0);
  }

  void plan() {
    const int burst = shape_.delivery.burst;
    const std::int64_t left_in_burst = burst - 1 - block_ % burst;
    const auto times = static_cast<std::int64_t>(block_times());
    const double due_ms = sample_s(given_ + times * (1 + left_in_burst)) * 1e3;
    std::uniform_real_distribution<double> jitter(0.0, shape_.delivery.jitter_ms);
    const double late_ms = block_ % burst == 0 || burst == 1 ? jitter(random_) : 0.0;
    arrival_ns_ = std::max({arrival_ns_, ns(due_ms + late_ms), held_until_ns_});
    planned_ = true;
  }

  DeviceShape shape_;
  Voice voice_;
  std::mt19937 random_;
  std::int64_t given_ = 0;  // Samples.
  std::int64_t lost_ = 0;
  std::int64_t block_ = 0;
  std::int64_t arrival_ns_ = 0;
  std::int64_t held_until_ns_ = 0;
  bool planned_ = false;
};

}  // namespace tonecue::test
