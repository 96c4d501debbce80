/// @file
/// What one agent was told lately.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "tonecue/alerts/alert_config.h"
#include "tonecue/core/party.h"
#include "tonecue/cues/cue.h"

namespace tonecue {

/// Carried from one call to the next, so that budget, cool-downs and a snooze hold for the person
/// and not for the call. Plain data. Times are in ms from the start of the call that it is of;
/// what was before is negative.
///
///     // The next call began 90 s after the start of the last one.
///     auto next = CallSession::create(config, present, last->alert_history().begun_later(90'000));
///
/// Real-time: nothing allocates.
struct AlertHistory {
  static constexpr std::int64_t kHourMs = 3'600'000;

  std::array<std::int64_t, kMostAlertsPerHour> told_at_ms{};  ///< The newest, as a ring.
  int told = 0;                                               ///< In all.
  PerParty<std::array<std::optional<std::int64_t>, kCueKinds>> last_at_ms{};
  std::optional<std::int64_t> snoozed_until_ms{};

  /// Sentences told so far, by cue, and second words: the wording takes turns from call to call.
  PerParty<std::array<std::size_t, kCueKinds>> sentences_told{};
  std::size_t second_words_told = 0;

  void add(CueKind kind, Party party, std::int64_t now_ms) noexcept;

  /// Alerts in the 60 minutes before `now_ms`.
  int told_within_hour(std::int64_t now_ms) const noexcept;

  /// The same, seen from a call that begins `ms` after this one began.
  AlertHistory begun_later(std::int64_t ms) const noexcept;
};

}  // namespace tonecue
