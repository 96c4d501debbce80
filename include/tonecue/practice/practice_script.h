/// @file
/// The customer's part of a recorded call, line by line.
#pragma once

#include <cstdint>
#include <vector>

#include "tonecue/report/call_report.h"

namespace tonecue {

/// How a line of the customer's comes about.
enum class CustomerEntry {
  after_agent,   ///< The agent had finished.
  into_agent,    ///< The customer cut in on the agent.
  beside_agent,  ///< A listener's short word; the agent keeps the floor.
};

/// What the customer said without an answer between, pauses included.
struct CustomerLine {
  std::int64_t start_ms = 0;  ///< In the recording.
  std::int64_t end_ms = 0;
  CustomerEntry entry = CustomerEntry::after_agent;
  std::int64_t after_onset_ms = 0;  ///< From the agent's first word to this one; but `after_agent`.
};

/// What the customer says, in the order in which they say it. Where the agent of the recording cut
/// the customer off, the line ends there: what was never said cannot be played.
struct PracticeScript {
  std::vector<CustomerLine> lines;
};

/// @param report  Of a recording of both parties.
PracticeScript practice_script(const CallReport& report);

}  // namespace tonecue
