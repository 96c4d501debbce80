/// @file
/// Both voices as bars of characters.
#pragma once

#include <string>

#include "terminal_text.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// Rows of time: a scale, and per party a lane of bars and, where there are any, the letters of its
/// cues, each with a line for as long as the cue held.
std::string terminal_lanes(const CallReport& report, const TerminalText& text);

}  // namespace tonecue
