/// @file
/// Who had the word, and for how long.
#pragma once

#include <cstdint>
#include <vector>

#include "tonecue/report/call_report.h"

namespace tonecue {

/// All that a party said before the other answered, pauses included.
struct SpokenTurn {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};

/// Speech of the other that is shorter, in a pause of this party, is a listener's "mm-hm" and no
/// answer. Those of the bundled calls last 0.3 to 0.5 s, their shortest answers 0.6 s.
inline constexpr std::int64_t kShortestAnswerMs = 500;

/// @return The turns of `party` by start; its backchannels are none, and those of the other do not
/// end a turn.
std::vector<SpokenTurn> spoken_turns(const CallReport& report, Party party);

/// @return The segments of both that are more than a short word while the other spoke on, by start.
std::vector<SpeechSegment> without_backchannels(const CallReport& report);

/// @return The others: a short word each, while the other party spoke on.
std::vector<SpeechSegment> backchannels(const CallReport& report);

}  // namespace tonecue
