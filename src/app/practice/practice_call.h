/// @file
/// A practice call from the greeting to what is told of it.
#pragma once

#include <optional>
#include <string>

#include "app/command_line/command_line.h"
#include "tonecue/app/console.h"
#include "tonecue/audio/audio_source.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/practice/customer_voice.h"
#include "tonecue/practice/practice_scenario.h"
#include "tonecue/report/practice_result.h"

namespace tonecue {

/// What a practice call needs that is no device.
struct PracticePlan {
  PracticeScenario scenario;
  SessionConfig config;
  std::optional<PracticeAttempt> earlier;  ///< To be shown beside this one.
};

/// Reads all that the options name, and finds out whether the outputs can be written, so that
/// nothing of it fails when the call is over.
Result<PracticePlan> plan_practice(const PracticeOptions& options);

/// Holds the call, shows how it went, and writes what was asked for.
/// @param microphone  Of which the agent is heard.
/// @param voice  Plays the plan's clips to the agent.
/// @param heard_after_ms  The latencies of output and input together.
/// @return The exit status.
int hold_practice(const PracticeOptions& options, const PracticePlan& plan, AudioSource& microphone,
                  CustomerVoice& voice, int heard_after_ms, const Console& console);

}  // namespace tonecue
