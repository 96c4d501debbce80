/// @file
/// Entries that come with what they tell of.
#pragma once

#include "store/database/database.h"
#include "tonecue/core/result.h"
#include "tonecue/store/audit_log.h"

namespace tonecue {

/// Adds an entry within a transaction that writes: it is there when the rest is, at the cost of a
/// row.
Result<void> append_audit(Connection& connection, const AuditEvent& event);

}  // namespace tonecue
