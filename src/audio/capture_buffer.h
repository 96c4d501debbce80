/// @file
/// What a device's callback writes into.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>

#include "tonecue/core/spsc_ring.h"

namespace tonecue {

/// Interleaved samples from the device thread to the analysis thread: all channels through one
/// ring, on one clock. A block that finds no room is dropped whole and counted; as soon as there is
/// room again, as much silence takes its place, so that call time stays right.
///
/// Real-time: the constructor allocates; nothing else does, or locks or throws.
/// Threads: push() belongs to the device's thread, pop() to one other; the rest to any.
class CaptureBuffer {
 public:
  /// @param capacity_times  Sample times that the buffer holds at least.
  CaptureBuffer(int channels, int capacity_times);

  int channels() const noexcept { return channels_; }

  /// @param interleaved  `sample_times * channels` samples; null counts as silence.
  void push(const float* interleaved, std::int64_t sample_times) noexcept;

  /// The device says that it lost sound before this; how much it does not say.
  void note_overrun() noexcept { overruns_.fetch_add(1, std::memory_order_relaxed); }

  /// Whole sample times, the oldest first, as many as there are and fit.
  /// @return The samples written to the front of `interleaved`.
  std::span<const float> pop(std::span<float> interleaved) noexcept;

  std::int64_t dropped_sample_times() const noexcept {
    return dropped_times_.load(std::memory_order_relaxed);
  }
  std::int64_t overruns() const noexcept { return overruns_.load(std::memory_order_relaxed); }

 private:
  void pay_silence() noexcept;

  int channels_;
  SpscRing<float> ring_;
  std::int64_t owed_silence_ = 0;  // Samples; of the device's thread alone.
  std::atomic<std::int64_t> dropped_times_{0};
  std::atomic<std::int64_t> overruns_{0};
};

}  // namespace tonecue
