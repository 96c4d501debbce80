#include "tonecue/audio/device.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <optional>
#include <system_error>

#include <portaudio.h>
#include <unistd.h>

#include "audio/portaudio_session.h"

namespace tonecue {
namespace {

/// What a device is wanted for, and how that is said.
struct Use {
  int AudioDevice::*channels;
  bool AudioDevice::*is_default;
  std::string_view kind;     // "recording device"
  std::string_view nothing;  // When no device can do it.
};

constexpr Use kRecording{&AudioDevice::input_channels, &AudioDevice::default_input,
                         "recording device", "no audio device records on this machine"};
constexpr Use kPlaying{&AudioDevice::output_channels, &AudioDevice::default_output,
                       "playing device", "no audio device plays on this machine"};

std::string names(const std::vector<AudioDevice>& devices) {
  std::string list;
  for (const AudioDevice& device : devices) {
    list += (list.empty() ? "'" : ", '") + device.name + "'";
  }
  return list;
}

/// ALSA lists no device that the user may not open.
bool may_open_sound_devices() {
  std::error_code status;
  for (const auto& entry : std::filesystem::directory_iterator("/dev/snd", status)) {
    const bool is_pcm = entry.path().filename().string().starts_with("pcm");
    if (is_pcm && access(entry.path().c_str(), R_OK | W_OK) != 0) return false;
  }
  return true;
}

Error nothing_there(const Use& use) {
  const std::string advice =
      may_open_sound_devices()
          ? "plug in a headset, or start its sound server (PipeWire or PulseAudio)"
          : "this user may not open the devices in /dev/snd; add the user to the group 'audio'";
  return {ErrorCode::not_found, std::string(use.nothing) + "; " + advice};
}

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Those that fit the name best: the whole name or else the number, or else a part.
std::vector<AudioDevice> fitting(const std::vector<AudioDevice>& usable, std::string_view name) {
  const auto number = number_in(name);
  std::vector<AudioDevice> parts;
  std::vector<AudioDevice> numbered;
  for (const AudioDevice& device : usable) {
    if (device.name == name) return {device};
    if (device.index == number) numbered.push_back(device);
    if (device.name.find(name) != std::string::npos) parts.push_back(device);
  }
  return number ? numbered : parts;
}

Result<AudioDevice> choose(std::span<const AudioDevice> devices, std::string_view name,
                           const Use& use) {
  std::vector<AudioDevice> usable;
  std::copy_if(devices.begin(), devices.end(), std::back_inserter(usable),
               [&](const AudioDevice& device) { return device.*use.channels > 0; });
  if (usable.empty()) return tl::unexpected(nothing_there(use));
  if (name.empty()) {
    const auto usual = std::find_if(usable.begin(), usable.end(), [&](const AudioDevice& device) {
      return device.*use.is_default;
    });
    if (usual != usable.end()) return *usual;
    return failure(ErrorCode::not_found,
                   "no default " + std::string(use.kind) + "; name one of " + names(usable));
  }
  const auto found = fitting(usable, name);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return failure(ErrorCode::not_found, "no " + std::string(use.kind) + " is called '" +
                                             std::string(name) + "'; there are " + names(usable));
  }
  return failure(ErrorCode::invalid_argument, "several " + std::string(use.kind) + "s fit '" +
                                                  std::string(name) + "': " + names(found) +
                                                  "; give more of the name");
}

}  // namespace

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
  return choose(devices, name, kRecording);
}

Result<AudioDevice> choose_output(std::span<const AudioDevice> devices, std::string_view name) {
  return choose(devices, name, kPlaying);
}

}  // namespace tonecue
