#include "live_line.h"

#include <utility>

#include <fmt/format.h>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

std::string parties_of(const DeviceHealth& device) {
  if (device.parties.agent && device.parties.customer) return "agent and customer";
  return device.parties.agent ? "agent" : "customer";
}

/// One line for each thing that a device did not do well.
void add_troubles(const DeviceHealth& device, std::vector<std::string>& lines) {
  const std::string who = fmt::format("{} ({})", device.name, parties_of(device));
  if (device.wrong_rate) {
    lines.push_back(
        fmt::format("{}: it does not run at the {} Hz that it tells, so sound is lost "
                    "all along; choose another device or rate",
                    who, device.sample_rate_hz));
  }
  if (device.gap_ms > 0) {
    const std::string length = device.gap_ms < 1000
                                   ? fmt::format("{} ms", device.gap_ms)
                                   : fmt::format("{:.1f} s", ms_to_s(device.gap_ms));
    lines.push_back(fmt::format(
        "{}: {} of silence stand for lost sound, in {} {}{}", who, length, device.gaps,
        device.gaps == 1 ? "gap" : "gaps",
        device.times_lost > 0 ? fmt::format("; the device was gone {} times", device.times_lost)
                              : ""));
  }
  if (device.dropped_ms > 0) {
    lines.push_back(
        fmt::format("{}: {} ms of sound came too late for their place", who, device.dropped_ms));
  }
  if (device.overruns > 0) {
    lines.push_back(
        fmt::format("{}: it reported {} times that it lost sound; is this machine too "
                    "busy?",
                    who, device.overruns));
  }
}

}  // namespace

Result<std::unique_ptr<LiveLine>> LiveLine::open(const LiveOptions& options) {
  auto line = std::make_unique<LiveLine>();
  if (!options.replay.empty()) {
    auto recording = FileSource::create(options.replay, options.recording);
    if (!recording) return tl::unexpected(recording.error());
    line->info_ = recording->info();
    line->recording_.emplace(std::move(*recording));
    return line;
  }
  auto devices = DeviceSource::create({.agent_device = options.agent_device,
                                       .customer_device = options.customer_device,
                                       .device = options.device,
                                       .agent_channel = options.recording.agent_channel,
                                       .party = options.recording.party});
  if (!devices) return tl::unexpected(devices.error());
  line->info_ = {.path = devices->devices().front().name,
                 .duration_ms = {},
                 .sample_rate_hz = devices->health().front().sample_rate_hz,
                 .present = devices->present()};
  line->devices_.emplace(std::move(*devices));
  return line;
}

AudioSource& LiveLine::source() noexcept {
  if (recording_) return *recording_;
  return *devices_;
}

std::string LiveLine::greeting() const {
  if (!devices_) return {};
  std::string text;
  for (const DeviceHealth& device : devices_->health()) {
    text += fmt::format("Listening to {} ({}, {} Hz).\n", device.name, parties_of(device),
                        device.sample_rate_hz);
  }
  return text + "Ctrl-C ends it.\n";
}

std::optional<std::chrono::steady_clock::time_point> LiveLine::captured_at() const noexcept {
  if (!devices_) return {};
  return devices_->captured_at();
}

std::vector<DeviceHealth> LiveLine::health() const {
  return devices_ ? devices_->health() : std::vector<DeviceHealth>{};
}

std::vector<std::string> LiveLine::warnings() const {
  if (recording_) return recording_->warnings();
  std::vector<std::string> lines;
  for (const DeviceHealth& device : health()) add_troubles(device, lines);
  return lines;
}

}  // namespace tonecue
