/// @file
/// What changed on a day, and how sure that is.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tonecue/insight/call_sums.h"
#include "tonecue/insight/interval.h"

namespace tonecue {

/// The calls of one agent before and after.
struct AgentSides {
  CallSums before{};
  CallSums after{};
};

struct MeasuredChange {
  std::optional<double> before{};
  std::optional<double> after{};
  std::optional<double> difference{};  ///< after - before
  std::optional<Spread> spread{};      ///< Of the difference; empty with too little behind it.
  int agents = 0;                      ///< Who count in it.
};

inline constexpr int kLeastAgents = 3;
inline constexpr int kLeastCalls = 5;
inline constexpr double kLeastEvents = 10.0;

/// Each agent is left out once, with all their calls of both sides (leave_one_out()).
MeasuredChange change_of(Measure measure, std::span<const AgentSides> agents);

/// One plain sentence: "fewer interruptions by agents: 12.1 an hour before, 9.0 after; the true
/// change lies between -5.2 and -1.0 an hour with 95 % confidence".
std::string change_sentence(Measure measure, const MeasuredChange& change);

/// The same beyond what changed elsewhere.
std::string beyond_sentence(Measure measure, const Estimate& beyond);

}  // namespace tonecue
