#include "tonecue/audio/device_source.h"

#include <utility>

#include "audio/devices/device_capture.h"
#include "audio/devices/device_deadline.h"
#include "audio/devices/portaudio_port.h"
#include "audio/devices/portaudio_session.h"

namespace tonecue {

Result<DeviceSource> DeviceSource::create(const DeviceConfig& config) {
  auto port = within(kLongestOpening, open_portaudio_port);
  if (!port) return tl::unexpected(silent_sound_system());
  if (!*port) return tl::unexpected(port->error());
  auto capture = DeviceCapture::create(config, std::move(**port));
  if (!capture) return tl::unexpected(capture.error());
  return DeviceSource(std::move(*capture));
}

DeviceSource::DeviceSource(std::unique_ptr<DeviceCapture> capture) : capture_(std::move(capture)) {}
DeviceSource::DeviceSource(DeviceSource&&) noexcept = default;
DeviceSource& DeviceSource::operator=(DeviceSource&&) noexcept = default;
DeviceSource::~DeviceSource() = default;

Result<CallBlock> DeviceSource::read(int max_samples) { return capture_->read(max_samples); }

std::span<const DeviceNotice> DeviceSource::notices() noexcept { return capture_->notices(); }

void DeviceSource::stop() noexcept { capture_->stop(); }

std::chrono::steady_clock::time_point DeviceSource::captured_at() const noexcept {
  return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(capture_->captured_ns()));
}

std::span<const AudioDevice> DeviceSource::devices() const noexcept { return capture_->devices(); }

PerParty<bool> DeviceSource::present() const noexcept { return capture_->present(); }

std::vector<DeviceHealth> DeviceSource::health() const { return capture_->health(); }

}  // namespace tonecue
