/// @file
/// From a device to a stream that runs.
#pragma once

#include <memory>
#include <span>

#include "audio/devices/input_port.h"

namespace tonecue {

struct OpenedInput {
  std::unique_ptr<InputStream> stream;
  int sample_rate_hz = 0;  ///< The one asked for, or the nearest that the device takes.
};

/// Opens at the layout's rate or, where the device refuses that, at the nearest of the usual ones
/// from 8 to 48 kHz.
/// @return What InputPort::open() says of the first refusal that is not about the rate.
Result<OpenedInput> open_input(InputPort& port, const AudioDevice& device,
                               const StreamLayout& layout, CaptureBuffer& buffer);

/// The same device in a list that was made later: by its whole name, else by the name without the
/// number of the socket ("(hw:1,0)"), which a headset changes when it is plugged in again.
/// @return `not_found`.
Result<AudioDevice> find_again(std::span<const AudioDevice> devices, const AudioDevice& device);

}  // namespace tonecue
