/// @file
/// A cue that the agent is told about.
#pragma once

#include <cstdint>
#include <string_view>

#include "tonecue/cues/cue.h"

namespace tonecue {

/// Why an alert was or was not shown.
enum class Delivery {
  delivered,
  cooling_down,  ///< The same kind was shown a short while ago.
  over_budget,   ///< The hour's alerts are spent.
  outdated,      ///< The agent did not pause before it was too old to help.
};

std::string_view name(Delivery delivery) noexcept;

struct Alert {
  std::int64_t at_ms = 0;  ///< When it was shown, or dropped.
  CueKind cue = CueKind::interruption;
  Party party = Party::agent;  ///< Whose cue.
  std::string_view text;       ///< Lives as long as the policy's wording.
  Delivery delivery = Delivery::delivered;
};

}  // namespace tonecue
