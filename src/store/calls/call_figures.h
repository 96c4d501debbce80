/// @file
/// The figures of a call, by the columns that hold them.
#pragma once

#include <cstdint>
#include <string>

#include "store/database/database.h"
#include "tonecue/core/result.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// The columns of `calls` that a report fills, each followed by one place: for UPDATE
/// "a = ?1, b = ?2, ...".
const std::string& call_figures_update();

/// How many places that takes.
int call_figures_places();

/// Binds the report to the places from 1 on.
void bind_call_figures(Statement& statement, const CallReport& report);

/// Reads them back. @return `not_found`.
Result<CallReport> read_call_figures(Connection& connection, std::int64_t id);

/// The rows of `parties`.
Result<void> write_parties(Connection& connection, std::int64_t id, const CallReport& report);
Result<void> read_parties(Connection& connection, std::int64_t id, CallReport& report);

/// The rows of `devices`; none of a recording.
Result<void> write_devices(Connection& connection, std::int64_t id, const CallReport& report);
Result<void> read_devices(Connection& connection, std::int64_t id, CallReport& report);

}  // namespace tonecue
