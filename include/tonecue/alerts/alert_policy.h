/// @file
/// Which cues the agent is told about, and when.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "tonecue/alerts/alert.h"
#include "tonecue/alerts/alert_config.h"
#include "tonecue/alerts/alert_history.h"
#include "tonecue/alerts/open_cues.h"
#include "tonecue/alerts/wording.h"
#include "tonecue/core/result.h"
#include "tonecue/cues/cue_change.h"

namespace tonecue {

/// What the policy must know of a hop.
struct AlertHop {
  const CueChanges& changes;
  bool agent_active = false;     ///< The agent speaks now.
  PerParty<bool> usual_known{};  ///< Whose usual voice there is to compare with.
  std::int64_t now_ms = 0;       ///< Call time at which a live listener is; never goes back.
};

/// Turns cues into alerts under a budget, because an agent who hears too many hears none (ISA-18.2:
/// 6 to 12 an hour are workable; Ancker 2017: every one more is heeded less). Each cue comes out
/// once: told, or with the reason why not.
///
/// - Alerts wait until the agent pauses, but for two that are critical: distress, and that the
///   agent cuts in. What is over, or too old, by then is dropped.
/// - Quiet start: nothing is told about a party whose usual is not known yet, for a while.
/// - Snooze: nothing is told. Then a distress that still holds is.
/// - One moment: of several cues that say the same of one party, the weightiest is told (OpenCues).
/// - A distress that stays gets a second word.
/// - Conduct leaves part of the budget to distress.
///
/// Real-time: create() allocates; nothing else does. Threads: one object belongs to one thread.
class AlertPolicy {
 public:
  /// @param history  What this agent was told before this call.
  /// @return `invalid_argument`, naming the field, when `config` breaks a documented range.
  static Result<AlertPolicy> create(const AlertConfig& config, Wording wording,
                                    const AlertHistory& history = {});

  /// @return What was shown or dropped at this hop; valid until the next call.
  std::span<const Alert> process(const AlertHop& hop) noexcept;

  /// The call is over: what still waits is dropped. Valid until the next call.
  std::span<const Alert> finish(std::int64_t now_ms) noexcept;

  /// Tells nothing before `until_ms`, in call time.
  void snooze(std::int64_t until_ms) noexcept { history_.snoozed_until_ms = until_ms; }
  void wake() noexcept { history_.snoozed_until_ms.reset(); }

  /// Takes what the agent said: "not now" snoozes for as long as they asked, "wrong" keeps the
  /// second word back.
  void answer(const AlertAnswer& answer) noexcept;

  /// Alerts delivered in this call: the largest id.
  int delivered() const noexcept { return delivered_; }
  const AlertHistory& history() const noexcept { return history_; }

 private:
  /// A cue that nobody was told about yet.
  struct Held {
    Cue cue;
    bool over = false;
    std::int64_t free_since_ms = 0;  // Since when it waits for nothing but the agent's pause.
    std::optional<Delivery> why{};   // What else it had to wait for.
  };
  /// A distress that was told, and holds.
  struct Told {
    Cue cue;
    int id = 0;
    std::int64_t at_ms = 0;
  };
  /// More than there are kinds of cue; of one kind and party rarely two wait.
  static constexpr std::size_t kMostHeld = CueChanges::kCapacity;
  static constexpr std::size_t kMostTold = 4;  // Agitated, subdued, and each one's successor.
  static constexpr std::size_t kMostPerHop = CueChanges::kCapacity + kMostHeld + kMostTold;

  AlertPolicy(const AlertConfig& config, Wording wording, const AlertHistory& history);

  void take(const Cue& cue, std::int64_t now_ms) noexcept;
  void end(const Cue& cue, std::int64_t now_ms) noexcept;
  void release_held(const AlertHop& hop) noexcept;
  std::optional<Delivery> judge(Held& held, const AlertHop& hop) const noexcept;
  std::optional<Delivery> kept_back(const Cue& cue, const AlertHop& hop) const noexcept;
  void escalate(std::int64_t now_ms) noexcept;
  void tell(const Cue& cue, Delivery delivery, std::int64_t now_ms) noexcept;
  void tell_again(const Cue& cue, Delivery delivery, std::int64_t now_ms) noexcept;
  void add(const Alert& alert) noexcept;
  void watch(const Alert& alert) noexcept;
  void forget_told(std::size_t index) noexcept { told_[index] = told_[--told_count_]; }

  bool snoozed(std::int64_t now_ms) const noexcept;
  bool is_due(const Told& told, std::int64_t now_ms) const noexcept;
  bool may_be_outranked(const Cue& cue, std::int64_t now_ms) const noexcept;
  bool cooling_down(const Cue& cue, std::int64_t now_ms) const noexcept;
  bool within_budget(const Cue& cue, std::int64_t now_ms) const noexcept;

  AlertConfig config_;
  Wording wording_;
  AlertHistory history_;
  OpenCues open_;
  std::int64_t agent_silent_since_ms_ = 0;
  std::array<Held, kMostHeld> held_{};
  std::size_t held_count_ = 0;
  std::array<Told, kMostTold> told_{};
  std::size_t told_count_ = 0;
  std::array<Alert, kMostPerHop> alerts_{};
  std::size_t alert_count_ = 0;
  int delivered_ = 0;
};

}  // namespace tonecue
