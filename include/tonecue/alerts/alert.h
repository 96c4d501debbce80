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
  outdated,      ///< It was over, or too old to help, before the agent paused.
  quiet_start,   ///< It was over before the party's usual was known.
  snoozed,       ///< The agent had asked for quiet.
  superseded,    ///< Something that says the same and matters more was raised in that moment.
};

std::string_view name(Delivery delivery) noexcept;

struct Alert {
  std::int64_t at_ms = 0;  ///< When it was shown, or dropped.
  Cue cue;                 ///< What it is about, with the numbers known by then.
  std::string_view text;   ///< Lives as long as the policy's wording.
  Delivery delivery = Delivery::delivered;
  int id = 0;               ///< Of those delivered in a call, from 1; 0 when it was not.
  bool critical = false;    ///< Told even while the agent speaks.
  bool escalation = false;  ///< A second word, because what the first was about goes on.
};

/// What the agent said of an alert.
enum class Answer { helpful, not_now, wrong };

std::string_view name(Answer answer) noexcept;

struct AlertAnswer {
  int alert_id = 0;
  Answer answer = Answer::helpful;
  int snooze_min = 0;      ///< With not_now: no alert for so long; [0, kLongestSnoozeMin].
  std::int64_t at_ms = 0;  ///< Call time; set by the session.
};

inline constexpr int kLongestSnoozeMin = 60;

}  // namespace tonecue
