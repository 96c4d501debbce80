#include "tonecue/audio/device.h"

#include <algorithm>

#include <portaudio.h>

#include "audio/portaudio_session.h"

namespace tonecue {
namespace {

bool records(const AudioDevice& device) { return device.input_channels > 0; }

/// Names of the devices that record, for a message.
std::string names(std::span<const AudioDevice> devices) {
  std::string list;
  for (const AudioDevice& device : devices) {
    if (records(device)) list += (list.empty() ? "'" : ", '") + device.name + "'";
  }
  return list;
}

}  // namespace

Result<std::vector<AudioDevice>> devices() {
  const auto session = PortAudioSession::create();
  if (!session) return tl::unexpected(session.error());
  std::vector<AudioDevice> list;
  for (int index = 0; index < Pa_GetDeviceCount(); ++index) {
    const PaDeviceInfo& info = *Pa_GetDeviceInfo(index);
    list.push_back({.index = index,
                    .name = info.name,
                    .host_api = Pa_GetHostApiInfo(info.hostApi)->name,
                    .input_channels = info.maxInputChannels,
                    .output_channels = info.maxOutputChannels,
                    .default_rate_hz = static_cast<int>(info.defaultSampleRate),
                    .default_input = index == Pa_GetDefaultInputDevice(),
                    .default_output = index == Pa_GetDefaultOutputDevice()});
  }
  return list;
}

Result<AudioDevice> choose_input(std::span<const AudioDevice> devices, std::string_view name) {
  const std::string there_are = names(devices);
  if (there_are.empty()) {
    return failure(ErrorCode::not_found,
                   "no audio device records on this machine; plug in a headset, or start its sound "
                   "server (PipeWire or PulseAudio)");
  }
  std::vector<AudioDevice> fitting;
  for (const AudioDevice& device : devices) {
    if (!records(device)) continue;
    if (!name.empty() && device.name == name) return device;
    const bool fits =
        name.empty() ? device.default_input : device.name.find(name) != std::string::npos;
    if (fits) fitting.push_back(device);
  }
  if (fitting.size() == 1) return fitting.front();
  if (name.empty()) {
    return failure(ErrorCode::not_found, "no default recording device; name one of " + there_are);
  }
  if (fitting.empty()) {
    return failure(ErrorCode::not_found, "no recording device is called '" + std::string(name) +
                                             "'; there are " + there_are);
  }
  return failure(ErrorCode::invalid_argument, "several recording devices fit '" +
                                                  std::string(name) + "': " + names(fitting) +
                                                  "; give more of the name");
}

}  // namespace tonecue
