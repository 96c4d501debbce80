/// @file
/// How loud each input is, as bars that move.
#pragma once

#include <span>

#include "tonecue/app/console.h"
#include "tonecue/audio/device.h"

namespace tonecue {

/// On a terminal, one row per input for ten seconds, or until Enter, q or Ctrl-C; elsewhere the
/// loudest that each heard within three seconds, once.
Result<void> show_levels(std::span<const AudioDevice> devices, const Console& console);

}  // namespace tonecue
