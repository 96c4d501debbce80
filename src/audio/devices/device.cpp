#include "tonecue/audio/device.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <mutex>
#include <string>

#include <portaudio.h>

#include "audio/devices/device_choice.h"
#include "audio/devices/portaudio_session.h"

namespace tonecue {
Result<std::vector<AudioDevice>> devices() {
  const std::lock_guard lock(portaudio_mutex());
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

bool is_monitor(const AudioDevice& device) {
  std::string name = device.name;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  constexpr std::array<std::string_view, 4> kWords = {"monitor", "loopback", "stereo mix",
                                                      "what u hear"};
  return device.input_channels > 0 &&
         std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

Result<AudioDevice> choose_input(std::span<const AudioDevice> devices, std::string_view name) {
  return choose_device(devices, name, DeviceUse::record);
}

Result<AudioDevice> choose_output(std::span<const AudioDevice> devices, std::string_view name) {
  return choose_device(devices, name, DeviceUse::play);
}

}  // namespace tonecue
