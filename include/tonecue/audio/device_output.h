/// @file
/// Sound into a device.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "tonecue/audio/device.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// Makes the sound that a device plays.
class SoundRenderer {
 public:
  virtual ~SoundRenderer() = default;

  /// Fills a block with samples in [-1, 1], at the device's rate. Called on the device's thread:
  /// neither allocates, locks, waits nor throws.
  virtual void render(std::span<float> mono) noexcept = 0;
};

/// Plays one voice into an output device (PortAudio), with little delay. Devices of two channels
/// and more play it on the first two. It is a stream of its own: one stream that both records and
/// plays stalls on PulseAudio.
///
/// Real-time: open() and start() allocate. The device's thread neither allocates, locks nor throws.
/// Threads: one. A device that stalls or vanishes stops asking for samples, and nothing else; while
/// a DeviceSource records, it is opened anew as soon as it is back.
class DeviceOutput {
 public:
  /// Opens a device; it does not play yet.
  /// @param name  As choose_output() takes it; empty = the default.
  /// @return As of choose_output(); `device` when it cannot be opened.
  static Result<DeviceOutput> open(std::string_view name = {});

  /// Lets the device play.
  /// @param renderer  Must live until this object goes.
  /// @return `device` when it does not start.
  Result<void> start(SoundRenderer& renderer);

  /// Whether the device asks for sound, as was last seen: it is looked at while a DeviceSource
  /// records. For any thread.
  bool plays() const noexcept;

  const AudioDevice& device() const noexcept;

  /// Of the samples that the renderer gives.
  int sample_rate_hz() const noexcept;

  /// From render() to the device, as the device tells it.
  float latency_ms() const noexcept;

  DeviceOutput(DeviceOutput&&) noexcept;
  DeviceOutput& operator=(DeviceOutput&&) = delete;

  /// Fades out what sounds, within one block, and ends the stream; within about a second, even when
  /// the sound server hangs. The renderer is not called after that.
  ~DeviceOutput();

 private:
  struct Playback;
  explicit DeviceOutput(std::shared_ptr<Playback> playback);

  std::shared_ptr<Playback> playback_;  // Shared with a thread that the sound system keeps.
};

}  // namespace tonecue
