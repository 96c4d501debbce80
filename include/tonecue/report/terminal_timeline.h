/// @file
/// A call drawn with characters.
#pragma once

#include <string>

#include "tonecue/report/call_report.h"

namespace tonecue {

struct TerminalConfig {
  int width_columns = 80;  ///< Of the terminal; used within [60, 200].
  bool colour = false;     ///< ANSI colour codes.
  bool unicode = true;     ///< Block characters; otherwise ASCII only.
};

/// The time line of both voices in rows, each cue's letter under the voice it belongs to, the list
/// of cues with their reasons, the alerts, and both parties side by side. Control characters in the
/// file name are shown as '?', so that a name cannot steer the terminal.
std::string to_terminal(const CallReport& report, const TerminalConfig& config = {});

}  // namespace tonecue
