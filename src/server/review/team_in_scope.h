/// @file
/// Which team a call may be given.
#pragma once

#include <string>

#include "tonecue/core/result.h"
#include "tonecue/store/scope.h"

namespace tonecue {

/// The team for a call that somebody hands in or changes: they must see it afterwards. Who sees one
/// team need not say it.
/// @return `invalid_argument`, naming their teams, for another one.
Result<std::string> team_in_scope(const Scope& scope, const std::string& team);

}  // namespace tonecue
