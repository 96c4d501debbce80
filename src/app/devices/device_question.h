/// @file
/// Asks a person for the devices of their desk.
#pragma once

#include <istream>
#include <span>

#include "tonecue/app/console.h"
#include "tonecue/app/remembered_devices.h"
#include "tonecue/audio/device.h"

namespace tonecue {

/// Asks for agent, customer and output in turn, each by the number of the list or a part of the
/// name; an empty answer leaves one unchosen. What does not fit is told and asked for again.
/// @return Names; what was chosen by then, where the answers end.
RememberedDevices ask_for_devices(std::span<const AudioDevice> devices, std::istream& answers,
                                  const Console& console);

}  // namespace tonecue
