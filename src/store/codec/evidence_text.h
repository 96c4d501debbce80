/// @file
/// The numbers behind a cue, as text.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/cues/cue.h"

namespace tonecue {

/// A JSON object of numbers, each exactly as it was; null for one that is not finite.
std::string evidence_text(const Evidence& evidence);

/// Reads what evidence_text() wrote; names live as long as the program.
/// @return `corrupt` for anything else.
Result<Evidence> parse_evidence(std::string_view text);

}  // namespace tonecue
