/// @file
/// What is told of a live call when it is over.
#pragma once

#include <string>

#include "live_call.h"
#include "live_desk.h"
#include "live_line.h"
#include "live_room.h"
#include "tonecue/core/result.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// On the terminal and the page: what was lost, how long it took, and the summary, which the agent
/// alone reads. Adds to the report what only a live call has.
Result<void> tell_end(const LiveRoom& room, LiveCall& call, const LiveLine& line, LiveDesk& desk);

/// The folder of --json for the calls of a shift, made where it is missing.
/// @return `unwritable` when it cannot be made; `invalid_argument` for standard output, which takes
/// one call.
Result<void> make_json_folder(const std::string& folder);

/// A name in that folder which no call has yet, by the time at which the call ended; empty for no
/// folder.
std::string next_json_file(const std::string& folder);

}  // namespace tonecue
