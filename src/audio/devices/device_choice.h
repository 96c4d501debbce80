/// @file
/// Which device a person means.
#pragma once

#include <span>
#include <string_view>

#include "tonecue/audio/device.h"

namespace tonecue {

enum class DeviceUse { record, play };

/// What choose_input() and choose_output() share.
Result<AudioDevice> choose_device(std::span<const AudioDevice> devices, std::string_view name,
                                  DeviceUse use);

}  // namespace tonecue
