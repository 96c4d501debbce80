/// @file
/// What another alert policy would have said in a call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tonecue/alerts/alert_policy.h"
#include "tonecue/app/stored_call.h"

namespace tonecue {

/// What replay_call() cannot know, in one line.
inline constexpr std::string_view kReplayIsApproximate =
    "Approximate: each call begins with its whole budget, so that short calls can pass it in an "
    "hour; the agent pauses where the report has no speech of theirs, a cue is over at its end_s, "
    "and what the agent answered is left out.";

/// Plays the cues and the agent's speech of a call through a policy.
std::vector<AlertRecord> replay_call(const StoredCall& call, AlertPolicy policy);

/// One cue, or the second word about it, as each of two policies decided.
struct ComparedAlert {
  CueKind cue = CueKind::interruption;
  Party party = Party::agent;
  std::int64_t raised_at_ms = 0;
  bool escalation = false;
  std::optional<AlertRecord> given;  ///< Empty: it did not come to a decision.
  std::optional<AlertRecord> other;
};

/// @return By raised_at_ms, the second word after the first.
std::vector<ComparedAlert> compare_alerts(const std::vector<AlertRecord>& given,
                                          const std::vector<AlertRecord>& other);

bool is_told(const std::optional<AlertRecord>& alert) noexcept;

/// Alerts that were told, counted over calls.
struct AlertCounts {
  int given = 0;
  int other = 0;
  int both = 0;
  double hours = 0.0;  ///< Of calls.

  void add(const ComparedAlert& alert) noexcept;
  AlertCounts& operator+=(const AlertCounts& more) noexcept;
};

}  // namespace tonecue
