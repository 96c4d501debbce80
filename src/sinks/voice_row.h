/// @file
/// One voice on one line of a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/party.h"
#include "tonecue/pipeline/call_meters.h"

namespace tonecue {

/// What this terminal can show.
struct TerminalStyle {
  bool colour = false;
  bool unicode = true;
  int width_columns = 80;

  std::string painted(std::string_view code, std::string_view text) const;
};

/// "agent     ######------  *  pitch +1.2 st  pace +10 %  talk 42 %", exactly one line, narrower
/// than the terminal.
std::string voice_row(const CallMeters& meters, Party party, const TerminalStyle& style);

/// The first so many columns of the text. Control characters, and without unicode all beyond ASCII,
/// become '?'.
std::string cut_to_columns(std::string_view text, int columns, const TerminalStyle& style);

/// Two lines at most, broken between words where there is one; what does not fit is cut.
std::vector<std::string> two_lines(std::string_view text, int columns, const TerminalStyle& style);

}  // namespace tonecue
