/// @file
/// Two devices and a call time line in virtual time.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "audio/timeline/call_timeline.h"
#include "audio/virtual_device.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/party.h"

namespace tonecue::test {

/// A pulse each second, on the second, that every rate carries whole: 0.5 ms wide.
inline double clicks(double time_s) {
  const double away_s = time_s - std::round(time_s);
  if (std::abs(away_s) > 0.004) return 0.0;
  const double width = away_s / 0.0005;
  return 0.5 * std::exp(-0.5 * width * width);
}

/// Where the clicks of one voice come out, in ms after they were made, each by its centre.
class ClickMeter {
 public:
  /// @param time_s  Of the sample, by the world's clock.
  void add(double time_s, float sample) {
    const double second = std::round(time_s);
    if (std::abs(time_s - second) > 0.1) return;
    const auto index = static_cast<std::size_t>(second);
    if (index >= sums_.size()) sums_.resize(index + 1);
    const double weight = static_cast<double>(sample) * static_cast<double>(sample);
    sums_[index].weight += weight;
    sums_[index].moment += weight * (time_s - second);
  }

  std::size_t size() const { return sums_.size(); }

  /// Nothing when the click was not heard whole.
  std::optional<double> late_ms(std::size_t second) const {
    if (second >= sums_.size() || sums_[second].weight < 1.0) return std::nullopt;
    return 1e3 * sums_[second].moment / sums_[second].weight;
  }

 private:
  struct Sum {
    double weight = 0.0;
    double moment = 0.0;
  };
  std::vector<Sum> sums_;
};

/// Streams of one channel: the first the agent's, the second, if there is one, the customer's.
class VirtualDesk {
 public:
  /// @param now_s  When the program starts.
  explicit VirtualDesk(const std::vector<DeviceShape>& shapes,
                       const VirtualDevice::Voice& voice = clicks)
      : voice_(voice), timeline_(make(shapes)) {
    for (const DeviceShape& shape : shapes) devices_.emplace_back(VirtualDevice(shape, voice));
  }

  CallTimeline& timeline() { return timeline_; }
  VirtualDevice& device(int stream) { return *devices_[static_cast<std::size_t>(stream)]; }
  bool plugged_in(int stream) const {
    return devices_[static_cast<std::size_t>(stream)].has_value();
  }
  double now_s() const { return static_cast<double>(now_ns_) * 1e-9; }
  const std::vector<TimelineGap>& gaps() const { return gaps_; }

  /// Called for each block that comes out, with the call time of its start in samples.
  std::function<void(std::int64_t, const CallBlock&)> listener;

  /// @return The end of what was delivered, in ms of the world.
  double unplug(int stream) {
    const double end_ms = device(stream).delivered_ms();
    devices_[static_cast<std::size_t>(stream)].reset();
    return end_ms;
  }
  void plug_in(int stream, const DeviceShape& shape) {
    ASSERT_TRUE(timeline_.restart(stream, shape.rate_hz));
    devices_[static_cast<std::size_t>(stream)].emplace(shape, voice_);
  }

  /// The time of the world for a sample of the call.
  double world_s(std::int64_t call_sample) const {
    return static_cast<double>(timeline_.origin_ns()) * 1e-9 +
           static_cast<double>(call_sample) / kSampleRateHz;
  }

  void run_until(double time_s, std::int64_t step_ns = 5'000'000) {
    for (; now_s() < time_s; now_ns_ += step_ns) {
      for (std::size_t stream = 0; stream < devices_.size(); ++stream) {
        auto& device = devices_[stream];
        while (device && device->next_ns() <= now_ns_) {
          const auto callback = device->next();
          timeline_.push(static_cast<int>(stream), callback.samples, callback.arrival_ns);
        }
      }
      read_all();
    }
  }

  void finish() {
    timeline_.finish();
    read_all();
  }

 private:
  static CallTimeline make(const std::vector<DeviceShape>& shapes) {
    std::vector<StreamLayout> layouts;
    layouts.reserve(shapes.size());
    for (const DeviceShape& shape : shapes) {
      layouts.push_back({.sample_rate_hz = shape.rate_hz,
                         .channels = 1,
                         .party = layouts.empty() ? Party::agent : Party::customer});
    }
    return CallTimeline::create(layouts).value();
  }

  void read_all() {
    while (true) {
      const std::int64_t from = timeline_.given_samples();
      const auto block = timeline_.read(now_ns_, 160);
      if (block.agent.empty()) break;
      if (listener) listener(from, block);
    }
    while (const auto gap = timeline_.next_gap()) gaps_.push_back(*gap);
  }

  VirtualDevice::Voice voice_;
  CallTimeline timeline_;
  std::vector<std::optional<VirtualDevice>> devices_;
  std::vector<TimelineGap> gaps_;
  std::int64_t now_ns_ = 0;
};

/// Listens to the clicks of both parties.
struct ClickListener {
  PerParty<ClickMeter> meters;

  explicit ClickListener(VirtualDesk& desk) {
    desk.listener = [this, &desk](std::int64_t from, const CallBlock& block) {
      for (const Party party : kParties) {
        for (std::size_t i = 0; i < block[party].size(); ++i) {
          meters[party].add(desk.world_s(from + static_cast<std::int64_t>(i)), block[party][i]);
        }
      }
    };
  }
};

}  // namespace tonecue::test
