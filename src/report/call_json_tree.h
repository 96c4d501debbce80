/// @file
/// A call as a tree of JSON values, for those who print or extend it.
#pragma once

#include <nlohmann/json.hpp>

#include "tonecue/report/call_report.h"

namespace tonecue {

using Json = nlohmann::ordered_json;

/// What to_json() prints.
Json call_json_tree(const CallReport& report);

}  // namespace tonecue
