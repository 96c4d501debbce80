/// @file
/// Two alert policies side by side, for a person and for a table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "alert_replay.h"
#include "tonecue/alerts/wording.h"

namespace tonecue {

struct ReplayPolicy {
  std::string name;
  AlertConfig alerts;
  Wording wording;
};

struct ReplayedCall {
  std::string file;
  std::int64_t duration_ms = 0;
  std::vector<ComparedAlert> alerts;
  AlertCounts counts;
};

struct ReplayResult {
  ReplayPolicy policy;
  std::vector<ReplayedCall> calls;
  AlertCounts total;
};

std::string to_text(const ReplayResult& result);

/// One row per cue; times in seconds, empty where there was no decision.
std::string to_csv(const ReplayResult& result);

/// Schema tonecue.replay_alerts/1.
std::string to_json(const ReplayResult& result);

}  // namespace tonecue
