/// @file
/// The sums of a call, kept beside it: schema/004_scores.sql.
#pragma once

#include <cstdint>

#include "store/database/database.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// Counts a call that is over; the last thing to be done with its rows.
Result<void> count_call(Connection& connection, std::int64_t call_id);

/// The same for all that ended without a word.
Result<void> count_uncounted_calls(Connection& connection);

}  // namespace tonecue
