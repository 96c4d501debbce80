/// @file
/// Where a customer's voice rose, and what came of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "tonecue/report/call_report.h"

namespace tonecue {

/// A customer's raised voice or distress until their voice was back near its usual: cues that no
/// recovery parts are one moment.
struct HardMoment {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;  ///< Until when such a cue held.

  /// From the end of the turn in which it began to the agent's first word of an answer. Empty when
  /// the agent spoke into that turn's end, or said nothing more.
  std::optional<std::int64_t> acknowledged_after_ms;

  /// From start_ms until the voice was near its usual again, and stayed there. Empty when the call
  /// ended before.
  std::optional<std::int64_t> recovered_after_ms;
};

/// @return By start.
std::vector<HardMoment> hard_moments(const CallReport& report);

}  // namespace tonecue
