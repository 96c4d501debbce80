/// @file
/// What the agent hears of a practised customer.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "tonecue/audio/device_output.h"
#include "tonecue/dsp/fractional_resampler.h"
#include "tonecue/practice/practice_scenario.h"

namespace tonecue {

/// Plays the lines of a scenario at the rate of an output device, one at a time; silence between.
///
/// Real-time: the constructor allocates; play() and render() neither allocate, lock nor throw.
/// Threads: play() belongs to one thread, render() to one other.
class CustomerVoice : public SoundRenderer {
 public:
  /// @param device_rate_hz  [8000, 192000]
  CustomerVoice(std::span<const CustomerClip> clips, int device_rate_hz);

  /// The line begins with the next render(). One that still sounds ends there.
  void play(std::size_t line) noexcept;

  /// The device's next samples.
  void render(std::span<float> mono) noexcept override;

 private:
  void take_order() noexcept;

  FractionalResampler resampler_;
  std::vector<CustomerClip> padded_;  // With kReach samples of silence before and behind.
  double step_;
  std::atomic<std::uint64_t> order_{0};  // A line's place and 1, under the number of the order.
  std::uint64_t taken_ = 0;
  std::span<const float> sounding_;
  double position_ = 0.0;
};

}  // namespace tonecue
