/// @file
/// A call as one line of a list, as the interface tells it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "tonecue/store/call_entry.h"

namespace tonecue {

nlohmann::ordered_json call_entry_json(const CallEntry& entry);

}  // namespace tonecue
