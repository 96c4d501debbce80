/// @file
/// Who spoke when, small.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Four to five bytes a segment: from the start of the one before, and how long.
std::string encode_segments(std::span<const SpeechSegment> segments);
std::string encode_overlaps(std::span<const Overlap> overlaps);

/// Adds to `segments`. @return `corrupt` for bytes that were not encoded by the above.
Result<void> decode_segments(std::string_view bytes, std::vector<SpeechSegment>& segments);
Result<void> decode_overlaps(std::string_view bytes, std::vector<Overlap>& overlaps);

}  // namespace tonecue
