/// @file
/// The two tones, ready to play.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tonecue/alerts/alert_tone.h"
#include "tonecue/audio/device_output.h"

namespace tonecue {

/// Plays the tones on the device's thread when another thread asks. One sounds at a time. What is
/// asked for meanwhile waits until it is over and a rest of 150 ms has passed, so that neither
/// pattern spoils the other; of several, the last one waits. What could not begin within half a
/// second is dropped: after that a tone tells of something that is gone (so when the device
/// stalls).
///
/// Real-time: the constructor allocates; everything else neither allocates, locks nor throws.
/// Threads: play() belongs to one thread, render() to the device's; the counters to any.
class TonePlayer final : public SoundRenderer {
 public:
  explicit TonePlayer(int sample_rate_hz);

  /// @param level_dbfs  RMS over the tone; above kLoudestToneDbfs it is taken for that.
  void play(ToneShape shape, float level_dbfs) noexcept;

  void render(std::span<float> mono) noexcept override;

  /// Whether a tone sounds.
  bool playing() const noexcept { return playing_.load(std::memory_order_relaxed); }

  /// How many began to sound.
  std::int64_t played() const noexcept { return played_.load(std::memory_order_relaxed); }

 private:
  /// What is asked for; so small that it changes hands at once.
  struct Request {
    float gain = 0.0F;               // 0: nothing.
    std::uint32_t shape_and_ms = 0;  // The shape in the lowest bit, above it when it was asked for.
  };
  static_assert(std::atomic<Request>::is_always_lock_free);

  static std::uint32_t now_ms() noexcept;
  void begin_requested() noexcept;
  float next_sample() noexcept;

  struct Voice {
    std::vector<float> samples;
    float rms = 0.0F;
  };
  std::array<Voice, kToneShapes> voices_;
  std::size_t rest_samples_;

  std::atomic<Request> requested_{};
  std::atomic<bool> playing_{false};
  std::atomic<std::int64_t> played_{0};

  // The device's thread.
  std::span<const float> sounding_;  // What is left of it.
  float gain_ = 0.0F;
  std::size_t rest_left_ = 0;
};

}  // namespace tonecue
