/// @file
/// What a person's own configuration adds to the command line.
#pragma once

#include "app/command_line/command_line.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// The options with the user's configuration file and the devices that it remembers, where the line
/// names none. A replay takes no devices, but the headset.
Result<LiveOptions> at_this_desk(LiveOptions options);
Result<PracticeOptions> at_this_desk(PracticeOptions options);

}  // namespace tonecue
