/// @file
/// Where the sound of a call lies.
#pragma once

#include <cstdint>
#include <string_view>

namespace tonecue {

/// Whether it is "recordings/YYYY/MM/ID.flac" of this call: nothing else is ever opened or removed.
bool is_recording_path(std::string_view path, std::int64_t call_id);

}  // namespace tonecue
