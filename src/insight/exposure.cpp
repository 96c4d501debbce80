#include "tonecue/insight/exposure.h"

#include <set>

namespace tonecue {
namespace {

constexpr float kMinuteS = 60.0F;

}  // namespace

void Exposure::add(const CallNumbers& call) {
  const auto [day, hour] = calendar_.moment_of(call.started_unix_ms);
  auto agent = agents_.find(call.agent);
  if (agent == agents_.end()) {
    agent = agents_.emplace(call.agent, static_cast<int>(agents_.size())).first;
  }
  const std::string team(call.team);
  days_[{day, team}].add(call, agent->second);
  hours_[static_cast<std::size_t>(hour)].add(call, agent->second);
  Shift& shift = shifts_[team][{agent->second, day}];
  shift.distress_min += static_cast<float>(call.distress_s) / kMinuteS;
  ++shift.calls;
}

std::map<std::optional<std::string>, std::optional<ShiftFigures>> Exposure::shifts() const {
  const auto figures = [](const auto& shifts) -> std::optional<ShiftFigures> {
    std::vector<float> minutes;
    std::set<int> agents;
    int calls = 0;
    for (const auto& [who, shift] : shifts) {
      minutes.push_back(shift.distress_min);
      agents.insert(who.first);
      calls += shift.calls;
    }
    if (calls < kLeastCalls || static_cast<int>(agents.size()) < kLeastAgents) return std::nullopt;
    constexpr double kHalf = 0.5;
    constexpr double kNineInTen = 0.9;
    return ShiftFigures{.agents = static_cast<int>(agents.size()),
                        .shifts = static_cast<int>(minutes.size()),
                        .median_min = *quantile(minutes, kHalf),
                        .p90_min = *quantile(minutes, kNineInTen)};
  };
  std::map<std::optional<std::string>, std::optional<ShiftFigures>> all;
  std::map<std::pair<int, LocalDay>, Shift> together;
  for (const auto& [team, shifts] : shifts_) {
    all.emplace(team, figures(shifts));
    for (const auto& [who, shift] : shifts) {
      together[who].distress_min += shift.distress_min;
      together[who].calls += shift.calls;
    }
  }
  all.emplace(std::nullopt, figures(together));
  return all;
}

}  // namespace tonecue
