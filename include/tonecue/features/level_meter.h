/// @file
/// Level of a voice.
#pragma once

#include "tonecue/core/hop.h"

namespace tonecue {

/// RMS of the hop in dBFS, [-100, 18]: a full-scale square wave reads 0, a full-scale sine -3.01.
/// NaN, infinity and anything beyond 8 count as silence.
///
/// Real-time: neither allocates, locks nor throws. Threads: no state.
float level_dbfs(Hop hop) noexcept;

}  // namespace tonecue
