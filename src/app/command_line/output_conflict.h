/// @file
/// Outputs that would cost more than they give.
#pragma once

#include <string>

#include "command_line.h"

namespace tonecue {

/// Finds what makes outputs impossible before any work is done. Empty when nothing does.
std::string output_conflict(const Command& command);

}  // namespace tonecue
