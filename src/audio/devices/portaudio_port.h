/// @file
/// PortAudio as a live call needs it.
#pragma once

#include <memory>
#include <string_view>

#include <portaudio.h>

#include "audio/devices/input_port.h"

namespace tonecue {

/// @return The port, with PortAudio held open; `device` when that cannot be reached.
Result<std::unique_ptr<InputPort>> open_portaudio_port();

/// What to do about an input that opens and never starts, in one line.
Error does_not_start(const AudioDevice& device);

/// Why an input cannot be opened and what to do, in one line.
/// @param reason  PortAudio's or the host's words for `error`.
Error input_refused(const AudioDevice& device, PaError error, std::string_view reason);

}  // namespace tonecue
