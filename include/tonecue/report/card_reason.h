/// @file
/// The reason of a cue, short enough for a card, told to the agent.
#pragma once

#include <string>

#include "tonecue/cues/cue.h"

namespace tonecue {

/// What was measured, in one short phrase without a full stop. Says what was heard, never what
/// anybody feels; empty when the cue carries no number that the phrase has a place for.
///
///     "you both spoke for 0.9 s; they were 4.8 s into their turn"
std::string card_reason(const Cue& cue);

}  // namespace tonecue
