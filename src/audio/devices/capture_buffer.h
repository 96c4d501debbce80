/// @file
/// What a device's callback writes into.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>

#include "audio/timeline/sound_arrivals.h"
#include "tonecue/core/spsc_ring.h"

namespace tonecue {

/// Sound as one callback brought it.
struct CapturedSound {
  std::span<const float> interleaved{};  ///< Whole sample times; empty: there is none yet.
  std::int64_t arrival_ns = 0;           ///< When the last of them came.
  int sample_rate_hz = 0;                ///< Of the stream that brought it.
  int opening = 0;  ///< The first stream's is 1; each one that is opened anew has one more.
};

/// Interleaved samples from the device thread to the analysis thread: all channels through one
/// ring, on one clock, and through a second one the time of each callback. A block that finds no
/// room is dropped whole and counted; as soon as there is room again, as much silence takes its
/// place, so that call time stays right.
///
/// One buffer outlives its streams: a device that comes back fills it again, and what pop() gives
/// says which stream it was.
///
/// Real-time: the constructor allocates; nothing else does, or locks or throws.
/// Threads: push() belongs to the device's thread, pop() to one other, begin_opening() to who opens
/// streams, while none runs; the rest to any.
class CaptureBuffer {
 public:
  /// @param capacity_times  Sample times that the buffer holds at least.
  CaptureBuffer(int channels, int capacity_times);

  int channels() const noexcept { return channels_; }

  /// Each block is told to `arrivals`, which outlives the streams. Before the first of them.
  void tell(SoundArrivals& arrivals, int input) noexcept {
    arrivals_ = &arrivals;
    input_ = input;
  }

  /// A stream is about to be started.
  void begin_opening(int sample_rate_hz) noexcept;

  /// @param interleaved  `sample_times * channels` samples; null counts as silence.
  /// @param arrival_ns   Now, of a monotonic clock.
  void push(const float* interleaved, std::int64_t sample_times, std::int64_t arrival_ns) noexcept;

  /// The device says that it lost sound before this; how much it does not say.
  void note_overrun() noexcept { overruns_.fetch_add(1, std::memory_order_relaxed); }

  /// The oldest sound: at most one callback's, and at most what fits into `room`.
  /// @return Its samples lie at the front of `room`.
  CapturedSound pop(std::span<float> room) noexcept;

  /// When the last callback of this opening came; 0 before the first.
  std::int64_t last_arrival_ns() const noexcept {
    return last_arrival_ns_.load(std::memory_order_acquire);
  }
  std::int64_t dropped_sample_times() const noexcept {
    return dropped_times_.load(std::memory_order_relaxed);
  }
  std::int64_t overruns() const noexcept { return overruns_.load(std::memory_order_relaxed); }

 private:
  /// What a callback left in the ring.
  struct Stamp {
    std::int64_t end_times = 0;  // Sample times in the ring, ever.
    std::int64_t arrival_ns = 0;
    int sample_rate_hz = 0;
    int opening = 0;
  };

  void stamp(std::int64_t arrival_ns) noexcept;
  void pay_silence() noexcept;

  int channels_;
  SoundArrivals* arrivals_ = nullptr;
  int input_ = 0;
  SpscRing<float> ring_;
  SpscRing<Stamp> stamps_;

  // Of the device's thread.
  Stamp next_{};
  std::int64_t owed_silence_ = 0;  // Samples.

  // Of the reader.
  Stamp reading_{};
  std::int64_t popped_times_ = 0;

  std::atomic<std::int64_t> last_arrival_ns_{0};
  std::atomic<std::int64_t> dropped_times_{0};
  std::atomic<std::int64_t> overruns_{0};
};

}  // namespace tonecue
