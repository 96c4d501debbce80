#include "live_line.h"

#include <utility>

#include <fmt/format.h>

#include "tonecue/app/console.h"
#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

// In a whole call, less than that is no trouble: devices settle in their first seconds. The JSON
// has it all.
constexpr std::int64_t kLeastToldMs = 100;

std::string parties_of(const DeviceHealth& device) {
  if (device.parties.agent && device.parties.customer) return "agent and customer";
  return device.parties.agent ? "agent" : "customer";
}

std::string times(std::int64_t count) {
  return count == 1 ? "once" : fmt::format("{} times", count);
}

/// What was counted since then.
void take_away(DeviceHealth& health, const DeviceHealth& before) {
  health.times_lost -= before.times_lost;
  health.gaps -= before.gaps;
  health.gap_ms -= before.gap_ms;
  health.dropped_ms -= before.dropped_ms;
  health.overruns -= before.overruns;
  health.bad_samples -= before.bad_samples;
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
  if (device.gap_ms >= kLeastToldMs) {
    const std::string length = device.gap_ms < 1000
                                   ? fmt::format("{} ms", device.gap_ms)
                                   : fmt::format("{:.1f} s", ms_to_s(device.gap_ms));
    lines.push_back(fmt::format(
        "{}: {} of silence stand for lost sound, in {} {}{}", who, length, device.gaps,
        device.gaps == 1 ? "gap" : "gaps",
        device.times_lost > 0 ? fmt::format("; the device was gone {}", times(device.times_lost))
                              : ""));
  }
  if (device.dropped_ms >= kLeastToldMs) {
    lines.push_back(
        fmt::format("{}: {} ms of sound came too late for their place", who, device.dropped_ms));
  }
  if (device.overruns > 0) {
    lines.push_back(fmt::format("{}: it reported {} that it lost sound; is this machine too busy?",
                                who, times(device.overruns)));
  }
}

}  // namespace

Result<std::unique_ptr<LiveLine>> LiveLine::open(const LiveOptions& options) {
  if (!options.replay.empty()) {
    auto recording = FileSource::create(options.replay, options.recording);
    if (!recording) return tl::unexpected(recording.error());
    return std::unique_ptr<LiveLine>(new LiveLine(std::move(*recording)));
  }
  auto devices = DeviceSource::create({.agent_device = options.agent_device,
                                       .customer_device = options.customer_device,
                                       .device = options.device,
                                       .agent_channel = options.recording.agent_channel,
                                       .party = options.recording.party});
  if (!devices) return tl::unexpected(devices.error());
  return std::unique_ptr<LiveLine>(new LiveLine(std::move(*devices)));
}

LiveLine::LiveLine(FileSource recording)
    : recording_(std::move(recording)), source_(&*recording_), info_(recording_->info()) {}

LiveLine::LiveLine(DeviceSource devices)
    : devices_(std::move(devices)),
      source_(&*devices_),
      info_({.path = devices_->devices().front().name,
             .duration_ms = {},
             .sample_rate_hz = devices_->health().front().sample_rate_hz,
             .present = devices_->present()}) {}

std::string LiveLine::greeting() const {
  if (!devices_) return fmt::format("Playing {}. Ctrl-C ends it.\n", one_line(info_.path));
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
  if (!devices_) return {};
  std::vector<DeviceHealth> all = devices_->health();
  for (std::size_t i = 0; i < before_.size(); ++i) take_away(all[i], before_[i]);
  return all;
}

std::vector<std::string> LiveLine::warnings() const {
  if (recording_) return recording_->warnings();
  std::vector<std::string> lines;
  for (const DeviceHealth& device : health()) add_troubles(device, lines);
  return lines;
}

}  // namespace tonecue
