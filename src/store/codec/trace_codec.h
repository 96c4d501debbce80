/// @file
/// A minute of one voice, small.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// A minute: a live call's newest piece is written anew each second, and rows of some hundred bytes
/// fill the pages. Five minutes take 7 % less by themselves and 20 % more with their pages.
inline constexpr std::size_t kTracePoints = 60'000 / kTrackStepMs;

/// What drawing needs: while the party speaks, level and peak in steps of 2 dB and F0 of 1/4
/// semitone, syllables as they are; level and peak of what is no speech in steps of 4 dB, without
/// F0. Distress in steps of 1 %. A five-minute call of two voices takes about 6 KB, a quarter less
/// than deflated.
/// @param points  At most kTracePoints.
std::string encode_trace(std::span<const TrackPoint> points);

/// @return `corrupt` where bytes make no trace. There is no check sum: a changed byte may give
/// other points, as many at most.
Result<std::vector<TrackPoint>> decode_trace(std::string_view bytes);

}  // namespace tonecue
