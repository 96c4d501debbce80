/// @file
/// The cues of a call as a table.
#pragma once

#include <string>

#include "tonecue/report/call_report.h"

namespace tonecue {

/// CSV (RFC 4180, but lines end with LF) with one header line and one row per cue: `file, kind,
/// party, start_s, end_s, raised_at_s, confidence, evidence, reason`. `evidence` holds name=value
/// pairs with a space between them; `reason` is what describe() says.
std::string to_csv(const CallReport& report);

}  // namespace tonecue
