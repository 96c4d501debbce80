#include "store/review/call_numbers.h"

namespace tonecue {

Result<void> count_call(Connection& connection, std::int64_t call_id) {
  Statement count = connection.prepare(
      "INSERT OR REPLACE INTO call_numbers SELECT * FROM numbers_of_calls WHERE call_id = ?1");
  count.bind_all(call_id);
  return count.run();
}

Result<void> count_uncounted_calls(Connection& connection) {
  return connection.execute(
      "INSERT INTO call_numbers SELECT * FROM numbers_of_calls WHERE call_id IN"
      " (SELECT id FROM calls WHERE state = 'cut_short'"
      "  EXCEPT SELECT call_id FROM call_numbers)");
}

}  // namespace tonecue
