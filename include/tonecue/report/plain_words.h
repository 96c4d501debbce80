/// @file
/// A call in plain words. The terminal, the page and the tables all say it the same way.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tonecue/alerts/alert.h"
#include "tonecue/cues/cue.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// Goes with every statement about distress.
inline constexpr std::string_view kDistressNote =
    "Distress is an estimate from the voice, not a determination of what a person feels.";

/// One sentence: what happened, when, and the numbers behind it. ASCII only. Evidence that the
/// sentence has no place for follows it as name and value.
///
///     "Agent cut in at 1:23, 8.2 s into the customer's turn; both spoke for 0.9 s"
std::string describe(const Cue& cue);

/// The name of the recording without its folders.
std::string_view recording_name(const CallReport& report) noexcept;

/// The whole call in one line: "3 interruptions by the agent, 1 stretch of distress, 2 recoveries".
std::string headline(const CallReport& report);

/// How both shared the time, one or two sentences; empty for a recording of one voice.
std::string together(const CallReport& report);

/// The letter that marks a cue of this kind; no two kinds share one.
char letter(CueKind kind) noexcept;

/// "Raised voice"
std::string_view title(CueKind kind) noexcept;

/// Why an alert was or was not shown: "held back: this hour's alerts were used up".
std::string_view outcome(Delivery delivery) noexcept;

/// Call time, rounded down to seconds: "1:23", from an hour on "1:02:03".
std::string clock_time(std::int64_t time_ms);

}  // namespace tonecue
