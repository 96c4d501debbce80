#include "tonecue/audio/device.h"

#include <portaudio.h>

#include "audio/device_choice.h"
#include "audio/portaudio_session.h"

namespace tonecue {
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
  return choose_device(devices, name, DeviceUse::record);
}

Result<AudioDevice> choose_output(std::span<const AudioDevice> devices, std::string_view name) {
  return choose_device(devices, name, DeviceUse::play);
}

}  // namespace tonecue
