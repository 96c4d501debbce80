/// @file
/// One thing that went well in a call, and one to try.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "call_third.h"
#include "tonecue/report/agent_summary.h"
#include "tonecue/report/call_report.h"
#include "tonecue/report/hard_moments.h"

namespace tonecue {

/// Of the alerts that come while the agent may be speaking, those after which the agent paused.
struct PausedAlerts {
  int shown = 0;
  int paused = 0;
};

/// Of alerts shown within [from_ms, to_ms).
PausedAlerts paused_alerts(const CallReport& report, std::int64_t from_ms, std::int64_t to_ms);

/// What the words are chosen by.
struct CallStory {
  const CallReport& report;
  CallThird first;
  CallThird last;
  std::vector<HardMoment> moments;
  Customer customer = Customer::live;
};

/// The first that holds of a fixed list, the rarest and hardest first; the last one always does.
std::string went_well(const CallStory& story);

/// The first that holds of a fixed list, what the customer hears most first; the last one always
/// does.
std::string to_try(const CallStory& story);

}  // namespace tonecue
