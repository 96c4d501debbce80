/// @file
/// Brings a database to the newest shape.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "store/database/database.h"

namespace tonecue {

/// One step of the schema: src/store/database/schema/NNN_*.sql. Step N makes version N out of N
/// - 1.
std::span<const std::string_view> schema_steps() noexcept;

/// Takes each step that is missing in one transaction of its own, so that it is done or not; safe
/// when several processes open an old one at once.
/// @param path  For messages.
/// @return `unsupported` for a newer one, `corrupt` for a database of another program.
Result<void> migrate(Connection& connection, const std::string& path,
                     std::span<const std::string_view> steps = schema_steps());

}  // namespace tonecue
