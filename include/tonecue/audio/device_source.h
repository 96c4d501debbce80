/// @file
/// A live call from an audio device.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "tonecue/audio/audio_source.h"
#include "tonecue/audio/channel.h"
#include "tonecue/audio/device.h"
#include "tonecue/core/party.h"
#include "tonecue/core/result.h"

namespace tonecue {

struct DeviceConfig {
  std::string device;                     ///< As choose_input() takes it; empty = the default.
  Channel agent_channel = Channel::left;  ///< Of two channels.
  std::optional<Party> party{};           ///< Record one channel, which holds this party's voice.
};

/// Records from one device (PortAudio) at its own rate, resampled to kSampleRateHz: two channels
/// with one party each, or one channel with one party. The device's callback only copies into a
/// ring; blocks that find it full are counted, and equally long silence takes their place.
///
/// Real-time: create() allocates; read() waits for sound, and neither allocates nor throws but to
/// tell a failure.
/// Threads: stop() and the counters may be used from any thread (stop() also from a signal
/// handler), the rest from one. As for devices(), one thread at a time may create or destroy
/// sources.
class DeviceSource : public AudioSource {
 public:
  /// Opens the device and starts to record.
  /// @return `not_found` or `invalid_argument` as of choose_input(); `invalid_argument` when the
  /// device has one channel and `party` is not given; `device` when it cannot be opened.
  static Result<DeviceSource> create(const DeviceConfig& config = {});

  /// Waits until there is a sample, and gives what there is. After stop(): the rest, then an empty
  /// block.
  /// @param max_samples  At least 1.
  /// @return `device` when nothing came for 2 s (5 s at the start): unplugged, or taken away.
  Result<CallBlock> read(int max_samples) override;

  void stop() noexcept;

  const AudioDevice& device() const noexcept;
  PerParty<bool> present() const noexcept;

  /// Sample times, at the device's rate, that were lost because read() came too late.
  std::int64_t dropped_sample_times() const noexcept;

  /// How often the device reported that it lost sound itself.
  std::int64_t overruns() const noexcept;

  DeviceSource(DeviceSource&&) noexcept;
  DeviceSource& operator=(DeviceSource&&) noexcept;
  ~DeviceSource() override;

 private:
  struct Capture;
  explicit DeviceSource(std::unique_ptr<Capture> capture);

  std::unique_ptr<Capture> capture_;
};

}  // namespace tonecue
