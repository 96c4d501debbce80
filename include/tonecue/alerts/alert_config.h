/// @file
/// How much the agent is told.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

inline constexpr int kMostAlertsPerHour = 60;

struct AlertConfig {
  int budget_per_hour = 6;   ///< Alerts in any 60 minutes; [1, kMostAlertsPerHour].
  int distress_reserve = 2;  ///< Conduct leaves so many to distress; [0, budget_per_hour].
  int cool_down_s = 60;      ///< Between two alerts of one kind and party; [0, 3600].
  int longest_hold_s = 6;    ///< Waiting for the agent to pause, before it is too late; [0, 60].
  /// Longest wait for a party's usual to be known; 0: none; [0, 600]. Half a minute is the greeting
  /// and what it is about; an agent who mostly listens is known only after a minute and more.
  int quiet_start_s = 30;
  int escalate_after_s = 20;  ///< Distress that stays gets a second word; 0: none; [0, 600].

  friend bool operator==(const AlertConfig&, const AlertConfig&) = default;
};

/// @return `invalid_argument`, naming the field, when `config` breaks a documented range.
Result<void> validate(const AlertConfig& config);

/// A policy that comes with the program.
struct NamedAlertConfig {
  std::string_view name;
  AlertConfig config;
};

/// From the one that says least to the one that says most. ISA-18.2 calls 6 alarms an hour easily
/// borne and 12 the most that a person can work with.
inline constexpr std::array<NamedAlertConfig, 3> kAlertPolicies = {{
    {"quiet",
     {.budget_per_hour = 3,
      .distress_reserve = 2,
      .cool_down_s = 300,
      .longest_hold_s = 4,
      .quiet_start_s = 60,
      .escalate_after_s = 40}},
    {"standard", {}},
    {"eager",
     {.budget_per_hour = 12,
      .distress_reserve = 4,
      .cool_down_s = 30,
      .longest_hold_s = 10,
      .quiet_start_s = 0,
      .escalate_after_s = 15}},
}};

std::optional<AlertConfig> find_alert_policy(std::string_view name) noexcept;

}  // namespace tonecue
