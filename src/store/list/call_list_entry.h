/// @file
/// One call as a line of the list, as the asker may see it.
#pragma once

#include <cstdint>

#include "store/database/store_impl.h"
#include "tonecue/core/result.h"
#include "tonecue/store/call_entry.h"
#include "tonecue/store/scope.h"

namespace tonecue {

/// How long an agent's side of a call is theirs alone.
struct AgentFirst {
  std::int64_t hold_ms = 0;
  std::int64_t now_unix_ms = 0;

  /// Calls written later are held back.
  std::int64_t cutoff_unix_ms() const noexcept { return now_unix_ms - hold_ms; }
};

/// As of now.
AgentFirst agent_first(int hours);

/// @return `not_found` for a call out of scope, just as for one that is not there.
Result<CallEntry> read_call_entry(const ReadTransaction& reading, const Scope& scope,
                                  const AgentFirst& first, std::int64_t id);

}  // namespace tonecue
