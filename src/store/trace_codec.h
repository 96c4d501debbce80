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

inline constexpr std::size_t kTracePoints = 60'000 / kTrackStepMs;

/// Level and peak in steps of 1 dB, F0 of 1/8 semitone, distress of 1 %; speaking and syllables as
/// they are. Each property on its own, as differences where it changes slowly, then deflated.
/// @param points  At most kTracePoints.
std::string encode_trace(std::span<const TrackPoint> points);

/// @return `corrupt` for bytes that encode_trace() never gives.
Result<std::vector<TrackPoint>> decode_trace(std::string_view bytes);

}  // namespace tonecue
