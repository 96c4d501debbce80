/// @file
/// Section [devices] of a parsed configuration file.
#pragma once

#include <optional>

#include <toml++/toml.h>

#include "sink_section.h"
#include "tonecue/app/remembered_devices.h"

namespace tonecue {

/// @return The first mistake, when there is one.
std::optional<ConfigMistake> read_device_section(const toml::table& section,
                                                 RememberedDevices& devices);

}  // namespace tonecue
