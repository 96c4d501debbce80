/// @file
/// The audio devices of this machine.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"

namespace tonecue {

struct AudioDevice {
  int index = 0;  ///< PortAudio's; holds until devices are listed anew.
  std::string name;
  std::string host_api;  ///< "ALSA", "Core Audio", …
  int input_channels = 0;
  int output_channels = 0;
  int default_rate_hz = 0;
  bool default_input = false;
  bool default_output = false;
};

/// Whether an input hears what an output plays: a monitor or loopback. Told by its name, as sound
/// systems do not tell it otherwise.
bool is_monitor(const AudioDevice& device);

/// All devices (PortAudio), in its order; none is not a failure. On Linux it also quiets, for the
/// whole process, what ALSA and JACK print on stderr about devices that are not there.
///
/// Threads: PortAudio lets one thread at a time list, open and close devices.
Result<std::vector<AudioDevice>> devices();

/// The device to record from.
/// @param name  Its number (AudioDevice::index), its name, or a part that only one recording device
///     has; empty = the default.
/// @return `not_found` when there is none, `invalid_argument` when several fit; both name what
/// there is.
Result<AudioDevice> choose_input(std::span<const AudioDevice> devices, std::string_view name);

/// The device to play into; as choose_input().
Result<AudioDevice> choose_output(std::span<const AudioDevice> devices, std::string_view name);

}  // namespace tonecue
