/// @file
/// A call as labels for audio editors.
#pragma once

#include <string>

#include "tonecue/report/call_report.h"

namespace tonecue {

/// Audacity label track: start TAB end TAB "agent interruption", seconds with six decimals, one
/// line per cue, by start.
std::string to_audacity(const CallReport& report);

/// Praat TextGrid, long text format: interval tiers `agent`, `customer` (speech), `overlaps`,
/// `cues`. The intervals of each tier cover the call without gaps or overlaps; where cues coincide,
/// their labels are joined with " + ".
std::string to_textgrid(const CallReport& report);

}  // namespace tonecue
