/// @file
/// A live call from audio devices.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tonecue/audio/audio_source.h"
#include "tonecue/audio/channel.h"
#include "tonecue/audio/device.h"
#include "tonecue/audio/device_health.h"
#include "tonecue/core/party.h"
#include "tonecue/core/result.h"

namespace tonecue {

class DeviceCapture;

/// Either a device for each party, or one for both. Each as choose_input() takes it.
struct DeviceConfig {
  std::string agent_device{};     ///< The agent's microphone.
  std::string customer_device{};  ///< What the headset plays.

  std::string device{};                   ///< One device for all; empty = the default.
  Channel agent_channel = Channel::left;  ///< Of its two channels.
  std::optional<Party> party{};           ///< Record one channel, which holds this party's voice.
};

/// Records from one device or two (PortAudio), each at its own rate and by its own clock, on one
/// time line at kSampleRateHz. The devices' callbacks only copy into rings. Clock drift is measured
/// and resampled away; what does not come is silence of the same length, and counted.
///
/// A device that is taken away or gives nothing for 2 s (5 s at its start) is told by a notice and
/// tried again every few seconds, on a thread that does nothing else; the call goes on meanwhile
/// and ends only by stop().
///
/// Real-time: create() allocates; read() waits for sound, and neither allocates nor throws but when
/// a device is back.
/// Threads: stop() may be used from any thread and a signal handler, the rest from one. In a
/// process there is one source at a time.
class DeviceSource : public AudioSource {
 public:
  /// Opens the devices and starts to record.
  /// @return `not_found` or `invalid_argument` as of choose_input(); `invalid_argument` when only
  /// one party's device is named, when both are the same, or when the only device has one channel
  /// and `party` is not given; `device` when one cannot be opened.
  static Result<DeviceSource> create(const DeviceConfig& config = {});

  /// Waits until there is a sample, and gives what there is. After stop(): the rest, then an empty
  /// block. It does not fail.
  /// @param max_samples  At least 1.
  Result<CallBlock> read(int max_samples) override;

  std::span<const DeviceNotice> notices() noexcept override;

  void stop() noexcept;

  /// When the end of the last block was recorded: when its callback came, smoothed by the device's
  /// clock. What the sound system holds back before its callback is not known.
  std::chrono::steady_clock::time_point captured_at() const noexcept;

  /// One or two: the agent's, then the customer's. As they were at the start.
  std::span<const AudioDevice> devices() const noexcept;
  PerParty<bool> present() const noexcept;

  /// One for each of devices().
  std::vector<DeviceHealth> health() const;

  DeviceSource(DeviceSource&&) noexcept;
  DeviceSource& operator=(DeviceSource&&) noexcept;
  ~DeviceSource() override;

 private:
  explicit DeviceSource(std::unique_ptr<DeviceCapture> capture);

  std::unique_ptr<DeviceCapture> capture_;
};

}  // namespace tonecue
