/// @file
/// How much a call needs a person, and why.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tonecue/report/call_report.h"
#include "tonecue/store/call_entry.h"

namespace tonecue {

/// Kept apart, as the agent's part is the agent's alone at first. It says in which order calls are
/// looked at, and nothing of how good a call, or anybody in it, was. docs/review.md has the weights
/// and why they are so.
struct CallNeed {
  float customer = 0.0F;  ///< From the customer's voice.
  float agent = 0.0F;     ///< From what the customer met: being cut off, silence, ...
};

/// From the report's cues alone, each weighed by its confidence. Writers of calls ask this with
/// every state of a call, and keep it beside the call.
CallNeed need_of(const CallReport& report);

/// Whether the customer's last distress or raised voice was followed by `recovered`; empty: there
/// was none.
std::optional<bool> recovered_in(const CallReport& report);

/// What makes this call need a person, the gravest first, in short plain words: "distress that did
/// not calm", "the customer was cut off 4 times". Of what is visible in the entry; empty when
/// nothing is.
std::vector<std::string> need_because(const CallEntry& entry);

}  // namespace tonecue
