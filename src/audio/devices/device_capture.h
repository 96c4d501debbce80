/// @file
/// A live call from a sound system.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "audio/devices/input_keeper.h"
#include "audio/devices/input_port.h"
#include "audio/timeline/input_timeline.h"
#include "tonecue/audio/device_source.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// What DeviceSource does, on any InputPort: chooses and opens the inputs, has a thread look after
/// them, and waits for their sound. Its members are DeviceSource's.
class DeviceCapture {
 public:
  static Result<std::unique_ptr<DeviceCapture>> create(const DeviceConfig& config,
                                                       std::unique_ptr<InputPort> port,
                                                       const CapturePatience& patience = {});

  CallBlock read(int max_samples) noexcept;
  std::span<const DeviceNotice> notices() noexcept { return timeline_.notices(); }
  void stop() noexcept;
  std::int64_t captured_ns() const noexcept { return timeline_.captured_ns(); }
  std::span<const AudioDevice> devices() const noexcept { return devices_; }
  PerParty<bool> present() const noexcept { return present_; }
  std::vector<DeviceHealth> health() const;

  DeviceCapture(const DeviceCapture&) = delete;
  DeviceCapture& operator=(const DeviceCapture&) = delete;
  ~DeviceCapture();

 private:
  struct Inputs;  // What the keeper's thread holds too.

  static Result<void> open_in_time(const std::shared_ptr<Inputs>& inputs,
                                   std::span<const AudioDevice> devices,
                                   std::chrono::milliseconds limit);

  DeviceCapture(std::shared_ptr<Inputs> inputs, std::vector<AudioDevice> devices,
                InputTimeline timeline);

  std::shared_ptr<Inputs> inputs_;
  std::vector<AudioDevice> devices_;
  InputTimeline timeline_;
  PerParty<bool> present_{};
  std::atomic<bool> stopped_{false};
  bool finished_ = false;
};

}  // namespace tonecue
