/// @file
/// The keys of the configuration file, in the order in which they are told.
#pragma once

#include <array>
#include <string_view>

#include "tonecue/alerts/alert_config.h"
#include "tonecue/cues/conduct_config.h"
#include "tonecue/cues/distress_config.h"
#include "tonecue/turns/turn_config.h"

namespace tonecue {

/// One number of a section. The range is told to people only: the config's own check holds it, and
/// a test holds the two together.
template <class Config, class Value>
struct ConfigKey {
  std::string_view name;
  Value Config::*member;
  Value least;
  Value most;
  std::string_view meaning;
};

inline constexpr auto kTurnKeys = std::to_array<ConfigKey<TurnConfig, int>>({
    {"line_delay_ms", &TurnConfig::line_delay_ms, 0, kMostLineDelayMs,
     "ms that sound travels to the customer, one way"},
});

inline constexpr auto kConductKeys = std::to_array<ConfigKey<ConductConfig, float>>({
    {"raised_level_db", &ConductConfig::raised_level_db, 3, 20,
     "dB louder than this voice's usual, and ..."},
    {"raised_f0_st", &ConductConfig::raised_f0_st, 0.5F, 12,
     "... semitones higher: a raised voice"},
    {"fast_rate_ratio", &ConductConfig::fast_rate_ratio, 1.1F, 3,
     "articulation rate over the usual one: fast speech"},
    {"slow_rate_ratio", &ConductConfig::slow_rate_ratio, 0.3F, 0.9F,
     "articulation rate over the usual one: slow speech"},
    {"long_silence_s", &ConductConfig::long_silence_s, 2, 60, "seconds in which nobody speaks"},
    {"monologue_s", &ConductConfig::monologue_s, 10, 600, "seconds of one turn of the agent"},
    {"recovery_s", &ConductConfig::recovery_s, 3, 60,
     "seconds near the usual before a voice counts as recovered"},
});

inline constexpr auto kDistressKeys = std::to_array<ConfigKey<DistressConfig, float>>({
    {"raise_probability", &DistressConfig::raise_probability, kLeastRaiseProbability,
     kMostRaiseProbability, "pooled probability at which the distress cue is raised"},
    {"end_probability", &DistressConfig::end_probability, kLeastEndProbability,
     kMostRaiseProbability, "under which it ends; at most raise_probability"},
});

inline constexpr auto kAlertKeys = std::to_array<ConfigKey<AlertConfig, int>>({
    {"budget_per_hour", &AlertConfig::budget_per_hour, 1, kMostAlertsPerHour,
     "alerts in any 60 minutes"},
    {"distress_reserve", &AlertConfig::distress_reserve, 0, kMostAlertsPerHour,
     "of these, kept for distress; at most the budget"},
    {"cool_down_s", &AlertConfig::cool_down_s, 0, 3600, "seconds between two alerts of one kind"},
    {"longest_hold_s", &AlertConfig::longest_hold_s, 0, 60,
     "seconds an alert waits for the agent to pause, then it is dropped"},
    {"quiet_start_s", &AlertConfig::quiet_start_s, 0, 600,
     "longest wait in seconds for a voice's usual to be known; 0: none"},
    {"escalate_after_s", &AlertConfig::escalate_after_s, 0, 600,
     "seconds after which distress that stays is told once more; 0: never"},
});

/// Distress and recovery are heard in a customer's voice only, so there is nothing to say of an
/// agent's.
constexpr bool is_ever_raised(CueKind kind, Party party) noexcept {
  return party == Party::customer || (kind != CueKind::distress && kind != CueKind::recovered);
}

}  // namespace tonecue
