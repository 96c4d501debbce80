/// @file
/// What turn taking must know of the line.
#pragma once

#include "tonecue/core/result.h"

namespace tonecue {

inline constexpr int kMostLineDelayMs = 1000;

struct TurnConfig {
  /// How long sound travels between where the call is taken (the agent's desk, the recorder) and
  /// the customer, one way, [0, 1000] ms; a mobile or internet call has 100 to 250. The agent hears
  /// what is taken; the customer hears the agent that much later, and what they say then is taken
  /// that much later still. So whether a customer cut in is judged with the agent's voice moved by
  /// twice the delay: what looks like an overlap here may have been an answer there.
  int line_delay_ms = 0;
};

/// @return `invalid_argument`, naming the field, when `config` breaks its range.
Result<void> validate(const TurnConfig& config);

}  // namespace tonecue
