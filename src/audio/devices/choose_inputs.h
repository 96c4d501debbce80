/// @file
/// From what a person named to the inputs of a call.
#pragma once

#include <span>
#include <vector>

#include "audio/timeline/stream_voices.h"
#include "tonecue/audio/device_source.h"

namespace tonecue {

struct ChosenInput {
  AudioDevice device;
  StreamLayout layout;  ///< At the rate that the device prefers.
};

/// @return One or two inputs; what DeviceSource::create() says of a choice.
Result<std::vector<ChosenInput>> choose_inputs(std::span<const AudioDevice> devices,
                                               const DeviceConfig& config);

}  // namespace tonecue
