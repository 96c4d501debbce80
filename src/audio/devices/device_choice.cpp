#include "audio/devices/device_choice.h"

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <unistd.h>

#include "tonecue/core/number_text.h"

namespace tonecue {
namespace {

std::string_view verb(DeviceUse use) { return use == DeviceUse::record ? "records" : "plays"; }

/// "recording device", "playing device"
std::string noun(DeviceUse use) {
  return use == DeviceUse::record ? "recording device" : "playing device";
}

std::vector<AudioDevice> usable(std::span<const AudioDevice> devices, DeviceUse use) {
  std::vector<AudioDevice> list;
  for (const AudioDevice& device : devices) {
    const int channels = use == DeviceUse::record ? device.input_channels : device.output_channels;
    if (channels > 0) list.push_back(device);
  }
  return list;
}

std::string names(const std::vector<AudioDevice>& devices) {
  std::string list;
  for (const AudioDevice& device : devices) {
    list += (list.empty() ? "'" : ", '") + device.name + "'";
  }
  return list;
}

bool is_default(const AudioDevice& device, DeviceUse use) {
  return use == DeviceUse::record ? device.default_input : device.default_output;
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

std::string advice_where_there_is_none() {
  return may_open_sound_devices()
             ? "plug in a headset, or start its sound server (PipeWire or PulseAudio)"
             : "this user may not open the devices in /dev/snd; add the user to the group 'audio'";
}

tl::unexpected<Error> none_chosen(std::string_view name, DeviceUse use,
                                  const std::vector<AudioDevice>& there) {
  if (name.empty()) {
    return failure(ErrorCode::not_found,
                   "no default " + noun(use) + "; name one of " + names(there));
  }
  const char* kind = parse_number<int>(name) ? " has the number " : " is called '";
  const char* end = parse_number<int>(name) ? "" : "'";
  return failure(ErrorCode::not_found, "no " + noun(use) + kind + std::string(name) + end +
                                           "; there are " + names(there));
}

}  // namespace

Result<AudioDevice> choose_device(std::span<const AudioDevice> devices, std::string_view name,
                                  DeviceUse use) {
  const auto there = usable(devices, use);
  if (there.empty()) {
    return failure(ErrorCode::not_found, "no audio device " + std::string(verb(use)) +
                                             " on this machine; " + advice_where_there_is_none());
  }
  const auto number = parse_number<int>(name);
  std::vector<AudioDevice> fitting;
  for (const AudioDevice& device : there) {
    if (!name.empty() && device.name == name) return device;
    const bool fits = name.empty() ? is_default(device, use)
                      : number     ? device.index == *number
                                   : device.name.find(name) != std::string::npos;
    if (fits) fitting.push_back(device);
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.empty() || name.empty()) return none_chosen(name, use, there);
  return failure(ErrorCode::invalid_argument, "several " + noun(use) + "s fit '" +
                                                  std::string(name) + "': " + names(fitting) +
                                                  "; give more of the name");
}

}  // namespace tonecue
