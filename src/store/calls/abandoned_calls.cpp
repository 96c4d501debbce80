#include "store/calls/abandoned_calls.h"

#include "store/review/call_numbers.h"

namespace tonecue {

Result<void> end_abandoned_calls(Connection& connection, std::int64_t now_unix_ms) {
  Statement update = connection.prepare(
      "UPDATE calls SET state = 'cut_short' WHERE state = 'open' AND written_ms < ?1");
  update.bind_all(now_unix_ms - kAbandonedMs);
  if (auto ok = update.run(); !ok) return ok;
  return count_uncounted_calls(connection);
}

}  // namespace tonecue
