/// @file
/// Calls whose program ended before they did.
#pragma once

#include <cstdint>

#include "store/database/database.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// Who writes a call does so each second.
inline constexpr std::int64_t kAbandonedMs = 60'000;

/// Open calls that nobody has written to for so long become `cut_short`.
Result<void> end_abandoned_calls(Connection& connection, std::int64_t now_unix_ms);

}  // namespace tonecue
