/// @file
/// What may stand in CallDetails.
#pragma once

#include "tonecue/core/result.h"
#include "tonecue/store/call_details.h"

namespace tonecue {

/// @return `invalid_argument`, naming the field.
Result<void> validate(const CallDetails& details);

}  // namespace tonecue
