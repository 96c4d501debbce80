/// @file
/// Which cues the agent is told about, and when.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tonecue/alerts/alert.h"
#include "tonecue/alerts/wording.h"
#include "tonecue/core/result.h"
#include "tonecue/cues/cue_change.h"

namespace tonecue {

struct AlertConfig {
  int budget_per_hour = 6;   ///< Alerts in any 60 minutes; [1, 60].
  int distress_reserve = 2;  ///< Of these, kept for distress; [0, budget_per_hour].
  int cool_down_s = 60;      ///< Between two alerts of one kind; [0, 3600].
  int longest_hold_s = 6;    ///< Waiting for the agent to pause, before it is too late; [0, 60].
};

/// Turns cues into alerts under a budget, because an agent who hears too many hears none (ISA-18.2:
/// 6 to 12 an hour are workable). Alerts wait until the agent pauses, but for two: distress, and
/// that they cut the customer off.
///
/// Real-time: create() allocates; process() does not. Threads: one object belongs to one thread.
class AlertPolicy {
 public:
  /// @return `invalid_argument`, naming the field, when `config` breaks a documented range.
  static Result<AlertPolicy> create(const AlertConfig& config, Wording wording);

  /// @param now_ms  Call time at which a live listener is; never goes back.
  /// @param agent_active  The agent speaks now.
  /// @return What was shown or dropped at this hop; valid until the next call.
  std::span<const Alert> process(const CueChanges& changes, bool agent_active,
                                 std::int64_t now_ms) noexcept;

 private:
  AlertPolicy(const AlertConfig& config, Wording wording);

  void take(const Cue& cue, std::int64_t now_ms) noexcept;
  void release_held(std::int64_t now_ms) noexcept;
  void decide(const Cue& cue, std::int64_t now_ms) noexcept;
  void tell(const Cue& cue, Delivery delivery, std::int64_t now_ms) noexcept;
  bool cooling_down(const Cue& cue, std::int64_t now_ms) const noexcept;
  bool within_budget(const Cue& cue, std::int64_t now_ms) const noexcept;

  static constexpr std::size_t kMostPerHop = 2 * CueChanges::kCapacity;

  AlertConfig config_;
  Wording wording_;
  std::int64_t agent_silent_since_ms_ = 0;
  PerParty<std::array<std::optional<std::int64_t>, kCueKinds>> last_ms_;
  PerParty<std::array<std::size_t, kCueKinds>> next_sentence_{};
  std::vector<std::int64_t> delivered_ms_;  // The newest budget_per_hour deliveries, as a ring.
  std::size_t oldest_delivered_ = 0;
  std::array<Cue, CueChanges::kCapacity> held_{};
  std::size_t held_count_ = 0;
  std::array<Alert, kMostPerHop> alerts_{};
  std::size_t alert_count_ = 0;
  int delivered_ = 0;
};

}  // namespace tonecue
