/// @file
/// A part of a call in numbers, to set beside another part.
#pragma once

#include <cstdint>
#include <optional>

#include "tonecue/report/call_report.h"

namespace tonecue {

/// Empty where that part holds too little to say so.
struct CallThird {
  std::optional<float> talk_share;      ///< The agent's part of all speech, [0, 1].
  std::optional<float> pace_syl_per_s;  ///< Of the agent, short pauses included.
  std::optional<float> level_dbfs;      ///< Of the agent's speech.
  std::optional<float> response_gap_s;  ///< Of the agent, median.
  std::optional<float> longest_turn_s;  ///< Of the agent.
  std::optional<float> silent_share;    ///< Nobody spoke, [0, 1].
  std::optional<int> interruptions;     ///< By the agent.
};

/// What begins within [from_ms, to_ms); speech and silence as far as they lie within.
CallThird call_third(const CallReport& report, std::int64_t from_ms, std::int64_t to_ms);

/// Whether both are on the recording, each on a channel of its own.
bool hears_both(const CallReport& report);

}  // namespace tonecue
