/// @file
/// What devices do, told to the agent.
#pragma once

#include <string>

#include "tonecue/audio/device_notice.h"

namespace tonecue {

/// One sentence: what happened, when, and what tonecue does about it.
///
///     "The microphone gives no sound since 0:12; tonecue waits for it."
std::string notice_text(const DeviceNotice& notice);

}  // namespace tonecue
